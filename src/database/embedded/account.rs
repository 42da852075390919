//! Who runs PostgreSQL. It refuses to run as root, so root lends it to the owner
//! of the cluster, for a new one to `postgres`, else to `nobody`.

use std::fs;
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};

use super::EmbeddedError;

/// Messages in English for us to read, character types in UTF-8.
const LOCALE: &str = if cfg!(target_os = "macos") {
    "en_US.UTF-8"
} else {
    "C.UTF-8"
};

/// An account of the operating system.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) uid: u32,
    pub(super) gid: u32,
    /// For messages.
    pub(super) name: String,
}

/// Whether this program runs as root.
pub(super) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

impl Account {
    /// The account for a new cluster.
    pub(super) fn for_new_cluster() -> Result<Self, EmbeddedError> {
        let path = Path::new("/etc/passwd");
        let passwd = fs::read_to_string(path).map_err(EmbeddedError::at(path))?;
        Self::in_passwd(&passwd, "postgres")
            .or_else(|| Self::in_passwd(&passwd, "nobody"))
            .ok_or(EmbeddedError::NoAccount)
    }

    /// The account that an existing cluster belongs to.
    pub(super) fn owner_of(path: &Path) -> Result<Self, EmbeddedError> {
        let data = fs::metadata(path).map_err(EmbeddedError::at(path))?;
        Ok(Self {
            uid: data.uid(),
            gid: data.gid(),
            name: format!("uid {}", data.uid()),
        })
    }

    /// An account that is not root's, by its line in `/etc/passwd`.
    pub(super) fn in_passwd(passwd: &str, name: &str) -> Option<Self> {
        passwd.lines().find_map(|line| {
            let mut fields = line.split(':');
            if fields.next() != Some(name) {
                return None;
            }
            let uid = fields.nth(1)?.parse().ok().filter(|uid| *uid != 0)?;
            let gid = fields.next()?.parse().ok()?;
            Some(Self {
                uid,
                gid,
                name: name.to_owned(),
            })
        })
    }

    /// Gives it a file or folder.
    pub(super) fn give(&self, path: &Path) -> Result<(), EmbeddedError> {
        std::os::unix::fs::lchown(path, Some(self.uid), Some(self.gid))
            .map_err(EmbeddedError::at(path))
    }

    /// Whether it can enter a folder.
    pub(super) fn reaches(&self, folder: &Path) -> bool {
        command("/bin/sh".as_ref(), Some(self))
            .args(["-c", "cd \"$1\"", "sh"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }
}

/// A command with a clean environment, run as `account`, out of the reach of the
/// terminal's ctrl-c: this program decides when PostgreSQL stops.
pub(super) fn command(program: &Path, account: Option<&Account>) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("LC_ALL", LOCALE)
        .env("TZ", "UTC")
        .current_dir("/")
        .stdin(Stdio::null())
        .process_group(0);
    for name in ["PATH", "LD_LIBRARY_PATH"] {
        if let Some(value) = std::env::var_os(name) {
            command.env(name, value);
        }
    }
    if let Some(account) = account {
        command.uid(account.uid).gid(account.gid);
    }
    command
}

/// The effective user.
pub(super) fn own_uid() -> u32 {
    rustix::process::geteuid().as_raw()
}

/// Makes a folder that only `account` (or we) can enter.
pub(super) fn private_folder(path: &Path, account: Option<&Account>) -> Result<(), EmbeddedError> {
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(EmbeddedError::at(path)(error));
        }
        Ok(()) | Err(_) => {}
    }
    // In /tmp somebody else may have made it, or a link in its place.
    let found = fs::symlink_metadata(path).map_err(EmbeddedError::at(path))?;
    let is_ours = found.uid() == own_uid() || account.is_some_and(|them| found.uid() == them.uid);
    if !found.is_dir() || !is_ours {
        return Err(EmbeddedError::NotYours {
            path: path.to_owned(),
        });
    }
    if found.mode() & 0o777 != 0o700 {
        fs::set_permissions(path, fs::Permissions::from_mode(0o700))
            .map_err(EmbeddedError::at(path))?;
    }
    account.map_or(Ok(()), |account| account.give(path))
}
