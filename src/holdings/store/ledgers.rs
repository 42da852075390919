//! Associations with their registers one after the other, as files tell of them: in the order
//! of names, so many at a time.

use sqlx::types::Json;

use crate::access::Scope;
use crate::database::Db;
use crate::holdings::rules::book::Entry;
use crate::holdings::rules::{LISTED, SURVEYED};
use crate::ids::AssociationId;
use crate::registry::mark::Mark;
use crate::scheme::Answers;

use super::{Source, entries_of};

/// Associations that are read at a time: a few rows each.
const AT_ONCE: i64 = 200;

/// Whose registers a file tells of.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// What the reader may see.
    pub scope: Scope,
    /// The unit that is asked for.
    pub department: Option<i64>,
    /// Also who has no checklist yet or none any more: whose turn comes later, and whose leaving
    /// is not decided. Their rooms are due all the same (RP-10).
    pub waiting: bool,
}

/// An association with its registers.
pub struct Owner {
    /// The association.
    pub id: AssociationId,
    /// Its name.
    pub name: String,
    /// Its turn comes in a later batch (暂不脱钩).
    pub deferred: bool,
    /// Its leaving lies with civil affairs.
    pub leaving: bool,
    /// It has left.
    pub left: bool,
    /// Its registers.
    pub source: Source,
}

struct Row {
    id: AssociationId,
    name: String,
    sort_key: String,
    deferred: bool,
    leaving: bool,
    left: bool,
    survey: Option<Json<Answers>>,
    plan: Option<Json<Answers>>,
}

/// The next associations and how far the list has come; none: that was all. The registers of one
/// in scope rest on its confirmed survey; where there is none, the rooms of one that waits rest
/// on the survey that was submitted last.
pub async fn after(db: &mut Db, reach: &Reach, mark: &mut Mark) -> Result<Vec<Owner>, sqlx::Error> {
    if reach.scope.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query_as!(
        Row,
        r#"select a.id as "id: AssociationId", a.name, a.sort_key, a.scope = 'defer' as "deferred!",
                  x.association_id is not null and a.exited_on is null as "leaving!", a.exited_on is not null as "left!",
                  (select jsonb_strip_nulls(jsonb_object_agg(code, s.answers -> code)) from unnest($8::text[]) code)
                      as "survey: Json<Answers>",
                  (select jsonb_strip_nulls((select jsonb_object_agg(code, p.content -> code) from unnest($9::text[]) code))
                   from plan p
                   where p.campaign_id = $1 and p.association_id = a.id
                     and p.replied_on is not null) as "plan: Json<Answers>"
           from association a
           left join suspension x on x.campaign_id = a.campaign_id and x.association_id = a.id
            and x.cause = 'exit' and x.until_on is null
           cross join lateral (
               select s.answers from survey s
               where s.campaign_id = a.campaign_id and s.association_id = a.id
                 and (s.state = 'confirmed' or s.state = 'submitted' and $7)
               order by s.state = 'confirmed' desc, s.edition desc limit 1) s
           where a.campaign_id = $1 and (a.sort_key, a.id) > ($2, $3)
             and ($4::bigint is null or a.department_id = $4) and ($5::bigint is null or a.department_id = $5)
             and ($6::bigint is null or a.id = $6)
             and (a.scope = 'in' and exists (select from survey c where c.campaign_id = a.campaign_id
                                             and c.association_id = a.id and c.state = 'confirmed')
                  or $7 and a.exited_on is null and (a.scope = 'defer' or x.association_id is not null and a.scope <> 'out'))
           order by a.sort_key, a.id limit $10"#,
        db.campaign(),
        mark.name,
        mark.association,
        reach.scope.department().map(|own| own.0),
        reach.department,
        reach.scope.association().map(|own| own.0),
        reach.waiting,
        &SURVEYED as &[&str],
        &LISTED as &[&str],
        AT_ONCE,
    )
    .fetch_all(db.connection())
    .await?;
    if let Some(last) = rows.last() {
        mark.pass(&last.sort_key, last.id);
    }
    let ids: Vec<i64> = rows.iter().map(|row| row.id.0).collect();
    let mut entries = entries_of(db, &ids).await?;
    let owner = |row: Row| {
        let entries = entries.remove(&row.id).unwrap_or_default();
        row.owner(entries)
    };
    Ok(rows.into_iter().map(owner).collect())
}

impl Row {
    /// The association with what stands on its registers.
    fn owner(self, entries: Vec<Entry>) -> Owner {
        Owner {
            source: Source {
                survey: self.survey.map(|json| json.0).unwrap_or_default(),
                plan: self.plan.map(|json| json.0).unwrap_or_default(),
                entries,
            },
            id: self.id,
            name: self.name,
            deferred: self.deferred,
            leaving: self.leaving,
            left: self.left,
        }
    }
}
