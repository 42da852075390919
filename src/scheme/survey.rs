//! Sections, questions and types of answers, as the survey and the plan's parts use them.

use serde::Deserialize;
use toml::Spanned;

use crate::words::Word;

use super::answers::Answers;
use super::checks::Check;
use super::conditions::{Condition, holds};

/// The survey (摸底调查).
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Survey {
    /// Sections in the order of the scheme's six headings.
    #[serde(rename = "section")]
    pub sections: Vec<Section>,
    /// Checks across questions.
    #[serde(rename = "check", default)]
    pub checks: Vec<Check>,
}

/// One page of the survey.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Stable code.
    pub code: String,
    /// Heading.
    pub title: String,
    /// A sentence below the heading.
    #[serde(default)]
    pub lead: String,
    /// Its questions.
    #[serde(rename = "question", default)]
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    code: Spanned<String>,
    /// What is asked.
    pub label: String,
    /// What kind of answer it takes.
    #[serde(rename = "type")]
    pub kind: AnswerType,
    /// Must be answered before the survey is submitted.
    #[serde(default)]
    pub required: bool,
    /// Most characters of a text.
    max: Option<usize>,
    /// The values on offer; for a department, special values beside the departments.
    #[serde(default)]
    pub options: Vec<Choice>,
    /// Columns of a table.
    #[serde(default)]
    pub columns: Vec<Column>,
    /// Label of the tick that says that there is none.
    pub nil: Option<String>,
    /// Fewest rows.
    #[serde(default)]
    pub min_rows: usize,
    /// Who may read the answer; of a table, every cell of it.
    #[serde(default)]
    pub privacy: Privacy,
    /// The table's rows are about items of the checklist: what its columns say of privacy
    /// holds for rows whose item is about a person.
    #[serde(default)]
    pub of_items: bool,
    /// What a total or a sum adds up: with these a number is computed and kept, never asked.
    #[serde(default)]
    pub of: Vec<String>,
    /// Named counter of a total.
    pub named: Option<String>,
    /// When the question is asked at all.
    #[serde(default)]
    pub shown_when: Condition,
    /// How to answer.
    #[serde(default)]
    pub hint: String,
    /// What follows from the answer.
    #[serde(default)]
    pub why: String,
    /// What a docket's own row keeps of it, one of `processes::KEEPS`.
    #[serde(default)]
    pub keeps: String,
    /// Section of the scheme.
    #[serde(default)]
    pub basis: String,
}

crate::words! {
    /// Who may read an answer, from everybody who may read the survey to few. Audit, case
    /// file, pages, exports and search ask this and nothing else.
    #[derive(Default, PartialOrd, Ord, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Privacy {
        /// Whoever may read the survey.
        #[default]
        Open = "open", "公开";
        /// The others see its last characters.
        Masked = "masked", "仅显示末四位";
        /// Of a person: the others see that it is there.
        Personal = "personal", "个人信息";
    }
}

/// A kind of answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerType {
    /// One line.
    Text,
    /// Several lines.
    Longtext,
    /// 万元, kept in cents.
    Money,
    /// m², kept in hundredths.
    Area,
    /// A whole number.
    Count,
    /// A day.
    Date,
    /// 是 or 否.
    YesNo,
    /// One of several.
    Choice,
    /// Any of several.
    Choices,
    /// A department of the campaign.
    Department,
    /// A table.
    Rows,
    /// Computed, shown, never asked.
    Total,
}

/// A value on offer: `["host", "主办"]`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(from = "(String, String)")]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is shown.
    pub label: String,
}

impl Choice {
    /// All values of a closed set, as a form offers them.
    #[must_use]
    pub fn of<W: Word>() -> Vec<Self> {
        W::WORDS
            .iter()
            .map(|word| Self {
                value: word.key().to_owned(),
                label: word.label().to_owned(),
            })
            .collect()
    }
}

impl From<(String, String)> for Choice {
    fn from((value, label): (String, String)) -> Self {
        Self { value, label }
    }
}

/// A column of a table.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Name of the value.
    pub name: String,
    /// Heading.
    pub label: String,
    /// Kind of answer; never rows or total.
    #[serde(rename = "type")]
    pub kind: AnswerType,
    /// Must be filled in every row.
    #[serde(default)]
    pub required: bool,
    /// Who may read the cell, where the table itself is open.
    #[serde(default)]
    pub privacy: Privacy,
    /// The values on offer.
    #[serde(default)]
    pub options: Vec<Choice>,
}

/// Most characters of a line, unless said otherwise.
const LINE: usize = 200;
/// Most characters of a longer text, unless said otherwise.
const PARAGRAPHS: usize = 2_000;

impl Question {
    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.get_ref()
    }

    /// Where the code stands in its file, in bytes.
    #[must_use]
    pub fn position(&self) -> usize {
        self.code.span().start
    }

    /// Most characters of a text.
    #[must_use]
    pub fn max(&self) -> usize {
        self.max.unwrap_or(if self.kind == AnswerType::Longtext {
            PARAGRAPHS
        } else {
            LINE
        })
    }

    /// Whether a person answers it: what is added up or counted is not asked a second time.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        self.kind != AnswerType::Total && !self.is_sum()
    }

    /// Whether it is a number that the others add up to, kept like an answer.
    #[must_use]
    pub fn is_sum(&self) -> bool {
        self.kind != AnswerType::Total && !self.of.is_empty()
    }

    /// Whether the question is asked, given the other answers.
    #[must_use]
    pub fn shown(&self, answers: &Answers) -> bool {
        holds(&self.shown_when, answers)
    }

    /// A column by name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// The label of a value among those on offer, or the value itself.
#[must_use]
pub fn label_of<'a>(options: &'a [Choice], value: &'a str) -> &'a str {
    options
        .iter()
        .find(|option| option.value == value)
        .map_or(value, |option| option.label.as_str())
}
