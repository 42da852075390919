//! Why PostgreSQL's programs could not be brought.

use super::super::EmbeddedError;

/// Why PostgreSQL's programs could not be brought from the distribution's packages.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The lists have no version that will do.
    #[error("软件源中没有合适的版本 / no fitting version is offered")]
    NotOffered,
    /// No source of packages answered.
    #[error(
        "软件源无法访问，请检查网络或代理 / no source of packages could be reached; check network and proxy:\n{0}"
    )]
    Unreachable(String),
    /// A program of the distribution failed.
    #[error("{step}:\n{log}")]
    Failed {
        /// The program.
        step: String,
        /// The last that it said.
        log: String,
    },
    /// A program was ended from outside, as by ctrl-c.
    #[error("{0} 被中止 / was interrupted")]
    Interrupted(String),
    /// Nothing came any more.
    #[error("{step}：{seconds} 秒没有进展，已停止 / no progress for {seconds} s, given up")]
    Stalled {
        /// The program.
        step: String,
        /// How long it was waited for.
        seconds: u64,
    },
    /// Libraries that neither the machine nor the packages have.
    #[error("缺少程序库 / libraries are missing: {0}")]
    Libraries(String),
    /// What was unpacked cannot be run, for instance from a disk mounted `noexec`.
    #[error(
        "取得的 PostgreSQL {0} 无法运行（所在磁盘是否禁止执行程序？） / PostgreSQL {0} was brought but does not run (is its disk mounted noexec?)"
    )]
    DoesNotRun(u32),
    /// The distribution's server reads its time zones from the system.
    #[error(
        "系统缺少时区数据，请先执行 apt-get install tzdata / the system has no time zones: apt-get install tzdata first"
    )]
    NoTimeZones,
    /// The folder for it cannot be used.
    #[error("{0}")]
    Folder(Box<EmbeddedError>),
}

impl From<EmbeddedError> for Failure {
    fn from(error: EmbeddedError) -> Self {
        Self::Folder(Box::new(error))
    }
}
