//! What is done about a person's post, and to whom it can be done.

use chrono::NaiveDate;

use crate::access::Act;
use crate::database::Explain;
use crate::scheme::parameters::AgeLimitMode;
use crate::scheme::persons::PersonCategory;

use super::{Holder, Limits};

/// Something done about a person's post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// To resign by this day (PE-16).
    Limit(NaiveDate),
    /// Resigned, with what proves it; still named on certificate or filing.
    Resign {
        /// When.
        on: NaiveDate,
        /// What proves it.
        evidence: String,
        /// Certificate or officers' filing still name them (PE-17).
        still_filed: bool,
    },
    /// A serving civil servant chooses (PE-14).
    Choose {
        /// Stays.
        stay: bool,
        /// When.
        on: NaiveDate,
    },
    /// Stay: out of the civil service, with a labour contract.
    Stay {
        /// Out of the civil service since; may come before the contract.
        ended: Option<NaiveDate>,
        /// Contract of.
        contract: Option<NaiveDate>,
    },
    /// Leave: placed by the organ.
    Place {
        /// When.
        on: NaiveDate,
        /// By which document.
        document: String,
    },
    /// The institution post is given back.
    Recover {
        /// When.
        on: NaiveDate,
        /// By which document.
        document: String,
    },
    /// The pension of organs and institutions is confirmed (T4-12).
    Insure {
        /// When.
        on: NaiveDate,
        /// By which document.
        document: String,
    },
    /// Approval or filing is asked for.
    Ask,
    /// The department decides.
    Decide(Approval),
}

/// An approval, a filing, or a refusal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// `approved`, `filed`, `refused`.
    pub kind: String,
    /// By whom.
    pub authority: String,
    /// Number.
    pub number: String,
    /// Date.
    pub date: NaiveDate,
    /// End.
    pub until: Option<NaiveDate>,
    /// In their own words.
    pub opinion: String,
}

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no confirmed survey to open the register from.
    NoSurvey,
    /// There is one, and no later survey to enter people from.
    Opened,
    /// Not for this category.
    NotFor(PersonCategory),
    /// Resigned already.
    Gone,
    /// A day to come, or before 2000.
    ImpossibleDay(NaiveDate),
    /// Before what must come first.
    TooEarly(NaiveDate),
    /// The choice is not that.
    OtherChoice,
    /// Within three years only an approval counts, no filing (PE-2).
    FilingTooEarly(NaiveDate),
    /// These people are still to be put right.
    Pressing(Vec<i32>),
    /// The register is declared already, or not declared.
    Declared(bool),
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::NoSurvey => "任职清理台账须在摸底调查确认后建立。".to_owned(),
            Self::Opened => "任职清理台账已经建立，没有新的摸底调查可以登入。".to_owned(),
            Self::NotFor(category) => format!("类别为“{}”，不适用此事项。", category.label()),
            Self::Gone => "此人已经辞去职务，不再办理此事项。".to_owned(),
            Self::ImpossibleDay(day) => {
                format!("日期{day}无效：不得早于2000-01-01，不得晚于今天。")
            }
            Self::TooEarly(day) => format!("日期不能早于{day}。"),
            Self::OtherChoice => "与本人的去留选择不一致，请先登记去留选择。".to_owned(),
            Self::FilingTooEarly(full) => {
                format!("退（离）休满三年之日为{full}，此前只能审批，不能备案。")
            }
            Self::Pressing(numbers) => {
                let people: Vec<String> = numbers.iter().map(|n| format!("第{n}号")).collect();
                format!(
                    "人员{}仍有须处理的事项，处理完毕后方可报送。",
                    people.join("、")
                )
            }
            Self::Declared(true) => "台账已经报送，不能再次报送。".to_owned(),
            Self::Declared(false) => "台账尚未报送，不能退回。".to_owned(),
        }
    }
}

impl Deed {
    /// The act that it is.
    #[must_use]
    pub const fn act(&self) -> Act {
        match self {
            Self::Ask => Act::PostAsk,
            Self::Decide(_) => Act::PostDecide,
            _ => Act::PostClear,
        }
    }

    /// What the record says; the person is 人员第n号 there (domain 2.1).
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::Limit(by) => format!("限{by}以前辞去兼任职务"),
            Self::Resign { on, .. } => format!("{on}辞去职务"),
            Self::Choose { stay: true, on } => format!("{on}选择留任"),
            Self::Choose { stay: false, on } => format!("{on}选择离开"),
            Self::Stay { .. } => "登记留任的办理情况".to_owned(),
            Self::Place { on, document } => format!("{on}由所在机关安置（{document}）"),
            Self::Recover { on, document } => format!("{on}收回事业编制（{document}）"),
            Self::Insure { on, document } => {
                format!("{on}确认参加机关事业单位养老保险（{document}）")
            }
            Self::Ask => "报请审批或备案".to_owned(),
            Self::Decide(approval) => {
                let what = approval_label(&approval.kind);
                format!("{what}（{} {}）", approval.number, approval.date)
            }
        }
    }
}

/// What pages call an approval.
#[must_use]
pub fn approval_label(kind: &str) -> &'static str {
    match kind {
        "approved" => "审批",
        "filed" => "备案",
        _ => "不予同意",
    }
}

fn happened(day: NaiveDate, today: NaiveDate) -> Result<(), Refusal> {
    let first = NaiveDate::from_ymd_opt(2000, 1, 1).unwrap_or(NaiveDate::MIN);
    if day < first || day > today {
        Err(Refusal::ImpossibleDay(day))
    } else {
        Ok(())
    }
}

