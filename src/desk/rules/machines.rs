//! Who has a matter of a kind in a state: the machines' own word, and that of what has no
//! machine of its own.

use crate::access::case::{Case, Holder};
use crate::access::{Act, Role};
use crate::activities::store::Activity;
use crate::corrections::store::Correction;
use crate::exits::store::Exit;
use crate::holdings::rules::Register;
use crate::holdings::rules::book::Entry;
use crate::plan::approvals::rules::Approval;
use crate::plan::changes::store::Change;
use crate::plan::conditions::store::Condition;
use crate::plan::notices::store::Notice;
use crate::plan::store::Plan;
use crate::posts::rules::Step;
use crate::progress::rules::{Item, extension};
use crate::roster::store::Recommendation;
use crate::roster::store::requests::Request;
use crate::survey::store::Survey;
use crate::timeline::store::orders::Order;
use crate::words::Word;
use crate::workgroups::rules::Part;

pub use crate::posts::rules::POST;
pub use crate::roster::rules::{OBJECTION, RECOMMENDATION};

use super::{Found, Place};

/// The kind of a wish for a later date.
pub const EXTENSION: &str = "extension";
/// The kind of a tie that its own organ is to end (T1-01).
pub const TIE: &str = "tie";
/// The kind of a department with a tie that was not told yet (五(二), PL-12).
pub const NOTICE_DUE: &str = "notice_due";

crate::words! {
    /// What waits for somebody without a row of its own that has a state.
    pub enum Loose {
        /// Something that the certificate says is not in the register.
        EntryIncomplete = "entry:incomplete", "待补登记信息";
        /// The unit proposes what an association's scope is.
        ScopeOpen = "scope:open", "待提出范围认定建议";
        /// The office's head decides on the scope.
        ScopeProposed = "scope:proposed", "待认定脱钩范围";
        /// No survey was begun.
        SurveyStart = "survey_start:none", "待开始摸底调查";
        /// The association is on the list and has no plan.
        PlanStart = "plan_start:none", "待编制实施方案";
        /// A department with a tie was not told that it ends (PH-13).
        NoticeDue = "notice_due:none", "待向有关部门通报";
        /// A tie of a department to an association that is carried out stands.
        TieStanding = "tie:standing", "待终止与协会的关系";
        /// The checklist stands on an older edition of the survey.
        Revision = "revision:outdated", "待按新版摸底调整清单";
        /// A body founded since is not checked.
        FoundingOpen = "founding:open", "待作新设立核查";
        /// It was, and something does not conform.
        FoundingFailing = "founding:failing", "待整改不符合项";
        /// There was direct appropriation, and it is not on the list (TC-17).
        Amendment = "amendment:must", "待增补列入名单";
        /// An exemption was asked for.
        Exemption = "item:exemption", "待决定依法保留";
        /// The unit has no association and has not said so.
        Nil = "nil_report:owed", "待登记协会或零报告";
        /// A part of the work group's papers is to be written.
        PartOpen = "workgroup:open", "待填写工作组材料";
        /// The office has not read it.
        PartReported = "workgroup:reported", "待阅知工作组材料";
        /// Somebody objects to the published list.
        Objection = "objection:open", "待答复名单异议";
        /// A notice of reminders is to be signed for.
        Reminder = "reminder:sent", "待签收催办通知";
        /// A department decides on a post (PE-2, PE-3).
        PostDecide = "post:decide", "待审批或备案任职";
        /// The unit's leader asks for an approval or a filing.
        PostAsk = "post:ask", "待报请任职审批备案";
        /// The unit's clerk notes a choice, what follows from it, or a day to resign by.
        PostClerk = "post:clerk", "待登记任职清理情况";
        /// Somebody is to resign by a day.
        PostResign = "post:resign", "待督促辞去职务";
        /// An organ arranged it (PE-15).
        PostArranged = "post:arranged", "待纠正机关推荐、安排的任职";
        /// Nothing is left to be done on the register but its declaration.
        PostRegister = "post_register:clear", "待报送任职清理台账";
    }
}

