//! 督办单: drafted and signed by two people of the office, answered by the
//! department that was asked, closed by the office.

use chrono::NaiveDate;

use crate::access::Act;
use crate::access::case::{Holder, Place, Steps};
use crate::clock::chinese_date;
use crate::database::Explain;
use crate::plan::review::rules::Letter;

use super::reminders::word;

crate::words! {
    /// Where a 督办单 stands.
    pub enum State {
        /// Drafted, waits for the signature.
        Draft = "draft", "待签发", Going;
        /// Signed: with the department.
        Signed = "signed", "督办中", Going;
        /// Answered: with the office.
        Answered = "answered", "已报办理情况", Going;
        /// Over.
        Closed = "closed", "已办结", Done;
        /// Given up before it was signed.
        Discarded = "discarded", "已撤销", Void;
    }
}

/// From where, by which act, to where.
pub const STEPS: Steps<State> = &[
    (State::Draft, Act::OrderSign, State::Signed),
    (State::Draft, Act::OrderDiscard, State::Discarded),
    (State::Signed, Act::OrderAcknowledge, State::Signed),
    (State::Signed, Act::OrderAnswer, State::Answered),
    (State::Answered, Act::OrderReturn, State::Signed),
    (State::Answered, Act::OrderClose, State::Closed),
    // What was signed, or closed on, reads otherwise now.
    (State::Signed, Act::SignatureVoid, State::Draft),
    (State::Answered, Act::SignatureVoid, State::Draft),
    (State::Closed, Act::SignatureVoid, State::Draft),
    (State::Closed, Act::SignatureVoid, State::Answered),
];

/// On whose desk it lies; once signed for it is complete, and to be answered.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Draft => const { &[Holder::head(Act::OrderSign)] },
        State::Signed => {
            const {
                &[
                    Holder::new(Place::Ordered, Act::OrderAcknowledge).incomplete(),
                    Holder::new(Place::Ordered, Act::OrderAnswer).complete(),
                ]
            }
        }
        State::Answered => {
            const {
                &[
                    Holder::office(Act::OrderClose),
                    Holder::head(Act::OrderClose),
                ]
            }
        }
        State::Closed | State::Discarded => &[],
    }
}

impl State {
    /// Nobody outside the office knows of it.
    #[must_use]
    pub const fn is_internal(self) -> bool {
        matches!(self, Self::Draft | Self::Discarded)
    }
}

/// A matter as it was written into a notice or a 督办单.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// item:12 …
    pub matter: String,
    /// What it is.
    pub title: String,
    /// The association, or how far it has come.
    pub subject: String,
    /// Where it is dealt with.
    pub href: String,
    /// Its deadline.
    pub deadline: NaiveDate,
    /// Days late then.
    pub late: i64,
    /// How often it had been reminded of then.
    pub times: i64,
}

impl Written {
    /// How late it was then, in words.
    #[must_use]
    pub fn word(&self) -> String {
        word(self.late)
    }
}

/// Why an act is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is more than seven days late in spite of a reminder and not yet in one.
    Nothing,
    /// It has been signed for before.
    Acknowledged,
    /// So many of its matters are open, and nobody says why it is closed all the same.
    MattersOpen(usize),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Nothing => {
                "没有可以督办的事项：逾期超过7天、已经催办且未列入督办单的，才能拟制。".to_owned()
            }
            Self::Acknowledged => "本单位已经签收过这份督办单。".to_owned(),
            Self::MattersOpen(count) => {
                format!("还有{count}项督办事项没有办结，不能办结督办单；确需办结的，请写明理由。")
            }
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Nothing => Some(("form", "督办单")),
            Self::MattersOpen(_) => Some(("despite", "事项未办结而办结的理由")),
            Self::Acknowledged => None,
        }
    }
}

/// The words of the document: before the table of its matters the first paragraph, after it
/// the others.
#[must_use]
pub fn letter(department: &str, (demand, due): (&str, NaiveDate)) -> Letter {
    let mut paragraphs =
        vec!["经核查，你单位下列事项逾期超过7天，经催办仍未办结，现予督办：".to_owned()];
    paragraphs.extend(demand.lines().map(str::trim).map(str::to_owned));
    paragraphs.push(format!("请于{}前将办理情况书面报我办。", chinese_date(due)));
    Letter {
        title: "关于督促办理逾期事项的督办单".to_owned(),
        addressee: format!("{department}："),
        paragraphs,
    }
}

/// A title as a document says it: the codes of tasks and measures are the program's.
#[must_use]
pub fn without_code(title: &str) -> &str {
    match title.split_once(' ') {
        Some((code, words)) if code.is_ascii() => words,
        _ => title,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::Case as _;
    use crate::timeline::store::orders::Order;

    #[test]
    fn every_state_but_the_last_two_leads_on_and_those_do_not() {
        for state in State::ALL {
            let by = |act: Act| act != Act::SignatureVoid;
            let leads = STEPS
                .iter()
                .any(|(from, act, _)| *from == state && by(*act));
            let over = matches!(state, State::Closed | State::Discarded);
            assert_eq!(leads, !over, "{state:?}");
        }
        // Nothing is answered before it is signed, nothing closed before it is answered.
        let next = Order::next;
        assert_eq!(next(State::Draft, Act::OrderAnswer), None);
        assert_eq!(next(State::Signed, Act::OrderClose), None);
        let closed = Some(State::Closed);
        assert_eq!(next(State::Answered, Act::OrderClose), closed);
    }

    #[test]
    fn the_document_says_what_is_demanded_and_ends_with_the_day() {
        let due = NaiveDate::from_ymd_opt(2018, 11, 20).unwrap();
        let letter = letter("区教育局", ("请抓紧办理。", due));
        assert_eq!(letter.addressee, "区教育局：");
        assert_eq!(letter.paragraphs.len(), 3);
        assert_eq!(letter.paragraphs[1], "请抓紧办理。");
        assert_eq!(
            letter.paragraphs[2],
            "请于2018年11月20日前将办理情况书面报我办。"
        );
        assert_eq!(
            without_code("PH-01 成立脱钩改革工作组"),
            "成立脱钩改革工作组"
        );
    }
}
