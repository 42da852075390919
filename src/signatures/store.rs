//! SQL of signatures: what stands, binding, voiding, ending; and what a page reads.

use chrono::NaiveDate;
use serde_json::{Map, Value};
use sqlx::types::Json;

use crate::access::Act;
use crate::database::Db;

use super::rules::{Content, Kind};

/// The last signature of a kind on a case: it stands, or is void.
#[derive(Debug, Clone)]
pub struct Current {
    /// Its key.
    pub id: i64,
    /// Its kind.
    pub kind: Kind,
    /// The case.
    pub case: i64,
    /// What of it.
    pub part: String,
    /// Void since.
    pub void_on: Option<NaiveDate>,
    /// What was agreed to.
    pub content: Content,
    /// Its mark.
    pub mark: String,
}

struct Read {
    id: i64,
    kind: Kind,
    case: i64,
    part: String,
    void_on: Option<NaiveDate>,
    open: Json<Map<String, Value>>,
    persons: Option<Json<Map<String, Value>>>,
    mark: String,
}

impl From<Read> for Current {
    fn from(read: Read) -> Self {
        Self {
            id: read.id,
            kind: read.kind,
            case: read.case,
            part: read.part,
            void_on: read.void_on,
            content: Content {
                open: read.open.0,
                persons: read.persons.map(|json| json.0).unwrap_or_default(),
            },
            mark: read.mark,
        }
    }
}

/// What an act has told of: associations, units, and cases by the kinds that are signed
/// of them.
#[derive(Debug, Clone, Default)]
pub struct Touched {
    /// Associations.
    pub associations: Vec<i64>,
    /// Units.
    pub units: Vec<i64>,
    /// Cases.
    pub cases: Vec<(Kind, i64)>,
    /// 督办单, whose units only they themselves know.
    pub orders: Vec<i64>,
}

/// The associations and units, of these and behind the states that the transaction has
/// moved, on whose cases something is signed.
pub async fn signed_on(
    db: &mut Db,
    touched: &Touched,
) -> Result<(Vec<i64>, Vec<i64>), sqlx::Error> {
    let rows = sqlx::query!(
        r#"select s.association_id, s.unit_id from signature s
           where s.campaign_id = $1 and s.ended_on is null
             and (s.association_id = any($2) or s.unit_id = any($3))
           union
           select s.association_id, s.unit_id
           from unnest($4::text[], $5::bigint[]) as n(kind, case_id)
           join signature s on s.campaign_id = $1 and s.kind = n.kind and s.case_id = n.case_id and s.ended_on is null
           union
           select null, o.department_id from supervision_order o where o.campaign_id = $1 and o.id = any($6)
           union
           select s.association_id, s.unit_id
           from moved_fact f
           join signature s on s.campaign_id = f.campaign_id and s.case_id = f.id and s.ended_on is null
            and s.kind = any(case f.kind
                when 'plan_content' then array['plan_sign', 'reply'] when 'plan' then array['plan_sign', 'reply']
                when 'survey_answers' then array['survey_sign'] when 'survey' then array['survey_sign']
                when 'holding' then array['holding_sign'] when 'item' then array['item_verify', 'item_exempt']
                when 'supervision_order' then array['order_sign'] else array[f.kind] end)
           where f.txid = pg_current_xact_id() and f.campaign_id = $1"#,
        db.campaign(),
        &touched.associations,
        &touched.units,
        &column(&touched.cases, |(kind, _)| kind.key().to_owned()),
        &column(&touched.cases, |(_, case)| *case),
        &touched.orders,
    )
    .fetch_all(db.connection())
    .await?;
    let associations = rows.iter().filter_map(|row| row.association_id);
    let units = rows.iter().filter_map(|row| row.unit_id);
    Ok((associations.collect(), units.collect()))
}

