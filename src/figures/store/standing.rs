//! What pages count of one association (table `figure_standing`). It follows from the states,
//! nothing in it depends on the day, and it is written with the desk: what differs, and by how
//! much it does into the counters.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::database::Db;
use crate::figures::Changed;
use crate::scheme::Scheme;

use super::counts;

/// What is counted of an association.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The association.
    pub association: i64,
    /// The unit that answers for it.
    pub department: i64,
    /// The unit that did on the day of the first published list.
    pub department_then: i64,
    /// The published list it stands on; 0: none.
    pub batch: i64,
    /// How far it has come.
    pub stage: String,
    /// The office's decision.
    pub scope: String,
    /// Registered since the scheme was issued.
    pub fresh: bool,
    /// The day on which it left.
    pub gone_on: Option<NaiveDate>,
    /// On the list as it stands.
    pub listed: bool,
    /// On the list as published.
    pub published: bool,
    /// complete, basic, or neither.
    pub outcome: String,
    /// Earliest deadline of what is not resolved.
    pub due_on: Option<NaiveDate>,
    /// Tracks of its checklist.
    pub tracks: Vec<String>,
    /// By track: mandatory items.
    pub applicable: Vec<i32>,
    /// By track: of these, resolved.
    pub resolved: Vec<i32>,
    /// By track: reported and not verified yet.
    pub reported: Vec<i32>,
}

/// By association.
pub type Standings = BTreeMap<i64, Standing>;

fn keyed(rows: Vec<Standing>) -> Standings {
    let rows = rows.into_iter();
    rows.map(|row| (row.association, row)).collect()
}

/// The standing of these associations as the states say it should be.
pub async fn computed(
    db: &mut Db,
    associations: &[i64],
    scheme: &Scheme,
) -> Result<Standings, sqlx::Error> {
    let parameters = &scheme.campaign.parameters;
    let measures = scheme.measures.measures.iter();
    let own_deadline: Vec<String> = measures
        .filter(|measure| measure.own_deadline)
        .map(|measure| measure.code().to_owned())
        .collect();
    let rows = sqlx::query_as!(
        Standing,
        r#"with cut as materialized (
               select min(published_on) as on_day from roster_publication where campaign_id = $1)
           select a.id as association, a.department_id as department,
                  coalesce((select u.department_id from association_unit u
                            where u.campaign_id = a.campaign_id and u.association_id = a.id
                              and u.since <= cut.on_day and (u.until is null or u.until > cut.on_day)
                            order by u.id desc limit 1), a.department_id) as "department_then!",
                  coalesce(ab.publication_id, 0) as "batch!",
                  a.stage, a.scope, coalesce(a.registered_on >= $3, false) as "fresh!", a.exited_on as gone_on,
                  coalesce((e.publication_id is not null or e.added_by is not null) and e.withdrawn_by is null, false) as "listed!",
                  coalesce(e.publication_id is not null, false) as "published!",
                  case when a.exited_on is not null then ''
                       when a.stage = 'five_done' then 'complete'
                       when a.stage = 'implementing' and not exists (
                           select from item i
                           where i.campaign_id = a.campaign_id and i.association_id = a.id and i.mandatory and i.track <> 'T6'
                             and i.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')
                             and not (i.measure = any($4)
                                    and i.deadline >= coalesce((ab.dates ->> 'evaluation_due')::date, $5))) then 'basic'
                       else '' end as "outcome!",
                  case when a.exited_on is null then p.due_on end as due_on,
                  coalesce(p.tracks, '{}') as "tracks!", coalesce(p.applicable, '{}') as "applicable!",
                  coalesce(p.resolved, '{}') as "resolved!", coalesce(p.reported, '{}') as "reported!"
           from association a
           cross join cut
           left join roster_entry e on e.campaign_id = a.campaign_id and e.association_id = a.id
           left join association_batch ab on ab.campaign_id = a.campaign_id and ab.association_id = a.id
           left join lateral (
               select min(q.next_deadline) as due_on, array_agg(q.track order by q.track) as tracks,
                      array_agg(q.applicable order by q.track) as applicable, array_agg(q.resolved order by q.track) as resolved,
                      array_agg(q.reported order by q.track) as reported
               from association_progress q where q.campaign_id = a.campaign_id and q.association_id = a.id) p on true
           where a.campaign_id = $1 and a.id = any($2)"#,
        db.campaign(),
        associations,
        parameters.issue_date,
        &own_deadline,
        parameters.evaluation_due,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(keyed(rows))
}

/// The standing of these associations as it is kept.
pub async fn kept(db: &mut Db, associations: &[i64]) -> Result<Standings, sqlx::Error> {
    let rows = sqlx::query_as!(
        Standing,
        r#"select association_id as association, department_id as department, department_then, batch, stage, scope, fresh,
                  nullif(gone_on, 'infinity') as gone_on, listed, published, outcome, due_on, tracks, applicable, resolved, reported
           from figure_standing where campaign_id = $1 and association_id = any($2)"#,
        db.campaign(),
        associations,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(keyed(rows))
}

/// Computes the standing of these associations again and writes what differs, and by how
/// much it does into the counters. Held by the lock of their desks.
pub async fn renew(db: &mut Db, associations: &[i64], scheme: &Scheme) -> Result<(), sqlx::Error> {
    if associations.is_empty() {
        return Ok(());
    }
    let should = computed(db, associations, scheme).await?;
    let changed = Changed::of(should, kept(db, associations).await?);
    let mut counted = counts::Changes::default();
    changed.less.values().for_each(|row| counted.less(row));
    changed.more.values().for_each(|row| counted.more(row));
    for row in changed.more.values() {
        put(db, row).await?;
    }
    counts::change(db, counted).await
}

/// Where what is kept of these associations is not what the states say.
pub async fn differing(
    db: &mut Db,
    associations: &[i64],
    scheme: &Scheme,
) -> Result<Vec<String>, sqlx::Error> {
    let should = computed(db, associations, scheme).await?;
    Ok(Changed::of(should, kept(db, associations).await?).told())
}

async fn put(db: &mut Db, row: &Standing) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into figure_standing (campaign_id, association_id, department_id, department_then, batch, stage, scope, fresh,
                                      gone_on, listed, published, outcome, due_on, tracks, applicable, resolved, reported)
         values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, 'infinity'::date), $10, $11, $12, $13, $14, $15, $16, $17)
         on conflict (campaign_id, association_id)
         do update set department_id = excluded.department_id, department_then = excluded.department_then,
                       batch = excluded.batch, stage = excluded.stage, scope = excluded.scope, fresh = excluded.fresh,
                       gone_on = excluded.gone_on, listed = excluded.listed, published = excluded.published,
                       outcome = excluded.outcome, due_on = excluded.due_on, tracks = excluded.tracks,
                       applicable = excluded.applicable, resolved = excluded.resolved, reported = excluded.reported",
        db.campaign(),
        row.association,
        row.department,
        row.department_then,
        row.batch,
        row.stage,
        row.scope,
        row.fresh,
        row.gone_on,
        row.listed,
        row.published,
        row.outcome,
        row.due_on,
        &row.tracks,
        &row.applicable,
        &row.resolved,
        &row.reported,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Associations that changed hands: a published list says with which unit they count on its
/// day (TC-62), whether its act touched them or not.
pub async fn changed_hands(db: &mut Db) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select association_id from association_unit where campaign_id = $1
         group by association_id having count(*) > 1 order by association_id limit 100000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}
