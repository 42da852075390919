//! The figures of the district's view (DB-8, ST-8 to ST-10): each row counts in
//! some of them with a value, so that each number can open its rows.

use crate::scheme::conditions::kept_by_law;
use crate::scheme::{Answers, Row};

use super::book::Book;
use super::standing::{self, Standing};
use super::{Register, State};

/// A row of an association's registers and the figures in which it counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counted {
    /// The register.
    pub register: Register,
    /// Key of the row.
    pub key: String,
    /// What it is called.
    pub label: String,
    /// How it stands.
    pub standing: Standing,
    /// The entries that were made on it, which somebody may have.
    pub entries: Vec<i64>,
    /// Figure and value: cents, hundredths of m², or one.
    pub figures: Vec<(String, i64)>,
}

/// Every row of an association that counts somewhere.
#[must_use]
pub fn counted(book: &Book<'_>) -> Vec<Counted> {
    [
        Register::Function,
        Register::Transfer,
        Register::Purchase,
        Register::Appropriation,
        Register::Asset,
        Register::Room,
    ]
    .into_iter()
    .flat_map(|register| {
        book.rows(register).into_iter().map(move |row| Counted {
            register,
            key: row.key().to_owned(),
            label: book.label(register, &row),
            standing: standing::of(book, register, &row),
            entries: book.sent(register, row.key()),
            figures: figures(book, register, &row),
        })
    })
    .collect()
}

fn figures<'a>(book: &Book<'a>, register: Register, row: &Row<'a>) -> Vec<(String, i64)> {
    let facts = book.facts(register, row.key());
    let number = |name: &str| row.number(name).unwrap_or(0);
    let mut found: Vec<(String, i64)> = Vec::new();
    let mut add = |figure: &str, value: i64| found.push((figure.to_owned(), value));
    match register {
        Register::Function => {
            add("function-found", 1);
            match (kept_by_law(row), facts) {
                (true, _) => add("function-kept", 1),
                (false, Some(_)) => add("function-stripped", 1),
                (false, None) => add("function-open", 1),
            }
        }
        Register::Transfer => {
            add("transfer-found", 1);
            let done = facts.is_some_and(|facts| facts.has("handed_on") && facts.has("record"));
            add(
                if done {
                    "transfer-done"
                } else {
                    "transfer-open"
                },
                1,
            );
        }
        Register::Purchase => {
            add("purchase-planned", number("budget"));
            if let Some(amount) = facts.and_then(|facts| facts.number("amount")) {
                add("purchase-signed", amount);
            }
        }
        Register::Appropriation => {
            found.extend(money(book, row));
        }
        Register::Asset => {
            let net = number("net");
            let owner = book.ownership(row);
            add(&format!("asset-{owner}-all"), net);
            add(&format!("asset-{owner}-{}", disposition(book, row)), net);
        }
        Register::Room | Register::Delay => {
            let area = number("area");
            add("room-all", area);
            for (figure, value) in room(book, row, facts, area) {
                add(figure, value);
            }
        }
        Register::Ownership | Register::Completion | Register::Custody | Register::Premises => {}
    }
    found
}

/// Money by year and class, and the anomalies among it.
fn money<'a>(book: &Book<'a>, row: &Row<'a>) -> Vec<(String, i64)> {
    let amount = row.number("amount").unwrap_or(0);
    let (year, class) = (row.text("year"), row.text("class"));
    let figure = format!(
        "money-{}-{}",
        year.unwrap_or_default(),
        class.unwrap_or_default()
    );
    let mut found = vec![(figure, amount)];
    if book.anomaly(row).is_some() {
        let dealt = if book.handled(row) {
            "anomaly-handled"
        } else {
            "anomaly-open"
        };
        found.push(("anomaly-found".to_owned(), amount));
        found.push((dealt.to_owned(), amount));
    }
    found
}

/// The approved disposition; what is not approved is pending.
fn disposition<'a>(book: &Book<'a>, row: &Row<'a>) -> &'a str {
    match book.ownership(row) {
        "association" => "keep",
        "unclear" => "pending",
        _ => book
            .entry(Register::Asset, row.key())
            .filter(|entry| entry.state == State::Approved)
            .and_then(|entry| entry.facts.text("disposition"))
            .unwrap_or("pending"),
    }
}

/// m² given up and leased by acceptance, delayed by approval, otherwise open.
fn room<'a>(
    book: &Book<'a>,
    row: &Row<'a>,
    facts: Option<&Answers>,
    area: i64,
) -> Vec<(&'static str, i64)> {
    let accepted = book
        .entry(Register::Room, row.key())
        .is_some_and(|entry| entry.state == State::Approved);
    let delayed = book
        .entry(Register::Delay, row.key())
        .is_some_and(|entry| entry.state == State::Approved);
    match (accepted, facts) {
        (true, Some(facts)) => {
            let given_up = facts.number("given_up").unwrap_or(0);
            let mut found = vec![("room-vacated", given_up)];
            if facts.has("lease") {
                found.push(("room-leased", area - given_up));
            }
            found.retain(|(_, value)| *value != 0);
            found
        }
        _ if delayed => vec![("room-delayed", area)],
        _ => vec![("room-open", area)],
    }
}
