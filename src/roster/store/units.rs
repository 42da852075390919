//! SQL of how the units stand: what the cut-off froze, and what is there today.

use chrono::NaiveDate;

use crate::access::Case as _;
use crate::database::Db;
use crate::roster::rules::State;
use crate::roster::rules::units::Missing;
use crate::web::list::ROWS;

use super::Recommendation;
use super::cutoff::Frozen;

/// How a unit stands.
#[derive(Debug, Clone)]
pub struct UnitRow {
    /// The unit.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// As the cut-off froze it; none before.
    pub frozen: Option<Frozen>,
    /// In scope, living, founded before the scheme: today.
    pub managed: i64,
    /// Of these, never on the list: a later one could take them. Not counted of a unit whose
    /// recommendation is published.
    pub unlisted: i64,
    /// Of these in scope, recommended; not counted of such a unit either.
    pub chosen: i64,
    /// On nobody's decision yet, or deferred: today.
    pub undecided: i64,
    /// On the list as it stands.
    pub listed: i64,
    /// State of the recommendation; none: not begun.
    pub state: Option<State>,
    /// The unit asks for its correction.
    pub asked: bool,
    /// It has reported nil.
    pub nil: bool,
}

impl UnitRow {
    /// Why the list cannot be published without an exception for it.
    #[must_use]
    pub const fn missing(&self) -> Option<Missing> {
        let counts = (self.managed, self.unlisted);
        Missing::counted(self.state, counts, (self.nil, self.asked))
    }
}

/// Supervising units after a key, a page of them; what they have is counted for these alone.
pub async fn units(
    db: &mut Db,
    (issued, after): (NaiveDate, i64),
) -> Result<Vec<UnitRow>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select d.id, d.short_name as name, c.cut_off_on as "cut_off_on?", c.base, c.in_register as "in_register?",
                  c.undecided as "undecided_then?", c.required, c.mandatory, c.recommended, c.listed as "listed_then?",
                  c.missing_reason,
                  n.managed as "managed!", n.undecided as "undecided!", n.listed as "listed!", o.unlisted as "unlisted!", o.chosen as "chosen!",
                  r.state as "state?: State",
                  exists (select from correction q where q.campaign_id = d.campaign_id and q.kind = $3
                      and q.case_id = d.id and q.state = 'asked') as "asked!",
                  exists (select from nil_report z where z.campaign_id = d.campaign_id and z.department_id = d.id) as "nil!"
           from (select * from department where campaign_id = $1 and supervises and active and id > $4 order by id limit $5) d
           left join roster_cutoff c on c.campaign_id = d.campaign_id and c.department_id = d.id
           left join recommendation r on r.campaign_id = d.campaign_id and r.department_id = d.id
           cross join lateral (
               select coalesce(sum(associations) filter (where scope = 'in' and not fresh and gone_on = 'infinity'), 0)::bigint as managed,
                      coalesce(sum(associations) filter (where scope in ('undecided', 'defer') and not fresh and gone_on = 'infinity'), 0)::bigint
                          as undecided, coalesce(sum(associations) filter (where listed), 0)::bigint as listed
               from figure_count where campaign_id = d.campaign_id and department_id = d.id) n
           cross join lateral (
               select count(*) filter (where e.publication_id is null and e.added_by is null) as unlisted,
                      count(*) filter (where e.chosen) as chosen
               from association a left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
               where r.state is distinct from 'published' and a.campaign_id = d.campaign_id and a.department_id = d.id
                 and a.scope = 'in' and (a.registered_on < $2) is not false and a.exited_on is null) o
           order by d.id"#,
        db.campaign(),
        issued,
        Recommendation::KIND,
        after,
        ROWS + 1,
    )
    .fetch_all(db.connection())
    .await?;
    let rows = rows.into_iter().map(|row| UnitRow {
        id: row.id,
        name: row.name,
        frozen: row.cut_off_on.map(|on| Frozen {
            on,
            base: row.base,
            in_register: row.in_register.unwrap_or_default(),
            undecided: row.undecided_then.unwrap_or_default(),
            required: row.required,
            mandatory: row.mandatory,
            recommended: row.recommended,
            listed: row.listed_then.unwrap_or_default(),
            missing: row.missing_reason,
        }),
        managed: row.managed,
        unlisted: row.unlisted,
        chosen: row.chosen,
        undecided: row.undecided,
        listed: row.listed,
        state: row.state,
        asked: row.asked,
        nil: row.nil,
    });
    Ok(rows.collect())
}

