//! What waits in the registers of assets, money and rooms: for the department's
//! decision, the leader's signature, the clerk's correction.

use chrono::NaiveDate;

use crate::access::{Actor, Role};
use crate::database::Db;
use crate::holdings::rules::{Register, State};
use crate::holdings::store::{self, Wanted};
use crate::paths;
use crate::scheme::calendar::workdays_after;
use crate::web::{App, Error};

use super::{Todo, state, tag};

/// The person's to-dos in the registers, with the day by which each is due.
pub(super) async fn todos(
    db: &mut Db,
    app: &App,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Vec<(NaiveDate, Todo)>, Error> {
    let decided: Vec<Register> = Register::ALL
        .into_iter()
        .filter(|register| match actor.role() {
            Role::UnitClerk | Role::UnitLeader => register.decision().is_some(),
            role => register.deciders().contains(&role),
        })
        .collect();
    let (wanted, act) = match actor.role() {
        Role::UnitClerk => (State::Returned, "补正被退回的"),
        Role::UnitLeader => (State::Draft, "审签并报送"),
        Role::Finance | Role::Jiguan => (State::Submitted, "审批"),
        _ => return Ok(Vec::new()),
    };
    let wanted = Wanted {
        state: wanted,
        registers: &decided,
        department: actor.role().is_unit().then(|| actor.department()),
    };
    let campaign = &app.scheme.campaign;
    let days = campaign.parameters.prior_approval_sla_workdays;
    let rows = store::waiting(db, wanted).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let from = row
                .since
                .filter(|_| !actor.role().is_unit())
                .unwrap_or(today);
            let due = workdays_after(campaign, from, days);
            let late = (today - due).num_days();
            let todo = Todo {
                title: format!("{act}{}", row.register.label()),
                href: if actor.role() == Role::UnitLeader {
                    paths::holdings::ASSETS.at(row.association_id)
                } else {
                    paths::holdings::ASSET.at(row.association_id, row.register.key(), row.object)
                },
                association: row.name,
                unit: row.unit,
                due: due.to_string(),
                tag: tag(late),
                state: state(late),
            };
            (due, todo)
        })
        .collect())
}
