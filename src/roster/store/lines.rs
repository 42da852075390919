//! SQL of the rows of the published lists and of their amendments, word for word as they
//! were published (FZ-1), with what became of them since beside it. By key, a page at a time.

use chrono::NaiveDate;

use crate::database::Db;
use crate::figures::{Set, store as figures};
use crate::registry::rules::ExitKind;
use crate::roster::rules::amendments::AmendmentKind;
use crate::roster::rules::lines::{Change, Source};
use crate::web::list::ROWS;

/// Most lines of an amendment that its paper has.
const MOST: i64 = 10_000;

/// A row of a list or of an amendment.
#[derive(Debug, Clone)]
pub struct Line {
    /// Where it stands in its list: the key of pages.
    pub place: i64,
    /// The association.
    pub association: i64,
    /// 序号.
    pub serial: i32,
    /// On a list, or what an amendment did.
    pub change: Change,
    /// The name as published.
    pub name: String,
    /// The code as published.
    pub uscc: Option<String>,
    /// The unit as published.
    pub unit: String,
    /// 批次.
    pub batch: String,
    /// 备注.
    pub remark: String,
    /// Why it is on the list; internal.
    pub reason: String,
    /// Where the text comes from.
    pub source: Source,
    /// The amendment that it is part of.
    pub kind: Option<AmendmentKind>,
    /// Its number.
    pub number: Option<i32>,
    /// Its day.
    pub amended_on: Option<NaiveDate>,
    /// Its reason.
    pub because: Option<String>,
    /// What has become of it since.
    pub later: Later,
}

/// What stands otherwise today than in a line.
#[derive(Debug, Clone, Default)]
pub struct Later {
    /// Another name.
    pub name: Option<String>,
    /// Since when, by a change; an error that was corrected has no day.
    pub name_since: Option<NaiveDate>,
    /// Another code.
    pub uscc: Option<String>,
    /// Another responsible unit.
    pub unit: Option<String>,
    /// Since when.
    pub unit_since: Option<NaiveDate>,
    /// The same unit under another name.
    pub unit_renamed: Option<String>,
    /// Since when.
    pub renamed_since: Option<NaiveDate>,
    /// Number and day of the amendment that corrected the line.
    pub corrected: Option<(i32, NaiveDate)>,
    /// Number and day of the amendment that withdrew it.
    pub withdrawn: Option<(i32, NaiveDate)>,
    /// How the association left.
    pub exit: Option<(ExitKind, Option<NaiveDate>)>,
}

/// The rows of one page and the keys of its neighbours.
#[derive(Debug, Clone, Default)]
pub struct Slice {
    /// The rows.
    pub lines: Vec<Line>,
    /// The key that the page before starts after.
    pub before: Option<i64>,
    /// The key that the next page starts after.
    pub after: Option<i64>,
}

impl Slice {
    fn of(mut lines: Vec<Line>, before: Option<i64>) -> Self {
        let page = usize::try_from(ROWS).unwrap_or(usize::MAX);
        let more = lines.len() > page;
        lines.truncate(page);
        let last = lines.last().map(|line| line.place);
        Self {
            after: last.filter(|_| more),
            before,
            lines,
        }
    }
}

