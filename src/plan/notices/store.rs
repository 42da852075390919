//! SQL of notices to linked departments (五(二), PL-12).

use chrono::NaiveDate;
use sqlx::types::Json;

use crate::access::Case;
use crate::access::case::{Holder, Row, Steps};
use crate::database::{Db, Moves, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::notices::rules::{Cover, NoticeState, STEPS};

/// A notice with what became of it.
#[derive(Debug, Clone)]
pub struct Notice {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub association_name: String,
    /// The department that is told.
    pub department: DepartmentId,
    /// Its name.
    pub department_name: String,
    /// The unit that tells.
    pub unit_name: String,
    /// Number of the notice.
    pub number: String,
    /// What it says.
    pub text: String,
    /// When it was sent.
    pub sent_on: NaiveDate,
    /// When it was read.
    pub read_on: Option<NaiveDate>,
    /// When it was answered.
    pub answered_on: Option<NaiveDate>,
    /// When the plan ended before an answer came.
    pub closed_on: Option<NaiveDate>,
    /// Agrees to ending the tie, or objects.
    pub agrees: Option<bool>,
    /// In which words.
    pub answer: Option<String>,
    /// The document that ends the tie.
    pub document_number: Option<String>,
    /// The letter as it was sent.
    pub cover: Json<Cover>,
    /// Row version.
    pub version: i32,
}

impl Notice {
    /// Where it stands.
    #[must_use]
    pub const fn state(&self) -> NoticeState {
        match (self.agrees, self.read_on) {
            (Some(true), _) => NoticeState::Agreed,
            (Some(false), _) => NoticeState::Objected,
            _ if self.closed_on.is_some() => NoticeState::Closed,
            (None, Some(_)) => NoticeState::Read,
            (None, None) => NoticeState::Sent,
        }
    }
}

impl Case for Notice {
    type State = NoticeState;
    const KIND: &'static str = "notice";
    const NAME: &'static str = "通报";
    const STEPS: Steps<NoticeState> = STEPS;
    const FIRST: NoticeState = NoticeState::Sent;

    fn holder(state: NoticeState) -> &'static [Holder] {
        crate::plan::notices::rules::holder(state)
    }

    fn row(&self) -> Row<NoticeState> {
        Row {
            id: self.id,
            version: self.version,
            state: self.state(),
            association: Some(self.association),
        }
    }
}

impl Moves for Notice {
    /// It stands where its signature and its answer say, which are noted before.
    async fn move_to(
        db: &mut Db,
        id: i64,
        _: NoticeState,
        _: NoticeState,
    ) -> Result<bool, sqlx::Error> {
        let moved = sqlx::query!(
            "update linked_notice set version = version + 1 where campaign_id = $1 and id = $2",
            db.campaign(),
            id,
        )
        .execute(db.connection())
        .await?;
        Ok(moved.rows_affected() == 1)
    }
}

macro_rules! select_notices {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Notice,
            r#"select n.id, n.association_id as "association: AssociationId", a.name as association_name,
                      n.department_id as "department: DepartmentId", d.name as department_name, u.name as unit_name,
                      n.number, n.text, n.sent_on, n.read_on, n.answered_on, n.closed_on, n.agrees, n.answer, n.document_number,
                      n.cover as "cover: Json<Cover>", n.version
               from linked_notice n
               join association a on a.campaign_id = n.campaign_id and a.id = n.association_id
               join department d on d.campaign_id = n.campaign_id and d.id = n.department_id
               join department u on u.campaign_id = a.campaign_id and u.id = a.department_id
               "# + $tail,
            $($argument),+
        )
    };
}

/// The notices about an association.
pub async fn of_association(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Notice>, sqlx::Error> {
    select_notices!(
        "where n.campaign_id = $1 and n.association_id = $2 order by n.id limit 100",
        db.campaign(),
        association.0
    )
    .fetch_all(db.connection())
    .await
}

/// Locks a notice about an association.
pub async fn lock(
    db: &mut Db,
    (association, id): (AssociationId, i64),
) -> Result<Option<Notice>, sqlx::Error> {
    select_notices!(
        "where n.campaign_id = $1 and n.association_id = $2 and n.id = $3 for update of n",
        db.campaign(),
        association.0,
        id
    )
    .fetch_optional(db.connection())
    .await
}

/// No answer is waited for any more; how many were open.
pub async fn close(write: &mut Write, association: AssociationId) -> Result<u64, sqlx::Error> {
    let closed = sqlx::query!(
        "update linked_notice set closed_on = $3, version = version + 1
         where campaign_id = $1 and association_id = $2 and answered_on is null and closed_on is null",
        write.campaign(),
        association.0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(closed.rows_affected())
}

/// Departments with a living tie that are not the responsible unit: key and name.
pub async fn linked(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<(DepartmentId, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select distinct d.id as "id: DepartmentId", d.name
           from tie t
           join association a on a.campaign_id = t.campaign_id and a.id = t.association_id
           join department d on d.campaign_id = t.campaign_id and d.id = t.department_id
           where t.campaign_id = $1 and t.association_id = $2 and t.ended_on is null
             and t.department_id <> a.department_id
           order by 1 limit 100"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// A notice to be sent.
#[derive(Debug, Clone)]
pub struct NewNotice {
    /// The department that is told.
    pub department: DepartmentId,
    /// Its name.
    pub name: String,
    /// Number of the notice.
    pub number: String,
    /// What it says.
    pub text: String,
}

/// Sends a notice; gives its key.
pub async fn add(
    write: &mut Write,
    association: AssociationId,
    (new, cover): (&NewNotice, &Cover),
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into linked_notice (campaign_id, association_id, department_id, number, text, sent_on, sent_by, cover)
         values ($1, $2, $3, $4, $5, $6, $7, $8) returning id",
        write.campaign(),
        association.0,
        new.department.0,
        new.number,
        new.text,
        write.today(),
        write.by().0,
        Json(cover) as _,
    )
    .fetch_one(write.connection())
    .await
}

/// Notes that it was read.
pub async fn sign(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update linked_notice set read_on = $3, read_by = $4 where campaign_id = $1 and id = $2 and read_on is null",
        write.campaign(),
        id,
        write.today(),
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// What a linked department says.
#[derive(Debug, Clone)]
pub struct NoticeAnswer {
    /// Agrees to ending the tie, or objects.
    pub agrees: bool,
    /// In which words.
    pub answer: Option<String>,
    /// The document that ends the tie.
    pub document_number: Option<String>,
}

/// Notes the answer; a notice answered unread is read with it.
pub async fn answer(write: &mut Write, id: i64, answer: &NoticeAnswer) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update linked_notice set agrees = $3, answer = $4, document_number = $5, answered_by = $6, answered_on = $7,
             read_on = coalesce(read_on, $7), read_by = coalesce(read_by, $6)
         where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        answer.agrees,
        answer.answer,
        answer.document_number,
        write.by().0,
        write.today(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
