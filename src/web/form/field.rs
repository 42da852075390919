//! A field that has been read, and the value that waits for the proof.

use super::{Clean, Form};

/// A field that has been read; `check` it, then `required` or `optional`.
#[must_use]
pub struct Field<'f, T> {
    pub(super) form: &'f mut Form,
    pub(super) name: String,
    pub(super) label: String,
    pub(super) value: Option<T>,
    pub(super) failed: bool,
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

impl<T> Slot<Option<T>> {
    /// Of a field that the form does not have.
    pub const fn none() -> Self {
        Self(Some(None))
    }
}

impl<T> Field<'_, T> {
    pub(super) fn refuse(&mut self, message: &str) {
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
