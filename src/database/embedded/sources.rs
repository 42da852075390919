//! Where PostgreSQL's programs come from: the machine's own, those brought before,
//! or the distribution's packages, in this order.

use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use super::EmbeddedError;
use super::account::{self, Account};
use super::fetch::{self, Failure, Tools};
use super::find::{self, OLDEST, Programs};
use super::layout::{self, Cluster, Layout};

/// Where PostgreSQL's programs may come from.
#[derive(Clone, Debug)]
pub struct Sources {
    /// `PG_BIN_DIR`: this folder alone; unset: wherever packages put them.
    pub installed: Option<PathBuf>,
    /// Keeps what is brought; unset: `programs` beside the cluster.
    pub brought: Option<PathBuf>,
    /// Whether the distribution's packages may be brought where none are installed.
    pub fetch: bool,
}

impl Sources {
    /// As the environment says; `fetch` is `TUOGOU_FETCH_POSTGRES`.
    #[must_use]
    pub fn of_environment(fetch: bool) -> Self {
        let folder = env::var_os("PG_BIN_DIR").filter(|folder| !folder.is_empty());
        Self {
            installed: folder.map(PathBuf::from),
            brought: None,
            fetch,
        }
    }

    /// The programs that made `cluster`; for a new one the newest.
    pub(super) fn programs(
        &self,
        layout: &Layout,
        cluster: Option<&Cluster>,
    ) -> Result<Programs, EmbeddedError> {
        let places = self.places(layout);
        let mut there = find::installed(self.installed.as_deref());
        for place in &places {
            there.extend(find::brought(place));
        }
        let chosen = match cluster {
            Some(cluster) => find::of_major(&there, cluster.major, &cluster.data),
            None => find::newest(&there),
        };
        match chosen {
            Err(missing) if self.fetch && cluster.is_none_or(|it| it.major >= OLDEST) => {
                let (Some(place), Some(tools)) = (places.first(), Tools::of_this_machine()) else {
                    return Err(missing);
                };
                let brought = fetch::bring(place, cluster.map(|it| it.major), &tools);
                brought.map_err(|failure| explain(missing, failure, &there, cluster))
            }
            chosen => chosen,
        }
    }

    /// Folders that keep what is brought: whatever they hold may be run, by the
    /// account that runs PostgreSQL too.
    fn places(&self, layout: &Layout) -> Vec<PathBuf> {
        let beside = layout.root().join("programs");
        let mut places = vec![self.brought.clone().unwrap_or(beside)];
        if let Some(account) = layout.account() {
            places.push(Path::new(layout::ELSEWHERE).join("programs"));
            places.retain(|place| is_reached(account, place));
        }
        places.retain(|place| is_trusted(place));
        places
    }
}

/// Whether the account gets to a folder, or will once it is made.
fn is_reached(account: &Account, place: &Path) -> bool {
    place
        .ancestors()
        .find(|folder| folder.is_dir())
        .is_some_and(|folder| account.reaches(folder))
}

/// Whether nobody else put programs there, as anybody could below /tmp.
fn is_trusted(place: &Path) -> bool {
    fs::symlink_metadata(place).map_or(true, |found| {
        let owner = found.uid();
        found.is_dir() && (owner == account::own_uid() || owner == 0) && found.mode() & 0o002 == 0
    })
}

/// What to tell when programs are missing and could not be brought either.
fn explain(
    missing: EmbeddedError,
    failure: Failure,
    there: &[Programs],
    cluster: Option<&Cluster>,
) -> EmbeddedError {
    match (failure, cluster) {
        (Failure::NotOffered, Some(cluster)) => {
            find::wrong_major(there, cluster.major, &cluster.data)
        }
        (Failure::NotOffered, None) => missing,
        (Failure::Folder(error), _) => *error,
        (failure, _) => EmbeddedError::NotBrought {
            missing: Box::new(missing),
            failure,
        },
    }
}
