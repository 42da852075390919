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
    /// A password hides what is in it.
    pub encrypted: bool,
    /// Its pages, where they were told.
    pub pages: Option<i32>,
}

impl Attached {
    /// What stands beside its name.
    #[must_use]
    pub fn about(&self) -> String {
        paged(about(self.bytes_total, self.encrypted), self.pages)
    }
}

/// What stands beside a file's name: its size, and whether nobody could look into it.
#[must_use]
pub fn about(bytes: i64, encrypted: bool) -> String {
    let hidden = if encrypted {
        "，已加密，无法预检"
    } else {
        ""
    };
    format!("{}{hidden}", size(bytes))
}

/// The same with its pages, where they were told.
#[must_use]
pub fn paged(about: String, pages: Option<i32>) -> String {
    match pages {
        Some(pages) => format!("{about}，{pages}页"),
        None => about,
    }
}

/// A size in words.
fn size(bytes: i64) -> String {
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
