//! The key of the audit chain and its anchor, before anything can be done: with another
//! key the next link would break the chain for good, and an end that was cut off would be
//! grown over.

use std::path::{Path, PathBuf};

use sqlx::PgPool;

use crate::access::{Act, Request};
use crate::audit::{Anchored, AuditKey, Record, chain};
use crate::clock::Clock;
use crate::config::Config;
use crate::database::{Database, Write, WriteError};

use super::StartError;

pub(super) fn key_path(config: &Config) -> PathBuf {
    let named = config.audit_key_file.clone();
    named.unwrap_or_else(|| config.data_folder().join("audit.key"))
}

pub(super) fn anchor_path(config: &Config) -> PathBuf {
    let named = config.audit_anchor_file.clone();
    named.unwrap_or_else(|| config.data_folder().join("audit.anchor"))
}

#[expect(
    clippy::needless_pass_by_value,
    reason = "handed to map_err, which gives it"
)]
fn set_up(error: impl ToString) -> StartError {
    StartError::SetUp(error.to_string())
}

/// The key in its file. A new one is made only where there is no link yet; a missing or
/// a foreign one stops the program.
pub(super) async fn key(pool: &PgPool, path: &Path) -> Result<AuditKey, StartError> {
    let mut connection = pool.acquire().await?;
    let shown = path.display();
    let links = chain::head(&mut connection).await?.map(|head| head.seq);
    match (AuditKey::load(path).map_err(set_up)?, links) {
        (None, None) => AuditKey::create(path).map_err(set_up),
        (None, Some(links)) => Err(StartError::SetUp(format!(
            "审计链已有{links}条记录，但没有找到它的密钥文件{shown}。请用TUOGOU_AUDIT_KEY_FILE指明原来的密钥文件，或从备份中取回；不要新建密钥。 / the audit chain has {links} links, but its key is not in {shown}: name the file, or bring it back from a backup"
        ))),
        (Some(key), _) if chain::is_of(&mut connection, &key).await? => Ok(key),
        (Some(_), _) => Err(StartError::SetUp(format!(
            "密钥文件{shown}不是这个数据库审计链的密钥。请用TUOGOU_AUDIT_KEY_FILE指明原来的密钥文件。 / {shown} is not the key of this database's audit chain: name the right file"
        ))),
    }
}

/// Holds the chain against what was noted outside the database. What does not agree is
/// told to whoever runs the program and left as it is, for `tuogou audit verify`.
pub(super) async fn hold(database: &Database) -> Result<(), StartError> {
    let anchored = database.anchored_at().map_err(set_up)?;
    let (head, second) = {
        let db = &mut database.read().await?;
        let head = chain::head(db.connection()).await?;
        if let Anchored::At(anchored) = &anchored
            && !chain::holds(db.connection(), anchored).await?
        {
            tracing::error!(
                seq = anchored.seq,
                "the audit chain does not hold the link that the anchor names: it was cut, or this is an older copy of the database; run `tuogou audit verify`"
            );
            database.freeze_anchor();
            return Ok(());
        }
        (head, chain::is_second(db.connection()).await?)
    };
    if anchored == Anchored::Missing && second {
        tracing::error!("the audit anchor is missing; from here on it is kept anew");
        let since = head.map_or(0, |head| head.seq);
        let sentence = format!("数据库之外保存的链尾缺失，自第{since}条之后重新保存");
        let record = Record::new(Act::AuditAnchor, "audit", since, sentence);
        let request = Request::internal(&Clock::real());
        let write = Write::begin_as(database, None, &request).await;
        let written = match write {
            Ok(write) => write.record(record).await,
            Err(error) => Err(error),
        };
        written.map_err(|error: WriteError| StartError::Failed(error.to_string()))?;
    }
    Ok(())
}
