//! Processes (办件) as data: what a docket asks, who has it in which state, what they do with
//! it, by when, and in which words (domain 10; acts.md 6). Another kind of report is another
//! piece of this file and no code.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use toml::Spanned;

use super::survey::{Choice, Question};

/// States in which a docket can be; the machine is `oversight::rules::STEPS`.
pub const STATES: [&str; 10] = [
    "draft",
    "handling",
    "sent",
    "assigned",
    "answered",
    "decided",
    "done",
    "returned",
    "settled",
    "withdrawn",
];

/// Who can have a docket in hand: a role, or whoever stands in a relation to it.
pub const PARTIES: [&str; 17] = [
    "unit_clerk",
    "unit_leader",
    "office_clerk",
    "office_leader",
    "civil_reg",
    "civil_leader",
    "ndrc",
    "bianban",
    "finance",
    "jiguan",
    "org_dept",
    "hrss",
    "audit",
    // The department that it belongs to, as a specialist; as whatever it is.
    "lead",
    "owner",
    // Whom it was handed to; who raised it.
    "handler",
    "finder",
];
/// Everybody with business of the campaign, associations included.
pub const EVERYBODY: &str = "everybody";

/// Tables that are counted for a docket, by name.
pub const FIGURES: [&str; 4] = ["tracks", "problems", "visit_sample", "audit_sample"];
/// What is shown above the list of a process, by name.
pub const ABOVE: [&str; 3] = ["basis", "coverage", "gaps"];
/// What acts of a process do besides, by name.
pub const EFFECTS: [&str; 6] = [
    "problem",
    "policy",
    "visit_round",
    "visit",
    "audit_sample",
    "audit_check",
];
/// What the docket's own row keeps of an answer.
pub const KEEPS: [&str; 8] = [
    "title", "level", "handler", "due", "from", "policy", "concerns", "problems",
];

/// All processes, and the pages on which they are listed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Processes {
    /// Pages.
    #[serde(rename = "group")]
    pub groups: Vec<Group>,
    /// Processes, in the order of their pages.
    #[serde(rename = "process")]
    pub processes: Vec<Process>,
    /// Inherited processes that this scheme does not have.
    #[serde(rename = "drop", default)]
    pub drops: Vec<Drop>,
}

/// An inherited process that a scheme does not have.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Drop {
    /// Its code.
    pub process: String,
}

impl Processes {
    /// Of a file that is followed by the inherited one: its own pieces go first, and what it
    /// drops is not there.
    pub(super) fn own_first(&mut self) {
        let mut groups = BTreeSet::new();
        self.groups
            .retain(|group| groups.insert(group.code.clone()));
        let mut codes: BTreeSet<String> =
            self.drops.iter().map(|drop| drop.process.clone()).collect();
        self.processes
            .retain(|process| codes.insert(process.code().to_owned()));
    }
}

/// A page with lists of processes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// The page's address without its slash.
    pub code: String,
    /// Its title.
    pub title: String,
}

/// Of whom a docket is there by itself from the day on which it opens.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Each {
    /// Of nobody: somebody begins it.
    #[default]
    None,
    /// Of each supervising unit.
    Unit,
    /// Of each supporting document, at its lead department.
    Policy,
}

/// Whether a docket is about an association.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// Never.
    #[default]
    Never,
    /// Where one is named.
    Perhaps,
    /// Always.
    Always,
}

