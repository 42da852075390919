//! SQL of the units' figures.

use crate::access::Scope as Reach;
use crate::database::Db;

/// A unit's associations by how far they have come.
pub struct UnitFigures {
    /// Its key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// All its associations.
    pub all: i64,
    /// In scope.
    pub in_scope: i64,
    /// Survey not with the office yet.
    pub surveying: i64,
    /// Survey with the office.
    pub submitted: i64,
    /// Survey confirmed, or further.
    pub confirmed: i64,
    /// It has reported that it has none.
    pub nil: bool,
}

/// Figures of every unit within reach.
pub async fn units(
    db: &mut Db,
    reach: Reach,
    issued: chrono::NaiveDate,
) -> Result<Vec<UnitFigures>, sqlx::Error> {
    let unit = reach.department().map_or(0, |department| department.0);
    sqlx::query_as!(
        UnitFigures,
        r#"select d.id, d.short_name as name, count(a.id) as "all!",
                  count(a.id) filter (where a.scope = 'in') as "in_scope!",
                  count(a.id) filter (where a.stage in ('registered', 'surveying') and a.exited_on is null
                      and a.registered_on < $3) as "surveying!",
                  count(a.id) filter (where a.stage = 'survey_submitted') as "submitted!",
                  count(a.id) filter (where a.stage not in ('registered', 'surveying', 'survey_submitted')) as "confirmed!",
                  exists (select from nil_report n where n.campaign_id = d.campaign_id and n.department_id = d.id
                          and n.subject = 'survey') as "nil!"
           from department d
           left join association a on a.campaign_id = d.campaign_id and a.department_id = d.id
           where d.campaign_id = $1 and d.supervises and d.active and ($2::bigint = 0 or d.id = $2)
           group by d.campaign_id, d.id
           order by d.id limit 500"#,
        db.campaign(),
        unit,
        issued,
    )
    .fetch_all(db.connection())
    .await
}

/// A unit's counters of one track.
pub struct TrackFigures {
    /// The unit.
    pub unit: i64,
    /// Its name.
    pub name: String,
    /// T1 …
    pub track: String,
    /// Mandatory items.
    pub applicable: i64,
    /// Of these, resolved.
    pub resolved: i64,
    /// Reported and not verified yet.
    pub reported: i64,
}

/// The five tracks of every unit within reach, from the counters.
pub async fn tracks(db: &mut Db, reach: Reach) -> Result<Vec<TrackFigures>, sqlx::Error> {
    let unit = reach.department().map_or(0, |department| department.0);
    sqlx::query_as!(
        TrackFigures,
        r#"select d.id as unit, d.short_name as name, p.track, p.applicable::bigint as "applicable!",
                  p.resolved::bigint as "resolved!", p.reported::bigint as "reported!"
           from department_progress p
           join department d on d.campaign_id = p.campaign_id and d.id = p.department_id
           where p.campaign_id = $1 and p.track <> 'T6' and ($2::bigint = 0 or d.id = $2)
           order by d.id, p.track limit 3000"#,
        db.campaign(),
        unit,
    )
    .fetch_all(db.connection())
    .await
}
