//! Associations with a register one after the other, as the file of all people tells of them.

use crate::access::Scope;
use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::registry::mark::Mark;

use super::Home;

/// Associations that are read at a time: ten people each, or so.
const AT_ONCE: i64 = 100;

/// Whose people are listed.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// What the reader may see.
    pub scope: Scope,
    /// The unit that is asked for.
    pub department: Option<i64>,
}

/// The next associations that have a register, in the order of their names, and how far the
/// list has come; none: that was all.
pub async fn listed_after(
    db: &mut Db,
    listed: Listed,
    mark: &mut Mark,
) -> Result<Vec<Home>, sqlx::Error> {
    if listed.scope.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select a.id as "id: AssociationId", a.name, a.sort_key, d.id as "department_id: DepartmentId",
                  d.short_name as department, r.cleared_on
           from association a
           join post_register r on r.campaign_id = a.campaign_id and r.association_id = a.id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where a.campaign_id = $1 and (a.sort_key, a.id) > ($2, $3)
             and ($4::bigint is null or a.department_id = $4) and ($5::bigint is null or a.department_id = $5)
             and ($6::bigint is null or a.id = $6)
           order by a.sort_key, a.id limit $7"#,
        db.campaign(),
        mark.name,
        mark.association,
        listed.scope.department().map(|own| own.0),
        listed.department,
        listed.scope.association().map(|own| own.0),
        AT_ONCE,
    )
    .fetch_all(db.connection())
    .await?;
    if let Some(last) = rows.last() {
        mark.pass(&last.sort_key, last.id);
    }
    let home = rows.into_iter().map(|row| Home {
        id: row.id,
        name: row.name,
        department_id: row.department_id,
        department: row.department,
        cleared_on: row.cleared_on,
    });
    Ok(home.collect())
}
