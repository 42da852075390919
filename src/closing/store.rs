//! SQL of the completion table: many associations at once, one statement for each kind of
//! fact, however many they are.

mod rows;

use std::collections::HashMap;

use crate::access::Scope;
use crate::database::Db;
use crate::ids::AssociationId;
use crate::registry::mark::Mark;
use crate::scheme::Scheme;

use super::rules::Facts;
use rows::{entries, granted, heads, holders, items};

/// Before every row.
const BEGINNING: (&str, i64) = ("", 0);

/// Rows that are asked for: after one of them, and of these some left out.
#[derive(Debug, Clone, Copy)]
struct Wanted<'a> {
    after: (&'a str, i64),
    skipped: i64,
    limit: i64,
}

/// The next rows of the table, within reach: those on the list as it stands, with
/// those that left by 注销、撤销、合并.
pub async fn slice(
    db: &mut Db,
    (scope, scheme): (&Scope, &Scheme),
    mark: &mut Mark,
    limit: i64,
) -> Result<Vec<Facts>, sqlx::Error> {
    let wanted = Wanted {
        after: (&mark.name, mark.association),
        skipped: 0,
        limit,
    };
    let rows = read(db, (scope, scheme), wanted).await?;
    if let Some(last) = rows.last() {
        mark.pass(&last.sort_key, last.id);
    }
    Ok(rows)
}

/// A page of the same rows.
pub async fn page(
    db: &mut Db,
    (scope, scheme): (&Scope, &Scheme),
    (skipped, limit): (i64, i64),
) -> Result<Vec<Facts>, sqlx::Error> {
    let wanted = Wanted {
        after: BEGINNING,
        skipped,
        limit,
    };
    read(db, (scope, scheme), wanted).await
}

/// Whether the rows are nobody's to read here: they are of units.
const fn is_blind(scope: &Scope) -> bool {
    scope.is_empty() || scope.association().is_some()
}

/// How many rows there are within reach.
pub async fn count(db: &mut Db, scope: &Scope) -> Result<i64, sqlx::Error> {
    match scope.department() {
        _ if is_blind(scope) => Ok(0),
        Some(unit) => {
            sqlx::query_scalar!(
                r#"select count(*) as "count!"
                   from association a
                   join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
                   where a.campaign_id = $1 and a.department_id = $2
                     and (e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null"#,
                db.campaign(),
                unit.0,
            )
            .fetch_one(db.connection())
            .await
        }
        None => {
            sqlx::query_scalar!(
                r#"select count(*) as "count!"
                   from roster_entry
                   where campaign_id = $1 and (publication_id is not null or added_by is not null) and withdrawn_by is null"#,
                db.campaign(),
            )
            .fetch_one(db.connection())
            .await
        }
    }
}

async fn read(
    db: &mut Db,
    (scope, scheme): (&Scope, &Scheme),
    wanted: Wanted<'_>,
) -> Result<Vec<Facts>, sqlx::Error> {
    let heads = heads(db, (scope, scheme), wanted).await?;
    let ids: Vec<i64> = heads.iter().map(|head| head.id.0).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut items = by_association(items(db, &ids).await?, |item| item.association);
    let mut entries = by_association(entries(db, &ids).await?, |entry| entry.association);
    let mut holders = by_association(holders(db, &ids).await?, |holder| holder.association);
    let mut granted = by_association(granted(db, &ids).await?, |(of, _)| *of);
    let facts = heads.into_iter().map(|head| {
        let granted = granted.remove(&head.id).unwrap_or_default();
        Facts {
            items: items.remove(&head.id).unwrap_or_default(),
            entries: entries.remove(&head.id).unwrap_or_default(),
            holders: holders.remove(&head.id).unwrap_or_default(),
            granted: granted.into_iter().map(|(_, granted)| granted).collect(),
            id: head.id,
            sort_key: head.sort_key,
            name: head.name,
            uscc: head.uscc,
            unit: head.unit,
            exit: head.exit,
            still: head.still,
            reply: head.reply_number.zip(head.replied_on),
            survey: head.survey.map(|json| json.0),
            counted: (head.resolved, head.applicable),
            opened: head.opened,
        }
    });
    Ok(facts.collect())
}

/// Rows of many associations, each with its own.
fn by_association<T>(
    rows: Vec<T>,
    of: impl Fn(&T) -> AssociationId,
) -> HashMap<AssociationId, Vec<T>> {
    let mut found: HashMap<AssociationId, Vec<T>> = HashMap::new();
    for row in rows {
        found.entry(of(&row)).or_default().push(row);
    }
    found
}
