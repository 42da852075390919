//! 签署的内容: what somebody agreed to when they approved, signed, verified, filed or
//! accepted, and that it is void by itself once that reads otherwise (acts.md 3;
//! docs/decisions/0024). Every kind stands in one table, `rules::Kind`; the rooms' pages
//! read here what is void. Binding and voiding is `settling`'s, with every write.

pub mod pages;
pub mod rules;
pub mod store;

/// What a page says of content that was changed.
pub const CHANGED: &str = "同意的内容已变更";