/// A unit without which the list cannot be published.
#[derive(Debug, Clone)]
pub struct MissingUnit {
    /// The unit.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// In scope by the register.
    pub managed: i64,
    /// What is missing.
    pub why: Missing,
}

/// All units that hold up the list (TC-54): who neither has a decided recommendation nor
/// reported nil, or asks for a correction.
pub async fn missing(db: &mut Db, issued: NaiveDate) -> Result<Vec<MissingUnit>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select d.id, d.short_name as name, coalesce(n.managed, 0) as "managed!",
                  coalesce(n.unlisted, 0) as "unlisted!", r.state as "state?: State",
                  exists (select from correction q where q.campaign_id = d.campaign_id and q.kind = $3
                      and q.case_id = d.id and q.state = 'asked') as "asked!",
                  exists (select from nil_report z where z.campaign_id = d.campaign_id and z.department_id = d.id) as "nil!"
           from department d
           left join recommendation r on r.campaign_id = d.campaign_id and r.department_id = d.id
           left join (select a.department_id, count(*) as managed,
                             count(*) filter (where e.publication_id is null and e.added_by is null) as unlisted
                      from association a
                      left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
                      where a.campaign_id = $1 and a.scope = 'in' and (a.registered_on < $2) is not false and a.exited_on is null
                      group by a.department_id) n on n.department_id = d.id
           where d.campaign_id = $1 and d.supervises and d.active
           order by d.id limit 5000"#,
        db.campaign(),
        issued,
        Recommendation::KIND,
    )
    .fetch_all(db.connection())
    .await?;
    let rows = rows.into_iter().filter_map(|row| {
        let counts = (row.managed, row.unlisted);
        let why = Missing::counted(row.state, counts, (row.nil, row.asked))?;
        Some(MissingUnit {
            id: row.id,
            name: row.name,
            managed: row.managed,
            why,
        })
    });
    Ok(rows.collect())
}

/// The district as it stands today.
#[derive(Debug, Clone, Copy, Default)]
pub struct Living {
    /// 现主管数: in scope, living, founded before the scheme.
    pub managed: i64,
    /// Σ of what each unit must recommend of them; 0 where it is not asked.
    pub required: i64,
    /// Of these, recommended; 0 where it is not asked.
    pub chosen: i64,
    /// Something was decided on and not yet published.
    pub decided: bool,
}

/// The district where the cut-off is frozen: only what has another word there.
pub async fn today(db: &mut Db) -> Result<Living, sqlx::Error> {
    sqlx::query_as!(
        Living,
        r#"select (select coalesce(sum(associations), 0)::bigint from figure_count
                   where campaign_id = $1 and scope = 'in' and not fresh and gone_on = 'infinity') as "managed!",
                  0::bigint as "required!", 0::bigint as "chosen!",
                  exists (select from recommendation where campaign_id = $1 and state = 'approved') as "decided!""#,
        db.campaign(),
    )
    .fetch_one(db.connection())
    .await
}

/// The district before the first publication.
pub async fn living(
    db: &mut Db,
    issued: NaiveDate,
    (numerator, denominator): (i64, i64),
) -> Result<Living, sqlx::Error> {
    sqlx::query_as!(
        Living,
        r#"select coalesce(sum(n.managed), 0)::bigint as "managed!",
                  coalesce(sum((n.managed * $3 + $4 - 1) / $4), 0)::bigint as "required!",
                  (select count(*) from roster_entry e
                   join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
                   where e.campaign_id = $1 and e.chosen and a.scope = 'in' and (a.registered_on < $2) is not false
                     and a.exited_on is null) as "chosen!",
                  exists (select from recommendation where campaign_id = $1 and state = 'approved') as "decided!"
           from (select count(*) as managed from association a
                 where a.campaign_id = $1 and a.scope = 'in' and (a.registered_on < $2) is not false and a.exited_on is null
                 group by a.department_id) n"#,
        db.campaign(),
        issued,
        numerator,
        denominator,
    )
    .fetch_one(db.connection())
    .await
}
