//! SQL of looks and rounds.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::Act;
use crate::database::{Database, Db, Write};
use crate::ids::AccountId;

use super::rules::{Outcome, Tick};

/// Which matter, and at which version.
pub type Look = (String, i64, String);

/// What an account has opened of these matters.
pub async fn looks(
    db: &mut Db,
    account: AccountId,
    cases: &[i64],
) -> Result<BTreeSet<Look>, sqlx::Error> {
    let rows = sqlx::query!(
        "select act, case_id, seen from signing_look
         where campaign_id = $1 and account_id = $2 and case_id = any($3)",
        db.campaign(),
        account.0,
        cases,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.act, row.case_id, row.seen))
        .collect())
}

/// Notes that an account opened a matter as it stands. It decides nothing and is no record
/// of the case: it says only what may be ticked.
pub async fn note_look(
    database: &Database,
    (account, at): (AccountId, DateTime<Utc>),
    tick: &Tick,
) -> Result<(), sqlx::Error> {
    let mut tally = database.tally().await?;
    sqlx::query!(
        "insert into signing_look (campaign_id, account_id, act, case_id, seen, looked_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict on constraint signing_look_pkey do update set looked_at = excluded.looked_at",
        database.campaign().0,
        account.0,
        tick.act.name(),
        tick.case,
        tick.seen.text(),
        at,
    )
    .execute(&mut *tally)
    .await?;
    tally.commit().await
}

/// A matter of a round to be.
#[derive(Debug, Clone)]
pub struct NewLine {
    /// Its act.
    pub act: Act,
    /// Its number among those of its act.
    pub case: i64,
    /// What it is.
    pub title: String,
    /// Whose it is.
    pub subject: String,
    /// Its own page.
    pub address: String,
}

/// Begins a round with its matters, numbered from 1; its number.
pub async fn open(write: &mut Write, lines: &[NewLine]) -> Result<i64, sqlx::Error> {
    let department = write.actor().map_or(0, |actor| actor.department().0);
    let id = sqlx::query_scalar!(
        "insert into signing_round (campaign_id, account_id, department_id, signed_on, signed_at)
         values ($1, $2, $3, $4, $5) returning id",
        write.campaign(),
        write.by().0,
        department,
        write.today(),
        write.request().now.to_utc(),
    )
    .fetch_one(write.connection())
    .await?;
    let column = |of: fn(&NewLine) -> String| lines.iter().map(of).collect::<Vec<_>>();
    let cases: Vec<i64> = lines.iter().map(|line| line.case).collect();
    sqlx::query!(
        "insert into signing_line (campaign_id, round_id, number, act, case_id, title, subject, address)
         select $1::integer, $2::bigint, n.number::integer, n.act, n.case_id, n.title, n.subject, n.address
         from unnest($3::text[], $4::bigint[], $5::text[], $6::text[], $7::text[])
             with ordinality as n(act, case_id, title, subject, address, number)",
        write.campaign(),
        id,
        &column(|line| line.act.name().to_owned()),
        &cases,
        &column(|line| line.title.clone()),
        &column(|line| line.subject.clone()),
        &column(|line| line.address.clone()),
    )
    .execute(write.connection())
    .await?;
    Ok(id)
}

/// Says of a matter that it is signed: by the write that signs it.
pub async fn mark_signed(write: &mut Write, line: (i64, i32)) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update signing_line set state = 'signed' where campaign_id = $1 and round_id = $2 and number = $3",
        write.campaign(),
        line.0,
        line.1,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Says of matters why they are not.
pub async fn mark_refused(
    write: &mut Write,
    round: i64,
    why: &[(i32, String)],
) -> Result<(), sqlx::Error> {
    let (numbers, reasons): (Vec<i32>, Vec<String>) = why.iter().cloned().unzip();
    sqlx::query!(
        "update signing_line l set state = 'refused', reason = n.reason
         from unnest($3::integer[], $4::text[]) n(number, reason)
         where l.campaign_id = $1 and l.round_id = $2 and l.number = n.number and l.state = 'pending'",
        write.campaign(),
        round,
        &numbers,
        &reasons,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// A round.
#[derive(Debug, Clone)]
pub struct Round {
    /// Its number.
    pub id: i64,
    /// Its day in the campaign.
    pub signed_on: NaiveDate,
    /// When.
    pub signed_at: DateTime<Utc>,
    /// Matters in it.
    pub size: i64,
    /// Of these, signed.
    pub signed: i64,
}

/// The rounds of an account, the newest first; one alone where its number is given.
pub async fn rounds(
    db: &mut Db,
    account: AccountId,
    (only, most): (Option<i64>, i64),
) -> Result<Vec<Round>, sqlx::Error> {
    sqlx::query_as!(
        Round,
        r#"select r.id, r.signed_on, r.signed_at, n.size as "size!", n.signed as "signed!"
           from signing_round r
           cross join lateral (
               select count(*) as size, count(*) filter (where l.state = 'signed') as signed from signing_line l
               where l.campaign_id = r.campaign_id and l.round_id = r.id) n
           where r.campaign_id = $1 and r.account_id = $2 and ($3::bigint is null or r.id = $3)
           order by r.id desc limit $4"#,
        db.campaign(),
        account.0,
        only,
        most,
    )
    .fetch_all(db.connection())
    .await
}

/// A matter of a round, and what became of it.
#[derive(Debug, Clone)]
pub struct Line {
    /// Its number in the round.
    pub number: i32,
    /// Its act.
    pub act: String,
    /// What it is.
    pub title: String,
    /// Whose it is.
    pub subject: String,
    /// Its own page.
    pub address: String,
    /// What became of it.
    pub state: Outcome,
    /// Why it is not signed.
    pub reason: String,
}

/// The matters of a round in their order.
pub async fn lines(db: &mut Db, round: i64) -> Result<Vec<Line>, sqlx::Error> {
    sqlx::query_as!(
        Line,
        r#"select number, act, title, subject, address, state as "state: Outcome", reason from signing_line
           where campaign_id = $1 and round_id = $2 order by number limit 100"#,
        db.campaign(),
        round,
    )
    .fetch_all(db.connection())
    .await
}
