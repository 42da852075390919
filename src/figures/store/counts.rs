//! The standing of all associations added up (tables `figure_count`, `figure_due`,
//! `figure_track`): changed by as much as an association's own changes.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::database::Db;

use super::standing::Standing;

/// By what associations are counted, in the order in which counters are locked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    departments: (i64, i64),
    batch: i64,
    step: (String, String),
    fresh: bool,
    gone_on: Option<NaiveDate>,
    on: (bool, bool),
    outcome: String,
}

/// By what tracks are counted.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct TrackKey {
    department: i64,
    batch: i64,
    listed: bool,
    gone: bool,
    track: String,
}

/// By how much a track's counters change.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Track {
    associations: i32,
    complete: i32,
    applicable: i32,
    resolved: i32,
    reported: i32,
}

/// By how much the counters change.
#[derive(Debug, Default)]
pub struct Changes {
    associations: BTreeMap<Key, i32>,
    due: BTreeMap<(i64, NaiveDate), i32>,
    tracks: BTreeMap<TrackKey, Track>,
}

impl Changes {
    /// An association is counted so now.
    pub fn more(&mut self, row: &Standing) {
        self.add(row, 1);
    }

    /// It is counted so no more.
    pub fn less(&mut self, row: &Standing) {
        self.add(row, -1);
    }

    fn add(&mut self, row: &Standing, sign: i32) {
        let key = Key {
            departments: (row.department, row.department_then),
            batch: row.batch,
            step: (row.stage.clone(), row.scope.clone()),
            fresh: row.fresh,
            gone_on: row.gone_on,
            on: (row.listed, row.published),
            outcome: row.outcome.clone(),
        };
        *self.associations.entry(key).or_default() += sign;
        if let Some(due) = row.due_on {
            *self.due.entry((row.department, due)).or_default() += sign;
        }
        let counted = row.applicable.iter().zip(&row.resolved).zip(&row.reported);
        for (track, ((applicable, resolved), reported)) in row.tracks.iter().zip(counted) {
            let key = TrackKey {
                department: row.department,
                batch: row.batch,
                listed: row.listed,
                gone: row.gone_on.is_some(),
                track: track.clone(),
            };
            let change = self.tracks.entry(key).or_default();
            change.associations += sign;
            change.complete += sign * i32::from(resolved >= applicable);
            change.applicable += sign * applicable;
            change.resolved += sign * resolved;
            change.reported += sign * reported;
        }
    }
}

/// Changes the counters.
pub async fn change(db: &mut Db, mut changes: Changes) -> Result<(), sqlx::Error> {
    changes.associations.retain(|_, change| *change != 0);
    changes.due.retain(|_, change| *change != 0);
    changes
        .tracks
        .retain(|_, change| *change != Track::default());
    if !changes.associations.is_empty() {
        associations(db, &changes.associations).await?;
    }
    if !changes.due.is_empty() {
        due(db, &changes.due).await?;
    }
    if !changes.tracks.is_empty() {
        tracks(db, &changes.tracks).await?;
    }
    Ok(())
}

/// A column of the keys of some changes.
fn column<K, V, T>(changes: &BTreeMap<K, V>, of: impl Fn(&K) -> T) -> Vec<T> {
    changes.keys().map(of).collect()
}

async fn associations(db: &mut Db, changes: &BTreeMap<Key, i32>) -> Result<(), sqlx::Error> {
    let by: Vec<i32> = changes.values().copied().collect();
    sqlx::query!(
        "insert into figure_count as c (campaign_id, department_id, department_then, batch, stage, scope, fresh, gone_on,
                                        listed, published, outcome, associations)
         select $1, n.department_id, n.department_then, n.batch, n.stage, n.scope, n.fresh, coalesce(n.gone_on, 'infinity'::date),
                n.listed, n.published, n.outcome, n.associations
         from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::boolean[], $8::date[],
                     $9::boolean[], $10::boolean[], $11::text[], $12::integer[])
              n(department_id, department_then, batch, stage, scope, fresh, gone_on, listed, published, outcome, associations)
         on conflict (campaign_id, department_id, department_then, batch, stage, scope, fresh, gone_on, listed, published, outcome)
         do update set associations = c.associations + excluded.associations",
        db.campaign(),
        &column(changes, |key| key.departments.0),
        &column(changes, |key| key.departments.1),
        &column(changes, |key| key.batch),
        &column(changes, |key| key.step.0.clone()),
        &column(changes, |key| key.step.1.clone()),
        &column(changes, |key| key.fresh),
        &column(changes, |key| key.gone_on) as &[Option<NaiveDate>],
        &column(changes, |key| key.on.0),
        &column(changes, |key| key.on.1),
        &column(changes, |key| key.outcome.clone()),
        &by,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

