//! What a signature alone settles, what of it must be read first, and what one tick of the
//! list says. Pure.

use chrono::NaiveDate;

use crate::access::facts::Address;
use crate::access::{Act, Seen};
use crate::scheme::Severity;
use crate::words::Mark;

/// Most matters of one signature: each is a write of its own, and whoever signs waits for the
/// results.
pub const MOST: usize = 30;

/// The acts that need no words and no choice: the signature is all that they ask for.
pub const ACTS: [Act; 10] = [
    Act::SurveySubmit,
    Act::SurveyConfirm,
    Act::PlanApprove,
    Act::PlanBegin,
    Act::ItemReport,
    Act::ItemAccept,
    Act::ItemExempt,
    Act::AmendmentPropose,
    Act::ExitPropose,
    Act::OrderSign,
];

/// Whether what is signed goes out in one's own name and is read whole before: a reply, a
/// letter, a report to another authority, a decision that stands for good.
#[must_use]
pub const fn is_whole(act: Act) -> bool {
    matches!(
        act,
        Act::PlanApprove
            | Act::OrderSign
            | Act::AmendmentPropose
            | Act::ExitPropose
            | Act::ItemExempt
    )
}

/// Something found in a matter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Check {
    /// Errors stop the signature, warnings are read first.
    pub severity: Severity,
    /// What it is.
    pub sentence: String,
}

impl Check {
    /// It stops the signature.
    pub fn error(sentence: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            sentence: sentence.into(),
        }
    }

    /// It is read before the signature.
    pub fn warning(sentence: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            sentence: sentence.into(),
        }
    }
}

/// A matter that waits for a signature.
#[derive(Debug, Clone)]
pub struct Matter {
    /// What signing it does.
    pub act: Act,
    /// Its number among those of its act.
    pub case: i64,
    /// What the policy is asked of.
    pub of: Address,
    /// What it is.
    pub title: String,
    /// Whose it is.
    pub subject: String,
    /// Its own page.
    pub href: String,
    /// Since when it lies there.
    pub since: NaiveDate,
    /// The end of this day.
    pub due: Option<NaiveDate>,
    /// Mark and words of how it stands on the day.
    pub mark: Mark,
    /// The same in words.
    pub state: String,
    /// It rests with its plan.
    pub rests: bool,
    /// What is seen of it: the version that is signed.
    pub seen: Seen,
    /// What the signature covers, in lines.
    pub covers: Vec<String>,
    /// What was found in it.
    pub checks: Vec<Check>,
    /// The leader has opened it at this version.
    pub looked: bool,
}

/// Whether a matter can be ticked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It can.
    Ready,
    /// Once it has been opened as it stands; says why.
    Unread(&'static str),
    /// Not before it is mended; says what.
    Blocked(String),
}

impl Standing {
    /// Why it cannot be ticked.
    #[must_use]
    pub fn why(&self) -> Option<&str> {
        match self {
            Self::Ready => None,
            Self::Unread(why) => Some(why),
            Self::Blocked(why) => Some(why),
        }
    }
}

const WARNED: &str = "有提醒，须先打开核对";
const WHOLE: &str = "须先打开阅看全文";

impl Matter {
    /// Whether it can be ticked.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let mut errors = self.checks.iter();
        let error = errors.find(|check| check.severity == Severity::Error);
        if let Some(error) = error {
            return Standing::Blocked(error.sentence.clone());
        }
        if self.looked {
            return Standing::Ready;
        }
        if is_whole(self.act) {
            return Standing::Unread(WHOLE);
        }
        if self.checks.is_empty() {
            Standing::Ready
        } else {
            Standing::Unread(WARNED)
        }
    }

    /// What its tick says.
    #[must_use]
    pub fn tick(&self) -> Tick {
        Tick {
            act: self.act,
            case: self.case,
            seen: self.seen.clone(),
        }
    }
}

/// One tick of the list: which matter, and what was seen of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tick {
    /// What signing it does.
    pub act: Act,
    /// Its number among those of its act.
    pub case: i64,
    /// What was seen of it.
    pub seen: Seen,
}

impl Tick {
    /// As a box says it.
    #[must_use]
    pub fn text(&self) -> String {
        format!("{}:{}:{}", self.act.name(), self.case, self.seen.text())
    }

    /// What a box says; none where it is no matter that a signature settles.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, ':');
        let act = Act::from_name(parts.next()?)?;
        let case = parts.next()?.parse().ok()?;
        let seen = Seen::parse(parts.next()?)?;
        ACTS.contains(&act).then_some(Self { act, case, seen })
    }
}

crate::words! {
    /// What became of a matter of a round.
    pub enum Outcome {
        /// It is its turn yet, or the program was stopped before.
        Pending = "pending", "未办理", Todo;
        /// It is signed.
        Signed = "signed", "已签发", Done;
        /// It is not; says why.
        Refused = "refused", "未签发", Late;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matter(act: Act, checks: Vec<Check>, looked: bool) -> Matter {
        Matter {
            act,
            case: 7,
            of: Address::default(),
            title: String::new(),
            subject: String::new(),
            href: String::new(),
            since: NaiveDate::default(),
            due: None,
            mark: Mark::Todo,
            state: String::new(),
            rests: false,
            seen: Seen::version(3),
            covers: Vec::new(),
            checks,
            looked,
        }
    }

    #[test]
    fn what_warns_or_goes_out_whole_is_opened_first_and_what_is_wrong_is_not_signed() {
        let (warns, wrong) = (Check::warning("提醒"), Check::error("缺证明材料"));
        let standing = |act, checks: &[&Check], looked| {
            let checks = checks.iter().map(|check| (*check).clone()).collect();
            matter(act, checks, looked).standing()
        };
        let plain = Act::ItemAccept;
        assert_eq!(standing(plain, &[], false), Standing::Ready);
        assert_eq!(standing(plain, &[&warns], false), Standing::Unread(WARNED));
        assert_eq!(standing(plain, &[&warns], true), Standing::Ready);
        let blocked = Standing::Blocked("缺证明材料".to_owned());
        assert_eq!(standing(plain, &[&warns, &wrong], true), blocked);
        for act in ACTS {
            let unread = standing(act, &[], false) != Standing::Ready;
            assert_eq!(unread, is_whole(act), "{act:?}");
            assert_eq!(standing(act, &[], true), Standing::Ready, "{act:?}");
        }
    }

    #[test]
    fn a_tick_reads_back_and_names_nothing_that_needs_words() {
        let tick = matter(Act::SurveyConfirm, Vec::new(), false).tick();
        assert_eq!(Tick::read(&tick.text()), Some(tick));
        for rubbish in [
            "",
            "survey.confirm",
            "survey.confirm:7",
            "survey.confirm:x:3",
            "survey.confirm:7:",
            "survey.return:7:3",
            "settings.change:7:3",
        ] {
            assert_eq!(Tick::read(rubbish), None, "{rubbish}");
        }
    }

    #[test]
    fn what_is_signed_changes_something_and_is_done_as_seen() {
        for act in ACTS {
            assert!(act.writes(), "{act:?}");
            assert_eq!(act.sees(), crate::access::Sees::Decision, "{act:?}");
        }
    }
}
