//! Parse and check: codes unique, references resolve, types fit. All problems
//! are collected, each with file and line, not only the first.

use std::collections::BTreeSet;
use std::path::Path;

use serde::de::DeserializeOwned;

use super::conditions::{self, Condition};
use super::survey::{AnswerType, Question};
use super::{Scheme, checks};

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

const CAMPAIGN: &str = "campaign.toml";
const SURVEY: &str = "survey.toml";
const MEASURES: &str = "measures.toml";
const PLAN: &str = "plan.toml";
const TIMELINE: &str = "timeline.toml";

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
        let mut checker = Checker {
            scheme: &scheme,
            files,
            problems,
        };
        checker.unique_codes();
        checker.questions();
        checker.checks();
        checker.measures();
        checker.references();
        if checker.problems.is_empty() {
            Ok(scheme)
        } else {
            Err(checker.problems)
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

fn line_at(text: &str, position: usize) -> usize {
    text.bytes()
        .take(position)
        .filter(|byte| *byte == b'\n')
        .count()
        + 1
}

struct Checker<'a> {
    scheme: &'a Scheme,
    files: &'a Files,
    problems: Vec<Problem>,
}

impl Checker<'_> {
    fn problem(&mut self, file: &'static str, position: usize, message: String) {
        let text = match file {
            SURVEY => &self.files.survey,
            MEASURES => &self.files.measures,
            PLAN => &self.files.plan,
            TIMELINE => &self.files.timeline,
            _ => &self.files.campaign,
        };
        let line = line_at(text, position);
        self.problems.push(Problem {
            file,
            line,
            message,
        });
    }

    fn unique_codes(&mut self) {
        let scheme = self.scheme;
        let survey = scheme
            .survey
            .sections
            .iter()
            .flat_map(|section| &section.questions);
        let parts = scheme.plan.parts.iter().flat_map(|part| &part.questions);
        let codes = survey
            .map(|question| (SURVEY, question.position(), question.code()))
            .chain(parts.map(|question| (PLAN, question.position(), question.code())))
            .chain(
                scheme
                    .survey
                    .checks
                    .iter()
                    .map(|check| (SURVEY, check.position(), check.code())),
            )
            .chain(
                scheme
                    .measures
                    .measures
                    .iter()
                    .map(|measure| (MEASURES, measure.position(), measure.code())),
            )
            .chain(
                scheme
                    .measures
                    .approvals
                    .iter()
                    .map(|approval| (MEASURES, approval.position(), approval.code())),
            )
            .chain(scheme.timeline.tasks.iter().map(|task| {
                (
                    TIMELINE,
                    task.code.span().start,
                    task.code.get_ref().as_str(),
                )
            }))
            .chain(scheme.campaign.departments.iter().map(|department| {
                (
                    CAMPAIGN,
                    department.code.span().start,
                    department.code.get_ref().as_str(),
                )
            }));
        let mut seen = BTreeSet::new();
        let twice: Vec<_> = codes.filter(|(_, _, code)| !seen.insert(*code)).collect();
        for (file, position, code) in twice {
            self.problem(file, position, format!("code {code} stands twice"));
        }
    }

    fn questions(&mut self) {
        let scheme = self.scheme;
        let survey = scheme
            .survey
            .sections
            .iter()
            .flat_map(|section| &section.questions)
            .map(|question| (SURVEY, question));
        let parts = scheme
            .plan
            .parts
            .iter()
            .flat_map(|part| &part.questions)
            .map(|question| (PLAN, question));
        for (file, question) in survey.chain(parts) {
            for message in question_problems(question) {
                self.problem(
                    file,
                    question.position(),
                    format!("{}: {message}", question.code()),
                );
            }
            self.condition(
                file,
                (question.position(), question.code()),
                &question.shown_when,
            );
            for part in &question.of {
                self.known_number(file, question.position(), part);
            }
            if let Some(name) = &question.named
                && !conditions::COUNTERS
                    .iter()
                    .any(|(known, _, _)| known == name)
            {
                self.problem(
                    file,
                    question.position(),
                    format!("{}: no counter is named {name}", question.code()),
                );
            }
        }
    }

    fn checks(&mut self) {
        for check in &self.scheme.survey.checks {
            let position = check.position();
            if !check.code().starts_with(['E', 'W']) {
                self.problem(
                    SURVEY,
                    position,
                    format!("{}: a check's code begins with E or W", check.code()),
                );
            }
            for field in &check.fields {
                if self.scheme.question(field).is_none() {
                    self.problem(
                        SURVEY,
                        position,
                        format!("{}: no question has the code {field}", check.code()),
                    );
                }
            }
            match &check.rule {
                checks::Rule::Sum(codes) => codes
                    .iter()
                    .for_each(|code| self.known_number(SURVEY, position, code)),
                checks::Rule::AtMost(first, second) => {
                    self.known_number(SURVEY, position, first);
                    self.known_number(SURVEY, position, second);
                }
                checks::Rule::Forbid(condition) => {
                    self.condition(SURVEY, (position, check.code()), condition)
                }
                checks::Rule::Named(name) => {
                    if !checks::NAMED.iter().any(|(known, _, _)| known == name) {
                        self.problem(
                            SURVEY,
                            position,
                            format!("{}: no check is named {name}", check.code()),
                        );
                    }
                }
            }
        }
        let read = checks::NAMED.iter().flat_map(|(_, codes, _)| codes.iter());
        let read = read.chain(
            conditions::NAMED
                .iter()
                .flat_map(|(_, codes, _)| codes.iter()),
        );
        let unknown: BTreeSet<&str> = read
            .copied()
            .filter(|code| self.scheme.question(code).is_none())
            .collect();
        for code in unknown {
            self.problem(
                SURVEY,
                0,
                format!("a named condition reads {code}, which is no question"),
            );
        }
    }

    fn measures(&mut self) {
        for measure in &self.scheme.measures.measures {
            let position = measure.position();
            if self.scheme.track(&measure.track).is_none() {
                self.problem(
                    MEASURES,
                    position,
                    format!("{}: no track {}", measure.code(), measure.track),
                );
            }
            let due = measure.deadline.as_str();
            if !matches!(due, "plan" | "appropriation")
                && self.scheme.campaign.parameters.date(due).is_none()
            {
                self.problem(
                    MEASURES,
                    position,
                    format!("{}: no date is named {due}", measure.code()),
                );
            }
            self.condition(MEASURES, (position, measure.code()), &measure.when);
            if let Some(per) = &measure.per {
                self.columns(
                    position,
                    &per.rows,
                    per.label.iter().chain(per.only.first()),
                );
            }
        }
        for approval in &self.scheme.measures.approvals {
            self.condition(
                MEASURES,
                (approval.position(), approval.code()),
                &approval.when,
            );
        }
    }

    fn columns<'c>(
        &mut self,
        position: usize,
        table: &str,
        names: impl Iterator<Item = &'c String>,
    ) {
        match self.scheme.question(table) {
            Some(question) if question.kind == AnswerType::Rows => {
                let missing: Vec<&String> = names
                    .filter(|name| question.column(name).is_none())
                    .collect();
                for name in missing {
                    self.problem(MEASURES, position, format!("{table} has no column {name}"));
                }
            }
            _ => self.problem(
                MEASURES,
                position,
                format!("{table} is not a table of the survey"),
            ),
        }
    }

    fn references(&mut self) {
        let scheme = self.scheme;
        let competence = |code: &str| {
            scheme
                .campaign
                .departments
                .iter()
                .any(|department| department.competences.iter().any(|held| held == code))
        };
        let verify = scheme
            .measures
            .measures
            .iter()
            .flat_map(|measure| measure.verify.iter().map(|code| (measure.position(), code)));
        let ask = scheme
            .measures
            .approvals
            .iter()
            .flat_map(|approval| approval.ask.iter().map(|code| (approval.position(), code)));
        let strangers: Vec<_> = verify
            .chain(ask)
            .filter(|(_, code)| !competence(code))
            .collect();
        for (position, code) in strangers {
            self.problem(
                MEASURES,
                position,
                format!("no department has the competence {code}"),
            );
        }
        for task in &scheme.timeline.tasks {
            let dated = task.due.is_empty()
                || task
                    .due
                    .strip_prefix("date:")
                    .is_some_and(|date| date.parse::<chrono::NaiveDate>().is_ok())
                || scheme.campaign.parameters.date(&task.due).is_some();
            if !dated {
                self.problem(
                    TIMELINE,
                    task.code.span().start,
                    format!("no date is named {}", task.due),
                );
            }
            for before in &task.after {
                if !scheme
                    .timeline
                    .tasks
                    .iter()
                    .any(|other| other.code.get_ref() == before)
                {
                    self.problem(
                        TIMELINE,
                        task.code.span().start,
                        format!("no task {before}"),
                    );
                }
            }
        }
    }

    fn known_number(&mut self, file: &'static str, position: usize, code: &str) {
        let number = self.scheme.question(code).is_some_and(|question| {
            matches!(
                question.kind,
                AnswerType::Money | AnswerType::Area | AnswerType::Count | AnswerType::Total
            )
        });
        if !number {
            self.problem(
                file,
                position,
                format!("{code} is not a question with a number"),
            );
        }
    }

    fn condition(
        &mut self,
        file: &'static str,
        (position, owner): (usize, &str),
        condition: &Condition,
    ) {
        let mut wrong = Vec::new();
        condition_problems(self.scheme, condition, &mut wrong);
        for message in wrong {
            self.problem(file, position, format!("{owner}: {message}"));
        }
    }
}

