//! Tables that are counted for a docket: live while it is written, frozen with the signature.

use serde::{Deserialize, Serialize};

/// A table of a docket, in words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counted {
    /// What stands over it.
    pub title: String,
    /// Its heads.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// What is to be known of it.
    #[serde(default)]
    pub note: String,
}

impl Counted {
    /// Cells that read otherwise than in another edition: row and column. Rows are told apart
    /// by their first cell.
    #[must_use]
    pub fn differing(&self, before: &Self) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        for (number, row) in self.rows.iter().enumerate() {
            let was = before.rows.iter().find(|was| was.first() == row.first());
            for (column, cell) in row.iter().enumerate() {
                if was.and_then(|was| was.get(column)) != Some(cell) {
                    found.push((number, column));
                }
            }
        }
        found
    }
}
