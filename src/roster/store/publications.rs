//! SQL of publications: what the next one takes, and the list as published.

use chrono::{Datelike as _, NaiveDate};

use crate::database::{Db, Write};

/// An association that the next publication takes.
#[derive(Debug, Clone)]
pub struct Due {
    /// The association.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its row version.
    pub version: i32,
    /// The confirmed survey, by which it takes public money or not.
    pub survey: Option<i64>,
}

/// What was decided for and is not yet published.
pub async fn due(db: &mut Db) -> Result<Vec<Due>, sqlx::Error> {
    sqlx::query_as!(
        Due,
        "select a.id, a.name, a.version,
                (select max(s.id) from survey s
                 where s.campaign_id = a.campaign_id and s.association_id = a.id and s.state = 'confirmed') as survey
         from roster_entry e
         join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
         where e.campaign_id = $1 and e.publication_id is null and e.added_by is null
           and e.decision in ('accepted', 'added') and a.scope = 'in' and a.exited_on is null
         order by a.id limit 100000",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// Publishes everything decided for and not yet published: the number, and the
/// associations now listed, in their order.
pub async fn publish(write: &mut Write, title: &str) -> Result<(i32, Vec<i64>), sqlx::Error> {
    let publication = sqlx::query!(
        "insert into roster_publication (campaign_id, number, year, title, published_on, account_id)
         values ($1, (select coalesce(max(number), 0) + 1 from roster_publication where campaign_id = $1 and year = $2), $2, $3, $4, $5)
         returning id, number",
        write.campaign(),
        write.today().year(),
        title,
        write.today(),
        write.by().0,
    )
    .fetch_one(write.connection())
    .await?;
    let mut listed = sqlx::query_scalar!(
        "update roster_entry e set publication_id = $2
         from association a
         where e.campaign_id = $1 and a.campaign_id = e.campaign_id and a.id = e.association_id
           and e.publication_id is null and e.added_by is null and e.decision in ('accepted', 'added')
           and a.scope = 'in' and a.exited_on is null
         returning e.association_id",
        write.campaign(),
        publication.id,
    )
    .fetch_all(write.connection())
    .await?;
    listed.sort_unstable();
    Ok((publication.number, listed))
}

/// A row of the published list.
pub struct Published {
    /// The association.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its credit code.
    pub uscc: Option<String>,
    /// The responsible unit.
    pub department: String,
    /// Title, number and date of the publication.
    pub title: String,
    /// Number of the publication.
    pub number: i32,
    /// Its year.
    pub year: i32,
    /// Its date.
    pub published_on: NaiveDate,
}

/// The published list, by publication, unit and name.
pub async fn published(db: &mut Db) -> Result<Vec<Published>, sqlx::Error> {
    sqlx::query_as!(
        Published,
        r#"select a.id, a.name, a.uscc, d.name as department, p.title, p.number, p.year, p.published_on
           from roster_entry e
           join roster_publication p on p.campaign_id = e.campaign_id and p.id = e.publication_id
           join association a on a.campaign_id = e.campaign_id and a.id = e.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where e.campaign_id = $1
           order by p.year, p.number, a.department_id, a.sort_key, a.id limit 2000"#,
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}
