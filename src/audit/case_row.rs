//! A row of the case file as the chain seals it: its digest is made of all that pages
//! show of it, so that a row which was edited or taken away is found (S16).

use chrono::{DateTime, SubsecRound as _, Utc};
use serde_json::json;
use sha2::{Digest, Sha256};
use sqlx::PgConnection;

use crate::access::Request;
use crate::ids::CampaignId;

use super::{Record, Signature};

/// What stands in `act_record`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Its number.
    pub id: i64,
    /// The act.
    pub act: String,
    /// What it was about.
    pub subject_kind: String,
    /// The number of that.
    pub subject_id: i64,
    /// In whose case file it stands.
    pub association_id: Option<i64>,
    /// Who did it.
    pub account_id: Option<i64>,
    /// In whose name.
    pub department_id: Option<i64>,
    /// Their name.
    pub actor_name: String,
    /// Their role.
    pub actor_role: String,
    /// Their department's name.
    pub actor_department: String,
    /// What was done.
    pub sentence: String,
    /// Their own words.
    pub opinion: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// The parameters in force.
    pub snapshot_id: Option<i64>,
}

/// The time as the database keeps it.
#[must_use]
pub fn kept(request: &Request) -> DateTime<Utc> {
    request.now.with_timezone(&Utc).trunc_subsecs(6)
}

/// Rows that one statement writes.
const SLICE: usize = 2_000;

impl CaseRow {
    /// Adds acts to the case file, in their order: an import has one for each row that it
    /// touches, so they go in together.
    pub async fn file(
        connection: &mut PgConnection,
        campaign: CampaignId,
        (records, signature, request): (&[Record], &Signature, &Request),
        snapshot_id: Option<i64>,
    ) -> Result<Vec<Self>, sqlx::Error> {
        let rows = records
            .iter()
            .map(|record| Self::of(record, signature, request, snapshot_id));
        let mut rows: Vec<Self> = rows.collect();
        for slice in rows.chunks_mut(SLICE) {
            let mut ids = Self::insert(connection, campaign, slice).await?;
            // Numbers are given in the order in which rows go in.
            ids.sort_unstable();
            for (row, id) in slice.iter_mut().zip(ids) {
                row.id = id;
            }
        }
        for (record, row) in records.iter().zip(&rows) {
            row.keep_private(connection, campaign, record).await?;
        }
        Ok(rows)
    }

    fn of(
        record: &Record,
        signature: &Signature,
        request: &Request,
        snapshot_id: Option<i64>,
    ) -> Self {
        Self {
            id: 0,
            act: record.act.name().to_owned(),
            subject_kind: record.subject.kind.to_owned(),
            subject_id: record.subject.id,
            association_id: record.association.map(|id| id.0),
            account_id: signature.account.map(|id| id.0),
            department_id: signature.department.map(|id| id.0),
            actor_name: signature.name.clone(),
            actor_role: signature.role.clone(),
            actor_department: signature.department_name.clone(),
            sentence: record.say.sentence().to_owned(),
            opinion: record.say.opinion().map(str::to_owned),
            at: kept(request),
            snapshot_id,
        }
    }

    /// Writes rows of one person at one time; their numbers.
    async fn insert(
        connection: &mut PgConnection,
        campaign: CampaignId,
        rows: &[Self],
    ) -> Result<Vec<i64>, sqlx::Error> {
        let Some(first) = rows.first() else {
            return Ok(Vec::new());
        };
        let acts: Vec<String> = rows.iter().map(|row| row.act.clone()).collect();
        let kinds: Vec<String> = rows.iter().map(|row| row.subject_kind.clone()).collect();
        let subjects: Vec<i64> = rows.iter().map(|row| row.subject_id).collect();
        let associations: Vec<Option<i64>> = rows.iter().map(|row| row.association_id).collect();
        let sentences: Vec<String> = rows.iter().map(|row| row.sentence.clone()).collect();
        let opinions: Vec<Option<String>> = rows.iter().map(|row| row.opinion.clone()).collect();
        sqlx::query_scalar!(
            "insert into act_record (campaign_id, act, subject_kind, subject_id, association_id, account_id,
                 department_id, actor_name, actor_role, actor_department, sentence, opinion, at, snapshot_id)
             select $1, r.act, r.kind, r.subject, r.association, $2, $3, $4, $5, $6, r.sentence, r.opinion, $7, $8
             from unnest($9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::text[], $14::text[])
                 with ordinality as r(act, kind, subject, association, sentence, opinion, number)
             order by r.number
             returning id",
            campaign.0,
            first.account_id,
            first.department_id,
            first.actor_name,
            first.actor_role,
            first.actor_department,
            first.at,
            first.snapshot_id,
            &acts,
            &kinds,
            &subjects,
            &associations as _,
            &sentences,
            &opinions as _,
        )
        .fetch_all(&mut *connection)
        .await
    }

    async fn keep_private(
        &self,
        connection: &mut PgConnection,
        campaign: CampaignId,
        record: &Record,
    ) -> Result<(), sqlx::Error> {
        for (position, change) in (0_i32..).zip(record.say.private()) {
            sqlx::query!(
                "insert into private_change (campaign_id, record_id, position, privacy, field, before, after)
                 values ($1, $2, $3, $4, $5, $6, $7)",
                campaign.0,
                self.id,
                position,
                crate::words::Word::key(change.privacy),
                change.field,
                change.before,
                change.after,
            )
            .execute(&mut *connection)
            .await?;
        }
        Ok(())
    }

    /// The digest that the chain carries, as hex.
    #[must_use]
    pub fn digest(&self) -> String {
        let text = json!([
            self.id,
            self.act,
            self.subject_kind,
            self.subject_id,
            self.association_id,
            self.account_id,
            self.department_id,
            self.actor_name,
            self.actor_role,
            self.actor_department,
            self.sentence,
            self.opinion,
            self.at.timestamp_micros(),
            self.snapshot_id,
        ]);
        hex::encode(Sha256::digest(text.to_string()))
    }
}
