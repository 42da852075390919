//! Whether the case file says what the chain says that it says.

use std::collections::HashMap;

use serde_json::Value;
use sqlx::PgConnection;

use super::{AuditKey, Broken, CaseRow, Payload, Row, broken};

/// The rows of the case file that some links speak of, with what may not stand in the
/// chain: campaign and number → row, changed fields.
pub(super) type Read = HashMap<i64, (CaseRow, Vec<(String, Value, Value)>)>;

pub(super) async fn of(connection: &mut PgConnection, links: &[Row]) -> Result<Read, sqlx::Error> {
    let ids: Vec<i64> = links.iter().filter_map(|link| link.record_id).collect();
    let rows = sqlx::query_as!(
        CaseRow,
        "select id, act, subject_kind, subject_id, association_id, account_id, department_id,
                actor_name, actor_role, actor_department, sentence, opinion, at, snapshot_id
         from act_record where id = any($1)",
        &ids,
    )
    .fetch_all(&mut *connection)
    .await?;
    let mut read: Read = rows
        .into_iter()
        .map(|row| (row.id, (row, Vec::new())))
        .collect();
    let changes = sqlx::query!(
        "select record_id, field, before, after from private_change
         where record_id = any($1) order by record_id, position",
        &ids,
    )
    .fetch_all(connection)
    .await?;
    for change in changes {
        if let Some((_, fields)) = read.get_mut(&change.record_id) {
            fields.push((change.field, change.before, change.after));
        }
    }
    Ok(read)
}

pub(super) fn holds(
    row: &Row,
    payload: &Payload,
    read: &Read,
    key: &AuditKey,
) -> Result<(), Broken> {
    if payload.version() < 2 {
        return Ok(());
    }
    let Some((filed, fields)) = row.record_id.and_then(|id| read.get(&id)) else {
        return broken(row.seq, "案卷中的这条记录被删去");
    };
    if payload.text("digest") != Some(&filed.digest()) {
        return broken(row.seq, "案卷中的这条记录被改动");
    }
    let told = payload.private();
    let stands = |(field, hash): &(&str, &str)| {
        fields
            .iter()
            .any(|(name, before, after)| name == field && key.hash_of(name, before, after) == *hash)
    };
    if told.len() != fields.len() || !told.iter().all(stands) {
        return broken(row.seq, "按权限查看的变更内容被改动");
    }
    Ok(())
}
