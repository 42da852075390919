//! An association's registers: the rows of the confirmed survey and the approved
//! plan, and what was recorded on them.

use std::sync::LazyLock;

use chrono::{Datelike as _, NaiveDate};
use serde_json::json;

use crate::access::{Act, Actor, Case as _, Role, Seen};
use crate::ids::{AccountId, AssociationId};
use crate::scheme::appropriation::{is_direct, year};
use crate::scheme::survey::label_of;
use crate::scheme::{Answers, Row, Scheme};

use super::balance::Balance;
use super::fields::{DISPOSITIONS, OWNERSHIP, label};
use super::{Refusal, Register, State};

/// The key of the one row of the association's own premises.
pub const ONLY: &str = "1";

/// The register of premises has one row, whatever the survey says of them.
static ONE: LazyLock<Answers> = LazyLock::new(|| {
    let mut one = Answers::default();
    let row = json!([{ "key": ONLY, "name": Register::Premises.label() }]);
    one.set(Register::Premises.table(), Some(row));
    one
});

/// What was recorded on a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// The register.
    pub register: Register,
    /// Key of the row.
    pub object: String,
    /// The facts, by the names of `fields`.
    pub facts: Answers,
    /// Its state.
    pub state: State,
    /// When it was signed and sent.
    pub submitted_on: Option<NaiveDate>,
    /// By whom.
    pub submitted_by: Option<AccountId>,
    /// When it was decided on.
    pub decided_on: Option<NaiveDate>,
    /// The paper.
    pub decision_document: Option<String>,
    /// Who accepted it, or what was said.
    pub decision_note: Option<String>,
    /// Why it was sent back.
    pub return_reason: Option<String>,
    /// Row version.
    pub version: i32,
}

/// Why money of a row is an anomaly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anomaly {
    /// Direct appropriation after the stop (⚠AMB-7).
    Direct,
    /// Bought services without their contract (TC-16).
    NoContract,
    /// The contract is recorded, and 财政局 has not verified it (TC-16).
    Unverified,
}

/// The registers of one association.
#[derive(Debug, Clone, Copy)]
pub struct Book<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The confirmed survey.
    pub survey: &'a Answers,
    /// The approved plan; empty before.
    pub plan: &'a Answers,
    /// What was recorded.
    pub entries: &'a [Entry],
}

