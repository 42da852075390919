//! SQL of the responsible unit, and of its change (TC-62): later rooms' acts call it.

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::{AssociationId, DepartmentId};
use crate::registry::rules::Computed;

/// Who answered for an association, and since when.
#[derive(Debug, Clone)]
pub struct Period {
    /// The unit.
    pub department: i64,
    /// Its name.
    pub name: String,
    /// First day.
    pub since: NaiveDate,
    /// Day of the change to the next.
    pub until: Option<NaiveDate>,
    /// The document of the change.
    pub document: String,
}

/// The periods of an association, oldest first; none where its unit never changed.
pub async fn periods(db: &mut Db, association: AssociationId) -> Result<Vec<Period>, sqlx::Error> {
    sqlx::query_as!(
        Period,
        "select u.department_id as department, d.name, u.since, u.until, u.document
         from association_unit u
         join department d on d.campaign_id = u.campaign_id and d.id = u.department_id
         where u.campaign_id = $1 and u.association_id = $2
         order by u.since, u.id limit 50",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// How a unit's responsibility began.
#[derive(Debug, Clone, Copy)]
pub struct Began<'a> {
    /// Its first day.
    pub on: NaiveDate,
    /// The document.
    pub document: &'a str,
    /// Its date; none: a spreadsheet does not say it.
    pub document_date: Option<NaiveDate>,
}

/// The first day of the unit that answers now; none where the unit never changed.
pub async fn since(
    db: &mut Db,
    association: AssociationId,
) -> Result<Option<NaiveDate>, sqlx::Error> {
    sqlx::query_scalar!(
        "select since from association_unit where campaign_id = $1 and association_id = $2 and until is null",
        db.campaign(),
        association.0,
    )
    .fetch_optional(db.connection())
    .await
}

/// Ends the current period of a unit and begins the next one's.
pub async fn begin_period(
    write: &mut Write,
    association: AssociationId,
    (from, to): (DepartmentId, DepartmentId),
    began: &Began<'_>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into association_unit (campaign_id, association_id, department_id, since, document)
         select $1, $2, $3, least(a.registered_on, $4), '登记证书' from association a
         where a.campaign_id = $1 and a.id = $2
           and not exists (select from association_unit u where u.campaign_id = $1 and u.association_id = $2)",
        write.campaign(),
        association.0,
        from.0,
        began.on,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "update association_unit set until = $3 where campaign_id = $1 and association_id = $2 and until is null",
        write.campaign(),
        association.0,
        began.on,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "insert into association_unit (campaign_id, association_id, department_id, since, document, document_date, account_id)
         values ($1, $2, $3, $4, $5, $6, $7)",
        write.campaign(),
        association.0,
        to.0,
        began.on,
        began.document,
        began.document_date,
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Puts an association that is locked under another unit, with the tie that names it
/// on the certificate.
pub async fn hand_over(
    db: &mut Db,
    id: AssociationId,
    to: DepartmentId,
    (on, document): (NaiveDate, &str),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association set department_id = $3, version = version + 1
         where campaign_id = $1 and id = $2 and exited_on is null",
        db.campaign(),
        id.0,
        to.0,
    )
    .execute(db.connection())
    .await?;
    let kind = sqlx::query_scalar!(
        "update tie set ended_on = greatest($3, started_on), ended_by = $4, is_primary = false, version = version + 1
         where campaign_id = $1 and association_id = $2 and is_primary and ended_on is null returning kind",
        db.campaign(),
        id.0,
        on,
        document,
    )
    .fetch_optional(db.connection())
    .await?;
    // A tie that the new unit had before, as 联系 or 挂靠, becomes part of its responsibility.
    sqlx::query!(
        "update tie set ended_on = greatest($4, started_on), ended_by = $5, version = version + 1
         where campaign_id = $1 and association_id = $2 and department_id = $3 and ended_on is null",
        db.campaign(),
        id.0,
        to.0,
        on,
        document,
    )
    .execute(db.connection())
    .await?;
    sqlx::query!(
        "insert into tie (campaign_id, association_id, kind, department_id, basis, started_on, is_primary)
         values ($1, $2, $3, $4, $5, $6, true)",
        db.campaign(),
        id.0,
        kind.unwrap_or_else(|| "supervise".to_owned()),
        to.0,
        document,
        on,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Keeps what the criteria say under the unit that an association has now.
pub async fn judge(
    db: &mut Db,
    id: AssociationId,
    (computed, by_reference): (Computed, bool),
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association set scope_computed = $3, by_reference = $4 where campaign_id = $1 and id = $2",
        db.campaign(),
        id.0,
        computed.key(),
        by_reference,
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// The register had the wrong unit for an association that is locked: put right within its last
/// period, with the tie that names it on the certificate. A change that never was leaves no
/// period of its own.
pub async fn put_right(
    write: &mut Write,
    id: AssociationId,
    (from, to): (DepartmentId, DepartmentId),
    because: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association set department_id = $3, version = version + 1
         where campaign_id = $1 and id = $2 and exited_on is null",
        write.campaign(),
        id.0,
        to.0,
    )
    .execute(write.connection())
    .await?;
    put_right_period(write, id, to).await?;
    // A tie that the unit had besides, as 联系 or 挂靠, is part of its responsibility.
    sqlx::query!(
        "update tie set ended_on = greatest($4, started_on), ended_by = $5, version = version + 1
         where campaign_id = $1 and association_id = $2 and department_id = $3 and ended_on is null",
        write.campaign(),
        id.0,
        to.0,
        write.today(),
        because,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "update tie set department_id = $4, version = version + 1
         where campaign_id = $1 and association_id = $2 and department_id = $3 and is_primary and ended_on is null",
        write.campaign(),
        id.0,
        from.0,
        to.0,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

async fn put_right_period(
    write: &mut Write,
    id: AssociationId,
    to: DepartmentId,
) -> Result<(), sqlx::Error> {
    let before = sqlx::query_scalar!(
        "select p.id from association_unit p
         join association_unit o on o.campaign_id = p.campaign_id and o.association_id = p.association_id
             and o.until is null and o.since = p.until
         where p.campaign_id = $1 and p.association_id = $2 and p.department_id = $3
         order by p.id desc limit 1",
        write.campaign(),
        id.0,
        to.0,
    )
    .fetch_optional(write.connection())
    .await?;
    let Some(before) = before else {
        sqlx::query!(
            "update association_unit set department_id = $3
             where campaign_id = $1 and association_id = $2 and until is null",
            write.campaign(),
            id.0,
            to.0,
        )
        .execute(write.connection())
        .await?;
        return Ok(());
    };
    sqlx::query!(
        "delete from association_unit where campaign_id = $1 and association_id = $2 and until is null",
        write.campaign(),
        id.0,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "update association_unit set until = null where campaign_id = $1 and id = $2",
        write.campaign(),
        before,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}
