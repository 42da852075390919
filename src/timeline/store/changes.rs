//! SQL of what has changed since a person was last here. The case file already
//! says when that was: their last sign-in, sign-out or act before this session.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use serde::Deserialize;
use sqlx::types::Json;

use crate::database::Db;
use crate::ids::AccountId;

use super::facts::Within;

/// A change in words.
pub struct Change {
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub sentence: String,
    /// Who.
    pub who: String,
    /// In whose name.
    pub department: String,
    /// The association in whose file it stands.
    pub association: Option<i64>,
    /// Its name.
    pub name: Option<String>,
}

/// The last record of a person before the session in force: its number and time. Their own
/// acts and their sign-ins are found each by its index.
pub async fn last_visit(
    db: &mut Db,
    account: AccountId,
) -> Result<Option<(i64, DateTime<Utc>)>, sqlx::Error> {
    sqlx::query!(
        r#"with now as (
               select r.id from act_record r
               where r.campaign_id = $1 and r.subject_kind = 'account' and r.subject_id = $2 and r.act = 'session.begin'
               order by r.id desc limit 1)
           select v.id as "id!", v.at as "at!"
           from ((select r.id, r.at from act_record r, now
                  where r.campaign_id = $1 and r.account_id = $2 and r.id < now.id order by r.at desc, r.id desc limit 1)
                 union all
                 (select r.id, r.at from act_record r, now
                  where r.campaign_id = $1 and r.subject_kind = 'account' and r.subject_id = $2 and r.act = 'session.begin'
                    and r.id < now.id order by r.id desc limit 1)) v
           order by v.id desc limit 1"#,
        db.campaign(),
        account.0,
    )
    .map(|row| (row.id, row.at))
    .fetch_optional(db.connection())
    .await
}

/// Days told of to who was never here before.
const FIRST: i64 = 7;

/// The first of those days.
fn first(today: NaiveDate) -> NaiveDate {
    today - TimeDelta::days(FIRST)
}

/// From where on a person is told of changes: after a record, or from a day on.
#[derive(Debug, Clone, Copy)]
pub struct Since {
    /// After this record.
    pub after: i64,
    /// From this day on.
    pub day: Option<NaiveDate>,
}

impl Since {
    /// Since the last visit; of who was never here, some days.
    #[must_use]
    pub fn visit(visit: Option<(i64, DateTime<Utc>)>, today: NaiveDate) -> Self {
        match visit {
            Some((after, _)) => Self { after, day: None },
            None => Self::day(first(today)),
        }
    }

    /// From a day on.
    #[must_use]
    pub const fn day(day: NaiveDate) -> Self {
        Self {
            after: 0,
            day: Some(day),
        }
    }
}

/// The one question after what others did, within what a person may see: the
/// newest 500. What happens to items by an act on something else (a handover, an exit)
/// is told by that act's own line; theirs are for their histories. `$bounds` says from
/// where on. A unit's changes are read from the files of its associations, and only who
/// reads everything reads the case file from its end. (That condition stands around the part:
/// within it the planner would take it for rare and read the whole file.) A day is told by its
/// first record, which is found by its time, so that older ones are not read.
macro_rules! of_changes {
    ($query:ident, ($($row:ident,)?), $head:literal, $bounds:literal, $tail:literal, $db:ident, $within:ident, $($argument:expr),+) => {
        sqlx::$query!(
            $($row,)?
            $head + r#" from (
               select f.* from association o
               cross join lateral (
                   select r.* from act_record r
                   where r.campaign_id = o.campaign_id and r.association_id = o.id and "# + $bounds + r#"
                     and r.account_id is distinct from $4
                     and (r.subject_kind <> 'item' or r.act ~ '^(item|evidence|extension|exemption)\.')
                   order by r.id desc limit 500) f
               where o.campaign_id = $1 and (o.department_id = $2 and $3::bigint is null or o.id = $3)
                 and ($2::bigint is null or o.department_id = $2)
               union all
               select e.* from (
                select r.* from act_record r
                where r.campaign_id = $1 and r.association_id is not null and "# + $bounds + r#"
                  and r.account_id is distinct from $4
                  and (r.subject_kind <> 'item' or r.act ~ '^(item|evidence|extension|exemption)\.')
                order by r.id desc limit 500) e
               where $2::bigint is null and $3::bigint is null
               union all
               (select r.* from act_record r
                where r.campaign_id = $1 and $3::bigint is null
                  and r.subject_kind in ('department', 'roster', 'task', 'supervision_order') and "# + $bounds + r#"
                  and r.account_id is distinct from $4
                  and (r.association_id is null or $2::bigint is not null and not exists (
                      select from association o where o.campaign_id = r.campaign_id and o.id = r.association_id
                         and o.department_id = $2))
                  and (r.subject_kind <> 'supervision_order' or r.act not in ('order.draft', 'order.discard'))
                  and ($2::bigint is null or r.subject_kind in ('roster', 'task')
                       or (r.subject_kind = 'department' and r.subject_id = $2)
                       or (r.subject_kind = 'supervision_order' and exists (
                           select from supervision_order o
                           where o.campaign_id = r.campaign_id and o.id = r.subject_id and o.department_id = $2)))
                order by r.id desc limit 500)) r
           left join association a on a.campaign_id = r.campaign_id and a.id = r.association_id
           where r.act not like 'session.%' and r.act <> 'access.refused'
           order by r.id desc limit 500"# + $tail,
            $db.campaign(),
            $within.unit,
            $within.association,
            $($argument),+
        )
    };
}

