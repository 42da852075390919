//! SQL of the periods of what is written about an association (FZ-2).

use chrono::NaiveDate;

use crate::database::{Db, Write};
use crate::ids::AssociationId;
use crate::registry::names;
use crate::registry::rules::periods::{Differs, Field};

/// How a value's period begins.
#[derive(Debug, Clone, Copy)]
pub struct Begins<'a> {
    /// Its first day.
    pub on: NaiveDate,
    /// The document.
    pub document: &'a str,
    /// The first day of what stood there first.
    pub earliest: NaiveDate,
}

/// Ends the period of what stood there and begins that of what stands there now; false
/// where the last one began later. What stood first has its period from registration on;
/// where nothing stood there is none.
pub async fn begin(
    write: &mut Write,
    association: AssociationId,
    differs: &Differs,
    begins: &Begins<'_>,
) -> Result<bool, sqlx::Error> {
    sqlx::query!(
        "insert into association_period (campaign_id, association_id, field, value, value_key, since, document)
         select $1, $2, $3, $4, $5, least($6::date, $7::date), '登记证书'
         where $4 <> '' and not exists (select from association_period
                                        where campaign_id = $1 and association_id = $2 and field = $3)",
        write.campaign(),
        association.0,
        differs.field.key(),
        differs.before,
        names::key(&differs.before),
        begins.earliest,
        begins.on,
    )
    .execute(write.connection())
    .await?;
    sqlx::query!(
        "update association_period set until = $4
         where campaign_id = $1 and association_id = $2 and field = $3 and until is null and since <= $4",
        write.campaign(),
        association.0,
        differs.field.key(),
        begins.on,
    )
    .execute(write.connection())
    .await?;
    continue_with(write, association, differs, begins).await
}

/// Begins the period of what stands there now, unless one runs.
async fn continue_with(
    write: &mut Write,
    association: AssociationId,
    differs: &Differs,
    begins: &Begins<'_>,
) -> Result<bool, sqlx::Error> {
    let runs = sqlx::query_scalar!(
        r#"select exists (select from association_period
               where campaign_id = $1 and association_id = $2 and field = $3 and until is null) as "runs!""#,
        write.campaign(),
        association.0,
        differs.field.key(),
    )
    .fetch_one(write.connection())
    .await?;
    if runs {
        return Ok(false);
    }
    sqlx::query!(
        "insert into association_period (campaign_id, association_id, field, value, value_key, since, document, account_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        write.campaign(),
        association.0,
        differs.field.key(),
        differs.after,
        names::key(&differs.after),
        begins.on,
        begins.document,
        write.by().0,
    )
    .execute(write.connection())
    .await?;
    Ok(true)
}

/// An error is put right: the period that runs reads as the register does.
pub async fn put_right(
    db: &mut Db,
    association: AssociationId,
    differs: &Differs,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update association_period set value = $4, value_key = $5
         where campaign_id = $1 and association_id = $2 and field = $3 and until is null",
        db.campaign(),
        association.0,
        differs.field.key(),
        differs.after,
        names::key(&differs.after),
    )
    .execute(db.connection())
    .await?;
    Ok(())
}

/// Names and codes that an association had before.
pub async fn former_names(
    db: &mut Db,
    association: AssociationId,
) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select value from association_period
         where campaign_id = $1 and association_id = $2 and field in ('name', 'uscc') and until is not null
         order by since, id limit 50",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}

/// A period of a value.
#[derive(Debug, Clone)]
pub struct Valid {
    /// Of what.
    pub field: Field,
    /// The value.
    pub value: String,
    /// First day.
    pub since: NaiveDate,
    /// Day of the change to the next.
    pub until: Option<NaiveDate>,
    /// By which document.
    pub document: String,
}

/// The periods of an association, by what they are of; none where nothing has changed.
pub async fn valid(db: &mut Db, association: AssociationId) -> Result<Vec<Valid>, sqlx::Error> {
    sqlx::query_as!(
        Valid,
        r#"select field as "field: Field", value, since, until, document from association_period
           where campaign_id = $1 and association_id = $2
           order by array_position(array['name', 'uscc', 'legal_representative', 'domicile', 'business_scope', 'scope'], field),
                    since, id limit 200"#,
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}
