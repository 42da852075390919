//! From cases as they stand to what is signed of them: the projections. Pure.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize as _;
use serde_json::Value;

use crate::holdings::rules::Register;
use crate::plan::approvals::rules::{agreed, title};
use crate::scheme::{Answers, Scheme};
use crate::signatures::rules::{Content, Kind};
use crate::workgroups::rules::Part;

use super::store::Found;

/// A signature that stands by its case's state, with its content as it reads.
#[derive(Debug, Clone)]
pub(super) struct Signed {
    pub(super) kind: Kind,
    pub(super) case: i64,
    pub(super) part: String,
    pub(super) association: Option<i64>,
    pub(super) unit: Option<i64>,
    pub(super) state: String,
    pub(super) on: Option<NaiveDate>,
    /// As the case file names the case: without people.
    pub(super) title: String,
    pub(super) content: Content,
    /// The case is not superseded: what is void of it falls back.
    pub(super) newest: bool,
}

/// What is signed of the cases found.
pub(super) fn signed(scheme: &Scheme, found: &[Found]) -> Vec<Signed> {
    let grounds = grounds(found);
    let mut signed = Vec::new();
    for each in found {
        let ground = grounds.get(&each.association);
        for kind in Kind::ALL {
            let told = kind.told();
            if told.subject == each.subject && told.states.contains(&each.state.as_str()) {
                signed.push(Signed {
                    kind,
                    case: each.id,
                    part: part(each),
                    association: each.association,
                    unit: each.unit,
                    state: each.state.clone(),
                    on: each.on,
                    title: title_of(scheme, each),
                    content: content(scheme, kind, (each, ground)),
                    newest: each.of("newest").as_bool().unwrap_or(true),
                });
            }
        }
    }
    signed
}

/// What the approvals of a plan are read by, read once for all of them.
struct Ground {
    survey: Answers,
    content: Answers,
}

fn grounds(found: &[Found]) -> BTreeMap<Option<i64>, Ground> {
    let asked = |plan: &&Found| {
        let own =
            |other: &Found| other.subject == "approval" && other.association == plan.association;
        plan.subject == "plan" && found.iter().any(own)
    };
    let read = |plan: &Found| Ground {
        survey: plan.answers("survey"),
        content: plan.answers("plan"),
    };
    let plans = found.iter().filter(asked);
    plans.map(|plan| (plan.association, read(plan))).collect()
}

impl Found {
    fn of(&self, field: &str) -> Value {
        self.content.0.get(field).cloned().unwrap_or_default()
    }

    fn answers(&self, field: &str) -> Answers {
        let value = self.content.0.get(field);
        let read = value.and_then(|value| Answers::deserialize(value).ok());
        read.unwrap_or_default()
    }
}

fn part(found: &Found) -> String {
    match found.subject.as_str() {
        "approval" | "department" => found.note.clone(),
        _ => String::new(),
    }
}

fn title_of(scheme: &Scheme, found: &Found) -> String {
    let note = found.note.as_str();
    match found.subject.as_str() {
        "survey" => format!("摸底调查第{note}版"),
        "plan" => "实施方案".to_owned(),
        "approval" => {
            let code = note.split('/').next().unwrap_or_default();
            format!("前置审批“{}”", title(scheme, code))
        }
        "condition" => format!("批复条件{note}"),
        "post_holder" => format!("任职清理台账人员第{note}号"),
        "holding" => Register::from_key(note)
            .map_or("台账事项", Register::label)
            .to_owned(),
        "item" => note.to_owned(),
        "department" => Part::from_key(note)
            .map_or("工作组材料", Part::label)
            .to_owned(),
        _ => format!("督办单{note}"),
    }
}

