//! Counts entries by name: by level or by service.

/// How many names are counted one by one.
const MOST_NAMES: usize = 1000;
/// The longest name that is counted, in bytes.
const LONGEST_NAME: usize = 256;

#[derive(Default)]
pub struct Total {
    pub name: String,
    pub entries: u64,
    pub errors: u64,
}

/// Totals, sorted by name so that one is found quickly. `others` has those beyond the limits.
#[derive(Default)]
pub struct Totals {
    by_name: Vec<Total>,
    others: Total,
}

impl Totals {
    pub fn add(&mut self, name: &str, is_error: bool) {
        let total = match self.by_name.binary_search_by(|total| total.name.as_str().cmp(name)) {
            Ok(index) => &mut self.by_name[index],
            Err(_) if self.by_name.len() == MOST_NAMES || name.len() > LONGEST_NAME => &mut self.others,
            Err(index) => {
                self.by_name.insert(index, Total { name: name.to_owned(), ..Total::default() });
                &mut self.by_name[index]
            }
        };
        total.entries += 1;
        total.errors += u64::from(is_error);
    }

    /// Returns the totals with most entries first, and by name if they have the same number of entries.
    pub fn by_size(&self) -> Vec<&Total> {
        let mut sorted: Vec<&Total> = self.by_name.iter().collect();
        sorted.sort_by_key(|total| std::cmp::Reverse(total.entries));
        sorted
    }

    /// Returns the total of the names beyond the limits, if there are any.
    pub fn others(&self) -> Option<&Total> {
        Some(&self.others).filter(|total| total.entries > 0)
    }
}
