//! How a row stands, in words and with its mark.

use crate::scheme::Row;
use crate::scheme::conditions::kept_by_law;
use crate::words::Mark;

use super::book::{Anomaly, Book};
use super::fields::{DISPOSITIONS, HANDLINGS, NATURES, label};
use super::{Register, State};

/// A state in words with its mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// What it means.
    pub mark: Mark,
    /// In words.
    pub words: String,
}

fn standing(mark: Mark, words: impl Into<String>) -> Standing {
    Standing {
        mark,
        words: words.into(),
    }
}

/// How a row of a register stands.
#[must_use]
pub fn of<'a>(book: &Book<'a>, register: Register, row: &Row<'a>) -> Standing {
    match register {
        Register::Function => function(book, row),
        Register::Transfer => transfer(book, row),
        Register::Purchase => match book.facts(register, row.key()) {
            Some(_) => standing(Mark::Done, "已签合同"),
            None => standing(Mark::Todo, "未签合同"),
        },
        Register::Custody => match book.facts(register, row.key()) {
            Some(_) => standing(Mark::Done, "协议已签，章程条款已拟定"),
            None => standing(Mark::Todo, "待调整"),
        },
        Register::Premises => match book.facts(register, row.key()) {
            Some(facts) => {
                let nature = facts.text("nature").unwrap_or_default();
                standing(Mark::Done, label(NATURES, nature))
            }
            None => standing(Mark::Todo, "待落实"),
        },
        Register::Appropriation => money(book, row),
        Register::Room | Register::Delay => room(book, row),
        Register::Ownership | Register::Asset | Register::Completion => asset(book, row),
    }
}

fn function<'a>(book: &Book<'a>, row: &Row<'a>) -> Standing {
    let ended = book
        .facts(Register::Function, row.key())
        .and_then(|facts| facts.date("ended_on"));
    match ended {
        // TC-20: kept only by a law with its article.
        _ if kept_by_law(row) => standing(Mark::Void, "依法保留"),
        Some(day) => standing(Mark::Done, format!("{day}已剥离")),
        None => standing(Mark::Todo, "待剥离"),
    }
}

/// Handed over with its record, and overseen: both are asked for (T2-05, T2-06).
fn transfer<'a>(book: &Book<'a>, row: &Row<'a>) -> Standing {
    let facts = book.facts(Register::Transfer, row.key());
    let handed = facts.is_some_and(|facts| facts.has("handed_on") && facts.has("record"));
    let overseen = facts.is_some_and(|facts| facts.has("measure") && facts.has("section"));
    match (handed, overseen) {
        (true, true) => standing(Mark::Done, "已移交，监管措施已存档"),
        (true, false) => standing(Mark::Going, "已移交，缺监管措施"),
        (false, _) => standing(Mark::Todo, "待移交"),
    }
}

fn money<'a>(book: &Book<'a>, row: &Row<'a>) -> Standing {
    let entry = book.entry(Register::Appropriation, row.key());
    let handling = entry
        .and_then(|entry| entry.facts.text("handling"))
        .map_or("", |value| label(HANDLINGS, value));
    match (book.anomaly(row), entry.map(|entry| entry.state)) {
        (None, Some(_)) => standing(Mark::Done, "购买服务合同，财政局已核实"),
        (None, None) => standing(Mark::Void, "正常"),
        (Some(Anomaly::NoContract), _) => standing(Mark::Late, "异常：未登记合同"),
        (Some(Anomaly::Unverified), Some(State::Submitted)) => {
            standing(Mark::Going, "合同已登记，待财政局核实")
        }
        (Some(Anomaly::Unverified), _) => standing(Mark::Late, "异常：合同未经财政局核实"),
        (Some(Anomaly::Direct), Some(State::Approved)) => {
            standing(Mark::DoneLate, format!("{handling}，财政局已核实"))
        }
        (Some(Anomaly::Direct), Some(State::Submitted)) => {
            standing(Mark::Going, format!("{handling}，待财政局核实"))
        }
        (Some(Anomaly::Direct), Some(_)) => {
            standing(Mark::Late, format!("异常：{handling}，待报送"))
        }
        (Some(Anomaly::Direct), None) => standing(Mark::Late, "异常：停止拨款后仍有拨款"),
    }
}

fn asset<'a>(book: &Book<'a>, row: &Row<'a>) -> Standing {
    if book.ownership(row) == "unclear" {
        return standing(Mark::Todo, "权属待界定");
    }
    if !book.public(row) {
        return standing(Mark::Void, "归协会");
    }
    let Some(entry) = book.entry(Register::Asset, row.key()) else {
        return standing(Mark::Todo, "待登记处置");
    };
    let kind = label(
        DISPOSITIONS,
        entry.facts.text("disposition").unwrap_or_default(),
    );
    let completed = book.facts(Register::Completion, row.key()).is_some();
    match entry.state {
        State::Draft => standing(Mark::Going, format!("{kind}，待报送")),
        State::Submitted => standing(Mark::Going, format!("{kind}，待批")),
        State::Returned => standing(Mark::Soon, format!("{kind}，已退回")),
        State::Approved if completed => standing(Mark::Done, format!("{kind}，已完成")),
        State::Approved => standing(Mark::Going, format!("{kind}，已批准，待完成")),
    }
}

fn room<'a>(book: &Book<'a>, row: &Row<'a>) -> Standing {
    let entry = book.entry(Register::Room, row.key());
    let leased = entry.is_some_and(|entry| entry.facts.has("lease"));
    let delay = book
        .entry(Register::Delay, row.key())
        .filter(|entry| entry.state == State::Approved)
        .and_then(|entry| entry.facts.date("until"));
    match (entry.map(|entry| entry.state), delay) {
        (Some(State::Approved), _) if leased => standing(Mark::Done, "按规定租用"),
        (Some(State::Approved), _) => standing(Mark::Done, "已腾退，验收相符"),
        (Some(State::Submitted), _) => standing(Mark::Going, "已移交，待验收"),
        (Some(State::Draft), _) => standing(Mark::Going, "已移交，待报送"),
        (Some(State::Returned), _) => standing(Mark::Soon, "验收未通过"),
        (None, Some(until)) => standing(Mark::Going, format!("经批准延期至{until}")),
        // TC-33: a delay that nobody approved changes nothing.
        (None, None) => standing(Mark::Todo, "待腾退"),
    }
}
