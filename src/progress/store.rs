//! SQL of items and their evidence.

use chrono::{DateTime, NaiveDate, Utc};

use crate::database::Db;
use crate::ids::{AccountId, AssociationId, DepartmentId};

use super::deadlines::Due;
use super::rules::{Item, ItemState};

mod ending;
mod history;
pub mod revisions;

pub use ending::{hand_over, lapse, mark_later, revive, unresolved};
pub use history::{HistoryRow, history};
pub mod extensions;

/// The checklist of an association, in the scheme's order.
pub async fn items(db: &mut Db, association: AssociationId) -> Result<Vec<Item>, sqlx::Error> {
    sqlx::query_as!(
        Item,
        r#"select i.id, i.association_id as "association: AssociationId", i.department_id as "department: DepartmentId",
                  i.measure, i.object, i.label, i.track, i.mandatory, i.state as "state: ItemState", i.deadline, i.note,
                  i.done_on, i.reported_on, i.reported_by as "reported_by: AccountId", i.resolved_on,
                  i.resolved_by as "resolved_by: AccountId", i.return_reason, i.exemption_law, i.exemption_article,
                  i.exemption_asked_on, i.added_later, i.due_by, i.version, coalesce(e.pieces, 0) as "evidence!"
           from item i
           left join (select v.item_id, count(*) as pieces
                      from evidence v
                      join item j on j.campaign_id = v.campaign_id and j.id = v.item_id
                      where v.campaign_id = $1 and j.association_id = $2
                      group by v.item_id) e on e.item_id = i.id
           where i.campaign_id = $1 and i.association_id = $2
           order by i.measure, i.id limit 2000"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// The one select of single items. Evidence is not counted here: in a locking
/// statement the count would be from before a wait for the lock.
macro_rules! select_item {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Item,
            r#"select i.id, i.association_id as "association: AssociationId", i.department_id as "department: DepartmentId",
                      i.measure, i.object, i.label, i.track, i.mandatory, i.state as "state: ItemState", i.deadline, i.note,
                      i.done_on, i.reported_on, i.reported_by as "reported_by: AccountId", i.resolved_on,
                      i.resolved_by as "resolved_by: AccountId", i.return_reason, i.exemption_law, i.exemption_article,
                      i.exemption_asked_on, i.added_later, i.due_by, i.version, 0::bigint as "evidence!"
               from item i
               where i.campaign_id = $1 and i.association_id = $2 and i.id = $3"# + $tail,
            $($argument),+
        )
    };
}

/// One item of an association; its evidence is asked for apart.
pub async fn item(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Item>, sqlx::Error> {
    select_item!("", db.campaign(), association.0, id)
        .fetch_optional(db.connection())
        .await
}

/// Locks an item and counts its evidence.
pub async fn lock(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Item>, sqlx::Error> {
    let item = select_item!(" for update", db.campaign(), association.0, id)
        .fetch_optional(db.connection())
        .await?;
    let Some(mut item) = item else {
        return Ok(None);
    };
    item.evidence = sqlx::query_scalar!(
        r#"select count(*) as "pieces!" from evidence where campaign_id = $1 and item_id = $2"#,
        db.campaign(),
        id,
    )
    .fetch_one(db.connection())
    .await?;
    Ok(Some(item))
}

/// Locks the association's one item of a measure, unless its plan has ended.
pub async fn lock_measure(
    db: &mut Db,
    association: AssociationId,
    measure: &str,
) -> Result<Option<Item>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select min(i.id) from item i
         where i.campaign_id = $1 and i.association_id = $2 and i.measure = $3
           and not exists (select from plan p where p.campaign_id = i.campaign_id
                           and p.association_id = i.association_id and p.state = 'terminated')",
        db.campaign(),
        association.0,
        measure,
    )
    .fetch_one(db.connection())
    .await?;
    match id {
        Some(id) => lock(db, association, id).await,
        None => Ok(None),
    }
}

/// The only statement that sets an item's state; false if it was another one.
pub async fn change(db: &mut Db, from: ItemState, item: &Item) -> Result<bool, sqlx::Error> {
    let changed = sqlx::query!(
        "update item set state = $4, note = $5, done_on = $6, reported_on = $7, reported_by = $8, resolved_on = $9,
             resolved_by = $10, return_reason = $11, exemption_law = $12, exemption_article = $13,
             exemption_asked_on = $14, version = $15
         where campaign_id = $1 and id = $2 and state = $3",
        db.campaign(),
        item.id,
        from.key(),
        item.state.key(),
        item.note,
        item.done_on,
        item.reported_on,
        item.reported_by.map(|id| id.0),
        item.resolved_on,
        item.resolved_by.map(|id| id.0),
        item.return_reason,
        item.exemption_law,
        item.exemption_article,
        item.exemption_asked_on,
        item.version,
    )
    .execute(db.connection())
    .await?;
    Ok(changed.rows_affected() == 1)
}

/// An item that is to be made.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// T1-01 …
    pub measure: String,
    /// The row of the survey, or empty.
    pub object: String,
    /// The row's name.
    pub label: String,
    /// T1 …
    pub track: String,
    /// Counts in percentages.
    pub mandatory: bool,
    /// By when, and why then.
    pub due: Due,
}

