//! How much there is of other rooms' things on an association.

use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};

/// Comments that stand; for a department that knows the association only by a
/// tie, those that it is asked to read.
pub async fn comments(
    db: &mut Db,
    association: AssociationId,
    only_for: Option<DepartmentId>,
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from comment c
           where c.campaign_id = $1 and c.association_id = $2 and c.withdrawn_at is null
             and ($3::bigint is null or c.department_id = $3
                  or exists (select from comment_mention m where m.campaign_id = c.campaign_id
                             and m.comment_id = c.id and m.department_id = $3))"#,
        db.campaign(),
        association.0,
        only_for.map(|department| department.0),
    )
    .fetch_one(db.connection())
    .await
}
