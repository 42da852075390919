//! The list as published and as amended, side by side (LI-8, LI-9).

use crate::clock::chinese_date;
use crate::database::Db;
use crate::roster::store::amendments::{self, Amendment, Current};
use crate::roster::store::publications::{self as store, Published};

/// Both lists and what lies between them.
pub struct Lists {
    /// As published.
    pub published: Vec<Published>,
    /// As it stands.
    pub current: Vec<Current>,
    /// The amendments.
    pub amendments: Vec<Amendment>,
    /// Of the list as it stands, how many have left.
    pub exited: usize,
}

impl Lists {
    /// Reads both.
    pub async fn load(db: &mut Db) -> Result<Self, sqlx::Error> {
        let current = amendments::current(db).await?;
        Ok(Self {
            published: store::published(db).await?,
            exited: current.iter().filter(|row| row.exit_kind.is_some()).count(),
            current,
            amendments: amendments::amendments(db).await?,
        })
    }

    /// Whether the list as it stands is another one than the published.
    #[must_use]
    pub fn differ(&self) -> bool {
        !self.amendments.is_empty() || self.exited > 0
    }
}

impl Amendment {
    /// 增补第1号.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}第{}号", self.kind.label(), self.number)
    }
}

/// Title, number and date of each publication, once.
#[must_use]
pub fn publications(rows: &[Published]) -> Vec<String> {
    let mut named: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "{}（{}年第{}号，{}）",
                row.title,
                row.year,
                row.number,
                chinese_date(row.published_on)
            )
        })
        .collect();
    named.dedup();
    named
}
