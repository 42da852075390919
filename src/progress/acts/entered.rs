//! Items that rest on what civil affairs and the auditor enter (DN-2): T1-02 and T6 are
//! reported and verified by that and by nobody besides; a finding's item the unit reports,
//! and the auditor closes it.

use crate::access::Act;
use crate::database::Db;
use crate::findings::rules::{self as findings, Finding, MENDED};
use crate::findings::store as found;
use crate::ids::AssociationId;
use crate::paths;
use crate::progress::rules::Item;
use crate::progress::rules::facts::Missing;
use crate::registrations::rules::{self as registrations, Kind, Registration};
use crate::registrations::store as registered;

use super::held::Held;
use super::registers::Kept;

/// What was entered of an association, read once for all of its items.
#[derive(Default)]
pub struct Entered {
    registrations: Vec<Registration>,
    findings: Vec<Finding>,
}

/// The register on which an item rests, if it is one of these.
#[must_use]
pub fn register(item: &Item) -> Option<Kept> {
    if is_registered(item) {
        return Some(Kept {
            address: paths::registrations::REGISTRATIONS.at(item.association),
            name: "登记和备案台账",
            act: Act::RegistrationRead,
        });
    }
    finding_of(item).map(|id| Kept {
        address: paths::findings::FINDING.at(item.association, id),
        name: "审计抽查问题台账",
        act: Act::FindingRead,
    })
}

/// Whether an item is reported and verified by what civil affairs enters.
#[must_use]
pub fn is_registered(item: &Item) -> bool {
    Kind::of_measure(&item.measure).is_some()
}

/// The finding that an item is about.
fn finding_of(item: &Item) -> Option<i64> {
    let of_audit = item.measure == MENDED;
    of_audit
        .then(|| findings::of_object(&item.object))
        .flatten()
}

impl Entered {
    /// Reads the registers of an association.
    pub async fn of(db: &mut Db, association: AssociationId) -> Result<Self, sqlx::Error> {
        Ok(Self {
            registrations: registered::entries(db, association).await?,
            findings: found::findings(db, association).await?,
        })
    }

    /// How far an item is done by these registers; `decided` asks for the auditor's closing
    /// too, without which the unit may report what it mended.
    pub(super) fn held(&self, item: &Item, decided: bool) -> Held {
        let (missing, day) = match Kind::of_measure(&item.measure) {
            Some(kind) => {
                let entries = self.of_kind(kind);
                let missing = registrations::missing(kind, &entries);
                (missing, registrations::done_on(&entries))
            }
            None => {
                let finding = self.finding(item);
                let missing = finding.and_then(Finding::missing);
                let mended = finding.and_then(|own| own.mended.as_ref());
                (missing.filter(|_| decided), mended.map(|mended| mended.on))
            }
        };
        let missing = missing.zip(register(item));
        let missing = missing.map(|(words, register)| Missing {
            words,
            href: register.address,
        });
        Held {
            missing: Vec::from_iter(missing),
            days: Vec::from_iter(day),
        }
    }

    fn of_kind(&self, kind: Kind) -> Vec<Registration> {
        let own = self.registrations.iter().filter(|entry| entry.kind == kind);
        own.cloned().collect()
    }

    fn finding(&self, item: &Item) -> Option<&Finding> {
        let id = finding_of(item)?;
        self.findings.iter().find(|finding| finding.id == id)
    }
}
