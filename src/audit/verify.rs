//! Reads the whole chain, and what its links speak of: the anchor outside the database,
//! the case file, and the facts that acts left.

use std::collections::{BTreeSet, HashMap};

use sqlx::PgConnection;

use super::anchor::Anchored;
use super::case_row::CaseRow;
use super::chain::{ALGORITHM, seal};
use super::payload::Payload;
use super::{AuditKey, Head};

mod file;

/// Links that verification reads at a time.
const STEP: i64 = 2_000;

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
        reason: String,
    },
}

/// What is wrong with one link or with what it speaks of.
struct Broken {
    seq: i64,
    reason: String,
}

fn broken<T>(seq: i64, reason: impl Into<String>) -> Result<T, Broken> {
    let reason = reason.into();
    Err(Broken { seq, reason })
}

/// A link as it stands.
struct Row {
    seq: i64,
    campaign_id: i32,
    at: chrono::DateTime<chrono::Utc>,
    act: String,
    outcome: String,
    account_id: Option<i64>,
    association_id: Option<i64>,
    payload: String,
    algorithm: String,
    previous: Vec<u8>,
    mac: Vec<u8>,
    record_id: Option<i64>,
}

/// What was gathered on the way.
#[derive(Default)]
struct Known {
    /// The fact's kind and row → the link that told it last, and the value.
    facts: HashMap<(i32, String, i64), (i64, Option<String>)>,
    /// Version 2 has begun: nothing of version 1 may follow.
    second: bool,
}

/// Reads the whole chain and names the first broken link.
pub async fn verify(
    connection: &mut PgConnection,
    key: &AuditKey,
    anchored: &Anchored,
) -> Result<Verdict, sqlx::Error> {
    // All of it may take longer than a page may.
    sqlx::query("set local statement_timeout = 0")
        .execute(&mut *connection)
        .await?;
    let mut last = Head::none();
    let mut known = Known::default();
    loop {
        let rows = rows(&mut *connection, last.seq).await?;
        if rows.is_empty() {
            break;
        }
        let read = file::of(&mut *connection, &rows).await?;
        for row in rows {
            let held = link(&row, &last, key, &mut known)
                .and_then(|payload| file::holds(&row, &payload, &read, key))
                .and_then(|()| is_anchored(&row, anchored));
            if let Err(Broken { seq, reason }) = held {
                return Ok(Verdict::Broken { seq, reason });
            }
            last = Head {
                seq: row.seq,
                mac: row.mac,
            };
        }
    }
    let ended = end(&mut *connection, &last, anchored, known.second).await?;
    if let Err(Broken { seq, reason }) = ended {
        return Ok(Verdict::Broken { seq, reason });
    }
    match facts(connection, &mut known).await? {
        Some(Broken { seq, reason }) => Ok(Verdict::Broken { seq, reason }),
        None => Ok(Verdict::Whole(last.seq)),
    }
}

async fn rows(connection: &mut PgConnection, after: i64) -> Result<Vec<Row>, sqlx::Error> {
    sqlx::query_as!(
        Row,
        "select seq, campaign_id, at, act, outcome, account_id, association_id, payload, algorithm,
                previous, mac, record_id
         from audit_record where seq > $1 order by seq limit $2",
        after,
        STEP,
    )
    .fetch_all(connection)
    .await
}

/// Whether a link follows the one before and its columns are those of its payload.
fn link(row: &Row, last: &Head, key: &AuditKey, known: &mut Known) -> Result<Payload, Broken> {
    let next = last.seq + 1;
    if row.seq != next {
        return broken(next, "记录缺失");
    }
    if row.previous != last.mac {
        return broken(next, "与上一条不衔接");
    }
    if row.mac != seal(key, &row.previous, row.seq, &row.payload) {
        return broken(next, "内容与校验码不符");
    }
    let Some(payload) = Payload::read(&row.payload) else {
        return broken(next, "内容无法识别");
    };
    let version = payload.version();
    if !agree(row, &payload) || (known.second && version < 2) {
        return broken(next, "检索字段与内容不符");
    }
    known.second |= version >= 2;
    for fact in payload.facts() {
        let at = (row.campaign_id, fact.kind, fact.id);
        known.facts.insert(at, (row.seq, fact.value));
    }
    Ok(payload)
}

