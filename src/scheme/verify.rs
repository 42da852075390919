//! The checks of a parsed scheme: codes unique, references resolve, types fit.

mod parts;

use std::collections::BTreeSet;

use super::conditions::{self, Condition};
use super::load::{CAMPAIGN, Files, MEASURES, PLAN, Problem, SURVEY, TIMELINE, line_at};
use super::survey::AnswerType;
use super::{Scheme, checks};

use parts::{condition_problems, question_problems};

/// Every problem of a scheme.
pub(super) fn verify(scheme: &Scheme, files: &Files) -> Vec<Problem> {
    let mut checker = Checker {
        scheme,
        files,
        problems: Vec::new(),
    };
    checker.unique_codes();
    checker.questions();
    checker.checks();
    checker.measures();
    checker.references();
    checker.problems
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
                    self.condition(SURVEY, (position, check.code()), condition);
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
