//! The headings that spreadsheets have for what is asked here: data of the scheme, so that a
//! district adds one without code.

use serde::Deserialize;

/// All kinds of sheets.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tables {
    /// A kind each.
    #[serde(rename = "table", default)]
    pub tables: Vec<Table>,
}

/// One kind of sheet.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// register, units, survey, people.
    pub kind: String,
    /// Counted up when columns change, so that an outdated template is known.
    pub version: u32,
    /// What can be read; of the survey what its questions do not say themselves.
    #[serde(rename = "field", default)]
    pub fields: Vec<Field>,
    /// Headings that mean nothing here.
    #[serde(default)]
    pub ignored: Vec<String>,
    /// Headings that are never mapped without asking.
    #[serde(default)]
    pub asked: Vec<Doubtful>,
}

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellKind {
    /// An association's name.
    Name,
    /// A line of text.
    Text,
    /// A text with lines.
    Long,
    /// A unified social credit code.
    Code,
    /// The number of an old certificate.
    Certificate,
    /// One column for both.
    CodeOrCertificate,
    /// A day.
    Day,
    /// A year and a month.
    Month,
    /// An amount of money.
    Money,
    /// How many.
    Count,
    /// m².
    Area,
    /// Hundredths.
    Percent,
    /// 是 or 否.
    YesNo,
    /// One of the options.
    Choice,
    /// Any of the options.
    Choices,
    /// A department by its name.
    Unit,
    /// A telephone number.
    Phone,
    /// One person's name.
    Person,
}

/// One thing that a sheet can give.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The form field or the question.
    pub key: String,
    /// What it is called; a heading too.
    pub label: String,
    /// What its cells hold.
    pub kind: CellKind,
    /// Other headings.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// A record without it is no record.
    #[serde(default)]
    pub must: bool,
    /// The scheme's code that may stand in a heading, where the key is none.
    #[serde(default)]
    pub code: Option<String>,
    /// What stands at its head in a template.
    #[serde(default)]
    pub note: String,
    /// It stands in no template: another column gives the same.
    #[serde(default)]
    pub unlisted: bool,
}

/// A heading that may mean one thing or another.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Doubtful {
    /// The heading.
    pub heading: String,
    /// Why it is asked.
    pub why: String,
    /// Keys of the fields that it may mean.
    #[serde(default)]
    pub fields: Vec<String>,
}

impl Tables {
    /// The table of a kind.
    #[must_use]
    pub fn of(&self, kind: &str) -> Option<&Table> {
        self.tables.iter().find(|table| table.kind == kind)
    }
}
