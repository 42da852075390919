//! SQL of comments.

use chrono::{DateTime, NaiveDate, Utc};

use crate::access::Actor;
use crate::database::{Db, Write};
use crate::ids::{AccountId, AssociationId, DepartmentId};

use super::rules::Comment;

/// Comments on a page; an association has some dozens in a campaign.
const MOST: i64 = 500;
/// Rows on the workbench.
const ROWS: i64 = 50;

/// A comment as the page shows it.
pub struct Row {
    /// Its key.
    pub id: i64,
    /// Who wrote it.
    pub account: AccountId,
    /// Their name then.
    pub author: String,
    /// Their department then.
    pub department: String,
    /// What it says.
    pub body: String,
    /// When.
    pub written_at: DateTime<Utc>,
    /// On which day.
    pub written_on: NaiveDate,
    /// When it was withdrawn.
    pub withdrawn_at: Option<DateTime<Utc>>,
}

/// Comments on an association, newest first; for a department that knows it only
/// through a tie, those in which it is asked to read.
pub async fn comments(
    db: &mut Db,
    association: AssociationId,
    only_for: Option<DepartmentId>,
) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        r#"select c.id, c.account_id as "account: AccountId", c.author, c.author_department as department, c.body,
                  c.written_at, c.written_on, c.withdrawn_at
           from comment c
           where c.campaign_id = $1 and c.association_id = $2
             and ($3::bigint is null or c.department_id = $3
                  or exists (select from comment_mention m where m.campaign_id = c.campaign_id
                             and m.comment_id = c.id and m.department_id = $3))
           order by c.id desc limit $4"#,
        db.campaign(),
        association.0,
        only_for.map(|department| department.0),
        MOST,
    )
    .fetch_all(db.connection())
    .await
}

/// Who is asked to read a comment, and who has read it.
pub struct Mention {
    /// The comment.
    pub comment: i64,
    /// The department.
    pub department: DepartmentId,
    /// Its short name.
    pub name: String,
    /// When somebody marked it read.
    pub read_at: Option<DateTime<Utc>>,
    /// Who.
    pub read_by: Option<String>,
}

/// The departments asked, of all comments of an association.
pub async fn mentions(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<Mention>, sqlx::Error> {
    sqlx::query_as!(
        Mention,
        r#"select m.comment_id as comment, m.department_id as "department: DepartmentId", d.short_name as name,
                  m.read_at, m.read_by
           from comment c
           join comment_mention m on m.campaign_id = c.campaign_id and m.comment_id = c.id
           join department d on d.campaign_id = m.campaign_id and d.id = m.department_id
           where c.campaign_id = $1 and c.association_id = $2
           order by m.comment_id, d.id"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// The departments that may see an association: the responsible unit, those with
/// a living tie, and those with a competence of their own.
pub async fn readers(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<(DepartmentId, String)>, sqlx::Error> {
    let rows = sqlx::query!(
        "select d.id, d.short_name from association a
         join department d on d.campaign_id = a.campaign_id and d.active
          and (d.id = a.department_id or d.competences <> '{}'
               or exists (select from tie t where t.campaign_id = a.campaign_id and t.association_id = a.id
                          and t.department_id = d.id and t.ended_on is null))
         where a.campaign_id = $1 and a.id = $2
         order by (d.id = a.department_id) desc, d.id",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (DepartmentId(row.id), row.short_name))
        .collect())
}

/// A comment to be.
pub struct New<'a> {
    /// On which association.
    pub association: AssociationId,
    /// In the name of which department.
    pub in_name_of: DepartmentId,
    /// The author's name.
    pub author: &'a str,
    /// The department's, as the page says it.
    pub department: &'a str,
    /// What it says.
    pub body: &'a str,
}

/// Adds a comment and asks departments to read it; its key.
pub async fn add(
    write: &mut Write,
    new: &New<'_>,
    asked: &[DepartmentId],
) -> Result<i64, sqlx::Error> {
    let id = sqlx::query_scalar!(
        "insert into comment (campaign_id, association_id, account_id, department_id, author, author_department, body,
             written_at, written_on)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id",
        write.campaign(),
        new.association.0,
        write.by().0,
        new.in_name_of.0,
        new.author,
        new.department,
        new.body,
        write.request().now.to_utc(),
        write.today(),
    )
    .fetch_one(write.connection())
    .await?;
    let asked: Vec<i64> = asked.iter().map(|department| department.0).collect();
    sqlx::query!(
        "insert into comment_mention (campaign_id, comment_id, department_id)
         select distinct $1::integer, $2::bigint, each from unnest($3::bigint[]) each",
        write.campaign(),
        id,
        &asked,
    )
    .execute(write.connection())
    .await?;
    Ok(id)
}

/// Locks a comment of an association.
pub async fn lock(
    db: &mut Db,
    association: AssociationId,
    id: i64,
) -> Result<Option<Comment>, sqlx::Error> {
    sqlx::query_as!(
        Comment,
        r#"select account_id as "author: AccountId", written_on, withdrawn_at is not null as "withdrawn!"
           from comment where campaign_id = $1 and association_id = $2 and id = $3 for update"#,
        db.campaign(),
        association.0,
        id,
    )
    .fetch_optional(db.connection())
    .await
}

/// Withdraws a comment; it stays, unseen.
pub async fn withdraw(write: &mut Write, id: i64) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update comment set withdrawn_at = $3 where campaign_id = $1 and id = $2",
        write.campaign(),
        id,
        write.request().now.to_utc(),
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Marks a comment read in a department's name; false where it was not asked.
pub async fn acknowledge(write: &mut Write, id: i64, by: &Actor) -> Result<bool, sqlx::Error> {
    let marked = sqlx::query!(
        "update comment_mention set read_at = coalesce(read_at, $4), read_by = coalesce(read_by, $5)
         where campaign_id = $1 and comment_id = $2 and department_id = $3",
        write.campaign(),
        id,
        by.department().0,
        write.request().now.to_utc(),
        by.name,
    )
    .execute(write.connection())
    .await?;
    Ok(marked.rows_affected() == 1)
}

/// A comment that waits for a department to read it.
pub struct ToRead {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// Who wrote.
    pub author: String,
    /// For which department.
    pub department: String,
    /// When.
    pub written_on: NaiveDate,
}

/// What a department is asked to read, oldest first.
pub async fn to_read(db: &mut Db, department: DepartmentId) -> Result<Vec<ToRead>, sqlx::Error> {
    sqlx::query_as!(
        ToRead,
        "select c.association_id as association, a.name, c.author, c.author_department as department, c.written_on
         from comment_mention m
         join comment c on c.campaign_id = m.campaign_id and c.id = m.comment_id and c.withdrawn_at is null
         join association a on a.campaign_id = c.campaign_id and a.id = c.association_id
         where m.campaign_id = $1 and m.department_id = $2 and m.read_at is null
         order by m.comment_id limit $3",
        db.campaign(),
        department.0,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}
