//! How many a unit must recommend, what makes an association mandatory, and the
//! state machine of a recommendation.

use crate::access::case::{Holder, Steps};
use crate::access::{Act, Seen};
use crate::database::Explain;
use crate::ids::AssociationId;
use crate::scheme::parameters;

pub mod amendments;
pub mod announced;
mod bound;
pub mod lines;
pub mod requests;
pub mod units;

pub use bound::Bound;

/// What a unit's recommendation is called on desks; its acts stand under the unit.
pub const RECOMMENDATION: &str = "recommendation";
/// The same of an objection to the published list that was not answered.
pub const OBJECTION: &str = "objection";

crate::words! {
    /// State of a unit's recommendation.
    pub enum State {
        /// Being chosen.
        Draft = "draft", "尚未报送";
        /// With the office.
        Submitted = "submitted", "已报送，待审定";
        /// Sent back.
        Returned = "returned", "已退回，待补正";
        /// 审定.
        Approved = "approved", "已审定";
        /// On the published list.
        Published = "published", "已发布";
    }
}

/// From a state, by an act, to a state.
pub const STEPS: Steps<State> = &[
    (State::Draft, Act::RosterSave, State::Draft),
    (State::Returned, Act::RosterSave, State::Draft),
    (State::Draft, Act::RosterOverride, State::Draft),
    (State::Returned, Act::RosterOverride, State::Draft),
    (State::Draft, Act::RosterSubmit, State::Submitted),
    (State::Submitted, Act::RecommendRecall, State::Draft),
    (State::Submitted, Act::RosterReturn, State::Returned),
    (State::Submitted, Act::RosterApprove, State::Approved),
    // Only where what was decided on no longer stands (`amendments::base_moved`), or the
    // unit asks for its correction.
    (State::Approved, Act::CorrectionAsk, State::Approved),
    (State::Approved, Act::RosterReturn, State::Returned),
    (State::Approved, Act::RosterPublish, State::Published),
];

/// On whose desk it lies.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Draft | State::Returned => {
            const {
                &[
                    Holder::clerk(Act::RosterSave),
                    Holder::leader(Act::RosterSubmit).complete(),
                ]
            }
        }
        State::Submitted => {
            const {
                &[
                    Holder::office(Act::RosterReturn),
                    Holder::head(Act::RosterApprove),
                ]
            }
        }
        State::Approved => const { &[Holder::head(Act::RosterPublish)] },
        State::Published => &[],
    }
}

/// R = ⌈B·p/q⌉ in integers, never by floating point (LI-1).
#[must_use]
pub const fn required(base: i64, numerator: i64, denominator: i64) -> i64 {
    (base * numerator + denominator - 1) / denominator
}

/// The same as pages print it: ⌈B/2⌉, or B where all that should take part do.
#[must_use]
pub fn formula((numerator, denominator): (i64, i64)) -> String {
    match (numerator, denominator) {
        (p, q) if p == q => "B".to_owned(),
        (1, q) => format!("⌈B/{q}⌉"),
        (p, q) => format!("⌈B×{p}/{q}⌉"),
    }
}

/// The share itself in words.
#[must_use]
pub fn fraction(ratio: (i64, i64)) -> String {
    match ratio {
        (p, q) if p == q => "全部".to_owned(),
        (1, 2) => "一半".to_owned(),
        (p, q) => format!("{q}分之{p}"),
    }
}

/// The number that comes of it in words, of so many: 在管6个的一半，进一.
#[must_use]
pub fn share_words(base: i64, (numerator, denominator): (i64, i64)) -> String {
    if numerator == denominator {
        return format!("在管{base}个，全部推荐");
    }
    let share = fraction((numerator, denominator));
    let rounded = if base * numerator % denominator == 0 {
        ""
    } else {
        "，进一"
    };
    format!("在管{base}个的{share}{rounded}")
}

crate::words! {
    /// Why an association must be on the list.
    pub enum Mandatory {
        /// The unit has no other (LI-2).
        OnlyOne = "only_one", "必报：仅有1个行业协会商会";
        /// 涉及财政拨款 (LI-3).
        Appropriation = "appropriation", "必报：涉及财政拨款";
    }
}

