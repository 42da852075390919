//! 人员管理分离: posts cleared, choices, contracts, insurance, institution posts.

use crate::posts::rules::{Holder, Limits, Standing};
use crate::scheme::conditions::counter;
use crate::scheme::persons::PersonCategory;

use super::reading::{NOT_BEGUN, NOT_CONCERNED, Reading};
use super::{Said, Share};

const CONTRACTS: &str = "T4-08";
const INSURANCE: &str = "T4-10";
const POSTS_BACK: &str = "T4-11";

/// Kinds of insurance: name, the facts required and insured, and the survey's answer.
const INSURED: [(&str, [&str; 2], &str); 3] = [
    ("养老", ["T4-10-1", "T4-10-2"], "SV-64-1"),
    ("医疗", ["T4-10-3", "T4-10-4"], "SV-64-2"),
    ("公积金", ["T4-10-5", "T4-10-6"], "SV-64-6"),
];

impl<'a> Reading<'a> {
    /// The people of some categories, or the words that stand where there are none.
    fn people(
        &self,
        wanted: impl Fn(PersonCategory) -> bool,
    ) -> Result<Vec<(&'a Holder, Standing)>, &'static str> {
        if !self.facts.opened {
            return Err(self.left().unwrap_or(NOT_BEGUN));
        }
        let limits = Limits::of(&self.scheme.campaign.parameters);
        let all = self.facts.holders.iter();
        let found: Vec<(&Holder, Standing)> = all
            .filter(|holder| wanted(holder.category(self.today, &limits)))
            .map(|holder| (holder, holder.standing(self.today, &limits)))
            .collect();
        if found.is_empty() {
            return Err(NOT_CONCERNED);
        }
        Ok(found)
    }

    /// Whose post had to be put right (8.2, A to F), and for how many of them it was.
    pub(super) fn cleared(&self) -> Said<Share> {
        match self.people(PersonCategory::must_be_settled) {
            Ok(people) => Said::Is(Share {
                all: how_many(&people, |_| true),
                done: how_many(&people, |(_, standing)| standing.is_cleared()),
            }),
            Err(words) => Said::instead(words),
        }
    }

    /// Serving civil servants who stayed and who left: 0/1.
    pub(super) fn choice(&self) -> Said<String> {
        let people = self.people(|category| category == PersonCategory::EmployedCivilServant);
        let people = match people {
            Ok(people) => people,
            Err(words) => return Said::instead(words),
        };
        let stayed = how_many(&people, |(_, standing)| *standing == Standing::Stayed);
        let pending = how_many(&people, |(_, standing)| !standing.is_cleared());
        let left = how_many(&people, |_| true) - stayed - pending;
        Said::Is(match pending {
            0 => format!("{stayed}/{left}"),
            pending => format!("{stayed}/{left}，待办{pending}"),
        })
    }

    /// Labour contracts that are required, and that are signed: of the item, or before it of
    /// the survey.
    pub(super) fn contracts(&self) -> Said<Share> {
        if let Some(words) = self.without(&[CONTRACTS]) {
            return Said::instead(words);
        }
        Said::Is(Share {
            all: self.number(CONTRACTS, "T4-08-1", || self.needed("contracts_needed")),
            done: self.number(CONTRACTS, "T4-08-2", || self.surveyed("SV-63")),
        })
    }

    /// Who must be insured, and who is, of each kind: 养老4/4，医疗4/4，公积金4/4.
    pub(super) fn insurance(&self) -> Said<String> {
        if let Some(words) = self.without(&[INSURANCE]) {
            return Said::instead(words);
        }
        let said = INSURED.map(|(name, [required, insured], surveyed)| {
            let share = Share {
                all: self.number(INSURANCE, required, || self.needed("insurance_needed")),
                done: self.number(INSURANCE, insured, || self.surveyed(surveyed)),
            };
            format!("{name}{share}")
        });
        Said::Is(said.join("，"))
    }

    /// Posts of institutions that were given back: of the item, or before it of the register.
    pub(super) fn posts_back(&self) -> Said<i64> {
        if let Some(words) = self.without(&[POSTS_BACK]) {
            return Said::instead(words);
        }
        let back = || {
            let holders = self.facts.holders.iter();
            let back = holders.filter(|holder| holder.recovered_on.is_some());
            i64::try_from(back.count()).unwrap_or(i64::MAX)
        };
        Said::Is(self.number(POSTS_BACK, "T4-11-1", back))
    }

    /// A number among a measure's facts, else what stands for it.
    fn number(&self, measure: &str, code: &str, otherwise: impl FnOnce() -> i64) -> i64 {
        let told = self.answers(measure).and_then(|facts| facts.number(code));
        told.unwrap_or_else(otherwise)
    }

    fn needed(&self, name: &str) -> i64 {
        let survey = self.facts.survey.as_ref();
        survey.map_or(0, |survey| counter(name, survey))
    }

    fn surveyed(&self, code: &str) -> i64 {
        let survey = self.facts.survey.as_ref();
        survey.and_then(|all| all.number(code)).unwrap_or_default()
    }
}

fn how_many<T>(all: &[T], so: impl Fn(&T) -> bool) -> i64 {
    let found = all.iter().filter(|each| so(each)).count();
    i64::try_from(found).unwrap_or(i64::MAX)
}
