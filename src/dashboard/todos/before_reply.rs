//! Plans on their way to the reply: to be written, mended, sent, approved of,
//! checked, replied to and begun.

use chrono::{NaiveDate, TimeDelta};

use crate::access::{Actor, Role};
use crate::clock::shanghai;
use crate::dashboard::todos::Todo;
use crate::database::Db;
use crate::paths;
use crate::plan::approvals::rules::title;
use crate::plan::approvals::store as asked;
use crate::plan::draft::store::of_unit;
use crate::plan::review::acts::may_submit;
use crate::plan::review::store::plans_waiting;
use crate::plan::rules::State;
use crate::plan::store;
use crate::scheme::calendar::workdays_after;
use crate::web::{App, Error};

/// Days within which a plan is begun after its reply; the scheme sets none [D].
const BEGIN: i64 = 7;

type Todos = Vec<(NaiveDate, Todo)>;

/// The person's to-dos of this kind.
pub(in crate::dashboard) async fn todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Todos, Error> {
    match actor.role() {
        Role::UnitClerk | Role::UnitLeader => in_hand(db, app, actor, today).await,
        Role::OfficeClerk => with_office(db, app, (State::Submitted, "受理实施方案"), today).await,
        Role::OfficeLeader => {
            with_office(db, app, (State::UnderReview, "审批实施方案"), today).await
        }
        role if role.is_specialist() => approving(db, app, actor, today).await,
        _ => Ok(Vec::new()),
    }
}

/// What the unit has in hand. The leader signs what is complete and begins what has
/// its reply; the clerk writes and mends.
async fn in_hand(db: &mut Db, app: &App, actor: &Actor, today: NaiveDate) -> Result<Todos, Error> {
    let plans = of_unit(db, actor.department()).await?;
    let leads = actor.role() == Role::UnitLeader;
    let drafts = plans.iter().any(|plan| plan.state != State::Approved);
    let complete = if leads && drafts {
        complete(db, app, actor, today).await?
    } else {
        Vec::new()
    };
    let by = app.scheme.campaign.parameters.plan_submit_due;
    let todos = plans.into_iter().filter_map(|plan| {
        let begin = plan.replied_on.unwrap_or(today) + TimeDelta::days(BEGIN);
        let (what, due) = match (plan.state, leads) {
            (State::Approved, true) => ("启动实施", begin),
            (_, true) if complete.contains(&plan.id) => ("报送实施方案", by),
            (State::Approved, false) | (_, true) => return None,
            (State::Returned, false) => ("补正被退回的实施方案", by),
            (_, false) => ("编制实施方案", by),
        };
        let href = paths::plan::PLAN.at(plan.association);
        Some((
            due,
            Todo::new(what, (plan.name, plan.unit), href, (due, today)),
        ))
    });
    Ok(todos.collect())
}

/// The plans in which nothing is missing, by key.
async fn complete(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<i64>, Error> {
    let plans = store::plans_in_hand(db, actor.department()).await?;
    let ids: Vec<i64> = plans.iter().map(|plan| plan.id).collect();
    let asked = asked::of_plans(db, &ids).await?;
    let complete = plans.iter().filter(|plan| {
        let own = asked.iter().filter(|other| other.plan == plan.id);
        let own: Vec<_> = own.map(|other| other.approval.clone()).collect();
        may_submit(&app.scheme, plan, &own, today).is_ok()
    });
    Ok(complete.map(|plan| plan.id).collect())
}

/// Plans with the office, in a state in which it is this person's turn.
async fn with_office(
    db: &mut Db,
    app: &App,
    (turn, what): (State, &str),
    today: NaiveDate,
) -> Result<Todos, Error> {
    let days = app.scheme.campaign.parameters.office_review_sla_workdays;
    let waiting = plans_waiting(db).await?;
    // What departments have not answered is theirs to do.
    let mine = waiting
        .into_iter()
        .filter(|plan| plan.state == turn && plan.pending == 0);
    let todos = mine.map(|plan| {
        let came = plan.submitted_at.with_timezone(&shanghai()).date_naive();
        let due = workdays_after(&app.scheme.campaign, came, days);
        let href = paths::plan::PLAN.at(plan.association);
        (
            due,
            Todo::new(what, (plan.name, plan.unit), href, (due, today)),
        )
    });
    Ok(todos.collect())
}

/// Prior approvals that wait for the person's department.
async fn approving(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Todos, Error> {
    let days = app.scheme.campaign.parameters.prior_approval_sla_workdays;
    let waiting = asked::waiting(db, actor.department()).await?;
    let todos = waiting.into_iter().map(|asked| {
        let due = workdays_after(&app.scheme.campaign, asked.requested_on, days);
        let href = paths::plan::APPROVAL.at(asked.association, asked.id);
        let what = format!("出具审批意见：{}", title(&app.scheme, &asked.code));
        (
            due,
            Todo::new(&what, (asked.name, asked.unit), href, (due, today)),
        )
    });
    Ok(todos.collect())
}