/// An in-scope association of the unit.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The association.
    pub id: AssociationId,
    /// Its name.
    pub name: String,
    /// Its confirmed survey tells of appropriation; none: not confirmed yet.
    pub appropriation: Option<bool>,
    /// Recommended.
    pub chosen: bool,
    /// Why not now.
    pub reason: String,
}

/// What a unit's page shows and is signed and decided on: the recommendation's row
/// version, 0 where it was not begun, and every candidate.
#[must_use]
pub fn shown(version: i32, candidates: &[Candidate]) -> Seen {
    let of = |each: &Candidate| {
        let Candidate {
            id,
            name,
            appropriation,
            chosen,
            reason,
        } = each;
        format!("{id} {name} {appropriation:?} {chosen} {reason}")
    };
    let head = format!("recommendation {version}");
    Seen::list(std::iter::once(head).chain(candidates.iter().map(of)))
}

impl Arithmetic {
    /// The same with so many chosen.
    #[must_use]
    pub const fn with_chosen(self, chosen: i64) -> Self {
        let shortfall = if self.required > chosen {
            self.required - chosen
        } else {
            0
        };
        Self {
            chosen,
            shortfall,
            ..self
        }
    }
}

impl Mandatory {
    /// Why an association must be on the list: what its confirmed survey tells of
    /// appropriation, and whether its unit has no other.
    #[must_use]
    pub const fn of(appropriation: Option<bool>, alone: bool) -> Option<Self> {
        match (appropriation, alone) {
            (Some(true), _) => Some(Self::Appropriation),
            (_, true) => Some(Self::OnlyOne),
            _ => None,
        }
    }
}

/// Why a candidate must be on the first list, if it must.
fn mandatory(candidate: &Candidate, base: usize) -> Option<Mandatory> {
    Mandatory::of(candidate.appropriation, base == 1)
}

/// The certificate that the page prints: it can be checked with a pencil.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arithmetic {
    /// B: in-scope associations.
    pub base: i64,
    /// R: at least so many.
    pub required: i64,
    /// M: these in any case.
    pub mandatory: i64,
    /// L: recommended.
    pub chosen: i64,
    /// max(0, R − L).
    pub shortfall: i64,
    /// max(0, R − M): to choose freely.
    pub free: i64,
}

fn count(candidates: &[Candidate], wanted: impl Fn(&Candidate) -> bool) -> i64 {
    i64::try_from(candidates.iter().filter(|each| wanted(each)).count()).unwrap_or(i64::MAX)
}

/// The arithmetic of a recommendation for the first list.
fn arithmetic(candidates: &[Candidate], (numerator, denominator): (i64, i64)) -> Arithmetic {
    let base = count(candidates, |_| true);
    let required = required(base, numerator, denominator);
    let mandatory = count(candidates, |each| {
        mandatory(each, candidates.len()).is_some()
    });
    let chosen = count(candidates, |each| each.chosen);
    Arithmetic {
        base,
        required,
        mandatory,
        chosen,
        shortfall: (required - chosen).max(0),
        free: (required - mandatory).max(0),
    }
}

/// The arithmetic of one for a later list: nothing is required.
fn arithmetic_later(candidates: &[Candidate]) -> Arithmetic {
    Arithmetic {
        base: count(candidates, |_| true),
        required: 0,
        mandatory: 0,
        chosen: count(candidates, |each| each.chosen),
        shortfall: 0,
        free: 0,
    }
}

