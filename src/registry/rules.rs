//! Stages, ties, and the scope of the campaign computed with its reasons (SC-1 to SC-11).

pub mod entry;
mod exit;
pub mod founding;
pub mod incoming;
mod kinds;
pub mod periods;
mod refusal;
pub mod suspension;

use chrono::NaiveDate;

use crate::access::{Actor, Role};
use crate::ids::DepartmentId;
use crate::scheme::campaign::Campaign;

use super::{credit_code, names};

pub use exit::ExitKind;
pub use kinds::{Computed, Scope, Stage, TieKind};
pub use refusal::Refusal;

/// What the members mainly are (SC-3): value, label, within scope.
pub const MEMBER_BASES: [(&str, &str, bool); 4] = [
    ("same_activity_units", "从事相同性质经济活动的单位", true),
    ("same_trade_persons", "同业人员", true),
    ("same_territory_orgs", "同地域的经济组织", true),
    ("other", "其他", false),
];

/// Whether somebody may end an organ's tie: the organ itself, or the office for one that
/// has nobody here (DN-1).
#[must_use]
pub fn ends_tie(actor: &Actor, organ: DepartmentId) -> bool {
    actor.role() == Role::OfficeClerk || actor.department() == organ
}

/// What the scope rests on.
#[derive(Debug, Clone)]
pub struct ScopeFacts<'a> {
    /// Registered name.
    pub name: &'a str,
    /// Credit code, where there is one.
    pub uscc: Option<&'a str>,
    /// Registration authority, for old certificates.
    pub registrar: &'a str,
    /// Kind of body, for old certificates.
    pub org_type: &'a str,
    /// What the members mainly are.
    pub member_basis: &'a str,
    /// Kind of the responsible organ.
    pub department_kind: &'a str,
    /// applies, by_reference, none.
    pub civil_service_law: &'a str,
    /// Date of registration.
    pub registered_on: Option<NaiveDate>,
}

crate::words! {
    /// How one criterion stands.
    pub enum Standing {
        /// It holds.
        Pass = "pass", "符合", Done;
        /// It does not.
        Fail = "fail", "不符合", Void;
        /// A person must judge.
        Manual = "manual", "须人工认定", Todo;
    }
}

/// One criterion with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    /// SC-3 …
    pub code: &'static str,
    /// What it asks.
    pub title: &'static str,
    /// How it stands.
    pub standing: Standing,
    /// Why.
    pub reason: String,
}

/// The scope computed from the criteria, all of which must hold at the same
/// time (二: 同时具有).
#[must_use]
pub fn scope(campaign: &Campaign, facts: &ScopeFacts<'_>) -> (Computed, Vec<Criterion>) {
    let criteria = vec![
        subject(campaign, facts),
        members(facts),
        suffix(campaign, facts.name),
        registration(campaign, facts),
    ];
    let any = |standing| {
        criteria
            .iter()
            .any(|criterion| criterion.standing == standing)
    };
    let computed = if any(Standing::Fail) {
        Computed::Out
    } else if any(Standing::Manual) {
        Computed::Confirm
    } else {
        Computed::In
    };
    (computed, criteria)
}

/// Whether the scheme applies by reference (SC-2: 参照执行).
#[must_use]
pub fn by_reference(department_kind: &str) -> bool {
    department_kind != "organ"
}

fn subject(campaign: &Campaign, facts: &ScopeFacts<'_>) -> Criterion {
    let (standing, reason) = match (facts.department_kind, facts.civil_service_law) {
        ("organ", _) => {
            let level = &campaign.words.level;
            (Standing::Pass, format!("业务主管单位是{level}行政机关"))
        }
        (_, "applies" | "by_reference") => (
            Standing::Pass,
            "业务主管单位是依照或参照公务员法管理的单位，参照方案执行".to_owned(),
        ),
        _ => (
            Standing::Fail,
            "业务主管单位不是行政机关，也不依照或参照公务员法管理".to_owned(),
        ),
    };
    Criterion {
        code: "SC-1",
        title: "脱钩主体",
        standing,
        reason,
    }
}

