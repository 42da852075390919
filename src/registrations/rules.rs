//! What is registered and filed, what each kind needs, by when it is applied for, and what
//! it says of the item that rests on it. Pure.

mod kinds;
mod refusal;
mod votes;

use chrono::NaiveDate;

use crate::access::Act;
use crate::access::case::{Holder, Steps};
use crate::ids::{AccountId, AssociationId};
use crate::scheme::calendar::is_workday;
use crate::scheme::campaign::Campaign;

pub use kinds::{Kind, State, SupervisorColumn, Verdict};
pub use refusal::Refusal;
pub use votes::{Organ, Votes};

/// From a state, by an act, to a state. A correction may turn the result round.
pub const STEPS: Steps<State> = &[
    (State::Received, Act::RegistrationDecide, State::Granted),
    (State::Received, Act::RegistrationDecide, State::Refused),
    (State::Received, Act::RegistrationCorrect, State::Received),
    (State::Granted, Act::RegistrationCorrect, State::Granted),
    (State::Granted, Act::RegistrationCorrect, State::Refused),
    (State::Refused, Act::RegistrationCorrect, State::Refused),
    (State::Refused, Act::RegistrationCorrect, State::Granted),
];

/// On nobody's desk by itself: its item waits there for civil affairs.
#[must_use]
pub const fn holder(_: State) -> &'static [Holder] {
    &[]
}

/// What was received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Who resolved it.
    pub organ: Option<Organ>,
    /// When.
    pub met_on: Option<NaiveDate>,
    /// How they voted.
    pub votes: Option<Votes>,
    /// 业务主管单位审查同意, while its tie stands (RG-10).
    pub consented_on: Option<NaiveDate>,
    /// What it reads from now on.
    pub content: Option<String>,
    /// When it was applied for.
    pub applied_on: NaiveDate,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Granted or not.
    pub verdict: Verdict,
    /// When.
    pub decided_on: NaiveDate,
    /// Number of the new certificate, of the decision or of the receipt.
    pub document: Option<String>,
    /// What the new certificate says under 业务主管单位.
    pub column: Option<SupervisorColumn>,
    /// In words.
    pub opinion: Option<String>,
}

/// An entry of the register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registration {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// What it is.
    pub kind: Kind,
    /// Its state.
    pub state: State,
    /// What was received.
    pub application: Application,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// Who entered what was received.
    pub entered_by: Option<AccountId>,
    /// Who entered the result.
    pub decided_by: Option<AccountId>,
    /// Row version.
    pub version: i32,
}

/// What an entry says of its item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bearing {
    /// Applied for.
    Applied,
    /// Done on this day.
    Holds(NaiveDate),
    /// Not done, and why.
    Fails(String),
}

impl Application {
    /// Whether it can be so: what the kind needs is there, the days lie in their order, the
    /// numbers fit.
    pub fn check(&self, kind: Kind, today: NaiveDate) -> Result<(), Refusal> {
        if kind.needs_meeting() && self.met_on.is_none() {
            return Err(Refusal::NoMeeting);
        }
        if self.met_on.is_some() != self.organ.is_some() {
            return Err(Refusal::NoOrgan);
        }
        if kind.content().is_some() && self.content.is_none() {
            return Err(Refusal::NoContent);
        }
        if self.applied_on > today {
            return Err(Refusal::ToCome);
        }
        let before = [self.met_on, self.consented_on];
        if before
            .into_iter()
            .flatten()
            .any(|day| day > self.applied_on)
        {
            return Err(Refusal::AppliedTooEarly);
        }
        self.votes.map_or(Ok(()), Votes::possible)
    }

    /// The votes that fall short of what the model charter asks for (RG-8).
    #[must_use]
    pub fn falls_short(&self) -> Option<&'static str> {
        self.organ
            .zip(self.votes)
            .and_then(|(organ, votes)| votes.short(organ))
    }

    /// The day from which the statutory period runs: the meeting's, before the primary
    /// unit's tie has ended that of its 审查同意 (7.7).
    fn period_from(&self, kind: Kind) -> Option<NaiveDate> {
        let from = self.consented_on.or(self.met_on);
        from.filter(|_| kind.has_period())
    }

    /// The last day on which it is applied for in time, where the kind has a period.
    #[must_use]
    pub fn due(&self, kind: Kind, campaign: &Campaign) -> Option<NaiveDate> {
        self.period_from(kind)
            .map(|from| period_end(campaign, from))
    }
}

