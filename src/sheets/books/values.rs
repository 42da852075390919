//! What a described cell is in a file.

use chrono::NaiveDate;

use crate::sheets::exact;
use crate::web::table::{Cell, Kind};

/// Characters that a spreadsheet's cell holds.
const LONGEST: usize = 32_767;
/// What is said where more was written.
const CUT: &str = "……（内容过长，其余请在系统中查看）";

/// A value with its type.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing.
    Blank,
    /// Text, whatever it looks like.
    Text(String),
    /// A whole number.
    Whole(f64),
    /// A number with two decimals.
    Decimal(f64),
    /// A share with so many decimals as shown: 92.1% is 0.921 with one.
    Share(f64, usize),
    /// A day.
    Day(NaiveDate),
}

/// The value of a cell in a column of this kind.
#[must_use]
pub fn value(kind: Kind, cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Blank,
        Cell::Count(number) if kind != Kind::Code => {
            whole(&number.to_string()).unwrap_or_else(|| Value::Text(number.to_string()))
        }
        Cell::Hundredths(_) => decimal(&cell.text()).unwrap_or_else(|| Value::Text(cell.text())),
        Cell::Percent(text) => share(text).unwrap_or_else(|| words(text.clone())),
        Cell::Day(day) => Value::Day(*day),
        Cell::Figure(figure) if kind != Kind::Code => number(&figure.shown),
        Cell::Text(text) if kind == Kind::Figure => number(text),
        other => words(said(other)),
    }
}

/// A cell's words: what stands below them on the page has a line of its own.
#[must_use]
pub fn said(cell: &Cell) -> String {
    let Cell::Several(parts) = cell else {
        return cell.text();
    };
    let mut said = String::new();
    for part in parts {
        let text = part.text();
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        if !said.is_empty() {
            said.push(match part {
                Cell::Sub(_) => '\n',
                _ => ' ',
            });
        }
        said.push_str(text);
    }
    said
}

/// A figure as it is shown: whole, with decimals, a share; else its words.
fn number(shown: &str) -> Value {
    let plain: String = shown.chars().filter(|c| *c != ',').collect();
    let plain = plain.trim();
    share(plain)
        .or_else(|| whole(plain))
        .or_else(|| decimal(plain))
        .unwrap_or_else(|| words(shown.to_owned()))
}

fn share(shown: &str) -> Option<Value> {
    let number = shown.strip_suffix('%')?.trim();
    let places = number.split_once('.').map_or(0, |(_, after)| after.len());
    // 92.1% is 921 thousandths: one division, rounded once.
    let whole = exact::number(&number.replace('.', ""))?;
    let parts = (0..places).fold(100.0, |parts, _| parts * 10.0);
    Some(Value::Share(whole / parts, places))
}

fn whole(text: &str) -> Option<Value> {
    let plain = !text.contains('.');
    plain
        .then(|| exact::number(text))
        .flatten()
        .map(Value::Whole)
}

fn decimal(text: &str) -> Option<Value> {
    text.contains('.')
        .then(|| exact::number(text))
        .flatten()
        .map(Value::Decimal)
}

fn words(text: String) -> Value {
    if text.is_empty() {
        return Value::Blank;
    }
    if text.encode_utf16().count() <= LONGEST {
        return Value::Text(text);
    }
    let mut kept = String::new();
    let mut room = LONGEST - CUT.encode_utf16().count();
    for c in text.chars() {
        let Some(left) = room.checked_sub(c.len_utf16()) else {
            break;
        };
        room = left;
        kept.push(c);
    }
    kept.push_str(CUT);
    Value::Text(kept)
}