fn members(facts: &ScopeFacts<'_>) -> Criterion {
    let basis = MEMBER_BASES
        .iter()
        .find(|(key, _, _)| *key == facts.member_basis);
    let (standing, reason) = match basis {
        Some((_, label, true)) => (Standing::Pass, format!("会员主体为{label}")),
        None if facts.member_basis.is_empty() => {
            (Standing::Manual, "会员主体待补，须人工认定".to_owned())
        }
        _ => (
            Standing::Fail,
            "会员主体不是相同性质经济活动的单位、同业人员或同地域的经济组织".to_owned(),
        ),
    };
    Criterion {
        code: "SC-3",
        title: "会员主体",
        standing,
        reason,
    }
}

/// SC-4. A bracket at the end, such as (筹), does not belong to the suffix.
fn suffix(campaign: &Campaign, name: &str) -> Criterion {
    let key = names::key(name);
    let bare = match key.rfind('(') {
        Some(position) if key.ends_with(')') => key.get(..position).unwrap_or(&key),
        _ => key.as_str(),
    };
    let longest = |suffixes: &[String]| {
        suffixes
            .iter()
            .filter(|suffix| bare.ends_with(suffix.as_str()))
            .max_by_key(|suffix| suffix.chars().count())
            .cloned()
    };
    let (standing, reason) = if let Some(suffix) = longest(&campaign.suffixes_to_confirm) {
        (
            Standing::Manual,
            format!("名称以“{suffix}”为后缀，方案未列明，须人工认定"),
        )
    } else if let Some(suffix) = longest(&campaign.suffixes) {
        (Standing::Pass, format!("名称以“{suffix}”为后缀"))
    } else {
        (Standing::Fail, "名称后缀不是行业协会、协会、商会、联合会、促进会；确属行业协会商会的，由脱钩办说明理由后认定".to_owned())
    };
    Criterion {
        code: "SC-4",
        title: "名称后缀",
        standing,
        reason,
    }
}

fn registration(campaign: &Campaign, facts: &ScopeFacts<'_>) -> Criterion {
    let pending = names::key(facts.name).ends_with("(筹)");
    let (standing, reason) = match facts.uscc {
        _ if pending => (Standing::Fail, "正在筹备，尚未登记".to_owned()),
        Some(code) if !code.starts_with("51") => {
            (Standing::Fail, "代码不以51开头，不是社会团体".to_owned())
        }
        Some(code) if credit_code::region(code) != Some(campaign.region_code.as_str()) => (
            Standing::Fail,
            format!("登记机关非{}", campaign.region_name),
        ),
        Some(_) => (
            Standing::Pass,
            format!("在{}登记的社会团体法人", campaign.registrar),
        ),
        None if facts.registrar == campaign.registrar && facts.org_type == "社会团体" => (
            Standing::Pass,
            format!("证书载明由{}登记为社会团体", campaign.registrar),
        ),
        None if facts.registrar.is_empty() => (
            Standing::Manual,
            "代码和登记机关待补，须人工认定".to_owned(),
        ),
        None => (
            Standing::Fail,
            format!("登记机关非{}", campaign.region_name),
        ),
    };
    Criterion {
        code: "SC-5",
        title: "登记",
        standing,
        reason,
    }
}

/// Fewest characters of a reason that overrides the criteria (SC-4).
const REASON: usize = 10;
/// The reason where the decision follows the criteria.
const BY_CRITERIA: &str = "按方案规定的条件认定";

/// The reason of a decision or proposal on scope (SC-8): one that departs from the
/// criteria gives its own.
pub fn reason(computed: Computed, scope: Scope, given: Option<String>) -> Result<String, Refusal> {
    let follows = matches!(
        (computed, scope),
        (Computed::In, Scope::In) | (Computed::Out, Scope::Out)
    );
    match given {
        Some(reason) if follows || reason.chars().count() >= REASON => Ok(reason),
        Some(_) => Err(Refusal::ShortReason),
        None if follows => Ok(BY_CRITERIA.to_owned()),
        None => Err(Refusal::NoReason),
    }
}

/// SC-11: registered on or after the scheme's date, so not part of the stock (TC-42). Of whom
/// the day is not known, it stands until somebody says otherwise.
#[must_use]
pub fn is_new(campaign: &Campaign, registered_on: Option<NaiveDate>) -> bool {
    registered_on.is_some_and(|day| day >= campaign.parameters.issue_date)
}

#[cfg(test)]
mod tests;
