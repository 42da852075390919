//! Parse and check: codes unique, references resolve, types fit. All problems
//! are collected, each with file and line, not only the first.

use std::path::Path;

use serde::de::DeserializeOwned;

use super::Scheme;
use super::verify::verify;

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

/// The five files as text.
#[derive(Debug, Clone)]
pub struct Files {
    /// campaign.toml
    pub campaign: String,
    /// survey.toml
    pub survey: String,
    /// measures.toml
    pub measures: String,
    /// plan.toml
    pub plan: String,
    /// timeline.toml
    pub timeline: String,
}

pub(super) const CAMPAIGN: &str = "campaign.toml";
pub(super) const SURVEY: &str = "survey.toml";
pub(super) const MEASURES: &str = "measures.toml";
pub(super) const PLAN: &str = "plan.toml";
pub(super) const TIMELINE: &str = "timeline.toml";

impl Files {
    /// The scheme of Lüyuan District, compiled in.
    #[must_use]
    pub fn lvyuan_2018() -> Self {
        Self {
            campaign: include_str!("lvyuan_2018/campaign.toml").to_owned(),
            survey: include_str!("lvyuan_2018/survey.toml").to_owned(),
            measures: include_str!("lvyuan_2018/measures.toml").to_owned(),
            plan: include_str!("lvyuan_2018/plan.toml").to_owned(),
            timeline: include_str!("lvyuan_2018/timeline.toml").to_owned(),
        }
    }

    /// The files of a folder.
    pub fn read(folder: &Path) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut read = |file: &'static str| {
            std::fs::read_to_string(folder.join(file)).unwrap_or_else(|error| {
                problems.push(Problem {
                    file,
                    line: 0,
                    message: error.to_string(),
                });
                String::new()
            })
        };
        let files = Self {
            campaign: read(CAMPAIGN),
            survey: read(SURVEY),
            measures: read(MEASURES),
            plan: read(PLAN),
            timeline: read(TIMELINE),
        };
        if problems.is_empty() {
            Ok(files)
        } else {
            Err(problems)
        }
    }
}

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
        let campaign = read(CAMPAIGN, &files.campaign, &mut problems);
        let survey = read(SURVEY, &files.survey, &mut problems);
        let measures = read(MEASURES, &files.measures, &mut problems);
        let plan = read(PLAN, &files.plan, &mut problems);
        let timeline = read(TIMELINE, &files.timeline, &mut problems);
        let (Some(campaign), Some(survey), Some(measures), Some(plan), Some(timeline)) =
            (campaign, survey, measures, plan, timeline)
        else {
            return Err(problems);
        };
        let scheme = Self {
            campaign,
            survey,
            measures,
            plan,
            timeline,
        };
        problems.extend(verify(&scheme, files));
        if problems.is_empty() {
            Ok(scheme)
        } else {
            Err(problems)
        }
    }
}

fn read<T: DeserializeOwned>(
    file: &'static str,
    text: &str,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    match toml::from_str(text) {
        Ok(value) => Some(value),
        Err(error) => {
            let position = error.span().map_or(0, |span| span.start);
            problems.push(Problem {
                file,
                line: line_at(text, position),
                message: error.message().to_owned(),
            });
            None
        }
    }
}

pub(super) fn line_at(text: &str, position: usize) -> usize {
    text.bytes()
        .take(position)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}
