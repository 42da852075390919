//! A row of the desk as its holder reads it.

use chrono::NaiveDate;

use crate::access::Actor;
use crate::desk::store::reading::{Hands, Lying};
use crate::web::App;

/// Something to do.
pub(super) struct Todo {
    /// What.
    pub(super) title: String,
    /// Whose: the association's, or the unit's own.
    pub(super) association: String,
    /// The responsible unit, where it is another one.
    pub(super) unit: Option<String>,
    /// Where.
    pub(super) href: String,
    /// By when.
    pub(super) due: Option<NaiveDate>,
    /// Colour and shape.
    pub(super) tag: &'static str,
    /// The same in words.
    pub(super) state: String,
    /// Since when it lies here.
    pub(super) since: NaiveDate,
    /// 已用3/5个工作日.
    pub(super) used: String,
}

impl Todo {
    /// Of a row of this person's desk.
    pub(super) fn of(app: &App, actor: &Actor, lying: &Lying, hands: Hands) -> Self {
        let campaign = &app.scheme.campaign;
        let (tag, state) = lying.state(hands.today, campaign.parameters.warn_days);
        let foreign = lying.unit != actor.department().0;
        Self {
            title: lying.title(&app.scheme),
            association: whose(lying, &campaign.region_name).to_owned(),
            unit: (foreign && lying.name.is_some()).then(|| lying.unit_name.clone()),
            href: lying.href(&app.scheme),
            due: lying.due_on,
            tag,
            state,
            since: lying.since,
            used: lying.used(campaign, hands.today),
        }
    }
}

/// The association, without the region that all are of; of a unit's own matter the unit.
fn whose<'l>(lying: &'l Lying, region: &str) -> &'l str {
    let name = lying.name.as_deref().unwrap_or(&lying.unit_name);
    let own = name.split_once(region).map_or(name, |(_, own)| own);
    if own.is_empty() { name } else { own }
}
