//! How the program does at any size: `seed` multiplies the demonstration by SQL,
//! `pages` times every page of every role on what it made (docs/measurements.md).

pub mod books;
pub mod pages;
pub mod seed;
pub mod sheets;

use crate::demo::DemoError;

/// Why nothing was seeded or measured.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// The database failed.
    #[error("bench: {0}")]
    Database(#[from] sqlx::Error),
    /// The demonstration, from which all is made, could not be loaded.
    #[error(transparent)]
    Demonstration(#[from] DemoError),
    /// The database holds somebody's work.
    #[error(
        "the database is not empty: it can only be seeded where it is empty or holds just the demonstration; take another --data-dir or DATABASE_URL / 数据库中已有其他数据，只能在空数据库或只有演示数据的数据库中生成；请换用其他数据目录或数据库"
    )]
    NotEmpty,
    /// There is nothing to sign in to.
    #[error(
        "there is no demonstration here to measure: run `tuogou bench seed` first / 此数据库没有可测量的数据，请先运行 tuogou bench seed"
    )]
    Empty,
    /// Fewer than the demonstration has.
    #[error(
        "at least {0} associations: so many the demonstration has / 至少{0}个协会（演示数据的数量）"
    )]
    TooFew(i64),
    /// A table with rows of the campaign that the seed does not know how to fill.
    #[error(
        "table {0} is neither multiplied nor named as an exception: see src/bench/seed/exceptions.rs"
    )]
    UnknownTable(String),
    /// A file could not be read or written.
    #[error("{0}: {1}")]
    File(String, std::io::Error),
    /// Measuring went wrong.
    #[error("bench: {0}")]
    Measure(String),
}

impl BenchError {
    /// Whether the operator must set something right (exit status 2).
    #[must_use]
    pub const fn is_set_up(&self) -> bool {
        matches!(
            self,
            Self::NotEmpty | Self::Empty | Self::TooFew(_) | Self::File(..)
        )
    }
}
