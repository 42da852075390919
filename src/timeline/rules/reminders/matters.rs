//! The matters that may be reminded of, from what is on record.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Matter;
use crate::access::{Case as _, Role};
use crate::holdings::rules::book::Entry;
use crate::paths;
use crate::plan::approvals::rules::Approval;
use crate::plan::conditions::store::Condition;
use crate::plan::notices::store::Notice;
use crate::scheme::Scheme;

crate::words! {
    /// What kind of matter it is.
    pub enum Kind {
        /// A unit's own task.
        Task = "task", "单位任务";
        /// An item of a checklist.
        Item = "item", "清单事项";
        /// A reported item that waits for a department.
        Verification = "verify", "清单事项核实";
        /// A prior approval.
        Approval = "approval", "前置审批";
        /// A condition of a reply.
        Condition = "condition", "批复条件";
        /// A notice to a department with a tie.
        Notice = "notice", "终止关系通报";
        /// An entry of a register: assets, appropriations, rooms.
        Register = "register", "资产和用房";
        /// A person's post, or the register of posts.
        Post = "post", "任职清理";
        /// Whatever else lies on somebody's desk.
        Other = "other", "其他事项";
    }
}

crate::words! {
    /// Why it is open.
    pub enum Ground {
        /// The responsible unit has it.
        Own = "own", "本单位办理";
        /// It waits for a department's verification.
        Verification = "verification", "等部门核实";
        /// It waits for a department's approval.
        Approval = "approval", "等部门审批";
        /// It waits for a department's decision or answer.
        Department = "department", "等部门办理";
        /// Law or an approved extension gives it a day of its own.
        Lawful = "lawful", "法定另限";
    }
}

impl Kind {
    /// Of a case of the desk that is neither an item nor a unit's task.
    #[must_use]
    pub fn of(case: &str) -> Self {
        match case {
            Approval::KIND => Self::Approval,
            Condition::KIND => Self::Condition,
            Notice::KIND => Self::Notice,
            Entry::KIND => Self::Register,
            "post" | "post_register" => Self::Post,
            _ => Self::Other,
        }
    }
}

/// A unit's part in a task that it answers for as a whole, as it lies on the unit's desk.
/// Items and approvals are matters of their own.
#[derive(Debug, Clone)]
pub struct TaskRow {
    /// What is measured of the task.
    pub measured: String,
    /// The unit.
    pub unit: i64,
    /// How many matters are open in it.
    pub open: i64,
    /// The earliest day.
    pub due: NaiveDate,
}

/// An item of a checklist in one pair of hands.
#[derive(Debug, Clone)]
pub struct ItemRow {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// Who has it.
    pub holder: i64,
    /// T1-01 …
    pub measure: String,
    /// Its deadline is one of the document, of a statute, or an approved exception.
    pub lawful: bool,
    /// The end of the clock of whoever has it.
    pub due: NaiveDate,
    /// It was reported, and waits for a verification.
    pub reported: bool,
}

/// Any other row of the desk.
#[derive(Debug, Clone)]
pub struct OtherRow {
    /// What kind of case it is.
    pub kind: String,
    /// Its key.
    pub case: i64,
    /// Who has it.
    pub holder: i64,
    /// In which role.
    pub role: Role,
    /// What is to be done.
    pub title: String,
    /// The association's key.
    pub association: Option<i64>,
    /// The association.
    pub subject: String,
    /// Where.
    pub href: String,
    /// The end of this day.
    pub due: NaiveDate,
}

/// A department with its competences.
#[derive(Debug, Clone)]
pub struct Office {
    /// Its key.
    pub id: i64,
    /// Its short name.
    pub name: String,
    /// Its full name.
    pub full_name: String,
    /// BB, CZ, …
    pub competences: Vec<String>,
}

/// What matters are derived from: what lies on the desks of units and departments.
pub struct Sources<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// Items of checklists.
    pub items: &'a [ItemRow],
    /// The units' tasks.
    pub tasks: &'a [TaskRow],
    /// All else.
    pub others: &'a [OtherRow],
    /// All departments.
    pub offices: &'a [Office],
}

