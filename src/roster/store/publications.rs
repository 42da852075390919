//! SQL of publications: what the next one takes, and the list as published.

use chrono::Datelike as _;
use sqlx::types::Json;

use crate::database::{Db, Write};
use crate::roster::rules::Bound;
use crate::roster::rules::lines::reason;
use crate::scheme::Answers;
use crate::scheme::appropriation::{MONEY, paid_in};
use crate::scheme::campaign::Parameters;

/// An association that the next publication takes, with the text of its row (FZ-1).
#[derive(Debug, Clone)]
pub struct Due {
    /// The association.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its code.
    pub uscc: Option<String>,
    /// The responsible unit.
    pub department: i64,
    /// Its name.
    pub unit: String,
    /// 备注.
    pub remark: String,
    /// Its row version.
    pub version: i32,
    /// The confirmed survey, by which it takes public money or not.
    pub survey: Option<i64>,
    /// Why it is on the list.
    pub reason: &'static str,
}

/// What was decided for and is not yet published, by unit and name.
pub async fn due(
    db: &mut Db,
    (parameters, bound): (&Parameters, Bound),
) -> Result<Vec<Due>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select a.id, a.name, a.uscc, a.department_id as department, d.name as unit,
                  case when a.uscc is null then '登记证号：' || a.certificate_no else '' end as "remark!", a.version, e.chosen, s.id as "survey?",
                  s.answers as "answers?: Json<Answers>",
                  (select count(*) from association b
                   where b.campaign_id = a.campaign_id and b.department_id = a.department_id and b.scope = 'in'
                     and (b.registered_on < $2) is not false and b.exited_on is null) as "base!"
           from roster_entry e
           join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join lateral (
               select s.id, jsonb_build_object($3::text, coalesce(s.answers -> $3::text, '[]'::jsonb)) as answers
               from survey s
               where s.campaign_id = a.campaign_id and s.association_id = a.id and s.state = 'confirmed'
               order by s.edition desc limit 1) s on true
           where e.campaign_id = $1 and e.publication_id is null and e.added_by is null
             and e.decision in ('accepted', 'added') and a.scope = 'in' and a.exited_on is null
           order by a.department_id, a.sort_key, a.id limit 100000"#,
        db.campaign(),
        parameters.issue_date,
        MONEY,
    )
    .fetch_all(db.connection())
    .await?;
    let due = rows.into_iter().map(|row| {
        let paid = |answers: Json<Answers>| paid_in(&answers.0, &parameters.appropriation_years);
        let mandatory = bound.must(row.answers.map(paid), row.base == 1);
        Due {
            id: row.id,
            name: row.name,
            uscc: row.uscc,
            department: row.department,
            unit: row.unit,
            remark: row.remark,
            version: row.version,
            survey: row.survey,
            reason: reason(mandatory, row.chosen),
        }
    });
    Ok(due.collect())
}

/// Puts a publication on record under the next number of the year, which it gives with its key.
pub async fn publish(write: &mut Write, title: &str) -> Result<(i64, i32), sqlx::Error> {
    sqlx::query!(
        "insert into roster_publication (campaign_id, number, year, title, published_on, account_id)
         values ($1, (select coalesce(max(number), 0) + 1 from roster_publication where campaign_id = $1 and year = $2), $2, $3, $4, $5)
         returning id, number",
        write.campaign(),
        write.today().year(),
        title,
        write.today(),
        write.by().0,
    )
    .map(|row| (row.id, row.number))
    .fetch_one(write.connection())
    .await
}

/// Puts what was seen on a publication; false where one of them cannot be any more.
pub async fn take(write: &mut Write, publication: i64, due: &[Due]) -> Result<bool, sqlx::Error> {
    let ids: Vec<i64> = due.iter().map(|each| each.id).collect();
    let taken = sqlx::query!(
        "update roster_entry e set publication_id = $2
         from association a
         where e.campaign_id = $1 and e.association_id = any($3) and e.publication_id is null and e.added_by is null
           and a.campaign_id = e.campaign_id and a.id = e.association_id and a.scope = 'in' and a.exited_on is null",
        write.campaign(),
        publication,
        &ids,
    )
    .execute(write.connection())
    .await?;
    Ok(usize::try_from(taken.rows_affected()) == Ok(due.len()))
}

/// Keeps the text of every row of a publication as it was seen (FZ-1), in its order; with the
/// reason of each, which only the internal version says.
pub async fn keep(write: &mut Write, publication: i64, due: &[Due]) -> Result<(), sqlx::Error> {
    let keys = |read: fn(&Due) -> i64| -> Vec<i64> { due.iter().map(read).collect() };
    let texts = |read: fn(&Due) -> &str| -> Vec<String> {
        due.iter().map(|each| read(each).to_owned()).collect()
    };
    sqlx::query!(
        "insert into roster_line (campaign_id, publication_id, serial, change, association_id, department_id, name, uscc,
             unit, batch, remark, reason)
         select p.campaign_id, p.id, w.place::int, 'published', w.id, w.department, w.name, nullif(w.uscc, ''), w.unit,
                format('%s年第%s号', p.year, p.number), w.remark, w.reason
         from roster_publication p
         cross join unnest($3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
             with ordinality as w(id, department, name, uscc, unit, remark, reason, place)
         where p.campaign_id = $1 and p.id = $2
         order by w.place",
        write.campaign(),
        publication,
        &keys(|each| each.id),
        &keys(|each| each.department),
        &texts(|each| &each.name),
        &texts(|each| each.uscc.as_deref().unwrap_or_default()),
        &texts(|each| &each.unit),
        &texts(|each| &each.remark),
        &texts(|each| each.reason),
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "update roster_entry e set place = l.id, line_id = l.id
         from roster_line l
         where l.campaign_id = $1 and l.publication_id = $2 and e.campaign_id = l.campaign_id
           and e.association_id = l.association_id",
        write.campaign(),
        publication,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "update roster_publication set lines = $3 where campaign_id = $1 and id = $2",
        write.campaign(),
        publication,
        i32::try_from(due.len()).unwrap_or(i32::MAX),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
