//! SQL of amendments: what may be moved, and what an amendment does with the list.

use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::registry::rules::{Scope, Stage};
use crate::roster::rules::amendments::{AmendmentKind, Ended, Standing};
use crate::roster::rules::lines::Change;
use crate::roster::rules::requests::Change as Asked;
use crate::scheme::Answers;
use crate::scheme::appropriation::{MONEY, paid_in};
use crate::scheme::campaign::Parameters;

/// Every association that is or could be on the list, by unit and name; or some of them.
pub async fn standings(
    db: &mut Db,
    parameters: &Parameters,
    only: Option<&[i64]>,
) -> Result<Vec<Standing>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.id, a.name, d.short_name as unit, a.scope as "scope: Scope", a.stage as "stage: Stage", a.version,
                  a.exited_on is not null as "exited!", coalesce(a.registered_on >= $2, false) as "new!",
                  (e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null as listed,
                  (select jsonb_build_object($4::text, coalesce(s.answers -> $4::text, '[]'::jsonb)) from survey s
                   where s.campaign_id = a.campaign_id and s.association_id = a.id and s.state = 'confirmed'
                   order by s.edition desc limit 1) as "answers: Json<Answers>",
                  exists (select from roster_publication r where r.campaign_id = $1) as "published!",
                  (select p.state from plan p where p.campaign_id = a.campaign_id and p.association_id = a.id
                   and p.state in ('closed', 'terminated')) as "ended: Ended",
                  (select q.change from roster_request q where q.campaign_id = a.campaign_id
                   and q.association_id = a.id and q.state = 'proposed') as "asked: Asked"
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
           where a.campaign_id = $1 and (a.scope = 'in' or e.publication_id is not null or e.added_by is not null)
             and ($3::bigint[] is null or a.id = any($3))
           order by a.department_id, a.sort_key, a.id limit 5000"#,
        db.campaign(),
        parameters.issue_date,
        only,
        MONEY,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Standing {
            id: row.id,
            name: row.name,
            unit: row.unit,
            scope: row.scope,
            stage: row.stage,
            version: row.version,
            listed: row.listed.unwrap_or(false),
            exited: row.exited,
            new: row.new,
            published: row.published,
            ended: row.ended,
            asked: row.asked,
            appropriation: row
                .answers
                .map(|answers| paid_in(&answers.0, &parameters.appropriation_years)),
        })
        .collect())
}

/// Locks the publications: one amends the list at a time.
pub async fn lock(db: &mut Db) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "select id from roster_publication where campaign_id = $1 order by id for update",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(())
}

/// Adds an amendment under the next number; its key and number. Publications
/// are locked, so that numbers have no gap.
pub async fn add(
    write: &mut Write,
    kind: AmendmentKind,
    reason: &str,
) -> Result<(i64, i32), sqlx::Error> {
    sqlx::query!(
        "insert into roster_amendment (campaign_id, kind, number, reason, amended_on, account_id)
         values ($1, $2, (select coalesce(max(number), 0) + 1 from roster_amendment where campaign_id = $1), $3, $4, $5)
         returning id, number",
        write.campaign(),
        kind.key(),
        reason,
        write.today(),
        write.by().0,
    )
    .map(|row| (row.id, row.number))
    .fetch_one(write.connection())
    .await
}

