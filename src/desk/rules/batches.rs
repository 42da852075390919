//! Dates of batches, by association (FD-1).

use std::collections::BTreeMap;

use crate::scheme::campaign::Campaign;
use crate::scheme::parameters::Values;

/// The campaign as the batches of some associations have it; whoever is not there goes by
/// the campaign's own dates.
#[derive(Debug, Clone, Default)]
pub struct Batches {
    campaigns: Vec<(Values, Campaign)>,
    of: BTreeMap<i64, usize>,
}

impl Batches {
    /// From the dates of each association: one campaign for all that share them.
    #[must_use]
    pub fn of(campaign: &Campaign, dates: BTreeMap<i64, Values>) -> Self {
        let mut made = Self::default();
        for (id, own) in dates {
            let known = made.campaigns.iter().position(|(dates, _)| *dates == own);
            let at = known.unwrap_or_else(|| {
                let of_batch = campaign.of_batch(&own);
                made.campaigns.push((own, of_batch));
                made.campaigns.len() - 1
            });
            made.of.insert(id, at);
        }
        made
    }

    /// The campaign of an association that has dates of its own.
    #[must_use]
    pub fn campaign(&self, association: Option<i64>) -> Option<&Campaign> {
        let at = self.of.get(&association?)?;
        self.campaigns.get(*at).map(|(_, campaign)| campaign)
    }

    /// Whether it has.
    #[must_use]
    pub fn has(&self, association: Option<i64>) -> bool {
        self.campaign(association).is_some()
    }
}
