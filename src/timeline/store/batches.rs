//! SQL of the batches of the list, side by side (FD-1).

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::database::Db;
use crate::scheme::parameters::Values;

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

/// All batches, the first one first; none as long as there is but one.
pub async fn all(db: &mut Db) -> Result<Vec<Batch>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select p.id, p.title, p.published_on, coalesce(b.dates, '{}'::jsonb) as "dates!: Json<Values>",
                  count(v.association_id) as "listed!",
                  count(*) filter (where q.state not in ('draft', 'for_signature', 'returned')) as "submitted!",
                  count(q.replied_on) as "replied!",
                  count(*) filter (where a.stage = 'five_done') as "done!"
           from roster_publication p
           left join batch b on b.campaign_id = p.campaign_id and b.publication_id = p.id
           left join association_batch v on v.campaign_id = p.campaign_id and v.publication_id = p.id
           left join association a on a.campaign_id = v.campaign_id and a.id = v.association_id
           left join plan q on q.campaign_id = v.campaign_id and q.association_id = v.association_id
           where p.campaign_id = $1 and exists (select from batch where campaign_id = $1)
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