/// The columns are copies of the payload; a changed copy is tampering too.
fn agree(row: &Row, payload: &Payload) -> bool {
    let copied = payload.text("act") == Some(&row.act)
        && payload.text("outcome") == Some(&row.outcome)
        && payload.number("account") == row.account_id
        && payload.number("association") == row.association_id
        && payload
            .at()
            .is_some_and(|at| (at - row.at).num_milliseconds() == 0);
    let second = payload.version() < 2
        || (payload.number("campaign") == Some(i64::from(row.campaign_id))
            && payload.number("record") == row.record_id
            && payload.text("algorithm") == Some(&row.algorithm));
    copied && second && row.algorithm == ALGORITHM
}

fn is_anchored(row: &Row, anchored: &Anchored) -> Result<(), Broken> {
    match anchored {
        Anchored::At(head) if head.seq == row.seq && head.mac != row.mac => {
            broken(row.seq, "与数据库之外保存的链尾不符")
        }
        _ => Ok(()),
    }
}

/// Whether nothing was cut from the end.
async fn end(
    connection: &mut PgConnection,
    last: &Head,
    anchored: &Anchored,
    second: bool,
) -> Result<Result<(), Broken>, sqlx::Error> {
    let head = sqlx::query_as!(Head, "select seq, mac from audit_head")
        .fetch_one(connection)
        .await?;
    let next = last.seq + 1;
    Ok(match anchored {
        _ if head != *last => broken(next, "末尾记录被截去"),
        Anchored::At(head) if head.seq > last.seq => {
            broken(next, "末尾记录被截去（短于数据库之外保存的链尾）")
        }
        Anchored::Missing if second => broken(next, "数据库之外保存的链尾缺失"),
        _ => Ok(()),
    })
}

/// Whether every fact stands as the act that told it last has left it.
async fn facts(
    connection: &mut PgConnection,
    known: &mut Known,
) -> Result<Option<Broken>, sqlx::Error> {
    let kinds: BTreeSet<(i32, String)> = known
        .facts
        .keys()
        .map(|(campaign, kind, _)| (*campaign, kind.clone()))
        .collect();
    let mut found: Vec<Broken> = Vec::new();
    for (campaign, kind) in kinds {
        let mut after = 0;
        while let Some(standing) = standing(&mut *connection, (campaign, &kind), after).await? {
            for (id, value) in standing {
                after = id;
                let told = known.facts.remove(&(campaign, kind.clone(), id));
                if let Some((seq, _)) = told.filter(|(_, told)| *told != value) {
                    found.push(changed(seq, &kind, id));
                }
            }
        }
    }
    let gone = known.facts.iter().filter(|(_, (_, told))| told.is_some());
    found.extend(gone.map(|((_, kind, id), (seq, _))| changed(*seq, kind, *id)));
    found.sort_by_key(|broken| broken.seq);
    let untold = sqlx::query_scalar!("select kind from moved_fact limit 1")
        .fetch_optional(connection)
        .await?;
    Ok(found.into_iter().next().or_else(|| {
        untold.map(|kind| Broken {
            seq: 0,
            reason: format!("{kind}有未经办理记录的改动"),
        })
    }))
}

/// Some of the facts of a kind, by their rows; nothing when all were given.
async fn standing(
    connection: &mut PgConnection,
    (campaign, kind): (i32, &str),
    after: i64,
) -> Result<Option<Vec<(i64, Option<String>)>>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select id as "id!", value from sealed_fact
           where campaign_id = $1 and kind = $2 and id > $3 order by id limit $4"#,
        campaign,
        kind,
        after,
        STEP,
    )
    .map(|row| (row.id, row.value))
    .fetch_all(connection)
    .await?;
    Ok((!rows.is_empty()).then_some(rows))
}

fn changed(seq: i64, kind: &str, id: i64) -> Broken {
    let reason = format!("{kind}（{id}）现在的内容与这次办理后的不符");
    Broken { seq, reason }
}
