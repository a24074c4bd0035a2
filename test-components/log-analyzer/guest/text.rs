//! Strings of JSON. Nothing is copied until a text with escapes is asked for.

use std::borrow::Cow;

/// A string between its quotes.
#[derive(Clone, Copy)]
pub struct Text<'a> {
    raw: &'a str,
    has_escapes: bool,
}

impl<'a> Text<'a> {
    /// The escapes of the raw text are valid.
    pub fn new(raw: &'a str, has_escapes: bool) -> Self {
        Text { raw, has_escapes }
    }

    /// Returns the text. A surrogate without its other half becomes U+FFFD.
    pub fn decode(self) -> Cow<'a, str> {
        if !self.has_escapes {
            return Cow::Borrowed(self.raw);
        }
        let mut text = String::with_capacity(self.raw.len());
        let mut rest = self.raw;
        while let Some(index) = rest.find('\\') {
            text.push_str(&rest[..index]);
            let (decoded, length) = decode_escape(&rest.as_bytes()[index..]);
            text.push(decoded);
            rest = &rest[index + length..];
        }
        text.push_str(rest);
        Cow::Owned(text)
    }
}

/// Returns the character of the valid escape at the beginning, and the length of the escape.
fn decode_escape(bytes: &[u8]) -> (char, usize) {
    let character = match bytes[1] {
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return decode_unicode_escape(bytes),
        other => char::from(other),
    };
    (character, 2)
}

fn decode_unicode_escape(bytes: &[u8]) -> (char, usize) {
    let first = code_unit(bytes, 2).unwrap_or_default();
    if let 0xd800..=0xdbff = first {
        if bytes[6..].starts_with(b"\\u") {
            if let Some(second @ 0xdc00..=0xdfff) = code_unit(bytes, 8) {
                let code = 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
                return (char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER), 12);
            }
        }
    }
    (char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), 6)
}

/// Reads four hexadecimal digits.
pub fn code_unit(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at + 4)?
        .iter()
        .try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)?))
}

/// Returns the index of the first quote, backslash or control character. Looks at eight bytes at once.
pub fn skip_plain_text(bytes: &[u8], start: usize) -> usize {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let mut at = start;
    while let Some(chunk) = bytes.get(at..at + 8) {
        let mut word = [0; 8];
        word.copy_from_slice(chunk);
        let word = u64::from_le_bytes(word);
        let quote = word ^ (ONES * u64::from(b'"'));
        let backslash = word ^ (ONES * u64::from(b'\\'));
        // A subtraction borrows from the high bit of the first byte that is too small, so that the lowest high bit that
        // is set belongs to the first byte that ends plain text. Higher bits may be wrong.
        let found = (quote.wrapping_sub(ONES) & !quote)
            | (backslash.wrapping_sub(ONES) & !backslash)
            | (word.wrapping_sub(ONES * 0x20) & !word);
        let found = found & (ONES << 7);
        if found != 0 {
            return at + found.trailing_zeros() as usize / 8;
        }
        at += 8;
    }
    while let Some(0x20..=0x21 | 0x23..=0x5b | 0x5d..=0xff) = bytes.get(at) {
        at += 1;
    }
    at
}
