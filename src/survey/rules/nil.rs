//! When a unit may report nil (TC-04): nothing of its own is in scope, or undecided.

use chrono::NaiveDate;

use crate::access::Seen;
use crate::registry::rules::Scope;

/// An association of a unit that reports nil, or may not.
#[derive(Debug, Clone)]
pub struct Own {
    /// Its key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The office's decision.
    pub scope: Scope,
    /// When it left.
    pub exited_on: Option<NaiveDate>,
    /// Its row version.
    pub version: i32,
}

/// Whether a unit may report nil; otherwise the names of what is in scope or undecided. One
/// that has left was in scope too: its unit had a task.
pub fn may_report(own: &[Own]) -> Result<(), Vec<String>> {
    let open = own.iter().filter(|each| {
        let open = matches!(each.scope, Scope::In | Scope::Undecided);
        open && (each.exited_on.is_none() || each.scope == Scope::In)
    });
    let open: Vec<String> = open.map(|each| each.name.clone()).collect();
    if open.is_empty() { Ok(()) } else { Err(open) }
}

/// What the page shows and is reported on.
#[must_use]
pub fn shown(reported: bool, own: &[Own]) -> Seen {
    let of = |each: &Own| {
        let Own {
            id,
            name,
            scope,
            exited_on,
            version,
        } = each;
        format!("{id} {name} {scope:?} {exited_on:?} {version}")
    };
    let head = format!("reported {reported}");
    Seen::list(std::iter::once(head).chain(own.iter().map(of)))
}
