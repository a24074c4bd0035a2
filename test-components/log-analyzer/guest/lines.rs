//! Splits a stream into lines in a buffer of fixed size.

use std::io::{self, ErrorKind, Read};

/// The longest line that is read, in bytes, and the size of the buffer.
pub const LONGEST_LINE: usize = 1 << 20;

/// A line without its line feed.
pub enum Line<'a> {
    Whole(&'a [u8]),
    /// A line of more than `LONGEST_LINE` bytes, which was skipped.
    TooLong,
}

/// The lines of a stream. The unread bytes are `buffer[start..end]`; those before `scanned` contain no line feed.
pub struct Lines<Source> {
    source: Source,
    buffer: Vec<u8>,
    start: usize,
    scanned: usize,
    end: usize,
    /// True while the rest of a line that is too long is skipped.
    skips: bool,
    ended: bool,
}

impl<Source: Read> Lines<Source> {
    pub fn new(source: Source) -> Self {
        // One byte more than the longest line, for its line feed.
        let buffer = vec![0; LONGEST_LINE + 1];
        Lines { source, buffer, start: 0, scanned: 0, end: 0, skips: false, ended: false }
    }

    /// Returns the next line, or `None` at the end. The last line needs no line feed.
    pub fn next_line(&mut self) -> io::Result<Option<Line<'_>>> {
        loop {
            if let Some(offset) = find_line_feed(&self.buffer[self.scanned..self.end]) {
                let line = self.start..self.scanned + offset;
                self.start = line.end + 1;
                self.scanned = self.start;
                if std::mem::take(&mut self.skips) {
                    return Ok(Some(Line::TooLong));
                }
                return Ok(Some(Line::Whole(&self.buffer[line])));
            }
            self.scanned = self.end;
            if self.ended {
                return Ok(self.last_line());
            }
            self.fill()?;
        }
    }

    fn last_line(&mut self) -> Option<Line<'_>> {
        let line = self.start..self.end;
        self.start = self.end;
        if std::mem::take(&mut self.skips) {
            return Some(Line::TooLong);
        }
        (!line.is_empty()).then(|| Line::Whole(&self.buffer[line]))
    }

    /// Moves the incomplete line to the front of the buffer, and reads behind it.
    fn fill(&mut self) -> io::Result<()> {
        if self.skips || self.end - self.start == self.buffer.len() {
            self.skips = true;
            self.start = self.end;
        }
        if self.start > 0 {
            self.buffer.copy_within(self.start..self.end, 0);
            self.end -= self.start;
            self.start = 0;
            self.scanned = self.end;
        }
        loop {
            match self.source.read(&mut self.buffer[self.end..]) {
                Ok(count) => {
                    self.ended = count == 0;
                    self.end += count;
                    return Ok(());
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Returns the index of the first line feed. Looks at eight bytes at once.
fn find_line_feed(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut chunks = bytes.chunks_exact(8);
    let mut at = 0;
    for chunk in &mut chunks {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        // A byte of `differing` is 0 for a line feed. The lowest high bit of `found` is that of the first such byte.
        let differing = u64::from_le_bytes(word) ^ (ONES * u64::from(b'\n'));
        let found = differing.wrapping_sub(ONES) & !differing & (ONES << 7);
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += 8;
    }
    chunks.remainder().iter().position(|&byte| byte == b'\n').map(|offset| at + offset)
}
