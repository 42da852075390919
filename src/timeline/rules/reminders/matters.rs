//! The matters that may be reminded of, from what is on record.

use chrono::{NaiveDate, TimeDelta};

use super::{Ground, Kind, Matter};
use crate::paths;
use crate::plan::approvals::rules as approvals;
use crate::scheme::Scheme;
use crate::scheme::calendar::workdays_after;

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

/// An open item of a checklist.
#[derive(Debug, Clone)]
pub struct ItemRow {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// The responsible unit.
    pub department: i64,
    /// T1-01 …
    pub measure: String,
    /// Its deadline.
    pub deadline: NaiveDate,
    /// When it was reported, where it waits for a verification.
    pub reported_on: Option<NaiveDate>,
}

/// A prior approval that was asked for.
#[derive(Debug, Clone)]
pub struct ApprovalRow {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// The department asked.
    pub department: i64,
    /// PA-1 …
    pub code: String,
    /// When it was asked for.
    pub requested_on: NaiveDate,
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

/// What matters are derived from.
pub struct Sources<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The day.
    pub today: NaiveDate,
    /// Open items.
    pub items: &'a [ItemRow],
    /// Prior approvals asked for.
    pub approvals: &'a [ApprovalRow],
    /// The units' tasks.
    pub tasks: &'a [TaskRow],
    /// All departments.
    pub offices: &'a [Office],
}

/// All matters that are late or due within the days of warning, the latest first.
#[must_use]
pub fn derive(sources: &Sources<'_>) -> Vec<Matter> {
    let parameters = &sources.scheme.campaign.parameters;
    let soon = sources.today + TimeDelta::days(parameters.warn_days);
    let mut matters: Vec<Matter> = sources
        .items
        .iter()
        .flat_map(|row| of_item(sources, row))
        .chain(sources.approvals.iter().map(|row| approval(sources, row)))
        .filter(|matter| matter.deadline <= soon)
        .collect();
    let tasks = sources.tasks.iter().filter(|row| row.due <= soon);
    matters.extend(tasks.filter_map(|row| task(sources.scheme, row)));
    matters.sort_by(|one, other| {
        let order = |matter: &Matter| (matter.deadline, matter.holder);
        order(one)
            .cmp(&order(other))
            .then_with(|| one.key.cmp(&other.key))
    });
    matters
}

/// A reported item is with the departments that verify it, one of whom is enough;
/// before that it is with the unit.
fn of_item(sources: &Sources<'_>, row: &ItemRow) -> Vec<Matter> {
    let scheme = sources.scheme;
    let parameters = &scheme.campaign.parameters;
    let measure = scheme.measure(&row.measure);
    let text = measure.map_or("", |measure| measure.text.as_str());
    let make = |kind: Kind, ground, holder, deadline| Matter {
        key: format!("{}:{}", kind.key(), row.id),
        kind,
        ground,
        holder,
        measure: row.measure.clone(),
        title: format!("{} {text}", row.measure),
        subject: row.name.clone(),
        href: paths::progress::ITEM.at(row.association, row.id),
        deadline,
    };
    let Some(reported) = row.reported_on else {
        let ground = if row.deadline > parameters.implement_due {
            Ground::Lawful
        } else {
            Ground::Own
        };
        return vec![make(Kind::Item, ground, row.department, row.deadline)];
    };
    let days = parameters.prior_approval_sla_workdays;
    let deadline = workdays_after(&scheme.campaign, reported, days);
    let verifies = |office: &&Office| {
        measure.is_some_and(|measure| {
            let mut codes = office.competences.iter();
            codes.any(|code| measure.verify.contains(code))
        })
    };
    let offices: Vec<&Office> = sources.offices.iter().filter(verifies).collect();
    offices
        .iter()
        .map(|office| {
            let ground = Ground::Verification;
            let mut matter = make(Kind::Verification, ground, office.id, deadline);
            matter.title.push_str(&jointly(&offices, office));
            matter
        })
        .collect()
}

/// The scheme names some tracks' departments without an order among them: both hold
/// the item until one of them has verified it, and each is told so.
fn jointly(offices: &[&Office], own: &Office) -> String {
    let others: Vec<&str> = offices
        .iter()
        .filter(|office| office.id != own.id)
        .map(|office| office.name.as_str())
        .collect();
    if others.is_empty() {
        String::new()
    } else {
        format!("（{}也可核实，一家核实即可）", others.join("、"))
    }
}

fn approval(sources: &Sources<'_>, row: &ApprovalRow) -> Matter {
    let campaign = &sources.scheme.campaign;
    let days = campaign.parameters.prior_approval_sla_workdays;
    Matter {
        key: format!("{}:{}", Kind::Approval.key(), row.id),
        kind: Kind::Approval,
        ground: Ground::Approval,
        holder: row.department,
        measure: String::new(),
        title: approvals::title(sources.scheme, &row.code),
        subject: row.name.clone(),
        href: paths::plan::APPROVAL.at(row.association, row.id),
        deadline: workdays_after(campaign, row.requested_on, days),
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
