//! Short keyed marks that forms carry: what stood in a field when the form was opened,
//! and whose form it is. Under a key of their own, made of the audit key: the session's
//! secret ends with the session, and these are asked after it has ended.

use crate::audit::AuditKey;
use crate::audit::key::mac;
use crate::ids::AccountId;

/// Characters of a mark: two values in one field are told apart, none is found out.
const LENGTH: usize = 12;

/// The key of marks.
#[derive(Clone)]
pub struct Marks(Vec<u8>);

impl std::fmt::Debug for Marks {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Marks(…)")
    }
}

impl Marks {
    /// Under a key derived from the audit key.
    #[must_use]
    pub fn new(key: &AuditKey) -> Self {
        Self(mac(key.bytes(), &[b"marks of forms"]))
    }

    /// The mark of a value in a field.
    #[must_use]
    pub fn of(&self, field: &str, value: &[&str]) -> String {
        let parts = std::iter::once(&field).chain(value);
        let parts: Vec<&[u8]> = parts.map(|part| part.as_bytes()).collect();
        let mut mark = hex::encode(mac(&self.0, &parts));
        mark.truncate(LENGTH);
        mark
    }

    /// The mark of an account on the forms that it opens.
    #[must_use]
    pub fn account(&self, account: AccountId) -> String {
        self.of("account", &[&account.0.to_string()])
    }
}
