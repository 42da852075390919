//! SQL of the editions that a checklist was brought up to.

use chrono::NaiveDate;

use crate::access::Scope as Reach;
use crate::database::{Db, Write};
use crate::ids::AssociationId;

/// A revision that was applied.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The edition of the survey.
    pub edition: i32,
    /// When.
    pub applied_on: NaiveDate,
    /// Items that came.
    pub added: i32,
    /// Items that lapsed.
    pub lapsed: i32,
    /// Items done that stayed.
    pub kept: i32,
}

/// The revisions of a checklist, newest first.
pub async fn applied(db: &mut Db, association: AssociationId) -> Result<Vec<Applied>, sqlx::Error> {
    sqlx::query_as!(
        Applied,
        "select edition, applied_on, added, lapsed, kept from checklist_revision
         where campaign_id = $1 and association_id = $2 order by edition desc limit 50",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// Notes a revision; false where this edition was applied before.
pub async fn note(
    write: &mut Write,
    association: AssociationId,
    survey: i64,
    applied: &Applied,
) -> Result<bool, sqlx::Error> {
    let noted = sqlx::query!(
        "insert into checklist_revision (campaign_id, association_id, survey_id, edition, applied_on, account_id, added, lapsed, kept)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict on constraint checklist_revision_edition_key do nothing",
        write.campaign(),
        association.0,
        survey,
        applied.edition,
        applied.applied_on,
        write.by().0,
        applied.added,
        applied.lapsed,
        applied.kept,
    )
    .execute(write.connection())
    .await?;
    Ok(noted.rows_affected() == 1)
}

/// A checklist that stands on an older edition of the survey than the confirmed one.
pub struct Outdated {
    /// The association.
    pub association: i64,
    /// Its name.
    pub name: String,
    /// Its unit's short name.
    pub unit: String,
    /// Day on which the newest edition was confirmed.
    pub confirmed_on: NaiveDate,
}

/// The checklists within reach that stand on an older edition than the confirmed one.
pub async fn outdated(db: &mut Db, reach: Reach) -> Result<Vec<Outdated>, sqlx::Error> {
    let unit = reach.department().map_or(0, |id| id.0);
    sqlx::query_as!(
        Outdated,
        r#"select a.id as association, a.name, d.short_name as unit, max(s.confirmed_on) as "confirmed_on!"
           from association a
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           join plan p on p.campaign_id = a.campaign_id and p.association_id = a.id
           join survey b on b.campaign_id = p.campaign_id and b.id = p.survey_id
           join survey s on s.campaign_id = a.campaign_id and s.association_id = a.id and s.state = 'confirmed'
               and s.edition > 1 and s.edition > b.edition and s.edition > coalesce(
                   (select max(r.edition) from checklist_revision r
                    where r.campaign_id = a.campaign_id and r.association_id = a.id), 0)
           where a.campaign_id = $1 and a.stage in ('implementing', 'five_done') and a.exited_on is null
             and ($2::bigint = 0 or a.department_id = $2)
           group by a.campaign_id, a.id, d.short_name
           order by a.id limit 200"#,
        db.campaign(),
        unit,
    )
    .fetch_all(db.connection())
    .await
}
