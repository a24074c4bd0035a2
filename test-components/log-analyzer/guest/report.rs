//! What the program finds out about a log.

use crate::durations::{Durations, Percentile, LONGEST_COUNTED};
use crate::entry::{Entry, Microseconds};
use crate::text::Text;
use crate::totals::Totals;
use std::io::{self, Write};

/// How many errors and slow entries the report lists.
const MOST_LISTED: usize = 10;
/// Entries that take longer are slow.
const SLOW: Microseconds = 1_000_000;
/// How many characters of a text the report shows.
const MOST_CHARACTERS: usize = 200;

pub struct Report {
    lines: u64,
    entries: u64,
    malformed: u64,
    levels: Totals,
    services: Totals,
    errors: u64,
    first_errors: Vec<Listed>,
    durations: Durations,
    slow: u64,
    slowest: Vec<(Microseconds, Listed)>,
}

/// An entry that the report lists.
struct Listed {
    line: u64,
    timestamp: String,
    service: String,
    message: String,
}

impl Report {
    pub fn new() -> Self {
        Report {
            lines: 0,
            entries: 0,
            malformed: 0,
            levels: Totals::default(),
            services: Totals::default(),
            errors: 0,
            first_errors: Vec::new(),
            durations: Durations::new(),
            slow: 0,
            slowest: Vec::new(),
        }
    }

    /// Adds what a line says. An empty line says nothing.
    pub fn add_line(&mut self, line: &[u8]) {
        match std::str::from_utf8(line).ok().and_then(|text| Entry::read(text).ok()) {
            Some(entry) => {
                self.lines += 1;
                self.add_entry(&entry);
            }
            None if line.iter().all(|byte| b" \t\r".contains(byte)) => self.lines += 1,
            None => self.add_malformed(),
        }
    }

    pub fn add_malformed(&mut self) {
        self.lines += 1;
        self.malformed += 1;
    }

    fn add_entry(&mut self, entry: &Entry<'_>) {
        let level = entry.level.decode();
        let is_error = ["error", "fatal"].contains(&&*level);
        self.entries += 1;
        self.levels.add(&level, is_error);
        self.services.add(&entry.service.decode(), is_error);
        if is_error {
            self.errors += 1;
            if self.first_errors.len() < MOST_LISTED {
                self.first_errors.push(self.listed(entry));
            }
        }
        if let Some(duration) = entry.duration {
            self.durations.add(duration);
            if duration > SLOW {
                self.add_slow(duration, entry);
            }
        }
    }

    /// Keeps the slowest entries, sorted; of entries with the same duration, the first ones.
    fn add_slow(&mut self, duration: Microseconds, entry: &Entry<'_>) {
        self.slow += 1;
        let place = self.slowest.partition_point(|(other, _)| *other >= duration);
        if place < MOST_LISTED {
            self.slowest.truncate(MOST_LISTED - 1);
            self.slowest.insert(place, (duration, self.listed(entry)));
        }
    }

    fn listed(&self, entry: &Entry<'_>) -> Listed {
        let shown = |text: Option<Text<'_>>| text.map(|text| visible(&text.decode())).unwrap_or_default();
        Listed {
            line: self.lines,
            timestamp: shown(entry.timestamp),
            service: shown(Some(entry.service)),
            message: shown(entry.message),
        }
    }

    pub fn write(&self, output: &mut impl Write) -> io::Result<()> {
        writeln!(output, "entries: {}", self.entries)?;
        writeln!(output, "malformed lines: {}", self.malformed)?;
        write_totals(output, "levels", &self.levels)?;
        write_totals(output, "services", &self.services)?;
        self.write_errors(output)?;
        self.write_durations(output)
    }

    fn write_errors(&self, output: &mut impl Write) -> io::Result<()> {
        let hundredths = (self.errors * 10_000).checked_div(self.entries).unwrap_or(0);
        writeln!(output, "errors: {} ({}.{:02} %)", self.errors, hundredths / 100, hundredths % 100)?;
        for error in &self.first_errors {
            write_listed(output, error)?;
        }
        Ok(())
    }

    fn write_durations(&self, output: &mut impl Write) -> io::Result<()> {
        writeln!(output, "durations: {}", self.durations.count())?;
        if self.durations.count() > 0 {
            writeln!(output, "  mean: {}", in_milliseconds(self.durations.mean()))?;
            match self.durations.percentile_99() {
                Percentile::AtMost(limit) => writeln!(output, "  99th percentile: at most {limit} ms")?,
                Percentile::Longer => writeln!(output, "  99th percentile: over {LONGEST_COUNTED} ms")?,
            }
        }
        writeln!(output, "slower than {} ms: {}", SLOW / 1000, self.slow)?;
        for (duration, entry) in &self.slowest {
            write!(output, "  {}", in_milliseconds(*duration))?;
            write_listed(output, entry)?;
        }
        Ok(())
    }
}

fn write_totals(output: &mut impl Write, title: &str, totals: &Totals) -> io::Result<()> {
    writeln!(output, "{title}:")?;
    for total in totals.by_size() {
        writeln!(output, "  {}: {} ({} errors)", visible(&total.name), total.entries, total.errors)?;
    }
    match totals.others() {
        Some(total) => writeln!(output, "  (others): {} ({} errors)", total.entries, total.errors),
        None => Ok(()),
    }
}

fn write_listed(output: &mut impl Write, entry: &Listed) -> io::Result<()> {
    let Listed { line, timestamp, service, message } = entry;
    writeln!(output, "  line {line}, {timestamp}, {service}: {message}")
}

fn in_milliseconds(duration: Microseconds) -> String {
    format!("{}.{:03} ms", duration / 1000, duration % 1000)
}

/// Shortens a text, and escapes its control characters, so that a log cannot forge lines of the report.
fn visible(text: &str) -> String {
    let mut shown = String::new();
    for character in text.chars().take(MOST_CHARACTERS) {
        if character.is_control() {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}
