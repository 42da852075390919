//! SQL of the workbench beside what lies in a person's hands: how much stands behind its tabs,
//! how far the associations on it are, what others have and what is finished.

use chrono::NaiveDate;
use serde::Deserialize;
use sqlx::types::Json;

use crate::access::{Actor, Role, Scope as Reach};
use crate::dashboard::store::figures::TrackCell;
use crate::database::Db;
use crate::desk::store::reading::{MENU_COUNTS, Sizes};
use crate::ids::AccountId;
use crate::registry::rules::Stage;

use super::Done;
use super::beside::COUNTED;

/// How many of the last acts stand beside the desk.
const LAST: i64 = 3;

/// Whose workbench's tabs.
#[derive(Debug, Clone, Copy)]
pub struct Mine {
    /// The unit whose matters they are; none: everybody's.
    pub unit: Option<i64>,
    /// The one association whose matters they are.
    pub association: Option<i64>,
    /// Whose own hands are not told of as others'.
    pub department: i64,
    /// In which role.
    pub role: Role,
    /// Whose acts are told.
    pub account: AccountId,
    /// On which day.
    pub today: NaiveDate,
    /// Matters have their places: specialists have none beside what lies in their hands.
    pub follows: bool,
}

impl Mine {
    /// Of a person on a day.
    #[must_use]
    pub fn of(actor: &Actor, today: NaiveDate) -> Self {
        let (reach, role) = (Reach::of(actor), actor.role());
        Self {
            unit: reach.department().map(|unit| unit.0),
            association: reach.association().map(|association| association.0),
            department: actor.department().0,
            role,
            account: actor.account,
            today,
            follows: role.is_unit() || role.is_office() || role == Role::Association,
        }
    }
}

/// One of the person's last acts.
#[derive(Debug, Clone, Deserialize)]
pub struct Last {
    /// When.
    pub on: NaiveDate,
    /// What.
    pub sentence: String,
    /// In whose file it stands.
    pub association: Option<i64>,
}

/// How much there is: in the person's hands, and behind the other tabs. Counted in the
/// indexes alone: each share up to a limit, so that sixty thousand rows cost no more than a
/// thousand.
#[derive(Debug, Clone)]
pub struct Bench {
    /// Late.
    pub late: i64,
    /// Nearly so.
    pub soon: i64,
    /// The others.
    pub later: i64,
    /// Suspended.
    pub resting: i64,
    /// The same by kind, as the menu counts it.
    pub kinds: Json<Vec<(String, i64)>>,
    /// In others' hands, up to [`COUNTED`].
    pub others: i64,
    /// What the person has done, up to [`COUNTED`].
    pub done: i64,
    /// Items of checklists that are finished.
    pub closed: i64,
    /// The person's last acts.
    pub last: Json<Vec<Last>>,
}

impl Bench {
    /// How many rows each share has.
    #[must_use]
    pub const fn sizes(&self) -> Sizes {
        Sizes {
            late: self.late,
            soon: self.soon,
            later: self.later,
            resting: self.resting,
        }
    }
}

