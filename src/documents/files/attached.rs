//! A file attached to something, as pages list it.

/// A file attached to something, as a page lists it.
#[derive(Debug, Clone)]
pub struct Attached {
    /// What it is attached to.
    pub to: i64,
    /// Its number.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// Its size.
    pub bytes_total: i64,
}

impl Attached {
    /// Its size in words.
    #[must_use]
    pub fn size(&self) -> String {
        size(self.bytes_total)
    }
}

/// A size in words.
#[must_use]
pub fn size(bytes: i64) -> String {
    if bytes < 1024 * 1024 {
        format!("{}KB", (bytes + 1023) / 1024)
    } else {
        format!(
            "{}.{}MB",
            bytes / (1024 * 1024),
            bytes % (1024 * 1024) * 10 / (1024 * 1024)
        )
    }
}
