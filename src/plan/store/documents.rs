//! What of other matters a plan's page and its reply must know: supporting documents that are
//! not out yet (PD-7), and grave problems that are open (IS-5).

use serde::Deserialize;

use crate::database::Db;

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
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Grave {
    /// Its docket.
    pub id: i64,
    /// What it is.
    pub title: String,
}
