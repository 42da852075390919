//! Exits to sign and decide, requests to amend the list, additions to the list that are due (TC-17), checklists
//! to bring up to a new survey (TC-39), new associations to check (NA-3).

use chrono::NaiveDate;

use crate::access::{Actor, Role, Scope as Reach};
use crate::dashboard::todos::Todo;
use crate::database::Db;
use crate::exits::rules::State;
use crate::exits::store as exits;
use crate::paths;
use crate::progress::store::revisions;
use crate::registry::store::founding;
use crate::roster::rules::amendments::Standing;
use crate::roster::rules::requests::State as Asked;
use crate::roster::store::{amendments, requests};
use crate::scheme::calendar::workdays_after;
use crate::web::{App, Error};

/// Working days within which these are done; the scheme sets none [D].
const DAYS: i64 = 5;

/// The person's to-dos of these kinds.
pub(in crate::dashboard) async fn todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let mut found = Vec::new();
    let role = actor.role();
    if matches!(role, Role::UnitLeader | Role::CivilReg) {
        found.extend(exit_todos(db, app, actor, today).await?);
    }
    if matches!(role, Role::UnitLeader | Role::OfficeLeader) {
        found.extend(revision_todos(db, app, actor, today).await?);
    }
    if role == Role::OfficeLeader {
        found.extend(amendment_todos(db, app, today).await?);
    }
    if matches!(role, Role::UnitLeader | Role::OfficeLeader) {
        found.extend(request_todos(db, app, actor, today).await?);
    }
    if role == Role::CivilReg {
        found.extend(founding_todos(db, app, today).await?);
    }
    Ok(found)
}

async fn exit_todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let (state, title) = if actor.role() == Role::CivilReg {
        (State::Proposed, "决定协会退出")
    } else {
        (State::Draft, "报送协会退出建议")
    };
    let cases = exits::exits(db, Reach::of(actor)).await?;
    let todos = cases.into_iter().filter(|case| case.state == state);
    Ok(todos
        .map(|case| {
            let from = case.proposed_on.unwrap_or(today);
            let due = workdays_after(&app.scheme.campaign, from, DAYS);
            let href = paths::exits::EXIT.at(case.association);
            let whose = (case.name, case.unit);
            (due, Todo::new(title, whose, href, (due, today)))
        })
        .collect())
}

async fn revision_todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let rows = revisions::outdated(db, Reach::of(actor)).await?;
    let todos = rows.into_iter().map(|list| {
        let due = workdays_after(&app.scheme.campaign, list.confirmed_on, DAYS);
        let href = paths::progress::REVISION.at(list.association);
        let title = "按新版摸底调查调整清单";
        (
            due,
            Todo::new(title, (list.name, list.unit), href, (due, today)),
        )
    });
    Ok(todos.collect())
}

/// TC-17: computed, so that it goes away by itself once the list is amended.
async fn amendment_todos(
    db: &mut Db,
    app: &App,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let parameters = &app.scheme.campaign.parameters;
    let standings = amendments::standings(db, parameters, None).await?;
    let due = workdays_after(&app.scheme.campaign, today, DAYS);
    let todos = standings
        .into_iter()
        .filter(Standing::must_be_added)
        .map(|each| {
            let href = paths::exits::NEW_AMENDMENT.to_string();
            let title = "名单增补：涉及财政拨款";
            let whose = (each.name, each.unit);
            (due, Todo::new(title, whose, href, (due, today)))
        });
    Ok(todos.collect())
}

/// Requests to amend the list: a unit's leader signs, the office's head decides.
async fn request_todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let state = if actor.role() == Role::OfficeLeader {
        Asked::Proposed
    } else {
        Asked::Draft
    };
    let rows = requests::in_state(db, Reach::of(actor), state).await?;
    let todos = rows
        .into_iter()
        .filter(|row| state == Asked::Proposed || !row.from_office);
    Ok(todos
        .map(|row| {
            let from = row.proposed_on.unwrap_or(today);
            let due = workdays_after(&app.scheme.campaign, from, DAYS);
            let href = paths::exits::LISTING.at(row.association);
            let verb = if state == Asked::Proposed {
                "决定"
            } else {
                "报送"
            };
            let title = format!("{verb}名单调整申请：{}", row.change.label());
            (
                due,
                Todo::new(&title, (row.name, row.unit_name), href, (due, today)),
            )
        })
        .collect())
}

async fn founding_todos(
    db: &mut Db,
    app: &App,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let issued = app.scheme.campaign.parameters.issue_date;
    let due = workdays_after(&app.scheme.campaign, today, DAYS);
    let todos = founding::new_ones(db, issued)
        .await?
        .into_iter()
        .filter(|new| new.checked != Some((0, 0)))
        .map(|new| {
            let title = match new.checked {
                Some((failing, _)) if failing > 0 => "新设立协会：督促整改不符合项",
                _ => "新设立协会：核查",
            };
            let href = paths::posts::FOUNDING.at(new.id);
            (
                due,
                Todo::new(title, (new.name, new.unit), href, (due, today)),
            )
        });
    Ok(todos.collect())
}