fn of(holder: &Holder, category: PersonCategory, wanted: PersonCategory) -> Result<(), Refusal> {
    if holder.resigned_on.is_some() {
        Err(Refusal::Gone)
    } else if category == wanted {
        Ok(())
    } else {
        Err(Refusal::NotFor(category))
    }
}

/// The person after a deed, or why not. `limits` are those of the day that rules:
/// for an approval, its own date (TC-51).
pub fn after(
    holder: &Holder,
    deed: &Deed,
    limits: &Limits,
    today: NaiveDate,
) -> Result<Holder, Refusal> {
    let category = holder.category(today, limits);
    let mut after = holder.clone();
    match deed {
        Deed::Limit(by) => {
            must_leave(holder, category)?;
            after.resign_by = Some(*by);
        }
        Deed::Resign {
            on,
            evidence,
            still_filed,
        } => {
            happened(*on, today)?;
            after_start(holder, *on)?;
            after.resigned_on = Some(*on);
            after.evidence.clone_from(evidence);
            after.still_filed = *still_filed;
        }
        Deed::Choose { stay, on } => {
            of(holder, category, PersonCategory::EmployedCivilServant)?;
            happened(*on, today)?;
            choose(&mut after, *stay, *on);
        }
        Deed::Stay { ended, contract } => {
            of(holder, category, PersonCategory::EmployedCivilServant)?;
            chosen(holder, "stay", ended.iter().chain(contract), today)?;
            (after.civil_status_ended_on, after.contract_on) = (*ended, *contract);
        }
        Deed::Place { on, document } => {
            of(holder, category, PersonCategory::EmployedCivilServant)?;
            chosen(holder, "leave", [on].into_iter(), today)?;
            after.placed_on = Some(*on);
            after.placement_document = Some(document.clone());
        }
        Deed::Recover { on, document } => {
            of(holder, category, PersonCategory::InstitutionPost)?;
            happened(*on, today)?;
            after.recovered_on = Some(*on);
            after.recovery_document = Some(document.clone());
        }
        Deed::Insure { on, document } => {
            of(holder, category, PersonCategory::InstitutionPost)?;
            happened(*on, today)?;
            after.insured_on = Some(*on);
            after.insurance_document = Some(document.clone());
        }
        Deed::Ask => {
            retired(holder, category)?;
            after.asked_on = Some(today);
        }
        Deed::Decide(approval) => decide(&mut after, category, approval, (limits, today))?,
    }
    after.version += 1;
    Ok(after)
}

fn must_leave(holder: &Holder, category: PersonCategory) -> Result<(), Refusal> {
    if holder.resigned_on.is_some() {
        Err(Refusal::Gone)
    } else if category.must_be_settled() {
        Ok(())
    } else {
        Err(Refusal::NotFor(category))
    }
}

/// Stay and leave exclude each other (PE-14): what was done for the other choice goes.
fn choose(holder: &mut Holder, stay: bool, on: NaiveDate) {
    holder.choice = Some(if stay { "stay" } else { "leave" }.to_owned());
    holder.chosen_on = Some(on);
    (holder.civil_status_ended_on, holder.contract_on) = (None, None);
    (holder.placed_on, holder.placement_document) = (None, None);
}

fn after_start(holder: &Holder, on: NaiveDate) -> Result<(), Refusal> {
    match holder.post_start {
        Some(start) if on < start => Err(Refusal::TooEarly(start)),
        _ => Ok(()),
    }
}

fn chosen<'d>(
    holder: &Holder,
    choice: &str,
    days: impl Iterator<Item = &'d NaiveDate>,
    today: NaiveDate,
) -> Result<(), Refusal> {
    if holder.choice.as_deref() != Some(choice) {
        return Err(Refusal::OtherChoice);
    }
    for day in days {
        happened(*day, today)?;
        if let Some(chosen) = holder.chosen_on.filter(|chosen| day < chosen) {
            return Err(Refusal::TooEarly(chosen));
        }
    }
    Ok(())
}

fn retired(holder: &Holder, category: PersonCategory) -> Result<(), Refusal> {
    if holder.resigned_on.is_some() {
        Err(Refusal::Gone)
    } else if holder.is_retired_cadre() {
        Ok(())
    } else {
        Err(Refusal::NotFor(category))
    }
}

fn decide(
    holder: &mut Holder,
    category: PersonCategory,
    approval: &Approval,
    (limits, today): (&Limits, NaiveDate),
) -> Result<(), Refusal> {
    retired(holder, category)?;
    happened(approval.date, today)?;
    if let Some(retired) = holder.retired_on.filter(|_| approval.kind == "filed") {
        let full = super::days::add_months(retired, limits.cooling_months);
        if approval.date < full {
            return Err(Refusal::FilingTooEarly(full));
        }
    }
    // Decided: it may be asked for again, for another term (PE-6).
    holder.asked_on = None;
    holder.approval_kind = Some(approval.kind.clone());
    holder.approval_authority = Some(approval.authority.clone());
    holder.approval_number = Some(approval.number.clone());
    holder.approval_date = Some(approval.date);
    holder.approval_until = approval.until;
    holder.approval_opinion = Some(approval.opinion.clone()).filter(|words| !words.is_empty());
    holder.ruled_age_limit = Some(limits.age_limit);
    holder.ruled_cooling_months = i32::try_from(limits.cooling_months).ok();
    holder.ruled_age_exceeded = Some(limits.age_limit_mode == AgeLimitMode::Exceeded);
    Ok(())
}
