//! Categories of people in posts (domain 8.2) and the three-year rule (三(四)).

use chrono::{Months, NaiveDate};

use super::answers::Row;

/// The table of the survey with the people in posts.
pub const PEOPLE: &str = "SV-60";
/// Tables of the survey whose rows are people.
pub const TABLES: [&str; 2] = [PEOPLE, "SV-45"];

/// Whether a row of the survey (`SV-60#1`) is a person, whose name is not everybody's.
#[must_use]
pub fn is_personal(object: &str) -> bool {
    let table = object.split_once('#').map(|(table, _)| table);
    table.is_some_and(|table| TABLES.contains(&table))
}

crate::words! {
    /// PE-A … PE-K; `Unknown` is 待核 and must be cleared up (PE-20).
    pub enum PersonCategory {
        /// A: 现职党政领导干部.
        Incumbent = "A", "现职党政领导干部";
        /// B: 不担任现职但未办理退(离)休手续.
        OffPost = "B", "不担任现职但未办理退（离）休手续";
        /// C: 在职工作人员兼职.
        ServingConcurrent = "C", "在职工作人员兼职";
        /// D: 领导干部退(离)休不满三年.
        RetiredUnderThree = "D", "领导干部退（离）休不满三年";
        /// E: 领导干部退(离)休满三年.
        RetiredOverThree = "E", "领导干部退（离）休满三年";
        /// F: 任职的在职公务员.
        EmployedCivilServant = "F", "任职的在职公务员";
        /// G: 事业编制人员.
        InstitutionPost = "G", "事业编制人员";
        /// H: 历次政府机构改革分流人员.
        Diverted = "H", "历次机构改革分流人员";
        /// I: 退休普通公务员.
        RetiredServant = "I", "退休普通公务员";
        /// J: 社会聘用.
        Hired = "J", "社会聘用";
        /// K: 会员单位代表.
        Member = "K", "会员单位代表";
        Unknown = "?", "待核";
    }
}

impl PersonCategory {
    /// Must resign, be approved, choose, or be cleared up (domain 8.3).
    #[must_use]
    pub const fn must_be_settled(self) -> bool {
        matches!(
            self,
            Self::Incumbent
                | Self::OffPost
                | Self::ServingConcurrent
                | Self::RetiredUnderThree
                | Self::RetiredOverThree
                | Self::EmployedCivilServant
                | Self::Unknown
        )
    }
}

/// The day on which three years (or the campaign's months) are full. Month ends
/// are clamped: 29 February 2016 → 28 February 2019 (TC-22).
#[must_use]
pub fn cooling_ends(retired_on: NaiveDate, months: u32) -> NaiveDate {
    retired_on
        .checked_add_months(Months::new(months))
        .unwrap_or(NaiveDate::MAX)
}

/// The category of a row of the personnel register on a day. Never stored:
/// exactly on the third anniversary D becomes E (PE-2, TC-21).
#[must_use]
pub fn category(row: &Row<'_>, on: NaiveDate, cooling_months: u32) -> PersonCategory {
    category_of(
        row.text("identity").unwrap_or_default(),
        row.text("kind").unwrap_or_default(),
        row.date("retired_on"),
        (on, cooling_months),
    )
}

/// The category of a person by identity, kind of post and day of retirement.
#[must_use]
pub fn category_of(
    identity: &str,
    kind: &str,
    retired_on: Option<NaiveDate>,
    (on, cooling_months): (NaiveDate, u32),
) -> PersonCategory {
    match (identity, kind) {
        ("incumbent", _) => PersonCategory::Incumbent,
        ("off_post", _) => PersonCategory::OffPost,
        ("serving", "full") => PersonCategory::EmployedCivilServant,
        ("serving", _) => PersonCategory::ServingConcurrent,
        ("retired_cadre", _) => match retired_on {
            None => PersonCategory::Unknown,
            Some(retired) if on < cooling_ends(retired, cooling_months) => {
                PersonCategory::RetiredUnderThree
            }
            Some(_) => PersonCategory::RetiredOverThree,
        },
        ("retired_servant", _) => PersonCategory::RetiredServant,
        ("institution", _) => PersonCategory::InstitutionPost,
        ("diverted", _) => PersonCategory::Diverted,
        ("hired", _) => PersonCategory::Hired,
        ("member", _) => PersonCategory::Member,
        _ => PersonCategory::Unknown,
    }
}

#[cfg(test)]
mod tests;
