//! SQL of amendments, the cut-off and the lists as published and as amended.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::registry::rules::{ExitKind, Scope, Stage};
use crate::roster::rules::amendments::{AmendmentKind, Ended, Standing};
use crate::roster::rules::requests::Change;
use crate::scheme::Answers;
use crate::scheme::appropriation::{MONEY, paid_in};
use crate::scheme::campaign::Parameters;

/// Every association that is or could be on the list, by unit and name; or one.
pub async fn standings(
    db: &mut Db,
    parameters: &Parameters,
    only: Option<AssociationId>,
) -> Result<Vec<Standing>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.id, a.name, d.short_name as unit, a.scope as "scope: Scope", a.stage as "stage: Stage", a.version,
                  a.exited_on is not null as "exited!", a.registered_on >= $2 as "new!",
                  (e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null as listed,
                  (select jsonb_build_object($4::text, coalesce(s.answers -> $4::text, '[]'::jsonb)) from survey s
                   where s.campaign_id = a.campaign_id and s.association_id = a.id and s.state = 'confirmed'
                   order by s.edition desc limit 1) as "answers: Json<Answers>",
                  exists (select from roster_publication r where r.campaign_id = $1) as "published!",
                  (select p.state from plan p where p.campaign_id = a.campaign_id and p.association_id = a.id
                   and p.state in ('closed', 'terminated')) as "ended: Ended",
                  (select q.change from roster_request q where q.campaign_id = a.campaign_id
                   and q.association_id = a.id and q.state = 'proposed') as "asked: Change"
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
           where a.campaign_id = $1 and (a.scope = 'in' or e.publication_id is not null or e.added_by is not null)
             and ($3::bigint is null or a.id = $3)
           order by a.department_id, a.sort_key, a.id limit 5000"#,
        db.campaign(),
        parameters.issue_date,
        only.map(|id| id.0),
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

/// The day of the first publication; the list is amended from then on.
pub async fn first_publication(db: &mut Db) -> Result<Option<(i64, NaiveDate)>, sqlx::Error> {
    sqlx::query!(
        "select id, published_on from roster_publication where campaign_id = $1 order by published_on, id limit 1",
        db.campaign(),
    )
    .map(|row| (row.id, row.published_on))
    .fetch_optional(db.connection())
    .await
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
    note(db, amendment, (ids, "added")).await
}

/// Takes associations off the list.
pub async fn take_off(db: &mut Db, amendment: i64, ids: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update roster_entry set withdrawn_by = $2 where campaign_id = $1 and association_id = any($3)",
        db.campaign(),
        amendment,
        ids,
    )
    .execute(db.connection())
    .await?;
    note(db, amendment, (ids, "withdrawn")).await
}

async fn note(
    db: &mut Db,
    amendment: i64,
    (ids, change): (&[i64], &str),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into roster_amendment_entry (campaign_id, amendment_id, association_id, change)
         select $1, $2, n.id, $4 from unnest($3::bigint[]) as n(id)",
        db.campaign(),
        amendment,
        ids,
        change,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// An amendment with the names that it added and withdrew.
#[derive(Debug, Clone)]
pub struct Amendment {
    /// Its number.
    pub number: i32,
    /// 增补、调整、撤出.
    pub kind: AmendmentKind,
    /// Why.
    pub reason: String,
    /// When.
    pub amended_on: NaiveDate,
    /// Names added.
    pub added: Vec<String>,
    /// Names withdrawn.
    pub withdrawn: Vec<String>,
}

/// All amendments in order.
pub async fn amendments(db: &mut Db) -> Result<Vec<Amendment>, sqlx::Error> {
    sqlx::query_as!(
        Amendment,
        r#"select m.number, m.kind as "kind: AmendmentKind", m.reason, m.amended_on,
                  array(select a.name from roster_amendment_entry e
                        join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
                        where e.campaign_id = m.campaign_id and e.amendment_id = m.id and e.change = 'added'
                        order by a.sort_key, a.id) as "added!: Vec<String>",
                  array(select a.name from roster_amendment_entry e
                        join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
                        where e.campaign_id = m.campaign_id and e.amendment_id = m.id and e.change = 'withdrawn'
                        order by a.sort_key, a.id) as "withdrawn!: Vec<String>"
           from roster_amendment m where m.campaign_id = $1 order by m.number limit 200"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// A row of the list as it stands.
#[derive(Debug, Clone)]
pub struct Current {
    /// The association.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its credit code.
    pub uscc: Option<String>,
    /// The responsible unit.
    pub department: String,
    /// Number of the amendment that added it; none: as published.
    pub amendment: Option<i32>,
    /// How it left, if it did.
    pub exit_kind: Option<ExitKind>,
    /// When.
    pub exited_on: Option<NaiveDate>,
}

/// The list as amended; what has left stays on it as exited (LI-9).
pub async fn current(db: &mut Db) -> Result<Vec<Current>, sqlx::Error> {
    sqlx::query_as!(
        Current,
        r#"select a.id, a.name, a.uscc, d.name as department, m.number as "amendment?",
                  a.exit_kind as "exit_kind: ExitKind", a.exited_on
           from roster_entry e
           join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join roster_amendment m on m.campaign_id = e.campaign_id and m.id = e.added_by
           where e.campaign_id = $1 and (e.publication_id is not null or e.added_by is not null)
             and e.withdrawn_by is null
           order by a.department_id, a.sort_key, a.id limit 5000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Freezes each unit's base at the cut-off; a unit frozen before stays so (LI-11).
pub async fn freeze_bases(
    db: &mut Db,
    issued: NaiveDate,
    on: NaiveDate,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into roster_cutoff (campaign_id, department_id, publication_id, cut_off_on, base, undecided)
         select d.campaign_id, d.id,
                (select max(p.id) from roster_publication p where p.campaign_id = d.campaign_id), $3,
                (count(a.id) filter (where a.scope = 'in'))::int,
                (count(a.id) filter (where a.scope in ('undecided', 'defer')))::int
         from department d
         left join association a on a.campaign_id = d.campaign_id and a.department_id = d.id
             and a.registered_on < $2 and a.exited_on is null
         where d.campaign_id = $1 and d.supervises and d.active
         group by d.campaign_id, d.id
         on conflict do nothing",
        db.campaign(),
        issued,
        on,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// The frozen base of a unit: B, undecided, day of the cut-off.
pub async fn frozen(db: &mut Db, unit: i64) -> Result<Option<(i32, i32, NaiveDate)>, sqlx::Error> {
    sqlx::query!(
        "select base, undecided, cut_off_on from roster_cutoff where campaign_id = $1 and department_id = $2",
        db.campaign(),
        unit,
    )
    .map(|row| (row.base, row.undecided, row.cut_off_on))
    .fetch_optional(db.connection())
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
