//! What has become of a person's post, in words.

crate::words! {
    /// What has become of a person's post.
    #[derive(PartialOrd, Ord)]
    pub enum Standing {
        /// Must still be put right.
        Open = "open", "待清理";
        /// Resigned.
        Resigned = "resigned", "已辞去";
        /// Approved (审批).
        Approved = "approved", "已审批";
        /// Filed (备案).
        Filed = "filed", "已备案";
        /// Chose to leave and was placed.
        Left = "left", "已离开并安置";
        /// Chose to stay and left the civil service.
        Stayed = "stayed", "已留任转身份";
        /// The institution post was given back.
        Recovered = "recovered", "编制已收回";
        /// Nothing to put right.
        Free = "free", "无须清理";
    }
}

impl Standing {
    /// Something had to be put right, and was.
    #[must_use]
    pub fn is_cleared(self) -> bool {
        !matches!(self, Self::Open | Self::Free)
    }
}
