//! One cell of a kind → the text that a person would type into the form's field of the same
//! kind, or what is wrong with it.

mod amounts;
mod codes;
mod days;
mod kinds;
mod outcome;
mod people;
mod words;

#[cfg(test)]
mod tests;

pub use kinds::{Context, Kind};
pub use outcome::{Form, Outcome, Read, Warning, Wrong};

use super::cells::{Cell, Value};

/// Reads one cell; `None` is a cell without content.
#[must_use]
pub fn read(cell: Option<&Cell>, kind: Kind, context: &Context<'_>) -> Outcome {
    let Some(cell) = cell else {
        return Outcome::nothing();
    };
    let outcome = match &cell.value {
        Value::Uncomputed => Wrong::new(
            "",
            "公式没有保存结果",
            "请先在Excel或WPS中打开并保存后再上传",
        )
        .into(),
        Value::Error(error) => Wrong::new(
            error,
            format!("公式出错（{error}）"),
            "请改正公式，或直接填写内容",
        )
        .into(),
        _ if cell.formula && is_nothing(&cell.value, kind) => Outcome::nothing(),
        Value::Text(text) => written(text, kind, context),
        Value::Number(number, percent) => Number {
            number,
            percent: *percent,
        }
        .read(kind, context),
        Value::Day(day) => days::of_day(*day, kind),
        Value::Truth(truth) => words::of_truth(*truth, kind),
    };
    outcome.warn_if(cell.formula, Warning::Formula)
}

/// What a formula gives that refers to a cell without content: 0, where no amount is asked,
/// or the day 0.
fn is_nothing(value: &Value, kind: Kind) -> bool {
    match value {
        Value::Number(number, _) => number == "0" && !kind.is_amount() && kind != Kind::YesNo,
        Value::Day(day) => days::is_zero(*day),
        _ => false,
    }
}

fn written(text: &str, kind: Kind, context: &Context<'_>) -> Outcome {
    let trimmed = text.trim();
    let (bare, apostrophe) = match trimmed.strip_prefix('\'') {
        Some(rest) => (rest.trim(), true),
        None => (trimmed, false),
    };
    if bare.is_empty() {
        return Outcome::nothing();
    }
    if words::is_clear(bare) {
        return Outcome::Clear;
    }
    if words::is_dash(bare) || (bare == "无" && kind.is_missing_by_word()) {
        return Outcome::Blank(vec![Warning::Dash]);
    }
    let outcome = match kind {
        Kind::Name | Kind::Unit => words::line(bare, context.most(60)),
        Kind::Text | Kind::Phone => words::line(bare, context.most(500)),
        Kind::Long => words::long(bare, context.most(2_000)),
        Kind::Code => codes::code(bare),
        Kind::Certificate => codes::certificate(bare),
        Kind::CodeOrCertificate => codes::either(bare),
        Kind::Day => days::day(bare),
        Kind::Month => days::month(bare),
        Kind::Money => amounts::money(bare, context.unit),
        Kind::Count => amounts::count(bare),
        Kind::Area => amounts::area(bare, context.unit),
        Kind::Percent => amounts::percent(bare, context.unit),
        Kind::YesNo => words::yes_or_no(bare),
        Kind::Choice => words::choice(bare, context.options),
        Kind::Choices => words::choices(bare, context.options),
        Kind::Person => people::person(bare, context.most(40)),
    };
    outcome.warn_if(apostrophe, Warning::Apostrophe)
}

/// A cell that holds a number.
struct Number<'a> {
    number: &'a str,
    percent: bool,
}

impl Number<'_> {
    fn read(&self, kind: Kind, context: &Context<'_>) -> Outcome {
        if kind == Kind::Percent && self.percent {
            return amounts::fraction(self.number);
        }
        if self.percent && kind.is_amount() {
            return Wrong::new(self.number, "是百分比", "应为数字，不用百分比格式").into();
        }
        let settled = crate::web::answer::number::settled(self.number);
        match kind {
            Kind::Name | Kind::Unit | Kind::Person => {
                Wrong::new(&settled, "是数字", "应为文字").into()
            }
            Kind::Code => codes::number(&settled),
            Kind::Certificate | Kind::CodeOrCertificate => codes::certificate_number(&settled),
            Kind::Day => days::number(&settled),
            Kind::Phone => words::phone_number(&settled),
            _ => written(&settled, kind, context),
        }
    }
}
