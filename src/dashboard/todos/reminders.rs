//! 催办 on the workbench: notices to sign for, 督办单 that wait for the person, and
//! how much has changed since they were last here.

use chrono::NaiveDate;

use crate::access::{Actor, Role, Scope as Reach};
use crate::dashboard::todos::Todo;
use crate::database::Db;
use crate::paths;
use crate::scheme::calendar::workdays_after;
use crate::timeline::store::reminders::{Waiting, waiting};
use crate::timeline::store::{Within, unseen};
use crate::web::{App, Error};

/// Working days within which the office signs and closes [D].
const DAYS: i64 = 2;

/// A notice to sign for.
pub struct Received {
    /// Its key.
    pub id: i64,
    /// Who sent it.
    pub sender: String,
    /// When.
    pub on: NaiveDate,
    /// How many matters.
    pub matters: i64,
}

/// What waits.
pub struct Inbox {
    /// Notices to sign for.
    pub received: Vec<Received>,
    /// 督办单 with their days.
    pub(in crate::dashboard) orders: Vec<(NaiveDate, Todo)>,
    /// How much others did since the last visit; none: the person has no such page.
    pub changes: Option<i64>,
}

/// What waits for a person.
pub async fn of(db: &mut Db, app: &App, actor: &Actor, today: NaiveDate) -> Result<Inbox, Error> {
    let role = actor.role();
    let changes = if matches!(role, Role::Sysadmin | Role::Superior) {
        None
    } else {
        let within = Within::of(Reach::of(actor), &app.scheme);
        Some(unseen(db, within, actor.account, today).await?)
    };
    let own = (!role.is_office()).then(|| actor.department().0);
    let rows = if role.is_office() || role.is_unit() || role.is_specialist() {
        waiting(db, own).await?
    } else {
        Vec::new()
    };
    let received = rows.iter().filter_map(|row| {
        Some(Received {
            id: row.reminder?,
            sender: row.sender.clone(),
            on: row.on,
            matters: row.matters,
        })
    });
    Ok(Inbox {
        received: received.collect(),
        orders: rows
            .iter()
            .filter_map(|row| order(app, role, row, today))
            .collect(),
        changes,
    })
}

/// What a 督办单 asks of this person now.
fn order(app: &App, role: Role, row: &Waiting, today: NaiveDate) -> Option<(NaiveDate, Todo)> {
    let id = row.order?;
    let soon = workdays_after(&app.scheme.campaign, row.on, DAYS);
    let (title, due) = match (row.state.as_str(), role) {
        ("draft", Role::OfficeLeader) => ("签发督办单", soon),
        ("answered", role) if role.is_office() => ("审核办理情况、办结督办单", row.due?),
        ("signed", role) if role.is_office() || role == Role::UnitClerk => return None,
        ("signed", _) if row.acknowledged => ("报告督办事项办理情况", row.due?),
        ("signed", _) => ("签收督办单并报告办理情况", row.due?),
        _ => return None,
    };
    let number = row.number.clone().unwrap_or_else(|| "（拟稿）".to_owned());
    let title = format!("{title}{number}，{}项", row.matters);
    let whose = ("—".to_owned(), row.department.clone());
    let href = paths::timeline::ORDER.at(id);
    Some((due, Todo::new(&title, whose, href, (due, today))))
}
