//! What a form asks, as far as two versions of it are compared: its fields in order,
//! with their labels and how people read their values.

use crate::scheme::survey::label_of;
use crate::scheme::{AnswerType, Choice, Column, Question};
use crate::web::answer::{count, date, money, text};
use crate::web::ask::{Ask, Kind};

/// A field, or a column of a table.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: String,
    kind: AnswerType,
    options: Vec<Choice>,
}

/// A table of rows; fields are named `table.number.column`.
#[derive(Debug, Clone)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Its columns.
    pub columns: Vec<Line>,
    /// The tick that says that there is none.
    pub nil: Option<Line>,
}

/// A part of a form.
#[derive(Debug, Clone)]
pub enum Part {
    /// One field.
    Line(Line),
    /// A table.
    Table(Table),
}

impl Line {
    fn new(kind: AnswerType, name: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            kind,
            options: Vec::new(),
        }
    }

    /// A text.
    #[must_use]
    pub fn text(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(AnswerType::Longtext, name, label)
    }

    /// A day.
    #[must_use]
    pub fn day(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(AnswerType::Date, name, label)
    }

    /// An amount in 万元.
    #[must_use]
    pub fn money(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(AnswerType::Money, name, label)
    }

    /// An area in m².
    #[must_use]
    pub fn area(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(AnswerType::Area, name, label)
    }

    /// A count.
    #[must_use]
    pub fn count(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(AnswerType::Count, name, label)
    }

    /// Yes, no, or not said.
    #[must_use]
    pub fn yes_no(name: impl Into<String>, label: impl Into<String>) -> Self {
        Self::new(AnswerType::YesNo, name, label)
    }

    /// One of these.
    #[must_use]
    pub fn of(name: impl Into<String>, label: impl Into<String>, options: &[Choice]) -> Self {
        Self {
            options: options.to_vec(),
            ..Self::new(AnswerType::Choice, name, label)
        }
    }

    /// A tick: a box that is not ticked is not sent.
    #[must_use]
    pub fn tick(name: impl Into<String>, label: impl Into<String>) -> Self {
        let options = [("", "否"), ("yes", "是")]
            .map(|(key, label)| Choice::from((key.to_owned(), label.to_owned())));
        Self::of(name, label, &options)
    }

    fn of_column(column: &Column, departments: &[Choice]) -> Self {
        Self {
            options: offered(&column.options, column.kind, departments),
            ..Self::new(column.kind, column.name.clone(), column.label.clone())
        }
    }

    /// A value as it is compared: two ways of writing the same are one.
    #[must_use]
    pub fn normal(&self, typed: &str) -> String {
        let read = match self.kind {
            AnswerType::Money => money::parse(typed).map(|found| found.map(money::show)),
            AnswerType::Area => money::parse_area(typed).map(|it| it.map(money::show_hundredths)),
            AnswerType::Count => count::parse(typed).map(|found| found.map(|it| it.to_string())),
            AnswerType::Date => date::parse(typed).map(|found| found.map(|it| it.to_string())),
            _ => text::parse(typed, usize::MAX),
        };
        match read {
            Ok(value) => value.unwrap_or_default(),
            Err(_) => typed.trim().to_owned(),
        }
    }

    /// Values as people read them; empty where nothing is said.
    #[must_use]
    pub fn words(&self, values: &[String]) -> String {
        if values.is_empty() {
            return self.word("");
        }
        let words: Vec<String> = values.iter().map(|value| self.word(value)).collect();
        words.join("、")
    }

    fn word(&self, value: &str) -> String {
        match (self.kind, value) {
            (AnswerType::YesNo, "yes") => "是".to_owned(),
            (AnswerType::YesNo, "no") => "否".to_owned(),
            (AnswerType::Choice | AnswerType::Choices | AnswerType::Department, value) => {
                label_of(&self.options, value).to_owned()
            }
            (_, "") => String::new(),
            (AnswerType::Money, value) => format!("{value}万元"),
            (AnswerType::Area, value) => format!("{value}平方米"),
            (_, value) => value.to_owned(),
        }
    }
}

impl<T> From<Ask<T>> for Line {
    fn from(ask: Ask<T>) -> Self {
        let kind = match ask.kind {
            Kind::Text | Kind::Wide | Kind::Long(_) => AnswerType::Longtext,
            Kind::Date => AnswerType::Date,
            Kind::Money => AnswerType::Money,
            Kind::Count => AnswerType::Count,
        };
        Self::new(kind, ask.name, ask.label)
    }
}

fn offered(own: &[Choice], kind: AnswerType, departments: &[Choice]) -> Vec<Choice> {
    let more = if kind == AnswerType::Department {
        departments
    } else {
        &[]
    };
    own.iter().chain(more).cloned().collect()
}

/// The parts of a form that asks the scheme's questions.
#[must_use]
pub fn asked(questions: &[Question], departments: &[Choice]) -> Vec<Part> {
    let asked = questions.iter().filter(|question| question.is_asked());
    asked
        .map(|question| {
            let (code, label) = (question.code(), question.label.as_str());
            if question.kind != AnswerType::Rows {
                return Part::Line(Line {
                    options: offered(&question.options, question.kind, departments),
                    ..Line::new(question.kind, code, label)
                });
            }
            let columns = question.columns.iter();
            let nil = question.nil.as_ref();
            Part::Table(Table {
                name: code.to_owned(),
                label: label.to_owned(),
                columns: columns
                    .map(|column| Line::of_column(column, departments))
                    .collect(),
                nil: nil.map(|nil| Line::tick(format!("{code}.nil"), format!("{label}：{nil}"))),
            })
        })
        .collect()
}