impl Loose {
    /// On whose desk it lies.
    #[expect(clippy::too_many_lines, reason = "one table: a line for each matter")]
    #[must_use]
    pub const fn holder(self) -> &'static [Holder] {
        match self {
            Self::EntryIncomplete => const { &[Holder::clerk(Act::AssociationCorrect)] },
            Self::ScopeOpen => {
                const {
                    &[
                        Holder::clerk(Act::ScopePropose),
                        Holder::head(Act::ScopeDecide),
                    ]
                }
            }
            Self::ScopeProposed => const { &[Holder::head(Act::ScopeDecide)] },
            Self::SurveyStart => const { &[Holder::clerk(Act::SurveySave)] },
            Self::PlanStart => const { &[Holder::clerk(Act::PlanCreate)] },
            Self::NoticeDue => const { &[Holder::clerk(Act::NoticeSend)] },
            // Whose tie it is ends it; the office for an organ in which nobody has an account.
            Self::TieStanding => {
                const {
                    &[
                        Holder::new(Place::Linked(Role::UnitClerk), Act::TieEnd).complete(),
                        Holder::new(Place::Linked(Role::UnitLeader), Act::TieEnd).complete(),
                        Holder::office(Act::TieEnd).incomplete(),
                    ]
                }
            }
            Self::Revision => {
                const {
                    &[
                        Holder::leader(Act::RevisionApply),
                        Holder::head(Act::RevisionApply),
                    ]
                }
            }
            Self::FoundingOpen | Self::FoundingFailing => {
                const { &[Holder::new(Place::Civil, Act::FoundingSave)] }
            }
            Self::Amendment => const { &[Holder::head(Act::RosterAmend)] },
            Self::Exemption => const { &[Holder::head(Act::ItemExempt)] },
            Self::Nil => {
                const {
                    &[
                        Holder::clerk(Act::AssociationCreate),
                        Holder::leader(Act::NilReport),
                    ]
                }
            }
            Self::PartOpen => {
                const {
                    &[
                        Holder::clerk(Act::WorkgroupSave).incomplete(),
                        Holder::leader(Act::WorkgroupReport).complete(),
                    ]
                }
            }
            Self::PartReported => const { &[Holder::office(Act::WorkgroupNote)] },
            Self::Objection => const { &[Holder::office(Act::ObjectionAnswer)] },
            Self::Reminder => const { &[Holder::new(Place::Told, Act::ReminderAcknowledge)] },
            Self::PostDecide => const { &[Holder::new(Place::Deciders, Act::PostDecide)] },
            Self::PostAsk => const { &[Holder::leader(Act::PostAsk)] },
            Self::PostClerk | Self::PostResign => const { &[Holder::clerk(Act::PostClear)] },
            Self::PostArranged => {
                const {
                    &[
                        Holder::head(Act::PostsReturn),
                        Holder::new(Place::Deciders, Act::PostDecide),
                    ]
                }
            }
            Self::PostRegister => const { &[Holder::leader(Act::PostsDeclare)] },
        }
    }
}

/// Who has a matter in its state.
#[must_use]
pub fn holders(matter: &Found) -> &'static [Holder] {
    let state = matter.state.as_str();
    match matter.kind.as_str() {
        Survey::KIND => by::<Survey>(state),
        Plan::KIND => by::<Plan>(state),
        Approval::KIND => by::<Approval>(state),
        Change::KIND => by::<Change>(state),
        Condition::KIND => by::<Condition>(state),
        Notice::KIND => by::<Notice>(state),
        Item::KIND if state != "exemption" => by::<Item>(state),
        Entry::KIND => by::<Entry>(state),
        Exit::KIND => by::<Exit>(state),
        Request::KIND if matter.note == OFFICE_S_OWN && state == "draft" => {
            const { &[Holder::office(Act::AmendmentPropose)] }
        }
        Request::KIND => by::<Request>(state),
        Activity::KIND => by::<Activity>(state),
        Order::KIND => by::<Order>(state),
        Correction::KIND => by::<Correction>(state),
        RECOMMENDATION => by::<Recommendation>(state),
        EXTENSION => key(state).map_or(&[], extension::holder),
        part if Part::from_key(part).is_some() => loose("workgroup", state),
        kind => loose(kind, state),
    }
}

fn loose(kind: &str, state: &str) -> &'static [Holder] {
    Loose::from_key(&format!("{kind}:{state}")).map_or(&[], Loose::holder)
}

/// A request that the office's clerk wrote.
pub const OFFICE_S_OWN: &str = "office";

fn key<S: Word>(state: &str) -> Option<S> {
    S::WORDS.iter().copied().find(|word| word.key() == state)
}

fn by<C: Case>(state: &str) -> &'static [Holder] {
    key(state).map_or(&[], C::holder)
}

/// What is done, where the register decides which act it is.
pub(super) fn act(matter: &Found, act: Act) -> Act {
    let named = (matter.kind.as_str(), Register::from_key(&matter.note));
    let (Entry::KIND, Some(register)) = named else {
        return act;
    };
    match act {
        Act::DispositionApprove => register.decision().unwrap_or(act),
        Act::AssetRecord => register.recording(),
        act => act,
    }
}

/// Which step of several it is: of a person's post.
pub(super) fn step(matter: &Found) -> &str {
    if matter.kind == POST {
        &matter.note
    } else {
        ""
    }
}

/// The roles that decide: on an entry of a register, on a post.
pub(super) fn deciders(note: &str) -> &'static [Role] {
    match Register::from_key(note) {
        Some(register) => register.deciders(),
        None if note == ARRANGED => &[Role::OrgDept],
        None => &[Role::OrgDept, Role::Hrss],
    }
}

/// What an organ arranged goes to the department of cadres.
pub const ARRANGED: &str = Step::Arranged.key();

/// Whether a suspension stops it (FD-4): it stops the plan's items and the clocks of hands,
/// and no register.
pub(super) fn rests(kind: &str) -> bool {
    matches!(
        kind,
        Plan::KIND
            | Approval::KIND
            | Change::KIND
            | Condition::KIND
            | Notice::KIND
            | Item::KIND
            | EXTENSION
            | NOTICE_DUE
            | TIE
            | "plan_start"
            | "revision"
    )
}
