//! An entry of the log: what one line says.

use crate::json::{Malformed, Reader, Value};
use crate::text::Text;

/// A duration in microseconds.
pub type Microseconds = u64;

/// The longest duration in milliseconds, about 31 years.
const LONGEST: f64 = 1e12;

pub struct Entry<'a> {
    pub level: Text<'a>,
    pub service: Text<'a>,
    pub timestamp: Option<Text<'a>>,
    pub message: Option<Text<'a>>,
    pub duration: Option<Microseconds>,
}

impl<'a> Entry<'a> {
    /// Reads an object whose fields `level` and `service` are strings. The strings `timestamp` and `message` and the
    /// number `duration_ms` may be missing or null. Of fields with the same name, the last one counts, and other fields
    /// do not.
    pub fn read(line: &'a str) -> Result<Self, Malformed> {
        let [mut level, mut service, mut timestamp, mut message, mut duration] = [Value::Null; 5];
        Reader::new(line).object(|key, value| match &*key.decode() {
            "level" => level = value,
            "service" => service = value,
            "timestamp" => timestamp = value,
            "message" => message = value,
            "duration_ms" => duration = value,
            _ => {}
        })?;
        Ok(Entry {
            level: text(level)?.ok_or(Malformed)?,
            service: text(service)?.ok_or(Malformed)?,
            timestamp: text(timestamp)?,
            message: text(message)?,
            duration: microseconds(duration)?,
        })
    }
}

fn text(value: Value<'_>) -> Result<Option<Text<'_>>, Malformed> {
    match value {
        Value::Null => Ok(None),
        Value::Text(text) => Ok(Some(text)),
        _ => Err(Malformed),
    }
}

/// Rounds a number of milliseconds to microseconds.
fn microseconds(value: Value<'_>) -> Result<Option<Microseconds>, Malformed> {
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => {
            if let Some(exact) = short_decimal(number) {
                return Ok(Some(exact));
            }
            let milliseconds: f64 = number.parse().map_err(|_| Malformed)?;
            if !(0.0..=LONGEST).contains(&milliseconds) {
                return Err(Malformed);
            }
            Ok(Some((milliseconds * 1000.0).round() as Microseconds))
        }
        _ => Err(Malformed),
    }
}

/// Reads a number of at most 12 digits before and 3 after the point, which most durations are, without floats.
fn short_decimal(number: &str) -> Option<Microseconds> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.len() > 12 || fraction.len() > 3 {
        return None;
    }
    let mut value = 0;
    for digit in whole.bytes().chain(fraction.bytes()) {
        if !digit.is_ascii_digit() {
            return None;
        }
        value = value * 10 + Microseconds::from(digit - b'0');
    }
    Some(value * [1000, 100, 10, 1][fraction.len()])
}
