//! What a newly founded association must be able to say of itself (domain 10.11).

use serde::Deserialize;
use toml::Spanned;

/// A question of the check at foundation (NA-2); the good answer is always yes.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Founding {
    code: Spanned<String>,
    /// What must hold.
    pub text: String,
    /// Section of the scheme.
    pub basis: String,
    /// It may be answered 不涉及.
    #[serde(default)]
    pub may_not_concern: bool,
}

impl Founding {
    /// NA-2-1 …
    #[must_use]
    pub fn code(&self) -> &str {
        self.code.get_ref()
    }

    /// Where the code stands in its file, in bytes.
    #[must_use]
    pub fn position(&self) -> usize {
        self.code.span().start
    }
}
