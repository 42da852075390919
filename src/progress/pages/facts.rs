//! The facts of an item on its page: fields for who fills them in, answers for who verifies
//! them beside the evidence, and what is missing, each with the way to where it is mended.

use chrono::NaiveDate;

use crate::holdings::pages::reading;
use crate::holdings::rules::duties;
use crate::posts::rules::Holder;
use crate::progress::acts::held::Ground;
use crate::progress::rules::facts::Missing;
use crate::progress::rules::{self, Item, ItemState};
use crate::scheme::{AnswerType, Answers, Measure, Question, Scheme};
use crate::signatures::pages::line;
use crate::web::answer::questions::{self, FieldView, ShownAnswer};
use crate::web::conflict::{Part, asked};
use crate::web::{Allowed, Form};

/// What the page says of them.
pub(super) struct FactsView {
    /// The questions.
    pub(super) asked: Vec<Question>,
    /// As fields.
    pub(super) fields: Vec<FieldView>,
    /// As answers.
    pub(super) shown: Vec<ShownAnswer>,
    /// What is missing.
    pub(super) missing: Vec<Lack>,
}

/// Something that is missing, with a link where the reader may mend it or look at it.
pub(super) struct Lack {
    pub(super) words: String,
    pub(super) href: Option<String>,
}

impl Lack {
    fn of(missing: Missing, allowed: &Allowed) -> Self {
        Self {
            words: missing.words,
            href: Some(missing.href).filter(|href| allowed.opens(href)),
        }
    }
}

impl FactsView {
    /// Of an item as it stands, with what is typed.
    pub(super) fn of(
        scheme: &Scheme,
        (item, measure): (&Item, &Measure),
        ground: &Ground,
        (form, allowed): (&Form, &Allowed),
    ) -> Self {
        let decided = matches!(
            item.state,
            ItemState::ReportedDone | ItemState::Verified | ItemState::Accepted
        );
        let over = matches!(item.state, ItemState::Exempted | ItemState::NotApplicable);
        let missing = if over {
            Vec::new()
        } else {
            ground.held(scheme, item, decided).missing
        };
        Self {
            asked: measure.facts.clone(),
            fields: questions::fields(&measure.facts, form, &[]),
            shown: questions::shown(&measure.facts, &item.facts.0, &[])
                .into_iter()
                .chain(registered(scheme, (item, measure), ground))
                .collect(),
            missing: missing
                .into_iter()
                .map(|each| Lack::of(each, allowed))
                .collect(),
        }
    }

    /// What their fields ask, as two versions of the page are compared.
    pub(super) fn parts(&self) -> Vec<Part> {
        asked(&self.asked, &[])
    }
}

/// What the registers have of it, for who looks at facts and evidence side by side.
fn registered(
    scheme: &Scheme,
    (item, measure): (&Item, &Measure),
    ground: &Ground,
) -> Vec<ShownAnswer> {
    let ties = ground.ties_of(measure, item).into_iter();
    let mut told: Vec<ShownAnswer> = ties
        .map(|tie| {
            let label = format!("{}（{}）", tie.department_name, tie.kind.label());
            let ended = tie.ended_on.map(|day| {
                let by = tie.ended_by.as_deref().unwrap_or_default();
                format!("{day}终止（{by}）")
            });
            line(label, ended.unwrap_or_else(|| "尚未终止".to_owned()))
        })
        .collect();
    let book = ground.book(scheme);
    for entry in duties::entries(&book, &item.measure, &item.object) {
        let row = book.row(entry.register, &entry.object);
        let name = row.map_or_else(String::new, |row| book.label(entry.register, &row));
        for (label, words) in reading::shown(entry.register, &entry.facts) {
            told.push(line(format!("{name} {label}"), words));
        }
        if let Some((paper, on)) = entry.decision_document.as_ref().zip(entry.decided_on) {
            told.push(line(format!("{name} 审批"), format!("{paper} {on}")));
        }
    }
    told.extend(ground.holder_of(item).into_iter().flat_map(of_person));
    told
}

/// What was done about somebody's post.
fn of_person(holder: &Holder) -> Vec<ShownAnswer> {
    let paper = |on: Option<NaiveDate>, paper: Option<&str>| {
        on.map(|on| match paper {
            Some(paper) if !paper.is_empty() => format!("{on}（{paper}）"),
            _ => on.to_string(),
        })
    };
    let choice = match holder.choice.as_deref() {
        Some("stay") => Some("留任"),
        Some("leave") => Some("离开"),
        _ => None,
    };
    let lines = [
        (
            "辞去职务",
            paper(holder.resigned_on, Some(&holder.evidence)),
        ),
        ("去留选择", paper(holder.chosen_on, choice)),
        (
            "安置",
            paper(holder.placed_on, holder.placement_document.as_deref()),
        ),
        ("退出公务员管理", paper(holder.civil_status_ended_on, None)),
        ("劳动合同", paper(holder.contract_on, None)),
        (
            "审批或备案",
            paper(holder.approval_date, holder.approval_number.as_deref()),
        ),
        (
            "机关事业单位养老保险",
            paper(holder.insured_on, holder.insurance_document.as_deref()),
        ),
    ];
    let lines = lines.into_iter();
    lines
        .filter_map(|(label, words)| Some(line(label.to_owned(), words?)))
        .collect()
}

/// Reads what is typed; days to come, and days before 2000, are none on which something
/// happened (TC-48).
pub(super) fn read(form: &mut Form, facts: &[Question], today: NaiveDate) -> Answers {
    let answers = questions::read(form, facts, &[]);
    for fact in facts.iter().filter(|fact| fact.kind == AnswerType::Date) {
        let day = answers.date(fact.code());
        if day.is_some_and(|day| rules::possible(day, today).is_err()) {
            let message = format!("{}不得早于2000-01-01，不得晚于今天。", fact.label);
            form.fail(fact.code(), &fact.label, message);
        }
    }
    answers
}

/// The facts as the fields of a form.
pub(super) fn filled(facts: &[Question], item: &Item) -> Vec<(String, String)> {
    questions::fill(facts, &item.facts.0)
}
