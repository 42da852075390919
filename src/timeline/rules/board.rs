//! All tasks with their state, who holds the late ones, what blocks which: one
//! value, from which the picture, the table and the reminders are drawn.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::progress::lights::Light;
use crate::scheme::Scheme;
use crate::scheme::timeline::Task;

use super::state::{self, Facts, State, Window};

/// What is on record of one task.
#[derive(Debug, Clone, Default)]
pub struct Measured {
    /// By department: its facts.
    pub by: Vec<(i64, Facts)>,
}

/// The window of a task that was moved.
#[derive(Debug, Clone, Copy)]
pub struct MovedWindow {
    /// As it was before the first move.
    pub first: Window,
    /// As the newest move has it.
    pub now: Window,
}

/// What the board is made from.
pub struct Shape<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// Windows that were moved, by task.
    pub moved: &'a BTreeMap<String, MovedWindow>,
    /// What is on record, by task.
    pub facts: &'a BTreeMap<String, Measured>,
    /// Names of departments.
    pub names: &'a BTreeMap<i64, String>,
    /// The day.
    pub today: NaiveDate,
}

/// A department's part in a task.
#[derive(Debug, Clone)]
pub struct Holder {
    /// The department.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// What is on record.
    pub facts: Facts,
    /// Its state.
    pub state: State,
    /// Its light.
    pub light: Light,
}

/// A task with everything that is said of it.
#[derive(Debug, Clone)]
pub struct Line {
    /// PH-01 …
    pub code: String,
    /// Number of its phase; 0 beside them.
    pub phase: i64,
    /// What it is.
    pub text: String,
    /// unit, office, department, association.
    pub who: String,
    /// Section of the scheme.
    pub basis: String,
    /// When it may begin and must end, as moved.
    pub window: Window,
    /// The window as the scheme has it, where it was moved.
    pub moved_from: Option<Window>,
    /// What is on record, together.
    pub facts: Facts,
    /// Its state.
    pub state: State,
    /// Its light.
    pub light: Light,
    /// By department.
    pub holders: Vec<Holder>,
    /// Tasks that come before it and are not settled.
    pub blocked_by: Vec<String>,
}

/// All tasks.
#[derive(Debug, Clone)]
pub struct Board {
    /// In the order of the scheme.
    pub lines: Vec<Line>,
}

/// Who carries a task out, as pages say it.
#[must_use]
pub fn who_label(who: &str) -> &'static str {
    match who {
        "unit" => "业务主管单位",
        "office" => "脱钩办",
        "department" => "有关部门",
        _ => "协会",
    }
}

/// The window that the scheme itself gives a task.
#[must_use]
pub fn ordered(scheme: &Scheme, task: &Task) -> Window {
    let phase = scheme
        .timeline
        .phases
        .iter()
        .find(|phase| phase.number == task.phase)
        .and_then(|phase| scheme.day(&phase.from));
    let from = scheme
        .day(&task.from)
        .or(phase)
        .unwrap_or(scheme.campaign.parameters.issue_date);
    Window {
        from,
        due: scheme.day(&task.due),
    }
}

/// The window in force. A stage ends on the scheme's date as it stands, which moves
/// with the stage; other tasks end where they were moved to.
#[must_use]
pub fn in_force(scheme: &Scheme, task: &Task, moved: Option<&MovedWindow>) -> Window {
    let ordered = ordered(scheme, task);
    match moved {
        None => ordered,
        Some(moved) if scheme.is_stage_date(&task.due) => Window {
            from: moved.now.from,
            due: ordered.due,
        },
        Some(moved) => moved.now,
    }
}

impl Board {
    /// Computes the board of a day.
    #[must_use]
    pub fn new(shape: &Shape<'_>) -> Self {
        let tasks = &shape.scheme.timeline.tasks;
        let mut lines: Vec<Line> = tasks.iter().map(|task| line(shape, task)).collect();
        let open: BTreeMap<String, bool> = lines
            .iter()
            .map(|line| (line.code.clone(), !line.state.settled()))
            .collect();
        for (line, task) in lines.iter_mut().zip(tasks) {
            if line.state.settled() {
                continue;
            }
            line.blocked_by = task
                .after
                .iter()
                .filter(|before| open.get(*before).copied().unwrap_or(false))
                .cloned()
                .collect();
        }
        Self { lines }
    }