/// Makes the items of an association in one statement; those it has are left.
pub async fn make(
    db: &mut Db,
    (association, department): (AssociationId, DepartmentId),
    items: &[NewItem],
) -> Result<u64, sqlx::Error> {
    let text =
        |read: fn(&NewItem) -> &String| items.iter().map(read).cloned().collect::<Vec<String>>();
    let mandatory: Vec<bool> = items.iter().map(|item| item.mandatory).collect();
    let deadlines: Vec<NaiveDate> = items.iter().map(|item| item.due.day).collect();
    let made = sqlx::query!(
        "insert into item (campaign_id, association_id, department_id, measure, object, label, track, mandatory, deadline, due_by)
         select $1, $2, $3, n.measure, n.object, n.label, n.track, n.mandatory, n.deadline, n.due_by
         from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bool[], $9::date[], $10::text[])
             as n(measure, object, label, track, mandatory, deadline, due_by)
         on conflict on constraint item_key do nothing",
        db.campaign(),
        association.0,
        department.0,
        &text(|item| &item.measure),
        &text(|item| &item.object),
        &text(|item| &item.label),
        &text(|item| &item.track),
        &mandatory,
        &deadlines,
        &text(|item| &item.due.by),
    )
    .execute(db.connection())
    .await?;
    Ok(made.rows_affected())
}

/// What proves an item.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// Its key.
    pub id: i64,
    /// Its kind, as the measure names it.
    pub kind: String,
    /// Its number (文号).
    pub document_number: String,
    /// Its date.
    pub document_date: NaiveDate,
    /// Who issued it.
    pub issuer: String,
    /// Came after the verification, which has not seen it (TC-68).
    pub after_verification: bool,
    /// The file, where there is one.
    pub file: Option<i64>,
    /// Its name.
    pub file_name: Option<String>,
    /// Its size.
    pub file_bytes: Option<i64>,
    /// A password hides what is in it.
    pub file_encrypted: Option<bool>,
    /// Who handed it in.
    pub by: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// The evidence of an item.
pub async fn evidence(db: &mut Db, item: i64) -> Result<Vec<Evidence>, sqlx::Error> {
    sqlx::query_as!(
        Evidence,
        r#"select e.id, e.kind, e.document_number, e.document_date, e.issuer, e.after_verification, e.file_id as file,
                  f.name as "file_name?", f.bytes_total as "file_bytes?", f.encrypted as "file_encrypted?", a.display_name as by, e.at
           from evidence e
           join account a on a.id = e.account_id
           left join file f on f.campaign_id = e.campaign_id and f.id = e.file_id
           where e.campaign_id = $1 and e.item_id = $2
           order by e.id limit 500"#,
        db.campaign(),
        item,
    )
    .fetch_all(db.connection())
    .await
}

/// Evidence as it is handed in.
#[derive(Debug, Clone)]
pub struct NewEvidence {
    /// Its kind, as the measure names it.
    pub kind: String,
    /// Its number (文号).
    pub document_number: String,
    /// Its date.
    pub document_date: NaiveDate,
    /// Who issued it.
    pub issuer: String,
}

/// Adds evidence and gives its number.
pub async fn add_evidence(
    db: &mut Db,
    item: i64,
    evidence: &NewEvidence,
    (file, after_verification): (Option<i64>, bool),
    (account, at): (AccountId, DateTime<Utc>),
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into evidence (campaign_id, item_id, file_id, kind, document_number, document_date, issuer,
             after_verification, account_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning id",
        db.campaign(),
        item,
        file,
        evidence.kind,
        evidence.document_number,
        evidence.document_date,
        evidence.issuer,
        after_verification,
        account.0,
        at,
    )
    .fetch_one(db.connection())
    .await
}

/// Evidence that was taken away.
#[derive(Debug, Clone)]
pub struct Taken {
    /// Its kind.
    pub kind: String,
    /// Its number (文号).
    pub document_number: String,
    /// Its file, which stays in the archive.
    pub file: Option<i64>,
}

/// Takes evidence away.
pub async fn remove_evidence(
    db: &mut Db,
    item: i64,
    id: i64,
) -> Result<Option<Taken>, sqlx::Error> {
    sqlx::query_as!(
        Taken,
        "delete from evidence where campaign_id = $1 and item_id = $2 and id = $3
         returning kind, document_number, file_id as file",
        db.campaign(),
        item,
        id,
    )
    .fetch_optional(db.connection())
    .await
}

/// The next verification will see what came after the last one.
pub async fn unmark_evidence(db: &mut Db, item: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update evidence set after_verification = false where campaign_id = $1 and item_id = $2 and after_verification",
        db.campaign(),
        item,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes that the evidence changed: who looks at the item must look again.
pub async fn touch(db: &mut Db, item: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update item set version = version + 1 where campaign_id = $1 and id = $2",
        db.campaign(),
        item
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Who dealt with an item last.
pub async fn last_hand(db: &mut Db, item: i64) -> Result<String, sqlx::Error> {
    let name = sqlx::query_scalar!(
        "select actor_name from act_record where campaign_id = $1 and subject_kind = 'item' and subject_id = $2
         order by id desc limit 1",
        db.campaign(),
        item,
    )
    .fetch_optional(db.connection())
    .await?;
    Ok(name.unwrap_or_else(|| "他人".to_owned()))
}
