//! The once-only key of a form: what was sent twice acts once.

use chrono::Utc;

use super::{Write, WriteError};

impl Write {
    /// Takes the once-only key. A second request with it waits for the first
    /// to commit and then finds the key taken.
    pub(super) async fn take_key(&mut self) -> Result<(), WriteError> {
        let (Some(once), Some(account)) = (self.request.once.clone(), self.signature.account)
        else {
            return Ok(());
        };
        let taken = sqlx::query!(
            "insert into once_key (account_id, key, digest, landing, at) values ($1, $2, $3, '', $4)
             on conflict do nothing",
            account.0,
            once.key,
            once.digest,
            self.request.wall.with_timezone(&Utc),
        )
        .execute(self.db.connection())
        .await?
        .rows_affected();
        if taken == 1 {
            return Ok(());
        }
        let first = sqlx::query!(
            "select digest, landing from once_key where account_id = $1 and key = $2",
            account.0,
            once.key,
        )
        .fetch_one(self.db.connection())
        .await?;
        if first.digest == once.digest {
            Err(WriteError::Repeated {
                landing: first.landing,
            })
        } else {
            Err(WriteError::KeyReused)
        }
    }

    /// Notes where the first answer sends the browser; `{}` stands for the number of
    /// what was made.
    pub(super) async fn note_landing(&mut self) -> Result<(), sqlx::Error> {
        let subject = self.records.first().map(|record| record.subject.id);
        let number = subject.map(|id| id.to_string()).unwrap_or_default();
        if let Some(subject) = subject {
            self.request.made.get_or_init(|| subject);
        }
        let (Some(once), Some(account)) = (&self.request.once, self.signature.account) else {
            return Ok(());
        };
        sqlx::query!(
            "update once_key set landing = $3 where account_id = $1 and key = $2",
            account.0,
            once.key,
            self.request.landing.replace("{}", &number),
        )
        .execute(self.db.connection())
        .await?;
        Ok(())
    }
}
