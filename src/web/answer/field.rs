//! How questions are drawn as fields, tables that grow and shrink included:
//! without JavaScript the buttons `_add` and `_remove` show the page again.

use crate::scheme::{AnswerType, Choice, Column, Question};
use crate::web::Form;
use crate::web::conflict::base::{self, Base};

use super::amounts::{self, Amount};
use super::asked::AskedWhen;
use super::read::numbers;

/// A question as `parts/question.html` draws it.
#[derive(Debug, Clone)]
pub struct FieldView {
    /// Its code, which is the field's name.
    pub code: String,
    /// Its number in the table on paper; empty where it has none.
    pub number: String,
    /// What is asked.
    pub label: String,
    /// How to answer, what follows, and the section of the scheme, in one line.
    pub hint: String,
    /// Which input: text, longtext, money, area, count, date, yes_no, choice, choices, select, rows.
    pub input: &'static str,
    /// Where it is a number that stands among others or is computed from them.
    pub amount: Amount,
    /// When it is asked.
    pub when: AskedWhen,
    /// The values on offer.
    pub options: Vec<Choice>,
    /// Most characters.
    pub max: usize,
    /// Headings of a table.
    pub heads: Vec<HeadView>,
    /// Rows of a table.
    pub rows: Vec<RowView>,
    /// The number of its next row: that of a row that was taken away is nobody's.
    pub next: u32,
    /// Label of the tick that says that there is none.
    pub nil: String,
    /// Whether an answer is due.
    pub required: bool,
    /// What its room says of it.
    pub notes: Vec<Note>,
}

/// Something that is said above a field.
#[derive(Debug, Clone)]
pub struct Note {
    /// Who says it, or what it is about.
    pub title: String,
    /// What is said.
    pub text: String,
    /// Something is to be done about it.
    pub warning: bool,
}

/// The heading of a column.
#[derive(Debug, Clone)]
pub struct HeadView {
    /// What is asked.
    pub label: String,
    /// It must be filled in every row.
    pub must: bool,
}

impl From<&Column> for HeadView {
    fn from(column: &Column) -> Self {
        Self {
            label: column.label.clone(),
            must: column.required,
        }
    }
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct RowView {
    /// Its number.
    pub number: u32,
    /// Its cells.
    pub cells: Vec<CellView>,
}

/// A cell of a row.
#[derive(Debug, Clone)]
pub struct CellView {
    /// The field's name.
    pub name: String,
    /// The column's heading, as the input's label.
    pub label: String,
    /// Which input.
    pub input: &'static str,
    /// The values on offer.
    pub options: Vec<Choice>,
}

const fn input_of(kind: AnswerType) -> &'static str {
    match kind {
        AnswerType::Text => "text",
        AnswerType::Longtext => "longtext",
        AnswerType::Money => "money",
        AnswerType::Area => "area",
        AnswerType::Count => "count",
        AnswerType::Date => "date",
        AnswerType::YesNo => "yes_no",
        AnswerType::Choice => "choice",
        AnswerType::Choices => "choices",
        AnswerType::Department => "select",
        AnswerType::Rows => "rows",
        AnswerType::Total => "total",
    }
}

/// The fields of these questions for a form as it stands.
#[must_use]
pub fn fields(questions: &[Question], form: &Form, departments: &[Choice]) -> Vec<FieldView> {
    let mut views: Vec<FieldView> = questions
        .iter()
        .filter(|question| question.kind != AnswerType::Total)
        .map(|question| field(question, questions, (form, departments)))
        .collect();
    basis_once(questions, &mut views);
    amounts::together(&mut views);
    views
}

fn field(
    question: &Question,
    among: &[Question],
    (form, departments): (&Form, &[Choice]),
) -> FieldView {
    let when = AskedWhen::of(question, among);
    FieldView {
        code: question.code().to_owned(),
        number: String::new(),
        label: question.label.clone(),
        hint: hint(question, &when),
        input: input_of(question.kind),
        amount: Amount::of(question, form),
        when,
        options: options(&question.options, question.kind, departments),
        max: question.max(),
        heads: question.columns.iter().map(HeadView::from).collect(),
        rows: rows(question, form, departments),
        next: next(form, question.code()),
        nil: question.nil.clone().unwrap_or_default(),
        required: question.required,
        notes: Vec::new(),
    }
}

/// Numbers the fields as the table on paper does: by what follows the letters of their codes.
pub fn number(views: &mut [FieldView]) {
    for view in views {
        let number = view.code.split_once('-').map(|(_, number)| number);
        view.number = number
            .unwrap_or_default()
            .trim_start_matches('0')
            .to_owned();
    }
}

fn hint(question: &Question, when: &AskedWhen) -> String {
    let words = when.words.clone();
    sentences(vec![words, question.hint.clone(), question.why.clone()])
}

/// Says the section of the scheme where it begins to be another one: eight times one under
/// another it is noise.
fn basis_once(questions: &[Question], views: &mut [FieldView]) {
    let mut said = "";
    for view in views {
        let question = questions
            .iter()
            .find(|question| question.code() == view.code);
        let basis = question.map_or("", |question| question.basis.as_str());
        if !basis.is_empty() && basis != said {
            view.hint = sentences(vec![view.hint.clone(), format!("依据：{basis}")]);
        }
        said = basis;
    }
}

fn sentences(parts: Vec<String>) -> String {
    let parts = parts.into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("。")
}

fn options(own: &[Choice], kind: AnswerType, departments: &[Choice]) -> Vec<Choice> {
    let more = if kind == AnswerType::Department {
        departments
    } else {
        &[]
    };
    own.iter().chain(more).cloned().collect()
}

/// The number of a table's next row.
fn next(form: &Form, code: &str) -> u32 {
    let stood = form.raw(base::BASE).and_then(Base::parse);
    let stood = stood.iter().flat_map(|base| base.numbers(code));
    let last = stood.chain(numbers(form, code)).max();
    last.map_or(1, |last| last.saturating_add(1))
}

fn rows(question: &Question, form: &Form, departments: &[Choice]) -> Vec<RowView> {
    if question.kind != AnswerType::Rows {
        return Vec::new();
    }
    let mut numbers = numbers(form, question.code());
    let pressed_add = form.raw("_add") == Some(question.code());
    let removed = form.raw("_remove").and_then(|target| {
        target
            .strip_prefix(question.code())?
            .strip_prefix('.')?
            .parse::<u32>()
            .ok()
    });
    let next = next(form, question.code());
    numbers.retain(|number| Some(*number) != removed);
    if pressed_add || (numbers.is_empty() && !form.has(&format!("{}.nil", question.code()), "yes"))
    {
        numbers.push(next);
    }
    numbers
        .into_iter()
        .map(|number| RowView {
            number,
            cells: question
                .columns
                .iter()
                .map(|column| CellView {
                    name: format!("{}.{number}.{}", question.code(), column.name),
                    label: format!("{}第{number}行{}", question.label, column.label),
                    input: match column.kind {
                        AnswerType::Choice | AnswerType::Department => "select",
                        other => input_of(other),
                    },
                    options: options(&column.options, column.kind, departments),
                })
                .collect(),
        })
        .collect()
}

/// Whether a button that only changes the page was pressed: a row more or less.
#[must_use]
pub fn rows_button(form: &Form) -> bool {
    form.raw("_add").is_some() || form.raw("_remove").is_some()
}