async fn due(db: &mut Db, changes: &BTreeMap<(i64, NaiveDate), i32>) -> Result<(), sqlx::Error> {
    let by: Vec<i32> = changes.values().copied().collect();
    sqlx::query!(
        "insert into figure_due as c (campaign_id, department_id, due_on, associations)
         select $1, n.* from unnest($2::bigint[], $3::date[], $4::integer[]) n
         on conflict (campaign_id, department_id, due_on)
         do update set associations = c.associations + excluded.associations",
        db.campaign(),
        &column(changes, |key| key.0),
        &column(changes, |key| key.1),
        &by,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

async fn tracks(db: &mut Db, changes: &BTreeMap<TrackKey, Track>) -> Result<(), sqlx::Error> {
    let of = |field: fn(&Track) -> i32| -> Vec<i32> { changes.values().map(field).collect() };
    sqlx::query!(
        "insert into figure_track as c (campaign_id, department_id, batch, listed, gone, track, associations, complete,
                                        applicable, resolved, reported)
         select $1, n.* from unnest($2::bigint[], $3::bigint[], $4::boolean[], $5::boolean[], $6::text[], $7::integer[],
                                    $8::integer[], $9::integer[], $10::integer[], $11::integer[]) n
         on conflict (campaign_id, department_id, batch, listed, gone, track)
         do update set associations = c.associations + excluded.associations, complete = c.complete + excluded.complete,
                       applicable = c.applicable + excluded.applicable, resolved = c.resolved + excluded.resolved,
                       reported = c.reported + excluded.reported",
        db.campaign(),
        &column(changes, |key| key.department),
        &column(changes, |key| key.batch),
        &column(changes, |key| key.listed),
        &column(changes, |key| key.gone),
        &column(changes, |key| key.track.clone()),
        &of(|track| track.associations),
        &of(|track| track.complete),
        &of(|track| track.applicable),
        &of(|track| track.resolved),
        &of(|track| track.reported),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Adds all counters up anew. Nobody changes them meanwhile: who has written a standing that
/// is not seen here adds it afterwards.
pub async fn recount(db: &mut Db) -> Result<(), sqlx::Error> {
    sqlx::query!("lock table figure_count, figure_due, figure_track in exclusive mode")
        .execute(db.connection())
        .await?;
    sqlx::query!(
        "with counts as (delete from figure_count where campaign_id = $1),
              dues as (delete from figure_due where campaign_id = $1)
         delete from figure_track where campaign_id = $1",
        db.campaign()
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "insert into figure_count (campaign_id, department_id, department_then, batch, stage, scope, fresh, gone_on, listed,
                                   published, outcome, associations)
         select campaign_id, department_id, department_then, batch, stage, scope, fresh, gone_on, listed, published, outcome, count(*)
         from figure_standing where campaign_id = $1
         group by campaign_id, department_id, department_then, batch, stage, scope, fresh, gone_on, listed, published, outcome",
        db.campaign()
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "insert into figure_due (campaign_id, department_id, due_on, associations)
         select campaign_id, department_id, due_on, count(*)
         from figure_standing where campaign_id = $1 and due_on is not null group by campaign_id, department_id, due_on",
        db.campaign()
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "insert into figure_track (campaign_id, department_id, batch, listed, gone, track, associations, complete, applicable,
                                   resolved, reported)
         select f.campaign_id, f.department_id, f.batch, f.listed, f.gone_on < 'infinity', t.track, count(*),
                count(*) filter (where t.resolved >= t.applicable), sum(t.applicable), sum(t.resolved), sum(t.reported)
         from figure_standing f
         cross join lateral unnest(f.tracks, f.applicable, f.resolved, f.reported) t(track, applicable, resolved, reported)
         where f.campaign_id = $1
         group by f.campaign_id, f.department_id, f.batch, f.listed, f.gone_on < 'infinity', t.track",
        db.campaign()
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Counters that are not what is kept of the associations, added up.
pub async fn drift(db: &mut Db) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"with kept as (
               select jsonb_build_array('count', department_id, department_then, batch, stage, scope, fresh, gone_on, listed,
                                        published, outcome) as key,
                      array[associations]::bigint[] as counts
               from figure_count where campaign_id = $1 and associations <> 0
               union all
               select jsonb_build_array('due', department_id, due_on), array[associations]::bigint[]
               from figure_due where campaign_id = $1 and associations <> 0
               union all
               select jsonb_build_array('track', department_id, batch, listed, gone, track),
                      array[associations, complete, applicable, resolved, reported]::bigint[]
               from figure_track where campaign_id = $1 and associations <> 0),
           counted as (
               select jsonb_build_array('count', department_id, department_then, batch, stage, scope, fresh, gone_on, listed,
                                        published, outcome) as key,
                      array[count(*)] as counts
               from figure_standing where campaign_id = $1
               group by department_id, department_then, batch, stage, scope, fresh, gone_on, listed, published, outcome
               union all
               select jsonb_build_array('due', department_id, due_on), array[count(*)]
               from figure_standing where campaign_id = $1 and due_on is not null group by department_id, due_on
               union all
               select jsonb_build_array('track', f.department_id, f.batch, f.listed, f.gone_on < 'infinity', t.track),
                      array[count(*), count(*) filter (where t.resolved >= t.applicable), sum(t.applicable), sum(t.resolved),
                            sum(t.reported)]
               from figure_standing f
               cross join lateral unnest(f.tracks, f.applicable, f.resolved, f.reported) t(track, applicable, resolved, reported)
               where f.campaign_id = $1
               group by f.department_id, f.batch, f.listed, f.gone_on < 'infinity', t.track)
           select concat_ws(' ', key, k.counts, '；应为 should be', c.counts) as "found!"
           from kept k full join counted c using (key)
           where k.counts is distinct from c.counts
           order by 1 limit 1000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}
