//! SQL of the dashboards' pictures: the trend, and the grid of associations and tracks.

use chrono::NaiveDate;

use crate::database::Db;

/// What was resolved on which day.
pub async fn resolved_days(db: &mut Db) -> Result<Vec<(NaiveDate, i64)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select resolved_on, resolved::bigint as "resolved!" from resolved_by_day
           where campaign_id = $1 order by resolved_on limit 1500"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.resolved_on, row.resolved))
        .collect())
}

/// One track of one association.
pub struct TrackCell {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// Short name of the responsible unit.
    pub unit: String,
    /// T1 …
    pub track: String,
    /// Mandatory items.
    pub applicable: i64,
    /// Of these, resolved.
    pub resolved: i64,
    /// Reported and not verified yet.
    pub reported: i64,
    /// Earliest deadline of what is not resolved.
    pub next_deadline: Option<NaiveDate>,
    /// Its association stands still (FD-4).
    pub still: bool,
    /// Of what stands still the earliest deadline that goes on all the same.
    pub fixed_deadline: Option<NaiveDate>,
}

/// The tracks of a page of associations on the list as it stands that have a checklist and have
/// not left (the set of `figures::store::tracks`), by unit and name.
pub async fn cells(
    db: &mut Db,
    unit: i64,
    (rows, offset): (i64, i64),
) -> Result<Vec<TrackCell>, sqlx::Error> {
    sqlx::query_as!(
        TrackCell,
        r#"select a.id as association, a.name, d.short_name as unit, p.track, p.applicable::bigint as "applicable!",
                  p.resolved::bigint as "resolved!", p.reported::bigint as "reported!", p.next_deadline,
                  p.fixed_deadline,
                  exists (select from suspension s where s.campaign_id = a.campaign_id and s.association_id = a.id
                          and s.until_on is null) as "still!"
           from (select o.campaign_id, o.id, o.name, o.department_id, o.sort_key from association o
                 where o.campaign_id = $1 and ($2::bigint = 0 or o.department_id = $2)
                   and exists (select from figure_standing f
                               where f.campaign_id = o.campaign_id and f.association_id = o.id and f.listed
                                 and f.gone_on = 'infinity' and f.tracks <> '{}')
                 order by o.department_id, o.sort_key, o.id limit $3 offset $4) a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           join association_progress p on p.campaign_id = a.campaign_id and p.association_id = a.id
           where p.track <> 'T6'
           order by a.department_id, a.sort_key, a.id, p.track"#,
        db.campaign(),
        unit,
        rows,
        offset,
    )
    .fetch_all(db.connection())
    .await
}

/// Mandatory items of some tracks that there are, whatever became of their associations: what
/// the trend counts.
pub async fn items_of(db: &mut Db, tracks: &[String]) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(applicable), 0)::bigint as "applicable!" from department_progress
           where campaign_id = $1 and track = any($2)"#,
        db.campaign(),
        tracks,
    )
    .fetch_one(db.connection())
    .await
}
