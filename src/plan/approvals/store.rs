//! SQL of prior approvals.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::machine;
use crate::plan::approvals::rules::{
    Approval, ApprovalState, CHANGE, Demand, EXCEPTION, STEPS, Sent,
};

pub mod withdrawals;

/// Rows of a waiting list.
const ROWS: i64 = 50;
/// Most approvals of a plan: each code is asked of at most two competences.
const OF_PLAN: i64 = 100;

machine!(Approval, "prior_approval", ApprovalState from Required by STEPS on crate::plan::approvals::rules::holder,
    "approval", "前置审批");

/// The one select of approvals; each use adds its own condition.
macro_rules! select_approvals {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Approval,
            r#"select q.id, q.plan_id as plan, q.association_id as "association: AssociationId", q.code, q.competence, q.department_id as "department: DepartmentId",
                      d.short_name as department_name, q.state as "state: ApprovalState", q.requested_on, q.decided_on,
                      q.document_number, q.document_date, q.opinion, q.conditions, q.expires_on,
                      q.withdrawn_on, q.withdrawn_reason, q.withdrawal_settled_on, q.withdrawal_settled_reason, q.version
               from prior_approval q
               join department d on d.campaign_id = q.campaign_id and d.id = q.department_id
               "# + $tail,
            $($argument),+
        )
    };
}

/// The prior approvals of a plan.
pub async fn of_plan(db: &mut Db, plan: i64) -> Result<Vec<Approval>, sqlx::Error> {
    select_approvals!(
        "where q.campaign_id = $1 and q.plan_id = $2 order by q.id limit $3",
        db.campaign(),
        plan,
        OF_PLAN
    )
    .fetch_all(db.connection())
    .await
}

/// Locks the prior approvals of a plan.
pub async fn lock(db: &mut Db, plan: i64) -> Result<Vec<Approval>, sqlx::Error> {
    select_approvals!(
        "where q.campaign_id = $1 and q.plan_id = $2 order by q.id limit $3 for update of q",
        db.campaign(),
        plan,
        OF_PLAN
    )
    .fetch_all(db.connection())
    .await
}

/// An approval with the plan that it belongs to.
#[derive(Debug, Clone)]
pub struct OfPlan {
    /// The plan.
    pub plan: i64,
    /// Code and competence.
    pub approval: Approval,
}

/// The prior approvals of several plans.
pub async fn of_plans(db: &mut Db, plans: &[i64]) -> Result<Vec<OfPlan>, sqlx::Error> {
    let rows = select_approvals!(
        "where q.campaign_id = $1 and q.plan_id = any($2) order by q.plan_id, q.id limit 5000",
        db.campaign(),
        plans
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|approval| OfPlan {
            plan: approval.plan,
            approval,
        })
        .collect())
}

