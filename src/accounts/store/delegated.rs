//! SQL of what an account has lent: it ends with the account.

use crate::access::Role;
use crate::database::Write;
use crate::ids::{AccountId, DepartmentId};

/// A delegation that ended with its principal.
pub struct Ended {
    /// Its key.
    pub id: i64,
    /// Who acted, or was to.
    pub delegate: String,
    /// In which role.
    pub role: Role,
}

/// Ends what an account has lent and nobody ended before: of one capacity, or all of it.
pub async fn end_delegations(
    write: &mut Write,
    account: AccountId,
    only: Option<(DepartmentId, Role)>,
) -> Result<Vec<Ended>, sqlx::Error> {
    let by = write.actor().map(|actor| actor.name.clone());
    sqlx::query_as!(
        Ended,
        r#"update delegation g set ended_on = $5, ended_by = $6, version = g.version + 1
           from account t
           where g.campaign_id = $1 and g.from_account_id = $2 and g.ended_on is null and g.to_on >= $5
             and ($3::bigint is null or (g.department_id = $3 and g.role = $4)) and t.id = g.to_account_id
           returning g.id, t.display_name as delegate, g.role as "role: Role""#,
        write.campaign(),
        account.0,
        only.map(|(department, _)| department.0),
        only.map_or("", |(_, role)| role.key()),
        write.today(),
        by.unwrap_or_default(),
    )
    .fetch_all(write.connection())
    .await
}
