//! Locks on files: the kernel frees them when a program is killed.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rustix::fs::OFlags;

use super::EmbeddedError;

/// A held lock.
#[derive(Debug)]
pub(super) struct Lock(File);

impl Lock {
    /// Waits until the file is ours alone.
    pub(super) fn wait(path: &Path) -> Result<Self, EmbeddedError> {
        let file = open(path)?;
        file.lock().map_err(EmbeddedError::at(path))?;
        Ok(Self(file))
    }

    /// Uses the file together with others.
    pub(super) fn share(path: &Path) -> Result<Self, EmbeddedError> {
        let file = open(path)?;
        file.lock_shared().map_err(EmbeddedError::at(path))?;
        Ok(Self(file))
    }

    /// The file for us alone, or `None` while others use it.
    pub(super) fn try_alone(path: &Path) -> Result<Option<Self>, EmbeddedError> {
        let file = open(path)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(EmbeddedError::at(path)(error)),
        }
    }

    /// The file for a child, which goes on holding the lock if we are killed.
    pub(super) fn for_child(&self, path: &Path) -> Result<File, EmbeddedError> {
        self.0.try_clone().map_err(EmbeddedError::at(path))
    }

    /// The right to serve from `root`, with our process number for the next one.
    pub(super) fn serve(root: &Path) -> Result<Self, EmbeddedError> {
        let path = root.join("serve.lock");
        let Some(mut lock) = Self::try_alone(&path)? else {
            let mut text = String::new();
            open(&path)?
                .read_to_string(&mut text)
                .map_err(EmbeddedError::at(&path))?;
            return Err(EmbeddedError::InUse {
                pid: text.trim().parse().unwrap_or_default(),
                root: root.to_owned(),
            });
        };
        lock.0
            .set_len(0)
            .and_then(|()| writeln!(lock.0, "{}", std::process::id()))
            .map_err(EmbeddedError::at(&path))?;
        Ok(lock)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing is not enough: a child between fork and exec holds a copy.
        if let Err(error) = self.0.unlock() {
            tracing::warn!(%error, "unlocking");
        }
    }
}

fn open(path: &Path) -> Result<File, EmbeddedError> {
    OpenOptions::new()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .custom_flags(OFlags::NOFOLLOW.bits().cast_signed())
        .open(path)
        .map_err(EmbeddedError::at(path))
}
