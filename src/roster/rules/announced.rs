//! What is announced to the public: what the papers are called.

use super::amendments::AmendmentKind;

/// The title of the paper of an amendment.
#[must_use]
pub const fn amendment(kind: AmendmentKind) -> &'static str {
    match kind {
        AmendmentKind::Add => "关于增补脱钩名单的公告",
        AmendmentKind::Adjust => "关于调整脱钩名单的公告",
        AmendmentKind::Withdraw => "关于将有关行业协会商会撤出脱钩名单的公告",
        AmendmentKind::Correct => "关于更正脱钩名单的公告",
    }
}
