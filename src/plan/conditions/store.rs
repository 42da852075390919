//! SQL of the conditions of replies.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::{AccountId, AssociationId};
use crate::machine;
use crate::plan::conditions::rules::{ConditionState, STEPS};

/// A condition of a reply.
#[derive(Debug, Clone)]
pub struct Condition {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// Its place in the reply.
    pub number: i32,
    /// What it demands.
    pub text: String,
    /// By when.
    pub due: NaiveDate,
    /// Its state.
    pub state: ConditionState,
    /// How the unit fulfilled it.
    pub note: Option<String>,
    /// The document that shows it.
    pub document_number: Option<String>,
    /// When it was reported.
    pub reported_on: Option<NaiveDate>,
    /// Who reported it.
    pub reported_by: Option<AccountId>,
    /// When it was confirmed.
    pub confirmed_on: Option<NaiveDate>,
    /// Why it came back.
    pub return_reason: Option<String>,
    /// Row version.
    pub version: i32,
}

machine!(Condition, "plan_condition", ConditionState from Open by STEPS on crate::plan::conditions::rules::holder,
    "condition", "批复条件");

/// What was confirmed reads otherwise now: it waits for the office again.
pub async fn forget_confirmation(db: &mut Db, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan_condition set confirmed_on = null, confirmed_by = null where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Makes a task of each condition.
pub async fn add(
    db: &mut Db,
    (plan, association): (i64, AssociationId),
    conditions: &[(String, NaiveDate)],
) -> Result<(), sqlx::Error> {
    let (texts, dues): (Vec<String>, Vec<NaiveDate>) = conditions.iter().cloned().unzip();
    sqlx::query!(
        "insert into plan_condition (campaign_id, plan_id, association_id, number, text, due)
         select $1, $2, $3, c.place, c.text, c.due
         from unnest($4::text[], $5::date[]) with ordinality as c(text, due, place)",
        db.campaign(),
        plan,
        association.0,
        &texts,
        &dues,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

macro_rules! select_conditions {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Condition,
            r#"select id, association_id as "association: AssociationId", number, text, due,
                      state as "state: ConditionState", note, document_number, reported_on,
                      reported_by as "reported_by: AccountId", confirmed_on, return_reason, version
               from plan_condition where campaign_id = $1 and plan_id = $2 "# + $tail,
            $($argument),+
        )
    };
}

/// The conditions of a plan's replies.
pub async fn of_plan(db: &mut Db, plan: i64) -> Result<Vec<Condition>, sqlx::Error> {
    select_conditions!("order by id limit 200", db.campaign(), plan)
        .fetch_all(db.connection())
        .await
}

/// Locks a condition of a plan.
pub async fn lock(db: &mut Db, (plan, id): (i64, i64)) -> Result<Option<Condition>, sqlx::Error> {
    select_conditions!("and id = $3 for update", db.campaign(), plan, id)
        .fetch_optional(db.connection())
        .await
}

/// Notes how the unit fulfilled a condition, and the document that shows it.
pub async fn note_report(
    write: &mut Write,
    id: i64,
    note: &str,
    document_number: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan_condition set note = $3, document_number = $4, reported_by = $5, reported_on = $6,
             return_reason = null
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        note,
        document_number,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Notes that the office confirms it, or why it comes back.
pub async fn note_answer(
    write: &mut Write,
    id: i64,
    reason: Option<&str>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan_condition set return_reason = $3,
             confirmed_by = case when $3::text is null then $4::bigint end,
             confirmed_on = case when $3::text is null then $5::date end
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        reason,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Conditions that are due with their batch go with its day; a day that the reply names
/// stays.
pub async fn move_due(
    db: &mut Db,
    plan: i64,
    (was, now): (NaiveDate, NaiveDate),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update plan_condition set due = $4, version = version + 1
         where campaign_id = $1 and plan_id = $2 and due = $3 and due <> $4 and state in ('open', 'returned')",
        db.campaign(),
        plan,
        was,
        now,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// With the reply, or with the plan, its open conditions are void; how many.
pub async fn void(db: &mut Db, plan: i64) -> Result<u64, sqlx::Error> {
    let voided = sqlx::query!(
        "update plan_condition set state = 'void', version = version + 1
         where campaign_id = $1 and plan_id = $2 and state not in ('confirmed', 'void')",
        db.campaign(),
        plan,
    )
    .execute(db.connection())
    .await?;
    Ok(voided.rows_affected())
}
