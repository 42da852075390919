//! What a register must say before an item of the checklist may be reported or
//! verified as done (T1-05, T2-02, T2-05, T2-06, T3-06, T3-09 to T3-12).

use chrono::NaiveDate;

use crate::database::Explain as _;
use crate::scheme::Answers;

use super::book::{Anomaly, Book, Entry, ONLY};
use super::{Register, State};

/// Whether a measure rests on the registers, and on which one.
#[must_use]
pub fn register_of(measure: &str) -> Option<Register> {
    Some(match measure {
        "T1-05" => Register::Custody,
        "T2-02" => Register::Function,
        "T2-05" | "T2-06" => Register::Transfer,
        "T3-06" => Register::Appropriation,
        "T3-09" | "T3-10" => Register::Asset,
        "T3-11" => Register::Room,
        "T3-12" => Register::Premises,
        _ => return None,
    })
}

/// The row that an item rests on: of premises there is one.
fn key_of<'a>(measure: &str, object: &'a str) -> &'a str {
    if register_of(measure) == Some(Register::Premises) {
        return ONLY;
    }
    object.split_once('#').map_or("", |(_, key)| key)
}

/// What is still missing for an item, in words. Reporting needs what the unit
/// records; verifying (`decided`) also needs the department's decision.
#[must_use]
pub fn unmet(book: &Book<'_>, measure: &str, object: &str, decided: bool) -> Option<String> {
    let key = key_of(measure, object);
    let lacks = |register: Register, names: &[&str]| {
        let facts = book.facts(register, key);
        names
            .iter()
            .any(|name| !facts.is_some_and(|facts: &Answers| facts.has(name)))
    };
    match measure {
        "T1-05" if lacks(Register::Custody, &["agreed_on", "article"]) => {
            Some("尚未登记双方协议的签订日期和拟写入章程的条款。".to_owned())
        }
        "T3-12" if lacks(Register::Premises, &["nature", "address", "started_on"]) => {
            Some("资产财务台账尚未登记新办公场所的性质、地址和启用日期。".to_owned())
        }
        "T2-02" if lacks(Register::Function, &["ended_on", "document"]) => {
            Some("职能台账尚未登记委托终止日期和文件。".to_owned())
        }
        "T2-05" if lacks(Register::Transfer, &["handed_on", "record"]) => {
            Some("职能台账尚未登记移交日期和移交记录。".to_owned())
        }
        "T2-06" if lacks(Register::Transfer, &["measure", "section"]) => {
            Some("职能台账尚未登记监管措施文件和责任科室。".to_owned())
        }
        "T3-06" => money(book, decided),
        "T3-09" => unclear(book),
        "T3-10" => asset(book, key, decided),
        "T3-11" => room(book, key, decided),
        _ => None,
    }
}

/// The days on which what an item is about was done, as far as the registers say (DN-4).
#[must_use]
pub fn days(book: &Book<'_>, measure: &str, object: &str) -> Vec<NaiveDate> {
    let key = key_of(measure, object);
    let of = |register: Register, key: &str, name: &str| {
        let facts = book.facts(register, key);
        facts.and_then(|facts: &Answers| facts.date(name))
    };
    let of_rows = |table: Register, register: Register, name: &str| {
        let rows = book.rows(table);
        let days = rows.iter().filter_map(|row| of(register, row.key(), name));
        days.collect()
    };
    match measure {
        "T1-05" => Vec::from_iter(of(Register::Custody, key, "agreed_on")),
        "T3-12" => Vec::from_iter(of(Register::Premises, key, "started_on")),
        "T2-02" => Vec::from_iter(of(Register::Function, key, "ended_on")),
        "T2-05" => Vec::from_iter(of(Register::Transfer, key, "handed_on")),
        "T2-06" => Vec::from_iter(of(Register::Transfer, key, "measure_on")),
        "T3-06" => of_rows(
            Register::Appropriation,
            Register::Appropriation,
            "handled_on",
        ),
        "T3-09" => of_rows(Register::Asset, Register::Ownership, "determined_on"),
        "T3-10" => Vec::from_iter(of(Register::Completion, key, "completed_on")),
        "T3-11" => Vec::from_iter(of(Register::Room, key, "vacated_on")),
        _ => Vec::new(),
    }
}

