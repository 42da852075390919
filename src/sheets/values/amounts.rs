//! Money, counts, areas and percentages.

use super::outcome::{Outcome, Warning, Wrong};
use crate::web::answer::number::{self, Fault};
use crate::web::answer::text::half_width;
use crate::web::answer::unit::{self, Unit};
use crate::web::answer::{count as counts, money as sums};

/// An amount, in the column's unit or its own.
pub(super) fn money(text: &str, stated: Option<Unit>) -> Outcome {
    if text == "无" {
        return none(sums::show(0));
    }
    match sums::read(text, stated) {
        Ok(None) => Outcome::nothing(),
        Ok(Some(amount)) => {
            let other = amount.own && amount.unit != stated;
            let converted = amount.unit.is_some_and(|unit| unit != Unit::Wan) && amount.cents != 0;
            Outcome::is(sums::show(amount.cents))
                .warn_if(amount.sign, Warning::CurrencySign)
                .warn_if(other, Warning::OwnUnit)
                .warn_if(amount.own && !other, Warning::UnitWord)
                .warn_if(!amount.own && converted, Warning::Converted)
                .warn_if(amount.rounded, Warning::Rounded)
        }
        Err(fault) => {
            let expected = match (fault, stated) {
                (Fault::NoUnit, _) => "请先选定本列的金额单位（元或万元）".to_owned(),
                (Fault::HalfCent, _) => "应精确到分".to_owned(),
                (Fault::TooLarge, _) => "请核对金额和单位，最大为99999999.99万元".to_owned(),
                (Fault::Unit, _) => "应以元、千元、万元或亿元为单位".to_owned(),
                (_, Some(unit)) if unit.is_money() => {
                    format!("应为以{}为单位的数字，不小于0，最多两位小数", unit.word())
                }
                _ => "应为数字，不小于0，最多两位小数".to_owned(),
            };
            Wrong::new(text, fault.what(), expected).into()
        }
    }
}

/// A count.
pub(super) fn count(text: &str) -> Outcome {
    if text == "无" {
        return none("0".to_owned());
    }
    match counts::read(text) {
        Ok(None) => Outcome::nothing(),
        Ok(Some(count)) => {
            Outcome::is(count.number.to_string()).warn_if(count.worded, Warning::UnitWord)
        }
        Err(fault) => {
            Wrong::new(text, fault.what(), format!("应为0至{}的整数", counts::MOST)).into()
        }
    }
}

/// An area in m².
pub(super) fn area(text: &str, stated: Option<Unit>) -> Outcome {
    if text == "无" {
        return none(sums::show_hundredths(0));
    }
    match sums::read_area(text, stated) {
        Ok(None) => Outcome::nothing(),
        Ok(Some(area)) => {
            Outcome::is(sums::show_hundredths(area.hundredths)).warn_if(area.own, Warning::UnitWord)
        }
        Err(Fault::Unit) => Wrong::new(text, Fault::Unit.what(), "请换算为平方米后填写").into(),
        Err(fault) => Wrong::new(
            text,
            fault.what(),
            "应为以平方米为单位的数字，不小于0，最多两位小数",
        )
        .into(),
    }
}

fn none(zero: String) -> Outcome {
    Outcome::is(zero).warn_if(true, Warning::NoneIsZero)
}

/// 50%, or a bare number, whose meaning is asked: 1 may be 1% or 100%.
pub(super) fn percent(text: &str, stated: Option<Unit>) -> Outcome {
    let half = half_width(text);
    let (digits, own) = unit::split(half.trim());
    let wrong = |what: &str| Wrong::new(text, what, "应为0%至100%的百分比，例如50%").into();
    let decimal = match number::read(digits) {
        Ok(decimal) if own.is_none_or(|unit| unit == Unit::Percent) => decimal,
        Ok(_) => return wrong(Fault::Unit.what()),
        Err(fault) => return wrong(fault.what()),
    };
    let hundredths = match decimal.hundredths() {
        Ok(hundredths) => hundredths,
        Err(fault) => return wrong(fault.what()),
    };
    let stated = own.is_some() || (stated == Some(Unit::Percent) && hundredths > 100);
    match hundredths {
        0 => Outcome::is("0"),
        1..=10_000 if stated => Outcome::is(trimmed(hundredths)),
        _ if own.is_some() => wrong("超过100%"),
        1..=100 => wrong(&format!(
            "没有写明百分号，可能是{}%，也可能是{}%",
            trimmed(hundredths),
            hundredths
        )),
        101..=10_000 => {
            let many = hundredths.to_string();
            wrong(&format!(
                "没有写明百分号，可能是{}%；如为{many}%，则超过100%",
                trimmed(hundredths)
            ))
        }
        _ => wrong("超过100%"),
    }
}

/// A number that is shown as a percentage: 0.5 is 50%.
pub(super) fn fraction(number: &str) -> Outcome {
    let settled = number::settled(number);
    let wrong = |what: &str| Wrong::new(number, what, "应为0%至100%的百分比，例如50%").into();
    let decimal = match number::read(&settled) {
        Ok(decimal) => decimal,
        Err(fault) => return wrong(fault.what()),
    };
    // A quotient has more decimals than anybody would type.
    let parts = decimal.rounded(1_000_000);
    match parts {
        Some(parts) if parts <= 1_000_000 => {
            let hundredths = (parts + 50) / 100;
            Outcome::is(trimmed(hundredths)).warn_if(parts % 100 != 0, Warning::Rounded)
        }
        _ => wrong("超过100%"),
    }
}

/// Hundredths without zeros at the end: 5050 → 50.5.
fn trimmed(hundredths: i64) -> String {
    let shown = sums::show_hundredths(hundredths);
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}
