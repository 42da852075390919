//! The key of the chain. It is not in the database, so that whoever can write
//! there still cannot forge a chain.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;

/// Bytes of the key.
const LENGTH: usize = 32;

/// What a printed password is made of: nothing that reads like something else.
const PRINTED: &str = "abcdefghjkmnpqrstuvwxyz23456789";
/// Its letters, in groups.
const LETTERS: usize = 16;
const GROUP: usize = 4;

/// A 256-bit key for HMAC-SHA256.
#[derive(Clone)]
pub struct AuditKey([u8; LENGTH]);

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or made.
    #[error("audit key {path}: {source}")]
    Io {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The file does not hold 64 hex digits.
    #[error("audit key {0}: expected 64 hexadecimal digits")]
    Malformed(String),
    /// Others can read the file.
    #[error("audit key {0}: readable by others; chmod 600 it")]
    Exposed(String),
    /// No randomness to be had.
    #[error("no randomness: {0}")]
    Random(#[from] getrandom::Error),
}

/// A keyed hash of several parts, each with its length before it: joined with a
/// separator they would be ambiguous.
#[must_use]
pub fn mac(key: &[u8], parts: &[&[u8]]) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    for part in parts {
        let length = u64::try_from(part.len()).unwrap_or(u64::MAX);
        mac.update(&length.to_be_bytes());
        mac.update(part);
    }
    mac.finalize().into_bytes().to_vec()
}

impl AuditKey {
    /// The key in `path`; nothing where there is no file.
    pub fn load(path: &Path) -> Result<Option<Self>, KeyError> {
        let io_error = |source| KeyError::Io {
            path: path.display().to_string(),
            source,
        };
        match fs::read_to_string(path) {
            Ok(text) => {
                let mode = fs::metadata(path).map_err(io_error)?.permissions().mode();
                if mode & 0o077 != 0 {
                    return Err(KeyError::Exposed(path.display().to_string()));
                }
                let key = Self::parse(text.trim());
                let malformed = || KeyError::Malformed(path.display().to_string());
                key.map(Some).ok_or_else(malformed)
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io_error(error)),
        }
    }

    /// A new key, kept in `path`; the one that another process has put there meanwhile.
    pub fn create(path: &Path) -> Result<Self, KeyError> {
        let io_error = |source| KeyError::Io {
            path: path.display().to_string(),
            source,
        };
        let key = Self::draw()?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(io_error)?;
        }
        let made = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(path)
            .and_then(|mut file| writeln!(file, "{}", hex::encode(key.0)));
        match made {
            Ok(()) => Ok(key),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                let malformed = || KeyError::Malformed(path.display().to_string());
                Self::load(path)?.ok_or_else(malformed)
            }
            Err(error) => Err(io_error(error)),
        }
    }

    /// What the chain carries of a change that may not stand there itself.
    #[must_use]
    pub fn hash_of(&self, field: &str, before: &Value, after: &Value) -> String {
        let (before, after) = (before.to_string(), after.to_string());
        let parts = ["private change", field, &before, &after];
        hex::encode(mac(&self.0, &parts.map(str::as_bytes)))
    }

    /// The mark of a signed content: the chain has it, and not the content.
    #[must_use]
    pub fn mark_of(&self, of: (&str, i64, &str), content: &str) -> String {
        let (kind, case, part) = of;
        let case = case.to_string();
        let parts = ["signed content", kind, &case, part, content];
        hex::encode(mac(&self.0, &parts.map(str::as_bytes)))
    }

    /// The first password of an account that an upload brings: it follows from the key, so it can
    /// be printed again without standing anywhere.
    #[must_use]
    pub fn first_password(&self, import: i64, username: &str) -> String {
        let import = import.to_string();
        let parts = ["first password", &import, username];
        let drawn = mac(&self.0, &parts.map(str::as_bytes));
        let letters = drawn.iter().take(LETTERS).map(|byte| {
            let at = usize::from(*byte) % PRINTED.len();
            PRINTED.chars().nth(at).unwrap_or('x')
        });
        let letters: Vec<char> = letters.collect();
        let groups = letters.chunks(GROUP).map(String::from_iter);
        groups.collect::<Vec<_>>().join("-")
    }

    /// A new key from the operating system's randomness.
    pub fn draw() -> Result<Self, getrandom::Error> {
        let mut bytes = [0_u8; LENGTH];
        getrandom::fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// The key written as 64 hex digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = hex::decode(text).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The bytes of the key.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }
}

impl std::fmt::Debug for AuditKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("AuditKey(…)")
    }
}
