//! What can be wrong with phases, tasks and departments' kinds.

use crate::scheme::timeline::MEASURED;

use super::{Checker, Owner, TIMELINE};

/// Who carries out a task.
const WHO: &[&str] = &["unit", "office", "department", "association"];

impl Checker<'_> {
    pub(super) fn phases(&mut self) {
        let parameters = &self.scheme.campaign.parameters;
        for phase in &self.scheme.timeline.phases {
            let position = self
                .text(TIMELINE)
                .find(&format!("number = {}\n", phase.number))
                .unwrap_or(0);
            let mut wrong = |message: String| {
                self.problem(
                    TIMELINE,
                    position,
                    format!("phase {}: {message}", phase.number),
                );
            };
            match (parameters.date(&phase.from), parameters.date(&phase.to)) {
                (None, _) => wrong(format!("no date is named {}", phase.from)),
                (_, None) => wrong(format!("no date is named {}", phase.to)),
                (Some(from), Some(to)) if from > to => wrong("it ends before it begins".to_owned()),
                (Some(_), Some(_)) => {}
            }
        }
    }

    pub(super) fn tasks(&mut self) {
        let timeline = &self.scheme.timeline;
        for task in &timeline.tasks {
            let owner = (
                TIMELINE,
                task.code.span().start,
                task.code.get_ref().as_str(),
            );
            self.due(owner, &task.due);
            self.due(owner, &task.from);
            if !task.measured.is_empty() && !MEASURED.contains(&task.measured.as_str()) {
                self.wrong(owner, &format!("nothing is measured by {}", task.measured));
            }
            if (task.measured == "dockets") != self.scheme.process(&task.process).is_some() {
                self.wrong(owner, &format!("no process {}", task.process));
            }
            for code in &task.measures {
                if self.scheme.measure(code).is_none() {
                    self.wrong(owner, &format!("no measure {code}"));
                }
            }
            if !WHO.contains(&task.who.as_str()) {
                self.wrong(owner, &format!("nobody is named {}", task.who));
            }
            let beside = task.phase == 0;
            if !beside
                && !timeline
                    .phases
                    .iter()
                    .any(|phase| phase.number == task.phase)
            {
                self.wrong(owner, &format!("no phase {}", task.phase));
            }
            for before in &task.after {
                if !timeline
                    .tasks
                    .iter()
                    .any(|other| other.code.get_ref() == before)
                {
                    self.wrong(owner, &format!("no task {before}"));
                }
            }
        }
    }

    fn due(&mut self, owner: Owner<'_>, due: &str) {
        if !due.is_empty() && self.scheme.day(due).is_none() {
            self.wrong(owner, &format!("no date is named {due}"));
        }
    }
}
