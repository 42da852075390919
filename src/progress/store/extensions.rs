//! SQL of dates that move: later dates asked for an item, and new deadlines.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::progress::rules::Item;
use crate::progress::rules::deadlines::Due;
use crate::progress::rules::extension::{Decision, State, Wish};
use crate::scheme::ItemKey;

/// A later date that was asked for.
#[derive(Debug, Clone)]
pub struct Extension {
    /// Its key.
    pub id: i64,
    /// Why.
    pub reason: String,
    /// The date that was asked for.
    pub wanted: NaiveDate,
    /// The deadline before.
    pub before: NaiveDate,
    /// Its state.
    pub state: State,
    /// When it was asked for.
    pub asked_on: NaiveDate,
    /// Number of the department's document.
    pub document_number: Option<String>,
    /// Its words.
    pub opinion: Option<String>,
    /// When it was decided.
    pub decided_on: Option<NaiveDate>,
}

/// What was asked for an item, newest first.
pub async fn of_item(db: &mut Db, item: i64) -> Result<Vec<Extension>, sqlx::Error> {
    sqlx::query_as!(
        Extension,
        r#"select id, reason, wanted, before, state as "state: State", asked_on, document_number, opinion, decided_on
           from item_extension where campaign_id = $1 and item_id = $2 order by id desc limit 50"#,
        db.campaign(),
        item,
    )
    .fetch_all(db.connection())
    .await
}

/// What waits for a decision on an item.
pub async fn asked(db: &mut Db, item: i64) -> Result<Option<Extension>, sqlx::Error> {
    sqlx::query_as!(
        Extension,
        r#"select id, reason, wanted, before, state as "state: State", asked_on, document_number, opinion, decided_on
           from item_extension where campaign_id = $1 and item_id = $2 and state = 'asked' for update"#,
        db.campaign(),
        item,
    )
    .fetch_optional(db.connection())
    .await
}

/// Asks for a later date.
pub async fn ask(write: &mut Write, item: &Item, wish: &Wish) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into item_extension (campaign_id, association_id, item_id, reason, wanted, before, asked_on, asked_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        write.campaign(),
        item.association.0,
        item.id,
        wish.reason,
        wish.wanted,
        item.deadline,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Decides on it.
pub async fn decide(write: &mut Write, id: i64, decision: &Decision) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update item_extension set state = case when $3 then 'granted' else 'refused' end, document_number = $4,
             opinion = $5, decided_on = $6, decided_by = $7
         where campaign_id = $1 and id = $2 and state = 'asked'",
        write.campaign(),
        id,
        decision.granted,
        decision.document_number,
        decision.opinion,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Nobody decides on what was asked for items that are called for no more; how many.
pub async fn lapse(
    db: &mut Db,
    association: AssociationId,
    (reason, account, on): (&str, AccountId, NaiveDate),
) -> Result<u64, sqlx::Error> {
    let lapsed = sqlx::query!(
        "update item_extension set state = 'lapsed', opinion = $3, decided_on = $4, decided_by = $5
         where campaign_id = $1 and association_id = $2 and state = 'asked'",
        db.campaign(),
        association.0,
        reason,
        on,
        account.0,
    )
    .execute(db.connection())
    .await?;
    Ok(lapsed.rows_affected())
}

/// A later date that a department granted on another record than an item's own.
#[derive(Debug, Clone, Copy)]
pub struct Granted<'a> {
    /// Why it was asked for.
    pub reason: &'a str,
    /// The new day.
    pub until: NaiveDate,
    /// When and by whom it was asked for.
    pub asked: (NaiveDate, AccountId),
    /// Number of the department's document.
    pub document: &'a str,
    /// Its words.
    pub opinion: &'a str,
}

