//! SQL of requests to correct what was submitted.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::machine;

use super::rules::{Kind, Of, STEPS, State};

/// Rows of a list.
const ROWS: i64 = 500;

/// A request.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// Its state.
    pub state: State,
    /// Why it is asked for.
    pub reason: String,
    /// Who asked.
    pub by: String,
    /// When.
    pub asked_on: NaiveDate,
    /// Why it is refused.
    pub answer: Option<String>,
    /// Who refused.
    pub answered_by: Option<String>,
    /// When.
    pub answered_on: Option<NaiveDate>,
    /// Row version.
    pub version: i32,
}

machine!(Correction, "correction", State from Asked by STEPS on crate::corrections::rules::holder,
    "correction", "更正申请");

macro_rules! select_corrections {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Correction,
            r#"select c.id, c.association_id as "association: AssociationId", c.state as "state: State", c.reason,
                      a.display_name as by, c.asked_on, c.answer, b.display_name as "answered_by?", c.answered_on, c.version
               from correction c
               join account a on a.id = c.asked_by
               left join account b on b.id = c.answered_by
               where c.campaign_id = $1 and c.association_id = $2 and c.kind = $3 and c.case_id = $4
               order by c.id desc limit 1"# + $tail,
            $($argument),+
        )
    };
}

/// The newest request on a matter.
pub async fn newest(db: &mut Db, of: &Of) -> Result<Option<Correction>, sqlx::Error> {
    let kind = of.kind.key();
    select_corrections!("", db.campaign(), of.association.0, kind, of.case)
        .fetch_optional(db.connection())
        .await
}

/// Locks it.
pub async fn lock(db: &mut Db, of: &Of) -> Result<Option<Correction>, sqlx::Error> {
    let kind = of.kind.key();
    select_corrections!(
        " for update of c",
        db.campaign(),
        of.association.0,
        kind,
        of.case
    )
    .fetch_optional(db.connection())
    .await
}

/// Makes a request; false where one waits already.
pub async fn ask(write: &mut Write, of: &Of, reason: &str) -> Result<bool, sqlx::Error> {
    let made = sqlx::query!(
        "insert into correction (campaign_id, association_id, kind, case_id, reason, asked_by, asked_on)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (campaign_id, kind, case_id) where state = 'asked' do nothing",
        write.campaign(),
        of.association.0,
        of.kind.key(),
        of.case,
        reason,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(made.rows_affected() == 1)
}

/// Notes why it is refused.
pub async fn note_refusal(write: &mut Write, id: i64, answer: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update correction set answer = $3, answered_by = $4, answered_on = $5 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        answer,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// A request that waits for an answer.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// Its unit's short name.
    pub unit: String,
    /// What is to be corrected.
    pub kind: Kind,
    /// Its key.
    pub case: i64,
    /// The measure of an item.
    pub measure: Option<String>,
    /// Why.
    pub reason: String,
    /// Since when it waits.
    pub asked_on: NaiveDate,
}

/// All that wait; for a department, those on reported items of its measures.
pub async fn waiting(
    db: &mut Db,
    measures: Option<&[String]>,
) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as!(
        Waiting,
        r#"select c.association_id as "association: AssociationId", a.name, d.short_name as unit, c.kind as "kind: Kind",
                  c.case_id as case, i.measure as "measure?", c.reason, c.asked_on
           from correction c
           join association a on a.campaign_id = c.campaign_id and a.id = c.association_id and a.exited_on is null
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           left join item i on c.kind = 'item' and i.campaign_id = c.campaign_id and i.id = c.case_id
           where c.campaign_id = $1 and c.state = 'asked'
             and ($2::text[] is null or i.state = 'reported_done' and i.measure = any($2))
           order by c.asked_on, c.id limit $3"#,
        db.campaign(),
        measures as Option<&[String]>,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}
