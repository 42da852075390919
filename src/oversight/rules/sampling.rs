//! Drawing a sample that anybody can draw again (SU-2, AU-1): candidates in the order of
//! SHA-256 of seed and number, the first so many of them. `tuogou sample` prints the same.

use sha2::{Digest as _, Sha256};

/// The digest by which a candidate stands in the order: SHA-256 of `seed:number`, in hex.
#[must_use]
pub fn digest(seed: &str, number: i64) -> String {
    hex::encode(Sha256::digest(format!("{seed}:{number}")))
}

/// The candidates in the order of their digests, each with it.
#[must_use]
pub fn ordered(seed: &str, numbers: &[i64]) -> Vec<(String, i64)> {
    let mut order: Vec<(String, i64)> = numbers
        .iter()
        .map(|number| (digest(seed, *number), *number))
        .collect();
    order.sort_unstable();
    order
}

/// The first `take` of them.
#[must_use]
pub fn sample(seed: &str, numbers: &[i64], take: usize) -> Vec<i64> {
    let order = ordered(seed, numbers).into_iter().take(take);
    order.map(|(_, number)| number).collect()
}
