//! SQL of items.

use chrono::NaiveDate;
use serde_json::json;
use sqlx::types::Json;

use crate::database::Db;
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::machine;
use crate::scheme::{Answers, Measure};

use super::rules::deadlines::Due;
use super::rules::{Item, ItemState, STEPS};

pub mod counters;
mod ending;
mod ends;
pub mod evidence;
pub mod extensions;
mod handing;
mod history;
pub mod relapses;
pub mod replied;
pub mod revisions;
pub mod waiting;

pub use ending::{Lapsed, hand_over, lapse, mark_later, revive, unresolved};
pub use ends::{Ends, ends};
pub use evidence::{Evidence, NewEvidence};
pub use handing::{is_opened, prepared};
pub use history::{Around, HistoryRow, around, history};

machine!(Item, "item", ItemState from Open by STEPS on crate::progress::rules::holder,
    "item", "清单事项");

/// The checklist of an association, in the scheme's order.
pub async fn items(db: &mut Db, association: AssociationId) -> Result<Vec<Item>, sqlx::Error> {
    sqlx::query_as!(
        Item,
        r#"select i.id, i.association_id as "association: AssociationId", i.department_id as "department: DepartmentId",
                  i.measure, i.object, i.label, i.track, i.mandatory, i.state as "state: ItemState", i.deadline, i.again_on, i.note,
                  i.facts as "facts: Json<Answers>", i.done_on, i.reported_on, i.reported_by as "reported_by: AccountId", i.resolved_on,
                  i.resolved_by as "resolved_by: AccountId", i.return_reason, i.exemption_law, i.exemption_article,
                  i.exemption_asked_on, i.added_later, i.due_by, i.stood::bigint as "stood!", i.version, coalesce(e.pieces, 0) as "evidence!"
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
                      i.measure, i.object, i.label, i.track, i.mandatory, i.state as "state: ItemState", i.deadline, i.again_on, i.note,
                      i.facts as "facts: Json<Answers>", i.done_on, i.reported_on, i.reported_by as "reported_by: AccountId", i.resolved_on,
                      i.resolved_by as "resolved_by: AccountId", i.return_reason, i.exemption_law, i.exemption_article,
                      i.exemption_asked_on, i.added_later, i.due_by, i.stood::bigint as "stood!", i.version, 0::bigint as "evidence!"
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

/// Locks the association's item of a measure on one object, unless its plan has ended.
pub async fn lock_object(
    db: &mut Db,
    association: AssociationId,
    (measure, object): (&str, &str),
) -> Result<Option<Item>, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "select i.id from item i
         where i.campaign_id = $1 and i.association_id = $2 and i.measure = $3 and i.object = $4
           and not exists (select from plan p where p.campaign_id = i.campaign_id
                           and p.association_id = i.association_id and p.state = 'terminated')",
        db.campaign(),
        association.0,
        measure,
        object,
    )
    .fetch_optional(db.connection())
    .await?;
    match id {
        Some(id) => lock(db, association, id).await,
        None => Ok(None),
    }
}

/// Calls an item's object by another name.
pub async fn relabel(db: &mut Db, id: i64, label: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update item set label = $3, version = version + 1 where campaign_id = $1 and id = $2 and label <> $3",
        db.campaign(),
        id,
        label,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Notes what stands of an item after a deed, beside its state.
pub async fn note(db: &mut Db, item: &Item) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update item set note = $3, done_on = $4, reported_on = $5, reported_by = $6, resolved_on = $7,
             resolved_by = $8, return_reason = $9, exemption_law = $10, exemption_article = $11,
             exemption_asked_on = $12, facts = $13, again_on = $14
         where campaign_id = $1 and id = $2",
        db.campaign(),
        item.id,
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
        &item.facts as _,
        item.again_on,
    )
    .execute(db.connection())
    .await?;
    Ok(())
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
    /// Settled before the reply: born done (DN-6).
    pub settled: Option<Settled>,
}

