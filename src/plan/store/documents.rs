//! What of other matters a plan's page and its reply must know: supporting documents that are
//! not out yet (PD-7), and grave problems that are open (IS-5).

use crate::database::Db;
use crate::ids::AssociationId;

/// Titles of supporting documents that are not out.
pub async fn missing(db: &mut Db) -> Result<Vec<String>, sqlx::Error> {
    sqlx::query_scalar!(
        "select title from docket
         where campaign_id = $1 and process = 'policy' and state not in ('done', 'settled', 'withdrawn')
         order by id limit 100",
        db.campaign(),
    )
    .fetch_all(db.connection())
    .await
}

/// A grave problem that is open.
#[derive(Debug, Clone)]
pub struct Grave {
    /// Its docket.
    pub id: i64,
    /// What it is.
    pub title: String,
}

/// Those of an association: the plan is not closed while there is one.
pub async fn grave(db: &mut Db, association: AssociationId) -> Result<Vec<Grave>, sqlx::Error> {
    sqlx::query_as!(
        Grave,
        "select id, title from docket
         where campaign_id = $1 and association_id = $2 and process = 'problem' and level = 'major'
           and state not in ('settled', 'withdrawn')
         order by id limit 50",
        db.campaign(),
        association.0,
    )
    .fetch_all(db.connection())
    .await
}
