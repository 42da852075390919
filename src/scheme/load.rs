//! Parse and check: codes unique, references resolve, types fit. All problems
//! are collected, each with file and line, not only the first.

mod files;

use std::path::Path;

use serde::de::DeserializeOwned;

use super::Scheme;
use super::processes;
use super::verify::verify;
use super::words;

pub use files::Files;

/// Something wrong in a scheme's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: &'static str,
    /// Its line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}:{}: {}", self.file, self.line, self.message)
    }
}

pub(super) const CAMPAIGN: &str = "campaign.toml";
pub(super) const SURVEY: &str = "survey.toml";
pub(super) const MEASURES: &str = "measures.toml";
pub(super) const PLAN: &str = "plan.toml";
pub(super) const TIMELINE: &str = "timeline.toml";
pub(super) const TABLES: &str = "tables.toml";
pub(super) const PROCESSES: &str = "processes.toml";

impl Scheme {
    /// The scheme of Lüyuan District.
    pub fn lvyuan_2018() -> Result<Self, Vec<Problem>> {
        Self::parse(&Files::lvyuan_2018())
    }

    /// The scheme in a folder.
    pub fn load(folder: &Path) -> Result<Self, Vec<Problem>> {
        Self::parse(&Files::read(folder)?)
    }

    /// A scheme from its files.
    pub fn parse(files: &Files) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let files = &words::put(files, &mut problems);
        let campaign = read(CAMPAIGN, &files.campaign, &mut problems);
        let survey = read(SURVEY, &files.survey, &mut problems);
        let measures = read(MEASURES, &files.measures, &mut problems);
        let plan = read(PLAN, &files.plan, &mut problems);
        let timeline = read(TIMELINE, &files.timeline, &mut problems);
        let tables = read(TABLES, &files.tables, &mut problems);
        let (Some(campaign), Some(survey), Some(measures)) = (campaign, survey, measures) else {
            return Err(problems);
        };
        let processes = read(PROCESSES, &files.processes, &mut problems);
        let (Some(plan), Some(timeline), Some(tables)) = (plan, timeline, tables) else {
            return Err(problems);
        };
        let Some(mut processes): Option<processes::Processes> = processes else {
            return Err(problems);
        };
        processes.own_first();
        let mut scheme = Self {
            campaign,
            survey,
            measures,
            plan,
            timeline,
            tables,
            processes,
            common: None,
        };
        problems.extend(verify(&scheme, files));
        scheme.campaign.defaults = scheme.campaign.values();
        scheme.settle();
        if problems.is_empty() {
            Ok(scheme)
        } else {
            Err(problems)
        }
    }
}

impl Scheme {
    /// Puts the parameters in the place of the names that stand for them.
    pub(super) fn settle(&mut self) {
        let parameters = &self.campaign.parameters;
        for check in &mut self.survey.checks {
            check.settle(parameters);
        }
        for section in &mut self.survey.sections {
            for question in &mut section.questions {
                question.shown_when.settle(parameters);
            }
        }
        for part in &mut self.plan.parts {
            for question in &mut part.questions {
                question.shown_when.settle(parameters);
            }
        }
        for measure in &mut self.measures.measures {
            measure.when.settle(parameters);
            for fact in &mut measure.facts {
                fact.shown_when.settle(parameters);
            }
            for check in &mut measure.checks {
                check.settle(parameters);
            }
        }
        for approval in &mut self.measures.approvals {
            approval.when.settle(parameters);
        }
    }
}

/// What `tuogou check-scheme` says of a folder: its counts, or all problems with
/// file and line.
pub fn report(folder: &Path) -> Result<String, String> {
    let lines = |lines: Vec<String>| lines.join("\n") + "\n";
    match Scheme::load(folder) {
        Ok(scheme) => {
            let counts = scheme.counts();
            let counts = counts
                .iter()
                .map(|(what, count)| format!("{count:5} {what}"));
            Ok(lines(counts.collect()))
        }
        Err(problems) => {
            let total = format!("{} problems", problems.len());
            let problems = problems.iter().map(ToString::to_string);
            Err(lines(problems.chain([total]).collect()))
        }
    }
}

/// Most problems of form that are told of one file.
const MOST: usize = 50;

/// The file's content, or all that is wrong with its form: each piece that cannot
/// be read is named, blanked out, and the rest is read again.
fn read<T: DeserializeOwned>(
    file: &'static str,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let mut rest = text.to_owned();
    for _ in 0..MOST {
        let error = match toml::from_str(&rest) {
            Ok(value) => return (rest == text).then_some(value),
            Err(error) => error,
        };
        let position = error.span().map_or(0, |span| span.start);
        problems.push(Problem {
            file,
            line: line_at(&rest, position),
            message: error.message().to_owned(),
        });
        rest = blanked(&rest, position)?;
    }
    None
}

/// The text without the `[[…]]` piece around a position, and without the pieces
/// below it, line for line. None where the position is in no such piece.
fn blanked(text: &str, position: usize) -> Option<String> {
    let header = |line: &str| {
        line.strip_prefix("[[")
            .map(|rest| rest.trim_end().to_owned())
    };
    let wanted = line_at(text, position);
    let lines: Vec<&str> = text.lines().collect();
    let (first, name) = lines
        .iter()
        .take(wanted)
        .enumerate()
        .rev()
        .find_map(|(number, line)| Some((number, header(line)?)))?;
    let below = format!("{}.", name.trim_end_matches(']'));
    let next = lines
        .iter()
        .enumerate()
        .skip(first + 1)
        .find(|(_, line)| header(line).is_some_and(|other| !other.starts_with(&below)));
    let end = next.map_or(lines.len(), |(number, _)| number);
    let kept = lines.iter().enumerate().map(|(number, line)| match number {
        _ if (first..end).contains(&number) => " ".repeat(line.len()),
        _ => (*line).to_owned(),
    });
    Some(kept.map(|line| line + "\n").collect())
}

pub(super) fn line_at(text: &str, position: usize) -> usize {
    text.bytes()
        .take(position)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

#[cfg(test)]
mod tests;
