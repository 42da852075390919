//! Beginning to carry out a plan, inside the transaction of the room that makes
//! the checklist: that room records the act.

use chrono::NaiveDate;

use crate::access::{Act, Who};
use crate::database::Write;
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::rules::Refusal;
use crate::plan::store;
use crate::registry::rules::Stage;
use crate::registry::store as registry;
use crate::scheme::Answers;

use super::take;

/// What the checklist is made from.
#[derive(Debug, Clone)]
pub struct Begun {
    /// The plan.
    pub plan: i64,
    /// The association.
    pub association: AssociationId,
    /// The responsible unit.
    pub unit: DepartmentId,
    /// The confirmed survey on which the plan rests.
    pub survey: Answers,
    /// What the plan says; dates of items are in PL-4.
    pub content: Answers,
    /// When the plan was submitted as it stands.
    pub written_on: NaiveDate,
    /// The day.
    pub on: NaiveDate,
}

/// Sets plan and association to being carried out. The caller makes the items
/// and ends the write with the record of `Act::PlanBegin`.
pub async fn begin_in(
    write: &mut Write,
    who: &Who,
    association: AssociationId,
    version: i32,
) -> Result<Result<Begun, Refusal>, sqlx::Error> {
    let (plan, to) = match take(write, (association, version), Act::PlanBegin).await? {
        Ok(taken) => taken,
        Err(refusal) => return Ok(Err(refusal)),
    };
    store::mark_begun(write, plan.id, who.today()).await?;
    store::move_to(write, plan.id, (plan.state, to)).await?;
    registry::set_stage(write, association, Stage::Implementing).await?;
    let written_on = plan.written_on(who.today());
    Ok(Ok(Begun {
        plan: plan.id,
        association,
        unit: plan.unit,
        survey: plan.survey.0,
        written_on,
        content: plan.content.0,
        on: who.today(),
    }))
}
