//! The one way of forms: read leniently as typed, check in one pass, collect
//! every message, keep every value. A value can be taken only with the proof
//! that nothing failed (`Clean`).

use std::collections::BTreeSet;

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header;
use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use crate::access::OnceKey;

use super::answer::{count, date, money, text};
use super::routes::FORM_BYTES;
use super::{App, Error};

/// Most fields that a form may have.
const FIELDS: usize = 10_000;

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
}

/// The proof that all fields were read and none failed.
#[derive(Debug)]
pub struct Clean(());

/// The form has messages: the page must be shown again.
#[derive(Debug)]
pub struct Invalid;

/// A field that has been read; `check` it, then `required` or `optional`.
#[must_use]
pub struct Field<'f, T> {
    form: &'f mut Form,
    name: String,
    label: String,
    value: Option<T>,
    failed: bool,
}

/// A value that waits for the proof.
#[derive(Debug)]
#[must_use]
pub struct Slot<T>(Option<T>);

impl<T> Slot<T> {
    /// The value.
    #[must_use]
    pub fn take(self, _: &Clean) -> T {
        self.0.unwrap_or_else(|| {
            unreachable!("a field without value has a message, so there is no proof")
        })
    }
}

impl Form {
    /// A form with these values, to be filled in.
    #[must_use]
    pub fn filled(fields: Vec<(String, String)>) -> Self {
        Self {
            fields,
            ..Self::default()
        }
    }

    /// A form read from a body.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        Self {
            fields: form_urlencoded::parse(body).into_owned().collect(),
            digest: Sha256::digest(body).to_vec(),
            ..Self::default()
        }
    }

    /// A form from the fields of a multipart body.
    #[must_use]
    pub fn from_parts(fields: Vec<(String, String)>, digest: Vec<u8>) -> Self {
        Self {
            fields,
            digest,
            ..Self::default()
        }
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

    /// Which button was pressed, among those that change only the page.
    #[must_use]
    pub fn pressed(&self, name: &str) -> Option<String> {
        self.raw(name).map(str::to_owned)
    }

    /// A text of at most `max` characters.
    pub fn text(&mut self, name: &str, label: &str, max: usize) -> Field<'_, String> {
        self.read(name, label, |typed| text::parse(typed, max))
    }

    /// A date in any of the usual ways of writing.
    pub fn date(&mut self, name: &str, label: &str) -> Field<'_, NaiveDate> {
        self.read(name, label, date::parse)
    }

    /// An amount in 万元, as cents.
    pub fn money(&mut self, name: &str, label: &str) -> Field<'_, i64> {
        self.read(name, label, money::parse)
    }

    /// A count of people or things.
    pub fn count(&mut self, name: &str, label: &str) -> Field<'_, i64> {
        self.read(name, label, count::parse)
    }

    /// One of the values on offer.
    pub fn choice(&mut self, name: &str, label: &str, allowed: &[&str]) -> Field<'_, String> {
        let mut field = self.text(name, label, 200);
        let unknown = field
            .value
            .as_ref()
            .is_some_and(|value| !allowed.contains(&value.as_str()));
        if unknown {
            field.refuse("选项无效，请从所列选项中选择。");
        }
        field
    }

    /// Yes or no.
    pub fn yes_no(&mut self, name: &str, label: &str) -> Field<'_, bool> {
        self.read(name, label, |typed| match typed.trim() {
            "" => Ok(None),
            "yes" => Ok(Some(true)),
            "no" => Ok(Some(false)),
            _ => Err("选项无效，请选择“是”或“否”。".to_owned()),
        })
    }

    /// A tick: there or not.
    pub fn tick(&mut self, name: &str) -> bool {
        self.known.insert(name.to_owned());
        self.raw(name).is_some_and(|value| !value.is_empty())
    }

    /// The ticked values of a group.
    pub fn ticks(&mut self, name: &str, label: &str, allowed: &[&str]) -> Vec<String> {
        let chosen: Vec<String> = self
            .fields
            .iter()
            .filter(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.clone())
            .collect();
        self.known.insert(format!("{name}[]"));
        if chosen
            .iter()
            .any(|value| !allowed.contains(&value.as_str()))
        {
            self.fail(name, label, "选项无效，请从所列选项中选择。");
        }
        chosen
    }

    /// Marks fields with this prefix as read elsewhere (row tables).
    pub fn knows(&mut self, name: &str) {
        self.known.insert(name.to_owned());
    }

    fn read<T>(
        &mut self,
        name: &str,
        label: &str,
        parse: impl FnOnce(&str) -> Result<Option<T>, String>,
    ) -> Field<'_, T> {
        self.known.insert(name.to_owned());
        let typed = self.raw(name).unwrap_or_default().to_owned();
        let mut field = Field {
            form: self,
            name: name.to_owned(),
            label: label.to_owned(),
            value: None,
            failed: false,
        };
        match parse(&typed) {
            Ok(value) => field.value = value,
            Err(message) => field.refuse(&message),
        }
        field
    }

    /// The proof, if nothing failed. Fields that the page does not have, and
    /// single fields sent twice, fail too (security.md B14, B15).
    pub fn done(&mut self) -> Result<Clean, Invalid> {
        let mut seen = BTreeSet::new();
        let mut strangers = false;
        for (name, _) in &self.fields {
            let internal = matches!(name.as_str(), "request_id" | "version" | "_method");
            let group = self.known.contains(&format!("{name}[]"));
            let known = internal || group || self.known.contains(name);
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

impl<T> Field<'_, T> {
    fn refuse(&mut self, message: &str) {
        if !self.failed {
            self.failed = true;
            self.value = None;
            self.form.fail(&self.name, &self.label, message);
        }
    }

    /// Refuses a value that is there but does not satisfy `fits`.
    pub fn check(mut self, fits: impl FnOnce(&T) -> bool, message: &str) -> Self {
        if self.value.as_ref().is_some_and(|value| !fits(value)) {
            self.refuse(message);
        }
        self
    }

    /// The value must be there.
    pub fn required(mut self, message: &str) -> Slot<T> {
        if self.value.is_none() {
            self.refuse(message);
        }
        Slot(self.value)
    }

    /// The value may be missing.
    pub fn optional(self) -> Slot<Option<T>> {
        Slot(Some(self.value))
    }
}

impl FromRequest<App> for Form {
    type Rejection = Error;

    async fn from_request(request: Request, _: &App) -> Result<Self, Error> {
        let urlencoded = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| {
                let mut parts = value
                    .split(';')
                    .map(|part| part.trim().to_ascii_lowercase());
                parts.next().as_deref() == Some("application/x-www-form-urlencoded")
                    && parts.all(|part| !part.starts_with("charset=") || part == "charset=utf-8")
            });
        if !urlencoded {
            return Err(Error::Unsupported);
        }
        let body = to_bytes(request.into_body(), FORM_BYTES)
            .await
            .map_err(|_| Error::TooLarge)?;
        if std::str::from_utf8(&percent_encoding::percent_decode(&body).collect::<Vec<u8>>())
            .is_err()
        {
            return Err(Error::Malformed(
                "内容的编码无法识别，请使用页面上的表单提交。",
            ));
        }
        let form = Self::parse(&body);
        if form.fields.len() > FIELDS {
            return Err(Error::TooLarge);
        }
        Ok(form)
    }
}
