//! A field of a form written by hand, told once: the handler reads it and the template
//! draws it from the same constant, so that name, label and limit cannot differ.

use chrono::NaiveDate;

use super::form::{Field, Form, Slot};

/// How a field is drawn, and how it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One line.
    Text,
    /// One line over the whole width.
    Wide,
    /// Several lines; so many rows.
    Long(usize),
    /// A day.
    Date,
    /// 万元, as cents.
    Money,
    /// A count.
    Count,
}

/// What a value must be, and what is said where it is not.
type Fits<T> = (fn(&T) -> bool, &'static str);

/// A field of a form that gives a `T`.
pub struct Ask<T> {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What stands under the label.
    pub hint: &'static str,
    /// How it is drawn.
    pub kind: Kind,
    /// Most characters of a text.
    pub max: usize,
    must: &'static str,
    fits: Option<Fits<T>>,
}

impl<T> Clone for Ask<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Ask<T> {}

const fn ask<T>(kind: Kind, name: &'static str, label: &'static str, max: usize) -> Ask<T> {
    Ask {
        name,
        label,
        hint: "",
        kind,
        max,
        must: "",
        fits: None,
    }
}

/// A text of one line.
#[must_use]
pub const fn text(name: &'static str, label: &'static str, max: usize) -> Ask<String> {
    ask(Kind::Text, name, label, max)
}

/// A text of one line that takes the whole width.
#[must_use]
pub const fn wide(name: &'static str, label: &'static str, max: usize) -> Ask<String> {
    ask(Kind::Wide, name, label, max)
}

/// A text of several lines.
#[must_use]
pub const fn longtext(name: &'static str, label: &'static str, max: usize) -> Ask<String> {
    ask(Kind::Long(3), name, label, max)
}

/// A day.
#[must_use]
pub const fn date(name: &'static str, label: &'static str) -> Ask<NaiveDate> {
    ask(Kind::Date, name, label, 0)
}

/// An amount in 万元, read as cents.
#[must_use]
pub const fn money(name: &'static str, label: &'static str) -> Ask<i64> {
    ask(Kind::Money, name, label, 0)
}

/// A count of people or things.
#[must_use]
pub const fn count(name: &'static str, label: &'static str) -> Ask<i64> {
    ask(Kind::Count, name, label, 0)
}

impl<T> Ask<T> {
    /// What stands under the label.
    #[must_use]
    pub const fn hint(mut self, hint: &'static str) -> Self {
        self.hint = hint;
        self
    }

    /// It must be filled in; says so.
    #[must_use]
    pub const fn must(mut self, message: &'static str) -> Self {
        self.must = message;
        self
    }

    /// Whether it must be filled in, which its label says.
    #[must_use]
    pub const fn is_must(&self) -> bool {
        !self.must.is_empty()
    }

    /// What is filled in must fit.
    #[must_use]
    pub const fn fits(mut self, fits: fn(&T) -> bool, message: &'static str) -> Self {
        self.fits = Some((fits, message));
        self
    }

    /// As a text of so many rows.
    #[must_use]
    pub const fn rows(mut self, rows: usize) -> Self {
        self.kind = Kind::Long(rows);
        self
    }

    /// Rows of a text of several lines; 0 for all others.
    #[must_use]
    pub const fn lines(&self) -> usize {
        match self.kind {
            Kind::Long(rows) => rows,
            _ => 0,
        }
    }

    fn checked<'f>(&self, field: Field<'f, T>) -> Field<'f, T> {
        match self.fits {
            Some((fits, message)) => field.check(fits, message),
            None => field,
        }
    }
}

/// What an [`Ask`] can be read as.
pub trait Asked: Sized {
    /// Reads the field.
    fn field<'f>(form: &'f mut Form, ask: &Ask<Self>) -> Field<'f, Self>;
}

impl Asked for String {
    fn field<'f>(form: &'f mut Form, ask: &Ask<Self>) -> Field<'f, Self> {
        form.text(ask.name, ask.label, ask.max)
    }
}

impl Asked for NaiveDate {
    fn field<'f>(form: &'f mut Form, ask: &Ask<Self>) -> Field<'f, Self> {
        form.date(ask.name, ask.label)
    }
}

impl Asked for i64 {
    fn field<'f>(form: &'f mut Form, ask: &Ask<Self>) -> Field<'f, Self> {
        match ask.kind {
            Kind::Money => form.money(ask.name, ask.label),
            _ => form.count(ask.name, ask.label),
        }
    }
}

impl Ask<NaiveDate> {
    /// Reads a day that must be filled in and cannot be one to come.
    pub fn read_past(&self, form: &mut Form, today: NaiveDate) -> Slot<NaiveDate> {
        let field = form.date(self.name, self.label);
        let message = format!("{}不能晚于今天。", self.label);
        field
            .check(|day| *day <= today, &message)
            .required(self.must)
    }

    /// The same of a day that need not be filled in.
    pub fn past_if_filled(&self, form: &mut Form, today: NaiveDate) -> Slot<Option<NaiveDate>> {
        let message = format!("{}不能晚于今天。", self.label);
        let field = form.date(self.name, self.label);
        field.check(|day| *day <= today, &message).optional()
    }
}

impl<T: Asked> Ask<T> {
    /// Reads the field, which must be filled in.
    pub fn read(&self, form: &mut Form) -> Slot<T> {
        let field = T::field(form, self);
        self.checked(field).required(if self.must.is_empty() {
            "请填写。"
        } else {
            self.must
        })
    }

    /// Reads the field, which may be left empty.
    pub fn if_filled(&self, form: &mut Form) -> Slot<Option<T>> {
        let field = T::field(form, self);
        self.checked(field).optional()
    }
}
