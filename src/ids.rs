//! Typed identifiers, so that a plan's number is never taken for an association's.
//! They stand before `access`, because facts and scopes name them.

/// Defines a newtype over the `bigint` key of one table.
macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default,
            serde::Serialize, serde::Deserialize, sqlx::Type,
        )]
        #[sqlx(transparent)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(formatter)
            }
        }
    };
}

id!(
    /// A person who can sign in.
    AccountId
);
id!(
    /// A (department, role) pair of an account.
    CapacityId
);
id!(
    /// An organ or other body.
    DepartmentId
);
id!(
    /// An industry association or chamber of commerce.
    AssociationId
);

/// The campaign that every row belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CampaignId(pub i32);
