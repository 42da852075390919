//! Finding PostgreSQL's server programs. `psql` and `pg_config` are not enough:
//! a folder counts if it holds `postgres` and `initdb`.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use super::EmbeddedError;
use super::account::command;

/// Oldest major version that the SQL is written for.
const OLDEST: u32 = 15;

/// Where packages put the programs: the part before and after the version.
const PLACES: [(&str, &str, &str); 5] = [
    ("/usr/lib/postgresql", "", "bin"),
    ("/usr", "pgsql-", "bin"),
    ("/opt/homebrew/opt", "postgresql", "bin"),
    ("/usr/local/opt", "postgresql", "bin"),
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// Server programs of one version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Programs {
    /// The folder that holds them.
    pub(super) folder: PathBuf,
    /// 15 of 15.18.
    pub(super) major: u32,
    /// 15.18.
    pub(super) version: String,
}

impl Programs {
    /// The programs in a folder, if it has them.
    pub(super) fn at(folder: &Path) -> Option<Self> {
        if !folder.join("initdb").is_file() {
            return None;
        }
        let output = command(&folder.join("postgres"), None)
            .arg("--version")
            .output()
            .ok()
            .filter(|output| output.status.success())?;
        let (major, version) = version(&String::from_utf8_lossy(&output.stdout))?;
        Some(Self {
            folder: folder.to_owned(),
            major,
            version,
        })
    }

    /// One of the programs.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }
}

/// All programs on this machine; `PG_BIN_DIR` alone if it is set.
pub(super) fn installed() -> Vec<Programs> {
    let explicit = env::var_os("PG_BIN_DIR").filter(|folder| !folder.is_empty());
    if let Some(folder) = explicit {
        return Programs::at(Path::new(&folder)).into_iter().collect();
    }
    let mut folders = in_path(&env::var_os("PATH").unwrap_or_default());
    folders.extend(from_pg_config());
    for (parent, prefix, rest) in PLACES {
        folders.extend(in_place(Path::new(parent), prefix, rest));
    }
    let mut seen = Vec::new();
    folders.retain(|folder| {
        let is_new = !seen.contains(folder);
        seen.push(folder.clone());
        is_new
    });
    folders
        .iter()
        .filter_map(|folder| Programs::at(folder))
        .collect()
}

/// The newest programs, for a new cluster.
pub(super) fn newest(installed: Vec<Programs>) -> Result<Programs, EmbeddedError> {
    installed
        .into_iter()
        .filter(|programs| programs.major >= OLDEST)
        .max_by_key(|programs| programs.major)
        .ok_or(EmbeddedError::NoPrograms)
}

/// The programs of exactly the major version that made a cluster.
pub(super) fn of_major(
    installed: Vec<Programs>,
    major: u32,
    data: &Path,
) -> Result<Programs, EmbeddedError> {
    if installed.is_empty() {
        return Err(EmbeddedError::NoPrograms);
    }
    let versions: Vec<String> = installed.iter().map(|each| each.version.clone()).collect();
    installed
        .into_iter()
        .find(|programs| programs.major == major && major >= OLDEST)
        .ok_or_else(|| EmbeddedError::WrongMajor {
            found: major,
            installed: versions.join("、"),
            data: data.to_owned(),
        })
}

/// Major version and version in `postgres (PostgreSQL) 15.18 (Debian …)`.
pub(super) fn version(text: &str) -> Option<(u32, String)> {
    let version = text
        .split_once("(PostgreSQL) ")?
        .1
        .split_whitespace()
        .next()?;
    let end = version
        .find(|letter: char| !letter.is_ascii_digit())
        .unwrap_or(version.len());
    let major = version.get(..end)?.parse().ok()?;
    Some((major, version.to_owned()))
}

/// Folders on the path that lead to `postgres`; a link counts where it points.
fn in_path(path: &OsStr) -> Vec<PathBuf> {
    env::split_paths(path)
        .filter_map(|folder| fs::canonicalize(folder.join("postgres")).ok())
        .filter_map(|program| program.parent().map(Path::to_owned))
        .collect()
}

fn from_pg_config() -> Option<PathBuf> {
    let output = command("pg_config".as_ref(), None)
        .arg("--bindir")
        .output()
        .ok()?;
    let folder = String::from_utf8(output.stdout).ok()?;
    fs::canonicalize(folder.trim()).ok()
}

fn in_place(parent: &Path, prefix: &str, rest: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(parent) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
        .filter_map(|entry| fs::canonicalize(entry.path().join(rest)).ok())
        .collect()
}