/// Lines by the rows that have them and the key that orders these: those after `$2`, and one more
/// than the `$3` of a page.
macro_rules! select_lines {
    ($rows:literal by $key:literal $(, $argument:expr)*) => {
        sqlx::query!(
            r#"with k as ("# + $rows + " and " + $key + " > $2 order by " + $key + r#" limit $3::bigint + 1)
               select k.place as "place!", l.association_id, first.serial, l.change as "change: Change", l.name, l.uscc, l.unit,
                  first.batch, l.remark, l.reason, l.source as "source: Source",
                  m.kind as "kind?: AmendmentKind", m.number as "number?", m.amended_on as "amended_on?",
                  m.reason as "because?",
                  case when a.name <> l.name then a.name end as later_name,
                  case when a.name <> l.name then
                      (select p.since from association_period p
                       where p.campaign_id = a.campaign_id and p.association_id = a.id and p.field = 'name'
                         and p.until is null) end as name_since,
                  case when a.uscc is distinct from l.uscc then a.uscc end as later_uscc,
                  case when a.department_id <> l.department_id then d.name end as later_unit,
                  case when a.department_id <> l.department_id then
                      (select u.since from association_unit u
                       where u.campaign_id = a.campaign_id and u.association_id = a.id and u.until is null) end as unit_since,
                  case when a.department_id = l.department_id and d.name <> l.unit then d.name end as unit_renamed,
                  case when a.department_id = l.department_id and d.name <> l.unit then
                      (select n.since from department_name n
                       where n.campaign_id = d.campaign_id and n.department_id = d.id and n.until is null) end
                      as renamed_since,
                  c.number as "corrected_number?", c.amended_on as "corrected_on?",
                  w.number as "withdrawn_number?", w.amended_on as "withdrawn_on?",
                  a.exit_kind as "exit_kind: ExitKind", a.exited_on
               from k
               join roster_line l on l.campaign_id = $1 and l.id = k.line
               join roster_line first on first.campaign_id = l.campaign_id and first.id = k.place
               join association a on a.campaign_id = l.campaign_id and a.id = l.association_id
               join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
               left join roster_entry e on e.campaign_id = l.campaign_id and e.association_id = l.association_id
               left join roster_amendment m on m.campaign_id = l.campaign_id and m.id = l.amendment_id
               left join roster_amendment w on w.campaign_id = e.campaign_id and w.id = e.withdrawn_by
               left join roster_line r on r.campaign_id = e.campaign_id and r.id = e.line_id and e.line_id <> l.id
                   and r.change = 'corrected'
               left join roster_amendment c on c.campaign_id = r.campaign_id and c.id = r.amendment_id
               order by k.place"#
            $(, $argument)*
        )
        .map(|row| Line {
            place: row.place,
            association: row.association_id,
            serial: row.serial,
            change: row.change,
            name: row.name,
            uscc: row.uscc,
            unit: row.unit,
            batch: row.batch,
            remark: row.remark,
            reason: row.reason,
            source: row.source,
            kind: row.kind,
            number: row.number,
            amended_on: row.amended_on,
            because: row.because,
            later: Later {
                name: row.later_name,
                name_since: row.name_since,
                uscc: row.later_uscc,
                unit: row.later_unit,
                unit_since: row.unit_since,
                unit_renamed: row.unit_renamed,
                renamed_since: row.renamed_since,
                corrected: row.corrected_number.zip(row.corrected_on),
                withdrawn: row.withdrawn_number.zip(row.withdrawn_on),
                exit: row.exit_kind.map(|kind| (kind, row.exited_on)),
            },
        })
    };
}

/// The page of such lines after a key; the same rows backwards give the page before.
macro_rules! slice {
    ($db:ident after $after:ident, $rows:literal by $key:literal $(, $argument:expr)*) => {{
        let lines = select_lines!($rows by $key, $db.campaign(), $after, ROWS $(, $argument)*)
            .fetch_all($db.connection())
            .await?;
        let mut before = None;
        if $after > 0 {
            before = sqlx::query_scalar!(
                "select min(k.place) - 1 from (" + $rows + " and " + $key + " <= $2 order by " + $key + " desc limit $3) k",
                $db.campaign(),
                $after,
                ROWS
                $(, $argument)*
            )
            .fetch_one($db.connection())
            .await?;
        }
        Ok(Slice::of(lines, before))
    }};
}

/// The published lists, one after the other; of one unit, if it is given.
pub async fn published(db: &mut Db, after: i64, unit: Option<i64>) -> Result<Slice, sqlx::Error> {
    match unit {
        Some(unit) => of(db, after, unit).await,
        None => slice!(db after after,
            "select id as place, id as line from roster_line where campaign_id = $1 and publication_id is not null" by "id"),
    }
}

