//! Several items by one button: the clerk hands over those in which nothing is missing,
//! the leader reports those that were handed over.

use axum::extract::State;

use crate::access::{Act, Case as _, Seen};
use crate::database::{Db, Explain as _};
use crate::ids::AssociationId;
use crate::paths::progress::{PASSING, REPORT};
use crate::progress::acts::held;
use crate::progress::acts::together::{self, Picked};
use crate::progress::rules::{self, Deed, Item, ItemState, Refusal};
use crate::progress::store;
use crate::scheme::{Choice, Scheme};
use crate::web::{Allowed, Answer, App, Error, Form};

use super::label;
use super::overview::OverviewPage;

/// Name and label of the boxes.
pub const PICKED: (&str, &str) = ("picked", "事项");

/// Items that wait for one button of this person.
pub struct Together {
    /// What the button does.
    pub act: Act,
    /// Where its form goes.
    pub address: String,
    /// All that is offered, as it stands.
    pub seen: Seen,
    /// The items, each with the version that was seen.
    pub rows: Vec<Choice>,
}

/// What can be done together, by who looks.
pub(super) async fn offered(
    db: &mut Db,
    (scheme, allowed): (&Scheme, &Allowed),
    items: &[Item],
    persons: bool,
) -> Result<Vec<Together>, Error> {
    let association = allowed.association()?;
    let mut offered = Vec::new();
    for (act, path) in [(Act::ItemPass, PASSING), (Act::ItemReport, REPORT)] {
        if !allowed.may(act) {
            continue;
        }
        let ready = ready(db, (scheme, allowed, act), association, items).await?;
        if ready.is_empty() {
            continue;
        }
        let lines = ready
            .iter()
            .map(|item| format!("{} {}", item.id, item.version));
        offered.push(Together {
            act,
            address: path.at(association),
            seen: Seen::list(lines),
            rows: ready
                .iter()
                .map(|item| choice(scheme, item, persons))
                .collect(),
        });
    }
    Ok(offered)
}

/// The items on which nothing stands in the act's way.
async fn ready<'a>(
    db: &mut Db,
    (scheme, allowed, act): (&Scheme, &Allowed, Act),
    association: AssociationId,
    items: &'a [Item],
) -> Result<Vec<&'a Item>, Error> {
    let me = allowed.actor().account;
    let open = |item: &&Item| {
        let handed = act != Act::ItemReport || item.state == ItemState::ForSignature;
        let measure = scheme.measure(&item.measure);
        let fits = measure.is_some_and(|measure| rules::guard(item, measure, act, me).is_ok());
        handed && item.open(act) && fits
    };
    let mut ready: Vec<&Item> = items.iter().filter(open).collect();
    if !ready.is_empty() {
        let held = held::held_up(db, scheme, association, &ready).await?;
        let own = store::prepared(db, (association, me), act).await?;
        ready.retain(|item| !held.contains(&item.id) && !own.contains(&item.id));
    }
    Ok(ready)
}

fn choice(scheme: &Scheme, item: &Item, persons: bool) -> Choice {
    let text = scheme
        .measure(&item.measure)
        .map_or("", |found| found.text.as_str());
    let label = match label(item, persons) {
        label if label.is_empty() => String::new(),
        label => format!("：{label}"),
    };
    Choice {
        value: format!("{}.{}", item.id, item.version),
        label: format!("{} {text}{label}（时限{}）", item.measure, item.deadline),
    }
}

/// An item and its version, as a box says them.
fn read(typed: &str) -> Option<Picked> {
    let (item, version) = typed.split_once('.')?;
    Some(Picked {
        item: item.parse().ok()?,
        seen: Seen::version(version.parse().ok()?),
    })
}

async fn perform(app: App, allowed: Allowed, mut form: Form, deed: Deed) -> Answer {
    let association = allowed.association()?;
    let typed = form.fields().iter().filter(|(name, _)| name == PICKED.0);
    let typed: Vec<String> = typed.map(|(_, value)| value.clone()).collect();
    let fits = typed.iter().filter(|value| read(value).is_some());
    let fits: Vec<&str> = fits.map(String::as_str).collect();
    let ticked = form.ticks(PICKED.0, PICKED.1, &fits);
    if ticked.is_empty() {
        form.fail(PICKED.0, PICKED.1, Refusal::NothingPicked.explain());
    }
    let picked: Vec<Picked> = ticked.iter().filter_map(|value| read(value)).collect();
    let run = async |write, _, _| together::perform(write, association, &deed, picked).await;
    allowed.act::<OverviewPage, _, _>(&app, form, run).await
}

/// Hands several items to the leader.
pub async fn pass(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    perform(app, allowed, form, Deed::Pass).await
}

/// Reports several items as done.
pub async fn report(State(app): State<App>, allowed: Allowed, form: Form) -> Answer {
    perform(app, allowed, form, Deed::Report).await
}
