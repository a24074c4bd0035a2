//! The mean and the 99th percentile of durations, without keeping the durations.

use crate::entry::Microseconds;

/// Durations up to ten minutes are counted by milliseconds.
pub const LONGEST_COUNTED: usize = 600_000;

/// The smallest number of milliseconds that at least 99 % of the durations do not exceed.
pub enum Percentile {
    AtMost(usize),
    Longer,
}

pub struct Durations {
    /// How many durations have this number of milliseconds, rounded up.
    by_milliseconds: Vec<u64>,
    count: u64,
    sum: u128,
}

impl Durations {
    pub fn new() -> Self {
        Durations { by_milliseconds: vec![0; LONGEST_COUNTED + 1], count: 0, sum: 0 }
    }

    pub fn add(&mut self, duration: Microseconds) {
        self.count += 1;
        self.sum += u128::from(duration);
        let milliseconds = (duration + 999) / 1000;
        if let Some(count) = usize::try_from(milliseconds).ok().and_then(|index| self.by_milliseconds.get_mut(index)) {
            *count += 1;
        }
    }

    pub fn count(&self) -> u64 {
        self.count
    }

    /// Returns the mean, rounded down. There must be a duration.
    pub fn mean(&self) -> Microseconds {
        (self.sum / u128::from(self.count)) as Microseconds
    }

    pub fn percentile_99(&self) -> Percentile {
        let rank = self.count - self.count / 100;
        let mut counted = 0;
        for (milliseconds, count) in self.by_milliseconds.iter().enumerate() {
            counted += count;
            if counted >= rank {
                return Percentile::AtMost(milliseconds);
            }
        }
        Percentile::Longer
    }
}