/// The rows of one unit, which are found by an index of their own.
async fn of(db: &mut Db, after: i64, unit: i64) -> Result<Slice, sqlx::Error> {
    slice!(db after after,
        "select id as place, id as line from roster_line
         where campaign_id = $1 and publication_id is not null and department_id = $4" by "id", unit)
}

/// The list as it stands: what has left stays on it as exited (LI-9).
pub async fn current(db: &mut Db, after: i64) -> Result<Slice, sqlx::Error> {
    slice!(db after after,
        "select place, line_id as line from roster_entry
         where campaign_id = $1 and (publication_id is not null or added_by is not null) and withdrawn_by is null" by "place")
}

/// So many rows of the list as it stands after a key; of a unit as the rows name it, if it
/// is given.
pub async fn next(
    db: &mut Db,
    (after, most): (i64, i64),
    unit: Option<i64>,
) -> Result<Vec<Line>, sqlx::Error> {
    let most = most - 1;
    match unit {
        Some(unit) => {
            select_lines!(
                "select e.place, e.line_id as line from roster_entry e
                 join roster_line u on u.campaign_id = e.campaign_id and u.id = e.line_id
                 where e.campaign_id = $1 and (e.publication_id is not null or e.added_by is not null)
                   and e.withdrawn_by is null and u.department_id = $4" by "place",
                db.campaign(), after, most, unit)
            .fetch_all(db.connection())
            .await
        }
        None => {
            select_lines!(
                "select place, line_id as line from roster_entry
                 where campaign_id = $1 and (publication_id is not null or added_by is not null)
                   and withdrawn_by is null" by "place",
                db.campaign(), after, most)
            .fetch_all(db.connection())
            .await
        }
    }
}

/// So many rows of the published lists after a key, as they were published.
pub async fn next_published(
    db: &mut Db,
    (after, most): (i64, i64),
) -> Result<Vec<Line>, sqlx::Error> {
    select_lines!(
        "select id as place, id as line from roster_line where campaign_id = $1 and publication_id is not null" by "id",
        db.campaign(), after, most - 1)
    .fetch_all(db.connection())
    .await
}

/// The lines of the amendment of a number.
pub async fn of_amendment(db: &mut Db, number: i32) -> Result<Vec<Line>, sqlx::Error> {
    select_lines!(
        "select id as place, id as line from roster_line
         where campaign_id = $1 and amendment_id = (select m.id from roster_amendment m
                                                    where m.campaign_id = $1 and m.number = $4)" by "id",
        db.campaign(), 0, MOST, number)
    .fetch_all(db.connection())
    .await
}

/// What amendments did, line by line.
pub async fn amended(db: &mut Db, after: i64) -> Result<Slice, sqlx::Error> {
    slice!(db after after,
        "select id as place, id as line from roster_line where campaign_id = $1 and amendment_id is not null" by "id")
}

/// How many rows the lists have.
#[derive(Debug, Clone, Copy, Default)]
pub struct Totals {
    /// As published.
    pub published: i64,
    /// As it stands.
    pub current: i64,
    /// Of these, exited.
    pub exited: i64,
    /// Lines of amendments.
    pub amended: i64,
}

/// Counts them, from counters and an index alone.
pub async fn totals(db: &mut Db) -> Result<Totals, sqlx::Error> {
    let [current, exited] = figures::sums(db, [Set::Listed, Set::ListedExited]).await?;
    let lines = sqlx::query!(
        r#"select (select coalesce(sum(lines), 0)::bigint from roster_publication where campaign_id = $1) as "published!",
                  (select count(*) from roster_line where campaign_id = $1 and amendment_id is not null) as "amended!""#,
        db.campaign(),
    )
    .fetch_one(db.connection())
    .await?;
    Ok(Totals {
        published: lines.published,
        current,
        exited,
        amended: lines.amended,
    })
}

/// How many rows of the published lists are a unit's.
pub async fn of_unit(db: &mut Db, unit: i64) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from roster_line
           where campaign_id = $1 and publication_id is not null and department_id = $2"#,
        db.campaign(),
        unit,
    )
    .fetch_one(db.connection())
    .await
}

/// A published list: title, number and date.
#[derive(Debug, Clone)]
pub struct Publication {
    /// Its title.
    pub title: String,
    /// Its year.
    pub year: i32,
    /// Its number.
    pub number: i32,
    /// Its day.
    pub published_on: NaiveDate,
    /// How many rows it has.
    pub lines: i32,
}

/// The published lists.
pub async fn publications(db: &mut Db) -> Result<Vec<Publication>, sqlx::Error> {
    sqlx::query_as!(
        Publication,
        "select title, year, number, published_on, lines from roster_publication
         where campaign_id = $1 order by published_on, id limit 100",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}
