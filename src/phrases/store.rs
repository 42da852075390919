//! SQL of phrases. Nobody reads another's: every question names the account.

use crate::database::{Db, Write};
use crate::ids::AccountId;

use super::rules::MOST;

/// A phrase of one's own.
#[derive(Debug, Clone)]
pub struct Phrase {
    /// Its key.
    pub id: i64,
    /// What it says.
    pub words: String,
}

/// The phrases of an account, in the order in which they were written.
pub async fn of(db: &mut Db, account: AccountId) -> Result<Vec<Phrase>, sqlx::Error> {
    let most = i64::try_from(MOST).unwrap_or(i64::MAX);
    sqlx::query_as!(
        Phrase,
        "select id, words from phrase where campaign_id = $1 and account_id = $2 order by id limit $3",
        db.campaign(),
        account.0,
        most,
    )
    .fetch_all(db.connection())
    .await
}

/// Keeps one more; nothing where it was there.
pub async fn add(write: &mut Write, words: &str) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into phrase (campaign_id, account_id, words) values ($1, $2, $3)
         on conflict (campaign_id, account_id, words) do nothing",
        write.campaign(),
        write.by().0,
        words,
    )
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Takes one off the list of whoever writes; false: it is not theirs.
pub async fn remove(write: &mut Write, id: i64) -> Result<bool, sqlx::Error> {
    let gone = sqlx::query!(
        "delete from phrase where campaign_id = $1 and account_id = $2 and id = $3",
        write.campaign(),
        write.by().0,
        id,
    )
    .execute(write.connection())
    .await?;
    Ok(gone.rows_affected() > 0)
}
