//! By whom the form on paper is signed.

/// What stands beneath the form, and the question that asks who it was or when.
pub const SIGNED: [(&str, &str); 4] = [
    ("填表人", "SV-92"),
    ("审核人", "SV-93"),
    ("单位负责人（盖章）", "SV-94"),
    ("日期", "SV-95"),
];

/// Whether a question is answered beneath the form, not in it.
#[must_use]
pub fn is_signature(question: &str) -> bool {
    SIGNED.iter().any(|(_, code)| *code == question)
}
