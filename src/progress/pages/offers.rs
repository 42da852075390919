//! What can be done with an item by one button, and why it cannot be done now.

use crate::access::Act;
use crate::database::Explain as _;
use crate::paths;
use crate::progress::acts::held::Ground;
use crate::progress::rules::facts::Missing;
use crate::progress::rules::{self, Item, Refusal};
use crate::scheme::{Measure, Scheme};
use crate::web::Allowed;
use crate::web::offers::{Offer, Offers};

/// The deeds of one button, and why one is not open.
pub(super) fn offers(
    allowed: &Allowed,
    (scheme, ground): (&Scheme, &Ground),
    (item, measure): (&Item, &Measure),
    (still, opened): (bool, bool),
) -> Vec<Offer> {
    use crate::paths::progress::{
        EXEMPTION, ITEM_ACCEPTANCE, ITEM_PASSING, ITEM_REPORT, ITEM_TAKING_BACK, ITEM_VERIFICATION,
    };
    let address = |path: paths::Path<2>| path.at(item.association, item.id);
    let mut offers = Offers::of(allowed, item)
        .button(Act::ItemPass, address(ITEM_PASSING), "primary")
        .button(Act::ItemReport, address(ITEM_REPORT), "primary")
        .button(Act::ItemRecall, address(ITEM_TAKING_BACK), "")
        .button(Act::ItemVerify, address(ITEM_VERIFICATION), "primary")
        .button(Act::ItemAccept, address(ITEM_ACCEPTANCE), "official");
    // Nobody waits for a decision that nobody asked for.
    if item.exemption_asked_on.is_some() {
        offers = offers.button(Act::ItemExempt, address(EXEMPTION), "official");
    }
    let mut list = offers.list();
    for offer in &mut list {
        let me = allowed.actor().account;
        let first = ground.lets_first(scheme, item, offer.act);
        let may = first.and_then(|()| rules::guard(item, measure, offer.act, me));
        let lets = || ground.lets(scheme, item, offer.act).map(|_| ());
        let may = match may {
            Ok(()) if offer.act == Act::ItemRecall && opened => Err(Refusal::Opened),
            Ok(()) if offer.act == Act::ItemRecall => Ok(()),
            Ok(()) if still => Err(Refusal::Still),
            Ok(()) => lets(),
            // The form that hands it over takes the paper, too.
            Err(Refusal::NoEvidence(_)) if offer.act == Act::ItemPass && !still => lets(),
            refused => refused,
        };
        let may = match may {
            Err(Refusal::Missing(missing)) if offer.act == Act::ItemPass => {
                elsewhere(item, missing)
            }
            other => other,
        };
        offer.refusal = may.err().map(|refusal| refusal.explain());
    }
    list
}

/// What keeps the clerk from handing an item over that the form with this button does not
/// ask: the rest is filled in and sent at once.
fn elsewhere(item: &Item, mut missing: Vec<Missing>) -> Result<(), Refusal> {
    let own = format!("{}#", paths::progress::ITEM.at(item.association, item.id));
    missing.retain(|each| !each.href.starts_with(&own));
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Missing(missing))
    }
}
