//! What can be wrong with processes: states, parties, questions and names of what the program
//! does that do not exist.

use crate::scheme::parameters;
use crate::scheme::processes::{
    ABOVE, EFFECTS, EVERYBODY, FIGURES, KEEPS, PARTIES, Process, STATES, Step,
};
use crate::scheme::survey::AnswerType;

use super::{Checker, Owner, PROCESSES};

/// Columns that are the row's own and no question.
const OWN: [&str; 11] = [
    "number",
    "title",
    "association",
    "unit",
    "handler",
    "finder",
    "opened_on",
    "due_on",
    "signed_on",
    "settled_on",
    "state",
];

/// What a name must be one of, and what is said where it is not.
type Among<'a> = (&'a [&'a str], &'a str);

impl Checker<'_> {
    pub(super) fn processes(&mut self) {
        let scheme = self.scheme;
        for process in &scheme.processes.processes {
            let owner = (PROCESSES, process.position(), process.code());
            let groups = scheme.processes.groups.iter();
            let groups: Vec<&str> = groups.map(|group| group.code.as_str()).collect();
            self.among(owner, [&process.group], (&groups, "no page"));
            let parties: Vec<&str> = PARTIES.into_iter().chain([EVERYBODY]).collect();
            let named = process.begin.iter().chain(&process.reads);
            self.among(owner, named, (&parties, "no party"));
            self.among(owner, &process.figures, (&FIGURES, "no table"));
            self.among(owner, &process.above, (&ABOVE, "nothing above"));
            self.among(owner, &process.done, (&STATES, "no state"));
            self.among(owner, process.words.keys(), (&STATES, "no state"));
            if !process.effect.is_empty() {
                self.among(owner, [&process.effect], (&EFFECTS, "no effect"));
            }
            self.days(owner, process);
            self.columns(owner, process);
            for step in &process.steps {
                self.process_step(owner, process, step);
            }
        }
    }

    fn among<'n>(
        &mut self,
        owner: Owner<'_>,
        names: impl IntoIterator<Item = &'n String>,
        (known, what): Among<'_>,
    ) {
        for name in names {
            if !known.contains(&name.as_str()) {
                self.wrong(owner, &format!("{what} {name}"));
            }
        }
    }

    fn days(&mut self, owner: Owner<'_>, process: &Process) {
        for day in [&process.from, &process.due] {
            if !day.is_empty() && self.scheme.day(day).is_none() {
                self.wrong(owner, &format!("no date is named {day}"));
            }
        }
        let yes_no = |name: &str| {
            let known = parameters::named(name);
            known.is_some_and(|known| known.kind == parameters::Kind::YesNo)
        };
        if !process.option.is_empty() && !yes_no(&process.option) {
            self.wrong(owner, &format!("no yes-or-no parameter {}", process.option));
        }
    }

    fn columns(&mut self, owner: Owner<'_>, process: &Process) {
        for column in &process.columns {
            let name = column.value.as_str();
            if !OWN.contains(&name) && process.question(name).is_none() {
                self.wrong(owner, &format!("no column {name}"));
            }
        }
        for question in &process.questions {
            if !question.keeps.is_empty() {
                self.among(owner, [&question.keeps], (&KEEPS, "the row keeps no"));
            }
        }
        let picks = process.question(&process.picks);
        let picks = picks.is_some_and(|question| question.kind == AnswerType::Choices);
        if !process.picks.is_empty() && !picks {
            self.wrong(owner, "problems are picked at a question with choices");
        }
    }

    fn process_step(&mut self, owner: Owner<'_>, process: &Process, step: &Step) {
        let states = step.from.iter().chain(&step.quiet);
        let to = [&step.to].into_iter().filter(|to| !to.is_empty());
        self.among(owner, states.chain(to), (&STATES, "no state"));
        let parties: Vec<&str> = PARTIES.into_iter().chain([EVERYBODY]).collect();
        self.among(owner, &step.by, (&parties, "no party"));
        let questions: Vec<&str> = process
            .questions
            .iter()
            .map(super::Question::code)
            .collect();
        self.among(owner, &step.asks, (&questions, "no question"));
        let due = step.due.as_str();
        let counted = due
            .strip_prefix('+')
            .is_some_and(|days| days.parse::<i64>().is_ok());
        let known = matches!(due, "" | "docket") || counted || self.scheme.day(due).is_some();
        if !known {
            self.wrong(owner, &format!("no date is named {due}"));
        }
        if !matches!(step.level.as_str(), "" | "normal" | "major") {
            self.wrong(owner, &format!("no level {}", step.level));
        }
    }
}