/// Counts all that a workbench has, in one statement; shares up to `most`, none: to the end.
#[expect(
    clippy::too_many_lines,
    reason = "one statement: the page pays for one question"
)]
pub async fn counted(
    db: &mut Db,
    (mine, soon): (Mine, NaiveDate),
    most: Option<i64>,
) -> Result<Bench, sqlx::Error> {
    sqlx::query_as!(
        Bench,
        r#"select (select count(*) from (select from desk
                       where campaign_id = $1 and department_id = $4 and role = $5 and due_on < $7 and not suspended
                         and (from_on is null or from_on <= $7) limit $12) late) as "late!",
                  (select count(*) from (select from desk
                       where campaign_id = $1 and department_id = $4 and role = $5 and due_on between $7 and $11
                         and not suspended and (from_on is null or from_on <= $7) limit $12) soon) as "soon!",
                  (select count(*) from (
                       (select from desk
                        where campaign_id = $1 and department_id = $4 and role = $5 and due_on > $11 and not suspended
                          and (from_on is null or from_on <= $7) limit $12)
                       union all
                       (select from desk
                        where campaign_id = $1 and department_id = $4 and role = $5 and due_on is null and not suspended
                          and (from_on is null or from_on <= $7) limit $12)) later) as "later!",
                  (select count(*) from (select from desk
                       where campaign_id = $1 and department_id = $4 and role = $5 and suspended
                         and (from_on is null or from_on <= $7) limit $12) resting) as "resting!",
                  coalesce((select jsonb_agg(jsonb_build_array(n.kind, n.count)) from (
                       select m.kind, count(*) as count
                       from (select kind from desk
                             where campaign_id = $1 and department_id = $4 and role = $5 and not suspended
                               and (from_on is null or from_on <= $7) order by due_on limit $13) m
                       group by m.kind) n), '[]') as "kinds!: Json<Vec<(String, i64)>>",
                  (select count(*) from (
                       (select from desk k
                        where $8 and $2::bigint is null and $3::bigint is null and k.campaign_id = $1
                          and not (k.department_id = $4 and k.role = $5) and (k.from_on is null or k.from_on <= $7)
                        order by k.kind, k.case_id, k.department_id, k.role, k.act limit $9)
                       union all
                       (select from desk k
                        where $8 and $3::bigint is null and k.campaign_id = $1 and k.unit_id = $2
                          and not (k.department_id = $4 and k.role = $5) and (k.from_on is null or k.from_on <= $7)
                          and k.act <> 'order.sign'
                        order by k.due_on limit $9)
                       union all
                       (select from desk k
                        where $8 and k.campaign_id = $1 and k.association_id = $3
                          and not (k.department_id = $4 and k.role = $5) and (k.from_on is null or k.from_on <= $7)
                          and k.act <> 'order.sign'
                        limit $9)) o) as "others!",
                  (select count(*) from (select from act_record r
                      where r.campaign_id = $1 and r.account_id = $6 and r.act not like 'session.%' and r.act <> 'access.refused'
                        and (r.subject_kind <> 'item' or r.act ~ '^(item|evidence|extension|exemption)\.')
                      order by r.at desc, r.id desc limit $9) d) as "done!",
                  case when not $8 then 0
                       when $3::bigint is null
                       then (select coalesce(sum(p.resolved), 0)::bigint from department_progress p
                             where p.campaign_id = $1 and ($2::bigint is null or p.department_id = $2))
                       else (select coalesce(sum(p.resolved), 0)::bigint from association_progress p
                             where p.campaign_id = $1 and p.association_id = $3) end as "closed!",
                  coalesce((select jsonb_agg(jsonb_build_object('on', (l.at at time zone 'Asia/Shanghai')::date, 'sentence', l.sentence,
                                'association', case when $2::bigint is null or l.department_id = $2 or exists (
                                    select from tie t where t.campaign_id = $1 and t.association_id = l.association_id
                                      and t.department_id = $2 and t.ended_on is null) then l.association_id end) order by l.at desc, l.id desc)
                            from (select r.at, r.id, r.sentence, r.association_id, a.department_id from act_record r
                                  left join association a on a.campaign_id = r.campaign_id and a.id = r.association_id
                                  where r.campaign_id = $1 and r.account_id = $6 and r.act not like 'session.%'
                                    and r.act <> 'access.refused'
                                    and (r.subject_kind <> 'item' or r.act ~ '^(item|evidence|extension|exemption)\.')
                                  order by r.at desc, r.id desc limit $10) l), '[]') as "last!: Json<Vec<Last>>""#,
        db.campaign(),
        mine.unit,
        mine.association,
        mine.department,
        mine.role.key(),
        mine.account.0,
        mine.today,
        mine.follows,
        COUNTED,
        LAST,
        soon,
        most,
        MENU_COUNTS,
    )
    .fetch_one(db.connection())
    .await
}

/// A person's acts, the newest first, each once: not the lines of the items that went with one.
/// An association that went over to another unit meanwhile is no longer its own to open.
pub async fn acts(
    db: &mut Db,
    (account, unit): (AccountId, Option<i64>),
    (rows, after): (i64, i64),
) -> Result<Vec<Done>, sqlx::Error> {
    sqlx::query_as!(
        Done,
        r#"select r.at, r.sentence, a.name as "name?",
                  case when $5::bigint is null or a.department_id = $5 or exists (
                      select from tie t where t.campaign_id = $1 and t.association_id = r.association_id
                        and t.department_id = $5 and t.ended_on is null) then r.association_id end as association
           from act_record r
           left join association a on a.campaign_id = r.campaign_id and a.id = r.association_id
           where r.campaign_id = $1 and r.account_id = $2 and r.act not like 'session.%' and r.act <> 'access.refused'
             and (r.subject_kind <> 'item' or r.act ~ '^(item|evidence|extension|exemption)\.')
           order by r.at desc, r.id desc limit $3 offset $4"#,
        db.campaign(),
        account.0,
        rows,
        after,
        unit,
    )
    .fetch_all(db.connection())
    .await
}

