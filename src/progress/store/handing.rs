//! SQL of what stands between an item and the hands that it goes to.

use crate::access::{Act, Role};
use crate::database::Db;
use crate::ids::{AccountId, AssociationId};
use crate::progress::rules::Item;

/// Whether who checks a reported item has remarked on the association since the report:
/// a department with one of these competences, or the office. That somebody read it does
/// not count.
pub async fn is_opened(
    db: &mut Db,
    item: &Item,
    verifiers: &[String],
) -> Result<bool, sqlx::Error> {
    let checks =
        |role: &Role| role.is_office() || verifiers.iter().any(|code| code.as_str() == role.code());
    let roles: Vec<String> = Role::ALL
        .into_iter()
        .filter(checks)
        .map(|role| role.label().to_owned())
        .collect();
    sqlx::query_scalar!(
        r#"select exists (
               select from act_record r
               where r.campaign_id = $1 and r.association_id = $2 and r.act = 'comment.write' and r.actor_role = any($4)
                 and r.id > (select max(s.id) from act_record s
                             where s.campaign_id = $1 and s.subject_kind = 'item' and s.subject_id = $3
                               and s.act = 'item.report')) as "opened!""#,
        db.campaign(),
        item.association.0,
        item.id,
        &roles,
    )
    .fetch_one(db.connection())
    .await
}

/// The items of an association that somebody prepared for an act: who did does not do the
/// act itself (2.2 (c)).
pub async fn prepared(
    db: &mut Db,
    (association, by): (AssociationId, AccountId),
    act: Act,
) -> Result<Vec<i64>, sqlx::Error> {
    if act.after().is_empty() {
        return Ok(Vec::new());
    }
    let after: Vec<String> = act
        .after()
        .iter()
        .map(|act| act.name().to_owned())
        .collect();
    sqlx::query_scalar!(
        "select distinct subject_id from act_record
         where campaign_id = $1 and association_id = $2 and subject_kind = 'item' and account_id = $3 and act = any($4)",
        db.campaign(),
        association.0,
        by.0,
        &after,
    )
    .fetch_all(db.connection())
    .await
}
