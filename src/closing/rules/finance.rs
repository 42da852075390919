//! 资产财务分离: books, account, money, the inventory, state assets, rooms.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::holdings::rules::book::Book;
use crate::holdings::rules::fields::DISPOSITIONS;
use crate::holdings::rules::{Register, State};
use crate::scheme::{Answers, Row};

use super::Said;
use super::reading::{NOT_CONCERNED, OPEN, Reading};

const SYSTEM: &str = "T3-01";
const ACCOUNT: &str = "T3-03";
const MONEY: &str = "T3-06";
const INVENTORY: &str = "T3-08";
const ROOMS: &str = "T3-11";

/// No survey is confirmed.
const NOT_SURVEYED: &str = "未摸底";

/// No plan is read.
static NO_PLAN: Answers = Answers(BTreeMap::new());

impl<'a> Reading<'a> {
    /// The accounting system that it keeps, and since when.
    pub(super) fn system(&self) -> Said<String> {
        self.settled(SYSTEM, OPEN, |_| {
            let since = self.answers(SYSTEM).and_then(|facts| facts.date("T3-01-1"));
            let system = self.label("SV-40", "npo");
            Said::Is(match since {
                Some(on) => format!("{system}，{on}起"),
                None => system,
            })
        })
    }

    /// Whether it has an account of its own: had before, or opened since.
    pub(super) fn account(&self) -> Said<String> {
        let had = self.facts.survey.as_ref().and_then(|all| all.yes("SV-42"));
        if self.without(&[ACCOUNT]) == Some(NOT_CONCERNED) && had == Some(true) {
            return Said::instead("原有");
        }
        self.settled(ACCOUNT, "未开立", |_| {
            let opened = self.answers(ACCOUNT);
            let opened = opened.and_then(|facts| facts.date("T3-03-3"));
            Said::Is(dated("已开立", opened))
        })
    }

    /// Whether the direct appropriation has ended.
    pub(super) fn money(&self) -> Said<String> {
        self.settled(MONEY, "未取消", |items| {
            let done = items.iter().filter_map(|item| item.done_on).max();
            Said::Is(dated("已取消", done))
        })
    }

    /// The numbers of the reports on the inventory.
    pub(super) fn inventory(&self) -> Said<String> {
        let rows = self.facts.survey.as_ref().map(|all| all.rows("SV-53"));
        let rows = rows.unwrap_or_default();
        let numbers = rows.iter().filter_map(|row| row.text("report_no"));
        let numbers: Vec<&str> = numbers.filter(|number| !number.trim().is_empty()).collect();
        if numbers.is_empty() {
            return self.settled(INVENTORY, "未清查", |items| {
                let done = items.iter().filter_map(|item| item.done_on).max();
                Said::Is(dated("无文号", done))
            });
        }
        Said::Is(numbers.join("、"))
    }

    fn book(&self) -> Option<Book<'a>> {
        Some(Book {
            scheme: self.scheme,
            survey: self.facts.survey.as_ref()?,
            plan: &NO_PLAN,
            entries: &self.facts.entries,
        })
    }

    /// Rows of a register, or the words that stand where it has none.
    fn rows(
        &self,
        register: Register,
        wanted: impl Fn(&Book<'a>, &Row<'a>) -> bool,
    ) -> Result<(Book<'a>, Vec<Row<'a>>), &'static str> {
        let book = self.book().ok_or(NOT_SURVEYED)?;
        let mut rows = book.rows(register);
        rows.retain(|row| wanted(&book, row));
        if rows.is_empty() {
            return Err(NOT_CONCERNED);
        }
        Ok((book, rows))
    }

    /// Net value of the state's and provisional state property, in cents.
    pub(super) fn assets(&self) -> Said<i64> {
        match self.rows(Register::Asset, Book::public) {
            Ok((_, rows)) => Said::Is(rows.iter().filter_map(|row| row.number("net")).sum()),
            Err(words) => Said::instead(words),
        }
    }

    /// What becomes of it by approval, and how far that is carried out.
    pub(super) fn disposition(&self) -> Said<String> {
        match self.rows(Register::Asset, Book::public) {
            Ok((book, rows)) => Said::Is(disposed(&book, &rows)),
            Err(words) => Said::instead(words),
        }
    }

    /// Area of the organs' rooms that it occupied, in hundredths of m².
    pub(super) fn area(&self) -> Said<i64> {
        match self.rows(Register::Room, |_, _| true) {
            Ok((_, rows)) => Said::Is(rows.iter().filter_map(|row| row.number("area")).sum()),
            Err(words) => Said::instead(words),
        }
    }

    /// When the last of them was handed back.
    pub(super) fn vacated(&self) -> Said<NaiveDate> {
        let Ok((book, rows)) = self.rows(Register::Room, |_, _| true) else {
            return self.settled(ROOMS, OPEN, |_| Said::instead("已腾退"));
        };
        let facts = |register, row: &Row<'_>| book.facts(register, row.key());
        let granted = |row: &Row<'_>| {
            let delay = book.entry(Register::Delay, row.key())?;
            let granted = delay.state == State::Approved;
            granted.then(|| delay.facts.date("until")).flatten()
        };
        let open = match rows.iter().filter_map(granted).max() {
            Some(until) => format!("延期至{until}"),
            None => "未腾退".to_owned(),
        };
        self.settled(ROOMS, open, |_| {
            let handed = rows.iter().filter_map(|row| facts(Register::Room, row));
            let leased = handed.clone().any(|facts| facts.has("lease"));
            let given_up = handed.filter(|facts| !facts.has("lease"));
            match given_up.filter_map(|facts| facts.date("vacated_on")).max() {
                Some(on) => Said::Is(on),
                None if leased => Said::instead("按规定租用"),
                None => Said::instead("已腾退"),
            }
        })
    }
}

/// Words with the day, where there is one: 已取消，2018-10-30.
fn dated(words: &str, on: Option<NaiveDate>) -> String {
    match on {
        Some(on) => format!("{words}，{on}"),
        None => words.to_owned(),
    }
}

/// 收回1项，2018-11-06完成.
fn disposed(book: &Book<'_>, rows: &[Row<'_>]) -> String {
    let approved = |row: &&Row<'_>| {
        let entry = book.entry(Register::Asset, row.key())?;
        let approved = entry.state == State::Approved;
        approved.then(|| entry.facts.text("disposition")).flatten()
    };
    let decided: Vec<&str> = rows.iter().filter_map(|row| approved(&row)).collect();
    let of = |(key, label): &(&str, &str)| {
        let many = decided.iter().filter(|each| *each == key).count();
        (many > 0).then(|| format!("{label}{many}项"))
    };
    let mut said: Vec<String> = DISPOSITIONS.iter().filter_map(of).collect();
    let waiting = rows.len() - decided.len();
    if waiting > 0 {
        said.push(format!("待批{waiting}项"));
    }
    let done = |row: &Row<'_>| {
        let facts = book.facts(Register::Completion, row.key());
        facts.and_then(|facts| facts.date("completed_on"))
    };
    let done: Vec<NaiveDate> = rows.iter().filter_map(done).collect();
    let said = said.join("、");
    match done.iter().max() {
        Some(last) if done.len() == rows.len() => format!("{said}，{last}完成"),
        Some(_) => format!("{said}，完成{}项", done.len()),
        None => format!("{said}，{OPEN}"),
    }
}
