//! In whose hands the rows of a list are: one statement for all of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::access::{Act, Case as _, Role};
use crate::database::Db;
use crate::desk::rules::{Found, item_due};
use crate::progress::rules::Item;
use crate::registry::rules::suspension::Standstill;
use crate::scheme::Scheme;

use super::reading::{Hands, Lying, select_lying, select_named};

/// The first pair of hands of each of these associations.
pub async fn first(
    db: &mut Db,
    associations: &[i64],
    today: NaiveDate,
) -> Result<Vec<Lying>, sqlx::Error> {
    select_named!(
        "(select distinct on (f.association_id) f.* from desk f
          where f.campaign_id = $1 and f.association_id = any($3) and (f.from_on is null or f.from_on <= $2)
          order by f.association_id, f.suspended, f.due_on, f.kind, f.case_id, f.department_id, f.role, f.act)",
        "order by k.association_id",
        db.campaign(),
        today,
        associations,
    )
    .fetch_all(db.connection())
    .await
}

/// What lies in a role's hands in a department, what is done by one of some acts before all
/// else; of these matters alone, where any are named.
pub async fn to_sign(
    db: &mut Db,
    hands: Hands,
    (acts, cases): (&[String], Option<&[i64]>),
    most: i64,
) -> Result<Vec<Lying>, sqlx::Error> {
    select_lying!(
        "(select d.*, d.act = any($5) as first from desk d
          where d.campaign_id = $1 and d.department_id = $2 and d.role = $3 and (d.from_on is null or d.from_on <= $4)
            and ($6::bigint[] is null or d.act = any($5) and d.case_id = any($6))
          order by d.act = any($5) desc, d.suspended, d.due_on, d.association_id, d.kind, d.case_id, d.act limit $7)",
        "null::text",
        "order by k.first desc, k.suspended, k.due_on, k.association_id, k.kind, k.case_id, k.act",
        db.campaign(),
        hands.department.0,
        hands.role.key(),
        hands.today,
        acts,
        cases,
        most,
    )
    .fetch_all(db.connection())
    .await
}

/// All pairs of hands of matters of some kinds, by their keys.
pub async fn of_cases(
    db: &mut Db,
    (kinds, ids): (&[String], &[i64]),
    today: NaiveDate,
) -> Result<Vec<Lying>, sqlx::Error> {
    select_named!(
        "desk",
        "where k.campaign_id = $1 and k.kind = any($3) and k.case_id = any($4) and (k.from_on is null or k.from_on <= $2)
         order by k.suspended, k.due_on, k.kind, k.case_id, k.department_id, k.role, k.act",
        db.campaign(),
        today,
        kinds,
        ids,
    )
    .fetch_all(db.connection())
    .await
}

/// All pairs of hands of what there is of some kinds of these associations.
pub async fn within(
    db: &mut Db,
    (kinds, associations): (&[String], &[i64]),
    today: NaiveDate,
) -> Result<Vec<Lying>, sqlx::Error> {
    select_named!(
        "desk",
        "where k.campaign_id = $1 and k.kind = any($3) and k.association_id = any($4)
           and (k.from_on is null or k.from_on <= $2)
         order by k.suspended, k.due_on, k.kind, k.case_id, k.department_id, k.role, k.act",
        db.campaign(),
        today,
        kinds,
        associations,
    )
    .fetch_all(db.connection())
    .await
}

/// An item in a pair of hands of its checklist.
struct Held {
    id: i64,
    association: i64,
    name: String,
    measure: String,
    state: String,
    since: NaiveDate,
    deadline: NaiveDate,
    unit: i64,
    unit_name: String,
    department: i64,
    department_name: String,
    role: Role,
    act: String,
    suspended: bool,
    person: Option<String>,
    stood_from: Vec<NaiveDate>,
    stood_until: Vec<Option<NaiveDate>>,
}

/// Items, each in the hands that have it. The desk has one row for all items of a checklist in
/// the same hands; each item has days of its own, which `cases::of_checklists` takes the first of.
pub async fn items(
    db: &mut Db,
    (scheme, today): (&Scheme, NaiveDate),
    ids: &[i64],
) -> Result<Vec<Lying>, sqlx::Error> {
    let rows = held(db, ids, today).await?;
    // Whoever else has the desk's row of reported items verifies others of them.
    let verifies = |row: &Held| {
        let measure = scheme.measure(&row.measure);
        measure.is_some_and(|known| known.verify.iter().any(|code| code == row.role.code()))
    };
    let claimed: BTreeSet<i64> = rows
        .iter()
        .filter(|row| verifies(row))
        .map(|row| row.id)
        .collect();
    let own = |row: &Held| {
        row.act != Act::ItemVerify.name()
            || verifies(row)
            || row.role == Role::OfficeClerk && !claimed.contains(&row.id)
    };
    let mut lying: Vec<Lying> = rows
        .into_iter()
        .filter(own)
        .map(|row| row.lying(scheme))
        .collect();
    lying.sort_by_key(|row| (row.suspended, row.due_on, row.case));
    Ok(lying)
}

