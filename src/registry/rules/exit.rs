//! How an association leaves (domain 0.1, SC-12): its own outcome, not a stage.

/// 注销、撤销、合并.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum ExitKind {
    /// 注销
    Deregistered,
    /// 撤销
    Revoked,
    /// 合并, into another association.
    Merged,
}

impl ExitKind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::Deregistered, Self::Revoked, Self::Merged];

    /// The value kept in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Deregistered => "deregistered",
            Self::Revoked => "revoked",
            Self::Merged => "merged",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Deregistered => "注销",
            Self::Revoked => "撤销",
            Self::Merged => "合并",
        }
    }

    /// How an association stands afterwards.
    #[must_use]
    pub const fn done(self) -> &'static str {
        match self {
            Self::Deregistered => "已注销",
            Self::Revoked => "已撤销",
            Self::Merged => "已合并",
        }
    }

    /// The kind with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}
