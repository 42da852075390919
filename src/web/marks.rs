//! Short keyed marks that forms carry: what stood in a field when the form was opened,
//! and whose form it is. Under a key of their own, made of the audit key: the session's
//! secret ends with the session, and these are asked after it has ended.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::audit::AuditKey;
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

fn mac(key: &[u8], parts: &[&str]) -> Vec<u8> {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key)
        .unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    for part in parts {
        mac.update(&part.len().to_be_bytes());
        mac.update(part.as_bytes());
    }
    mac.finalize().into_bytes().to_vec()
}

impl Marks {
    /// Under a key derived from the audit key.
    #[must_use]
    pub fn new(key: &AuditKey) -> Self {
        Self(mac(key.bytes(), &["marks of forms"]))
    }

    /// The mark of a value in a field.
    #[must_use]
    pub fn of(&self, field: &str, value: &[&str]) -> String {
        let parts: Vec<&str> = std::iter::once(field)
            .chain(value.iter().copied())
            .collect();
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