/// The associations and units on whose cases something is signed.
pub async fn signers(db: &mut Db) -> Result<(Vec<i64>, Vec<i64>), sqlx::Error> {
    let rows = sqlx::query!(
        "select distinct association_id, unit_id from signature where campaign_id = $1 and ended_on is null",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    let associations = rows.iter().filter_map(|row| row.association_id);
    let units = rows.iter().filter_map(|row| row.unit_id);
    Ok((associations.collect(), units.collect()))
}

/// The last signatures on the cases of some associations and units.
pub async fn currents(
    db: &mut Db,
    (associations, units): (&[i64], &[i64]),
) -> Result<Vec<Current>, sqlx::Error> {
    let rows = sqlx::query_as!(
        Read,
        r#"select s.id, s.kind as "kind: Kind", s.case_id as "case", s.part, s.void_on,
                  s.content as "open: Json<Map<String, Value>>",
                  p.content as "persons?: Json<Map<String, Value>>", s.mark
           from signature s
           left join signature_person p on p.campaign_id = s.campaign_id and p.signature_id = s.id
           where s.campaign_id = $1 and s.ended_on is null and (s.association_id = any($2) or s.unit_id = any($3))
           order by s.id"#,
        db.campaign(),
        associations,
        units,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(Current::from).collect())
}

/// A signature that is made.
#[derive(Debug, Clone)]
pub struct Bound {
    /// Its kind.
    pub kind: Kind,
    /// The case.
    pub case: i64,
    /// What of it.
    pub part: String,
    /// Whose case it is.
    pub association: Option<i64>,
    /// Whose, where it is a unit's own.
    pub unit: Option<i64>,
    /// On which day.
    pub on: NaiveDate,
    /// What is agreed to.
    pub content: Content,
    /// Its mark.
    pub mark: String,
}

/// Who signs, and by which act; nobody where it is carried over from before.
#[derive(Debug, Clone, Copy, Default)]
pub struct By {
    /// The act.
    pub act: Option<Act>,
    /// The account.
    pub account: Option<i64>,
    /// The department.
    pub department: Option<i64>,
}

fn column<R, T>(rows: &[R], of: impl Fn(&R) -> T) -> Vec<T> {
    rows.iter().map(of).collect()
}

fn text(map: &Map<String, Value>) -> String {
    Value::Object(map.clone()).to_string()
}

/// Keeps signatures.
pub async fn bind(db: &mut Db, by: By, bound: &[Bound]) -> Result<(), sqlx::Error> {
    if bound.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "with made as (
             insert into signature (campaign_id, kind, case_id, part, association_id, unit_id, signed_on, content, mark,
                                    act, signed_by, department_id, carried)
             select $1, n.kind, n.case_id, n.part, n.association_id, n.unit_id, n.signed_on, n.content::jsonb, n.mark,
                    $10, $11, $12, $10::text is null
             from unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::bigint[], $7::date[], $8::text[], $9::text[])
                  as n(kind, case_id, part, association_id, unit_id, signed_on, content, mark)
             returning id, kind, case_id, part)
         insert into signature_person (campaign_id, signature_id, content)
         select $1, made.id, n.persons::jsonb
         from made
         join unnest($2::text[], $3::bigint[], $4::text[], $13::text[]) as n(kind, case_id, part, persons)
           on n.kind = made.kind and n.case_id = made.case_id and n.part = made.part
         where n.persons <> '{}'",
        db.campaign(),
        &column(bound, |each| each.kind.key().to_owned()),
        &column(bound, |each| each.case),
        &column(bound, |each| each.part.clone()),
        &column(bound, |each| each.association) as &[Option<i64>],
        &column(bound, |each| each.unit) as &[Option<i64>],
        &column(bound, |each| each.on),
        &column(bound, |each| text(&each.content.open)),
        &column(bound, |each| each.mark.clone()),
        by.act.map(Act::name),
        by.account,
        by.department,
        &column(bound, |each| text(&each.content.persons)),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// These are not the last ones of their cases any more.
