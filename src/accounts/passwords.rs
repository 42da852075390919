//! Argon2id in turns (S8). The turn moves into the blocking closure: a request that
//! is given up must not free it while hashing (F9). A password is verified only
//! against a try that was counted before (S6).

use std::time::Duration;

use argon2::password_hash::phc::{Output, ParamsString, PasswordHash, Salt};
use argon2::{ARGON2ID_IDENT, Algorithm, Argon2, Block, Params, Version};

use super::tries::Try;
use crate::web::turns::Place;
use crate::web::{Error, Form, Program};

/// Memory per hash, in KiB; as many blocks.
const MEMORY_KIB: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Bytes of a new salt and of a new hash.
const SALT_BYTES: usize = 16;
const HASH_BYTES: usize = 32;
/// Longest wait for a turn.
const QUEUE: Duration = Duration::from_secs(4);
/// Blocks of 1 KiB that are reserved for the memory, though fewer are touched. The
/// allocator takes what is larger than 32 MiB from the system and gives it back when
/// it is dropped; 19 MiB stayed in its pools, once for each thread (docs/decisions/0013).
const OWN_MAPPING: usize = 33 * 1024;

/// The memory of one hash after another; a place to hash, and what lies there.
type Memory = Vec<Block>;
/// A place among the works and those that wait.
pub type HashPlace = Place<Memory>;

/// What is verified for names that do not exist, so that time tells nothing (S7).
/// Random; nobody's.
const NOBODYS: &str = "$argon2id$v=19$m=19456,t=2,p=1$mil5yfCjsKM+JQXupDE8Ew$LH9msj4jDWwm3Phi/NH90hU0FY7pDOE4AUfbm1scyC4";

/// Hashes a new password.
pub async fn hash(program: &Program, password: String) -> Result<String, Error> {
    let place = program.hashing.place().ok_or(Error::Busy)?;
    in_turn(program, place, move |memory| digest(memory, &password))
        .await?
        .ok_or_else(|| Error::internal("password could not be hashed"))
}

/// The hash of a new password, before its act begins; where the form has messages
/// there will be no act, and nothing is hashed.
pub async fn hash_of(
    program: &Program,
    form: &Form,
    password: Option<String>,
) -> Result<String, Error> {
    match password {
        Some(password) if form.errors().is_empty() => hash(program, password).await,
        _ => Ok(String::new()),
    }
}

/// Verifies a password against a hash, or against nothing in the same time.
pub async fn verify(
    program: &Program,
    (_counted, place): (&Try, HashPlace),
    password: String,
    hash: Option<String>,
) -> Result<bool, Error> {
    in_turn(program, place, move |memory| {
        let fits = fits(memory, &password, hash.as_deref().unwrap_or(NOBODYS));
        hash.is_some() && fits == Some(true)
    })
    .await
}

fn digest(memory: &mut Memory, password: &str) -> Option<String> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).ok()?;
    let mut salt = [0_u8; SALT_BYTES];
    getrandom::fill(&mut salt).ok()?;
    let made = PasswordHash {
        algorithm: ARGON2ID_IDENT,
        version: Some(Version::V0x13.into()),
        params: ParamsString::try_from(&params).ok()?,
        salt: Some(Salt::new(&salt).ok()?),
        hash: Some(compute(
            memory,
            (password, &salt),
            (Version::V0x13, params),
            HASH_BYTES,
        )?),
    };
    Some(made.to_string())
}

/// Whether a password has this hash; `None` where the hash cannot be read.
fn fits(memory: &mut Memory, password: &str, hash: &str) -> Option<bool> {
    let hash = PasswordHash::new(hash).ok()?;
    if hash.algorithm != ARGON2ID_IDENT {
        return None;
    }
    let version = Version::try_from(hash.version?).ok()?;
    let params = Params::try_from(&hash).ok()?;
    let (salt, kept) = (hash.salt?, hash.hash?);
    let made = compute(memory, (password, &salt), (version, params), kept.len())?;
    // Compared in constant time by `Output`.
    Some(made == kept)
}

fn compute(
    memory: &mut Memory,
    (password, salt): (&str, &[u8]),
    (version, params): (Version, Params),
    bytes: usize,
) -> Option<Output> {
    memory.resize(params.block_count(), Block::new());
    let mut out = vec![0_u8; bytes];
    Argon2::new(Algorithm::Argon2id, version, params)
        .hash_password_into_with_memory(password.as_bytes(), salt, &mut out, memory)
        .ok()?;
    Output::new(&out).ok()
}

async fn in_turn<T: Send + 'static>(
    program: &Program,
    place: HashPlace,
    work: impl FnOnce(&mut Memory) -> T + Send + 'static,
) -> Result<T, Error> {
    let turn = program.hashing.at_once.clone().acquire_owned();
    let turn = tokio::time::timeout(QUEUE, turn)
        .await
        .map_err(|_| Error::Busy)?
        .map_err(Error::internal)?;
    tokio::task::spawn_blocking(move || {
        let mut memory = place
            .take()
            .unwrap_or_else(|| Vec::with_capacity(OWN_MAPPING));
        let result = work(&mut memory);
        place.leave(memory);
        drop((turn, place));
        result
    })
    .await
    .map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_read_back_and_fits_its_password_alone() {
        let memory = &mut Memory::new();
        let made = digest(memory, "a seal for 7 papers").unwrap();
        assert!(
            made.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{made}"
        );
        assert_eq!(fits(memory, "a seal for 7 papers", &made), Some(true));
        assert_eq!(fits(memory, "a seal for 7 paper", &made), Some(false));
        assert_eq!(fits(memory, "anything", NOBODYS), Some(false));
        assert_eq!(fits(memory, "anything", "$2b$12$x"), None);
    }

    #[test]
    fn hashes_of_the_crate_itself_fit_too() {
        use argon2::PasswordHasher as _;
        let memory = &mut Memory::new();
        let params = Params::new(MEMORY_KIB, PASSES, 1, None).unwrap();
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let made = argon.hash_password(b"a seal for 7 papers").unwrap();
        assert_eq!(
            fits(memory, "a seal for 7 papers", &made.to_string()),
            Some(true)
        );
    }
}
