//! The distribution's own programs for packages.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Longer without a byte means that none will come: apt tries each source several
/// times, and would do so for minutes.
const PATIENCE: Duration = Duration::from_mins(1);

/// Programs of a distribution that has apt.
#[derive(Clone, Debug)]
pub(in super::super) struct Tools {
    pub(super) apt_get: PathBuf,
    pub(super) apt_cache: PathBuf,
    pub(super) dpkg_deb: PathBuf,
    pub(super) dpkg_query: PathBuf,
    pub(super) ldd: PathBuf,
    /// Where the distribution's server reads its time zones.
    pub(super) time_zones: PathBuf,
    /// How long to wait while nothing comes.
    pub(super) patience: Duration,
    /// Whether people are told of each step.
    pub(super) tells: bool,
}

impl Tools {
    /// Those of this machine, if its packages are apt's.
    pub(in super::super) fn of_this_machine() -> Option<Self> {
        let path = env::var_os("PATH").unwrap_or_default();
        Self::on(&path).or_else(|| Self::on("/usr/bin:/bin".as_ref()))
    }

    /// To the terminal itself: tests show what is printed only when they fail.
    pub(super) fn say(&self, text: &str) {
        if self.tells {
            drop(writeln!(io::stderr().lock(), "{text}"));
        }
    }

    /// Those in the folders of a path.
    pub(super) fn on(path: &OsStr) -> Option<Self> {
        let find = |name: &str| {
            env::split_paths(path)
                .filter(|folder| folder.is_absolute())
                .map(|folder| folder.join(name))
                .find(|program| program.is_file())
        };
        Some(Self {
            apt_get: find("apt-get")?,
            apt_cache: find("apt-cache")?,
            dpkg_deb: find("dpkg-deb")?,
            dpkg_query: find("dpkg-query")?,
            ldd: find("ldd")?,
            time_zones: Path::new("/usr/share/zoneinfo/UTC").to_owned(),
            patience: PATIENCE,
            tells: true,
        })
    }
}
