//! 任职清理: people to clear and choices to carry out for the unit, approvals asked
//! for the organisation and human resources departments, posts arranged by an organ
//! for the office's head and the organisation department (PE-15). No names here.

use chrono::{NaiveDate, TimeDelta};

use crate::access::{Actor, Role};
use crate::dashboard::pages::workbench::Todo;
use crate::posts::store::{self, Pressing, Wanted};
use crate::scheme::calendar::workdays_after;
use crate::web::{App, Error};

/// The person's to-dos in the registers of posts: one question.
pub(in crate::dashboard) async fn todos(
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
    let parameters = &app.scheme.campaign.parameters;
    let role = actor.role();
    let near = today + TimeDelta::days(parameters.warn_days);
    let wanted = Wanted {
        asked: matches!(role, Role::OrgDept | Role::Hrss),
        to_clear: (role == Role::UnitClerk).then(|| (actor.department(), near)),
        arranged_from: matches!(role, Role::OfficeLeader | Role::OrgDept)
            .then_some(parameters.issue_date),
    };
    if !wanted.asked && wanted.to_clear.is_none() && wanted.arranged_from.is_none() {
        return Ok(Vec::new());
    }
    let rows = store::pressing(pool, campaign, wanted).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let due = due(app, &row, today);
            let href = format!("/associations/{}/posts/{}", row.association, row.id);
            let title = format!("{}：台账人员第{}号", what(&row), row.number);
            let whose = (row.name, row.department);
            (due, Todo::new(&title, whose, href, (due, today)))
        })
        .collect())
}

fn what(row: &Pressing) -> &'static str {
    match (row.why.as_str(), row.choice.as_deref()) {
        ("asked", _) => "审批或备案任职",
        ("arranged", _) => "纠正机关推荐、安排的任职",
        (_, Some("stay")) if row.chooses => "办妥留任手续",
        (_, Some(_)) if row.chooses => "登记安置文件",
        _ if row.chooses => "登记本人去留选择",
        _ if row.resign_by.is_none() => "确定辞去时限",
        _ => "督促辞去兼任职务",
    }
}

fn due(app: &App, row: &Pressing, today: NaiveDate) -> NaiveDate {
    let parameters = &app.scheme.campaign.parameters;
    match (row.why.as_str(), row.asked_on) {
        ("asked", Some(asked)) => {
            let days = parameters.prior_approval_sla_workdays;
            workdays_after(&app.scheme.campaign, asked, days)
        }
        ("arranged", _) => today,
        _ => row
            .resign_by
            .filter(|_| !row.chooses)
            .unwrap_or(parameters.implement_due),
    }
}
