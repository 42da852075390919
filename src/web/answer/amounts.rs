//! Numbers that belong together: amounts one under another are a table of two columns, what
//! the others add up to is computed, and what must agree is compared while one types.

use crate::scheme::checks::{Check, Rule};
use crate::scheme::{AnswerType, Question};
use crate::web::Form;

use super::field::FieldView;
use super::{count, money};

/// From how many amounts on they are a table.
const TABLE: usize = 3;
/// How a part of the amount above it begins.
const PART: &str = "其中：";
/// The unit, which stands beside the field or in the head of the table.
const UNIT: &str = "（万元）";

/// What a field is among other numbers.
#[derive(Debug, Clone, Default)]
pub struct Amount {
    /// The fields that it adds up, separated by blanks; empty: it is typed.
    pub of: String,
    /// What they add up to as typed; empty while one of them is missing.
    pub sum: String,
    /// It stands in a table of amounts.
    pub in_table: bool,
    /// The tables of amounts begin with it.
    pub first: bool,
    /// The tables of amounts end with it.
    pub last: bool,
    /// A table begins with it.
    pub opens: bool,
    /// A table ends with it.
    pub closes: bool,
    /// It is a part of the one above.
    pub part: bool,
    /// What must agree, told below the last of its fields.
    pub compared: Vec<Compared>,
}

/// Numbers of which the first must be the sum of the others.
#[derive(Debug, Clone)]
pub struct Compared {
    /// Their fields, separated by blanks.
    pub fields: String,
    /// The same in words: 资产总额 = 负债总额 + 净资产.
    pub words: String,
    /// How it stands with what is typed; empty while something is missing.
    pub stands: String,
    /// It does not agree.
    pub off: bool,
}

impl Amount {
    /// Of a question in a form.
    pub(super) fn of(question: &Question, form: &Form) -> Self {
        if !question.is_sum() {
            return Self::default();
        }
        let sum = question
            .of
            .iter()
            .map(|code| typed(question.kind, form, code));
        let sum: Option<i64> = sum.sum();
        Self {
            of: question.of.join(" "),
            sum: sum.map_or_else(String::new, |sum| said(question.kind, sum)),
            ..Self::default()
        }
    }
}

fn typed(kind: AnswerType, form: &Form, code: &str) -> Option<i64> {
    let typed = form.value(code);
    let read = match kind {
        AnswerType::Money => money::parse(&typed),
        _ => count::parse(&typed),
    };
    read.ok().flatten()
}

fn said(kind: AnswerType, number: i64) -> String {
    match kind {
        AnswerType::Money => money::show(number),
        _ => number.to_string(),
    }
}

/// Puts amounts that stand one under another into tables, of which each has a total and its
/// parts.
pub(super) fn together(views: &mut [FieldView]) {
    for view in views.iter_mut().filter(|view| view.input == "money") {
        let label = view.label.strip_suffix(UNIT).unwrap_or(&view.label);
        view.label = label.to_owned();
    }
    let is_amount = |view: &FieldView| view.input == "money" && view.when.words.is_empty();
    for run in views.chunk_by_mut(|one, next| is_amount(one) && is_amount(next)) {
        if run.len() < TABLE {
            continue;
        }
        for view in run.iter_mut() {
            view.amount.in_table = true;
            let part = view.label.strip_prefix(PART).map(str::to_owned);
            view.amount.part = part.is_some();
            view.label = part.unwrap_or_else(|| view.label.clone());
        }
        for table in run.chunk_by_mut(|one, next| next.amount.part || !one.amount.part) {
            if let Some(view) = table.first_mut() {
                view.amount.opens = true;
            }
            if let Some(view) = table.last_mut() {
                view.amount.closes = true;
            }
        }
        if let Some(view) = run.first_mut() {
            view.amount.first = true;
        }
        if let Some(view) = run.last_mut() {
            view.amount.last = true;
        }
    }
}

/// Says below the last of their fields which numbers must agree. What is computed agrees by
/// itself.
pub fn compare(views: &mut [FieldView], checks: &[Check], form: &Form) {
    for check in checks {
        let Rule::Sum(codes) = &check.rule else {
            continue;
        };
        let at: Option<Vec<usize>> = codes
            .iter()
            .map(|code| views.iter().position(|view| view.code == *code))
            .collect();
        let Some(at) = at else { continue };
        let of = codes.get(1..).unwrap_or_default().join(" ");
        let labels: Vec<&str> = at
            .iter()
            .filter_map(|index| views.get(*index))
            .map(|view| view.label.as_str())
            .collect();
        let total = at.first().and_then(|index| views.get(*index));
        if total.is_none_or(|total| total.amount.of == of) {
            continue;
        }
        let compared = compared(codes, &labels, (&*views, form));
        let last = at.iter().max().copied().unwrap_or_default();
        if let Some(view) = views.get_mut(last) {
            view.amount.compared.push(compared);
        }
    }
}

fn compared(codes: &[String], labels: &[&str], (views, form): (&[FieldView], &Form)) -> Compared {
    let number = |code: &String| {
        let view = views.iter().find(|view| view.code == *code)?;
        let is_money = view.input == "money";
        let kind = if is_money {
            AnswerType::Money
        } else {
            AnswerType::Count
        };
        let text = if view.amount.of.is_empty() {
            form.value(code)
        } else {
            view.amount.sum.clone()
        };
        let read = if is_money {
            money::parse(&text)
        } else {
            count::parse(&text)
        };
        read.ok().flatten().map(|number| (kind, number))
    };
    let numbers: Option<Vec<(AnswerType, i64)>> = codes.iter().map(number).collect();
    let difference = numbers.as_deref().and_then(|numbers| {
        let ((kind, total), parts) = numbers.split_first()?;
        let parts: i64 = parts.iter().map(|(_, number)| number).sum();
        Some((*kind, total - parts))
    });
    let (total, parts) = labels
        .split_first()
        .map_or(("", &[][..]), |(total, parts)| (*total, parts));
    Compared {
        fields: codes.join(" "),
        words: format!("{total} = {}", parts.join(" + ")),
        stands: match difference {
            None => String::new(),
            Some((_, 0)) => "相符".to_owned(),
            Some((kind, off)) => format!("相差{}", said(kind, off.abs())),
        },
        off: difference.is_some_and(|(_, off)| off != 0),
    }
}
