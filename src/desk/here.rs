//! What the page at an address is about, and in whose hands that is.

use crate::access::{Actor, Case as _, Role};
use crate::activities::store::Activity;
use crate::corrections::store::Correction;
use crate::database::Db;
use crate::exits::store::Exit;
use crate::holdings::rules::book::Entry;
use crate::oversight::store::Docket;
use crate::paths;
use crate::plan::approvals::rules::Approval;
use crate::plan::changes::store::Change;
use crate::plan::conditions::store::Condition;
use crate::plan::notices::store::Notice;
use crate::plan::store::Plan;
use crate::progress::rules::Item;
use crate::roster::store::requests::Request;
use crate::survey::store::Survey;
use crate::timeline::rules::reminders::NOTICE;
use crate::timeline::store::orders::Order;
use crate::web::hands::{Asked, Found, Hand, Hands as Listed, Here, Tells};
use crate::web::{Allowed, App};
use crate::{plan, survey};

use super::rules::{EXTENSION, NOTICE_DUE, RECOMMENDATION, TIE};
use super::store::listed;
use super::store::reading::{self, Lying, Of};

/// Tells pages in whose hands their matters are.
#[derive(Debug, Clone, Copy)]
pub struct Hands;

/// Which rows of what is read are meant.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Meant<'p> {
    /// All.
    All,
    /// Of these kinds.
    Kinds(&'static [&'static str]),
    /// One of a kind.
    Case(&'static str, i64),
    /// An item of a checklist, in whichever hands.
    Item(&'p str),
    /// A row of a register.
    Row(&'p str, &'p str),
}

/// What an address is about.
fn about(path: &str) -> Option<(Of, Meant<'_>)> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    let number = |text: &str| text.parse::<i64>().ok();
    match parts.as_slice() {
        ["associations", id, rest @ ..] => Some((Of::Association(number(id)?), within(rest)?)),
        ["reminders", "orders", id] => {
            let case = Of::Case(Order::KIND, number(id)?);
            Some((case, Meant::All))
        }
        ["reminders", id] => Some((Of::Case(NOTICE, number(id)?), Meant::All)),
        ["dockets", id] => Some((Of::Case(Docket::KIND, number(id)?), Meant::All)),
        ["workgroups", id] => {
            const PARTS: &[&str] = &["group", "liaison", "timetable", "risks"];
            Some((Of::Unit(number(id)?), Meant::Kinds(PARTS)))
        }
        ["roster", id] => {
            let unit = Of::Unit(number(id)?);
            Some((unit, Meant::Kinds(&[RECOMMENDATION, Correction::KIND])))
        }
        _ => None,
    }
}

/// The same below an association.
fn within<'p>(rest: &[&'p str]) -> Option<Meant<'p>> {
    let case = |kind, id: &str| id.parse().ok().map(|id| Meant::Case(kind, id));
    match rest {
        [] => Some(Meant::All),
        ["survey", ..] => Some(Meant::Kinds(&[Survey::KIND, "survey_start"])),
        ["plan", "approvals", id, ..] => case(Approval::KIND, id),
        ["plan", "conditions", id, ..] => case(Condition::KIND, id),
        ["plan", ..] => Some(Meant::Kinds(&[
            Plan::KIND,
            "plan_start",
            Approval::KIND,
            Change::KIND,
        ])),
        ["ties", id, ..] => case(TIE, id),
        ["notices"] => Some(Meant::Kinds(&[Notice::KIND, NOTICE_DUE])),
        ["progress"] => Some(Meant::Kinds(&[Item::KIND, EXTENSION, "revision"])),
        ["progress", "revision"] => Some(Meant::Kinds(&["revision"])),
        ["progress", id, ..] => Some(Meant::Item(id)),
        ["assets"] => Some(Meant::Kinds(&[Entry::KIND])),
        ["assets", register, row, ..] => Some(Meant::Row(register, row)),
        ["exit"] => Some(Meant::Kinds(&[Exit::KIND])),
        ["listing"] => Some(Meant::Kinds(&[Request::KIND, "amendment"])),
        ["activities"] => Some(Meant::Kinds(&[Activity::KIND])),
        ["activities", id, ..] => case(Activity::KIND, id),
        ["posts"] => Some(Meant::Kinds(&["post", "post_register"])),
        ["posts", id, ..] => case("post", id),
        ["edit"] => Some(Meant::Kinds(&["entry"])),
        ["founding"] => Some(Meant::Kinds(&["founding"])),
        ["scope", ..] => Some(Meant::Kinds(&["scope"])),
        _ => None,
    }
}

impl Meant<'_> {
    fn has(&self, row: &Lying) -> bool {
        match self {
            Self::All => true,
            Self::Kinds(kinds) => kinds.contains(&row.kind.as_str()),
            Self::Case(kind, case) => row.kind == *kind && row.case == *case,
            Self::Item(id) => match row.kind.as_str() {
                Item::KIND => row.holds_item(id),
                EXTENSION => row.part.as_deref() == Some(*id),
                _ => false,
            },
            Self::Row(register, object) => {
                row.kind == Entry::KIND
                    && row.note.as_deref() == Some(*register)
                    && row.part.as_deref() == Some(*object)
            }
        }
    }
}

