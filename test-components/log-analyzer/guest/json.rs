//! A reader of JSON (RFC 8259) in a line of UTF-8. It takes and refuses what `JSON.parse` takes and refuses, except that
//! the depth of nesting is limited. It allocates nothing.

use crate::text::{code_unit, skip_plain_text, Text};

/// How deeply objects and arrays may be nested.
pub const DEEPEST_NESTING: usize = 1024;

/// The line is not JSON, or not the JSON that is expected.
#[derive(Debug, Clone, Copy)]
pub struct Malformed;

#[derive(Clone, Copy)]
pub enum Value<'a> {
    Null,
    Text(Text<'a>),
    /// A number as it is written.
    Number(&'a str),
    /// A boolean, an object or an array.
    Other,
}

pub struct Reader<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    pub fn new(line: &'a str) -> Self {
        Reader { line, at: 0 }
    }

    /// Reads a line that contains one object, and passes its fields on in their order.
    pub fn object(mut self, mut field: impl FnMut(Text<'a>, Value<'a>)) -> Result<(), Malformed> {
        self.expect(b'{')?;
        if !self.take(b'}') {
            loop {
                let key = self.key()?;
                field(key, self.value()?);
                if self.take(b'}') {
                    break;
                }
                self.expect(b',')?;
            }
        }
        self.skip_space();
        if self.at == self.line.len() { Ok(()) } else { Err(Malformed) }
    }

    fn value(&mut self) -> Result<Value<'a>, Malformed> {
        self.skip_space();
        match self.peek() {
            Some(b'{' | b'[') => {
                self.skip_nested()?;
                Ok(Value::Other)
            }
            _ => self.scalar(),
        }
    }

    /// Skips an object or an array without recursion, because its nesting can be deep.
    fn skip_nested(&mut self) -> Result<(), Malformed> {
        let mut open = OpenBrackets { is_object: [0; DEEPEST_NESTING / 64], depth: 0 };
        loop {
            // A value begins here.
            if self.take(b'{') {
                open.push(true)?;
                if !self.take(b'}') {
                    self.key()?;
                    continue;
                }
                open.depth -= 1;
            } else if self.take(b'[') {
                open.push(false)?;
                if !self.take(b']') {
                    continue;
                }
                open.depth -= 1;
            } else {
                self.scalar()?;
            }
            // A value has ended here. Brackets close until another value follows.
            loop {
                if open.depth == 0 {
                    return Ok(());
                }
                let in_object = open.innermost_is_object();
                if self.take(b',') {
                    if in_object {
                        self.key()?;
                    }
                    break;
                }
                self.expect(if in_object { b'}' } else { b']' })?;
                open.depth -= 1;
            }
        }
    }

    fn key(&mut self) -> Result<Text<'a>, Malformed> {
        self.expect(b'"')?;
        let key = self.text()?;
        self.expect(b':')?;
        Ok(key)
    }

    fn scalar(&mut self) -> Result<Value<'a>, Malformed> {
        self.skip_space();
        match self.peek() {
            Some(b'"') => {
                self.at += 1;
                Ok(Value::Text(self.text()?))
            }
            Some(b'-' | b'0'..=b'9') => Ok(Value::Number(self.number()?)),
            Some(b'n') => self.literal("null", Value::Null),
            Some(b't') => self.literal("true", Value::Other),
            Some(b'f') => self.literal("false", Value::Other),
            _ => Err(Malformed),
        }
    }

    fn literal(&mut self, literal: &str, value: Value<'a>) -> Result<Value<'a>, Malformed> {
        if !self.line.as_bytes()[self.at..].starts_with(literal.as_bytes()) {
            return Err(Malformed);
        }
        self.at += literal.len();
        Ok(value)
    }

    /// Reads the text of a string and its closing quote.
    fn text(&mut self) -> Result<Text<'a>, Malformed> {
        let bytes = self.line.as_bytes();
        let start = self.at;
        let mut has_escapes = false;
        loop {
            self.at = skip_plain_text(bytes, self.at);
            match bytes.get(self.at) {
                Some(b'"') => {
                    let raw = &self.line[start..self.at];
                    self.at += 1;
                    return Ok(Text::new(raw, has_escapes));
                }
                Some(b'\\') => {
                    has_escapes = true;
                    self.at += match bytes.get(self.at + 1) {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => 2,
                        Some(b'u') if code_unit(bytes, self.at + 2).is_some() => 6,
                        _ => return Err(Malformed),
                    };
                }
                _ => return Err(Malformed),
            }
        }
    }

    fn number(&mut self) -> Result<&'a str, Malformed> {
        let start = self.at;
        self.at += usize::from(self.peek() == Some(b'-'));
        if self.peek() == Some(b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.digits()?;
        }
        if let Some(b'e' | b'E') = self.peek() {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(b'+' | b'-')));
            self.digits()?;
        }
        Ok(&self.line[start..self.at])
    }

    fn digits(&mut self) -> Result<(), Malformed> {
        let start = self.at;
        while let Some(b'0'..=b'9') = self.peek() {
            self.at += 1;
        }
        if self.at > start { Ok(()) } else { Err(Malformed) }
    }

    fn expect(&mut self, byte: u8) -> Result<(), Malformed> {
        if self.take(byte) { Ok(()) } else { Err(Malformed) }
    }

    /// Skips space and then the byte, if it is next.
    fn take(&mut self, byte: u8) -> bool {
        self.skip_space();
        let is_next = self.peek() == Some(byte);
        self.at += usize::from(is_next);
        is_next
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\t' | b'\r' | b'\n') = self.peek() {
            self.at += 1;
        }
    }

    fn peek(&self) -> Option<u8> {
        self.line.as_bytes().get(self.at).copied()
    }
}

/// A stack of one bit for each object or array that is open.
struct OpenBrackets {
    is_object: [u64; DEEPEST_NESTING / 64],
    depth: usize,
}

impl OpenBrackets {
    fn push(&mut self, is_object: bool) -> Result<(), Malformed> {
        let word = self.is_object.get_mut(self.depth / 64).ok_or(Malformed)?;
        let bit = self.depth % 64;
        *word = *word & !(1 << bit) | u64::from(is_object) << bit;
        self.depth += 1;
        Ok(())
    }

    fn innermost_is_object(&self) -> bool {
        let index = self.depth - 1;
        self.is_object[index / 64] >> (index % 64) & 1 == 1
    }
}
