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

/// Links that one statement writes.
const SLICE: usize = 1_000;

/// Appends the links of one person's write as the last statements of its transaction; each
/// rests on the one before. None where there are none.
pub async fn append(
    connection: &mut PgConnection,
    key: &AuditKey,
    links: &[Link<'_>],
) -> Result<Option<Head>, sqlx::Error> {
    let Some(first) = links.first() else {
        return Ok(None);
    };
    // Made before the head is locked, so that nobody waits for it.
    let payloads: Vec<String> = links.iter().map(|link| link.payload(key)).collect();
    let head = sqlx::query!(r#"select seq as "seq!", mac as "mac!" from audit_lock_head()"#)
        .fetch_one(&mut *connection)
        .await?;
    let mut head = Head {
        seq: head.seq,
        mac: head.mac,
    };
    for (links, payloads) in links.chunks(SLICE).zip(payloads.chunks(SLICE)) {
        let mut sealed = Sealed::default();
        for (link, payload) in links.iter().zip(payloads) {
            let seq = head.seq + 1;
            let mac = seal(key, &head.mac, seq, payload);
            let previous = std::mem::replace(&mut head.mac, mac.clone());
            head.seq = seq;
            sealed.seqs.push(seq);
            sealed.previous.push(previous);
            sealed.macs.push(mac);
            sealed.acts.push(link.record.act.name().to_owned());
            sealed.outcomes.push(link.record.outcome.to_owned());
            let association = link.record.association.map(|id| id.0);
            sealed.associations.push(association);
            sealed.records.push(link.row.id);
        }
        sealed.write(connection, first, payloads).await?;
    }
    Ok(Some(head))
}

/// Links as columns.
#[derive(Default)]
struct Sealed {
    seqs: Vec<i64>,
    acts: Vec<String>,
    outcomes: Vec<String>,
    associations: Vec<Option<i64>>,
    previous: Vec<Vec<u8>>,
    macs: Vec<Vec<u8>>,
    records: Vec<i64>,
}

impl Sealed {
    async fn write(
        &self,
        connection: &mut PgConnection,
        of: &Link<'_>,
        payloads: &[String],
    ) -> Result<(), sqlx::Error> {
        sqlx::query!(
            "insert into audit_record
                 (seq, campaign_id, at, act, outcome, account_id, association_id, payload, algorithm,
                  previous, mac, record_id)
             select l.seq, $1, $2, l.act, l.outcome, $3, l.association, l.payload, $4, l.previous, l.mac, l.record
             from unnest($5::bigint[], $6::text[], $7::text[], $8::bigint[], $9::text[], $10::bytea[], $11::bytea[],
                         $12::bigint[]) as l(seq, act, outcome, association, payload, previous, mac, record)
             order by l.seq",
            of.campaign.0,
            kept(of.request),
            of.signature.account.map(|id| id.0),
            ALGORITHM,
            &self.seqs,
            &self.acts,
            &self.outcomes,
            &self.associations as _,
            payloads,
            &self.previous,
            &self.macs,
            &self.records,
        )
        .execute(&mut *connection)
        .await?;
        Ok(())
    }
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
