//! What waits for a leader's signature, read from the desk with what the signature covers and
//! what was found in it: one statement for each kind of matter, however many there are.

mod items;
mod others;
mod plans;
mod surveys;

use chrono::TimeDelta;

use crate::access::facts::Address;
use crate::access::{Act, Actor, Seen};
use crate::database::Db;
use crate::desk::store::listed;
use crate::desk::store::reading::{Hands, Lying};
use crate::exits::store::Exit;
use crate::plan::store::Plan;
use crate::progress::rules::Item;
use crate::roster::store::requests::Request;
use crate::scheme::Scheme;
use crate::survey::store::Survey;
use crate::timeline::store::orders::Order;
use crate::web::App;
use crate::words::Mark;

use super::rules::{ACTS, Matter, Tick};
use super::store;

/// Most rows that the list shows: what is urgent comes first, and what is signed makes room.
pub const SHOWN: usize = 100;

/// What a matter is made of.
pub enum Source {
    /// A survey.
    Survey(Box<Survey>),
    /// A plan.
    Plan(Box<Plan>),
    /// An item of a checklist.
    Item(Box<Item>),
    /// A 督办单.
    Order(Box<Order>),
    /// A request to amend the list.
    Request(Box<Request>),
    /// An association's leaving.
    Exit(Box<Exit>),
}

/// A matter with what it is made of.
pub struct Read {
    /// As the list shows it.
    pub matter: Matter,
    /// What it is made of.
    pub source: Source,
}

/// What lies with a leader.
pub struct Waiting {
    /// What a signature settles, the most urgent first.
    pub matters: Vec<Matter>,
    /// What asks for words or a choice: done on its own page.
    pub others: Vec<Lying>,
    /// There is more than is shown.
    pub more: bool,
}

/// Under which rules, on which day, for whom.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The program of the day.
    pub app: &'a App,
    /// The leader.
    pub actor: &'a Actor,
}

impl Reader<'_> {
    fn scheme(&self) -> &Scheme {
        &self.app.scheme
    }

    fn hands(&self) -> Hands {
        let today = self.app.clock.today();
        let warn = self.scheme().campaign.parameters.warn_days;
        Hands {
            department: self.actor.department(),
            role: self.actor.role(),
            today,
            soon: today + TimeDelta::days(warn),
        }
    }

    /// Mark and words of how a row stands on the day.
    #[must_use]
    pub fn state(&self, row: &Lying) -> (Mark, String) {
        let warn = self.scheme().campaign.parameters.warn_days;
        row.state(self.app.clock.today(), warn)
    }

    /// Whose a row is: an association's short name, else the unit.
    #[must_use]
    pub fn subject(&self, row: &Lying) -> String {
        let name = row.name.as_deref();
        let name = name.map(|name| self.scheme().campaign.short(name));
        name.unwrap_or(&row.unit_name).to_owned()
    }

    /// What lies in the leader's hands.
    pub async fn all(&self, db: &mut Db) -> Result<Waiting, sqlx::Error> {
        let most = i64::try_from(SHOWN).unwrap_or(i64::MAX);
        let rows = listed::to_sign(db, self.hands(), (&names(), None), most).await?;
        let full = rows.len() >= SHOWN;
        let signs = |row: &Lying| row.act().is_some_and(|act| ACTS.contains(&act));
        let (rows, others): (Vec<Lying>, Vec<Lying>) = rows.into_iter().partition(signs);
        let mut read = items::of_checklists(db, *self, &rows).await?;
        let items = read.len();
        read.extend(self.of_rows(db, &rows).await?);
        let mut matters: Vec<Matter> = read.into_iter().map(|read| read.matter).collect();
        self.note_looks(db, matters.iter_mut()).await?;
        matters.sort_by_key(|matter| (matter.rests, matter.due.is_none(), matter.due));
        let more = full || items >= SHOWN || matters.len() > SHOWN;
        matters.truncate(SHOWN);
        Ok(Waiting {
            matters,
            others,
            more,
        })
    }

    /// Of these, what still lies in the leader's hands.
    pub async fn these(
        &self,
        db: &mut Db,
        wanted: &[(Act, i64)],
    ) -> Result<Vec<Read>, sqlx::Error> {
        let mut read = items::of_ids(db, *self, wanted).await?;
        let cases = wanted.iter().filter(|(act, _)| !items::is_item(*act));
        let cases: Vec<i64> = cases.map(|(_, case)| *case).collect();
        if !cases.is_empty() {
            let only = (names(), Some(cases.as_slice()));
            let only = (only.0.as_slice(), only.1);
            let rows = listed::to_sign(db, self.hands(), only, 1_000).await?;
            read.extend(self.of_rows(db, &rows).await?);
        }
        read.retain(|read| wanted.contains(&(read.matter.act, read.matter.case)));
        let matters = read.iter_mut().map(|read| &mut read.matter);
        self.note_looks(db, matters).await?;
        Ok(read)
    }

    /// Everything but items.
    async fn of_rows(&self, db: &mut Db, rows: &[Lying]) -> Result<Vec<Read>, sqlx::Error> {
        let mut read = surveys::of(db, *self, rows).await?;
        read.extend(plans::of(db, *self, rows).await?);
        read.extend(others::orders(db, *self, rows).await?);
        read.extend(others::requests(db, *self, rows).await?);
        read.extend(others::exits(db, *self, rows).await?);
        Ok(read)
    }

    async fn note_looks<'m>(
        &self,
        db: &mut Db,
        matters: impl Iterator<Item = &'m mut Matter>,
    ) -> Result<(), sqlx::Error> {
        let matters: Vec<&mut Matter> = matters.collect();
        if matters.is_empty() {
            return Ok(());
        }
        let cases: Vec<i64> = matters.iter().map(|matter| matter.case).collect();
        let looks = store::looks(db, self.actor.account, &cases).await?;
        for matter in matters {
            let Tick { act, case, seen } = matter.tick();
            matter.looked = looks.contains(&(act.name().to_owned(), case, seen.text()));
        }
        Ok(())
    }
}

fn names() -> Vec<String> {
    ACTS.iter().map(|act| act.name().to_owned()).collect()
}

/// The rows of a kind with their acts, and their keys.
fn of_kind<'r>(rows: &'r [Lying], kind: &'r str) -> (Vec<(&'r Lying, Act)>, Vec<i64>) {
    let rows = rows.iter().filter(|row| row.kind == kind);
    let rows = rows.filter_map(|row| Some((row, row.act()?)));
    let rows: Vec<(&Lying, Act)> = rows.collect();
    let cases = rows.iter().map(|(row, _)| row.case).collect();
    (rows, cases)
}

/// A matter of a row of the desk at a version, before anything is said of it.
fn matter(reader: Reader<'_>, (row, act): (&Lying, Act), version: i32) -> Matter {
    let (mark, state) = reader.state(row);
    Matter {
        act,
        case: row.case,
        of: Address {
            association: row.association,
            ..Address::default()
        },
        title: row.title(reader.scheme()),
        subject: reader.subject(row),
        href: row.href(reader.scheme()),
        since: row.since,
        due: row.due_on,
        mark,
        state,
        rests: row.suspended,
        seen: Seen::version(version),
        covers: Vec::new(),
        checks: Vec::new(),
        looked: false,
    }
}
