//! SQL of the cut-off: what it freezes of each unit, and who was in its base (LI-11, FZ-3).

use chrono::NaiveDate;

use crate::database::Db;

/// What the cut-off froze of a unit.
#[derive(Debug, Clone)]
pub struct Frozen {
    /// Its day.
    pub on: NaiveDate,
    /// B; none: 未报.
    pub base: Option<i32>,
    /// In scope by the register then.
    pub in_register: i32,
    /// 待定 then.
    pub undecided: i32,
    /// R; none also where no share was ordered.
    pub required: Option<i32>,
    /// M.
    pub mandatory: Option<i32>,
    /// L: recommended.
    pub recommended: Option<i32>,
    /// Rows of the published list.
    pub listed: i32,
    /// Why the list was published without the unit.
    pub missing: Option<String>,
}

/// When and by which publication is frozen, and the share that must be recommended.
#[derive(Debug, Clone, Copy)]
pub struct Freezing {
    /// The publication.
    pub publication: i64,
    /// Its day.
    pub on: NaiveDate,
    /// Associations founded from here on do not count.
    pub issued: NaiveDate,
    /// The share; none: of a later list, which orders none (FD-1).
    pub share: Option<(i64, i64)>,
}

/// Freezes each unit's figures at the cut-off. What was frozen stays so; a unit that was
/// 未报 then and is decided on now is frozen now.
pub async fn freeze(
    db: &mut Db,
    freezing: &Freezing,
    missing: &[(i64, String)],
) -> Result<(), sqlx::Error> {
    let (ids, reasons): (Vec<i64>, Vec<String>) = missing.iter().cloned().unzip();
    let (numerator, denominator) = freezing.share.map(|(p, q)| (int(p), int(q))).unzip();
    let frozen = sqlx::query_scalar!(
        r#"insert into roster_cutoff as c (campaign_id, department_id, publication_id, cut_off_on, base, in_register,
               undecided, required, missing_reason)
           select d.campaign_id, d.id, $2, $3, case when w.id is null then n.base end, n.base, n.undecided,
                  case when w.id is null then (n.base * $5::int + $6::int - 1) / $6::int end, w.reason
           from department d
           left join unnest($7::bigint[], $8::text[]) as w(id, reason) on w.id = d.id
           cross join lateral (
               select (count(*) filter (where a.scope = 'in'))::int as base,
                      (count(*) filter (where a.scope in ('undecided', 'defer')))::int as undecided
               from association a
               where a.campaign_id = d.campaign_id and a.department_id = d.id and (a.registered_on < $4) is not false
                 and a.exited_on is null) n
           where d.campaign_id = $1 and d.supervises and d.active
           on conflict (campaign_id, department_id) do update
           set publication_id = excluded.publication_id, cut_off_on = excluded.cut_off_on, base = excluded.base,
               in_register = excluded.in_register, undecided = excluded.undecided, required = excluded.required,
               missing_reason = excluded.missing_reason
           where c.base is null and excluded.base is not null
           returning c.department_id"#,
        db.campaign(),
        freezing.publication,
        freezing.on,
        freezing.issued,
        numerator,
        denominator,
        &ids,
        &reasons,
    )
    .fetch_all(db.connection())
    .await?;
    keep_members(db, freezing, &frozen).await
}

fn int(number: i64) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// Keeps who was in the base of the units that were frozen now, and counts them.
async fn keep_members(db: &mut Db, freezing: &Freezing, frozen: &[i64]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into roster_base (campaign_id, department_id, association_id, name, mandatory, recommended, listed, reason)
         select a.campaign_id, a.department_id, a.id, a.name, coalesce(e.mandatory, false), coalesce(e.chosen, false),
                e.publication_id is not null, coalesce(e.reason, '')
         from roster_cutoff c
         join association a on a.campaign_id = c.campaign_id and a.department_id = c.department_id
             and a.scope = 'in' and (a.registered_on < $3) is not false and a.exited_on is null
         left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
         where c.campaign_id = $1 and c.department_id = any($2) and c.base is not null
         order by a.department_id, a.sort_key, a.id
         on conflict do nothing",
        db.campaign(),
        frozen,
        freezing.issued,
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "update roster_cutoff c
         set mandatory = n.mandatory, recommended = n.recommended, listed = n.listed
         from (select d.id,
                      (count(b.id) filter (where b.mandatory))::int as mandatory,
                      (count(b.id) filter (where b.recommended))::int as recommended,
                      (select count(*) from roster_line l where l.campaign_id = $1 and l.department_id = d.id
                         and l.publication_id is not null)::int as listed
               from department d
               left join roster_base b on b.campaign_id = d.campaign_id and b.department_id = d.id
               where d.campaign_id = $1 and d.id = any($2)
               group by d.id) n
         where c.campaign_id = $1 and c.department_id = n.id and c.base is not null",
        db.campaign(),
        frozen,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// What the cut-off froze of a unit, if it did.
pub async fn frozen(db: &mut Db, unit: i64) -> Result<Option<Frozen>, sqlx::Error> {
    sqlx::query_as!(
        Frozen,
        r#"select cut_off_on as "on", base, in_register, undecided, required, mandatory, recommended, listed,
                  missing_reason as missing
           from roster_cutoff where campaign_id = $1 and department_id = $2"#,
        db.campaign(),
        unit,
    )
    .fetch_optional(db.connection())
    .await
}

/// An association of a unit's base.
#[derive(Debug, Clone)]
pub struct Member {
    /// The association.
    pub id: i64,
    /// Its name then.
    pub name: String,
    /// It had to be recommended.
    pub mandatory: bool,
    /// It was.
    pub recommended: bool,
    /// The list took it.
    pub listed: bool,
    /// Why later, in the unit's words.
    pub reason: String,
}

/// Who was in a unit's base.
pub async fn members(db: &mut Db, unit: i64) -> Result<Vec<Member>, sqlx::Error> {
    sqlx::query_as!(
        Member,
        "select association_id as id, name, mandatory, recommended, listed, reason from roster_base
         where campaign_id = $1 and department_id = $2 order by id limit 2000",
        db.campaign(),
        unit,
    )
    .fetch_all(db.connection())
    .await
}

/// Sums of the cut-off over all units.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sums {
    /// Units that reported.
    pub reported: i64,
    /// Units without a base (未报).
    pub missing: i64,
    /// ΣB.
    pub base: i64,
    /// ΣR.
    pub required: i64,
    /// ΣM.
    pub mandatory: i64,
    /// ΣL.
    pub recommended: i64,
    /// First and last day.
    pub from: Option<NaiveDate>,
    /// The last.
    pub until: Option<NaiveDate>,
}

/// The sums, whether anything is frozen or not.
pub async fn sums(db: &mut Db) -> Result<Sums, sqlx::Error> {
    sqlx::query_as!(
        Sums,
        r#"select count(base) as "reported!", count(*) - count(base) as "missing!",
                  coalesce(sum(base), 0)::bigint as "base!", coalesce(sum(required), 0)::bigint as "required!",
                  coalesce(sum(mandatory), 0)::bigint as "mandatory!",
                  coalesce(sum(recommended), 0)::bigint as "recommended!",
                  min(cut_off_on) filter (where base is not null) as "from",
                  max(cut_off_on) filter (where base is not null) as until
           from roster_cutoff where campaign_id = $1"#,
        db.campaign(),
    )
    .fetch_one(db.connection())
    .await
}
