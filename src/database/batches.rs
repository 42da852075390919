//! SQL of batches (FD-1): which dates an association goes by instead of the campaign's.
//! Here, because the way to a page asks it before any room does.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sqlx::types::Json;

use super::{Db, Write};
use crate::scheme::parameters::Values;

/// The dates of these associations' batches; nothing of those that go by the campaign's.
pub async fn of_associations(
    db: &mut Db,
    ids: &[i64],
) -> Result<BTreeMap<i64, Values>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select association_id as "id!", dates as "dates!: Json<Values>" from association_batch
           where campaign_id = $1 and association_id = any($2) and dates <> '{}'::jsonb"#,
        db.campaign(),
        ids,
    )
    .fetch_all(db.connection())
    .await?;
    let own = rows.into_iter();
    Ok(own.map(|row| (row.id, row.dates.0)).collect())
}

/// A batch of the list.
#[derive(Debug, Clone)]
pub struct Batch {
    /// Its publication.
    pub publication: i64,
    /// The list's title.
    pub title: String,
    /// When it was published.
    pub published_on: NaiveDate,
    /// Its own dates; empty where it goes by the campaign's parameters.
    pub dates: Values,
    /// Associations on it.
    pub listed: i64,
    /// Of these, those whose plan lies with the office or further.
    pub submitted: i64,
    /// Those whose plan was replied to.
    pub replied: i64,
    /// Those with all five separations done.
    pub done: i64,
}

/// All batches, the first one first.
pub async fn all(db: &mut Db) -> Result<Vec<Batch>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select p.id, p.title, p.published_on, coalesce(b.dates, '{}'::jsonb) as "dates!: Json<Values>",
                  count(v.association_id) as "listed!",
                  count(*) filter (where q.state not in ('draft', 'for_signature', 'returned')) as "submitted!",
                  count(q.replied_on) as "replied!",
                  count(*) filter (where a.stage in ('five_done', 'evaluated', 'closed')) as "done!"
           from roster_publication p
           left join batch b on b.campaign_id = p.campaign_id and b.publication_id = p.id
           left join association_batch v on v.campaign_id = p.campaign_id and v.publication_id = p.id
           left join association a on a.campaign_id = v.campaign_id and a.id = v.association_id
           left join plan q on q.campaign_id = v.campaign_id and q.association_id = v.association_id
           where p.campaign_id = $1
           group by p.id, p.title, p.published_on, b.dates
           order by p.id limit 100"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    let batches = rows.into_iter().map(|row| Batch {
        publication: row.id,
        title: row.title,
        published_on: row.published_on,
        dates: row.dates.0,
        listed: row.listed,
        submitted: row.submitted,
        replied: row.replied,
        done: row.done,
    });
    Ok(batches.collect())
}

/// Whether a list is published already: the next one is a later batch.
pub async fn begun(db: &mut Db) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from roster_publication where campaign_id = $1) as "begun!""#,
        db.campaign(),
    )
    .fetch_one(db.connection())
    .await
}

/// Gives the newest publication dates of its own.
pub async fn begin(write: &mut Write, dates: &Values) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into batch (campaign_id, publication_id, dates, confirmed_by)
         select $1, max(id), $2, $3 from roster_publication where campaign_id = $1",
        write.campaign(),
        Json(dates) as _,
        write.account().map(|account| account.0),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// An amendment adds to the newest batch, with some days of its own.
pub async fn join(write: &mut Write, amendment: i64, dates: &Values) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into batch_addition (campaign_id, amendment_id, publication_id, dates)
         select $1, $2, max(id), $3 from roster_publication where campaign_id = $1",
        write.campaign(),
        amendment,
        Json(dates) as _,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
