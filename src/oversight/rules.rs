//! The machine of dockets, and what stands in the way of an act. Pure. Which of the edges a
//! process has, and who goes them, is the scheme's (`processes.toml`).

pub mod figures;
pub mod sampling;

use chrono::NaiveDate;

use crate::access::Act;
use crate::access::case::{Holder, Steps};
use crate::database::Explain;
use crate::scheme::processes::Process;
use crate::scheme::{Answers, Scheme};

crate::words! {
    /// State of a docket, in the words of a report; a process may have its own.
    pub enum State {
        /// Being written, or raised and in nobody's work yet.
        Draft = "draft", "起草中", Going;
        /// Somebody works on it.
        Handling = "handling", "办理中", Going;
        /// With whoever receives it.
        Sent = "sent", "已报送", Going;
        /// Handed to a department.
        Assigned = "assigned", "已交办", Going;
        /// The department has answered.
        Answered = "answered", "已反馈", Going;
        /// Decided, and to be carried out.
        Decided = "decided", "已决定", Going;
        /// Carried out, and to be looked at.
        Done = "done", "待核实", Going;
        /// Sent back.
        Returned = "returned", "已退回", Soon;
        /// Over.
        Settled = "settled", "已办结", Done;
        /// Taken back, or in force no more.
        Withdrawn = "withdrawn", "已撤销", Void;
    }
}

crate::words! {
    /// How grave it is.
    pub enum Level {
        /// The unit solves it.
        Normal = "normal", "一般";
        /// The office is asked to.
        Major = "major", "重大";
    }
}

/// From a state, by an act, to a state: every edge that a process may have.
pub const STEPS: Steps<State> = &[
    (State::Draft, Act::DocketSave, State::Draft),
    (State::Returned, Act::DocketSave, State::Returned),
    (State::Draft, Act::DocketAttach, State::Draft),
    (State::Returned, Act::DocketAttach, State::Returned),
    (State::Answered, Act::DocketAttach, State::Answered),
    (State::Draft, Act::DocketTake, State::Handling),
    (State::Draft, Act::DocketRaise, State::Draft),
    (State::Handling, Act::DocketRaise, State::Handling),
    (State::Draft, Act::DocketSend, State::Sent),
    (State::Draft, Act::DocketSend, State::Settled),
    (State::Handling, Act::DocketSend, State::Sent),
    (State::Returned, Act::DocketSend, State::Sent),
    (State::Returned, Act::DocketSend, State::Settled),
    (State::Draft, Act::DocketSign, State::Sent),
    (State::Draft, Act::DocketSign, State::Settled),
    (State::Returned, Act::DocketSign, State::Sent),
    (State::Returned, Act::DocketSign, State::Settled),
    (State::Sent, Act::DocketAssign, State::Assigned),
    (State::Assigned, Act::DocketAssign, State::Assigned),
    (State::Sent, Act::DocketAnswer, State::Answered),
    (State::Assigned, Act::DocketAnswer, State::Answered),
    (State::Sent, Act::DocketDecide, State::Decided),
    (State::Assigned, Act::DocketDecide, State::Decided),
    (State::Answered, Act::DocketDecide, State::Decided),
    (State::Handling, Act::DocketFinish, State::Done),
    (State::Answered, Act::DocketFinish, State::Done),
    (State::Decided, Act::DocketFinish, State::Done),
    (State::Sent, Act::DocketAccept, State::Settled),
    (State::Done, Act::DocketClose, State::Settled),
    (State::Sent, Act::DocketReturn, State::Returned),
    (State::Sent, Act::DocketReturn, State::Handling),
    (State::Done, Act::DocketReturn, State::Handling),
    (State::Done, Act::DocketReturn, State::Answered),
    (State::Done, Act::DocketReturn, State::Decided),
    (State::Draft, Act::DocketWithdraw, State::Withdrawn),
    (State::Settled, Act::DocketWithdraw, State::Withdrawn),
    (State::Settled, Act::DocketRevise, State::Settled),
    // The program's own: what it was about is done.
    (State::Handling, Act::DocketLapse, State::Settled),
    (State::Done, Act::DocketLapse, State::Settled),
];