/// Adds the approvals that are demanded and not there yet, each with the first
/// department that has the competence.
pub async fn add(
    db: &mut Db,
    (plan, association): (i64, AssociationId),
    demands: &[Demand],
) -> Result<(), sqlx::Error> {
    let codes: Vec<String> = demands.iter().map(|demand| demand.code.clone()).collect();
    let competences: Vec<String> = demands
        .iter()
        .map(|demand| demand.competence.clone())
        .collect();
    sqlx::query!(
        "insert into prior_approval (campaign_id, plan_id, association_id, code, competence, department_id)
         select $1, $2, $3, n.code, n.competence, d.id
         from unnest($4::text[], $5::text[]) with ordinality as n(code, competence, place)
         cross join lateral (select d.id from department d
                             where d.campaign_id = $1 and d.active and n.competence = any(d.competences)
                             order by d.id limit 1) d
         order by n.place
         on conflict (campaign_id, plan_id, code, competence) do nothing",
        db.campaign(),
        plan,
        association.0,
        &codes,
        &competences,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Exceptions that were changed are asked for anew, where nobody has agreed: what was
/// agreed to falls back by itself (`settling`), and only where its own rows were changed.
pub async fn reset_exceptions(db: &mut Db, plan: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update prior_approval set state = 'required', requested_on = null, decided_on = null, decided_by = null,
             document_number = null, document_date = null, opinion = null, conditions = null, expires_on = null,
             version = version + 1
         where campaign_id = $1 and plan_id = $2 and code = $3
           and state not in ('required', 'marked', 'approved', 'approved_with_conditions')",
        db.campaign(),
        plan,
        EXCEPTION,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Of approvals whose content was changed, nothing of the answer stands any more.
pub async fn forget_answers(db: &mut Db, ids: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update prior_approval set requested_on = null, decided_on = null, decided_by = null, document_number = null,
             document_date = null, opinion = null, conditions = null, expires_on = null
         where campaign_id = $1 and id = any($2)",
        db.campaign(),
        ids,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Closes what neither survey nor plan call for any more. In a plan that was sent before
/// only its next submission closes what was asked (FD-4).
pub async fn drop_undemanded(
    db: &mut Db,
    (plan, sent): (i64, bool),
    demands: &[Demand],
) -> Result<(), sqlx::Error> {
    let kept: Vec<String> = demands
        .iter()
        .map(|demand| format!("{}/{}", demand.code, demand.competence))
        .collect();
    sqlx::query!(
        "update prior_approval set state = 'not_needed', version = version + 1
         where campaign_id = $1 and plan_id = $2 and (state = 'required' or state = 'requested' and not $4)
           and not (code || '/' || competence = any($3))",
        db.campaign(),
        plan,
        &kept,
        sent,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Marks these, to be asked for as the plan is sent.
pub async fn mark(db: &mut Db, ids: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update prior_approval set state = 'marked', version = version + 1
         where campaign_id = $1 and id = any($2)",
        db.campaign(),
        ids,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// The plan is with its unit: what is asked rests; says how many there were (FD-4).
pub async fn rest(db: &mut Db, plan: i64) -> Result<u64, sqlx::Error> {
    let resting = sqlx::query!(
        "update prior_approval set state = $3, version = version + 1
         where campaign_id = $1 and plan_id = $2 and state = $4",
        db.campaign(),
        plan,
        ApprovalState::Requested.in_a_returned_plan().key(),
        ApprovalState::Requested.key(),
    )
    .execute(db.connection())
    .await?;
    Ok(resting.rows_affected())
}

/// The plan is sent: these are asked for from today on, those are not needed any more.
pub async fn send(write: &mut Write, sent: &Sent) -> Result<(), sqlx::Error> {
    if !sent.asked.is_empty() {
        request(write, &sent.asked).await?;
    }
    sqlx::query!(
        "update prior_approval set state = 'not_needed', version = version + 1
         where campaign_id = $1 and id = any($2)",
        write.campaign(),
        &sent.closed,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Asks for these, all at once.
pub async fn request(write: &mut Write, ids: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update prior_approval set state = 'requested', requested_on = $3, requested_by = $4, decided_on = null,
             decided_by = null, document_number = null, document_date = null, opinion = null, conditions = null,
             expires_on = null, version = version + 1
         where campaign_id = $1 and id = any($2)",
        write.campaign(),
        ids,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Asks anew for the approvals of a change: one for each competence (6.3).
pub async fn ask_for_change(
    write: &mut Write,
    (plan, association): (i64, AssociationId),
    competences: &[String],
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update prior_approval set state = 'not_needed', version = version + 1
         where campaign_id = $1 and plan_id = $2 and code = $3",
        write.campaign(),
        plan,
        CHANGE,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "insert into prior_approval as q (campaign_id, plan_id, association_id, code, competence, department_id, state,
             requested_on, requested_by)
         select $1, $2, $3, $4, n.competence, d.id, 'requested', $6, $7
         from unnest($5::text[]) as n(competence)
         cross join lateral (select d.id from department d
                             where d.campaign_id = $1 and d.active and n.competence = any(d.competences)
                             order by d.id limit 1) d
         on conflict (campaign_id, plan_id, code, competence) do update
         set state = 'requested', requested_on = $6, requested_by = $7, decided_on = null, decided_by = null,
             document_number = null, document_date = null, opinion = null, conditions = null, expires_on = null,
             version = q.version + 1",
        write.campaign(),
        plan,
        association.0,
        CHANGE,
        competences,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// A department's answer as it is kept.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Number of the answer.
    pub document_number: String,
    /// Its date.
    pub document_date: NaiveDate,
    /// The department's words.
    pub opinion: Option<String>,
    /// Its conditions.
    pub conditions: Option<String>,
    /// Until when it holds.
    pub expires_on: Option<NaiveDate>,
}

/// Notes what the department says.
pub async fn note_answer(write: &mut Write, id: i64, decided: &Decided) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update prior_approval set document_number = $3, document_date = $4, opinion = $5, conditions = $6,
             expires_on = $7, decided_on = $8, decided_by = $9
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        decided.document_number,
        decided.document_date,
        decided.opinion,
        decided.conditions,
        decided.expires_on,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Nobody is asked any more: the plan ended, or its change was refused; says how many
/// there were.
pub async fn close_pending(db: &mut Db, plan: i64) -> Result<u64, sqlx::Error> {
    let closed = sqlx::query!(
        "update prior_approval set state = 'not_needed', version = version + 1
         where campaign_id = $1 and plan_id = $2 and state in ('requested', 'resting', 'marked')",
        db.campaign(),
        plan,
    )
    .execute(db.connection())
    .await?;
    Ok(closed.rows_affected())
}

/// An approval that waits for a department.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// Short name of the responsible unit.
    pub unit: String,
    /// What is asked.
    pub code: String,
    /// Since when.
    pub requested_on: NaiveDate,
}

/// What waits for a department, longest first.
pub async fn waiting(db: &mut Db, department: DepartmentId) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as!(
        Waiting,
        r#"select q.id, q.association_id as "association: AssociationId", a.name, d.short_name as unit, q.code,
                  q.requested_on as "requested_on!"
           from prior_approval q
           join association a on a.campaign_id = q.campaign_id and a.id = q.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where q.campaign_id = $1 and q.department_id = $2 and q.state = 'requested' and q.requested_on is not null
           order by q.requested_on, q.id limit $3"#,
        db.campaign(),
        department.0,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}
