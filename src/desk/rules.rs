//! From a matter as it stands to the pairs of hands in which it lies. Pure.

mod batches;
mod differences;
mod dockets;
mod due;
mod machines;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::access::case::{Holder, Place, When};
use crate::access::{Act, Case as _, Role};
use crate::oversight::store::Docket;
use crate::progress::rules::Item;
use crate::registry::rules::suspension::Standstill;
use crate::scheme::Scheme;
use crate::scheme::campaign::Campaign;
use crate::timeline::rules::Window;

pub use batches::Batches;
pub use differences::{Difference, differences};
pub use machines::{
    ARRANGED, EXTENSION, Loose, NOTICE_DUE, OBJECTION, OFFICE_S_OWN, POST, RECOMMENDATION, TIE,
    holders,
};

/// One pair of hands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What kind of matter it is.
    pub kind: String,
    /// Its key; of a checklist its association's.
    pub case: i64,
    /// Whose matter it is; none: a unit's own.
    pub association: Option<i64>,
    /// The responsible unit, whoever has it now.
    pub unit: i64,
    /// The department that has it.
    pub department: i64,
    /// In which role.
    pub role: Role,
    /// What is to be done, by its stable name.
    pub act: String,
    /// Since when it lies there.
    pub since: NaiveDate,
    /// It is nobody's work before this day.
    pub from_on: Option<NaiveDate>,
    /// The end of this day; none: no day is set.
    pub due_on: Option<NaiveDate>,
    /// How many things of a checklist it is.
    pub count: i32,
    /// 暂停办理 (FD-4).
    pub suspended: bool,
    /// Which step it is, where the act alone does not say.
    pub note: String,
}

/// What makes a row one of its own.
pub type Key = (String, i64, i64, &'static str, String);

impl Row {
    /// What makes it one of its own.
    #[must_use]
    pub fn key(&self) -> Key {
        (
            self.kind.clone(),
            self.case,
            self.department,
            self.role.key(),
            self.act.clone(),
        )
    }
}

/// A matter as it stands.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its kind.
    pub kind: String,
    /// Its key.
    pub case: i64,
    /// Whose it is.
    pub association: Option<i64>,
    /// The responsible unit, or the unit that it is about.
    pub unit: i64,
    /// The department that was asked or told, or to which a docket was handed.
    pub asked: Option<i64>,
    /// The department that raised a docket.
    pub finder: Option<i64>,
    /// Its state.
    pub state: String,
    /// The measure, the register, the competence, the part.
    pub note: String,
    /// Since when it stands so.
    pub since: NaiveDate,
    /// Its own day, where it has one.
    pub due: Option<NaiveDate>,
    /// It is nobody's work before this day.
    pub from_on: Option<NaiveDate>,
    /// How many such matters there are.
    pub count: i64,
    /// Nothing is missing in it.
    pub complete: bool,
    /// Its plan is suspended.
    pub suspended: bool,
}

impl Found {
    /// One item of an association's checklist, since when and with which deadline.
    #[must_use]
    pub fn of_item(
        (case, association, unit): (i64, i64, i64),
        (since, deadline): (NaiveDate, NaiveDate),
    ) -> Self {
        Self {
            kind: Item::KIND.to_owned(),
            case,
            association: Some(association),
            unit,
            asked: None,
            finder: None,
            state: String::new(),
            note: String::new(),
            since,
            due: Some(deadline),
            from_on: None,
            count: 1,
            complete: false,
            suspended: false,
        }
    }
}

/// The departments with a competence: which they are, and in which role they act.
#[derive(Debug, Clone, Default)]
pub struct Offices {
    by: BTreeMap<String, Vec<i64>>,
    supervising: BTreeSet<i64>,
}

impl Offices {
    /// By their competences; `true`: it supervises associations.
    #[must_use]
    pub fn of<'a>(departments: impl IntoIterator<Item = (i64, &'a [String], bool)>) -> Self {
        let mut by: BTreeMap<String, Vec<i64>> = BTreeMap::new();
        let mut supervising = BTreeSet::new();
        for (id, competences, supervises) in departments {
            for code in competences {
                by.entry(code.clone()).or_default().push(id);
            }
            if supervises {
                supervising.insert(id);
            }
        }
        Self { by, supervising }
    }

    /// In which roles a department receives what is sent to it: as a unit in some, as the
    /// specialist that it is.
    fn roles(&self, department: i64, of_unit: &[Role]) -> Vec<(i64, Role)> {
        let supervises = self.supervising.contains(&department);
        let own = of_unit.iter().copied().filter(|_| supervises);
        let specialist = Role::ALL
            .into_iter()
            .filter(|role| role.is_specialist() && self.with(role.code()).contains(&department));
        own.chain(specialist)
            .map(|role| (department, role))
            .collect()
    }

    /// The same of whatever it is: a unit, a specialist, the office.
    fn all_roles(&self, department: i64) -> Vec<(i64, Role)> {
        let units = [Role::UnitClerk, Role::UnitLeader];
        let mut found = self.roles(department, &units);
        if self.with(OFFICE).contains(&department) {
            found.push((department, Role::OfficeClerk));
        }
        found
    }

    fn with(&self, competence: &str) -> &[i64] {
        self.by.get(competence).map_or(&[], Vec::as_slice)
    }
}

/// The decoupling office's competence, which has two roles.
const OFFICE: &str = "OFFICE";

