//! What is read from a spreadsheet, asked about it, found in it and done with it.

pub mod answers;
pub mod keys;
pub mod line;
pub mod merging;
mod refusal;
pub mod report;

use crate::access::Act;
use crate::paths::Path;
use crate::paths::imports as paths;

pub use answers::Answers;
pub use line::{Changed, Checked, Line, Problem, Typed, Verdict};
pub use refusal::Refusal;
pub use report::{Asked, Report};

/// Days that an upload is kept: by then it was entered, or is forgotten.
pub const KEPT_DAYS: i64 = 7;
/// Rows and messages that a page shows; the marked workbook has all of them.
pub const SHOWN: usize = 100;
/// What a cell says to delete what stands; blank says nothing.
pub const CLEAR: &str = "—清空—";

crate::words! {
    /// What comes in.
    pub enum Kind {
        /// The register.
        Register = "register", "协会台账";
        /// Units, and who signs in for them.
        Units = "units", "单位和账号";
        /// Answers of the survey, a row for each association.
        Survey = "survey", "摸底调查";
        /// The survey's list of people, a row for each person.
        People = "people", "人员登记表";
    }
}

crate::words! {
    /// How far an upload has come.
    pub enum State {
        /// It is being read, or checked again.
        Reading = "reading", "正在读取核对", Going;
        /// Something about it must be said by whoever uploaded it.
        Asking = "asking", "有问题待答复", Todo;
        /// What would be entered is shown.
        Checked = "checked", "已核对，待确认", Todo;
        /// Something in it is wrong: told of a checked one with errors, never kept.
        Faulty = "faulty", "有错误，待更正", Soon;
        /// It is being entered: told of a checked one while somebody enters it, never kept.
        Importing = "importing", "正在导入", Going;
        /// It was entered, all of it.
        Imported = "imported", "已导入", Done;
        /// It cannot be read.
        Unread = "unread", "未能读取", Void;
        /// Whoever uploaded it gave it up.
        Discarded = "discarded", "已放弃", Void;
    }
}

impl Kind {
    /// The act of its page.
    #[must_use]
    pub const fn act(self) -> Act {
        match self {
            Self::Register => Act::RegistryImport,
            Self::Units => Act::UnitsImport,
            Self::Survey => Act::SurveyImport,
            Self::People => Act::PeopleImport,
        }
    }

    /// The kind of a page's act.
    #[must_use]
    pub fn of(act: Act) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.act() == act)
    }

    /// Its page.
    #[must_use]
    pub const fn page(self) -> Path<0> {
        match self {
            Self::Register => paths::REGISTER,
            Self::Units => paths::UNITS,
            Self::Survey => paths::SURVEYS,
            Self::People => paths::PEOPLE,
        }
    }

    /// Its template.
    #[must_use]
    pub const fn template(self) -> Path<0> {
        match self {
            Self::Register => paths::REGISTER_TEMPLATE,
            Self::Units => paths::UNITS_TEMPLATE,
            Self::Survey => paths::SURVEYS_TEMPLATE,
            Self::People => paths::PEOPLE_TEMPLATE,
        }
    }
}

/// Where a cell stands, as people say it: D5.
#[must_use]
pub fn cell_name(row: u32, column: u32) -> String {
    format!("{}{}", column_name(column), row + 1)
}

/// The letters of a column, which counts from 0.
#[must_use]
pub fn column_name(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_the_sheet() {
        for (at, name) in [
            ((0, 0), "A1"),
            ((4, 25), "Z5"),
            ((9, 26), "AA10"),
            ((0, 701), "ZZ1"),
        ] {
            assert_eq!(cell_name(at.0, at.1), name);
        }
    }
}