pub async fn end(db: &mut Db, ids: &[i64], on: NaiveDate) -> Result<(), sqlx::Error> {
    if ids.is_empty() {
        return Ok(());
    }
    sqlx::query!(
        "update signature set ended_on = $3 where campaign_id = $1 and id = any($2)",
        db.campaign(),
        ids,
        on,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// These are void: what they agreed to reads otherwise now.
pub async fn void(
    db: &mut Db,
    voided: &[(i64, &Content)],
    on: NaiveDate,
) -> Result<(), sqlx::Error> {
    if voided.is_empty() {
        return Ok(());
    }
    let ids = column(voided, |(id, _)| *id);
    sqlx::query!(
        "update signature s set void_on = $4, void_content = n.content::jsonb
         from unnest($2::bigint[], $3::text[]) as n(id, content)
         where s.campaign_id = $1 and s.id = n.id",
        db.campaign(),
        &ids,
        &column(voided, |(_, content)| text(&content.open)),
        on,
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "insert into signature_person as p (campaign_id, signature_id, content, void_content)
         select $1, n.id, '{}', n.content::jsonb from unnest($2::bigint[], $3::text[]) as n(id, content)
         on conflict (campaign_id, signature_id) do update set void_content = excluded.void_content",
        db.campaign(),
        &ids,
        &column(voided, |(_, content)| text(&content.persons)),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// What a page shows of a signature that is void, or stands.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its kind.
    pub kind: Kind,
    /// The case.
    pub case: i64,
    /// What of it.
    pub part: String,
    /// When it was signed.
    pub signed_on: NaiveDate,
    /// For which department; empty where it was carried over.
    pub department: String,
    /// 沿用.
    pub carried: bool,
    /// Void since.
    pub void_on: Option<NaiveDate>,
    /// What was agreed to.
    pub agreed: Content,
    /// How it read when it was found changed.
    pub void: Content,
}

/// The last signatures of some kinds on a case.
pub async fn shown(db: &mut Db, kinds: &[Kind], case: i64) -> Result<Vec<Shown>, sqlx::Error> {
    let cases: Vec<(Kind, i64)> = kinds.iter().map(|kind| (*kind, case)).collect();
    shown_of(db, &cases).await
}

/// The last signatures on several cases, each of a kind.
pub async fn shown_of(db: &mut Db, cases: &[(Kind, i64)]) -> Result<Vec<Shown>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select s.kind as "kind: Kind", s.case_id as "case", s.part, s.signed_on, coalesce(d.name, '') as "department!",
                  s.carried, s.void_on, s.content as "open: Json<Map<String, Value>>",
                  p.content as "persons?: Json<Map<String, Value>>",
                  s.void_content as "void_open: Json<Map<String, Value>>",
                  p.void_content as "void_persons?: Json<Map<String, Value>>"
           from unnest($2::text[], $3::bigint[]) as n(kind, case_id)
           join signature s on s.campaign_id = $1 and s.kind = n.kind and s.case_id = n.case_id and s.ended_on is null
           left join signature_person p on p.campaign_id = s.campaign_id and p.signature_id = s.id
           left join department d on d.campaign_id = s.campaign_id and d.id = s.department_id
           order by s.id"#,
        db.campaign(),
        &column(cases, |(kind, _)| kind.key().to_owned()),
        &column(cases, |(_, case)| *case),
    )
    .fetch_all(db.connection())
    .await?;
    let map = |json: Option<Json<Map<String, Value>>>| json.map(|json| json.0).unwrap_or_default();
    let shown = rows.into_iter().map(|row| Shown {
        kind: row.kind,
        case: row.case,
        part: row.part,
        signed_on: row.signed_on,
        department: row.department,
        carried: row.carried,
        void_on: row.void_on,
        agreed: Content {
            open: row.open.0,
            persons: map(row.persons),
        },
        void: Content {
            open: map(row.void_open),
            persons: map(row.void_persons),
        },
    });
    Ok(shown.collect())
}
