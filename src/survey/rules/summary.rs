//! What a row of the summary of all surveys (EX-1) says of one: counts, sums and chosen
//! words, and nothing of persons.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::scheme::appropriation::{MONEY, year};
use crate::scheme::conditions::counter;
use crate::scheme::persons::{PEOPLE, PersonCategory, category};
use crate::scheme::survey::label_of;
use crate::scheme::{Answers, Scheme};

/// The answers that a row is made from: nothing else of a survey is read for it.
pub const READ: &[&str] = &[
    "SV-04", "SV-10", "SV-11", "SV-12", "SV-13", "SV-20", "SV-23", "SV-24", "SV-25", "SV-31",
    "SV-32", "SV-34", "SV-40", "SV-42", MONEY, "SV-49-0", "SV-50-0", "SV-50-1", "SV-50-2", "SV-51",
    "SV-54", "SV-55", PEOPLE, "SV-63", "SV-65-1", "SV-70-1", "SV-70-2", "SV-71", "SV-72",
    "SV-80-1", "SV-80-2", "SV-80-3", "SV-80-4", "SV-80-5", "SV-80", "SV-91",
];

/// Matters with foreign countries that are asked for one by one.
const FOREIGN: [&str; 5] = ["SV-80-1", "SV-80-2", "SV-80-3", "SV-80-4", "SV-80-5"];

/// How a question of the survey was answered; what was not answered is none or empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Other organs with a tie, each with its kind.
    pub ties: String,
    /// Day of registration.
    pub registered_on: Option<NaiveDate>,
    /// Members that are units.
    pub units: Option<i64>,
    /// Members that are persons.
    pub persons: Option<i64>,
    /// All members.
    pub members: Option<i64>,
    /// Who the members mainly are.
    pub basis: String,
    /// 合署办公.
    pub joint: Option<bool>,
    /// Institutions that it manages: 否, or their names with what is meant to become of them.
    pub institutions: String,
    /// Administrative functions that it has.
    pub functions: Option<i64>,
    /// Functions that are to be transferred to it.
    pub transfers: Option<i64>,
    /// Accounting rules.
    pub accounting: String,
    /// It has an account of its own.
    pub account: Option<bool>,
    /// Appropriations by year, in cents; none: not answered.
    pub appropriations: Option<BTreeMap<i32, i64>>,
    /// All assets, in cents.
    pub assets: Option<i64>,
    /// Debts, in cents.
    pub debts: Option<i64>,
    /// Net assets, in cents.
    pub net: Option<i64>,
    /// Net value of what the state owns or is held as the state's, in cents.
    pub state_owned: Option<i64>,
    /// Offices of organs that it occupies, in hundredths of a m².
    pub rooms: Option<i64>,
    /// Who works there.
    pub staff: Option<Staff>,
    /// Posts of institutions that it uses.
    pub posts: Option<i64>,
    /// Labour contracts.
    pub contracts: Option<i64>,
    /// Members of the party.
    pub party_members: Option<i64>,
    /// Party organisation: 否, or of which kinds.
    pub party_body: String,
    /// Matters with foreign countries.
    pub foreign: Option<i64>,
    /// The unit's first opinion.
    pub opinion: String,
}

/// The people of a survey, counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Staff {
    /// Full-time.
    pub full: i64,
    /// The others.
    pub part: i64,
    /// Civil servants whose main job is there.
    pub servants: i64,
    /// Leading cadres in concurrent posts: incumbent.
    pub incumbent: i64,
    /// Of these: without a post, not retired.
    pub off_post: i64,
    /// Of these: retired, not yet for three years.
    pub under_three: i64,
    /// Of these: retired for three years.
    pub over_three: i64,
    /// Of these: retired, nobody says when.
    pub unknown: i64,
}

impl Summary {
    /// Of the answers of a survey of an association whose responsible unit has these names.
    #[must_use]
    pub fn of(scheme: &Scheme, answers: &Answers, responsible: [&str; 2]) -> Self {
        let said = |code| chosen(scheme, answers, code);
        Self {
            ties: ties(scheme, answers, responsible),
            registered_on: answers.date("SV-04"),
            units: answers.number("SV-10"),
            persons: answers.number("SV-11"),
            members: answers.number("SV-12"),
            basis: said("SV-13"),
            joint: answers.yes("SV-25"),
            institutions: institutions(scheme, answers),
            functions: rows_where(answers, "SV-31", "SV-32"),
            transfers: answers.has("SV-34").then(|| rows(answers, "SV-34")),
            accounting: said("SV-40"),
            account: answers.yes("SV-42"),
            appropriations: appropriations(answers),
            assets: answers.number("SV-49-0"),
            debts: answers.number("SV-50-0"),
            net: both(answers, ["SV-50-1", "SV-50-2"]),
            state_owned: state_owned(answers),
            rooms: rooms(answers),
            staff: staff(scheme, answers),
            posts: answers.number("SV-65-1"),
            contracts: answers.number("SV-63"),
            party_members: both(answers, ["SV-70-1", "SV-70-2"]),
            party_body: party_body(scheme, answers),
            foreign: foreign(answers),
            opinion: said("SV-91"),
        }
    }

    /// What was appropriated in a year, in cents.
    #[must_use]
    pub fn appropriated(&self, year: i32) -> Option<i64> {
        let years = self.appropriations.as_ref()?;
        Some(years.get(&year).copied().unwrap_or_default())
    }
}

/// The words of a chosen value.
fn chosen(scheme: &Scheme, answers: &Answers, code: &str) -> String {
    let options = scheme.question(code).map(|asked| asked.options.as_slice());
    let value = answers.text(code).unwrap_or_default();
    label_of(options.unwrap_or_default(), value).to_owned()
}

