//! Finding PostgreSQL's server programs. `psql` and `pg_config` are not enough:
//! a folder counts if it holds `postgres` and `initdb`.

use std::env;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::EmbeddedError;
use super::account::{self, Account};

/// Oldest major version that the SQL is written for.
pub(super) const OLDEST: u32 = 15;

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
        let output = command(folder, "postgres", None)
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

    /// One of the programs, to be run as `account`.
    pub(super) fn command(&self, name: &str, account: Option<&Account>) -> Command {
        command(&self.folder, name, account)
    }
}

/// All programs on this machine; those in `folder` alone if it is given.
pub(super) fn installed(folder: Option<&Path>) -> Vec<Programs> {
    if let Some(folder) = folder {
        return Programs::at(folder).into_iter().collect();
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
pub(super) fn newest(there: &[Programs]) -> Result<Programs, EmbeddedError> {
    there
        .iter()
        .filter(|programs| programs.major >= OLDEST)
        .max_by_key(|programs| programs.major)
        .cloned()
        .ok_or(EmbeddedError::NoPrograms)
}

/// The programs of exactly the major version that made a cluster.
pub(super) fn of_major(
    there: &[Programs],
    major: u32,
    data: &Path,
) -> Result<Programs, EmbeddedError> {
    if there.is_empty() {
        return Err(EmbeddedError::NoPrograms);
    }
    there
        .iter()
        .find(|programs| programs.major == major && major >= OLDEST)
        .cloned()
        .ok_or_else(|| wrong_major(there, major, data))
}

/// The error for a cluster whose major version is not to be had.
pub(super) fn wrong_major(there: &[Programs], major: u32, data: &Path) -> EmbeddedError {
    let versions: Vec<&str> = there.iter().map(|each| each.version.as_str()).collect();
    EmbeddedError::WrongMajor {
        found: major,
        installed: if versions.is_empty() {
            "无 / none".to_owned()
        } else {
            versions.join("、")
        },
        data: data.to_owned(),
    }
}

/// What was brought into a folder, by major version; `fetch.new` is not finished.
pub(super) fn brought(place: &Path) -> Vec<Programs> {
    let Ok(entries) = fs::read_dir(place) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let major: u32 = entry.file_name().to_str()?.parse().ok()?;
            Programs::at(&bin(&entry.path(), major))
        })
        .collect()
}

/// The programs' folder in an unpacked package of the distribution.
pub(super) fn bin(tree: &Path, major: u32) -> PathBuf {
    tree.join(format!("usr/lib/postgresql/{major}/bin"))
}

/// A program with the libraries that were unpacked beside it.
pub(super) fn command(folder: &Path, name: &str, account: Option<&Account>) -> Command {
    let mut command = account::command(&folder.join(name), account);
    if let Some(libraries) = libraries(folder) {
        command.env("LD_LIBRARY_PATH", libraries);
    }
    command
}

/// Where the libraries lie, if `folder` is `usr/lib/postgresql/<major>/bin` of a
/// tree that is not the machine's own; before what the environment names.
pub(super) fn libraries(folder: &Path) -> Option<OsString> {
    let mut above = folder.ancestors().skip(2);
    let tree = above
        .next()
        .filter(|parent| parent.ends_with("usr/lib/postgresql"))
        .and_then(|_| above.nth(2))
        .filter(|tree| *tree != Path::new("/"))?;
    let mut folders = Vec::new();
    for lib in [tree.join("usr/lib"), tree.join("lib")] {
        // Debian's folders for an architecture, such as x86_64-linux-gnu.
        let inside = fs::read_dir(&lib).into_iter().flatten().flatten();
        folders.extend(
            inside
                .filter(|entry| entry.file_name().to_string_lossy().contains("-linux-"))
                .map(|entry| entry.path()),
        );
        folders.push(lib);
    }
    let before = env::var_os("LD_LIBRARY_PATH").unwrap_or_default();
    folders.extend(env::split_paths(&before).filter(|folder| folder.is_absolute()));
    env::join_paths(folders).ok()
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
    let output = account::command("pg_config".as_ref(), None)
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
