//! Beginning to carry out a plan, inside the transaction of the room that makes
//! the checklist: that room records the act.

use chrono::NaiveDate;

use crate::access::case::Step;
use crate::access::{Act, Seen};
use crate::database::{Done, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::rules::Refusal;
use crate::plan::store::{self, Plan};
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

/// Begins to carry out a plan as seen. The caller makes the items and applies the step.
pub async fn begin_step(
    write: &mut Write,
    association: AssociationId,
    seen: &Seen,
) -> Done<Refusal, (Step<Plan>, Begun)> {
    let step = take(write, association, seen, Act::PlanBegin).await?;
    store::mark_begun(write, step.id()).await?;
    registry::set_stage(write, association, Stage::Implementing).await?;
    let (plan, on) = (&step.case, write.today());
    let begun = Begun {
        plan: plan.id,
        association,
        unit: plan.unit,
        survey: plan.survey.0.clone(),
        content: plan.content.0.clone(),
        written_on: plan.written_on(on),
        on,
    };
    Ok((step, begun))
}
