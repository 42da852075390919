//! What a column holds, and what is known of it besides its cells.

use crate::web::answer::unit::Unit;

pub use crate::scheme::tables::CellKind as Kind;

impl Kind {
    /// It is a number that may be 0.
    pub(super) fn is_amount(self) -> bool {
        matches!(self, Self::Money | Self::Count | Self::Area | Self::Percent)
    }

    /// 无 says that there is none, which forms say by an empty field.
    pub(super) fn is_missing_by_word(self) -> bool {
        matches!(
            self,
            Self::Code
                | Self::Certificate
                | Self::CodeOrCertificate
                | Self::Day
                | Self::Month
                | Self::Phone
                | Self::Person
        )
    }
}

/// What is known of a column besides its cells.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The unit that its heading or the title states, or that a person chose.
    pub unit: Option<Unit>,
    /// Key and label of what may be chosen.
    pub options: &'a [(String, String)],
    /// Most characters, where the field has fewer or more than is usual.
    pub max: Option<usize>,
}

impl Context<'_> {
    pub(super) fn most(&self, usual: usize) -> usize {
        self.max.unwrap_or(usual)
    }
}