impl Held {
    fn lying(self, scheme: &Scheme) -> Lying {
        let found = Found {
            state: self.state,
            note: self.measure.clone(),
            suspended: self.suspended,
            ..Found::of_item(
                (self.id, self.association, self.unit),
                (self.since, self.deadline),
            )
        };
        let times = self.stood_from.iter().zip(&self.stood_until);
        let stood = times.map(|(from, until)| Standstill {
            from: *from,
            until: *until,
        });
        let stood = BTreeMap::from([(self.association, stood.collect())]);
        Lying {
            kind: Item::KIND.to_owned(),
            case: self.id,
            due_on: item_due(scheme, &stood, &found),
            note: Some(format!("{}/{}", self.measure, self.id)),
            association: Some(self.association),
            name: Some(self.name),
            unit: self.unit,
            unit_name: self.unit_name,
            department: self.department,
            department_name: self.department_name,
            role: self.role,
            act: self.act,
            since: self.since,
            count: 1,
            suspended: self.suspended,
            part: None,
            person: self.person,
        }
    }
}

async fn held(db: &mut Db, ids: &[i64], today: NaiveDate) -> Result<Vec<Held>, sqlx::Error> {
    sqlx::query_as!(
        Held,
        r#"select i.id, i.association_id as association, a.name, i.measure, f.state as "state!",
                  coalesce(case f.state when 'reported_done' then i.reported_on when 'verified' then i.resolved_on
                           when 'exemption' then i.exemption_asked_on
                           when 'returned' then (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                                where r.campaign_id = i.campaign_id and r.subject_kind = 'item' and r.subject_id = i.id
                                  and r.act = 'item.return' order by r.id desc limit 1)
                           when 'for_signature' then (select (r.at at time zone 'Asia/Shanghai')::date from act_record r
                                where r.campaign_id = i.campaign_id and r.subject_kind = 'item' and r.subject_id = i.id
                                  and r.act = 'item.pass' order by r.id desc limit 1)
                           else p.begun_on end, k.since) as "since!",
                  i.owed_on as "deadline!", k.unit_id as unit, u.short_name as unit_name, k.department_id as department,
                  d.short_name as department_name, k.role as "role: Role", k.act, k.suspended,
                  (select case when count(distinct c.account_id) = 1 then min(h.display_name) end
                   from capacities_on($1, $3) c join account h on h.id = c.account_id and h.disabled_at is null
                   where c.department_id = k.department_id and c.role = k.role and c.principal_id is null) as person,
                  coalesce(z.stood_from, '{}') as "stood_from!", coalesce(z.stood_until, '{}') as "stood_until!: Vec<Option<NaiveDate>>"
           from item i
           join association a on a.campaign_id = i.campaign_id and a.id = i.association_id
           join plan p on p.campaign_id = i.campaign_id and p.association_id = i.association_id
           cross join lateral (
               select case when i.exemption_asked_on is not null and i.state in ('open', 'in_progress', 'returned')
                           then 'exemption' else i.state end as state) f
           join desk k on k.campaign_id = i.campaign_id and k.kind = 'item' and k.case_id = i.association_id
                and k.act = case f.state when 'exemption' then 'item.exempt' when 'for_signature' then 'item.report'
                                         when 'reported_done' then 'item.verify' when 'verified' then 'item.accept'
                                         else 'item.save' end
                and (k.from_on is null or k.from_on <= $3)
           join department u on u.campaign_id = k.campaign_id and u.id = k.unit_id
           join department d on d.campaign_id = k.campaign_id and d.id = k.department_id
           left join lateral (select array_agg(s.from_on order by s.id) as stood_from, array_agg(s.until_on order by s.id) as stood_until
                              from suspension s where s.campaign_id = i.campaign_id and s.association_id = i.association_id) z on true
           where i.campaign_id = $1 and i.id = any($2)
             and (i.mandatory or i.state not in ('open', 'in_progress') or i.exemption_asked_on is not null)
             and i.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned', 'verified')
           order by i.id, k.department_id, k.role"#,
        db.campaign(),
        ids,
        today,
    )
    .fetch_all(db.connection())
    .await
}
