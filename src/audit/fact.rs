//! What an act leaves: the states of its matters and the digests of what was decided and
//! filled in. The database notes every changed row itself (migration 0195), so that no
//! room can forget one.

use serde_json::{Value, json};
use sqlx::PgConnection;

/// A fact as an act leaves it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fact {
    /// What it is of, as `plan` or `reply`.
    pub kind: String,
    /// The row.
    pub id: i64,
    /// A state's key or a text's digest; none: the row is there no more.
    pub value: Option<String>,
}

impl Fact {
    /// Takes what the transaction has changed so far.
    pub async fn taken(connection: &mut PgConnection) -> Result<Vec<Self>, sqlx::Error> {
        let mut facts = sqlx::query_as!(
            Self,
            "delete from moved_fact where txid = pg_current_xact_id() returning kind, id, value"
        )
        .fetch_all(connection)
        .await?;
        facts.sort();
        Ok(facts)
    }

    /// As a payload carries it.
    #[must_use]
    pub fn told(&self) -> Value {
        json!([self.kind, self.id, self.value])
    }

    /// As a payload carried it.
    #[must_use]
    pub fn read(told: &Value) -> Option<Self> {
        let parts = told.as_array()?;
        Some(Self {
            kind: parts.first()?.as_str()?.to_owned(),
            id: parts.get(1)?.as_i64()?,
            value: parts.get(2)?.as_str().map(str::to_owned),
        })
    }
}
