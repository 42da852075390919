//! What the person had on the screen: every act on a matter is done on that, and not
//! on what somebody else has made of it since.

use sha2::{Digest, Sha256};

/// What was seen of a matter when its form was drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen(What);

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    Version(i32),
    List(String),
    Nothing,
}

impl Seen {
    /// The row version of one matter; 0 where there was none yet.
    #[must_use]
    pub const fn version(version: i32) -> Self {
        Self(What::Version(version))
    }

    /// A digest over the lines of a list: what is decided together is seen together.
    /// It is computed again from the rows under lock.
    pub fn list(lines: impl IntoIterator<Item = String>) -> Self {
        let mut hash = Sha256::new();
        for line in lines {
            hash.update(line.len().to_be_bytes());
            hash.update(line.as_bytes());
        }
        let digest = hex::encode(hash.finalize());
        Self(What::List(digest.chars().take(32).collect()))
    }

    /// Nothing: only for acts that decide nothing, such as 签收 or a comment. Which
    /// acts these are, and why, stands in the table of acts; a test lists them.
    #[must_use]
    pub const fn any(_why: &'static str) -> Self {
        Self(What::Nothing)
    }

    /// What a form carries.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.0 {
            What::Version(version) => version.to_string(),
            What::List(digest) => digest.clone(),
            What::Nothing => String::new(),
        }
    }

    /// What a form carried; none where it is neither a version nor a digest.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(version) = text.parse() {
            return Some(Self::version(version));
        }
        let digest = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digest.then(|| Self(What::List(text.to_owned())))
    }

    /// Whether the matter still has the version that was seen.
    #[must_use]
    pub fn is_version(&self, now: i32) -> bool {
        match self.0 {
            What::Version(seen) => seen == now,
            What::Nothing => true,
            What::List(_) => false,
        }
    }

    /// Whether the list still reads as it was seen.
    #[must_use]
    pub fn is_list(&self, now: &Self) -> bool {
        matches!(self.0, What::Nothing) || self == now
    }
}

impl From<i32> for Seen {
    fn from(version: i32) -> Self {
        Self::version(version)
    }
}

impl From<&i32> for Seen {
    fn from(version: &i32) -> Self {
        Self::version(*version)
    }
}

impl From<&Self> for Seen {
    fn from(seen: &Self) -> Self {
        seen.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    fn list(lines: &[&str]) -> Seen {
        Seen::list(lines.iter().map(|line| (*line).to_owned()))
    }

    #[test]
    fn a_list_is_the_same_with_the_same_lines_in_the_same_order_only() {
        assert_eq!(list(&["a", "b"]), list(&["a", "b"]));
        assert_ne!(list(&["a", "b"]), list(&["b", "a"]));
        assert_ne!(list(&["a", "b"]), list(&["ab"]));
        assert_ne!(list(&["a"]), list(&["a", ""]));
    }

    #[test]
    fn what_a_form_carries_reads_back() {
        for seen in [Seen::version(0), Seen::version(17), list(&["a"])] {
            assert_eq!(Seen::parse(&seen.text()), Some(seen));
        }
        for rubbish in ["", "x", "1.5", "99999999999", "zz", &"g".repeat(32)] {
            assert_eq!(Seen::parse(rubbish), None, "{rubbish}");
        }
    }

    #[test]
    fn a_version_is_not_a_list_and_nothing_is_both() {
        assert!(Seen::version(3).is_version(3) && !Seen::version(3).is_version(4));
        assert!(!Seen::version(3).is_list(&list(&["a"])) && !list(&["a"]).is_version(3));
        assert!(Seen::any("签收").is_version(9) && Seen::any("签收").is_list(&list(&[])));
    }
}