fn content(scheme: &Scheme, kind: Kind, (found, ground): (&Found, Option<&Ground>)) -> Content {
    match kind {
        Kind::SurveySign | Kind::SurveyConfirm => {
            let answers = found.answers("answers");
            let questions = scheme
                .survey
                .sections
                .iter()
                .flat_map(|section| &section.questions);
            questions
                .fold(Content::default(), |content, question| {
                    content.answer(scheme, (question.code(), &answers), |_| true)
                })
                .of_person("acknowledged", filled(found.of("acknowledged")))
        }
        Kind::Approval => approved(scheme, found, ground),
        Kind::PlanSign => planned(scheme, found)
            .with("request", found.of("request"))
            .with("edition", found.of("edition")),
        Kind::Reply => planned(scheme, found)
            .with("number", found.of("number"))
            .with("text", found.of("text"))
            .with("conditions", found.of("conditions")),
        Kind::Post => own(kind, found, |_| true),
        Kind::HoldingSign | Kind::Holding => registered(scheme, found),
        Kind::ItemVerify | Kind::ItemAccept => itemised(scheme, kind, found),
        Kind::ItemExempt => {
            let personal = scheme.is_personal(&found.note);
            own(kind, found, |field| {
                personal && matches!(field, "label" | "note")
            })
        }
        Kind::Workgroup => own(kind, found, |field| field == "liaison_phone"),
        Kind::Condition | Kind::OrderSign | Kind::OrderClose => own(kind, found, |_| false),
    }
}

/// Rows without the numbers by which forms know them.
fn unnumbered(value: Value) -> Value {
    let Value::Array(mut rows) = value else {
        return value;
    };
    for row in rows.iter_mut().filter_map(Value::as_object_mut) {
        row.retain(|name, value| name != "number" || !value.is_number());
    }
    Value::Array(rows)
}

/// Nothing where there is nothing in it.
fn filled(value: Value) -> Value {
    let empty = value.as_object().is_some_and(serde_json::Map::is_empty);
    if empty { Value::Null } else { value }
}

/// The kind's own fields.
fn own(kind: Kind, found: &Found, personal: impl Fn(&str) -> bool) -> Content {
    let fields = kind.told().fields.iter();
    fields.fold(Content::default(), |content, (field, _)| {
        let value = unnumbered(found.of(field));
        if personal(field) {
            content.of_person(field, value)
        } else {
            content.with(field, value)
        }
    })
}

/// What is verified of an item, its own facts among it; what an item about somebody says
/// stands with persons.
fn itemised(scheme: &Scheme, kind: Kind, found: &Found) -> Content {
    let personal = scheme.is_personal(&found.note);
    let content = own(kind, found, |field| {
        personal && matches!(field, "label" | "note")
    });
    let facts = found.answers("facts");
    let measure = scheme.measure(&found.note).into_iter();
    let asked = measure.flat_map(|measure| &measure.facts);
    asked.fold(content, |content, fact| {
        let code = fact.code();
        if personal {
            content.of_person(code, facts.get(code).cloned().unwrap_or_default())
        } else {
            content.answer(scheme, (code, &facts), |_| true)
        }
    })
}

/// What the plan says in all its parts.
fn planned(scheme: &Scheme, plan: &Found) -> Content {
    let content = plan.answers("plan");
    let questions = scheme.plan.parts.iter().flat_map(|part| &part.questions);
    questions.fold(Content::default(), |told, question| {
        told.answer(scheme, (question.code(), &content), |_| true)
    })
}

/// What the department of an approval agreed to; of a change, what it says.
fn approved(scheme: &Scheme, found: &Found, ground: Option<&Ground>) -> Content {
    let Some(ground) = ground else {
        return Content::default();
    };
    let of = found.note.split_once('/').unwrap_or_default();
    let change = found.of("change");
    if change.is_null() {
        return agreed(scheme, of, (&ground.survey, &ground.content));
    }
    let says = found.answers("plan");
    agreed(scheme, of, (&ground.survey, &says)).with("change", change)
}

/// An entry: what was recorded, and the row that it is about.
fn registered(scheme: &Scheme, found: &Found) -> Content {
    let table = Register::from_key(&found.note).map(Register::table);
    let content = Content::default()
        .with("facts", filled(found.of("facts")))
        .with("ownership", found.of("ownership"));
    let row = found.of("row");
    let Some((table, false)) = table.map(|table| (table, row.is_null())) else {
        return content;
    };
    // The row's cells stand where its question says that they may be read.
    let mut answers = Answers::default();
    answers.set(table, Some(Value::Array(vec![row])));
    let read = Content::default().answer(scheme, (table, &answers), |_| true);
    let of = |map: &serde_json::Map<String, Value>| map.get(table).cloned().unwrap_or_default();
    content
        .with("row", of(&read.open))
        .of_person("row", of(&read.persons))
}