/// On whose desk it lies is the scheme's to say, state by state (`desk::rules`).
#[must_use]
pub const fn holder(_: State) -> &'static [Holder] {
    &[]
}

impl State {
    /// Nothing is left to be done.
    #[must_use]
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Settled | Self::Withdrawn)
    }

    /// It can be written.
    #[must_use]
    pub const fn is_written(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }

    /// What a process calls it.
    #[must_use]
    pub fn called(self, process: &Process) -> String {
        let own = process.words.get(self.key());
        own.map_or(self.label(), String::as_str).to_owned()
    }
}

/// Labels of questions that must be answered before a docket is passed on and are not. A nil
/// report says nothing but that.
#[must_use]
pub fn missing(process: &Process, answers: &Answers, nil: bool) -> Vec<String> {
    if nil && !process.nil.is_empty() {
        return Vec::new();
    }
    let lacking = process.written().filter(|question| {
        let shown = question.required && question.shown(answers);
        shown && !answers.has(question.code())
    });
    lacking.map(|question| question.label.clone()).collect()
}

/// Codes in a text: separated by whatever people separate with. What stands in brackets is what
/// they are called (`worded`).
#[must_use]
pub fn codes(text: &str) -> Vec<String> {
    let mut depth = 0_u32;
    let bare = text.chars().map(|c| match c {
        '（' | '(' => {
            depth += 1;
            ' '
        }
        '）' | ')' => {
            depth = depth.saturating_sub(1);
            ' '
        }
        c if depth == 0 => c,
        _ => ' ',
    });
    let bare: String = bare.collect();
    bare.split(['、', '，', ',', '；', ';', ' ', '\u{3000}'])
        .map(str::trim)
        .filter(|code| !code.is_empty())
        .map(str::to_uppercase)
        .collect()
}

/// The same codes with what they are called, as pages show them and forms take them back.
#[must_use]
pub fn worded(scheme: &Scheme, codes: &[String]) -> String {
    let each = codes.iter().map(|code| {
        let asked = || {
            scheme
                .question(code)
                .map(|question| question.label.as_str())
        };
        match scheme.called(code).or_else(asked) {
            Some(words) => format!("{code}（{words}）"),
            None => code.clone(),
        }
    });
    each.collect::<Vec<_>>().join("；")
}

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// These parts are not written.
    Missing(Vec<String>),
    /// Sent back without a word of why.
    NoReason,
    /// The step asks for an answer: code and label.
    Unanswered(String, String),
    /// The scheme has no such step in this state.
    NoStep(String),
    /// No association of this name or code is within reach.
    NoAssociation,
    /// It must be about an association.
    AssociationNeeded,
    /// The day lies before another.
    TooEarly(NaiveDate),
    /// The next edition is being written.
    BeingRevised,
    /// A code that nothing has.
    UnknownCode(String),
    /// The process says why.
    Said(&'static str),
    /// A parameter that cannot be set so.
    Parameter(String),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Missing(labels) => format!("下列内容还没有填写：{}。", labels.join("、")),
            Self::NoReason => "请至少在一个部分写明需要补正的内容。".to_owned(),
            Self::Unanswered(_, label) => format!("请填写“{label}”。"),
            Self::NoStep(state) => format!("现在的状态是“{state}”，不能这样办理。"),
            Self::NoAssociation => {
                "没有查到这个协会；请填写台账中的全称或者统一社会信用代码。".to_owned()
            }
            Self::AssociationNeeded => "请填写是哪个协会。".to_owned(),
            Self::TooEarly(day) => format!("日期不能早于{day}。"),
            Self::BeingRevised => "下一版正在编制，请在下一版中修改。".to_owned(),
            Self::UnknownCode(code) => format!("没有编号为{code}的项目，请核对。"),
            Self::Said(words) => (*words).to_owned(),
            Self::Parameter(words) => words.clone(),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NoAssociation | Self::AssociationNeeded => Some(("association", "协会")),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests;