/// Puts associations on the list; their units' recommendations are begun where they were not.
pub async fn put_on(db: &mut Db, amendment: i64, ids: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into recommendation (campaign_id, department_id)
         select distinct $1::int, a.department_id from association a where a.campaign_id = $1 and a.id = any($2)
         on conflict do nothing",
        db.campaign(),
        ids,
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "insert into roster_entry (campaign_id, recommendation_id, association_id, chosen, mandatory, decision, added_by)
         select a.campaign_id, r.id, a.id, false, false, 'added', $2
         from association a
         join recommendation r on r.campaign_id = a.campaign_id and r.department_id = a.department_id
         where a.campaign_id = $1 and a.id = any($3)
         on conflict (campaign_id, association_id)
         do update set decision = 'added', added_by = excluded.added_by, withdrawn_by = null",
        db.campaign(),
        amendment,
        ids,
    )
    .execute(db.connection())
    .await?;
    note(db, amendment, (ids, Change::Added)).await?;
    sqlx::query!(
        "update roster_entry e set place = l.id, line_id = l.id
         from roster_line l
         where l.campaign_id = $1 and l.amendment_id = $2 and l.change = 'added' and e.campaign_id = l.campaign_id
           and e.association_id = l.association_id",
        db.campaign(),
        amendment,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Takes associations off the list.
pub async fn take_off(db: &mut Db, amendment: i64, ids: &[i64]) -> Result<(), sqlx::Error> {
    note(db, amendment, (ids, Change::Withdrawn)).await?;
    sqlx::query!(
        "update roster_entry set withdrawn_by = $2 where campaign_id = $1 and association_id = any($3)",
        db.campaign(),
        amendment,
        ids,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Puts the text of rows right: they read as the register does from now on (更正).
pub async fn put_right(db: &mut Db, amendment: i64, ids: &[i64]) -> Result<(), sqlx::Error> {
    note(db, amendment, (ids, Change::Corrected)).await?;
    sqlx::query!(
        "update roster_entry e set line_id = l.id
         from roster_line l
         where l.campaign_id = $1 and l.amendment_id = $2 and l.change = 'corrected' and e.campaign_id = l.campaign_id
           and e.association_id = l.association_id",
        db.campaign(),
        amendment,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Keeps what an amendment does, each row with its text: what is withdrawn as it stood on
/// the list, anything else as it stands in the register.
async fn note(
    db: &mut Db,
    amendment: i64,
    (ids, change): (&[i64], Change),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into roster_amendment_entry (campaign_id, amendment_id, association_id, change)
         select $1, $2, n.id, $4 from unnest($3::bigint[]) as n(id)",
        db.campaign(),
        amendment,
        ids,
        change.key(),
    )
    .execute(db.connection())
    .await?;
    let label = AmendmentKind::labels();
    sqlx::query!(
        "insert into roster_line (campaign_id, amendment_id, serial, change, association_id, department_id, name, uscc,
             unit, batch, remark)
         select a.campaign_id, m.id, row_number() over (order by a.sort_key, a.id)::int, $4::text, a.id,
                coalesce(l.department_id, a.department_id), coalesce(l.name, a.name),
                case when l.id is null then a.uscc else l.uscc end, coalesce(l.unit, d.name),
                format('%s第%s号', $5::jsonb ->> m.kind, m.number),
                case when l.id is not null then l.remark
                     when a.uscc is null then '登记证号：' || a.certificate_no else '' end
         from roster_amendment m
         join association a on a.campaign_id = m.campaign_id and a.id = any($3)
         join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
         left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id and $4::text = 'withdrawn'
         left join roster_line l on l.campaign_id = e.campaign_id and l.id = e.line_id
         where m.campaign_id = $1 and m.id = $2
         order by a.sort_key, a.id",
        db.campaign(),
        amendment,
        ids,
        change.key(),
        label,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// A row of the list as it stands that reads otherwise than the register.
#[derive(Debug, Clone)]
pub struct Differing {
    /// The association.
    pub id: i64,
    /// Its row version.
    pub version: i32,
    /// The row as it stands: name, code, unit.
    pub listed: String,
    /// The same in the register.
    pub registered: String,
}

/// The rows that an amendment could put right. The list is read by its index; what differs
/// is little.
pub async fn differing(db: &mut Db) -> Result<Vec<Differing>, sqlx::Error> {
    sqlx::query_as!(
        Differing,
        r#"select a.id, a.version, concat_ws('，', l.name, l.uscc, l.unit) as "listed!",
                  concat_ws('，', a.name, a.uscc, d.name) as "registered!"
           from roster_entry e
           join roster_line l on l.campaign_id = e.campaign_id and l.id = e.line_id
           join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where e.campaign_id = $1 and (e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null
             and a.exited_on is null
             and (l.name <> a.name or l.uscc is distinct from a.uscc or l.unit <> d.name)
           order by a.department_id, a.sort_key, a.id limit 1000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Decisions on a recommendation are void again: it goes back before publication.
pub async fn undo_decisions(db: &mut Db, recommendation: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update roster_entry set decision = 'pending'
         where campaign_id = $1 and recommendation_id = $2 and publication_id is null and added_by is null",
        db.campaign(),
        recommendation,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// What a recommendation was decided on.
pub async fn decided(db: &mut Db, recommendation: i64) -> Result<Vec<AssociationId>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select association_id as "id: AssociationId" from roster_entry
           where campaign_id = $1 and recommendation_id = $2 and decision <> 'pending' order by association_id"#,
        db.campaign(),
        recommendation,
    )
    .fetch_all(db.connection())
    .await
}
