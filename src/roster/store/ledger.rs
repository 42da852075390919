//! SQL of the table of recommendations (EX-4): what the page of units does not ask.

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::database::Db;
use crate::roster::rules::State;
use crate::scheme::Answers;
use crate::scheme::appropriation::{MONEY, paid_in};
use crate::scheme::campaign::Parameters;

/// Of each candidate of these units what its confirmed survey tells of appropriation, with
/// its unit; none: not confirmed yet.
pub async fn appropriations(
    db: &mut Db,
    parameters: &Parameters,
    units: &[i64],
) -> Result<Vec<(i64, Option<bool>)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.department_id as unit,
                  (select jsonb_build_object($4::text, coalesce(s.answers -> $4::text, '[]'::jsonb)) from survey s
                   where s.campaign_id = a.campaign_id and s.association_id = a.id and s.state = 'confirmed'
                   order by s.edition desc limit 1) as "answers: Json<Answers>"
           from association a
           where a.campaign_id = $1 and a.department_id = any($2) and a.scope = 'in'
             and (a.registered_on < $3) is not false and a.exited_on is null
           order by a.department_id, a.id"#,
        db.campaign(),
        units,
        parameters.issue_date,
        MONEY,
    )
    .fetch_all(db.connection())
    .await?;
    let paid = |answers: Json<Answers>| paid_in(&answers.0, &parameters.appropriation_years);
    let rows = rows.into_iter();
    Ok(rows.map(|row| (row.unit, row.answers.map(paid))).collect())
}

/// When these units sent what lies with the office or was decided on, or reported nil; the
/// recommendation first. What a unit took back was not sent.
pub async fn sent(db: &mut Db, units: &[i64]) -> Result<Vec<(i64, NaiveDate)>, sqlx::Error> {
    sqlx::query!(
        r#"select s.unit as "unit!", s.on as "on!"
           from (select r.department_id as unit, (r.submitted_at at time zone 'Asia/Shanghai')::date as on, 1 as place
                 from recommendation r
                 where r.campaign_id = $1 and r.department_id = any($2) and r.state <> $3 and r.submitted_at is not null
                 union all
                 select z.department_id, (max(z.at) at time zone 'Asia/Shanghai')::date, 2
                 from nil_report z where z.campaign_id = $1 and z.department_id = any($2)
                 group by z.department_id) s
           order by s.unit, s.place"#,
        db.campaign(),
        units,
        State::Draft.key(),
    )
    .map(|row| (row.unit, row.on))
    .fetch_all(db.connection())
    .await
}
