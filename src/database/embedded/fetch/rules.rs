//! Which packages: read from what apt, dpkg and `ldd` say.

use std::collections::BTreeSet;

use super::super::find::OLDEST;

/// Libraries that are no use here or must not be mixed with the machine's: LLVM
/// compiles queries, the C library belongs to the running system.
const NOT_TAKEN: [&str; 4] = ["libllvm", "libperl", "libc6", "libc-bin"];

/// The major versions of PostgreSQL among packages' names, in order.
pub(super) fn majors(names: &BTreeSet<String>) -> Vec<u32> {
    let mut majors: Vec<u32> = names
        .iter()
        .filter_map(|name| name.strip_prefix("postgresql-")?.parse().ok())
        .collect();
    majors.sort_unstable();
    majors
}

/// Exactly the version wanted, or the newest that the SQL can be run by.
pub(super) fn choose(offered: &[u32], wanted: Option<u32>) -> Option<u32> {
    let will_do = |major: &&u32| **major >= OLDEST && wanted.is_none_or(|it| it == **major);
    offered.iter().rev().find(will_do).copied()
}

/// Library packages that a `Depends:` line names, of each choice the first that
/// is offered, without those seen before.
pub(super) fn libraries(
    dependencies: &str,
    offered: &BTreeSet<String>,
    seen: &BTreeSet<String>,
) -> Vec<String> {
    let mut libraries = BTreeSet::new();
    for choice in dependencies.split([',', '\n']) {
        let names = choice.split('|').filter_map(|one| {
            let name = one.split_whitespace().next()?;
            Some(name.split_once(':').map_or(name, |(name, _)| name))
        });
        libraries.extend(names.filter(|name| offered.contains(*name)).take(1));
    }
    libraries
        .into_iter()
        .filter(|name| name.starts_with("lib") || name.starts_with("zlib"))
        .filter(|name| !NOT_TAKEN.iter().any(|other| name.starts_with(other)))
        .filter(|name| !name.ends_with("-perl") && !seen.contains(*name))
        .map(str::to_owned)
        .collect()
}

/// Libraries that `ldd` did not find.
pub(super) fn missing(ldd: &str) -> Vec<String> {
    let missing: BTreeSet<&str> = ldd
        .lines()
        .filter_map(|line| line.trim().strip_suffix("=> not found"))
        .map(str::trim)
        .collect();
    missing.into_iter().map(str::to_owned).collect()
}

/// Sum of the sizes, in bytes, in `'address' file size hash` lines.
pub(super) fn bytes(addresses: &str) -> u64 {
    let size = |line: &str| line.split_whitespace().nth(2)?.parse::<u64>().ok();
    addresses.lines().filter_map(size).sum()
}

/// Names in `installed name` lines.
pub(super) fn installed(packages: &str) -> BTreeSet<String> {
    packages
        .lines()
        .filter_map(|line| line.strip_prefix("installed "))
        .map(str::to_owned)
        .collect()
}

/// What apt warned of, for a message.
pub(super) fn complaint(errors: &str) -> String {
    let lines: Vec<&str> = errors
        .lines()
        .filter(|line| line.starts_with("W:") || line.starts_with("E:"))
        .take(6)
        .collect();
    lines.join("\n")
}
