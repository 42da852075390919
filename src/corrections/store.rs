//! SQL of requests to correct what was submitted.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::machine;

use super::rules::{Kind, Of, STEPS, State};

/// Rows of a list.
const ROWS: i64 = 500;

/// A request.
#[derive(Debug, Clone)]
pub struct Correction {
    /// Its key.
    pub id: i64,
    /// The association; none: of a unit's own.
    pub association: Option<AssociationId>,
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
    "correction", "更正申请", perhaps);

macro_rules! select_corrections {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Correction,
            r#"select c.id, c.association_id as "association: AssociationId", c.state as "state: State", c.reason,
                      a.display_name as by, c.asked_on, c.answer, b.display_name as "answered_by?", c.answered_on, c.version
               from correction c
               join account a on a.id = c.asked_by
               left join account b on b.id = c.answered_by
               where c.campaign_id = $1 and c.kind = $2 and c.case_id = $3
                 and c.association_id is not distinct from $4
               order by c.id desc limit 1"# + $tail,
            $($argument),+
        )
    };
}

/// The newest request on a matter.
pub async fn newest(db: &mut Db, of: &Of) -> Result<Option<Correction>, sqlx::Error> {
    let kind = of.kind.key();
    let association = of.whose.association().map(|id| id.0);
    select_corrections!("", db.campaign(), kind, of.case, association)
        .fetch_optional(db.connection())
        .await
}

/// Whether one waits for its answer.
pub async fn waits(db: &mut Db, of: &Of) -> Result<bool, sqlx::Error> {
    let newest = newest(db, of).await?;
    Ok(newest.is_some_and(|correction| correction.state == State::Asked))
}

/// Locks it.
pub async fn lock(db: &mut Db, of: &Of) -> Result<Option<Correction>, sqlx::Error> {
    let kind = of.kind.key();
    let association = of.whose.association().map(|id| id.0);
    select_corrections!(
        " for update of c",
        db.campaign(),
        kind,
        of.case,
        association
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
        of.whose.association().map(|id| id.0),
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
    /// Its key.
    pub id: i64,
    /// The association; none: a unit's own.
    pub association: Option<AssociationId>,
    /// The name of whose it is.
    pub name: String,
    /// The unit.
    pub unit: DepartmentId,
    /// Its short name.
    pub unit_name: String,
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

impl Waiting {
    /// The matter.
    #[must_use]
    pub const fn of(&self) -> Of {
        match self.association {
            Some(association) => Of::matter_of(association, self.kind, self.case),
            None => Of::recommendation_of(self.unit),
        }
    }
}

/// All that wait; for a department, those on reported items of its measures.
pub async fn waiting(
    db: &mut Db,
    measures: Option<&[String]>,
) -> Result<Vec<Waiting>, sqlx::Error> {
    sqlx::query_as!(
        Waiting,
        r#"select c.id, c.association_id as "association: AssociationId", coalesce(a.name, d.name) as "name!",
                  d.id as "unit: DepartmentId", d.short_name as unit_name, c.kind as "kind: Kind",
                  c.case_id as case, i.measure as "measure?", c.reason, c.asked_on
           from correction c
           left join association a on a.campaign_id = c.campaign_id and a.id = c.association_id
           join department d on d.campaign_id = c.campaign_id
               and d.id = case when c.association_id is null then c.case_id else a.department_id end
           left join item i on c.kind = 'item' and i.campaign_id = c.campaign_id and i.id = c.case_id
           where c.campaign_id = $1 and c.state = 'asked' and a.exited_on is null
             and ($2::text[] is null or i.state = 'reported_done' and i.measure = any($2))
           order by c.asked_on, c.id limit $3"#,
        db.campaign(),
        measures as Option<&[String]>,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}
