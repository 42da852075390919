//! What of an association has periods (FZ-2).

pub use crate::accounts::rules::periods::Because;

crate::words! {
    /// What has periods; the responsible unit has its own (`association_unit`).
    #[derive(PartialOrd, Ord)]
    pub enum Field {
        Name = "name", "协会名称";
        Uscc = "uscc", "统一社会信用代码";
        Domicile = "domicile", "住所";
        LegalRepresentative = "legal_representative", "法定代表人";
        BusinessScope = "business_scope", "业务范围";
        Scope = "scope", "范围认定";
    }
}

/// A value that reads otherwise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Differs {
    /// Which.
    pub field: Field,
    /// What stood there.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// The labels of what reads otherwise, for a sentence.
#[must_use]
pub fn named(differing: &[Differs]) -> String {
    let labels = differing.iter().map(|each| each.field.label());
    labels.collect::<Vec<_>>().join("、")
}
