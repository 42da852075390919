//! Where things lie: `pg15/` (the cluster, named by its major version), `sock/`,
//! `postgres.log`, the locks `start.lock`, `users.lock`, `serve.lock`, and `programs/`
//! where the server programs were brought.

use std::fs;
use std::io;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::account::{self, Account};
use super::{EmbeddedError, Options};

/// A socket's path is limited to 107 bytes (103 on macOS), its name takes 14.
const LONGEST_SOCKET_FOLDER: usize = 85;
/// Where root keeps a cluster when the project's folder cannot be reached.
pub(super) const ELSEWHERE: &str = "/var/lib/tuogou";

/// Folders and files of one cluster.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    root: PathBuf,
    socket_folder: PathBuf,
    account: Option<Account>,
}

/// A cluster that `initdb` has finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    /// The data folder.
    pub(super) data: PathBuf,
    /// The major version that made it.
    pub(super) major: u32,
}

impl Layout {
    /// Chooses and makes the folders.
    pub(super) fn open(options: &Options) -> Result<Self, EmbeddedError> {
        Self::open_or(options, Path::new(ELSEWHERE))
    }

    /// As `open`, with another place for what cannot be reached.
    pub(super) fn open_or(options: &Options, elsewhere: &Path) -> Result<Self, EmbeddedError> {
        let wanted =
            std::path::absolute(&options.root).map_err(EmbeddedError::at(&options.root))?;
        if !account::is_root() {
            return Self::at(make_folder(&wanted, 0o700)?, None);
        }
        let other = elsewhere.join(digest(&wanted));
        if cluster_in(&wanted).is_none() && !options.root_was_given && cluster_in(&other).is_some()
        {
            return Self::for_root(&other);
        }
        match Self::for_root(&wanted) {
            Err(EmbeddedError::Unreachable { account, .. })
                if !options.root_was_given && cluster_in(&wanted).is_none() =>
            {
                // Only removes what is empty: the folder just made.
                drop(fs::remove_dir(&wanted));
                tracing::warn!(
                    "PostgreSQL 以帐户 {account} 运行，无法进入 {}；数据库改放在 {}",
                    wanted.display(),
                    other.display()
                );
                Self::for_root(&other)
            }
            result => result,
        }
    }

    fn for_root(root: &Path) -> Result<Self, EmbeddedError> {
        let account = match cluster_in(root) {
            Some(cluster) => Account::owner_of(&cluster.data)?,
            None => Account::for_new_cluster()?,
        };
        // The folder stays root's, so that the account cannot plant links in it.
        let root = make_folder(root, 0o711)?;
        if !account.reaches(&root) {
            return Err(EmbeddedError::Unreachable {
                root,
                account: account.name,
            });
        }
        Self::at(root, Some(account))
    }

    fn at(root: PathBuf, account: Option<Account>) -> Result<Self, EmbeddedError> {
        let inside = root.join("sock");
        let socket_folder = if inside.as_os_str().len() <= LONGEST_SOCKET_FOLDER {
            inside
        } else {
            Path::new("/tmp").join(format!("pg-{}", digest(&root)))
        };
        account::private_folder(&socket_folder, account.as_ref())?;
        Ok(Self {
            root,
            socket_folder,
            account,
        })
    }

    /// The folder of everything.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder of the socket.
    pub(super) fn socket_folder(&self) -> &Path {
        &self.socket_folder
    }

    /// The socket.
    pub(super) fn socket(&self) -> PathBuf {
        self.socket_folder.join(format!(".s.PGSQL.{}", super::PORT))
    }

    /// Who runs PostgreSQL, where it is not this user.
    pub(super) const fn account(&self) -> Option<&Account> {
        self.account.as_ref()
    }

    /// What the server and `initdb` say.
    pub(super) fn log(&self) -> PathBuf {
        self.root.join("postgres.log")
    }

    /// Held while starting or stopping.
    pub(super) fn start_lock(&self) -> PathBuf {
        self.root.join("start.lock")
    }

    /// Shared by all who use the cluster.
    pub(super) fn users_lock(&self) -> PathBuf {
        self.root.join("users.lock")
    }

    /// The cluster, if there is one.
    pub(super) fn cluster(&self) -> Option<Cluster> {
        cluster_in(&self.root)
    }
}

/// The cluster of the highest version; `pg15.new` is an interrupted `initdb`.
fn cluster_in(root: &Path) -> Option<Cluster> {
    fs::read_dir(root)
        .ok()?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name();
            let named: u32 = name.to_str()?.strip_prefix("pg")?.parse().ok()?;
            let data = entry.path();
            // Read by root and its owner alike; the folder's name is the fallback.
            let written = fs::read_to_string(data.join("PG_VERSION")).ok();
            let major = written.and_then(|text| text.trim().parse().ok());
            Some(Cluster {
                data,
                major: major.unwrap_or(named),
            })
        })
        .max_by_key(|cluster| cluster.major)
}

/// Makes the folder if it is missing. What root makes on the way may be passed
/// through by the account that runs PostgreSQL, whatever root's umask is.
pub(super) fn make_folder(root: &Path, mode: u32) -> Result<PathBuf, EmbeddedError> {
    if let Some(parent) = root.parent().filter(|parent| !parent.exists()) {
        make_folder(parent, mode)?;
    }
    match fs::create_dir(root) {
        Ok(()) => {
            let mode = fs::Permissions::from_mode(mode);
            fs::set_permissions(root, mode).map_err(EmbeddedError::at(root))?;
        }
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(EmbeddedError::at(root)(error)),
    }
    fs::canonicalize(root).map_err(EmbeddedError::at(root))
}

/// A short name for a path.
fn digest(path: &Path) -> String {
    let digest = Sha256::digest(path.as_os_str().as_bytes());
    hex::encode(digest.iter().take(8).copied().collect::<Vec<u8>>())
}
