//! SQL of notices to linked departments (五(二), PL-12).

use chrono::NaiveDate;

use crate::database::Db;
use crate::ids::{AccountId, AssociationId, DepartmentId};

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
    /// Row version.
    pub version: i32,
}

impl Notice {
    /// Where it stands, in words.
    #[must_use]
    pub const fn state(&self) -> &'static str {
        match (self.agrees, self.read_on) {
            (Some(true), _) => "同意终止关系",
            (Some(false), _) => "有异议",
            _ if self.closed_on.is_some() => "方案已终止，不再回复",
            (None, Some(_)) => "已签收，待回复",
            (None, None) => "待签收",
        }
    }

    /// Colour and shape of its tag.
    #[must_use]
    pub const fn tag(&self) -> &'static str {
        match (self.agrees, self.read_on) {
            (Some(true), _) => "blue",
            (Some(false), _) => "red",
            _ if self.closed_on.is_some() => "grey",
            (None, Some(_)) => "yellow",
            (None, None) => "grey",
        }
    }
}

macro_rules! select_notices {
    ($tail:literal, $($argument:expr),+) => {
        sqlx::query_as!(
            Notice,
            r#"select n.id, n.association_id as "association: AssociationId", a.name as association_name,
                      n.department_id as "department: DepartmentId", d.name as department_name, u.name as unit_name,
                      n.number, n.text, n.sent_on, n.read_on, n.answered_on, n.closed_on, n.agrees, n.answer, n.document_number, n.version
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

/// The notices that a department has not answered, the oldest first.
pub async fn waiting_for(
    db: &mut Db,
    department: DepartmentId,
) -> Result<Vec<Notice>, sqlx::Error> {
    select_notices!(
        "where n.campaign_id = $1 and n.department_id = $2 and n.answered_on is null and n.closed_on is null order by n.sent_on, n.id limit 50",
        db.campaign(),
        department.0
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
pub async fn close(
    db: &mut Db,
    association: AssociationId,
    on: NaiveDate,
) -> Result<u64, sqlx::Error> {
    let closed = sqlx::query!(
        "update linked_notice set closed_on = $3, version = version + 1
         where campaign_id = $1 and association_id = $2 and answered_on is null and closed_on is null",
        db.campaign(),
        association.0,
        on,
    )
    .execute(db.connection())
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

/// Sends a notice; gives its key.
pub async fn add(
    db: &mut Db,
    (association, department): (AssociationId, DepartmentId),
    (number, text): (&str, &str),
    (account, on): (AccountId, NaiveDate),
) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        "insert into linked_notice (campaign_id, association_id, department_id, number, text, sent_on, sent_by)
         values ($1, $2, $3, $4, $5, $6, $7) returning id",
        db.campaign(),
        association.0,
        department.0,
        number,
        text,
        on,
        account.0,
    )
    .fetch_one(db.connection())
    .await
}

/// Notes that it was read.
pub async fn sign(
    db: &mut Db,
    id: i64,
    (account, on): (AccountId, NaiveDate),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update linked_notice set read_on = $3, read_by = $4, version = version + 1
         where campaign_id = $1 and id = $2 and read_on is null",
        db.campaign(),
        id,
        on,
        account.0,
    )
    .execute(db.connection())
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

/// Keeps the answer; a notice answered unread is read with it.
pub async fn answer(
    db: &mut Db,
    id: i64,
    answer: &NoticeAnswer,
    (account, on): (AccountId, NaiveDate),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update linked_notice set agrees = $3, answer = $4, document_number = $5, answered_by = $6, answered_on = $7,
             read_on = coalesce(read_on, $7), read_by = coalesce(read_by, $6), version = version + 1
         where campaign_id = $1 and id = $2 and answered_on is null",
        db.campaign(),
        id,
        answer.agrees,
        answer.answer,
        answer.document_number,
        account.0,
        on,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}
