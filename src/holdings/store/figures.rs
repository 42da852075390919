//! What each association's registers count in each figure (tables `holding_standing` and
//! `holding_count`): kept with the desk, and read by the district's view whatever the number
//! of associations.

use std::collections::BTreeMap;

use crate::access::Scope;
use crate::database::Db;
use crate::figures::Changed;
use crate::holdings::rules::figures::counted;
use crate::scheme::Scheme;

use super::sources;

/// What an association counts in a figure.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Line {
    /// The unit that answers for it.
    pub department: i64,
    /// Rows.
    pub lines: i32,
    /// Sum of the values.
    pub sum: i64,
}

/// By association and figure.
pub type Lines = BTreeMap<(i64, String), Line>;

/// What these associations should count.
pub async fn computed(
    db: &mut Db,
    associations: &[i64],
    scheme: &Scheme,
) -> Result<Lines, sqlx::Error> {
    let mut found = Lines::new();
    for holder in sources(db, associations).await? {
        for row in counted(&holder.source.book(scheme)) {
            for (figure, value) in row.figures {
                let line = found.entry((holder.id, figure)).or_default();
                line.department = holder.department;
                line.lines += 1;
                line.sum += value;
            }
        }
    }
    Ok(found)
}

/// What is kept of them.
pub async fn kept(db: &mut Db, associations: &[i64]) -> Result<Lines, sqlx::Error> {
    let rows = sqlx::query!(
        "select association_id, figure, department_id, lines, sum
         from holding_standing where campaign_id = $1 and association_id = any($2)",
        db.campaign(),
        associations,
    )
    .fetch_all(db.connection())
    .await?;
    let keyed = rows.into_iter().map(|row| {
        let line = Line {
            department: row.department_id,
            lines: row.lines,
            sum: row.sum,
        };
        ((row.association_id, row.figure), line)
    });
    Ok(keyed.collect())
}

/// By how much the counters change: figure, unit. In this order they are locked.
#[derive(Debug, Default)]
struct Changes(BTreeMap<(String, i64), (i32, i32, i64)>);

impl Changes {
    fn add(&mut self, figure: &str, line: &Line, sign: i32) {
        let key = (figure.to_owned(), line.department);
        let change = self.0.entry(key).or_default();
        change.0 += sign;
        change.1 += sign * line.lines;
        change.2 += i64::from(sign) * line.sum;
    }
}

/// Computes what these associations count again and writes what differs, and by how much it
/// does into the counters. Held by the lock of their desks.
pub async fn renew(db: &mut Db, associations: &[i64], scheme: &Scheme) -> Result<(), sqlx::Error> {
    if associations.is_empty() {
        return Ok(());
    }
    let should = computed(db, associations, scheme).await?;
    let changed = Changed::of(should, kept(db, associations).await?);
    let mut counted = Changes::default();
    for (sign, lines) in [(-1, &changed.less), (1, &changed.more)] {
        for ((_, figure), line) in lines {
            counted.add(figure, line, sign);
        }
    }
    let gone: Vec<_> = changed.gone().collect();
    if !gone.is_empty() {
        remove(db, &gone).await?;
    }
    let new: Vec<_> = changed.more.iter().collect();
    if !new.is_empty() {
        put(db, &new).await?;
    }
    change(db, counted).await
}

/// Where what is kept of these associations is not what their registers say.
pub async fn differing(
    db: &mut Db,
    associations: &[i64],
    scheme: &Scheme,
) -> Result<Vec<String>, sqlx::Error> {
    let should = computed(db, associations, scheme).await?;
    Ok(Changed::of(should, kept(db, associations).await?).told())
}

/// A line with its key.
type Keyed<'a> = (&'a (i64, String), &'a Line);

/// A column of some lines.
fn column<T>(lines: &[Keyed<'_>], of: impl Fn(&Keyed<'_>) -> T) -> Vec<T> {
    lines.iter().map(of).collect()
}