/// What matters are judged by.
#[derive(Debug, Clone, Copy)]
pub struct Judge<'a> {
    /// The scheme under the day's parameters.
    pub scheme: &'a Scheme,
    /// Who has which competence.
    pub offices: &'a Offices,
    /// Windows of the units' tasks, by what they measure.
    pub windows: &'a BTreeMap<String, Window>,
    /// When associations stood still (FD-4).
    pub stood: &'a BTreeMap<i64, Vec<Standstill>>,
    /// Which of them have dates of their own (FD-1).
    pub batches: &'a Batches,
}

impl Judge<'_> {
    /// The campaign as the matter's association has it.
    fn campaign(&self, matter: &Found) -> &Campaign {
        let own = self.batches.campaign(matter.association);
        own.unwrap_or(&self.scheme.campaign)
    }

    /// The desk that these matters make, in the order of its keys. What lies in the same
    /// hands for the same act is one row: how many, since when, until the first day.
    #[must_use]
    pub fn desk(&self, found: &[Found]) -> BTreeMap<Key, Row> {
        let mut desk: BTreeMap<Key, Row> = BTreeMap::new();
        for row in found.iter().flat_map(|matter| self.rows(matter)) {
            desk.entry(row.key())
                .and_modify(|there| there.join(&row))
                .or_insert(row);
        }
        desk
    }

    fn rows(&self, matter: &Found) -> Vec<Row> {
        if matter.kind == Docket::KIND {
            return self.of_docket(matter);
        }
        let asked = |holder: &&Holder| match holder.when {
            When::Always => true,
            When::Complete => matter.complete,
            When::Incomplete => !matter.complete,
        };
        let holders = holders(matter).iter().filter(asked);
        let rows = holders.flat_map(|holder| {
            let hands = self.hands(matter, holder.place);
            let act = machines::act(matter, holder.act);
            let due_on = due::day(self, matter, act);
            hands.into_iter().map(move |(department, role)| Row {
                kind: matter.kind.clone(),
                case: matter.case,
                association: matter.association,
                unit: matter.unit,
                department,
                role,
                act: act.name().to_owned(),
                since: matter.since,
                from_on: matter.from_on,
                due_on,
                count: i32::try_from(matter.count).unwrap_or(i32::MAX),
                suspended: matter.suspended && machines::rests(&matter.kind),
                note: machines::step(matter).to_owned(),
            })
        });
        rows.collect()
    }

    /// The departments and roles of a place.
    fn hands(&self, matter: &Found, place: Place) -> Vec<(i64, Role)> {
        match place {
            Place::Unit(role) => vec![(matter.unit, role)],
            Place::Office(role) => self.of_competence(OFFICE, role),
            Place::Told => {
                let roles = [Role::UnitClerk, Role::UnitLeader];
                self.offices.roles(matter.unit, &roles)
            }
            Place::Ordered => self.offices.roles(matter.unit, &[Role::UnitLeader]),
            Place::Civil => self.of_competence(Role::CivilReg.code(), Role::CivilReg),
            Place::Linked(role) => matter.asked.map(|id| (id, role)).into_iter().collect(),
            Place::Asked => {
                let role = role_of(&matter.note);
                let asked = matter.asked.zip(role);
                asked.into_iter().collect()
            }
            Place::Deciders => {
                let roles = machines::deciders(&matter.note).iter();
                roles
                    .flat_map(|role| self.of_competence(role.code(), *role))
                    .collect()
            }
            Place::Verifiers => self.verifiers(&matter.note),
        }
    }

    fn of_competence(&self, competence: &str, role: Role) -> Vec<(i64, Role)> {
        let with = self.offices.with(competence).iter();
        with.map(|id| (*id, role)).collect()
    }

    /// Who verifies a measure; the office's clerk where nobody else does.
    fn verifiers(&self, measure: &str) -> Vec<(i64, Role)> {
        let codes = self.scheme.measure(measure).map(|found| &found.verify);
        let hands = codes.into_iter().flatten().filter_map(|code| {
            let role = role_of(code)?;
            Some(self.of_competence(code, role))
        });
        let hands: Vec<(i64, Role)> = hands.flatten().collect();
        if hands.is_empty() {
            return self.of_competence(OFFICE, Role::OfficeClerk);
        }
        hands
    }
}

/// Until when one item of a checklist lies where it is; `stood`: when its association stood
/// still.
#[must_use]
pub fn item_due(
    scheme: &Scheme,
    stood: &BTreeMap<i64, Vec<Standstill>>,
    item: &Found,
) -> Option<NaiveDate> {
    let judge = Judge {
        scheme,
        offices: &Offices::default(),
        windows: &BTreeMap::new(),
        stood,
        batches: &Batches::default(),
    };
    due::day(&judge, item, Act::ItemSave)
}

/// The role that acts with a competence.
fn role_of(code: &str) -> Option<Role> {
    Role::ALL.into_iter().find(|role| role.code() == code)
}

impl Row {
    fn join(&mut self, other: &Self) {
        self.count = self.count.saturating_add(other.count);
        self.since = self.since.min(other.since);
        self.from_on = [self.from_on, other.from_on].into_iter().flatten().min();
        self.due_on = [self.due_on, other.due_on].into_iter().flatten().min();
        self.suspended = self.suspended && other.suspended;
        if !self.note.split(' ').any(|step| step == other.note) {
            self.note = format!("{} {}", self.note, other.note);
        }
    }
}

/// Whether somebody can do it: of an act that no room knows there is no row.
#[must_use]
pub fn known(row: &Row) -> bool {
    Act::from_name(&row.act).is_some()
}
