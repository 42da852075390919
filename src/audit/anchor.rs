//! The chain's head outside the database, beside the key: whoever cuts the end of the
//! chain and sets the head back in the database, or brings back an old copy of it, does
//! not reach this file. It is written after a commit, so it never leads; the act waits for
//! it, so after a kill it lags by the commits then under way at most.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex as Kept, PoisonError};

use tokio::sync::Mutex;

/// A link of the chain, by number and MAC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub seq: i64,
    /// Its MAC.
    pub mac: Vec<u8>,
}

impl Head {
    /// Before the first link.
    #[must_use]
    pub fn none() -> Self {
        Self {
            seq: 0,
            mac: vec![0; 32],
        }
    }
}

/// What stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchored {
    /// This link was committed.
    At(Head),
    /// There is no file.
    Missing,
    /// This program keeps none: tests, and the demonstration while it is told.
    NotKept,
}

/// The file.
#[derive(Debug)]
pub struct Anchor {
    path: PathBuf,
    newest: Kept<Head>,
    written: Mutex<i64>,
    frozen: AtomicBool,
}

impl Anchor {
    /// The anchor in a file, which need not be there.
    #[must_use]
    pub fn new(path: PathBuf) -> Self {
        Self {
            path,
            newest: Kept::new(Head::none()),
            written: Mutex::new(0),
            frozen: AtomicBool::new(false),
        }
    }

    /// What stands in it.
    pub fn read(&self) -> io::Result<Anchored> {
        match File::open(&self.path) {
            Ok(mut file) => {
                file.lock_shared()?;
                let mut text = String::new();
                file.read_to_string(&mut text)?;
                let head = parsed(&text).ok_or_else(|| {
                    io::Error::new(io::ErrorKind::InvalidData, "not an audit anchor")
                })?;
                Ok(Anchored::At(head))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Anchored::Missing),
            Err(error) => Err(error),
        }
    }

    /// The chain does not hold what stands in the file: it is evidence now, and no
    /// commit writes over it.
    pub fn freeze(&self) {
        self.frozen.store(true, Ordering::Relaxed);
    }

    /// Notes a committed link, and the newest that others committed meanwhile with it.
    pub async fn advance(&self, head: Head) -> io::Result<()> {
        if self.frozen.load(Ordering::Relaxed) {
            return Ok(());
        }
        let seq = head.seq;
        {
            let mut newest = self.newest.lock().unwrap_or_else(PoisonError::into_inner);
            if head.seq > newest.seq {
                *newest = head;
            }
        }
        let mut written = self.written.lock().await;
        if *written >= seq {
            return Ok(());
        }
        let newest = self
            .newest
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let (path, reached) = (self.path.clone(), newest.seq);
        tokio::task::spawn_blocking(move || write(&path, &newest))
            .await
            .map_err(io::Error::other)??;
        *written = reached;
        Ok(())
    }
}

/// Writes a head, unless one further on stands there: another process of the same
/// program, a command beside the server, writes too.
fn write(path: &Path, head: &Head) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)?;
    file.lock()?;
    let mut text = String::new();
    file.read_to_string(&mut text)?;
    if parsed(&text).is_some_and(|stands| stands.seq >= head.seq) {
        return Ok(());
    }
    // Always as long, and shorter than a sector: never half of one and half of another.
    file.seek(SeekFrom::Start(0))?;
    file.write_all(format!("{:020} {}\n", head.seq, hex::encode(&head.mac)).as_bytes())
}

fn parsed(text: &str) -> Option<Head> {
    let (seq, mac) = text.trim_end().split_once(' ')?;
    let mac = hex::decode(mac).ok()?;
    let seq = seq.parse().ok()?;
    (mac.len() == 32).then_some(Head { seq, mac })
}

#[cfg(test)]
mod tests;