/// One of the newest changes, as a workbench tells it.
#[derive(Debug, Clone, Deserialize)]
pub struct Newest {
    /// When.
    pub on: NaiveDate,
    /// In whose name.
    pub department: String,
    /// What.
    pub sentence: String,
    /// In whose file it stands.
    pub association: Option<i64>,
    /// Its name.
    pub name: Option<String>,
}

/// What others did that a person has not seen.
pub struct Unseen {
    /// How much, up to 500.
    pub count: i64,
    /// The newest of it.
    pub newest: Json<Vec<Newest>>,
}

/// What others did that a person has not seen: one statement with the last
/// visit in it, since every workbench asks it.
pub async fn unseen(
    db: &mut Db,
    within: Within,
    account: AccountId,
    today: NaiveDate,
) -> Result<Unseen, sqlx::Error> {
    of_changes!(
        query_as,
        (Unseen,),
        r#"with now as (
               select r.id from act_record r
               where r.campaign_id = $1 and r.subject_kind = 'account' and r.subject_id = $4 and r.act = 'session.begin'
               order by r.id desc limit 1),
           visit as materialized (
               select max(v.id) as id
               from ((select r.id from act_record r, now
                      where r.campaign_id = $1 and r.account_id = $4 and r.id < now.id order by r.at desc, r.id desc limit 1)
                     union all
                     (select r.id from act_record r, now
                      where r.campaign_id = $1 and r.subject_kind = 'account' and r.subject_id = $4
                        and r.act = 'session.begin' and r.id < now.id order by r.id desc limit 1)) v),
           first as materialized (
               select r.id from act_record r
               where r.campaign_id = $1 and r.at >= ($5::date)::timestamp at time zone 'Asia/Shanghai'
                 and (select id from visit) is null
               order by r.at, r.id limit 1)
           select count(*) as "count!",
                  coalesce(jsonb_agg(jsonb_build_object('on', (each.at at time zone 'Asia/Shanghai')::date, 'sentence', each.sentence,
                               'department', each.department, 'association', each.association, 'name', (
                                   select o.name from association o where o.campaign_id = $1 and o.id = each.association))
                               order by each.id desc) filter (where each.place <= 5), '[]')
                      as "newest!: Json<Vec<Newest>>"
           from (select r.id, r.at, r.sentence, r.actor_department as department, r.association_id as association,
                        row_number() over (order by r.id desc) as place"#,
        "r.id > coalesce((select id from visit), (select id - 1 from first), 0)
             and ((select id from visit) is not null
                  or r.at >= ($5::date)::timestamp at time zone 'Asia/Shanghai')",
        ") each",
        db,
        within,
        account.0,
        first(today)
    )
    .fetch_one(db.connection())
    .await
}

/// What others did since then.
pub async fn changes(
    db: &mut Db,
    within: Within,
    account: AccountId,
    since: Since,
) -> Result<Vec<Change>, sqlx::Error> {
    of_changes!(
        query_as,
        (Change,),
        r#"select r.at as "at!", r.sentence as "sentence!", r.actor_name as "who!", r.actor_department as "department!",
                  r.association_id as association, a.name as "name?""#,
        "r.id > greatest($6, (select f.id - 1 from act_record f
                              where f.campaign_id = $1 and f.at >= ($5::date)::timestamp at time zone 'Asia/Shanghai'
                              order by f.at, f.id limit 1))
             and ($5::date is null or r.at >= ($5::date)::timestamp at time zone 'Asia/Shanghai')",
        "",
        db,
        within,
        account.0,
        since.day,
        since.after
    )
    .fetch_all(db.connection())
    .await
}
