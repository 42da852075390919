//! The end of a write: case file, chain, commit.

use crate::access::Act;
use crate::access::facts::drafts::OWN_DRAFT;
use crate::audit::{CaseRow, Fact, Head, Link, Record, chain};
use crate::database::{Settling, Touched, Under, parameters};

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
        let talk = self.records.iter().all(|record| is_talk(record.act));
        if !talk {
            self.settle().await?;
        }
        // TC-51: every act keeps the parameters that it was done under.
        let (campaign, day) = (self.database.campaign(), self.request.today());
        let snapshot = parameters::snapshot(self.db.connection(), campaign, day).await?;
        let records = std::mem::take(&mut self.records);
        let rows = self.file(&records, snapshot).await?;
        let facts = Fact::taken(self.db.connection()).await?;
        self.keep(&records, &facts, rows.last().map_or(0, |row| row.id))
            .await?;
        let head = self.seal(&records, &rows, facts).await?;
        self.db.commit().await?;
        if records.iter().any(|record| moves_days(record.act)) {
            self.database.unsettle();
        }
        self.database.anchor(head).await;
        Ok(())
    }

    /// Binds what was signed, and voids what was signed and reads otherwise now. What is
    /// written without a scheme signs nothing.
    async fn settle(&mut self) -> Result<(), WriteError> {
        let Some(scheme) = self.scheme.clone() else {
            return Ok(());
        };
        let settling = Settling {
            under: Under {
                scheme: scheme.common(),
                day: self.request.today(),
            },
            records: &self.records,
            signature: &self.signature,
            key: self.database.audit_key(),
        };
        let keeper = self.database.keeper();
        let told = keeper.settle(&mut self.db, settling).await?;
        self.records.extend(told);
        Ok(())
    }

    /// Appends the acts to the chain, and with the first what all of them leave.
    async fn seal(
        &mut self,
        records: &[Record],
        rows: &[CaseRow],
        facts: Vec<Fact>,
    ) -> Result<Option<Head>, WriteError> {
        let campaign = self.database.campaign();
        let numbered = records.iter().zip(rows).enumerate();
        let links: Vec<Link<'_>> = numbered
            .map(|(number, (record, row))| Link {
                campaign,
                record,
                signature: &self.signature,
                request: &self.request,
                row,
                facts: if number == 0 { &facts } else { &[] },
            })
            .collect();
        let key = self.database.audit_key();
        Ok(chain::append(self.db.connection(), key, &links).await?)
    }

    /// Computes again on whose desk what was touched lies. What is written without a scheme
    /// (signing in, refusals, evidence of a start) moves nothing.
    async fn keep(
        &mut self,
        records: &[Record],
        facts: &[Fact],
        newest: i64,
    ) -> Result<(), WriteError> {
        let Some(scheme) = self.scheme.clone() else {
            return Ok(());
        };
        let talk = facts.is_empty() && records.iter().all(|record| is_talk(record.act));
        let touched = Touched::by(if talk { &[] } else { records }, facts, newest);
        let day = self.request.today();
        // Whose batch the page was: the desk has all of them.
        let scheme = scheme.common();
        let keeper = self.database.keeper();
        keeper
            .keep(&mut self.db, Under { scheme, day }, &touched)
            .await?;
        Ok(())
    }

    /// Adds the acts to the case file.
    async fn file(
        &mut self,
        records: &[Record],
        snapshot: Option<i64>,
    ) -> Result<Vec<CaseRow>, WriteError> {
        let campaign = self.database.campaign();
        let told = (records, &self.signature, &self.request);
        let rows = CaseRow::file(self.db.connection(), campaign, told, snapshot).await?;
        for (record, row) in records.iter().zip(&rows) {
            if record.outcome == "done" && !record.act.after().is_empty() {
                self.sign(record, row.id).await?;
            }
        }
        Ok(rows)
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
                    or r.association_id = $7 and (r.subject_kind not in ('item', 'docket')
                                              or r.subject_kind = $8 and r.subject_id = $9))",
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

/// Words about a matter, which many write at once: they stand in tables of their own, move
/// no state, and nobody signs them. To compute desk and signatures again after each would
/// cost more than they do.
const fn is_talk(act: Act) -> bool {
    matches!(
        act,
        Act::CommentWrite | Act::CommentWithdraw | Act::CommentAcknowledge
    )
}

/// Whether the act may change what a day gives to every matter.
const fn moves_days(act: Act) -> bool {
    matches!(
        act,
        Act::SettingsChange | Act::CalendarChange | Act::TimelineMove
    )
}
