//! What has become of a person's post, in words.

/// What has become of a person's post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Must still be put right.
    Open,
    /// Resigned.
    Resigned,
    /// Approved (审批).
    Approved,
    /// Filed (备案).
    Filed,
    /// Chose to leave and was placed.
    Left,
    /// Chose to stay and left the civil service.
    Stayed,
    /// The institution post was given back.
    Recovered,
    /// Nothing to put right.
    Free,
}

impl Standing {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Open,
        Self::Resigned,
        Self::Approved,
        Self::Filed,
        Self::Left,
        Self::Stayed,
        Self::Recovered,
        Self::Free,
    ];

    /// The value in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Resigned => "resigned",
            Self::Approved => "approved",
            Self::Filed => "filed",
            Self::Left => "left",
            Self::Stayed => "stayed",
            Self::Recovered => "recovered",
            Self::Free => "free",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Open => "待清理",
            Self::Resigned => "已辞去",
            Self::Approved => "已审批",
            Self::Filed => "已备案",
            Self::Left => "已离开并安置",
            Self::Stayed => "已留任转身份",
            Self::Recovered => "编制已收回",
            Self::Free => "无须清理",
        }
    }
}