async fn remove(db: &mut Db, lines: &[Keyed<'_>]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "delete from holding_standing s using unnest($2::bigint[], $3::text[]) g(association, figure)
         where s.campaign_id = $1 and s.association_id = g.association and s.figure = g.figure",
        db.campaign(),
        &column(lines, |(key, _)| key.0),
        &column(lines, |(key, _)| key.1.clone()),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

async fn put(db: &mut Db, lines: &[Keyed<'_>]) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into holding_standing (campaign_id, association_id, figure, department_id, lines, sum)
         select $1, n.* from unnest($2::bigint[], $3::text[], $4::bigint[], $5::integer[], $6::bigint[]) n
         on conflict (campaign_id, association_id, figure)
         do update set department_id = excluded.department_id, lines = excluded.lines, sum = excluded.sum",
        db.campaign(),
        &column(lines, |(key, _)| key.0),
        &column(lines, |(key, _)| key.1.clone()),
        &column(lines, |(_, line)| line.department),
        &column(lines, |(_, line)| line.lines),
        &column(lines, |(_, line)| line.sum),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

async fn change(db: &mut Db, Changes(mut changes): Changes) -> Result<(), sqlx::Error> {
    changes.retain(|_, change| *change != (0, 0, 0));
    if changes.is_empty() {
        return Ok(());
    }
    let figures: Vec<String> = changes.keys().map(|key| key.0.clone()).collect();
    let departments: Vec<i64> = changes.keys().map(|key| key.1).collect();
    let associations: Vec<i32> = changes.values().map(|change| change.0).collect();
    let lines: Vec<i32> = changes.values().map(|change| change.1).collect();
    let sums: Vec<i64> = changes.values().map(|change| change.2).collect();
    sqlx::query!(
        "insert into holding_count as c (campaign_id, figure, department_id, associations, lines, sum)
         select $1, n.* from unnest($2::text[], $3::bigint[], $4::integer[], $5::integer[], $6::bigint[]) n
         on conflict (campaign_id, figure, department_id)
         do update set associations = c.associations + excluded.associations, lines = c.lines + excluded.lines,
                       sum = c.sum + excluded.sum",
        db.campaign(),
        &figures,
        &departments,
        &associations,
        &lines,
        &sums,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Adds all counters up anew. Nobody changes them meanwhile.
pub async fn recount(db: &mut Db) -> Result<(), sqlx::Error> {
    sqlx::query!("lock table holding_count in exclusive mode")
        .execute(db.connection())
        .await?;
    sqlx::query!(
        "delete from holding_count where campaign_id = $1",
        db.campaign()
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "insert into holding_count (campaign_id, figure, department_id, associations, lines, sum)
         select campaign_id, figure, department_id, count(*), sum(lines), sum(sum)
         from holding_standing where campaign_id = $1 group by campaign_id, figure, department_id",
        db.campaign()
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Counters that are not what is kept of the associations, added up.
pub async fn drift(db: &mut Db) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select concat_ws(' ', figure, department_id, k.counts, '；应为 should be', s.counts) as "found!"
           from (select figure, department_id, array[associations, lines, sum]::numeric[] as counts
                 from holding_count where campaign_id = $1 and (associations, lines, sum) <> (0, 0, 0)) k
           full join (
               select figure, department_id, array[count(*), sum(lines), sum(sum)]::numeric[] as counts
               from holding_standing where campaign_id = $1 group by figure, department_id) s
             using (figure, department_id)
           where k.counts is distinct from s.counts
           order by 1 limit 1000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// A figure as it is counted.
#[derive(Debug, Clone, Default)]
pub struct Total {
    /// Its name.
    pub figure: String,
    /// Associations.
    pub associations: i64,
    /// Rows.
    pub rows: i64,
    /// Sum of the values.
    pub sum: i64,
}

/// Whether there is anything to see: the counters are of units, so one association's own are
/// nobody's to read here.
const fn is_blind(scope: &Scope) -> bool {
    scope.is_empty() || scope.association().is_some()
}

/// A figure of one unit.
#[derive(Debug, Clone)]
pub struct UnitTotal {
    /// The unit.
    pub department: i64,
    /// Its short name.
    pub name: String,
    /// The figure.
    pub total: Total,
}

/// Every figure of every unit, for whoever reads all of them; a unit's together.
pub async fn totals_by_unit(db: &mut Db, scope: &Scope) -> Result<Vec<UnitTotal>, sqlx::Error> {
    if !scope.is_all() {
        return Ok(Vec::new());
    }
    let rows = sqlx::query!(
        r#"select c.department_id, d.short_name, c.figure, c.associations, c.lines, c.sum
           from holding_count c
           join department d on d.campaign_id = c.campaign_id and d.id = c.department_id
           where c.campaign_id = $1 and c.lines > 0
           order by c.department_id, c.figure limit 10000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| UnitTotal {
            department: row.department_id,
            name: row.short_name,
            total: Total {
                figure: row.figure,
                associations: row.associations.into(),
                rows: row.lines.into(),
                sum: row.sum,
            },
        })
        .collect())
}

/// The unit whose figures are meant: one's own, or the one that is asked for by whoever reads all.
fn meant(scope: &Scope, asked: Option<i64>) -> Option<i64> {
    scope.department().map_or(asked, |own| Some(own.0))
}

/// Every figure within reach; of one unit, if it is asked for.
pub async fn totals(
    db: &mut Db,
    scope: &Scope,
    asked: Option<i64>,
) -> Result<Vec<Total>, sqlx::Error> {
    if is_blind(scope) {
        return Ok(Vec::new());
    }
    sqlx::query_as!(
        Total,
        r#"select figure, sum(associations)::bigint as "associations!", sum(lines)::bigint as "rows!", sum(sum)::bigint as "sum!"
           from holding_count
           where campaign_id = $1 and ($2::bigint is null or department_id = $2)
           group by figure having sum(lines) > 0 order by figure limit 1000"#,
        db.campaign(),
        meant(scope, asked),
    )
    .fetch_all(db.connection())
    .await
}

/// Associations that count in a figure, in the order of their keys, after one of them.
pub async fn behind(
    db: &mut Db,
    (scope, figure): (&Scope, &str),
    asked: Option<i64>,
    (after, rows): (i64, i64),
) -> Result<Vec<i64>, sqlx::Error> {
    match meant(scope, asked) {
        _ if is_blind(scope) => Ok(Vec::new()),
        Some(unit) => {
            sqlx::query_scalar!(
                "select association_id from holding_standing
                 where campaign_id = $1 and figure = $2 and department_id = $3 and association_id > $4
                 order by association_id limit $5",
                db.campaign(),
                figure,
                unit,
                after,
                rows,
            )
            .fetch_all(db.connection())
            .await
        }
        None => {
            sqlx::query_scalar!(
                "select association_id from holding_standing
                 where campaign_id = $1 and figure = $2 and association_id > $3
                 order by association_id limit $4",
                db.campaign(),
                figure,
                after,
                rows,
            )
            .fetch_all(db.connection())
            .await
        }
    }
}
