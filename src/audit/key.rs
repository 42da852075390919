//! The key of the chain. It is not in the database, so that whoever can write
//! there still cannot forge a chain.

use std::fs;
use std::io::{self, Write as _};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::Path;

/// Bytes of the key.
const LENGTH: usize = 32;

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

impl AuditKey {
    /// The key in `path`; a new one is made there if the file is missing.
    pub fn load_or_create(path: &Path) -> Result<Self, KeyError> {
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
                Self::parse(text.trim())
                    .ok_or_else(|| KeyError::Malformed(path.display().to_string()))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let key = Self::draw()?;
                if let Some(folder) = path.parent() {
                    fs::create_dir_all(folder).map_err(io_error)?;
                }
                fs::OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .mode(0o600)
                    .open(path)
                    .and_then(|mut file| writeln!(file, "{}", hex::encode(key.0)))
                    .map_err(io_error)?;
                Ok(key)
            }
            Err(error) => Err(io_error(error)),
        }
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
