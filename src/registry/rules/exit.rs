//! How an association leaves (domain 0.1, SC-12): its own outcome, not a stage.

crate::words! {
    /// 注销、撤销、合并.
    pub enum ExitKind {
        Deregistered = "deregistered", "注销";
        Revoked = "revoked", "撤销";
        /// 合并, into another association.
        Merged = "merged", "合并";
    }
}

impl ExitKind {
    /// How an association stands afterwards.
    #[must_use]
    pub const fn done(self) -> &'static str {
        match self {
            Self::Deregistered => "已注销",
            Self::Revoked => "已撤销",
            Self::Merged => "已合并",
        }
    }
}