/// Why an act is not open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Mandatory associations that are not chosen (LI-4).
    MandatoryMissing(Vec<String>),
    /// Fewer than one half (LI-1): chosen, required.
    TooFew(i64, i64),
    /// Surveys that are not confirmed yet.
    Unsurveyed(Vec<String>),
    /// Units that hold the list up, without an exception (TC-54).
    UnitsOpen(Vec<String>),
    /// There is nothing to publish or to amend.
    Empty,
    /// A date of a later list is missing or before the one that comes first (FD-1).
    BatchDate(&'static str),
    /// The list is not published yet.
    NotPublished,
    /// Associations that cannot be added or withdrawn.
    Unfit(Vec<String>),
    /// The requests rest on what this person wrote or signed: names.
    OwnRequest(Vec<String>),
    /// A request that is not in a state for the act.
    NotAsked,
    /// The rows read as the register does, or are withdrawn by the same amendment.
    NothingToCorrect,
    /// It is on the list, or is not, or may not be moved: why.
    Unmovable(&'static str),
    /// Taking back what was decided is for the office's head.
    OnlyHead,
    /// What was decided on still stands, and the unit does not ask for its correction.
    BaseStands,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::MandatoryMissing(names) => format!("以下协会必须列入：{}。", names.join("、")),
            Self::TooFew(chosen, required) => {
                format!("推荐{chosen}个，少于应推荐的{required}个。")
            }
            Self::Unsurveyed(names) => {
                format!("以下协会的摸底调查尚未确认：{}。", names.join("、"))
            }
            Self::UnitsOpen(names) => format!(
                "以下单位没有审定的推荐名单，也没有零报告，或者审定的推荐名单正申请更正：{}。例外先行发布的，请逐个写明理由。",
                names.join("、")
            ),
            Self::BatchDate(name) => format!(
                "请填写本批名单的{}，各项时限应不早于发布日期并按先后排列。",
                parameters::label(name)
            ),
            Self::Empty => "没有可以发布或者调整的协会。".to_owned(),
            Self::NotPublished => "名单尚未发布，不需要增补或者调整。".to_owned(),
            Self::Unfit(names) => format!(
                "以下协会不能这样调整：{}。增补的须已认定为拟脱钩、摸底已确认；撤出的须未退出、方案未办结且不涉及财政拨款，已编制方案的还须先有撤出申请。",
                names.join("、")
            ),
            Self::OwnRequest(names) => format!(
                "以下协会的调整申请由您本人起草、报送，或者由您任职的单位报送，须由其他负责人决定：{}。",
                names.join("、")
            ),
            Self::NotAsked => "没有可以这样办理的名单调整申请，请刷新页面核对。".to_owned(),
            Self::NothingToCorrect => {
                "所选协会在名单上的文字与登记一致，或者同时撤出，不需要更正，请刷新页面核对。".to_owned()
            }
            Self::Unmovable(why) => (*why).to_owned(),
            Self::OnlyHead => "推荐名单已审定，只有脱钩办负责人可以退回。".to_owned(),
            Self::BaseStands => {
                "推荐名单已审定，范围认定没有变化，单位也没有申请更正，不能退回；名单发布后可以增补或者调整。"
                    .to_owned()
            }
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        let Self::BatchDate(name) = self else {
            return None;
        };
        Some((name, parameters::label(name)))
    }
}

/// Whether a recommendation for a later list may be submitted: it takes any deferred
/// association, and LI-1 to LI-5 bind the first list alone (FD-1, TC-76).
fn may_submit_later(candidates: &[Candidate]) -> Result<(), Refusal> {
    let unsurveyed = candidates
        .iter()
        .filter(|each| each.chosen && each.appropriation.is_none());
    let unsurveyed: Vec<String> = unsurveyed.map(|each| each.name.clone()).collect();
    if !unsurveyed.is_empty() {
        return Err(Refusal::Unsurveyed(unsurveyed));
    }
    if candidates.iter().any(|each| each.chosen) {
        Ok(())
    } else {
        Err(Refusal::Empty)
    }
}

/// Whether one for the first list may be submitted: M ⊆ L and #L ≥ R, unless the
/// office has excused the number with a reason (LI-5).
fn may_submit(candidates: &[Candidate], ratio: (i64, i64), excused: bool) -> Result<(), Refusal> {
    let names = |wanted: &dyn Fn(&Candidate) -> bool| -> Vec<String> {
        candidates
            .iter()
            .filter(|each| wanted(each))
            .map(|each| each.name.clone())
            .collect()
    };
    let unsurveyed = names(&|candidate| candidate.appropriation.is_none());
    if !unsurveyed.is_empty() {
        return Err(Refusal::Unsurveyed(unsurveyed));
    }
    let missing =
        names(&|candidate| mandatory(candidate, candidates.len()).is_some() && !candidate.chosen);
    if !missing.is_empty() {
        return Err(Refusal::MandatoryMissing(missing));
    }
    let arithmetic = arithmetic(candidates, ratio);
    if arithmetic.shortfall > 0 && !excused {
        return Err(Refusal::TooFew(arithmetic.chosen, arithmetic.required));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