/// Keeps it with the item, so that its page says it and a change of the plan
/// leaves its date alone.
pub async fn grant(
    write: &mut Write,
    association: AssociationId,
    item: &OpenItem,
    granted: &Granted<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into item_extension (campaign_id, association_id, item_id, reason, wanted, before, state, asked_on, asked_by,
             document_number, opinion, decided_on, decided_by)
         values ($1, $2, $3, $4, $5, $6, 'granted', $7, $8, $9, nullif($10, ''), $11, $12)",
        write.campaign(),
        association.0,
        item.id,
        granted.reason,
        granted.until,
        item.deadline,
        granted.asked.0,
        granted.asked.1.0,
        granted.document,
        granted.opinion,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Items whose date a department moved, a statute or the auditor gives: a change of the plan
/// leaves them alone.
pub async fn granted(db: &mut Db, association: AssociationId) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select item_id as "item!" from item_extension
           where campaign_id = $1 and association_id = $2 and state = 'granted'
           union
           select id from item where campaign_id = $1 and association_id = $2 and due_by in ('statute', 'audit')
           order by 1 limit 2000"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// An item that is not resolved, as far as its deadline goes.
#[derive(Debug, Clone)]
pub struct OpenItem {
    /// Its key in the database.
    pub id: i64,
    /// T1-01 …
    pub measure: String,
    /// The row of the survey.
    pub object: String,
    /// The row's name.
    pub label: String,
    /// The unit that answers for it.
    pub department: DepartmentId,
    /// The end of this day.
    pub deadline: NaiveDate,
}

impl OpenItem {
    /// Measure and row of the survey.
    #[must_use]
    pub fn key(&self) -> ItemKey {
        ItemKey {
            measure: self.measure.clone(),
            object: self.object.clone(),
            label: self.label.clone(),
        }
    }
}

/// Locks the items of an association that are not resolved.
pub async fn lock_open(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<OpenItem>, sqlx::Error> {
    sqlx::query_as!(
        OpenItem,
        r#"select id, measure, object, label, department_id as "department: DepartmentId", deadline from item
           where campaign_id = $1 and association_id = $2 and state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')
           order by id limit 2000 for update"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// An item of an association that stood still.
#[derive(Debug, Clone)]
pub struct Still {
    /// Its key.
    pub item: i64,
    /// Its measure.
    pub measure: String,
    /// By when it is due.
    pub due: Due,
    /// Until when it may be reported again.
    pub again_on: Option<NaiveDate>,
}

/// Locks the items of an association that stood still from a day on: those that are not
/// resolved, and those that were reported or resolved since then.
pub async fn lock_still(
    db: &mut Db,
    association: AssociationId,
    from: NaiveDate,
) -> Result<Vec<Still>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id, measure, deadline, due_by, again_on, stood::bigint as "stood!" from item
           where campaign_id = $1 and association_id = $2 and state <> 'not_applicable'
             and (state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned') or coalesce(reported_on, resolved_on) >= $3)
           order by id limit 2000 for update"#,
        db.campaign(),
        association.0,
        from,
    )
    .fetch_all(db.connection())
    .await?;
    let still = rows.into_iter().map(|row| Still {
        item: row.id,
        measure: row.measure,
        again_on: row.again_on,
        due: Due {
            day: row.deadline,
            by: row.due_by,
            stood: row.stood,
        },
    });
    Ok(still.collect())
}

/// Sets until when items may be reported again.
pub async fn move_again(db: &mut Db, moved: &[(i64, NaiveDate)]) -> Result<(), sqlx::Error> {
    let (ids, days): (Vec<i64>, Vec<NaiveDate>) = moved.iter().copied().unzip();
    sqlx::query!(
        "update item i set again_on = m.day, version = i.version + 1
         from unnest($2::bigint[], $3::date[]) as m(id, day) where i.campaign_id = $1 and i.id = m.id",
        db.campaign(),
        &ids,
        &days,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Sets new deadlines.
pub async fn move_deadlines(db: &mut Db, moved: &[(i64, Due)]) -> Result<(), sqlx::Error> {
    let ids: Vec<i64> = moved.iter().map(|(id, _)| *id).collect();
    let days: Vec<NaiveDate> = moved.iter().map(|(_, due)| due.day).collect();
    let by: Vec<String> = moved.iter().map(|(_, due)| due.by.clone()).collect();
    let stood: Vec<i64> = moved.iter().map(|(_, due)| due.stood).collect();
    sqlx::query!(
        "update item i set deadline = m.day, due_by = m.by, stood = m.stood, version = i.version + 1
         from unnest($2::bigint[], $3::date[], $4::text[], $5::bigint[]) as m(id, day, by, stood)
         where i.campaign_id = $1 and i.id = m.id",
        db.campaign(),
        &ids,
        &days,
        &by,
        &stood,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// An item whose deadline went with its stage.
#[derive(Debug, Clone)]
pub struct Shifted {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// The responsible unit.
    pub department: DepartmentId,
    /// Its measure.
    pub measure: String,
    /// The day before.
    pub was: NaiveDate,
    /// Working days of standstill that move it on.
    pub stood: i64,
}

/// Moves the open items that are due on this date of the scheme.
pub async fn shift(db: &mut Db, date: &str, now: NaiveDate) -> Result<Vec<Shifted>, sqlx::Error> {
    sqlx::query_as!(
        Shifted,
        r#"update item i set deadline = $3, version = i.version + 1
           from item b
           where i.campaign_id = $1 and i.due_by = $2 and i.deadline <> $3
             and i.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')
             and b.campaign_id = i.campaign_id and b.id = i.id
             and not exists (select from association_batch v where v.campaign_id = i.campaign_id
                               and v.association_id = i.association_id and v.later)
           returning i.id, i.association_id as "association: AssociationId", i.department_id as "department: DepartmentId",
                     i.measure, b.deadline as was, i.stood::bigint as "stood!""#,
        db.campaign(),
        date,
        now,
    )
    .fetch_all(db.connection())
    .await
}
