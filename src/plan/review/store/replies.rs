//! SQL of the register of replies (EX-6): every number that was given, those that are void
//! too, in the order of the numbers, and the conditions of each.

use chrono::NaiveDate;

use crate::database::Db;
use crate::plan::conditions::rules::ConditionState;
use crate::plan::rules::State;

/// The place of a reply in the register: year, serial, number in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// Year of its number.
    pub year: i32,
    /// Its serial in the year.
    pub serial: i32,
    /// The number in words.
    pub number: String,
}

/// A reply.
#[derive(Debug, Clone)]
pub struct Replied {
    /// Its year.
    pub year: i32,
    /// Its serial.
    pub serial: i32,
    /// Its number.
    pub number: String,
    /// Its plan.
    pub plan: i64,
    /// Its text as signed.
    pub text: String,
    /// The association as it is called today.
    pub association: String,
    /// The responsible unit of today.
    pub unit: String,
    /// The number of the request, as the unit sent it.
    pub request_number: Option<String>,
    /// When that came.
    pub received_on: Option<NaiveDate>,
    /// Day of the reply.
    pub replied_on: NaiveDate,
    /// State of the plan.
    pub state: State,
    /// Since when it is void.
    pub voided_on: Option<NaiveDate>,
    /// Which of the plan's lists of conditions is its own, from 1; none: it has none.
    pub conditions: Option<i64>,
}

/// So many replies after one; of one responsible unit, if it is given. `heading` stands in a
/// reply before its conditions.
pub async fn slice(
    db: &mut Db,
    (after, most): (&Place, i64),
    unit: Option<i64>,
    heading: &str,
) -> Result<Vec<Replied>, sqlx::Error> {
    sqlx::query_as!(
        Replied,
        r#"with r as (
               select p.reply_year as year, p.reply_serial as serial, p.reply_number as number, p.id as plan,
                      coalesce(p.reply_text, '') as text, p.replied_on, null::date as voided_on,
                      case when cardinality(p.conditions) > 0 then 1 + (
                          select count(*) from plan_void_reply v
                          where v.campaign_id = p.campaign_id and v.plan_id = p.id and strpos(v.text, $6) > 0) end
                          as conditions
               from plan p where p.campaign_id = $1 and p.reply_number is not null
               union all
               select coalesce(substring(v.number from '〔(\d+)〕')::int, 0),
                      coalesce(substring(v.number from '〕(\d+)号')::int, 0), v.number, v.plan_id, v.text,
                      v.replied_on, v.voided_on,
                      case when strpos(v.text, $6) > 0 then (
                          select count(*) from plan_void_reply u
                          where u.campaign_id = v.campaign_id and u.plan_id = v.plan_id and u.id <= v.id
                            and strpos(u.text, $6) > 0) end
               from plan_void_reply v where v.campaign_id = $1)
           select r.year as "year!", r.serial as "serial!", r.number as "number!", r.plan as "plan!", r.text as "text!",
                  a.name as association, d.name as unit, o.request_number as "request_number?",
                  o.received_on as "received_on?", r.replied_on as "replied_on!", p.state as "state: State",
                  r.voided_on as "voided_on?", r.conditions as "conditions?"
           from r
           join plan p on p.campaign_id = $1 and p.id = r.plan
           join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join lateral (
               select o.request_number, (o.submitted_at at time zone 'Asia/Shanghai')::date as received_on
               from plan_round o
               where o.campaign_id = p.campaign_id and o.plan_id = p.id
                 and (o.submitted_at at time zone 'Asia/Shanghai')::date <= r.replied_on
               order by strpos(r.text, o.request_number) > 0 desc, o.round desc limit 1) o on true
           where (r.year, r.serial, r.number) > ($2, $3, $4) and ($5::bigint is null or a.department_id = $5)
           order by r.year, r.serial, r.number limit $7"#,
        db.campaign(),
        after.year,
        after.serial,
        after.number,
        unit,
        heading,
        most,
    )
    .fetch_all(db.connection())
    .await
}

/// A condition of a reply, and what became of it.
#[derive(Debug, Clone)]
pub struct Demanded {
    /// Its plan.
    pub plan: i64,
    /// Which of the plan's lists it stands in, from 1.
    pub list: i64,
    /// Its place in the reply.
    pub number: i32,
    /// What it demands.
    pub text: String,
    /// By when.
    pub due: NaiveDate,
    /// What became of it.
    pub state: ConditionState,
    /// When the unit reported it.
    pub reported_on: Option<NaiveDate>,
    /// When the office confirmed it.
    pub confirmed_on: Option<NaiveDate>,
    /// The document that shows it.
    pub document_number: Option<String>,
}

/// The conditions of the replies to these plans: those of each reply begin with the first.
pub async fn conditions(db: &mut Db, plans: &[i64]) -> Result<Vec<Demanded>, sqlx::Error> {
    sqlx::query_as!(
        Demanded,
        r#"select plan_id as plan, count(*) filter (where number = 1) over (partition by plan_id order by id) as "list!",
                  number, text, due, state as "state: ConditionState", reported_on, confirmed_on, document_number
           from plan_condition where campaign_id = $1 and plan_id = any($2) order by plan_id, id"#,
        db.campaign(),
        plans,
    )
    .fetch_all(db.connection())
    .await
}
