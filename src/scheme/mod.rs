//! The scheme as data: what the district's document orders, in seven TOML files,
//! parsed into types and checked at start-up. Pure; knows nothing of the
//! application. Another district is another folder and no code (design.md 2).

pub mod answers;
pub mod appropriation;
pub mod batch;
pub mod calendar;
pub mod campaign;
pub mod checks;
mod codes;
pub mod conditions;
pub mod founding;
pub mod load;
pub mod measures;
pub mod parameters;
pub mod persons;
pub mod plan;
pub mod processes;
pub mod survey;
pub mod tables;
pub mod timeline;
mod verify;
pub mod words;

use std::sync::Arc;

use chrono::NaiveDate;

pub use answers::{Answers, Row};
pub use checks::{Finding, Severity};
pub use load::Problem;
pub use measures::{ItemKey, Measure, measure_of};
pub use survey::{AnswerType, Choice, Column, Privacy, Question, Section};

/// A scheme with everything that it orders.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// Departments, parameters, policy documents.
    pub campaign: campaign::Campaign,
    /// The survey's sections and checks.
    pub survey: survey::Survey,
    /// Tracks, measures and prior approvals.
    pub measures: measures::Measures,
    /// The parts of a plan.
    pub plan: plan::PlanForm,
    /// Phases and tasks.
    pub timeline: timeline::Timeline,
    /// Headings of spreadsheets.
    pub tables: tables::Tables,
    /// What is drafted, signed and passed on beside the plans.
    pub processes: processes::Processes,
    /// The scheme that is everybody's, where this one is a batch's (FD-1).
    pub common: Option<Arc<Scheme>>,
}

impl Scheme {
    /// The scheme under changed parameters; the days that checks compare with follow.
    #[must_use]
    pub fn under(&self, changes: &parameters::Values) -> Self {
        self.with(self.campaign.under(changes))
    }

    /// The scheme under another campaign's parameters: what rests on them is put in anew.
    fn with(&self, campaign: campaign::Campaign) -> Self {
        let mut scheme = self.clone();
        let day = |campaign: &campaign::Campaign| {
            crate::clock::chinese_date(campaign.parameters.implement_due)
        };
        let (said, now) = (day(&self.campaign), day(&campaign));
        // The one date of a batch that a text of the scheme names (PL-4).
        for part in &mut scheme.plan.parts {
            part.lead = part.lead.replace(&said, &now);
        }
        scheme.campaign = campaign;
        scheme.settle();
        scheme
    }

    /// The scheme that is everybody's.
    #[must_use]
    pub fn common(&self) -> &Self {
        self.common.as_deref().unwrap_or(self)
    }

    /// A question of the survey, of a part of the plan, of a process, or a fact of a measure.
    #[must_use]
    pub fn question(&self, code: &str) -> Option<&Question> {
        let survey = self
            .survey
            .sections
            .iter()
            .flat_map(|section| &section.questions);
        let plan = self.plan.parts.iter().flat_map(|part| &part.questions);
        let facts = self.measures.measures.iter();
        let facts = facts.flat_map(|measure| &measure.facts);
        let processes = self.processes.processes.iter();
        let processes = processes.flat_map(|process| &process.questions);
        let mut all = survey.chain(plan).chain(facts).chain(processes);
        all.find(|question| question.code() == code)
    }

    /// A process by its code.
    #[must_use]
    pub fn process(&self, code: &str) -> Option<&processes::Process> {
        let mut all = self.processes.processes.iter();
        all.find(|process| process.code() == code)
    }

    /// A section of the survey.
    #[must_use]
    pub fn section(&self, code: &str) -> Option<&Section> {
        self.survey
            .sections
            .iter()
            .find(|section| section.code == code)
    }

    /// A part of the plan.
    #[must_use]
    pub fn part(&self, code: &str) -> Option<&plan::Part> {
        self.plan.parts.iter().find(|part| part.code == code)
    }

    /// A measure by its code.
    #[must_use]
    pub fn measure(&self, code: &str) -> Option<&Measure> {
        self.measures
            .measures
            .iter()
            .find(|measure| measure.code() == code)
    }

    /// Who may read a cell of a table.
    #[must_use]
    pub fn privacy(&self, question: &Question, column: &Column, row: &Row<'_>) -> Privacy {
        let of_item = || self.is_personal(row.text("item").unwrap_or_default());
        if question.of_items && !of_item() {
            question.privacy
        } else {
            question.privacy.max(column.privacy)
        }
    }

    /// Whether an item of this number is about a person, whose name is not everybody's.
    #[must_use]
    pub fn is_personal(&self, item: &str) -> bool {
        let measure = self.measure(measure_of(item));
        let per = measure.and_then(|measure| measure.per.as_ref());
        per.is_some_and(|per| persons::TABLES.contains(&per.rows.as_str()))
    }

    /// A track by its code.
    #[must_use]
    pub fn track(&self, code: &str) -> Option<&measures::Track> {
        self.measures.tracks.iter().find(|track| track.code == code)
    }

    /// A prior approval by its code.
    #[must_use]
    pub fn approval(&self, code: &str) -> Option<&measures::Approval> {
        self.measures
            .approvals
            .iter()
            .find(|approval| approval.code() == code)
    }

    /// The phases: title, first and last day.
    #[must_use]
    pub fn phases(&self) -> Vec<(String, NaiveDate, NaiveDate)> {
        self.timeline
            .phases
            .iter()
            .filter_map(|phase| {
                let from = self.campaign.parameters.date(&phase.from)?;
                let to = self.campaign.parameters.date(&phase.to)?;
                Some((phase.title.clone(), from, to))
            })
            .collect()
    }

    /// A task by its code.
    #[must_use]
    pub fn task(&self, code: &str) -> Option<&timeline::Task> {
        self.timeline.tasks.iter().find(|task| task.code() == code)
    }

    /// The day that a data file writes: `date:2018-08-24`, the name of a
    /// parameter, or `name+5`, so many working days after it.
    #[must_use]
    pub fn day(&self, written: &str) -> Option<NaiveDate> {
        if let Some(day) = written.strip_prefix("date:") {
            return day.parse().ok();
        }
        match written.split_once('+') {
            Some((name, days)) => {
                let from = self.campaign.parameters.date(name)?;
                Some(calendar::workdays_after(
                    &self.campaign,
                    from,
                    days.parse().ok()?,
                ))
            }
            None => self.campaign.parameters.date(written),
        }
    }

    /// How many things of each kind the scheme holds.
    #[must_use]
    pub fn counts(&self) -> Vec<(&'static str, usize)> {
        vec![
            ("departments", self.campaign.departments.len()),
            ("policy documents", self.campaign.policies.len()),
            ("questions at foundation", self.campaign.foundings.len()),
            ("survey sections", self.survey.sections.len()),
            (
                "survey questions",
                self.survey
                    .sections
                    .iter()
                    .map(|section| section.questions.len())
                    .sum(),
            ),
            ("survey checks", self.survey.checks.len()),
            ("tracks", self.measures.tracks.len()),
            ("measures", self.measures.measures.len()),
            ("prior approvals", self.measures.approvals.len()),
            ("plan parts", self.plan.parts.len()),
            ("phases", self.timeline.phases.len()),
            ("tasks", self.timeline.tasks.len()),
            ("processes", self.processes.processes.len()),
        ]
    }
}

#[cfg(test)]
mod tests;
