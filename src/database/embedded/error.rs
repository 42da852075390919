//! Why the embedded cluster cannot be had, told so that the reader can mend it.

use std::io;
use std::path::{Path, PathBuf};

use super::fetch::Failure;

/// Why there is no embedded cluster.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No server programs of PostgreSQL 15 or later.
    #[error(
        "未找到 PostgreSQL 15 或更高版本的服务器程序（postgres 和 initdb）。请先安装：\n\
         No server programs of PostgreSQL 15 or later were found. Install them:\n\
         \n  Debian/Ubuntu  apt-get install postgresql\
         \n  Fedora         dnf install postgresql-server\
         \n  macOS          brew install postgresql@17\n\
         \n或设置 PG_BIN_DIR 指明程序所在目录，或设置 DATABASE_URL 使用已有的数据库服务器。\
         \nOr set PG_BIN_DIR to the folder of the programs, or DATABASE_URL to use a server that you have."
    )]
    NoPrograms,
    /// Nor could they be brought from the distribution's packages.
    #[error(
        "{missing}\n\n从本机发行版的软件源自动获取未成功 / They could not be brought from the distribution's packages:\n{failure}"
    )]
    NotBrought {
        /// What is missing.
        missing: Box<Self>,
        /// Why it could not be brought.
        failure: Failure,
    },
    /// The cluster is of a major version that is not installed. It was not touched.
    #[error(
        "{} 中的数据由 PostgreSQL {found} 建立，本机只有：{installed}。数据未作任何改动。请安装 PostgreSQL {found}。\n\
         The data in {0} was made by PostgreSQL {found}; installed here: {installed}. Nothing was changed. Install PostgreSQL {found}.",
        .data.display()
    )]
    WrongMajor {
        /// Major version of the cluster.
        found: u32,
        /// Versions on this machine, or 无 / none.
        installed: String,
        /// The cluster's folder.
        data: PathBuf,
    },
    /// Another program serves from this folder.
    #[error(
        "数据目录 {} 正由另一个脱钩程序使用（进程 {pid}）。请先停止它，或用 TUOGOU_DATA_DIR 另选目录。\n\
         The data folder {0} is in use by another tuogou (process {pid}). Stop it, or choose another folder with TUOGOU_DATA_DIR.",
        .root.display()
    )]
    InUse {
        /// The other program, 0 where it did not say.
        pid: u32,
        /// The folder.
        root: PathBuf,
    },
    /// Root runs PostgreSQL as an account that cannot get to the folder.
    #[error(
        "以 root 运行时，PostgreSQL 使用帐户 {account}，该帐户无法进入 {}。请用 TUOGOU_DATA_DIR 另选目录，或以普通用户运行。\n\
         For root, PostgreSQL runs as {account}, which cannot reach {0}. Choose another folder with TUOGOU_DATA_DIR, or run as an ordinary user.",
        .root.display()
    )]
    Unreachable {
        /// The folder.
        root: PathBuf,
        /// The account.
        account: String,
    },
    /// The folder belongs to somebody else.
    #[error(
        "{} 属于另一个用户，无法使用。请以该用户运行，或用 TUOGOU_DATA_DIR 另选目录。\n\
         {0} belongs to another user. Run as that user, or choose another folder with TUOGOU_DATA_DIR.",
        .path.display()
    )]
    NotYours {
        /// What could not be used.
        path: PathBuf,
    },
    /// Root has no account to run PostgreSQL as.
    #[error(
        "以 root 运行时需要帐户 postgres 或 nobody,/etc/passwd 中都没有。\n\
         Root needs an account postgres or nobody; /etc/passwd has neither."
    )]
    NoAccount,
    /// `initdb` failed.
    #[error("建立数据库失败 / initdb failed:\n{log}")]
    InitFailed {
        /// Its last lines.
        log: String,
    },
    /// The server did not start.
    #[error("数据库启动失败 / PostgreSQL did not start:\n{log}")]
    StartFailed {
        /// The last lines of its log.
        log: String,
    },
    /// A file or process could not be used.
    #[error("{}: {source}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl EmbeddedError {
    /// Whether the set-up is wrong rather than the work failed (exit status 2).
    #[must_use]
    pub const fn is_missing_set_up(&self) -> bool {
        !matches!(
            self,
            Self::InitFailed { .. } | Self::StartFailed { .. } | Self::Io { .. }
        )
    }

    /// Says which file an error is about.
    pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| match source.kind() {
            io::ErrorKind::PermissionDenied => Self::NotYours {
                path: path.to_owned(),
            },
            _ => Self::Io {
                path: path.to_owned(),
                source,
            },
        }
    }
}
