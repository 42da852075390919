//! The columns of sheets that answer the survey: its questions, with the headings that the
//! scheme's tables add to what the questions say themselves.

use crate::accounts::store::Department;
use crate::imports::rules::Kind;
use crate::scheme::appropriation::MONEY;
use crate::scheme::persons::PEOPLE;
use crate::scheme::survey::Question;
use crate::scheme::tables::{CellKind, Doubtful, Field, Table};
use crate::scheme::{AnswerType, Choice, Column, Scheme};
use crate::sheets::heads::fold;
use crate::survey::rules::incoming::{amounts, is_flat, person_key};

use super::Units;

/// Why a heading of something computed is asked about.
const COMPUTED: &str = "这一项由系统按各项计算，不导入";

/// The table of a kind, whole.
#[must_use]
pub fn table(scheme: &Scheme, kind: Kind) -> Table {
    let listed = scheme.tables.of(kind.key()).cloned().unwrap_or_default();
    match kind {
        Kind::Register | Kind::Units => listed,
        Kind::Survey => with(listed, of_survey(scheme), computed(scheme)),
        Kind::People => with(listed, of_people(scheme), Vec::new()),
    }
}

/// The departments, as questions offer them.
#[must_use]
pub fn departments(units: &Units) -> Vec<Choice> {
    let choice = |unit: &Department| Choice {
        value: unit.code.clone(),
        label: unit.name.clone(),
    };
    units.all().iter().map(choice).collect()
}

/// The questions that one cell answers.
pub fn flat(scheme: &Scheme) -> impl Iterator<Item = &Question> {
    let sections = scheme.survey.sections.iter();
    let questions = sections.flat_map(|section| &section.questions);
    questions.filter(|question| is_flat(question))
}

/// What cells of each field may say: key and label.
#[must_use]
pub fn options(scheme: &Scheme, kind: Kind, departments: &[Choice]) -> Vec<(String, Vec<Choice>)> {
    let of = |key: String, kind: AnswerType, own: &[Choice]| {
        let more = if kind == AnswerType::Department {
            departments
        } else {
            &[]
        };
        (key, own.iter().chain(more).cloned().collect())
    };
    match kind {
        Kind::Survey => flat(scheme)
            .map(|question| of(question.code().to_owned(), question.kind, &question.options))
            .collect(),
        Kind::People => columns(scheme)
            .map(|column| of(person_key(&column.name), column.kind, &column.options))
            .collect(),
        Kind::Register | Kind::Units => Vec::new(),
    }
}

/// The columns of the table of people.
pub fn columns(scheme: &Scheme) -> impl Iterator<Item = &Column> {
    let question = scheme.question(PEOPLE);
    question.into_iter().flat_map(|question| &question.columns)
}

fn of_survey(scheme: &Scheme) -> Vec<Field> {
    let sections = scheme.survey.sections.iter();
    let mut fields = Vec::new();
    for question in sections.flat_map(|section| &section.questions) {
        if question.code() == MONEY {
            let columns = amounts(question).into_iter();
            fields.extend(columns.map(|(key, label)| field(key, label, CellKind::Money)));
        } else if is_flat(question) {
            let (code, label) = (question.code().to_owned(), question.label.clone());
            fields.push(Field {
                note: note(question),
                ..field(code, label, kind_of(question.kind))
            });
        }
    }
    fields
}

fn of_people(scheme: &Scheme) -> Vec<Field> {
    let of = |column: &Column| {
        let key = person_key(&column.name);
        field(key, column.label.clone(), kind_of(column.kind))
    };
    columns(scheme).map(of).collect()
}

fn computed(scheme: &Scheme) -> Vec<Doubtful> {
    let sections = scheme.survey.sections.iter();
    let questions = sections.flat_map(|section| &section.questions);
    let computed = questions.filter(|question| !question.is_asked());
    let asked = |heading: String| Doubtful {
        heading,
        why: COMPUTED.to_owned(),
        fields: Vec::new(),
    };
    computed
        .flat_map(|question| ways(&question.label))
        .map(asked)
        .collect()
}

/// A label as it stands, and without its remarks.
fn ways(label: &str) -> Vec<String> {
    let mut ways = vec![label.to_owned(), fold(label)];
    ways.dedup();
    ways
}

fn field(key: String, label: String, kind: CellKind) -> Field {
    Field {
        synonyms: vec![fold(&label)],
        key,
        label,
        kind,
        must: false,
        code: None,
        note: String::new(),
        unlisted: false,
    }
}

fn note(question: &Question) -> String {
    let several = question.kind == AnswerType::Choices;
    let labels: Vec<&str> = question
        .options
        .iter()
        .map(|option| option.label.as_str())
        .collect();
    let options = several.then(|| format!("可填多项，用顿号隔开：{}", labels.join("、")));
    let hint = Some(question.hint.clone()).filter(|hint| !hint.is_empty());
    let parts: Vec<String> = hint.into_iter().chain(options).collect();
    parts.join("；")
}

const fn kind_of(kind: AnswerType) -> CellKind {
    match kind {
        AnswerType::Text | AnswerType::Rows | AnswerType::Total => CellKind::Text,
        AnswerType::Longtext => CellKind::Long,
        AnswerType::Money => CellKind::Money,
        AnswerType::Area => CellKind::Area,
        AnswerType::Count => CellKind::Count,
        AnswerType::Date => CellKind::Day,
        AnswerType::YesNo => CellKind::YesNo,
        AnswerType::Choice => CellKind::Choice,
        AnswerType::Choices => CellKind::Choices,
        AnswerType::Department => CellKind::Unit,
    }
}

/// What the tables add: how cells are read, other headings, and columns that answer nothing
/// but say whose row it is, which come first.
fn with(listed: Table, made: Vec<Field>, computed: Vec<Doubtful>) -> Table {
    let Table {
        kind,
        version,
        fields: listed,
        ignored,
        mut asked,
    } = listed;
    let is_made = |field: &&Field| made.iter().any(|each| each.key == field.key);
    let mut fields: Vec<Field> = listed
        .iter()
        .filter(|each| !is_made(each))
        .cloned()
        .collect();
    fields.extend(made.into_iter().map(|made| {
        let more = listed.iter().find(|each| each.key == made.key);
        more.map_or_else(|| made.clone(), |more| joined(&made, more))
    }));
    let said: Vec<String> = asked.iter().map(|doubt| fold(&doubt.heading)).collect();
    let new = computed
        .into_iter()
        .filter(|doubt| !said.contains(&fold(&doubt.heading)));
    asked.extend(new);
    Table {
        kind,
        version,
        fields,
        ignored,
        asked,
    }
}

fn joined(made: &Field, more: &Field) -> Field {
    let synonyms = made.synonyms.iter().chain(&more.synonyms);
    let note = if more.note.is_empty() {
        &made.note
    } else {
        &more.note
    };
    Field {
        key: made.key.clone(),
        label: made.label.clone(),
        kind: more.kind,
        synonyms: synonyms.cloned().collect(),
        must: more.must,
        code: more.code.clone(),
        note: note.clone(),
        unlisted: more.unlisted,
    }
}
