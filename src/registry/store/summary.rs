//! How far an association is in every room, in one statement: what its page says of each step,
//! and how much its registers hold.

use chrono::NaiveDate;
use serde::Deserialize;
use sqlx::types::Json;

use crate::database::Db;
use crate::ids::AssociationId;

/// A track of its checklist.
#[derive(Debug, Clone, Deserialize)]
pub struct Track {
    /// T1 …
    pub track: String,
    /// Mandatory items.
    pub applicable: i64,
    /// Of these, resolved.
    pub resolved: i64,
    /// Earliest deadline of what is not.
    pub next_deadline: Option<NaiveDate>,
}

/// What a register holds in one figure.
#[derive(Debug, Clone, Deserialize)]
pub struct Held {
    /// function-found, room-all …
    pub figure: String,
    /// Rows.
    pub lines: i64,
    /// Their sum: cents, or hundredths of m².
    pub sum: i64,
}

/// An act of its case file.
#[derive(Debug, Clone, Deserialize)]
pub struct Recent {
    /// When.
    pub on: NaiveDate,
    /// Who.
    pub who: String,
    /// What.
    pub sentence: String,
}

/// How far it is.
#[derive(Debug, Clone)]
pub struct Summary {
    /// State of its newest survey.
    pub survey: Option<String>,
    /// Its edition.
    pub edition: Option<i32>,
    /// When it was sent, and confirmed.
    pub surveyed_on: Option<NaiveDate>,
    /// On the list because of an appropriation.
    pub mandatory: Option<bool>,
    /// Number of the published list.
    pub list: Option<i32>,
    /// Its day.
    pub listed_on: Option<NaiveDate>,
    /// State of its plan.
    pub plan: Option<String>,
    /// Number of the reply.
    pub reply: Option<String>,
    /// Its day.
    pub replied_on: Option<NaiveDate>,
    /// Conditions of the reply.
    pub conditions: i64,
    /// Of these, settled.
    pub met: i64,
    /// Tracks of its checklist, what comes after it included.
    pub tracks: Json<Vec<Track>>,
    /// Mandatory items that are not resolved.
    pub items: Vec<i64>,
    /// People in posts.
    pub posts: i64,
    /// The posts are cleared.
    pub cleared_on: Option<NaiveDate>,
    /// What the registers hold.
    pub held: Json<Vec<Held>>,
    /// Major activities.
    pub activities: i64,
    /// Of these, under way.
    pub activities_open: i64,
    /// What civil affairs received.
    pub registrations: i64,
    /// Of these, not decided.
    pub registrations_open: i64,
    /// What the audit found.
    pub findings: i64,
    /// Of these, open.
    pub findings_open: i64,
    /// Its last acts.
    pub recent: Json<Vec<Recent>>,
}

/// Reads how far an association is.
pub async fn summary(db: &mut Db, association: AssociationId) -> Result<Summary, sqlx::Error> {
    sqlx::query_as!(
        Summary,
        r#"select s.state as "survey?", s.edition as "edition?",
                  coalesce(s.confirmed_on, (s.submitted_at at time zone 'Asia/Shanghai')::date) as surveyed_on,
                  e.mandatory as "mandatory?", u.number as "list?", u.published_on as "listed_on?",
                  p.state as "plan?", p.reply_number as "reply?", p.replied_on as "replied_on?",
                  (select count(*) from plan_condition c
                   where c.campaign_id = $1 and c.association_id = $2 and c.plan_id = p.id) as "conditions!",
                  (select count(*) from plan_condition c
                   where c.campaign_id = $1 and c.association_id = $2 and c.plan_id = p.id and c.confirmed_on is not null) as "met!",
                  coalesce((select jsonb_agg(jsonb_build_object('track', t.track, 'applicable', t.applicable, 'resolved', t.resolved,
                                'next_deadline', t.next_deadline) order by t.track)
                            from association_progress t where t.campaign_id = $1 and t.association_id = $2 and t.applicable > 0), '[]')
                      as "tracks!: Json<Vec<Track>>",
                  coalesce((select array_agg(i.id order by i.deadline, i.id) from item i
                            where i.campaign_id = $1 and i.association_id = $2 and i.mandatory
                              and i.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')), '{}') as "items!",
                  (select count(*) from post_holder h where h.campaign_id = $1 and h.association_id = $2) as "posts!",
                  (select g.cleared_on from post_register g where g.campaign_id = $1 and g.association_id = $2) as cleared_on,
                  coalesce((select jsonb_agg(jsonb_build_object('figure', l.figure, 'lines', l.lines, 'sum', l.sum) order by l.figure)
                            from holding_standing l where l.campaign_id = $1 and l.association_id = $2), '[]')
                      as "held!: Json<Vec<Held>>",
                  (select count(*) from activity y where y.campaign_id = $1 and y.association_id = $2) as "activities!",
                  (select count(*) from activity y
                   where y.campaign_id = $1 and y.association_id = $2 and y.state not in ('refused', 'done')) as "activities_open!",
                  (select count(*) from registration r where r.campaign_id = $1 and r.association_id = $2) as "registrations!",
                  (select count(*) from registration r
                   where r.campaign_id = $1 and r.association_id = $2 and r.decided_on is null) as "registrations_open!",
                  (select count(*) from finding f where f.campaign_id = $1 and f.association_id = $2) as "findings!",
                  (select count(*) from finding f
                   where f.campaign_id = $1 and f.association_id = $2 and f.state = 'open') as "findings_open!",
                  coalesce((select jsonb_agg(jsonb_build_object('on', (r.at at time zone 'Asia/Shanghai')::date, 'who', r.actor_name,
                                'sentence', r.sentence) order by r.at desc, r.id desc)
                            from (select q.at, q.id, q.actor_name, q.sentence from act_record q
                                  where q.campaign_id = $1 and q.association_id = $2
                                  order by q.id desc limit 5) r), '[]') as "recent!: Json<Vec<Recent>>"
           from association a
           left join lateral (select * from survey s where s.campaign_id = a.campaign_id and s.association_id = a.id
                              order by s.edition desc limit 1) s on true
           left join lateral (select * from roster_entry e where e.campaign_id = a.campaign_id and e.association_id = a.id
                                and e.withdrawn_by is null order by e.id desc limit 1) e on true
           left join roster_publication u on u.campaign_id = e.campaign_id and u.id = e.publication_id
           left join plan p on p.campaign_id = a.campaign_id and p.association_id = a.id
           where a.campaign_id = $1 and a.id = $2"#,
        db.campaign(),
        association.0,
    )
    .fetch_one(db.connection())
    .await
}
