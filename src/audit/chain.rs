//! The chain: `mac = HMAC-SHA256(key, len‖previous ‖ len‖seq ‖ len‖payload)`,
//! length-prefixed, because joining with a separator is ambiguous.

use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use sqlx::PgConnection;

use crate::access::Request;
use crate::ids::CampaignId;

use super::{AuditKey, Record, Signature, payload};

/// Label of the algorithm, kept with each record (HMAC-SM3 may follow).
pub const ALGORITHM: &str = "hmac-sha256";
/// Rows that verification reads at a time.
const STEP: i64 = 2_000;

/// The MAC of one link.
#[must_use]
pub fn seal(key: &AuditKey, previous: &[u8], seq: i64, payload: &str) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.bytes())
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    for part in [previous, seq.to_be_bytes().as_slice(), payload.as_bytes()] {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        mac.update(&length.to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

/// Appends one link as the last statement of a transaction.
pub async fn append(
    connection: &mut PgConnection,
    key: &AuditKey,
    campaign: CampaignId,
    (record, signature, request): (&Record, &Signature, &Request),
) -> Result<i64, sqlx::Error> {
    let payload = payload(record, signature, request);
    let head = sqlx::query!(r#"select seq as "seq!", mac as "mac!" from audit_lock_head()"#)
        .fetch_one(&mut *connection)
        .await?;
    let seq = head.seq + 1;
    let mac = seal(key, &head.mac, seq, &payload);
    let at: DateTime<Utc> = request.now.with_timezone(&Utc);
    sqlx::query!(
        "insert into audit_record
             (seq, campaign_id, at, act, outcome, account_id, association_id, payload, algorithm, previous, mac)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        seq,
        campaign.0,
        at,
        record.act.name(),
        record.outcome,
        signature.account.map(|id| id.0),
        record.association.map(|id| id.0),
        payload,
        ALGORITHM,
        head.mac,
        mac,
    )
    .execute(&mut *connection)
    .await?;
    Ok(seq)
}

/// What verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// All links hold; this many.
    Whole(i64),
    /// The first link that does not hold, and why.
    Broken {
        /// Its number.
        seq: i64,
        /// What is wrong, in Chinese.
        reason: &'static str,
    },
}

/// Reads the whole chain and names the first broken link.
pub async fn verify(connection: &mut PgConnection, key: &AuditKey) -> Result<Verdict, sqlx::Error> {
    let mut last: (i64, Vec<u8>) = (0, vec![0; 32]);
    loop {
        let rows = sqlx::query!(
            "select seq, act, outcome, account_id, association_id, payload, previous, mac
             from audit_record where seq > $1 order by seq limit $2",
            last.0,
            STEP,
        )
        .fetch_all(&mut *connection)
        .await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            let broken = if row.seq != last.0 + 1 {
                Some("记录缺失")
            } else if row.previous != last.1 {
                Some("与上一条不衔接")
            } else if row.mac != seal(key, &row.previous, row.seq, &row.payload) {
                Some("内容与校验码不符")
            } else if !columns_agree(
                &row.payload,
                (&row.act, &row.outcome),
                (row.account_id, row.association_id),
            ) {
                Some("检索字段与内容不符")
            } else {
                None
            };
            if let Some(reason) = broken {
                return Ok(Verdict::Broken {
                    seq: last.0 + 1,
                    reason,
                });
            }
            last = (row.seq, row.mac);
        }
    }
    let head = sqlx::query!("select seq, mac from audit_head")
        .fetch_one(&mut *connection)
        .await?;
    if (head.seq, &head.mac) != (last.0, &last.1) {
        return Ok(Verdict::Broken {
            seq: last.0 + 1,
            reason: "末尾记录被截去",
        });
    }
    Ok(Verdict::Whole(last.0))
}

/// Case-file rows that `bench seed` multiplied: nobody did these acts, and no link
/// speaks of them.
pub async fn outside(connection: &mut PgConnection) -> Result<i64, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select coalesce(sum(case_file_rows), 0)::bigint as "rows!" from seeding"#
    )
    .fetch_one(&mut *connection)
    .await
}

/// The search columns are copies of the payload; a changed copy is tampering too.
fn columns_agree(
    payload: &str,
    (act, outcome): (&str, &str),
    (account, association): (Option<i64>, Option<i64>),
) -> bool {
    let Ok(value) = serde_json::from_str::<serde_json::Value>(payload) else {
        return false;
    };
    value.get("act").and_then(|v| v.as_str()) == Some(act)
        && value.get("outcome").and_then(|v| v.as_str()) == Some(outcome)
        && value.get("account").and_then(serde_json::Value::as_i64) == account
        && value.get("association").and_then(serde_json::Value::as_i64) == association
}
