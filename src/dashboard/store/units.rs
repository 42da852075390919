//! SQL of the units that the figures are told of.

use crate::access::Scope as Reach;
use crate::database::Db;
use crate::figures::store::Counts;

/// A unit.
pub struct Unit {
    /// Its key.
    pub id: i64,
    /// Its short name.
    pub name: String,
    /// It has reported that it has none.
    pub nil: bool,
    /// What it recommends from.
    pub base: Base,
}

/// B and R of a unit: before the cut-off as they stand, then as it froze them (FZ-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// Nothing is frozen yet.
    Living,
    /// B and R.
    Frozen(i64, i64),
    /// The list was published without its report: 未报 (TC-54).
    Unreported,
    /// It supervises since then only.
    Later,
}

/// The units within reach that figures are told of: those that supervise, and those that have
/// or had an association or a base all the same, so that the rows add up to their total.
pub async fn units(db: &mut Db, reach: Reach, counts: &Counts) -> Result<Vec<Unit>, sqlx::Error> {
    let unit = reach.department().map_or(0, |department| department.0);
    let rows = sqlx::query!(
        r#"select d.id, d.short_name as name, d.supervises and d.active as "works!",
                  exists (select from nil_report n where n.campaign_id = d.campaign_id and n.department_id = d.id
                          and n.subject = 'survey') as "nil!",
                  c.base::bigint as base, c.required::bigint as required, (c.cut_off_on is not null) as "cut!",
                  exists (select from roster_cutoff k where k.campaign_id = $1) as "frozen!"
           from department d
           left join roster_cutoff c on c.campaign_id = d.campaign_id and c.department_id = d.id
           where d.campaign_id = $1 and ($2::bigint = 0 or d.id = $2)
           order by d.id limit 1000"#,
        db.campaign(),
        unit,
    )
    .fetch_all(db.connection())
    .await?;
    let meant = rows
        .into_iter()
        .filter(|row| row.works || row.base > Some(0) || counts.has(row.id));
    Ok(meant
        .map(|row| Unit {
            id: row.id,
            name: row.name,
            nil: row.nil,
            base: match (row.base, row.cut) {
                (Some(base), _) => Base::Frozen(base, row.required.unwrap_or(0)),
                (None, true) => Base::Unreported,
                (None, false) if row.frozen => Base::Later,
                (None, false) => Base::Living,
            },
        })
        .collect())
}
