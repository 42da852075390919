//! Words of a scheme in its other files: `{{implement_due}}` stands where the day
//! is meant, so that a second scheme inherits whole files and only says what is
//! different (docs/second-scheme.md). Lines stay where they are.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};
use serde::Deserialize;
use toml::{Table, Value};

use crate::clock::chinese_date;

use super::load::{Files, MEASURES, PLAN, PROCESSES, Problem, SURVEY, TABLES, TIMELINE};

/// What pages say differently under another scheme.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// This round of decoupling: 2018年.
    pub batch: String,
    /// The level of the organs: 区级.
    pub level: String,
    /// A section of an organ: 科室.
    pub section: String,
    /// Title of the published list.
    pub list_title: String,
    /// How many associations a unit recommends, in the scheme's words.
    pub list_rule: String,
    /// An example of the number of a request.
    pub request_example: String,
    /// An example of a department's full name.
    pub department_example: String,
    /// Who receives the final report.
    pub higher: String,
    /// Words that a password must not rest on (security.md 44).
    pub guessable: Vec<String>,
}

/// Everything that can stand between double braces.
#[derive(Default)]
struct Vocabulary {
    dates: BTreeMap<String, NaiveDate>,
    texts: BTreeMap<String, String>,
    /// Sections of the document that the files were written for, and of this one.
    sections: Vec<(String, String)>,
}

impl Vocabulary {
    fn of(campaign: &Table) -> Self {
        let mut vocabulary = Self::default();
        vocabulary.take("", campaign);
        for name in ["words", "parameters"] {
            if let Some(Value::Table(table)) = campaign.get(name) {
                vocabulary.take("", table);
            }
        }
        for department in array(campaign.get("department")) {
            let text = |name: &str| department.get(name).and_then(Value::as_str);
            if let (Some(code), Some(name)) = (text("code"), text("name")) {
                let short = text("short").unwrap_or(name).to_owned();
                vocabulary.texts.insert(format!("{code}.short"), short);
                vocabulary.texts.insert(code.to_owned(), name.to_owned());
            }
        }
        if let Some(Value::String(code)) = campaign.get("party_body")
            && let Some(name) = vocabulary.texts.get(code).cloned()
        {
            vocabulary.texts.insert("party_body".to_owned(), name);
        }
        if let Some(Value::Table(table)) = campaign.get("sections") {
            let pairs = table
                .iter()
                .filter_map(|(from, to)| Some((from.clone(), to.as_str()?.to_owned())));
            vocabulary.sections = pairs.collect();
            // 四·2·1 before 四·2: the longer one is meant.
            let length = |(from, _): &(String, String)| std::cmp::Reverse(from.len());
            vocabulary.sections.sort_by_key(length);
        }
        vocabulary
    }

    fn take(&mut self, prefix: &str, table: &Table) {
        for (name, value) in table {
            let name = format!("{prefix}{name}");
            match value {
                Value::String(text) => {
                    if let Ok(day) = text.parse() {
                        self.dates.insert(name, day);
                    } else {
                        self.texts.insert(name, text.clone());
                    }
                }
                Value::Integer(number) => {
                    self.texts.insert(name, number.to_string());
                }
                Value::Array(numbers) if numbers.iter().all(Value::is_integer) => {
                    let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
                    self.texts.insert(name, numbers.join("、"));
                }
                _ => {}
            }
        }
    }

    /// `implement_due`, `implement_due.year`, `implement_due.year-3`, `zuzhi.short`, `batch`.
    fn word(&self, name: &str) -> Option<String> {
        if let Some((date, shift)) = name.split_once(".year") {
            let year = self.dates.get(date)?.year();
            let shift: i32 = match shift {
                "" => 0,
                shift => shift.parse().ok()?,
            };
            return Some((year + shift).to_string());
        }
        let day = self.dates.get(name).copied().map(chinese_date);
        day.or_else(|| self.texts.get(name).cloned())
    }
}

fn array(value: Option<&Value>) -> impl Iterator<Item = &Table> {
    value
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_table)
}

/// The files with their words put in. A campaign file that cannot be read leaves
/// the others as they are: its own problems are told elsewhere.
pub(super) fn put(files: &Files, problems: &mut Vec<Problem>) -> Files {
    let Ok(campaign) = toml::from_str::<Table>(&files.campaign) else {
        return files.clone();
    };
    let vocabulary = Vocabulary::of(&campaign);
    let mut spoken =
        |file: &'static str, text: &str| -> String { put_in(&vocabulary, (file, text), problems) };
    Files {
        survey: spoken(SURVEY, &files.survey),
        measures: spoken(MEASURES, &files.measures),
        plan: spoken(PLAN, &files.plan),
        timeline: spoken(TIMELINE, &files.timeline),
        tables: spoken(TABLES, &files.tables),
        processes: spoken(PROCESSES, &files.processes),
        campaign: files.campaign.clone(),
    }
}

fn put_in(
    vocabulary: &Vocabulary,
    (file, text): (&'static str, &str),
    problems: &mut Vec<Problem>,
) -> String {
    let mut spoken = String::with_capacity(text.len());
    for (line, number) in text.lines().zip(1..) {
        let mut rest = line;
        while let Some((before, name, after)) = next_word(rest) {
            spoken.push_str(before);
            match vocabulary.word(name) {
                Some(word) => spoken.push_str(&word),
                None => problems.push(Problem {
                    file,
                    line: number,
                    message: format!("no word is named {name}"),
                }),
            }
            rest = after;
        }
        spoken.push_str(rest);
        spoken.push('\n');
    }
    for (from, to) in &vocabulary.sections {
        spoken = spoken.replace(from, to);
    }
    spoken
}

/// What stands before the next `{{name}}`, the name, and what stands after it.
fn next_word(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (name, after) = rest.split_once("}}")?;
    Some((before, name.trim(), after))
}

#[cfg(test)]
mod tests;
