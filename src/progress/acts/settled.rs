//! What is settled before the reply is born done with it (DN-6): by a part of the plan since
//! the round in which it stands as it is, or by what a department decided before.

use chrono::NaiveDate;

use crate::holdings::rules::{NONE_PLANNED, PLANNED};
use crate::ids::AccountId;
use crate::plan::approvals::rules::Approval;
use crate::plan::review::rules::rounds::{self, Round};
use crate::progress::rules::deadlines::{BEYOND, Due, REPLY};
use crate::progress::store::{NewItem, Settled};
use crate::scheme::{AnswerType, Answers, Measure, Question, Scheme};

/// What a plan was replied to on.
pub struct Ground<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// What the plan says.
    pub content: &'a Answers,
    /// Its rounds.
    pub rounds: &'a [Round],
    /// What departments decided.
    pub approvals: &'a [Approval],
    /// When the reply was given.
    pub replied_on: NaiveDate,
}

impl Ground<'_> {
    /// Whether an item of a measure is settled.
    #[must_use]
    pub fn settles(&self, measure: &Measure) -> bool {
        self.days(measure).is_some()
    }

    /// An item that is to be made, settled where it is; `by`: who sent the plan, and who
    /// replied.
    #[must_use]
    pub fn settle(&self, item: NewItem, by: (AccountId, AccountId)) -> NewItem {
        let measure = self.scheme.measure(&item.measure);
        let settled = measure.and_then(|measure| Some((measure, self.of(measure, by)?)));
        let Some((measure, mut settled)) = settled else {
            return item;
        };
        // Its own date holds, whenever the reply came: FD-2 skips what is settled.
        let own = self
            .own(measure)
            .filter(|_| matches!(item.due.by.as_str(), REPLY | BEYOND));
        let due = own.unwrap_or_else(|| item.due.clone());
        let until = rounds::due(&self.scheme.campaign, self.rounds, due.day);
        settled.again_on = (until > due.day).then_some(until);
        NewItem {
            due,
            settled: Some(settled),
            ..item
        }
    }

    fn own(&self, measure: &Measure) -> Option<Due> {
        let day = self.scheme.campaign.parameters.date(&measure.deadline)?;
        Some(Due::new(day, &measure.deadline))
    }

    fn of(&self, measure: &Measure, by: (AccountId, AccountId)) -> Option<Settled> {
        let (reported_on, happened_on) = self.days(measure)?;
        let mut facts = Answers::default();
        for fact in &measure.facts {
            if fact.shown(&facts) {
                facts.set(fact.code(), self.fact(fact, happened_on));
            }
        }
        Some(Settled {
            reported_on,
            resolved_on: self.replied_on,
            again_on: None,
            by,
            facts,
            done_on: happened_on,
        })
    }

    /// When what settles it was sent or asked for, and when it happened.
    fn days(&self, measure: &Measure) -> Option<(NaiveDate, NaiveDate)> {
        let by = measure.settled_by.as_deref()?;
        if self.scheme.part(by).is_some() {
            self.by_part(by).map(|day| (day, day))
        } else {
            self.by_approval(measure, by)
        }
    }

    /// Since when a part stands, if all that is promised in it is.
    fn by_part(&self, part: &str) -> Option<NaiveDate> {
        let questions = &self.scheme.part(part)?.questions;
        let mut promised = questions
            .iter()
            .filter(|question| question.kind == AnswerType::YesNo);
        let kept = promised.all(|question| self.content.yes(question.code()) == Some(true));
        let since = || rounds::since(self.scheme, part, self.rounds);
        kept.then(since).flatten()
    }

    /// When a department was asked, and when it agreed. Of a person's matter its document
    /// alone counts: nobody asks for it a second time.
    fn by_approval(&self, measure: &Measure, code: &str) -> Option<(NaiveDate, NaiveDate)> {
        let mut own = self.approvals.iter().filter(|each| each.code == code);
        let found = own.find(|each| each.holds(self.replied_on))?;
        let agreed = found.document_date.or(found.decided_on)?;
        let asked = found.requested_on.filter(|_| measure.per.is_none());
        Some((asked.unwrap_or(agreed), agreed))
    }

    /// T3-07: the list that 财政局 agreed to, or why nothing is bought (PL-7).
    fn fact(&self, fact: &Question, on: NaiveDate) -> Option<serde_json::Value> {
        match fact.kind {
            AnswerType::Date => Some(on.to_string().into()),
            AnswerType::Choice => {
                let bought = !self.content.rows(PLANNED).is_empty();
                let wanted = usize::from(!bought);
                let option = fact.options.get(wanted)?;
                Some(option.value.clone().into())
            }
            AnswerType::Longtext => self.content.get(NONE_PLANNED).cloned(),
            _ => None,
        }
    }
}
