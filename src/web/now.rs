//! 当前办理: what is to be done with a page's matter now, in whose hands it is and since when,
//! and the one way on; drawn by `parts/now.html` right below the title. It is made from the
//! desk before a page is opened, so that no page can forget it; a room says the rest: what
//! became of a matter that lies with nobody, and where exactly its reader goes on.

use chrono::NaiveDate;

use crate::access::Actor;
use crate::words::{Mark, Marked};

use super::Page;
use super::hands::Hand;

/// Where the matter is dealt with on its own page: the template has one element of this name.
pub const HERE: &str = "#deal";

/// A way on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where.
    pub href: String,
    /// 去补正.
    pub label: String,
}

/// The state of a page's matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// What its day, or its state, means.
    pub mark: Mark,
    /// The state in words: 逾期34天.
    pub tag: String,
    /// What is to be done, or what became of it.
    pub what: String,
    /// 本单位 尚洁; none: nobody has to do anything.
    pub holder: Option<String>,
    /// Since when it lies there.
    pub since: Option<NaiveDate>,
    /// 第29个工作日，应5个.
    pub used: String,
    /// Until the end of this day.
    pub due: Option<NaiveDate>,
    /// What the reader can do.
    pub act: Option<Link>,
    /// Why the reader cannot, where that is not said by who has it.
    pub why_not: Option<String>,
    /// Nobody has to do anything.
    pub done: bool,
    /// What else of the matter lies with somebody.
    pub others: Vec<Hand>,
}

/// How many others are told.
const OTHERS: usize = 8;

impl Now {
    /// Of the hands that a matter lies in, the earliest day first. What the reader can do
    /// stands before what others have to.
    pub(super) fn of(hands: &[Hand], actor: &Actor, path: &str) -> Self {
        let own = |hand: &&Hand| hand.lies_with(actor) && !hand.suspended;
        let Some(first) = hands.iter().find(own).or_else(|| hands.first()) else {
            return Self::idle();
        };
        let act = own(&first).then(|| Link {
            href: if first.href == path {
                HERE.to_owned()
            } else {
                first.href.clone()
            },
            label: first.go.to_owned(),
        });
        let others = hands.iter().filter(|hand| *hand != first);
        Self {
            mark: first.mark,
            tag: first.state.clone(),
            what: first.title.clone(),
            holder: Some(first.holder(actor)),
            since: Some(first.since),
            used: first.day.clone(),
            due: first.due,
            act,
            why_not: first
                .suspended
                .then(|| "恢复办理后继续，暂停期间不计时、不催办".to_owned()),
            done: false,
            others: others.cloned().collect(),
        }
    }

    /// Of a matter that nobody has to do anything with.
    fn idle() -> Self {
        Self {
            mark: Mark::Void,
            tag: "无人需办理".to_owned(),
            what: "目前没有等待办理的事项".to_owned(),
            holder: None,
            since: None,
            used: String::new(),
            due: None,
            act: None,
            why_not: None,
            done: true,
            others: Vec::new(),
        }
    }

    /// Its look beside the mark.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.mark {
            _ if self.done => "done",
            Mark::Late => "late",
            Mark::Soon => "soon",
            Mark::Void => "rest",
            Mark::Todo | Mark::Going | Mark::Done | Mark::DoneLate => "",
        }
    }

    /// The others that are told.
    #[must_use]
    pub fn told(&self) -> &[Hand] {
        self.others.get(..OTHERS).unwrap_or(&self.others)
    }

    /// How many more there are.
    #[must_use]
    pub fn beyond(&self) -> usize {
        self.others.len().saturating_sub(OTHERS)
    }

    /// What became of it, where nobody has to do anything.
    pub(super) fn settle(&mut self, mark: Mark, tag: &str, what: String) {
        if self.done {
            self.mark = mark;
            tag.clone_into(&mut self.tag);
            self.what = what;
        }
    }

    /// Where exactly the reader goes on, if it lies with them.
    pub(super) fn lead(&mut self, label: &str, href: String) {
        if self.act.is_some() {
            let label = label.to_owned();
            self.act = Some(Link { href, label });
        }
    }
}

impl Page {
    /// What is to be done with the page's matter; none: it is of no matter.
    #[must_use]
    pub const fn now(&self) -> Option<&Now> {
        self.now.as_ref()
    }

    /// The same page, saying by its matter's state what became of it where nobody has to do
    /// anything.
    #[must_use]
    pub fn settled(self, state: impl Marked, what: impl Into<String>) -> Self {
        self.settled_so((state.mark(), state.label()), what)
    }

    /// The same in a state that follows from several.
    #[must_use]
    pub fn settled_so(mut self, (mark, tag): (Mark, &str), what: impl Into<String>) -> Self {
        if let Some(now) = &mut self.now {
            now.settle(mark, tag, what.into());
        }
        self
    }

    /// The same page, saying where exactly its reader goes on if the matter lies with them.
    #[must_use]
    pub fn leading(mut self, label: &str, href: impl Into<String>) -> Self {
        if let Some(now) = &mut self.now {
            now.lead(label, href.into());
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::access::Role;

    fn hand(title: &str, mark: Mark, go: &'static str) -> Hand {
        Hand {
            kind: "plan".to_owned(),
            case: 1,
            association: Some(1),
            title: title.to_owned(),
            href: "/associations/1/plan".to_owned(),
            department: 2,
            role: Role::OfficeClerk,
            who: "脱钩办 何静".to_owned(),
            person: "何静".to_owned(),
            since: NaiveDate::MIN,
            used: String::new(),
            day: String::new(),
            due: None,
            suspended: false,
            go,
            mark,
            state: "还有2天".to_owned(),
        }
    }

    #[test]
    fn what_became_of_a_matter_is_said_only_where_it_lies_with_nobody() {
        let mut idle = Now::idle();
        idle.settle(Mark::Done, "已批复", "绿脱钩办〔2018〕3号".to_owned());
        assert_eq!((idle.tag.as_str(), idle.tone()), ("已批复", "done"));
        let mut now = Now {
            done: false,
            ..Now::idle()
        };
        now.settle(Mark::Done, "已批复", String::new());
        assert_eq!(now.tag, "无人需办理");
    }

    #[test]
    fn nobody_is_led_to_what_is_not_theirs() {
        let mut now = Now::idle();
        now.lead("去补正第八部分", "/x".to_owned());
        assert_eq!(now.act, None);
    }

    #[test]
    fn of_many_others_eight_are_told() {
        let others = vec![hand("受理实施方案", Mark::Soon, "去审核"); 11];
        let now = Now {
            others,
            ..Now::idle()
        };
        assert_eq!((now.told().len(), now.beyond()), (8, 3));
    }
}
