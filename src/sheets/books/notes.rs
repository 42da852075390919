//! What a file says of itself: as of when, by which filters, whose, how many.

use crate::clock::{Moment, chinese_date};

/// The sheet of that name.
pub const NAME: &str = "说明";

/// What is told.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    /// What the table is called.
    pub name: String,
    /// The moment that its figures stand for; told, and written into the file, to the minute.
    pub as_of: Moment,
    /// Filters in force, in words; empty: all of it.
    pub filters: Vec<String>,
    /// Who took it, with the unit.
    pub by: String,
    /// What else is to be known of its figures.
    pub lines: Vec<String>,
}

impl Notes {
    /// The lines of the sheet, the file having so many rows.
    #[must_use]
    pub fn told(&self, rows: usize) -> Vec<(&'static str, String)> {
        let filters = match self.filters.as_slice() {
            [] => "无".to_owned(),
            some => some.join("；"),
        };
        let mut told = vec![
            ("表名", self.name.clone()),
            ("数据截至", self.stands_for()),
            ("筛选条件", filters),
            ("导出人", self.by.clone()),
            ("条数", format!("{rows}条")),
        ];
        told.extend(self.lines.iter().map(|line| ("说明", line.clone())));
        told
    }

    /// The same in one line, for the foot of the paper.
    #[must_use]
    pub fn foot(&self) -> String {
        // In a spreadsheet's foot & begins an instruction.
        format!("截至{}  {}", self.stands_for(), self.by).replace('&', "&&")
    }

    fn stands_for(&self) -> String {
        let day = chinese_date(self.as_of.date_naive());
        format!("{day} {}", self.as_of.format("%H:%M"))
    }
}
