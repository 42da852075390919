//! The end of a write: case file, chain, commit.

use chrono::Utc;

use crate::access::facts::drafts::OWN_DRAFT;
use crate::audit::{Record, chain};
use crate::database::parameters;

use super::{Write, WriteError};

impl Write {
    /// Appends what was told to the case file and the chain and commits.
    pub(super) async fn commit(mut self) -> Result<(), WriteError> {
        if let Some(act) = self.records.first().map(|record| record.act) {
            self.ask_again(act).await?;
        }
        if let Some(remark) = self.request.remark {
            for record in &mut self.records {
                record.say.remark(remark);
            }
        }
        self.note_landing().await?;
        // TC-51: every act keeps the parameters that it was done under.
        let (campaign, day) = (self.database.campaign(), self.request.today());
        let snapshot = parameters::snapshot(self.db.connection(), campaign, day).await?;
        let records = std::mem::take(&mut self.records);
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

    /// Adds the act to the case file.
    async fn file(&mut self, record: &Record, snapshot: Option<i64>) -> Result<(), WriteError> {
        let id = sqlx::query_scalar!(
            "insert into act_record (campaign_id, act, subject_kind, subject_id, association_id, account_id,
                 department_id, actor_name, actor_role, actor_department, sentence, opinion, at, snapshot_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             returning id",
            self.db.campaign(),
            record.act.name(),
            record.subject.kind,
            record.subject.id,
            record.association.map(|id| id.0),
            self.signature.account.map(|id| id.0),
            self.signature.department.map(|id| id.0),
            self.signature.name,
            self.signature.role,
            self.signature.department_name,
            record.say.sentence(),
            record.say.opinion(),
            self.request.now.with_timezone(&Utc),
            snapshot,
        )
        .fetch_one(self.db.connection())
        .await?;
        if record.outcome == "done" && !record.act.after().is_empty() {
            self.sign(record, id).await?;
        }
        Ok(())
    }

    /// Notes who prepared what is signed now; the database refuses one person for both.
    async fn sign(&mut self, record: &Record, id: i64) -> Result<(), WriteError> {
        let Some(account) = self.signature.account else {
            return Ok(());
        };
        let prepared = record.act.after().iter().map(|act| act.name().to_owned());
        let prepared: Vec<String> = prepared.collect();
        let noted = sqlx::query!(
            "insert into signing (campaign_id, record_id, act, drafted_by, signed_by, signed_alone)
             select $1, $2, $3, coalesce(array_agg(distinct r.account_id), '{}'), $4, $5
             from act_record r
             where r.campaign_id = $1 and r.act = any($6) and r.account_id is not null and r.id < $2
               and ($7::bigint is null and r.subject_kind = $8 and r.subject_id = $9
                    or r.association_id = $7 and (r.subject_kind <> 'item' or $8 = 'item' and r.subject_id = $9))",
            self.db.campaign(),
            id,
            record.act.name(),
            account.0,
            self.request.remark.is_some(),
            &prepared,
            record.association.map(|id| id.0),
            record.subject.kind,
            record.subject.id,
        )
        .execute(self.db.connection())
        .await;
        match noted {
            Ok(_) => Ok(()),
            Err(sqlx::Error::Database(error))
                if error.constraint() == Some("signing_four_eyes_check") =>
            {
                Err(WriteError::Refused(OWN_DRAFT))
            }
            Err(error) => Err(error.into()),
        }
    }
}
