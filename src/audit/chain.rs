//! The chain: `mac = HMAC-SHA256(key, len‖previous ‖ len‖seq ‖ len‖payload)`,
//! length-prefixed, because joining with a separator is ambiguous.

use sqlx::PgConnection;

use super::case_row::kept;
use super::key::mac;
use super::payload::Link;
use super::{AuditKey, Head};

/// Label of the algorithm, kept with each record (HMAC-SM3 may follow).
pub const ALGORITHM: &str = "hmac-sha256";

/// The MAC of one link.
#[must_use]
pub fn seal(key: &AuditKey, previous: &[u8], seq: i64, payload: &str) -> Vec<u8> {
    mac(
        key.bytes(),
        &[previous, &seq.to_be_bytes(), payload.as_bytes()],
    )
}

/// Appends one link as the last statement of a transaction.
pub async fn append(
    connection: &mut PgConnection,
    key: &AuditKey,
    link: &Link<'_>,
) -> Result<Head, sqlx::Error> {
    let payload = link.payload(key);
    let head = sqlx::query!(r#"select seq as "seq!", mac as "mac!" from audit_lock_head()"#)
        .fetch_one(&mut *connection)
        .await?;
    let seq = head.seq + 1;
    let mac = seal(key, &head.mac, seq, &payload);
    sqlx::query!(
        "insert into audit_record
             (seq, campaign_id, at, act, outcome, account_id, association_id, payload, algorithm,
              previous, mac, record_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
        seq,
        link.campaign.0,
        kept(link.request),
        link.record.act.name(),
        link.record.outcome,
        link.signature.account.map(|id| id.0),
        link.record.association.map(|id| id.0),
        payload,
        ALGORITHM,
        head.mac,
        mac,
        link.row.id,
    )
    .execute(&mut *connection)
    .await?;
    Ok(Head { seq, mac })
}

/// The last link as it stands; nothing where there is none yet.
pub async fn head(connection: &mut PgConnection) -> Result<Option<Head>, sqlx::Error> {
    sqlx::query_as!(
        Head,
        "select seq, mac from audit_record order by seq desc limit 1"
    )
    .fetch_optional(connection)
    .await
}

/// Whether the chain holds a link with this number and MAC.
pub async fn holds(connection: &mut PgConnection, head: &Head) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from audit_record where seq = $1 and mac = $2) as "holds!""#,
        head.seq,
        head.mac,
    )
    .fetch_one(connection)
    .await
}

/// Whether the last link was made with this key; true where there is none.
pub async fn is_of(connection: &mut PgConnection, key: &AuditKey) -> Result<bool, sqlx::Error> {
    let last = sqlx::query!(
        "select seq, payload, previous, mac from audit_record order by seq desc limit 1"
    )
    .fetch_optional(connection)
    .await?;
    Ok(last.is_none_or(|link| link.mac == seal(key, &link.previous, link.seq, &link.payload)))
}

/// Whether the last link is of version 2, since which an anchor is kept.
pub async fn is_second(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let last = sqlx::query_scalar!(
        r#"select record_id is not null as "second!" from audit_record order by seq desc limit 1"#
    )
    .fetch_optional(connection)
    .await?;
    Ok(last.unwrap_or(false))
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
