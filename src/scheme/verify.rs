//! The checks of a parsed scheme: codes unique, references resolve, types fit.
//! Every problem is named at the code of the piece that it stands in.

mod codes;
mod founding;
mod measures;
mod parts;
mod processes;
mod timeline;

use std::mem::discriminant;

use super::checks::{self, Check, Rule};
use super::conditions::{self, Condition};
use super::load::{
    CAMPAIGN, Files, MEASURES, PLAN, PROCESSES, Problem, SURVEY, TABLES, TIMELINE, line_at,
};
use super::survey::{AnswerType, Question};
use super::{Measure, Scheme};

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
    checker.approvals();
    checker.policies();
    checker.foundings();
    checker.phases();
    checker.tasks();
    checker.processes();
    checker.problems
}

/// Where a piece stands: its file, the place of its code, its code.
type Owner<'a> = (&'static str, usize, &'a str);

struct Checker<'a> {
    scheme: &'a Scheme,
    files: &'a Files,
    problems: Vec<Problem>,
}

impl<'a> Checker<'a> {
    fn text(&self, file: &'static str) -> &'a str {
        match file {
            SURVEY => &self.files.survey,
            MEASURES => &self.files.measures,
            PLAN => &self.files.plan,
            TIMELINE => &self.files.timeline,
            TABLES => &self.files.tables,
            PROCESSES => &self.files.processes,
            _ => &self.files.campaign,
        }
    }

    fn problem(&mut self, file: &'static str, position: usize, message: String) {
        let line = line_at(self.text(file), position);
        self.problems.push(Problem {
            file,
            line,
            message,
        });
    }

    fn wrong(&mut self, (file, position, code): Owner<'_>, message: &str) {
        self.problem(file, position, format!("{code}: {message}"));
    }

    fn all_questions(&self) -> impl Iterator<Item = (&'static str, &'a Question)> + use<'a> {
        let scheme = self.scheme;
        let survey = scheme.survey.sections.iter();
        let survey = survey.flat_map(|section| &section.questions);
        let parts = scheme.plan.parts.iter().flat_map(|part| &part.questions);
        let survey = survey.map(|question| (SURVEY, question));
        let facts = scheme.measures.measures.iter();
        let facts = facts.flat_map(|measure| &measure.facts);
        let all = survey.chain(parts.map(|question| (PLAN, question)));
        let processes = scheme.processes.processes.iter();
        let processes = processes.flat_map(|process| &process.questions);
        all.chain(facts.map(|question| (MEASURES, question)))
            .chain(processes.map(|question| (PROCESSES, question)))
    }

    fn questions(&mut self) {
        for (file, question) in self.all_questions() {
            let owner = (file, question.position(), question.code());
            for message in question_problems(question) {
                self.wrong(owner, &message);
            }
            self.condition(owner, &question.shown_when, false);
            for part in &question.of {
                self.number(owner, part);
                let of_its_kind = |part: &Question| part.kind == question.kind && part.is_asked();
                if question.is_sum() && !self.scheme.question(part).is_some_and(of_its_kind) {
                    self.wrong(owner, "a sum adds up what is asked in its own unit");
                }
            }
            if let Some(name) = &question.named {
                match conditions::COUNTERS
                    .iter()
                    .find(|(known, _, _)| known == name)
                {
                    Some((_, reads, _)) => self.reads(owner, reads),
                    None => self.wrong(owner, &format!("no counter is named {name}")),
                }
            }
        }
    }

    fn checks(&mut self) {
        let survey = self.scheme.survey.checks.iter();
        let survey = survey.map(|check| (SURVEY, check));
        let measures = self.scheme.measures.measures.iter();
        let measures = measures.flat_map(|measure| &measure.checks);
        for (file, check) in survey.chain(measures.map(|check| (MEASURES, check))) {
            let owner = (file, check.position(), check.code());
            if !check.code().starts_with(['E', 'W']) {
                self.wrong(owner, "a check's code begins with E or W");
            }
            if check.reads().codes.is_empty() {
                self.wrong(owner, "a check reads at least one question");
            }
            self.rule(owner, check);
        }
    }

    fn rule(&mut self, owner: Owner<'_>, check: &'a Check) {
        match &check.rule {
            Rule::Sum(codes) => {
                self.numbers(owner, codes.iter());
                if codes.len() < 2 {
                    self.wrong(owner, "a sum needs a total and its parts");
                }
            }
            Rule::AtMost(first, second) => self.numbers(owner, [first, second].into_iter()),
            Rule::NotAfter(first, second) => {
                self.date(owner, first);
                let day = second.parse::<chrono::NaiveDate>().is_ok();
                if !day && self.scheme.campaign.parameters.date(second).is_none() {
                    self.date(owner, second);
                }
            }
            Rule::Implies { cause, then } => {
                self.condition(owner, cause, false);
                self.condition(owner, then, false);
            }
            Rule::Forbid(condition) => self.condition(owner, condition, false),
            Rule::Named(name) => match checks::NAMED.iter().find(|(known, _, _)| known == name) {
                Some((_, reads, _)) => self.reads(owner, reads),
                None => self.wrong(owner, &format!("no check is named {name}")),
            },
        }
    }

    /// The codes that a named function reads are questions.
    fn reads(&mut self, owner: Owner<'_>, codes: &[&str]) {
        for code in codes {
            if self.scheme.question(code).is_none() {
                let message = format!("what it names reads {code}, which is no question");
                self.wrong(owner, &message);
            }
        }
    }

    /// The codes are questions with numbers, all of one unit.
    fn numbers<'c>(&mut self, owner: Owner<'_>, codes: impl Iterator<Item = &'c String> + Clone) {
        for code in codes.clone() {
            self.number(owner, code);
        }
        let mut kinds = codes
            .filter_map(|code| self.scheme.question(code))
            .map(|question| discriminant(&question.kind));
        let first = kinds.next();
        if kinds.any(|kind| Some(kind) != first) {
            self.wrong(owner, "money, areas and counts cannot be compared");
        }
    }

    fn number(&mut self, owner: Owner<'_>, code: &str) {
        let number = self.scheme.question(code).is_some_and(|question| {
            matches!(
                question.kind,
                AnswerType::Money | AnswerType::Area | AnswerType::Count
            )
        });
        if !number {
            self.wrong(owner, &format!("{code} is not a question with a number"));
        }
    }

    fn date(&mut self, owner: Owner<'_>, code: &str) {
        let date = self
            .scheme
            .question(code)
            .is_some_and(|question| question.kind == AnswerType::Date);
        if !date {
            self.wrong(
                owner,
                &format!("{code} is neither a question with a date nor a day"),
            );
        }
    }

    fn condition(&mut self, owner: Owner<'_>, condition: &Condition, dated: bool) {
        let mut wrong = Vec::new();
        condition_problems(self.scheme, condition, dated, &mut wrong);
        for message in wrong {
            self.wrong(owner, &message);
        }
    }
}
