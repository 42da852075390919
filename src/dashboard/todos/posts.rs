//! 任职清理, each step at the desk of who must take it: the unit's clerk enters choices,
//! deadlines and resignations, its leader asks for approvals and declares registers, the
//! departments of cadres decide, the office's clerk presses where a day is over, and its
//! head corrects what an organ arranged (PE-15). No names here.

use chrono::{NaiveDate, TimeDelta};

use crate::access::{Actor, Role, Scope};
use crate::dashboard::todos::Todo;
use crate::database::Db;
use crate::paths;
use crate::posts::rules::{Holder, Limits, Step, steps};
use crate::posts::store::{self, Candidate};
use crate::scheme::calendar::workdays_after;
use crate::web::{App, Error};

/// To-dos shown; the register has them all.
const MOST: usize = 50;

/// Who sees a step, given whether its day is near and whether it is over.
fn is_for(role: Role, step: Step, (near, over): (bool, bool)) -> bool {
    match (role, step) {
        (Role::UnitClerk, Step::Choose | Step::Stay | Step::Place | Step::Limit)
        | (Role::UnitLeader, Step::Ask)
        | (Role::OrgDept | Role::Hrss, Step::Decide(_))
        | (Role::OrgDept | Role::OfficeLeader, Step::Arranged) => true,
        (Role::UnitClerk, Step::Resign(_)) => near,
        (Role::OfficeClerk, Step::Arranged) => false,
        (Role::OfficeClerk, _) => over,
        _ => false,
    }
}

/// The person's to-dos in the registers of posts.
pub(in crate::dashboard) async fn todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let role = actor.role();
    let concerned = matches!(
        role,
        Role::UnitClerk
            | Role::UnitLeader
            | Role::OrgDept
            | Role::Hrss
            | Role::OfficeClerk
            | Role::OfficeLeader
    );
    if !concerned {
        return Ok(Vec::new());
    }
    let parameters = &app.scheme.campaign.parameters;
    let limits = Limits::of(parameters);
    let near = today + TimeDelta::days(parameters.warn_days);
    let rows = store::candidates(db, Scope::of(actor)).await?;
    let mut todos = Vec::new();
    for register in rows.chunk_by(|one, other| one.association == other.association) {
        let mut open = false;
        for (row, holder) in register
            .iter()
            .filter_map(|row| Some((row, row.holder.as_ref()?)))
        {
            for step in steps(holder, &limits, today) {
                open = true;
                let due = due(app, step);
                if is_for(role, step, (due <= near, due < today)) {
                    todos.push((due, todo(role, (row, holder), step, (due, today))));
                }
            }
        }
        if let (Role::UnitLeader, false, Some(first)) = (role, open, register.first())
            && first.undeclared
        {
            let due = parameters.implement_due;
            todos.push((due, declaration(first, (due, today))));
        }
    }
    todos.sort_by_key(|(due, _)| *due);
    todos.truncate(MOST);
    Ok(todos)
}

fn todo(
    role: Role,
    (row, holder): (&Candidate, &Holder),
    step: Step,
    day: (NaiveDate, NaiveDate),
) -> Todo {
    let href = paths::posts::POST.at(row.association, holder.id);
    let (what, number) = (step.label(), holder.number);
    let title = if role == Role::OfficeClerk {
        format!("逾期未办，请催办——{what}：台账人员第{number}号")
    } else {
        format!("{what}：台账人员第{number}号")
    };
    Todo::new(
        &title,
        (row.name.clone(), row.department.clone()),
        href,
        day,
    )
}

/// A register on which nothing is left to be done, to be declared by the leader.
fn declaration(row: &Candidate, day: (NaiveDate, NaiveDate)) -> Todo {
    let title = if row.returned {
        "核对退回的任职清理台账，重新报送"
    } else {
        "核对并报送任职清理台账"
    };
    let href = paths::posts::POSTS.at(row.association);
    Todo::new(title, (row.name.clone(), row.department.clone()), href, day)
}

fn due(app: &App, step: Step) -> NaiveDate {
    let parameters = &app.scheme.campaign.parameters;
    match step {
        Step::Decide(asked) => {
            let days = parameters.prior_approval_sla_workdays;
            workdays_after(&app.scheme.campaign, asked, days)
        }
        Step::Resign(by) => by,
        Step::Arranged => app.clock.today(),
        // PE-14, PE-16: everything is carried out by the end of the five separations.
        Step::Ask | Step::Choose | Step::Stay | Step::Place | Step::Limit => {
            parameters.implement_due
        }
    }
}
