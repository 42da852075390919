//! The only way to change anything: a transaction that ends with its record.
//!
//! `Write` has no `commit`; it ends by `record`, which appends to the case file
//! and to the audit chain and commits, or it is dropped and rolls back.

use std::ops::{Deref, DerefMut};

use chrono::Utc;

use crate::access::{Actor, Request, Who};
use crate::audit::{Record, Signature, chain};

use super::db::WRITING;
use super::{Database, Db, parameters};

/// A transaction in the name of a person.
pub struct Write {
    db: Db,
    database: Database,
    signature: Signature,
    request: Request,
}

/// Why a write did not begin or end.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The form was acted on before; the browser belongs at `landing`.
    #[error("the form was acted on before")]
    Repeated {
        /// Where the first answer sent the browser.
        landing: String,
    },
    /// The form's key was used before for other content.
    #[error("the form's key was used for other content")]
    KeyReused,
    /// The database failed.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl Deref for Write {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

impl DerefMut for Write {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.db
    }
}

impl Write {
    /// Begins in a person's name, once per form.
    pub async fn begin(database: &Database, who: &Who) -> Result<Self, WriteError> {
        Self::begin_as(database, Some(&who.actor), &who.request).await
    }

    /// Begins for somebody who is not signed in, or for the program itself.
    pub async fn begin_as(
        database: &Database,
        actor: Option<&Actor>,
        request: &Request,
    ) -> Result<Self, WriteError> {
        let mut write = Self {
            db: Db::begin(database, WRITING).await?,
            database: database.clone(),
            signature: Signature::of(actor),
            request: request.clone(),
        };
        write.take_key().await?;
        Ok(write)
    }

    /// Who proved within this write to be somebody signs it from here on.
    pub fn sign_as(&mut self, actor: &Actor) {
        self.signature = Signature::of(Some(actor));
    }

    /// Records the act and commits.
    pub async fn record(self, record: Record) -> Result<(), WriteError> {
        self.record_all(vec![record]).await
    }

    /// Records several acts of one transaction and commits.
    pub async fn record_all(mut self, mut records: Vec<Record>) -> Result<(), WriteError> {
        if let Some(remark) = self.request.remark {
            for record in &mut records {
                record.sentence = format!("{}（{remark}）", record.sentence);
            }
        }
        let landing = self.landing(records.first().map(|record| record.subject.id));
        if let (Some(once), Some(account)) = (&self.request.once, self.signature.account) {
            sqlx::query!(
                "update once_key set landing = $3 where account_id = $1 and key = $2",
                account.0,
                once.key,
                landing,
            )
            .execute(self.db.connection())
            .await?;
        }
        // TC-51: every act keeps the parameters that it was done under.
        let (campaign, day) = (self.database.campaign(), self.request.today());
        let snapshot = parameters::snapshot(self.db.connection(), campaign, day).await?;
        for record in &records {
            self.file(record, snapshot).await?;
        }
        for record in &records {
            chain::append(
                self.db.connection(),
                self.database.audit_key(),
                self.database.campaign(),
                (record, &self.signature, &self.request),
            )
            .await?;
        }
        self.db.commit().await?;
        Ok(())
    }

    fn landing(&self, subject: Option<i64>) -> String {
        let number = subject.map(|id| id.to_string()).unwrap_or_default();
        self.request.landing.replace("{}", &number)
    }

    /// Takes the once-only key. A second request with it waits for the first
    /// to commit and then finds the key taken.
    async fn take_key(&mut self) -> Result<(), WriteError> {
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

    /// Adds the act to the case file.
    async fn file(&mut self, record: &Record, snapshot: Option<i64>) -> Result<(), sqlx::Error> {
        sqlx::query!(
            "insert into act_record (campaign_id, act, subject_kind, subject_id, association_id, account_id,
                 department_id, actor_name, actor_role, actor_department, sentence, opinion, at, snapshot_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
            self.database.campaign().0,
            record.act.name(),
            record.subject.kind,
            record.subject.id,
            record.association.map(|id| id.0),
            self.signature.account.map(|id| id.0),
            self.signature.department.map(|id| id.0),
            self.signature.name,
            self.signature.role,
            self.signature.department_name,
            record.sentence,
            record.opinion,
            self.request.now.with_timezone(&Utc),
            snapshot,
        )
        .execute(self.db.connection())
        .await?;
        Ok(())
    }
}
