//! SQL of the fiscal funds of listed associations.

use crate::database::Db;
use crate::ids::AssociationId;

/// Rows of a page.
pub const ROWS: i64 = 100;

/// What an association had of fiscal funds, in cents.
#[derive(Debug, Clone)]
pub struct Fund {
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: String,
    /// Appropriation of the year before.
    pub before: i64,
    /// Of the year.
    pub year: i64,
    /// Of both, for resettlement.
    pub settled: i64,
    /// Purchase contracts.
    pub bought: i64,
    /// Anomalies that nobody has dealt with.
    pub anomalies: i64,
}

/// Those with any, after an association; from what registers count for it.
pub async fn funds(
    db: &mut Db,
    (before, year): (i32, i32),
    after: i64,
) -> Result<Vec<Fund>, sqlx::Error> {
    sqlx::query_as!(
        Fund,
        r#"select a.id as "association: AssociationId", a.name, u.short_name as unit, f.before as "before!", f.year as "year!",
                  f.settled as "settled!", f.bought as "bought!", f.anomalies as "anomalies!"
           from figure_standing s
           join association a on a.campaign_id = s.campaign_id and a.id = s.association_id
           join department u on u.campaign_id = a.campaign_id and u.id = a.department_id
           cross join lateral (
               select coalesce(sum(h.sum) filter (where starts_with(h.figure, 'money-' || $2::int || '-')
                                                    and h.figure not like '%-purchase'), 0)::bigint as before,
                      coalesce(sum(h.sum) filter (where starts_with(h.figure, 'money-' || $3::int || '-')
                                                    and h.figure not like '%-purchase'), 0)::bigint as year,
                      coalesce(sum(h.sum) filter (where h.figure like 'money-%-diverted'
                                                    or h.figure like 'money-%-retiree'), 0)::bigint as settled,
                      coalesce(sum(h.sum) filter (where h.figure = 'purchase-signed'), 0)::bigint as bought,
                      coalesce(sum(h.lines) filter (where h.figure = 'anomaly-open'), 0)::bigint as anomalies
               from holding_standing h
               where h.campaign_id = s.campaign_id and h.association_id = s.association_id) f
           where s.campaign_id = $1 and s.listed and s.association_id > $4
             and f.before + f.year + f.settled + f.bought + f.anomalies > 0
           order by a.id limit $5"#,
        db.campaign(),
        before,
        year,
        after,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}
