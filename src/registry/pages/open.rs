//! 未办结: what of an association lies with somebody, each item of its checklist by itself, the
//! earliest day first.

use crate::access::{Act, Role};
use crate::database::Db;
use crate::paths;
use crate::scheme::Scheme;
use crate::web::hands::{self, Asked, Hand};
use crate::web::{Allowed, App};

/// What an item of a checklist is on the desk.
const ITEM: &str = "item";
/// Rows that are shown.
const SHOWN: usize = 60;

/// A matter that lies with somebody.
pub struct OpenView {
    /// Who has it, what it is and by when.
    pub hand: Hand,
    /// What stands there for whoever looks: 去补正; empty: it is not theirs.
    pub go: &'static str,
    /// Where whoever has it is pressed.
    pub press: Option<String>,
}

/// What lies with somebody; `items`: the checklist's that are not resolved.
pub(super) async fn open(
    db: &mut Db,
    (app, allowed): (&App, &Allowed),
    items: &[i64],
) -> Result<Vec<OpenView>, sqlx::Error> {
    let around = allowed.around();
    let items = hands::listed(db, (app, allowed), Asked::Items(items)).await?;
    let others = around.iter().filter(|hand| hand.kind != ITEM);
    // Several who may do one thing are one row.
    let mut found: Vec<Hand> = Vec::new();
    for hand in others.chain(items.iter()) {
        let same = |known: &&mut Hand| {
            (&known.kind, known.case, &known.title) == (&hand.kind, hand.case, &hand.title)
        };
        match found.iter_mut().find(same) {
            Some(known) if !known.who.contains(&hand.who) => {
                known.who = format!("{}、{}", known.who, hand.who);
            }
            Some(_) => {}
            None => found.push(hand.clone()),
        }
    }
    found.sort_by_key(|hand| (hand.suspended, hand.due.is_none(), hand.due));
    found.truncate(SHOWN);
    let presses = allowed.may(Act::ReminderSend);
    let views = found.into_iter().map(|hand| OpenView {
        go: if hand.lies_with(allowed.actor()) && !hand.suspended {
            hand.go
        } else {
            ""
        },
        press: press(&app.scheme, &hand).filter(|_| presses),
        hand,
    });
    Ok(views.collect())
}

/// Where a reminder of a matter that is late, or nearly so, is written: the matter stands in it.
pub(super) fn press(scheme: &Scheme, hand: &Hand) -> Option<String> {
    if hand.suspended || hand.role.is_office() || !hand.urgent() {
        return None;
    }
    let unit = hand.role.is_unit();
    let key = match hand.kind.as_str() {
        ITEM if unit || hand.role == Role::Association => format!("item:{}", hand.case),
        ITEM => format!("verify:{}", hand.case),
        "survey" | "survey_start" if unit => task(scheme, "survey")?,
        "plan" | "plan_start" if unit => task(scheme, "plan")?,
        "notice_due" if unit => task(scheme, "notices")?,
        kind => format!("{kind}:{}", hand.case),
    };
    let matter = format!("{}/{key}", hand.department);
    let matter: String = form_urlencoded::byte_serialize(matter.as_bytes()).collect();
    Some(format!("{}?m={matter}", paths::timeline::REMINDER_PREVIEW))
}

/// A task of the units: what they owe of it is pressed for together.
fn task(scheme: &Scheme, measured: &str) -> Option<String> {
    let mut tasks = scheme.timeline.tasks.iter();
    let task = tasks.find(|task| task.measured == measured)?;
    Some(format!("task:{}", task.code()))
}
