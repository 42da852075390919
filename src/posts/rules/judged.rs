//! People with everything that the rules say of them, and the counts (DB-7, ST-7).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::access::Seen;
use crate::ids::AssociationId;
use crate::scheme::persons::PersonCategory;

use super::{
    Context, Finding, Holder, Limits, Next, Severity, Standing, findings, next_change, worst,
};

/// A person with the findings of the day.
#[derive(Debug, Clone)]
pub struct Judged {
    /// The person.
    pub holder: Holder,
    /// The category of the day.
    pub category: PersonCategory,
    /// What has become of the post.
    pub standing: Standing,
    /// What the rules found, the gravest first.
    pub findings: Vec<Finding>,
    /// The gravest weight.
    pub severity: Option<Severity>,
    /// The next day on which something changes.
    pub next: Option<Next>,
}

impl Judged {
    /// Must be put right.
    #[must_use]
    pub fn is_pressing(&self) -> bool {
        self.severity == Some(Severity::Must)
    }
}

/// Judges people, given in the order of their associations, on a day.
#[must_use]
pub fn judge(
    holders: &[Holder],
    namesakes: Vec<Holder>,
    (limits, today): (&Limits, NaiveDate),
    cleared: &BTreeMap<AssociationId, NaiveDate>,
) -> Vec<Judged> {
    let mut by_name: BTreeMap<String, Vec<Holder>> = BTreeMap::new();
    for holder in namesakes {
        let name = holder.name.trim().to_owned();
        by_name.entry(name).or_default().push(holder);
    }
    holders
        .chunk_by(|one, other| one.association == other.association)
        .flat_map(|peers| peers.iter().map(move |holder| (peers, holder)))
        .map(|(peers, holder)| {
            let context = Context {
                today,
                limits,
                peers,
                others: by_name.get(holder.name.trim()).map_or(&[], Vec::as_slice),
                cleared_on: cleared.get(&holder.association).copied(),
            };
            let findings = findings(holder, context);
            Judged {
                category: holder.category(today, limits),
                standing: holder.standing(today, limits),
                severity: worst(&findings),
                next: next_change(&findings, today),
                findings,
                holder: holder.clone(),
            }
        })
        .collect()
}

/// What the unit's leader sees of the register that they declare: its version, and each
/// person with what has become of the post and what the rules say of it.
#[must_use]
pub fn declared(version: i32, judged: &[Judged]) -> Seen {
    let line = |each: &Judged| {
        let Holder { id, version, .. } = each.holder;
        let severity = each.severity.map_or("", Severity::key);
        format!("{id} {version} {} {severity}", each.standing.key())
    };
    Seen::list(std::iter::once(version.to_string()).chain(judged.iter().map(line)))
}

/// The counts of one category.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The category.
    pub category: PersonCategory,
    /// All of it.
    pub all: usize,
    /// To be put right.
    pub pressing: usize,
    /// To look at.
    pub warned: usize,
    /// By what has become of them, in the order of [`Standing::ALL`].
    pub standings: [usize; 8],
}

/// Counts by category, in the order of the domain text; the sums last.
#[must_use]
pub fn tally(judged: &[Judged]) -> (Vec<Tally>, Tally) {
    let of = |category: PersonCategory, chosen: &[&Judged]| {
        let weighs = |severity| {
            chosen
                .iter()
                .filter(|each| each.severity == Some(severity))
                .count()
        };
        Tally {
            category,
            all: chosen.len(),
            pressing: weighs(Severity::Must),
            warned: weighs(Severity::Warn),
            standings: Standing::ALL.map(|standing| {
                chosen
                    .iter()
                    .filter(|each| each.standing == standing)
                    .count()
            }),
        }
    };
    let rows = PersonCategory::ALL
        .into_iter()
        .map(|category| {
            let chosen: Vec<&Judged> = judged
                .iter()
                .filter(|each| each.category == category)
                .collect();
            of(category, &chosen)
        })
        .filter(|tally| tally.all > 0)
        .collect();
    let all: Vec<&Judged> = judged.iter().collect();
    (rows, of(PersonCategory::Unknown, &all))
}