/// The matters, the latest first. What clerk and leader of a department both have is one.
#[must_use]
pub fn derive(sources: &Sources<'_>) -> Vec<Matter> {
    let items = sources.items.iter().map(|row| item(sources, row));
    let tasks = sources.tasks.iter();
    let tasks = tasks.filter_map(|row| task(sources.scheme, row));
    let others = sources.others.iter().map(other);
    let mut matters: Vec<Matter> = items.chain(tasks).chain(others).collect();
    matters.sort_by(|one, other| {
        let order = |matter: &Matter| (matter.deadline, matter.holder);
        order(one)
            .cmp(&order(other))
            .then_with(|| one.key.cmp(&other.key))
    });
    let mut known = BTreeSet::new();
    matters.retain(|matter| known.insert((matter.holder, matter.key.clone())));
    matters
}

/// A reported item is with the departments that verify it, one of whom is enough;
/// before that it is with the unit.
fn item(sources: &Sources<'_>, row: &ItemRow) -> Matter {
    let scheme = sources.scheme;
    let measure = scheme.measure(&row.measure);
    let mut title = format!(
        "{} {}",
        row.measure,
        measure.map_or("", |measure| measure.text.as_str())
    );
    let (kind, ground) = if row.reported {
        (Kind::Verification, Ground::Verification)
    } else if row.lawful {
        (Kind::Item, Ground::Lawful)
    } else {
        (Kind::Item, Ground::Own)
    };
    if row.reported {
        let codes = measure.map_or(&[][..], |measure| &measure.verify);
        title.push_str(&jointly(sources.offices, codes, row.holder));
    }
    Matter {
        key: format!("{}:{}", kind.key(), row.id),
        kind,
        ground,
        holder: row.holder,
        measure: row.measure.clone(),
        title,
        association: Some(row.association),
        subject: row.name.clone(),
        href: paths::progress::ITEM.at(row.association, row.id),
        deadline: row.due,
    }
}

/// The scheme names some tracks' departments without an order among them: both hold
/// the item until one of them has verified it, and each is told so.
fn jointly(offices: &[Office], codes: &[String], own: i64) -> String {
    let verifies = |office: &&Office| {
        let mut competences = office.competences.iter();
        competences.any(|code| codes.contains(code))
    };
    let others = offices.iter().filter(verifies);
    let others: Vec<&str> = others
        .filter(|office| office.id != own)
        .map(|office| office.name.as_str())
        .collect();
    if others.is_empty() {
        String::new()
    } else {
        format!("（{}也可核实，一家核实即可）", others.join("、"))
    }
}

fn other(row: &OtherRow) -> Matter {
    let kind = Kind::of(&row.kind);
    let ground = match kind {
        _ if row.role.is_unit() => Ground::Own,
        Kind::Approval => Ground::Approval,
        _ => Ground::Department,
    };
    Matter {
        key: format!("{}:{}", row.kind, row.case),
        kind,
        ground,
        holder: row.holder,
        measure: String::new(),
        title: row.title.clone(),
        association: row.association,
        subject: row.subject.clone(),
        href: row.href.clone(),
        deadline: row.due,
    }
}

fn task(scheme: &Scheme, row: &TaskRow) -> Option<Matter> {
    let mut tasks = scheme.timeline.tasks.iter();
    let task = tasks.find(|task| task.measured == row.measured)?;
    let code = task.code();
    Some(Matter {
        key: format!("{}:{code}", Kind::Task.key()),
        kind: Kind::Task,
        ground: Ground::Own,
        holder: row.unit,
        measure: String::new(),
        title: format!("{code} {}", task.text),
        association: None,
        subject: if row.open == 1 {
            "尚未办结".to_owned()
        } else {
            format!("未办结{}个", row.open)
        },
        href: task_href(code, row.unit),
        deadline: row.due,
    })
}

/// Where a unit deals with a task of its own.
fn task_href(code: &str, unit: i64) -> String {
    match code {
        "PH-01" | "PH-02" | "PH-03" | "PH-04" => paths::workgroups::WORKGROUP.at(unit),
        "PH-07" => paths::roster::RECOMMENDATIONS.at(unit),
        "PH-11" => paths::plan::WAITING_APPROVALS.to_string(),
        code => paths::timeline::TASK.at(code),
    }
}
