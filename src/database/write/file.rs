//! The end of a write: case file, chain, commit.

use chrono::Utc;

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
                record.sentence = format!("{}（{remark}）", record.sentence);
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
    async fn file(&mut self, record: &Record, snapshot: Option<i64>) -> Result<(), sqlx::Error> {
        sqlx::query!(
            "insert into act_record (campaign_id, act, subject_kind, subject_id, association_id, account_id,
                 department_id, actor_name, actor_role, actor_department, sentence, opinion, at, snapshot_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
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