/// A process.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Process {
    code: Spanned<String>,
    /// The page on which it is listed.
    pub group: String,
    /// What its dockets are called.
    pub title: String,
    /// What it is for, in a sentence or two.
    #[serde(default)]
    pub lead: String,
    /// Section of the scheme.
    pub basis: String,
    /// Who may begin one.
    #[serde(default)]
    pub begin: Vec<String>,
    /// Who reads all of them, besides those who have to do with one.
    #[serde(default)]
    pub reads: Vec<String>,
    /// Whether nobody but those who write and decide it reads it before it is settled.
    #[serde(default)]
    pub secret: bool,
    /// Of whom one is there by itself.
    #[serde(default)]
    pub each: Each,
    /// Whether one is there for each week.
    #[serde(default)]
    pub weekly: bool,
    /// The yes-or-no parameter that turns it on; empty: it is always on.
    #[serde(default)]
    pub option: String,
    /// From which day on, as the timeline writes days.
    #[serde(default)]
    pub from: String,
    /// By which day.
    #[serde(default)]
    pub due: String,
    /// Whether it is about an association.
    #[serde(default)]
    pub association: About,
    /// What is said where the unit has no listed association and reports that alone.
    #[serde(default)]
    pub nil: String,
    /// What its acts do besides, one of [`EFFECTS`].
    #[serde(default)]
    pub effect: String,
    /// Tables that are counted while it is drafted and frozen with the signature.
    #[serde(default)]
    pub figures: Vec<String>,
    /// The question at which open problems are picked.
    #[serde(default)]
    pub picks: String,
    /// What is shown above its list, of [`ABOVE`].
    #[serde(default)]
    pub above: Vec<String>,
    /// What is attached, as the form calls it; empty: nothing.
    #[serde(default)]
    pub files: String,
    /// States that count as done on the timeline.
    #[serde(default)]
    pub done: Vec<String>,
    /// Words of its states, where they are not the general ones.
    #[serde(default)]
    pub words: BTreeMap<String, String>,
    /// Columns of its list: a question or one of the row's own, and the heading.
    #[serde(default)]
    pub columns: Vec<Choice>,
    /// Its questions; those that no step asks are asked when it is written.
    #[serde(rename = "question", default)]
    pub questions: Vec<Question>,
    /// What is done with it.
    #[serde(rename = "step", default)]
    pub steps: Vec<Step>,
}

/// Something that is done with a docket.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// The act's stable name.
    pub act: String,
    /// In which states.
    pub from: Vec<String>,
    /// Into which state; empty: it stays.
    #[serde(default)]
    pub to: String,
    /// Who does it.
    pub by: Vec<String>,
    /// What the button says.
    pub label: String,
    /// What lies on the desk until it is done; empty: nothing waits for it.
    #[serde(default)]
    pub todo: String,
    /// States in which it may be done and is nobody's duty yet.
    #[serde(default)]
    pub quiet: Vec<String>,
    /// By when: the docket's own day (`docket`), so many working days (`+2`), a named date.
    #[serde(default)]
    pub due: String,
    /// Only dockets of this level: `normal`, `major`.
    #[serde(default)]
    pub level: String,
    /// Questions that it asks.
    #[serde(default)]
    pub asks: Vec<String>,
    /// Whether it asks for what is to be mended in each part.
    #[serde(default)]
    pub by_part: bool,
}

impl Process {
    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.get_ref()
    }

    /// Where the code stands in its file, in bytes.
    #[must_use]
    pub fn position(&self) -> usize {
        self.code.span().start
    }

    /// Questions that are asked when it is written.
    pub fn written(&self) -> impl Iterator<Item = &Question> {
        let asked = |code: &str| {
            let mut steps = self.steps.iter();
            steps.any(|step| step.asks.iter().any(|each| each == code))
        };
        self.questions
            .iter()
            .filter(move |question| !asked(question.code()) && question.keeps != "policy")
    }

    /// Questions of a step, in the order in which it names them.
    #[must_use]
    pub fn asked(&self, step: &Step) -> Vec<Question> {
        let find = |code: &String| self.question(code).cloned();
        step.asks.iter().filter_map(find).collect()
    }

    /// A question by its code.
    #[must_use]
    pub fn question(&self, code: &str) -> Option<&Question> {
        let mut all = self.questions.iter();
        all.find(|question| question.code() == code)
    }

    /// The question of which the row keeps the answer under a name.
    pub fn keeping(&self, name: &str) -> impl Iterator<Item = &Question> {
        let name = name.to_owned();
        let all = self.questions.iter();
        all.filter(move |question| question.keeps == name)
    }

    /// The step of an act in a state, for a docket of a level.
    #[must_use]
    pub fn step(&self, act: &str, state: &str, level: &str) -> Option<&Step> {
        let mut all = self.steps.iter();
        all.find(|step| {
            step.act == act
                && step.from.iter().any(|from| from == state)
                && (step.level.is_empty() || step.level == level)
        })
    }

    /// Steps that are open in a state.
    pub fn open<'p>(&'p self, state: &'p str, level: &'p str) -> impl Iterator<Item = &'p Step> {
        self.steps.iter().filter(move |step| {
            step.from.iter().any(|from| from == state)
                && (step.level.is_empty() || step.level == level)
        })
    }
}
