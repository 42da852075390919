//! SQL of what a unit means by its headings and names: asked once.

use std::collections::BTreeMap;

use crate::database::{Db, Write};
use crate::ids::DepartmentId;
use crate::imports::rules::Kind;

/// What was said before in a unit's name: what is said → what is meant; `heading` or `unit`.
pub async fn meanings(
    db: &mut Db,
    (department, kind): (DepartmentId, Kind),
    what: &str,
) -> Result<BTreeMap<String, String>, sqlx::Error> {
    let rows = sqlx::query!(
        "select said, meant from import_meaning
         where campaign_id = $1 and department_id = $2 and kind = $3 and what = $4 order by said limit 2000",
        db.campaign(),
        department.0,
        kind.key(),
        what,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.said, row.meant)).collect())
}

/// Keeps what is meant.
pub async fn remember(
    write: &mut Write,
    (department, kind): (DepartmentId, Kind),
    what: &str,
    meant: &BTreeMap<String, String>,
) -> Result<(), sqlx::Error> {
    let said: Vec<String> = meant.keys().cloned().collect();
    let meant: Vec<String> = meant.values().cloned().collect();
    sqlx::query!(
        "insert into import_meaning (campaign_id, department_id, kind, what, said, meant)
         select $1, $2, $3, $4, m.said, m.meant from unnest($5::text[], $6::text[]) as m(said, meant)
         on conflict (campaign_id, department_id, kind, what, said) do update set meant = excluded.meant",
        write.campaign(),
        department.0,
        kind.key(),
        what,
        &said,
        &meant,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