/// What was recorded of what an item is about; of money and of ownership all rows.
#[must_use]
pub fn entries<'a>(book: &Book<'a>, measure: &str, object: &str) -> Vec<&'a Entry> {
    let key = key_of(measure, object);
    let (registers, all): (&[Register], bool) = match measure {
        "T3-06" => (&[Register::Appropriation], true),
        "T3-09" => (&[Register::Ownership], true),
        "T3-10" => (&[Register::Asset, Register::Completion], false),
        "T3-11" => (&[Register::Room, Register::Delay], false),
        _ => {
            let own = |entry: &&Entry| {
                register_of(measure) == Some(entry.register) && entry.object == key
            };
            return book.entries.iter().filter(own).collect();
        }
    };
    let of = |entry: &&Entry| registers.contains(&entry.register) && (all || entry.object == key);
    book.entries.iter().filter(of).collect()
}

fn money(book: &Book<'_>, decided: bool) -> Option<String> {
    book.rows(Register::Appropriation).iter().find_map(|row| {
        let label = book.label(Register::Appropriation, row);
        match book.anomaly(row)? {
            Anomaly::NoContract => Some(format!("“{label}”尚未登记购买服务合同。")),
            Anomaly::Unverified if decided => {
                Some(format!("“{label}”的购买服务合同尚未经财政局核实。"))
            }
            Anomaly::Direct if book.entry(Register::Appropriation, row.key()).is_none() => {
                Some(format!("“{label}”在停止拨款之后，尚未登记退回或说明。"))
            }
            Anomaly::Direct if decided && !book.handled(row) => {
                Some(format!("“{label}”的退回或说明尚未经财政局核实。"))
            }
            Anomaly::Direct | Anomaly::Unverified => None,
        }
    })
}

/// TC-45: one row in doubt keeps the whole measure open.
fn unclear(book: &Book<'_>) -> Option<String> {
    let unclear: Vec<String> = book
        .rows(Register::Asset)
        .iter()
        .filter(|row| book.ownership(row) == "unclear")
        .map(|row| book.label(Register::Asset, row))
        .collect();
    (!unclear.is_empty())
        .then(|| format!("“{}”的权属待界定，请先登记权属界定。", unclear.join("”“")))
}

fn asset(book: &Book<'_>, key: &str, decided: bool) -> Option<String> {
    let row = book.row(Register::Asset, key)?;
    // Determined since as the association's own: nothing is to be approved.
    if book.ownership(&row) == "association" {
        return None;
    }
    if book.entry(Register::Asset, key).is_none() {
        return Some("资产台账尚未登记处置方式和金额。".to_owned());
    }
    if let Err(refusal) = book.closable(&row) {
        return Some(refusal.explain());
    }
    let approved = book
        .entry(Register::Asset, key)
        .is_some_and(|entry| entry.state == State::Approved);
    match (approved, book.facts(Register::Completion, key)) {
        (false, _) if decided => Some("处置尚未经财政局或机关事务管理局批准。".to_owned()),
        (true, None) if decided => Some("资产台账尚未登记处置完成。".to_owned()),
        _ => None,
    }
}

fn room(book: &Book<'_>, key: &str, decided: bool) -> Option<String> {
    let row = book.row(Register::Room, key)?;
    let Some(entry) = book.entry(Register::Room, key) else {
        return Some("用房台账尚未登记移交。".to_owned());
    };
    match book.acceptable(&row) {
        Err(refusal) => Some(refusal.explain()),
        Ok(()) if decided && entry.state != State::Approved => {
            Some("用房移交尚未经机关事务管理局验收。".to_owned())
        }
        Ok(()) => None,
    }
}
