//! An item that rests on a register follows what is entered there (DN-2): nobody reports or
//! verifies it besides.

use chrono::NaiveDate;

use crate::ids::AccountId;

use super::{Item, ItemState};

/// What a register says of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says {
    /// Applied for on this day: R of 9.2.
    Applied(NaiveDate),
    /// Done.
    Done {
        /// R of 9.2.
        reported: NaiveDate,
        /// The day of the result.
        on: NaiveDate,
    },
    /// Not done, and why.
    Not(String),
}

/// The item as the register says it; nothing, where it stands so, or where nothing is to be
/// done with it any more. `by`: who entered what the register says.
#[must_use]
pub fn after(item: &Item, says: &Says, by: AccountId) -> Option<Item> {
    use ItemState::{
        Accepted, Exempted, ForSignature, InProgress, NotApplicable, Open, ReportedDone, Returned,
        Verified,
    };
    let open = matches!(item.state, Open | InProgress | ForSignature | Returned);
    let standing = match item.state {
        Exempted | NotApplicable => return None,
        // Nothing was said that it could fail.
        _ if open && matches!(says, Says::Not(_)) => return None,
        state => state,
    };
    let mut after = Item {
        return_reason: None,
        done_on: None,
        resolved_on: None,
        resolved_by: None,
        ..item.clone()
    };
    match says {
        Says::Applied(on) => {
            after.state = ReportedDone;
            after.reported_on = Some(*on);
            after.reported_by = Some(by);
        }
        Says::Done { reported, on } => {
            after.state = Verified;
            let reporter = item
                .reported_by
                .filter(|_| item.reported_on == Some(*reported));
            after.reported_on = Some(*reported);
            after.reported_by = reporter.or(Some(by));
            (after.done_on, after.resolved_on) = (Some(*on), Some(*on));
            after.resolved_by = Some(by);
        }
        Says::Not(why) => {
            after.state = Returned;
            after.return_reason = Some(why.clone());
            (after.reported_on, after.reported_by) = (None, None);
        }
    }
    let days = |item: &Item| (item.reported_on, item.done_on, item.resolved_on);
    let stands = match (standing, after.state) {
        (Accepted, Verified) => days(item) == days(&after),
        (from, to) => from == to && days(item) == days(&after),
    };
    if stands {
        return None;
    }
    after.version = item.version + 1;
    Some(after)
}

#[cfg(test)]
mod tests;
