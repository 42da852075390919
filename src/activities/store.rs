//! SQL of major activities and of the approvals on record.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::machine;

use super::rules::{Kind, STEPS, State};

/// An activity as it is kept.
#[derive(Debug, Clone)]
pub struct Activity {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// What kind it is.
    pub kind: Kind,
    /// What it is.
    pub title: String,
    /// When it takes place.
    pub held_on: NaiveDate,
    /// Money concerned, in cents.
    pub amount_cents: Option<i64>,
    /// The procedure that a rule demands.
    pub procedure: String,
    /// Who is to be elected.
    pub candidates: Vec<String>,
    /// Nobody of PE-A to PE-D is among them.
    pub declared: bool,
    /// Its state.
    pub state: State,
    /// The office must agree too.
    pub needs_office: Option<bool>,
    /// When it was registered.
    pub registered_on: NaiveDate,
    /// When it was approved.
    pub approved_on: Option<NaiveDate>,
    /// Why it was sent back or refused, or what the office said.
    pub reason: Option<String>,
    /// What came of it.
    pub result: Option<String>,
    /// When.
    pub result_on: Option<NaiveDate>,
    /// Row version.
    pub version: i32,
}

/// What is typed of an activity.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What kind it is.
    pub kind: Kind,
    /// What it is.
    pub title: String,
    /// When it takes place.
    pub held_on: NaiveDate,
    /// Money concerned, in cents.
    pub amount_cents: Option<i64>,
    /// The procedure that a rule demands.
    pub procedure: String,
    /// Who is to be elected.
    pub candidates: Vec<String>,
    /// Nobody of PE-A to PE-D is among them.
    pub declared: bool,
}

machine!(Activity, "activity", State from Registered by STEPS on crate::activities::rules::holder,
    "activity", "重大业务活动");

macro_rules! select_activities {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Activity,
            r#"select id, association_id as "association: AssociationId", kind as "kind: Kind", title, held_on,
                      amount_cents, procedure, candidates, declared, state as "state: State", needs_office,
                      registered_on, approved_on, reason, result, result_on, version
               from activity where campaign_id = $1 and association_id = $2 "# + $tail,
            $($argument),+
        )
    };
}

/// An association's activities, the newest first.
pub async fn activities(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Activity>, sqlx::Error> {
    select_activities!(
        "order by held_on desc, id desc limit 500",
        db.campaign(),
        association.0
    )
    .fetch_all(db.connection())
    .await
}

/// One activity of an association.
pub async fn activity(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Activity>, sqlx::Error> {
    select_activities!("and id = $3", db.campaign(), association.0, id)
        .fetch_optional(db.connection())
        .await
}

/// Locks an activity.
pub async fn lock(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Activity>, sqlx::Error> {
    select_activities!("and id = $3 for update", db.campaign(), association.0, id)
        .fetch_optional(db.connection())
        .await
}

/// Whether the association's plan is closed: assets may move again (MA-2).
pub async fn plan_closed(db: &mut Db, association: AssociationId) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from plan where campaign_id = $1 and association_id = $2 and state = 'closed') as "closed!""#,
        db.campaign(),
        association.0,
    )
    .fetch_one(db.connection())
    .await
}

/// Registers an activity.
pub async fn add(
    write: &mut Write,
    association: AssociationId,
    entry: &Entry,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into activity (campaign_id, association_id, department_id, kind, title, held_on, amount_cents,
             procedure, candidates, declared, registered_on, registered_by)
         select $1, $2, a.department_id, $3, $4, $5, $6, $7, $8, $9, $10, $11
         from association a where a.campaign_id = $1 and a.id = $2 returning id",
        write.campaign(),
        association.0,
        entry.kind.key(),
        entry.title,
        entry.held_on,
        entry.amount_cents,
        entry.procedure,
        &entry.candidates,
        entry.declared,
        write.today(),
        write.account().map(|id| id.0),
    )
    .fetch_one(write.connection())
    .await
}

/// Writes an activity anew.
pub async fn save(db: &mut Db, id: i64, entry: &Entry) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update activity set kind = $3, title = $4, held_on = $5, amount_cents = $6, procedure = $7,
             candidates = $8, declared = $9 where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        entry.kind.key(),
        entry.title,
        entry.held_on,
        entry.amount_cents,
        entry.procedure,
        &entry.candidates,
        entry.declared,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// What goes with a new state.
#[derive(Debug, Clone, Default)]
pub struct Note<'a> {
    /// The office must agree too.
    pub needs_office: Option<bool>,
    /// Approved on this day.
    pub approved_on: Option<NaiveDate>,
    /// The decision's words.
    pub reason: Option<&'a str>,
    /// The result.
    pub result: Option<&'a str>,
    /// Its day.
    pub result_on: Option<NaiveDate>,
}

/// Notes what goes with a new state.
pub async fn note(db: &mut Db, id: i64, note: &Note<'_>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update activity set needs_office = coalesce($3, needs_office),
             approved_on = coalesce($4, approved_on), reason = $5, result = $6, result_on = $7
         where campaign_id = $1 and id = $2",
        db.campaign(),
        id,
        note.needs_office,
        note.approved_on,
        note.reason,
        note.result,
        note.result_on,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// An approval on record.
#[derive(Debug, Clone)]
pub struct Approval {
    /// The department that approved.
    pub department: String,
    /// Its competences.
    pub competences: Vec<String>,
    /// Number of its document.
    pub document_number: String,
    /// Date of its document.
    pub document_date: NaiveDate,
    /// What it says.
    pub opinion: String,
}

/// Approvals on record for an activity.
pub async fn approvals(db: &mut Db, activity: i64) -> Result<Vec<Approval>, sqlx::Error> {
    sqlx::query_as!(
        Approval,
        "select d.name as department, d.competences, r.document_number, r.document_date, r.opinion
         from activity_record r
         join department d on d.campaign_id = r.campaign_id and d.id = r.department_id
         where r.campaign_id = $1 and r.activity_id = $2 order by r.id limit 100",
        db.campaign(),
        activity,
    )
    .fetch_all(db.connection())
    .await
}

/// An approval to be put on record.
#[derive(Debug, Clone)]
pub struct NewApproval {
    /// The department that approved.
    pub department: DepartmentId,
    /// Number of its document.
    pub document_number: String,
    /// Date of its document.
    pub document_date: NaiveDate,
    /// What it says.
    pub opinion: String,
}

/// Puts an approval on record.
pub async fn add_approval(
    write: &mut Write,
    activity: i64,
    new: &NewApproval,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into activity_record (campaign_id, activity_id, department_id, document_number, document_date, opinion,
             account_id, entered_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        write.campaign(),
        activity,
        new.department.0,
        new.document_number,
        new.document_date,
        new.opinion,
        write.account().map(|id| id.0),
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