impl<'a> Book<'a> {
    /// The rows of a register. Rows of a question that is not asked are no facts,
    /// so a room bought with own money is none (TC-34).
    #[must_use]
    pub fn rows(&self, register: Register) -> Vec<Row<'a>> {
        let table = register.table();
        if register == Register::Purchase {
            return self.plan.rows(table);
        }
        if register == Register::Premises {
            let known = self.scheme.question(table).is_some();
            return if known { ONE.rows(table) } else { Vec::new() };
        }
        let asked = self
            .scheme
            .question(table)
            .is_some_and(|question| question.shown(self.survey));
        if asked {
            self.survey.rows(table)
        } else {
            Vec::new()
        }
    }

    /// A row by its key.
    #[must_use]
    pub fn row(&self, register: Register, key: &str) -> Option<Row<'a>> {
        self.rows(register).into_iter().find(|row| row.key() == key)
    }

    /// What was recorded on a row.
    #[must_use]
    pub fn entry(&self, register: Register, key: &str) -> Option<&'a Entry> {
        self.entries
            .iter()
            .find(|entry| entry.register == register && entry.object == key)
    }

    /// The entries on a row that somebody decides on: of a room, the wish for a later date too.
    #[must_use]
    pub fn sent(&self, register: Register, key: &str) -> Vec<i64> {
        let also = (register == Register::Room).then_some(Register::Delay);
        let registers = [Some(register), also].into_iter().flatten();
        let found = registers.filter_map(|register| self.entry(register, key));
        found.map(|entry| entry.id).collect()
    }

    /// The facts recorded on a row.
    #[must_use]
    pub fn facts(&self, register: Register, key: &str) -> Option<&'a Answers> {
        self.entry(register, key).map(|entry| &entry.facts)
    }

    /// What the row is called.
    #[must_use]
    pub fn label(&self, register: Register, row: &Row<'_>) -> String {
        let text = |name: &str| row.text(name).unwrap_or_default().to_owned();
        match register {
            Register::Purchase => text("service"),
            Register::Custody => text("other_name"),
            Register::Room | Register::Delay => format!("{} {}", text("location"), text("room_no")),
            Register::Appropriation => {
                format!(
                    "{}年{}拨款",
                    text("year"),
                    self.choice("SV-46", "class", row)
                )
            }
            _ => text("name"),
        }
    }

    /// The label of a chosen value.
    #[must_use]
    pub fn choice(&self, table: &str, column: &str, row: &Row<'_>) -> String {
        let value = row.text(column).unwrap_or_default();
        self.scheme
            .question(table)
            .and_then(|question| question.column(column))
            .map_or(value, |column| label_of(&column.options, value))
            .to_owned()
    }

    /// The plan's row on a function that is to be handed over (PL-6).
    #[must_use]
    pub fn planned(&self, row: &Row<'_>) -> Option<Row<'a>> {
        let name = row.text("name")?;
        self.plan
            .rows("PL-6")
            .into_iter()
            .find(|planned| planned.text("name") == Some(name))
    }

    /// Who owns an asset: as determined, otherwise as surveyed.
    #[must_use]
    pub fn ownership(&self, row: &Row<'a>) -> &'a str {
        self.facts(Register::Ownership, row.key())
            .and_then(|facts| facts.text("ownership"))
            .or_else(|| row.text("ownership"))
            .unwrap_or("unclear")
    }

    /// Who owns an asset, in words.
    #[must_use]
    pub fn owner(&self, row: &Row<'a>) -> &'static str {
        match label(OWNERSHIP, self.ownership(row)) {
            "" => "待界定",
            owner => owner,
        }
    }

    /// What becomes of an asset, in words: as recorded, otherwise as the survey proposes.
    #[must_use]
    pub fn disposition(&self, row: &Row<'a>) -> String {
        let recorded = self
            .facts(Register::Asset, row.key())
            .and_then(|facts| facts.text("disposition"));
        match recorded {
            Some(value) => label(DISPOSITIONS, value).to_owned(),
            None => format!(
                "拟{}",
                self.choice(Register::Asset.table(), "disposition", row)
            ),
        }
    }

    /// The later date for a room that was granted.
    #[must_use]
    pub fn delay(&self, row: &Row<'_>) -> Option<&'a Entry> {
        self.entry(Register::Delay, row.key())
            .filter(|entry| entry.decided_on.is_some())
    }

    /// State or provisional state property, whose disposition is approved.
    #[must_use]
    pub fn public(&self, row: &Row<'a>) -> bool {
        matches!(self.ownership(row), "state" | "provisional")
    }

    /// The balance of a state asset; none before its disposition is recorded.
    #[must_use]
    pub fn balance(&self, row: &Row<'a>) -> Option<Balance> {
        let facts = self.facts(Register::Asset, row.key())?;
        Some(Balance::of(row.number("net").unwrap_or(0), facts))
    }

    /// Why the disposition of an asset cannot be closed (TC-45, TC-46).
    pub fn closable(&self, row: &Row<'a>) -> Result<(), Refusal> {
        let label = self.label(Register::Asset, row);
        if self.ownership(row) == "unclear" {
            return Err(Refusal::Unclear(label));
        }
        let facts = self.facts(Register::Asset, row.key());
        let explained = facts.is_some_and(|facts| facts.text("difference").is_some());
        match self.balance(row) {
            Some(balance) if balance.difference() != 0 && !explained => {
                Err(Refusal::Unbalanced(label, balance.difference()))
            }
            _ => Ok(()),
        }
    }

    /// Why a room's handover cannot be accepted: another area, unexplained.
    pub fn acceptable(&self, row: &Row<'a>) -> Result<(), Refusal> {
        let Some(facts) = self.facts(Register::Room, row.key()) else {
            return Ok(());
        };
        let difference = row.number("area").unwrap_or(0) - facts.number("given_up").unwrap_or(0);
        let explained = facts.text("difference").is_some() || facts.text("lease").is_some();
        if difference != 0 && !explained {
            let label = self.label(Register::Room, row);
            return Err(Refusal::AreaDiffers(label, difference));
        }
        Ok(())
    }

    /// Whether the row's money is an anomaly, handled or not (TC-15, TC-16).
    #[must_use]
    pub fn anomaly(&self, row: &Row<'_>) -> Option<Anomaly> {
        let stop = self.scheme.campaign.parameters.appropriation_stop.year();
        if year(row).is_none_or(|year| year < stop) {
            return None;
        }
        if is_direct(row) {
            return Some(Anomaly::Direct);
        }
        let bought = row.text("class") == Some("purchase") && row.number("amount").unwrap_or(0) > 0;
        if !bought {
            return None;
        }
        let contract = self
            .facts(Register::Appropriation, row.key())
            .is_some_and(|facts| facts.text("handling") == Some("contract"));
        match (contract, self.handled(row)) {
            (false, _) => Some(Anomaly::NoContract),
            (true, false) => Some(Anomaly::Unverified),
            (true, true) => None,
        }
    }

    /// Whether an anomaly is dealt with: 财政局 has verified what was recorded.
    #[must_use]
    pub fn handled(&self, row: &Row<'_>) -> bool {
        self.entry(Register::Appropriation, row.key())
            .is_some_and(|entry| entry.state == State::Approved)
    }

    /// Why a row's values forbid what is recorded on it.
    pub fn possible(&self, register: Register, key: &str, facts: &Answers) -> Result<(), Refusal> {
        let Some(row) = self.row(register, key) else {
            return Ok(());
        };
        match register {
            Register::Asset if self.ownership(&row) == "unclear" => {
                Err(Refusal::Unclear(self.label(register, &row)))
            }
            Register::Completion => {
                let disposed = self.entry(Register::Asset, key);
                let approved = disposed.is_some_and(|entry| entry.state == State::Approved);
                approved.then_some(()).ok_or(Refusal::NotApproved)
            }
            Register::Appropriation => {
                let bought = row.text("class") == Some("purchase");
                let contract = facts.text("handling") == Some("contract");
                let fits = bought == contract;
                fits.then_some(()).ok_or(Refusal::WrongHandling)
            }
            _ => Ok(()),
        }
    }

    /// Why an entry cannot go on: assets balance or say why not, areas match (TC-46).
    pub fn sound(&self, register: Register, key: &str) -> Result<(), Refusal> {
        match (register, self.row(register, key)) {
            (Register::Asset, Some(row)) => self.closable(&row),
            (Register::Room, Some(row)) => self.acceptable(&row),
            _ => Ok(()),
        }
    }

    /// Whether somebody decides on a row: 机关事务管理局 on equipment and vehicles, not
    /// on intangible assets (domain 2.2: R*A (rooms, equipment)).
    #[must_use]
    pub fn may_decide(&self, register: Register, key: &str, actor: &Actor) -> bool {
        let role = actor.role();
        let row = self.row(register, key);
        let intangible = row.is_some_and(|row| row.text("category") == Some("intangible"));
        register.deciders().contains(&role)
            && !(register == Register::Asset && role == Role::Jiguan && intangible)
    }

    /// What waits for the leader's signature.
    #[must_use]
    pub fn ready(&self) -> Vec<Ready<'a>> {
        let open =
            |entry: &&Entry| entry.register.decision().is_some() && entry.open(Act::HoldingsSubmit);
        let named = |entry: &'a Entry| {
            let row = self.row(entry.register, &entry.object)?;
            let label = self.label(entry.register, &row);
            let name = format!("{}：{label}", entry.register.label());
            Some(Ready { entry, name })
        };
        self.entries.iter().filter(open).filter_map(named).collect()
    }
}

/// An entry that waits for the leader's signature.
#[derive(Debug, Clone)]
pub struct Ready<'a> {
    /// The entry.
    pub entry: &'a Entry,
    /// Register and row in words.
    pub name: String,
}

/// What the leader sees of the entries that they sign and send together.
#[must_use]
pub fn seen(ready: &[Ready<'_>]) -> Seen {
    let line = |each: &Ready<'_>| format!("{} {} {}", each.entry.id, each.entry.version, each.name);
    Seen::list(ready.iter().map(line))
}