    /// A task by its code.
    #[must_use]
    pub fn line(&self, code: &str) -> Option<&Line> {
        self.lines.iter().find(|line| line.code == code)
    }
}

fn line(shape: &Shape<'_>, task: &Task) -> Line {
    let moved = shape.moved.get(task.code());
    let window = in_force(shape.scheme, task, moved);
    let measured = !task.measured.is_empty();
    let warn = shape.scheme.campaign.parameters.warn_days;
    let none = Measured::default();
    let found = shape.facts.get(task.code()).unwrap_or(&none);
    let judge = |facts: &Facts| {
        let state = state::state(measured, window, facts, shape.today);
        let light = state::light(state, window, facts, (shape.today, warn));
        (state, light)
    };
    let holders = found
        .by
        .iter()
        .map(|(id, facts)| {
            let (state, light) = judge(facts);
            Holder {
                id: *id,
                name: shape.names.get(id).cloned().unwrap_or_default(),
                facts: *facts,
                state,
                light,
            }
        })
        .collect();
    let facts = Facts::sum(found.by.iter().map(|(_, facts)| facts));
    let (state, light) = judge(&facts);
    Line {
        code: task.code().to_owned(),
        phase: task.phase,
        text: task.text.clone(),
        who: task.who.clone(),
        basis: task.basis.clone(),
        moved_from: moved.map(|moved| moved.first),
        window,
        facts,
        state,
        light,
        holders,
        blocked_by: Vec::new(),
    }
}

impl Line {
    /// Who carries it out, as pages say it.
    #[must_use]
    pub fn who_label(&self) -> &'static str {
        who_label(&self.who)
    }

    /// Departments whose part is late.
    pub fn late(&self) -> impl Iterator<Item = &Holder> {
        self.holders
            .iter()
            .filter(|holder| matches!(holder.state, State::Late(_)))
    }

    /// Who holds a late task, in words; empty where it is not late. What the
    /// office cannot do yet is with the units before it.
    #[must_use]
    pub fn held_by(&self) -> String {
        if !matches!(self.state, State::Late(_)) {
            return String::new();
        }
        if self.who != "office" {
            let late: Vec<&str> = self.late().map(|holder| holder.name.as_str()).collect();
            return late.join("、");
        }
        let open = self.facts.total - self.facts.done + self.facts.pending;
        let before: Vec<&str> = self
            .late()
            .filter(|holder| {
                let open = holder.facts.total - holder.facts.done + holder.facts.pending;
                holder.facts.waiting < open
            })
            .map(|holder| holder.name.as_str())
            .collect();
        let mut words = Vec::new();
        if self.facts.waiting > 0 {
            words.push(format!("脱钩办（待办{}个）", self.facts.waiting));
        }
        let elsewhere = open - self.facts.waiting;
        if elsewhere > 0 && !before.is_empty() {
            words.push(format!("{}（尚未报来{elsewhere}个）", before.join("、")));
        }
        words.join("；")
    }

    /// 完成 35/38; empty where there is nothing to count.
    #[must_use]
    pub fn count(&self) -> String {
        count(&self.facts)
    }
}

impl Holder {
    /// 完成 35/38; empty where there is nothing to count.
    #[must_use]
    pub fn count(&self) -> String {
        count(&self.facts)
    }
}

fn count(facts: &Facts) -> String {
    let pending = facts.pending;
    match (facts.total, pending) {
        (0, 0) => String::new(),
        (total, 0) => format!("{}/{total}", facts.done),
        (0, pending) => format!("{pending}个尚未启动"),
        (total, pending) => format!("{}/{total}，另有{pending}个尚未启动", facts.done),
    }
}
