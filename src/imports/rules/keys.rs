//! The columns that say whose row it is.

/// 协会名称.
pub const NAME: &str = "SV-01";
/// 统一社会信用代码.
pub const CODE: &str = "SV-02";
/// 登记证号.
pub const CERTIFICATE: &str = "SV-03";
/// The name of a person of the list of people.
pub const PERSON: &str = "SV-60.name";
