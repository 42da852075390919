//! Two people edited the same thing (TC-55). Three versions are compared: what stood
//! there when the form was opened, what this person sent, what the other has saved. The
//! page comes merged and says what was taken over, what stays, and where a choice is
//! needed; one click saves it. It is a form to the same address, so that the room needs
//! nothing of its own for it but the labels of its fields.

pub mod base;
pub mod choosing;
pub mod merge;
mod page;
pub mod shape;
pub mod sides;

use axum::http::StatusCode;

use crate::access::Act;

use super::Error;
use super::form::{Form, is_sealed};
use super::marks::Marks;
use super::page::{Page, html_with};

use base::Base;
use merge::{Merged, Merging};
use page::ConflictPage;
use sides::Side;

pub use shape::{Line, Part, Table, asked};

/// What stands there now, of a form that two people may save.
pub struct Theirs {
    /// The version now in force.
    pub version: i32,
    /// What the form asks.
    pub parts: Vec<Part>,
    /// Names and values, as the form shows them.
    pub fields: Vec<(String, String)>,
}

impl Theirs {
    /// A form of single fields, each with its value.
    #[must_use]
    pub fn lines(version: i32, lines: impl IntoIterator<Item = (Line, String)>) -> Self {
        let (parts, fields) = lines
            .into_iter()
            .map(|(line, value)| {
                let name = line.name.clone();
                (Part::Line(line), (name, value))
            })
            .unzip();
        Self {
            version,
            parts,
            fields,
        }
    }

    /// What the form carries of how it stands.
    #[must_use]
    pub fn base(&self, marks: &Marks) -> String {
        Base::of(&self.parts, &self.fields, marks).text()
    }

    /// This version and what somebody sent, made one.
    #[must_use]
    fn merged(&self, typed: &Form, marks: &Marks) -> Merged {
        let base = typed.raw(base::BASE).and_then(Base::parse);
        let merging = Merging {
            base: base.as_ref(),
            mine: Side::of(typed.fields()),
            theirs: Side::of(&self.fields),
            marks,
        };
        let mut merged = merging.run(&self.parts);
        let besides = typed.fields().iter().filter(|(name, _)| !self.asks(name));
        merged.fields.extend(besides.cloned());
        merged
    }

    /// Whether a field is the merging's to settle, or the form's own making.
    fn asks(&self, name: &str) -> bool {
        is_sealed(name)
            || name.starts_with('_')
            || self.parts.iter().any(|part| match part {
                Part::Line(line) => line.name == name,
                Part::Table(table) => {
                    let rest = name.strip_prefix(table.name.as_str());
                    rest.is_some_and(|rest| rest.starts_with('.'))
                }
            })
    }
}

/// What was found when somebody saved on an older version.
pub struct Conflict<'a> {
    /// The form's address and the act that it does.
    pub form: (&'a str, Act),
    /// Who saved meanwhile, and when.
    pub who: String,
    /// What stands there now.
    pub theirs: Theirs,
    /// What this person typed.
    pub typed: &'a Form,
}

impl Conflict<'_> {
    /// The page, as an error with status 409.
    #[must_use]
    pub fn into_error(self, page: Page, marks: &Marks) -> Error {
        let (address, act) = self.form;
        let mut seal = page.seal(address, &act, self.theirs.version);
        seal.base = Some(self.theirs.base(marks));
        let merged = self.theirs.merged(self.typed, marks);
        let mut view = ConflictPage::new((page, seal), address, self.who, merged);
        view.file = self.typed.carried_file();
        match html_with(StatusCode::CONFLICT, &view) {
            Ok(response) => Error::Stale(Box::new(response)),
            Err(error) => error,
        }
    }
}

#[cfg(test)]
mod tests;