impl Tells for Hands {
    fn called(&self, kind: &str, state: &str) -> Option<&'static str> {
        match kind {
            Survey::KIND => survey::rules::State::from_key(state).map(survey::rules::State::label),
            Plan::KIND => plan::rules::State::from_key(state).map(plan::rules::State::label),
            _ => None,
        }
    }

    fn here<'a>(
        &'a self,
        db: &'a mut Db,
        (app, allowed): (&'a App, &'a Allowed),
    ) -> Found<'a, Option<Here>> {
        Box::pin(async move {
            let Some((of, meant)) = about(allowed.path()) else {
                return Ok(None);
            };
            // TC-50: who knows an association only through a tie sees that tie's and the notice's
            // alone.
            let actor = allowed.actor();
            let today = app.clock.today();
            let linked = allowed.facts().only_linked(actor);
            let of_tie = matches!(meant, Meant::Case(TIE, _));
            if linked && !of_tie && meant != Meant::Kinds(&[Notice::KIND, NOTICE_DUE]) {
                return Ok(None);
            }
            let mut rows = reading::in_hands(db, of, today).await?;
            if linked {
                rows.retain(|row| meant.has(row));
            }
            // An item has days of its own, its checklist's row those of the first.
            if let Meant::Item(id) = meant {
                let id: Vec<i64> = id.parse().into_iter().collect();
                rows.retain(|row| row.kind != Item::KIND);
                rows.extend(listed::items(db, (&app.scheme, today), &id).await?);
            }
            let hands: Vec<Hand> = rows.iter().map(|row| hand(app, row, actor)).collect();
            let own = rows.iter().zip(&hands).filter(|(row, _)| meant.has(row));
            Ok(Some(Here {
                hands: own.map(|(_, hand)| hand.clone()).collect(),
                around: Listed::new(hands),
            }))
        })
    }

    fn waiting<'a>(
        &'a self,
        db: &'a mut Db,
        (app, allowed): (&'a App, &'a Allowed),
    ) -> Found<'a, Vec<(String, i64)>> {
        let actor = allowed.actor();
        let hands = (actor.department(), actor.role());
        Box::pin(async move {
            // The workbench counts its kinds together with its shares.
            if allowed.path() == paths::dashboard::WORKBENCH.at() {
                return Ok(Vec::new());
            }
            reading::waiting(db, hands, app.clock.today()).await
        })
    }

    fn listed<'a>(
        &'a self,
        db: &'a mut Db,
        (app, allowed): (&'a App, &'a Allowed),
        asked: Asked<'a>,
    ) -> Found<'a, Listed> {
        Box::pin(async move {
            let today = app.clock.today();
            let text = |kinds: &[&str]| kinds.iter().map(ToString::to_string).collect::<Vec<_>>();
            let rows = match asked {
                Asked::Cases(kinds, ids) => {
                    listed::of_cases(db, (&text(kinds), ids), today).await?
                }
                Asked::Within(kinds, ids) => listed::within(db, (&text(kinds), ids), today).await?,
                Asked::First(ids) => listed::first(db, ids, today).await?,
                Asked::Items(ids) => listed::items(db, (&app.scheme, today), ids).await?,
            };
            let actor = allowed.actor();
            let hands = rows.iter().map(|row| hand(app, row, actor));
            Ok(Listed::new(hands.collect()))
        })
    }
}

/// A row in words for a reader; an association is not told who it is in a department.
#[must_use]
pub fn hand(app: &App, row: &Lying, reader: &Actor) -> Hand {
    let campaign = &app.scheme.campaign;
    let today = app.clock.today();
    let (mark, state) = row.state(today, campaign.parameters.warn_days);
    let named = reader.role() != Role::Association;
    let person = row.person.as_deref().filter(|_| named);
    let role = person.unwrap_or(row.role.label());
    Hand {
        kind: row.kind.clone(),
        case: row.case,
        association: row.association,
        title: row.title(&app.scheme),
        href: row.href_for(&app.scheme, reader),
        department: row.department,
        role: row.role,
        who: format!("{} {role}", row.department_name),
        person: role.to_owned(),
        since: row.since,
        used: row.used(campaign, today),
        day: row.day(campaign, today),
        due: row.due_on,
        suspended: row.suspended,
        go: row.go(),
        mark,
        state,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_it_is_about() {
        let meant = |path| about(path).map(|(_, meant)| meant);
        assert_eq!(meant("/associations/7"), Some(Meant::All));
        assert_eq!(
            meant("/associations/7/plan/approvals/5"),
            Some(Meant::Case("approval", 5))
        );
        assert_eq!(
            meant("/associations/7/progress/12"),
            Some(Meant::Item("12"))
        );
        assert_eq!(
            meant("/associations/7/assets/room/1"),
            Some(Meant::Row("room", "1"))
        );
        assert_eq!(
            about("/reminders/orders/3"),
            Some((Of::Case("supervision_order", 3), Meant::All))
        );
        for other in [
            "/",
            "/associations",
            "/associations/7/history",
            "/roster/preview",
        ] {
            assert_eq!(about(other), None, "{other}");
        }
    }
}
