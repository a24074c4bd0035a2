//! Reads a log of one JSON object in each line, from a file or from standard input, and prints a report. The log is
//! never in memory as a whole: what is kept has a limit that does not depend on the log.

mod durations;
mod entry;
mod json;
mod lines;
mod report;
mod text;
mod totals;

use lines::{Line, Lines};
use report::Report;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::process::ExitCode;

const USAGE: &str = "usage: log-analyzer [FILE]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let report = match arguments.as_slice() {
        [] => analyse(io::stdin().lock()).map_err(|error| format!("cannot read the standard input: {error}")),
        [path] => File::open(path)
            .and_then(analyse)
            .map_err(|error| format!("cannot read {path}: {error}")),
        _ => {
            eprintln!("{USAGE}");
            // `ExitCode` of Rust 1.63 knows only 0 and 1 on WASI.
            std::process::exit(2);
        }
    };
    match report.and_then(|report| print(&report).map_err(|error| format!("cannot write the report: {error}"))) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn analyse(log: impl Read) -> io::Result<Report> {
    let mut lines = Lines::new(log);
    let mut report = Report::new();
    while let Some(line) = lines.next_line()? {
        match line {
            Line::Whole(bytes) => report.add_line(bytes),
            Line::TooLong => report.add_malformed(),
        }
    }
    Ok(report)
}

fn print(report: &Report) -> io::Result<()> {
    let mut output = BufWriter::new(io::stdout().lock());
    report.write(&mut output)?;
    output.flush()
}
