//! What of plans under way waits for a person: conditions, changes, withdrawn
//! approvals, notices, later dates.

use chrono::NaiveDate;

use crate::access::{Actor, Role, Scope};
use crate::dashboard::todos::Todo;
use crate::database::Db;
use crate::paths;
use crate::plan::approvals::rules::title;
use crate::plan::approvals::store::withdrawals;
use crate::plan::changes::store as changes;
use crate::plan::conditions::rules::ConditionState::{Open, Reported, Returned};
use crate::plan::conditions::store as conditions;
use crate::plan::notices::store as notices;
use crate::progress::store::extensions;
use crate::web::{App, Error};

/// Something of a plan to do.
struct PlanTodo {
    /// What.
    title: String,
    /// The association.
    association: String,
    /// Short name of the responsible unit.
    unit: String,
    /// Where.
    href: String,
    /// By when.
    due: NaiveDate,
}

/// All of it for a person.
pub(in crate::dashboard) async fn todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let found = of(db, app, actor).await?;
    let todos = found.into_iter().map(|each| {
        let whose = (each.association, each.unit);
        let todo = Todo::new(&each.title, whose, each.href, (each.due, today));
        (each.due, todo)
    });
    Ok(todos.collect())
}

async fn of(db: &mut Db, app: &App, actor: &Actor) -> Result<Vec<PlanTodo>, Error> {
    let role = actor.role();
    let mut todos = fulfilling(db, actor).await?;
    if role.is_unit() {
        let waiting = notices::waiting_for(db, actor.department()).await?;
        todos.extend(waiting.into_iter().map(|notice| PlanTodo {
            title: format!(
                "{}通报（{}）",
                if notice.read_on.is_some() {
                    "回复"
                } else {
                    "签收"
                },
                notice.number
            ),
            association: notice.association_name,
            unit: notice.unit_name,
            href: paths::plan::NOTICES.at(notice.association),
            due: within_week(notice.sent_on),
        }));
    }
    if role == Role::OfficeLeader {
        todos.extend(changes::waiting(db).await?.into_iter().map(|row| PlanTodo {
            title: format!("批准第{}次方案变更", row.number),
            association: row.name,
            unit: row.unit,
            href: paths::plan::PLAN.at(row.association),
            due: within_week(row.requested_on),
        }));
        todos.extend(
            withdrawals::unsettled(db)
                .await?
                .into_iter()
                .map(|row| PlanTodo {
                    title: format!("处理撤回的审批：{}", title(&app.scheme, &row.code)),
                    association: row.name,
                    unit: row.unit,
                    href: paths::plan::APPROVAL.at(row.association, row.id),
                    due: within_week(row.requested_on),
                }),
        );
    }
    if role.is_specialist() {
        todos.extend(later_dates(db, app, role).await?);
    }
    Ok(todos)
}

/// Conditions: the unit fulfils them, the office confirms.
async fn fulfilling(db: &mut Db, actor: &Actor) -> Result<Vec<PlanTodo>, Error> {
    let role = actor.role();
    let (what, states): (_, &[_]) = if role.is_unit() {
        ("落实批复条件", &[Open, Returned])
    } else if role.is_office() {
        ("确认批复条件的落实", &[Reported])
    } else {
        return Ok(Vec::new());
    };
    let rows = conditions::waiting(db, Scope::of(actor), states).await?;
    Ok(rows
        .into_iter()
        .map(|row| PlanTodo {
            title: format!("{what}：{}", row.text),
            association: row.name,
            unit: row.unit,
            href: paths::plan::PLAN.at(row.association),
            due: row.due,
        })
        .collect())
}

async fn later_dates(db: &mut Db, app: &App, role: Role) -> Result<Vec<PlanTodo>, Error> {
    let own = app.scheme.measures.measures.iter();
    let codes: Vec<String> = own
        .filter(|measure| measure.verify.iter().any(|code| code == role.code()))
        .map(|measure| measure.code().to_owned())
        .collect();
    let rows = extensions::waiting(db, &codes).await?;
    Ok(rows
        .into_iter()
        .map(|row| PlanTodo {
            title: format!("决定{}延期至{}", row.measure, row.wanted),
            association: row.name,
            unit: row.unit,
            href: paths::progress::EXTENSION.at(row.association, row.item),
            due: within_week(row.asked_on),
        })
        .collect())
}

fn within_week(from: NaiveDate) -> NaiveDate {
    from + chrono::TimeDelta::days(7)
}