impl NewItem {
    /// An item of a measure about an object with this name, open.
    #[must_use]
    pub fn new(measure: &Measure, (object, label): (String, String), due: Due) -> Self {
        Self {
            measure: measure.code().to_owned(),
            object,
            label,
            track: measure.track.clone(),
            mandatory: measure.mandatory,
            due,
            settled: None,
        }
    }
}

/// How an item was settled before it was made.
#[derive(Debug, Clone)]
pub struct Settled {
    /// The round's or the document's day.
    pub reported_on: NaiveDate,
    /// The reply's.
    pub resolved_on: NaiveDate,
    /// Until when it could be sent again after a return.
    pub again_on: Option<NaiveDate>,
    /// Who sent the plan, and who replied.
    pub by: (AccountId, AccountId),
    /// What its measure asks for.
    pub facts: Answers,
    /// When it was done.
    pub done_on: NaiveDate,
}

/// What is told of the items that are settled; nothing of the others.
fn settled<T>(items: &[NewItem], read: impl Fn(&Settled) -> T) -> Vec<Option<T>> {
    let items = items.iter();
    items.map(|item| item.settled.as_ref().map(&read)).collect()
}

/// Makes the items of an association in one statement; those it has are left. Key and
/// measure of those that were made.
pub async fn make(
    db: &mut Db,
    (association, department): (AssociationId, DepartmentId),
    items: &[NewItem],
) -> Result<Vec<(i64, String)>, sqlx::Error> {
    let text =
        |read: fn(&NewItem) -> &String| items.iter().map(read).cloned().collect::<Vec<String>>();
    let mandatory: Vec<bool> = items.iter().map(|item| item.mandatory).collect();
    let deadlines: Vec<NaiveDate> = items.iter().map(|item| item.due.day).collect();
    let stood: Vec<i64> = items.iter().map(|item| item.due.stood).collect();
    let facts = settled(items, |settled| json!(settled.facts).to_string());
    let again = items.iter().map(|item| item.settled.as_ref()?.again_on);
    let again: Vec<Option<NaiveDate>> = again.collect();
    let facts: Vec<String> = facts
        .into_iter()
        .map(|facts| facts.unwrap_or_else(|| "{}".to_owned()))
        .collect();
    sqlx::query!(
        "insert into item (campaign_id, association_id, department_id, measure, object, label, track, mandatory, deadline, due_by, stood,
             state, reported_on, reported_by, resolved_on, resolved_by, facts, done_on, again_on)
         select $1, $2, $3, n.measure, n.object, n.label, n.track, n.mandatory, n.deadline, n.due_by, n.stood,
                case when n.resolved_on is null then 'open' else 'accepted' end, n.reported_on, n.reported_by,
                n.resolved_on, n.resolved_by, n.facts::jsonb, n.done_on, n.again_on
         from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::bool[], $9::date[], $10::text[], $11::bigint[],
                     $12::date[], $13::bigint[], $14::date[], $15::bigint[], $16::text[], $17::date[], $18::date[])
             as n(measure, object, label, track, mandatory, deadline, due_by, stood,
                  reported_on, reported_by, resolved_on, resolved_by, facts, done_on, again_on)
         on conflict on constraint item_key do nothing
         returning id, measure",
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
        &stood,
        &settled(items, |settled| settled.reported_on) as &[Option<NaiveDate>],
        &settled(items, |settled| settled.by.0.0) as &[Option<i64>],
        &settled(items, |settled| settled.resolved_on) as &[Option<NaiveDate>],
        &settled(items, |settled| settled.by.1.0) as &[Option<i64>],
        &facts,
        &settled(items, |settled| settled.done_on) as &[Option<NaiveDate>],
        &again as &[Option<NaiveDate>],
    )
    .map(|row| (row.id, row.measure))
    .fetch_all(db.connection())
    .await
}
