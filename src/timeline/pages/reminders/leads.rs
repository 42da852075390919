//! Who reads what is pressed for may not open every page on which it is done.

use std::collections::BTreeMap;

use crate::access::{Actor, Facts, facts};
use crate::database::Db;
use crate::ids::{AssociationId, CampaignId};
use crate::timeline::rules::orders::Written;
use crate::timeline::rules::reminders::Matter;
use crate::web::guide;

/// Where the reader finds a matter: where it is dealt with, or as near as is theirs to open.
pub(super) fn to(actor: &Actor, matter: &Matter) -> String {
    let facts = Facts {
        association: matter.association.map(AssociationId),
        ..Facts::default()
    };
    guide::led_to(&matter.href, (actor, &facts)).unwrap_or_else(|| matter.href.clone())
}

/// The association in whose file an address stands.
fn association(address: &str) -> Option<i64> {
    let number = address.split('/').nth(2)?;
    number.split(['?', '#']).next()?.parse().ok()
}

/// Where the matters of a notice or a 督办单 lead its reader: what was theirs when it was
/// written is perhaps no longer, once the association is another unit's.
pub(super) struct Ways<'a> {
    actor: &'a Actor,
    reach: BTreeMap<i64, Facts>,
}

impl<'a> Ways<'a> {
    pub(super) async fn of(
        db: &mut Db,
        actor: &'a Actor,
        matters: &[Written],
    ) -> Result<Self, sqlx::Error> {
        let of: Vec<i64> = matters
            .iter()
            .filter_map(|each| association(&each.href))
            .collect();
        let campaign = CampaignId(db.campaign());
        Ok(Self {
            actor,
            reach: facts::reach(db.connection(), campaign, actor, &of).await?,
        })
    }

    /// The page of a matter, or as near to it as is the reader's; none: nothing of it is.
    pub(super) fn to(&self, written: &Written) -> Option<String> {
        let own = association(&written.href).and_then(|id| self.reach.get(&id));
        let none = Facts::default();
        guide::led_to(&written.href, (self.actor, own.unwrap_or(&none)))
    }
}