/// The words of a value that was chosen in a column.
fn in_column<'a>(
    scheme: &'a Scheme,
    (code, column): (&str, &str),
    value: Option<&'a str>,
) -> &'a str {
    let column = scheme.question(code).and_then(|asked| asked.column(column));
    let options = column.map(|column| column.options.as_slice());
    label_of(options.unwrap_or_default(), value.unwrap_or_default())
}

fn count(rows: usize) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

fn rows(answers: &Answers, code: &str) -> i64 {
    count(answers.rows(code).len())
}

/// How many rows there are, where a question before asks whether there are any.
fn rows_where(answers: &Answers, asked: &str, table: &str) -> Option<i64> {
    if answers.yes(asked)? {
        answers.has(table).then(|| rows(answers, table))
    } else {
        Some(0)
    }
}

fn both(answers: &Answers, codes: [&str; 2]) -> Option<i64> {
    codes.iter().map(|code| answers.number(code)).sum()
}

/// 区工业和信息化局（联系）；区商务局（挂靠，通过某中心）.
fn ties(scheme: &Scheme, answers: &Answers, responsible: [&str; 2]) -> String {
    let rows = answers.rows("SV-20");
    let others = rows.iter().filter_map(|row| {
        let department = row.text("department")?.trim();
        if responsible.contains(&department) {
            return None;
        }
        let kind = in_column(scheme, ("SV-20", "kind"), row.text("kind"));
        Some(match row.text("via_subordinate").map(str::trim) {
            None | Some("") => format!("{department}（{kind}）"),
            Some(through) => format!("{department}（{kind}，通过{through}）"),
        })
    });
    others.collect::<Vec<_>>().join("；")
}

fn institutions(scheme: &Scheme, answers: &Answers) -> String {
    match answers.yes("SV-23") {
        None => String::new(),
        Some(false) => "否".to_owned(),
        Some(true) => {
            let rows = answers.rows("SV-24");
            let told = rows.iter().map(|row| {
                let intent = row.text("disposition");
                let intent = in_column(scheme, ("SV-24", "disposition"), intent);
                format!("{}（{intent}）", row.text("name").unwrap_or_default())
            });
            let told = told.collect::<Vec<_>>().join("；");
            if told.is_empty() {
                "是".to_owned()
            } else {
                told
            }
        }
    }
}

/// What is bought is no appropriation.
fn appropriations(answers: &Answers) -> Option<BTreeMap<i32, i64>> {
    if !answers.has(MONEY) {
        return None;
    }
    let mut years = BTreeMap::new();
    for row in answers.rows(MONEY) {
        if let (Some(year), Some(amount)) = (year(&row), row.number("amount"))
            && row.text("class") != Some("purchase")
        {
            *years.entry(year).or_default() += amount;
        }
    }
    Some(years)
}

fn state_owned(answers: &Answers) -> Option<i64> {
    let table = "SV-51";
    let rows = answers.has(table).then(|| answers.rows(table))?;
    let owned = rows
        .iter()
        .filter(|row| matches!(row.text("ownership"), Some("state" | "provisional")));
    Some(owned.filter_map(|row| row.number("net")).sum())
}

fn rooms(answers: &Answers) -> Option<i64> {
    if !answers.yes("SV-54")? {
        return Some(0);
    }
    let table = "SV-55";
    let rows = answers.has(table).then(|| answers.rows(table))?;
    Some(rows.iter().filter_map(|row| row.number("area")).sum())
}

/// Counted on the day of which all figures of the survey are.
fn staff(scheme: &Scheme, answers: &Answers) -> Option<Staff> {
    let parameters = &scheme.campaign.parameters;
    let people = answers.has(PEOPLE).then(|| answers.rows(PEOPLE))?;
    let full = counter("full_time_staff", answers);
    let mut staff = Staff {
        full,
        part: counter("all_staff", answers) - full,
        servants: counter("serving_full", answers),
        ..Staff::default()
    };
    let (on, months) = (parameters.survey_base_date, parameters.cooling_months);
    for row in people {
        if row.text("kind") != Some("concurrent") {
            continue;
        }
        match category(&row, on, months) {
            PersonCategory::Incumbent => staff.incumbent += 1,
            PersonCategory::OffPost => staff.off_post += 1,
            PersonCategory::RetiredUnderThree => staff.under_three += 1,
            PersonCategory::RetiredOverThree => staff.over_three += 1,
            PersonCategory::Unknown if row.text("identity") == Some("retired_cadre") => {
                staff.unknown += 1;
            }
            _ => {}
        }
    }
    Some(staff)
}

/// Of which kinds; its secretary's name is not told.
fn party_body(scheme: &Scheme, answers: &Answers) -> String {
    match answers.yes("SV-71") {
        None => String::new(),
        Some(false) => "否".to_owned(),
        Some(true) => {
            let rows = answers.rows("SV-72");
            let kinds = rows.iter().map(|row| row.text("kind"));
            let kinds = kinds.map(|kind| in_column(scheme, ("SV-72", "kind"), kind));
            let kinds = kinds.collect::<Vec<_>>().join("、");
            if kinds.is_empty() {
                "是".to_owned()
            } else {
                kinds
            }
        }
    }
}

/// None of five: 0; else the rows that tell of them.
fn foreign(answers: &Answers) -> Option<i64> {
    let asked = FOREIGN.map(|code| answers.yes(code));
    if asked.contains(&Some(true)) {
        return answers.has("SV-80").then(|| rows(answers, "SV-80"));
    }
    (!asked.contains(&None)).then_some(0)
}

#[cfg(test)]
mod tests;
