//! Argon2id behind a semaphore (S8). The permit moves into the blocking
//! closure: a request that is given up must not free it while hashing (F9).

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use tokio::sync::Semaphore;

use crate::web::{Error, Program};

/// Memory per hash, in KiB.
const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Longest wait for a turn.
const QUEUE: Duration = Duration::from_secs(4);

/// A hash to verify for names that do not exist, so that time tells nothing (S7).
static DUMMY: LazyLock<String> =
    LazyLock::new(|| digest("no account has this password").unwrap_or_default());

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn digest(password: &str) -> Option<String> {
    hasher()
        .hash_password(password.as_bytes())
        .ok()
        .map(|hash| hash.to_string())
}

/// Hashes a new password.
pub async fn hash(program: &Program, password: String) -> Result<String, Error> {
    in_turn(&program.hashing, move || digest(&password))
        .await?
        .ok_or_else(|| Error::internal("password could not be hashed"))
}

/// Verifies a password against a hash, or against nothing in the same time.
pub async fn verify(
    program: &Program,
    password: String,
    hash: Option<String>,
) -> Result<bool, Error> {
    in_turn(&program.hashing, move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| DUMMY.clone());
        let fits = hasher()
            .verify_password(password.as_bytes(), hash.as_str())
            .is_ok();
        known && fits
    })
    .await
}

async fn in_turn<T: Send + 'static>(
    hashing: &Arc<Semaphore>,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Error> {
    let permit = tokio::time::timeout(QUEUE, hashing.clone().acquire_owned())
        .await
        .map_err(|_| Error::Busy)?
        .map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let result = work();
        drop(permit);
        result
    })
    .await
    .map_err(Error::internal)
}
