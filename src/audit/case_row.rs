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

impl CaseRow {
    /// Adds the act to the case file.
    pub async fn file(
        connection: &mut PgConnection,
        campaign: CampaignId,
        (record, signature, request): (&Record, &Signature, &Request),
        snapshot_id: Option<i64>,
    ) -> Result<Self, sqlx::Error> {
        let mut row = Self {
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
        };
        row.id = sqlx::query_scalar!(
            "insert into act_record (campaign_id, act, subject_kind, subject_id, association_id, account_id,
                 department_id, actor_name, actor_role, actor_department, sentence, opinion, at, snapshot_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             returning id",
            campaign.0,
            row.act,
            row.subject_kind,
            row.subject_id,
            row.association_id,
            row.account_id,
            row.department_id,
            row.actor_name,
            row.actor_role,
            row.actor_department,
            row.sentence,
            row.opinion,
            row.at,
            row.snapshot_id,
        )
        .fetch_one(&mut *connection)
        .await?;
        for (position, change) in (0_i32..).zip(record.say.private()) {
            sqlx::query!(
                "insert into private_change (campaign_id, record_id, position, privacy, field, before, after)
                 values ($1, $2, $3, $4, $5, $6, $7)",
                campaign.0,
                row.id,
                position,
                crate::words::Word::key(change.privacy),
                change.field,
                change.before,
                change.after,
            )
            .execute(&mut *connection)
            .await?;
        }
        Ok(row)
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