/// An item of a checklist that is finished.
pub struct Closed {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// The item.
    pub id: i64,
    /// T1-01 …
    pub measure: String,
    /// Until when it had to be.
    pub owed_on: NaiveDate,
    /// When it was.
    pub resolved_on: Option<NaiveDate>,
}

/// Items that are finished, the newest first.
pub async fn closed(
    db: &mut Db,
    mine: Mine,
    (rows, after): (i64, i64),
) -> Result<Vec<Closed>, sqlx::Error> {
    sqlx::query_as!(
        Closed,
        r#"select i.association_id as association, a.name, i.id, i.measure, i.owed_on, i.resolved_on
           from item i
           join association a on a.campaign_id = i.campaign_id and a.id = i.association_id
           where i.campaign_id = $1 and $4 and i.mandatory and i.state in ('verified', 'accepted', 'exempted')
             and ($2::bigint is null or i.department_id = $2) and ($3::bigint is null or i.association_id = $3)
           order by i.resolved_on desc, i.id desc limit $5 offset $6"#,
        db.campaign(),
        mine.unit,
        mine.association,
        mine.follows,
        rows,
        after,
    )
    .fetch_all(db.connection())
    .await
}

/// A track of an association, as its counter has it.
#[derive(Debug, Clone, Deserialize)]
pub struct Counted {
    track: String,
    applicable: i64,
    resolved: i64,
    reported: i64,
    next_deadline: Option<NaiveDate>,
    fixed_deadline: Option<NaiveDate>,
}

/// How far an association is.
pub struct Standing {
    /// The association.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Short name of the responsible unit.
    pub unit: String,
    /// How far it has come.
    pub stage: Stage,
    /// It is the unit's whose workbench it is.
    pub own: bool,
    /// Since when it stands still (FD-4).
    pub still: Option<NaiveDate>,
    /// Its tracks.
    pub tracks: Json<Vec<Counted>>,
}

impl Standing {
    /// The same as the grids of dashboards read it.
    #[must_use]
    pub fn cells(&self) -> Vec<TrackCell> {
        let cells = self.tracks.iter().map(|counted| TrackCell {
            association: self.id,
            name: self.name.clone(),
            unit: self.unit.clone(),
            track: counted.track.clone(),
            applicable: counted.applicable,
            resolved: counted.resolved,
            reported: counted.reported,
            next_deadline: counted.next_deadline,
            still: self.still.is_some(),
            fixed_deadline: counted.fixed_deadline,
        });
        cells.collect()
    }
}

/// How far some associations are, and the first of a unit's own that there still are (0: of none).
pub async fn standing(
    db: &mut Db,
    (unit, rows): (i64, i64),
    ids: &[i64],
) -> Result<Vec<Standing>, sqlx::Error> {
    sqlx::query_as!(
        Standing,
        r#"select a.id, a.name, d.short_name as unit, a.stage as "stage: Stage", w.own as "own!",
                  (select min(s.from_on) from suspension s
                   where s.campaign_id = a.campaign_id and s.association_id = a.id and s.until_on is null) as still,
                  coalesce((select jsonb_agg(jsonb_build_object('track', p.track, 'applicable', p.applicable, 'resolved', p.resolved,
                                'reported', p.reported, 'next_deadline', p.next_deadline, 'fixed_deadline', p.fixed_deadline)
                                order by p.track)
                            from association_progress p
                            where p.campaign_id = a.campaign_id and p.association_id = a.id and p.track <> 'T6'
                              and p.applicable > 0), '[]')
                      as "tracks!: Json<Vec<Counted>>"
           from (select f.id, bool_or(f.own) as own
                 from ((select o.id, true as own from association o
                        where o.campaign_id = $1 and o.department_id = $2 and o.scope = 'in' and o.exited_on is null
                        order by o.sort_key, o.id limit $3)
                       union all
                       select i.id, false from unnest($4::bigint[]) i(id)) f
                 group by f.id) w
           join association a on a.campaign_id = $1 and a.id = w.id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           order by a.sort_key, a.id"#,
        db.campaign(),
        unit,
        rows,
        ids,
    )
    .fetch_all(db.connection())
    .await
}
