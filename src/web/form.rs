//! The one way of forms: read leniently as typed, check in one pass, collect
//! every message, keep every value. A value can be taken only with the proof
//! that nothing failed (`Clean`).

mod field;
mod read;
mod request;

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::access::OnceKey;

use super::Error;
use super::conflict::{Line, choosing};

pub use field::{Field, Slot};
pub use request::is_urlencoded;

/// Rows of a table beyond which a form is not even read; up to it the table itself
/// says that it takes 500 (bad input 22).
const ROWS: usize = 1_000;

/// What a form that was parked says where a file was sent with it.
pub const FILE_LOST: &str = "_file";

/// What a character that cannot be kept is shown as.
const SHOWN: &str = "\u{FFFD}";

/// A message beside a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What is wrong and how to mend it.
    pub message: String,
}

/// A form as somebody typed it, with the messages found so far.
#[derive(Debug, Clone, Default)]
pub struct Form {
    fields: Vec<(String, String)>,
    known: BTreeSet<String>,
    errors: Vec<FieldError>,
    digest: Vec<u8>,
    file: bool,
}

/// Whether a field is the form's own making, which nobody types.
#[must_use]
pub fn is_sealed(name: &str) -> bool {
    matches!(
        name,
        "request_id" | "version" | "seen" | "opened_as" | "base"
    )
}

/// The proof that all fields were read and none failed.
#[derive(Debug)]
pub struct Clean(());

/// The form has messages: the page must be shown again.
#[derive(Debug)]
pub struct Invalid;

impl Form {
    /// A form with these values, to be filled in.
    #[must_use]
    pub fn filled(fields: Vec<(String, String)>) -> Self {
        Self {
            fields,
            ..Self::default()
        }
    }

    /// A form of single fields, each with its value.
    #[must_use]
    pub fn of_lines(lines: impl IntoIterator<Item = (Line, String)>) -> Self {
        let lines = lines.into_iter();
        Self::filled(lines.map(|(line, value)| (line.name, value)).collect())
    }

    /// A form read from a body.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        let fields = form_urlencoded::parse(body).into_owned().collect();
        Self::from_parts(fields, Sha256::digest(body).to_vec())
    }

    /// A form from its fields. No NUL gets past here, whoever reads the field: the
    /// database takes none (bad input 4).
    #[must_use]
    pub fn from_parts(mut fields: Vec<(String, String)>, digest: Vec<u8>) -> Self {
        choosing::settle(&mut fields);
        let mut errors = Vec::new();
        for (name, value) in &mut fields {
            if name.contains('\0') {
                *name = name.replace('\0', SHOWN);
            }
            if value.contains('\0') {
                *value = value.replace('\0', SHOWN);
                errors.push(FieldError {
                    name: name.clone(),
                    label: "填写的内容".to_owned(),
                    message: "含有不可显示的字符（显示为“�”），请删去后重新提交。".to_owned(),
                });
            }
        }
        Self {
            fields,
            errors,
            digest,
            ..Self::default()
        }
    }

    /// Whether a table has so many rows that no page can show them again: drawn with
    /// their messages, 9,500 rows came back as 40 MB after a minute of work. Fields of
    /// rows are named `table.number.column`.
    #[must_use]
    pub fn has_too_many_rows(&self) -> bool {
        let mut rows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (name, _) in &self.fields {
            let mut parts = name.split('.');
            if let (Some(table), Some(number), Some(_)) = (parts.next(), parts.next(), parts.next())
            {
                rows.entry(table).or_default().insert(number);
            }
        }
        rows.values().any(|numbers| numbers.len() > ROWS)
    }

    /// All fields as typed.
    #[must_use]
    pub fn fields(&self) -> &[(String, String)] {
        &self.fields
    }

    /// The value of a field as typed; empty if there is none.
    #[must_use]
    pub fn value(&self, name: &str) -> String {
        self.raw(name).unwrap_or_default().to_owned()
    }

    /// The value of a field as typed.
    #[must_use]
    pub fn raw(&self, name: &str) -> Option<&str> {
        self.fields
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Whether a tick or choice of this name has this value.
    #[must_use]
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.fields
            .iter()
            .any(|(key, typed)| key == name && typed == value)
    }

    /// The first message of a field.
    #[must_use]
    pub fn error(&self, name: &str) -> Option<String> {
        self.errors
            .iter()
            .find(|error| error.name == name)
            .map(|error| error.message.clone())
    }

    /// All messages, in the order of the fields.
    #[must_use]
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Adds a message.
    pub fn fail(&mut self, name: &str, label: &str, message: impl Into<String>) {
        self.known.insert(name.to_owned());
        self.errors.push(FieldError {
            name: name.to_owned(),
            label: label.to_owned(),
            message: message.into(),
        });
    }

    /// Sets a value, as when a page is shown for the first time.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.fields.push((name.to_owned(), value.into()));
    }

    /// Fills a field in that was left empty.
    pub fn complete(&mut self, name: &str, value: &str) {
        if self.value(name).trim().is_empty() {
            self.fields.retain(|(key, _)| key != name);
            self.set(name, value);
        }
    }

    /// The version that the person was looking at.
    pub fn version(&mut self) -> Result<i32, Error> {
        self.known.insert("version".to_owned());
        self.raw("version")
            .and_then(|typed| typed.parse().ok())
            .ok_or(Error::Malformed("页面已更新，请返回上一页刷新后重新提交。"))
    }

    /// The once-only key, where the form carries a well-formed one.
    #[must_use]
    pub fn once(&self) -> Option<OnceKey> {
        let key = self.raw("request_id")?;
        let fits = (8..=64).contains(&key.len())
            && key
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        fits.then(|| OnceKey {
            key: key.to_owned(),
            digest: self.digest.clone(),
        })
    }

    /// A file came with it.
    pub(in crate::web) fn carries_file(&mut self) {
        self.file = true;
    }

    /// Whether a file came with it, which the page cannot show again.
    #[must_use]
    pub const fn carried_file(&self) -> bool {
        self.file
    }

    /// Says beside the file's field that the file must be chosen again, where one came
    /// and nothing else is said of it: no browser keeps it.
    pub(in crate::web) fn tell_of_file(&mut self) {
        if self.file && self.error("file").is_none() {
            self.fail("file", "文件", "浏览器不保留所选的文件，请重新选择。");
        }
    }

    /// Whether a file came with it when it was parked; it is asked once.
    pub(in crate::web) fn lost_file(&mut self) -> bool {
        let before = self.fields.len();
        self.fields.retain(|(name, _)| name != FILE_LOST);
        self.fields.len() < before
    }

    /// Which button was pressed, among those that change only the page.
    #[must_use]
    pub fn pressed(&self, name: &str) -> Option<String> {
        self.raw(name).map(str::to_owned)
    }
}

impl Form {
    /// The proof, if nothing failed. Fields that the page does not have, and
    /// single fields sent twice, fail too (security.md B14, B15).
    pub fn done(&mut self) -> Result<Clean, Invalid> {
        let mut seen = BTreeSet::new();
        let mut strangers = false;
        for (name, _) in &self.fields {
            let group = self.known.contains(&format!("{name}[]"));
            let known = is_sealed(name) || group || self.known.contains(name);
            strangers |= !known || (!group && !seen.insert(name.clone()));
        }
        if strangers {
            self.fail(
                "form",
                "表单",
                "表单中有页面没有的内容或重复的内容，请刷新页面核对后重新提交。",
            );
        }
        if self.errors.is_empty() {
            Ok(Clean(()))
        } else {
            Err(Invalid)
        }
    }
}