fn question_problems(question: &Question) -> Vec<String> {
    let mut wrong = Vec::new();
    let choice = matches!(question.kind, AnswerType::Choice | AnswerType::Choices);
    if choice && question.options.is_empty() {
        wrong.push("a choice needs options".to_owned());
    }
    if (question.kind == AnswerType::Rows) == question.columns.is_empty() {
        wrong.push("a table needs columns, and nothing else has them".to_owned());
    }
    for column in &question.columns {
        if matches!(column.kind, AnswerType::Rows | AnswerType::Total) {
            wrong.push(format!(
                "column {} may not be a table or total",
                column.name
            ));
        }
        if matches!(column.kind, AnswerType::Choice | AnswerType::Choices)
            && column.options.is_empty()
        {
            wrong.push(format!("column {} needs options", column.name));
        }
    }
    wrong
}

/// What is wrong with a condition: unknown codes, values or columns, types that do not fit.
fn condition_problems(scheme: &Scheme, condition: &Condition, wrong: &mut Vec<String>) {
    match condition {
        Condition::Always => {}
        Condition::Is(code, value)
        | Condition::IsNot(code, value)
        | Condition::Includes(code, value) => match scheme.question(code) {
            None => wrong.push(format!("no question has the code {code}")),
            Some(question) if !offers(question.kind, &question.options, value) => {
                wrong.push(format!("{code} does not offer {value}"));
            }
            Some(_) => {}
        },
        Condition::Over(code, _) | Condition::Answered(code) | Condition::AnyRow(code) => {
            if scheme.question(code).is_none() {
                wrong.push(format!("no question has the code {code}"));
            }
        }
        Condition::Row(parts) => {
            match parts.as_slice() {
                [code, column, values @ ..] => {
                    let found = scheme
                        .question(code)
                        .and_then(|question| question.column(column));
                    match found {
                        None => wrong.push(format!("no table {code} with a column {column}")),
                        Some(column) => {
                            let strange = values
                                .iter()
                                .filter(|value| !offers(column.kind, &column.options, value));
                            wrong.extend(strange.map(|value| {
                                format!("{code}.{} does not offer {value}", column.name)
                            }));
                        }
                    }
                }
                _ => wrong.push("row needs a code, a column and values".to_owned()),
            }
        }
        Condition::All(inner) | Condition::Any(inner) => {
            inner
                .iter()
                .for_each(|condition| condition_problems(scheme, condition, wrong));
        }
        Condition::Not(inner) => condition_problems(scheme, inner, wrong),
        Condition::Named(name) => {
            if !conditions::NAMED.iter().any(|(known, _, _)| known == name) {
                wrong.push(format!("no condition is named {name}"));
            }
        }
    }
}

fn offers(kind: AnswerType, options: &[super::Choice], value: &str) -> bool {
    match kind {
        AnswerType::YesNo => matches!(value, "yes" | "no"),
        AnswerType::Choice | AnswerType::Choices => {
            options.iter().any(|option| option.value == value)
        }
        AnswerType::Department | AnswerType::Text => true,
        _ => false,
    }
}
