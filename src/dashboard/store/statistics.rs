//! SQL of what the statistics tell beside the figures.

use chrono::NaiveDate;

use crate::access::Scope as Reach;
use crate::database::Db;

/// A change of the responsible unit that the figures tell of (TC-62).
pub struct Moved {
    /// The association.
    pub name: String,
    /// From.
    pub from: String,
    /// To.
    pub to: String,
    /// Since.
    pub on: NaiveDate,
    /// The document.
    pub document: String,
    /// The units, old and new.
    pub units: (i64, i64),
}

/// How many are told: the newest.
const MOVED: i64 = 30;

/// The newest changes of units within reach, old or new.
pub async fn moved(db: &mut Db, reach: Reach) -> Result<Vec<Moved>, sqlx::Error> {
    let unit = reach.department().map_or(0, |id| id.0);
    sqlx::query!(
        r#"select a.name, f.short_name as "from", t.short_name as "to", n.since as "on", n.document,
                  f.id as from_id, t.id as to_id
           from (select n.campaign_id, n.association_id, n.since, n.id, n.document, n.department_id, o.department_id as before
                 from association_unit n
                 join association_unit o on o.campaign_id = n.campaign_id and o.association_id = n.association_id
                     and o.until = n.since and o.id < n.id
                 where n.campaign_id = $1 and ($2::bigint = 0 or n.department_id = $2 or o.department_id = $2)
                 order by n.since desc, n.id desc limit $3) n
           join association a on a.campaign_id = n.campaign_id and a.id = n.association_id
           join department f on f.campaign_id = n.campaign_id and f.id = n.before
           join department t on t.campaign_id = n.campaign_id and t.id = n.department_id
           order by n.since, n.id"#,
        db.campaign(),
        unit,
        MOVED,
    )
    .map(|row| Moved {
        name: row.name,
        from: row.from,
        to: row.to,
        on: row.on,
        document: row.document,
        units: (row.from_id, row.to_id),
    })
    .fetch_all(db.connection())
    .await
}

/// What the checks of bodies founded after the scheme found, of those still there.
pub struct Checked {
    /// Checked.
    pub checked: i64,
    /// Of these, with something that fails.
    pub failing: i64,
    /// Of these, with something not checked yet.
    pub open: i64,
}

/// The same, counted: few are founded in a campaign.
pub async fn checked(db: &mut Db, issued: NaiveDate) -> Result<Checked, sqlx::Error> {
    sqlx::query_as!(
        Checked,
        r#"select count(*) as "checked!", count(*) filter (where f.failing > 0) as "failing!",
                  count(*) filter (where f.open > 0) as "open!"
           from founding f
           join association a on a.campaign_id = f.campaign_id and a.id = f.association_id
           where f.campaign_id = $1 and a.registered_on >= $2 and a.exited_on is null"#,
        db.campaign(),
        issued,
    )
    .fetch_one(db.connection())
    .await
}
