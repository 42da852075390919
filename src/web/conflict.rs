//! Two people edited the same thing: both versions side by side, the own values
//! kept, one click to take or keep each (TC-55). The page is a form to the same
//! address, so that the room needs nothing of its own for it.

use askama::Template;
use axum::http::StatusCode;

use super::Error;
use super::form::Form;
use super::page::{Page, html_with};

/// A field in which the two versions differ.
#[derive(Debug, Clone)]
pub struct Difference {
    /// The field's name.
    pub name: String,
    /// Its label.
    pub label: String,
    /// What stands there now.
    pub theirs: String,
    /// What this person typed.
    pub mine: String,
    /// What stands there now, as people read it.
    pub theirs_words: String,
    /// What this person typed, as people read it.
    pub mine_words: String,
}

#[derive(Template)]
#[template(path = "conflict.html")]
struct ConflictPage {
    page: Page,
    action: String,
    who: String,
    version: i32,
    differences: Vec<Difference>,
    agreed: Vec<(String, String)>,
}

/// What people read for a field's value.
pub type Words = Box<dyn Fn(&str, &str) -> String + Send>;

/// What stands there now, of a form that somebody else has saved meanwhile.
pub struct Theirs {
    /// The version now in force.
    pub version: i32,
    /// The fields: name, label, value as a form would show it.
    pub fields: Vec<(String, String, String)>,
    /// What people read for a field's value, by its name and value.
    pub words: Words,
}

/// What was found when somebody saved on an older version.
pub struct Conflict<'a> {
    /// The form's address.
    pub action: String,
    /// Who changed it meanwhile, and when.
    pub who: String,
    /// The version now in force.
    pub version: i32,
    /// The fields as they stand now: name, label, value as a form would show it.
    pub current: Vec<(String, String, String)>,
    /// What this person typed.
    pub typed: &'a Form,
}

impl Conflict<'_> {
    /// The page with both versions, as an error with status 409.
    #[must_use]
    pub fn into_error(self, page: Page) -> Error {
        self.in_words(page, |_, value| value.to_owned())
    }

    /// The same, where a field's value is not what people read: `words` says a
    /// choice's label by the field's name and value.
    #[must_use]
    pub fn in_words(self, page: Page, words: impl Fn(&str, &str) -> String) -> Error {
        let mut differences = Vec::new();
        let mut agreed: Vec<(String, String)> = Vec::new();
        for (name, value) in self.typed.fields() {
            if matches!(
                name.as_str(),
                "version" | "seen" | "request_id" | "opened_as"
            ) || name.starts_with('_')
            {
                continue;
            }
            match self
                .current
                .iter()
                .find(|(current, _, theirs)| current == name && theirs != value)
            {
                Some((name, label, theirs)) => differences.push(Difference {
                    name: name.clone(),
                    label: label.clone(),
                    theirs: theirs.clone(),
                    mine: value.clone(),
                    theirs_words: words(name, theirs),
                    mine_words: words(name, value),
                }),
                None => agreed.push((name.clone(), value.clone())),
            }
        }
        let view = ConflictPage {
            page,
            action: self.action,
            who: self.who,
            version: self.version,
            differences,
            agreed,
        };
        match html_with(StatusCode::CONFLICT, &view) {
            Ok(response) => Error::Stale(Box::new(response)),
            Err(error) => error,
        }
    }
}
