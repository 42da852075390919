//! What follows from a changed content by itself: nobody may do it alone.

use crate::access::acts::acts;

use super::Decision;

acts! {
    /// 同意的内容变更后失效 (docs/decisions/0024).
    Signatures {
        SignatureVoid = "signature.void", "内容变更，原意见失效", done "原意见已失效。", decision alone "follows from the change of what was agreed to";
    }
}

pub(super) const fn signatures(act: Signatures) -> Decision {
    match act {
        Signatures::SignatureVoid => {
            Decision::Deny("原意见随所同意内容的变更自动失效，不单独办理。")
        }
    }
}