impl Outcome {
    /// Whether it can be so.
    pub fn check(
        &self,
        kind: Kind,
        application: &Application,
        today: NaiveDate,
    ) -> Result<(), Refusal> {
        if self.decided_on > today || self.decided_on < application.applied_on {
            return Err(Refusal::ImpossibleDay(self.decided_on));
        }
        if self.verdict == Verdict::Refused {
            return self.opinion.as_ref().map(|_| ()).ok_or(Refusal::NoOpinion);
        }
        if self.document.is_none() {
            return Err(Refusal::NoDocument(kind));
        }
        if kind.has_column() && self.column.is_none() {
            return Err(Refusal::NoColumn);
        }
        if application.falls_short().is_some() && self.opinion.is_none() {
            return Err(Refusal::ShortVotes);
        }
        Ok(())
    }

    /// The state that it leads to.
    #[must_use]
    pub const fn state(&self) -> State {
        match self.verdict {
            Verdict::Granted => State::Granted,
            Verdict::Refused => State::Refused,
        }
    }
}

impl Registration {
    /// By when it should have been applied for, where that was after its period (RG-3).
    #[must_use]
    pub fn late(&self, campaign: &Campaign) -> Option<NaiveDate> {
        let due = self.application.due(self.kind, campaign);
        due.filter(|due| self.application.applied_on > *due)
    }

    /// What it says of its item. A certificate that goes on naming a unit is not that of
    /// T1-02.
    #[must_use]
    pub fn bearing(&self) -> Bearing {
        let name = self.kind.label();
        let Some(outcome) = &self.outcome else {
            return Bearing::Applied;
        };
        let day = outcome.decided_on;
        match (outcome.verdict, outcome.column) {
            (Verdict::Refused, _) => {
                let why = outcome.opinion.as_deref().unwrap_or_default();
                Bearing::Fails(format!("{name}于{day}不予办理：{why}"))
            }
            (Verdict::Granted, Some(SupervisorColumn::Named)) => Bearing::Fails(format!(
                "{day}换发的登记证书业务主管单位栏仍有登载，请重新换发。"
            )),
            (Verdict::Granted, _) => Bearing::Holds(outcome.decided_on),
        }
    }
}

/// What the entries of one kind say together: the first that is done, else what is applied
/// for, else the last that failed.
#[must_use]
pub fn bearing(entries: &[Registration]) -> Option<(&Registration, Bearing)> {
    let told = || entries.iter().map(|entry| (entry, entry.bearing()));
    let done = told().filter_map(|(entry, bearing)| match bearing {
        Bearing::Holds(day) => Some((day, entry)),
        _ => None,
    });
    if let Some((day, entry)) = done.min_by_key(|(day, entry)| (*day, entry.id)) {
        return Some((entry, Bearing::Holds(day)));
    }
    let newest = |wanted: fn(&Bearing) -> bool| {
        let fits = told().filter(|(_, bearing)| wanted(bearing));
        fits.max_by_key(|(entry, _)| entry.id)
    };
    newest(|bearing| *bearing == Bearing::Applied).or_else(|| newest(|_| true))
}

/// When what the entries of one kind are about was done.
#[must_use]
pub fn done_on(entries: &[Registration]) -> Option<NaiveDate> {
    match bearing(entries) {
        Some((_, Bearing::Holds(day))) => Some(day),
        _ => None,
    }
}

/// The last day of a statutory period; one that ends on a day off ends on the next working
/// day (FD-6).
#[must_use]
pub fn period_end(campaign: &Campaign, from: NaiveDate) -> NaiveDate {
    let days = campaign.parameters.registration_days;
    let days = u64::try_from(days).unwrap_or_default();
    let last = from.checked_add_days(chrono::Days::new(days));
    let last = last.unwrap_or(from);
    let mut days = last.iter_days().take(60);
    days.find(|day| is_workday(campaign, *day)).unwrap_or(last)
}

/// What is still missing for an item that rests on this register, in words; nothing: its
/// fact holds. `entries` are those of its kind.
#[must_use]
pub fn missing(kind: Kind, entries: &[Registration]) -> Option<String> {
    let name = kind.label();
    match bearing(entries) {
        Some((_, Bearing::Holds(_))) => None,
        Some((_, Bearing::Fails(why))) => Some(format!("{why}该事项随登记和备案台账办理。")),
        Some((entry, Bearing::Applied)) => {
            let day = entry.application.applied_on;
            Some(format!(
                "{name}已于{day}申请，登记管理机关登记办理结果后自动核实。"
            ))
        }
        None => Some(format!(
            "登记和备案台账尚未登记{name}。向登记管理机关申请后，由其登记收件和办理结果，该事项随之报告和核实。"
        )),
    }
}

#[cfg(test)]
mod tests;
