//! The parameters of domain 0.3: one table knows each one's name, type, label,
//! unit and source; struct, reading, page and form all follow from it.

mod edition;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use edition::Edition;

/// Values by the names of their parameters.
pub type Values = BTreeMap<String, Value>;

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A day.
    Day,
    /// A whole number.
    Whole,
    /// Yes or no.
    YesNo,
    /// One of a few: value and label.
    Choice(&'static [(&'static str, &'static str)]),
    /// The upper part of a fraction; the lower one has this name.
    Ratio(&'static str),
    /// The lower part of a fraction: shown with the upper one.
    RatioPart,
    /// A list of days.
    Days,
    /// A list of years.
    Years,
}

crate::words! {
    /// Where a parameter stands on the page.
    #[derive(PartialOrd, Ord)]
    pub enum Group {
        /// The phases and what is due in them.
        Time = "time", "阶段和时限";
        /// The list.
        Roster = "roster", "脱钩名单";
        /// Posts held by cadres.
        Posts = "posts", "任职清理";
        /// Days for handling and warning.
        Handling = "handling", "办理和提醒";
        /// Working days.
        Calendar = "calendar", "工作日历";
    }
}

/// What is known of a parameter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parameter {
    /// Its name in data files and records.
    pub name: &'static str,
    /// What pages call it.
    pub label: &'static str,
    /// Unit of the number; empty for others.
    pub unit: &'static str,
    /// Section of the scheme, other document, or design.
    pub source: &'static str,
    /// Where it stands.
    pub group: Group,
    /// How it is written.
    pub kind: Kind,
}

/// A type that a parameter can have.
trait Kinded {
    /// How it is written.
    const KIND: Kind;

    /// The day, if it is one.
    fn day(&self) -> Option<NaiveDate> {
        None
    }
}

impl Kinded for NaiveDate {
    const KIND: Kind = Kind::Day;

    fn day(&self) -> Option<NaiveDate> {
        Some(*self)
    }
}

impl Kinded for Vec<i32> {
    const KIND: Kind = Kind::Years;
}

impl Kinded for i64 {
    const KIND: Kind = Kind::Whole;
}

impl Kinded for u32 {
    const KIND: Kind = Kind::Whole;
}

impl Kinded for bool {
    const KIND: Kind = Kind::YesNo;
}

/// On which birthday an age limit is passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AgeLimitMode {
    /// From the birthday of the limit itself.
    Reached,
    /// From the birthday after it.
    Exceeded,
}

impl Kinded for AgeLimitMode {
    const KIND: Kind = Kind::Choice(&[("reached", "达到该年龄起"), ("exceeded", "超过该年龄起")]);
}

/// Declares the parameters: name, type, group, label, unit, source, and a kind
/// where the type does not tell it.
macro_rules! parameters {
    ($( $(#[$meta:meta])* $name:ident: $type:ty = $group:ident, $label:literal, $unit:literal, $source:literal
        $(, $kind:expr)?; )*) => {
        /// The parameters of domain 0.3.
        #[derive(Debug, Clone, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct Parameters { $( $(#[$meta])* pub $name: $type, )* }

        /// All parameters in their order.
        pub const TABLE: &[Parameter] = &[ $( Parameter {
            name: stringify!($name),
            label: $label,
            unit: $unit,
            source: $source,
            group: Group::$group,
            kind: parameters!(@kind $type $(, $kind)?),
        }, )* ];

        impl Parameters {
            /// A date by its name, as data files name it.
            #[must_use]
            pub fn date(&self, name: &str) -> Option<NaiveDate> {
                match name { $( stringify!($name) => Kinded::day(&self.$name), )* _ => None }
            }
        }
    };
    (@kind $type:ty) => { <$type as Kinded>::KIND };
    (@kind $type:ty, $kind:expr) => { $kind };
}

parameters! {
    /// Date of the document.
    issue_date: NaiveDate = Time, "方案印发日期", "", "方案落款";
    /// First phase.
    phase1_start: NaiveDate = Time, "准备阶段开始", "", "方案四·1";
    /// First phase.
    phase1_end: NaiveDate = Time, "准备阶段结束", "", "方案四·1";
    /// Second phase.
    phase2_start: NaiveDate = Time, "实施阶段开始", "", "方案四·2";
    /// Second phase.
    phase2_end: NaiveDate = Time, "实施阶段结束", "", "方案四·2";
    /// Third phase.
    phase3_start: NaiveDate = Time, "总结阶段开始", "", "方案四·3";
    /// Third phase.
    phase3_end: NaiveDate = Time, "总结阶段结束", "", "方案四·3";
    /// Day that stock figures refer to.
    survey_base_date: NaiveDate = Time, "摸底数据基准日", "", "本系统设定";
    /// Surveys are in.
    survey_due: NaiveDate = Time, "摸底调查报送截止", "", "本系统设定，在准备阶段内";
    /// Recommendations are in.
    list_recommend_due: NaiveDate = Time, "推荐名单报送截止", "", "本系统设定，在准备阶段内";
    /// The list is published.
    list_publish_due: NaiveDate = Time, "脱钩名单发布截止", "", "本系统设定，在准备阶段内";
    /// Supporting documents are issued.
    policy_doc_due: NaiveDate = Time, "配套文件出台截止", "", "方案四·1·3";
    /// Plans are in.
    plan_submit_due: NaiveDate = Time, "实施方案报送截止", "", "本系统设定，在实施阶段内";
    /// Plans are replied to.
    plan_approve_due: NaiveDate = Time, "实施方案批复截止", "", "本系统设定，在实施阶段内";
    /// Mid-term reports are in.
    midterm_due: NaiveDate = Time, "中期报告截止", "", "本系统设定，在实施阶段内";
    /// The five tracks are carried out.
    implement_due: NaiveDate = Time, "五分离完成截止", "", "方案四·2";
    /// Summaries are in.
    summary_due: NaiveDate = Time, "工作总结截止", "", "本系统设定，在总结阶段内";
    /// Completion tables are in.
    completion_table_due: NaiveDate = Time, "完成情况表截止", "", "本系统设定，在总结阶段内";
    /// Evaluations are done.
    evaluation_due: NaiveDate = Time, "成效评估截止", "", "本系统设定，在总结阶段内";
    /// The final report is sent.
    final_report_due: NaiveDate = Time, "总结报告上报截止", "", "本系统设定，在总结阶段内";
    /// Office rooms are handed back.
    office_space_due: NaiveDate = Time, "行政办公用房腾退截止", "", "方案三（三）";
    /// Direct appropriation ends.
    appropriation_stop: NaiveDate = Time, "停止财政直接拨款", "", "方案三（三）";
    /// Registration changes are made.
    registration_due: NaiveDate = Time, "变更登记截止", "", "方案六（二）";
    /// Filing after implementation.
    filing_due: NaiveDate = Time, "实施后备案截止", "", "本系统设定";
    /// The batch ends: no date moves beyond it (FD-1).
    #[serde(default = "batch_final_day")]
    batch_final_day: NaiveDate = Time, "批次最后日期", "", "方案六（二）";
    /// Share of the list, numerator.
    list_ratio_num: i64 = Roster, "推荐比例", "", "方案四·1·2", Kind::Ratio("list_ratio_den");
    /// Share of the list, denominator.
    list_ratio_den: i64 = Roster, "推荐比例（分母）", "", "方案四·1·2", Kind::RatioPart;
    /// Years whose direct appropriation puts an association on the list (⚠AMB-6).
    appropriation_years: Vec<i32> = Roster, "有财政拨款即必报的年度", "", "方案四·1·2";
    /// Months after retirement without a post.
    cooling_months: u32 = Posts, "退（离）休后不得任职的期限", "个月", "方案三（四）";
    /// Age limit of retired cadres in posts, years.
    age_limit: i64 = Posts, "任职年龄界限", "周岁", "中组发〔2014〕11号、民发〔2015〕166号";
    /// On which birthday the limit is passed (⚠AMB-9).
    age_limit_mode: AgeLimitMode = Posts, "年龄界限的算法", "", "本系统设定";
    /// Posts that a retired cadre may hold.
    max_posts: i64 = Posts, "可兼任职务数", "个", "中组发〔2014〕11号";
    /// Terms an officer may serve.
    max_terms: i64 = Posts, "可连任届数", "届", "中组发〔2014〕11号";
    /// Longest term, years.
    term_max_years: i64 = Posts, "每届最长年限", "年", "民发〔2015〕166号";
    /// The district's own rules on principal officers are adopted (PD-1): PE-10 to
    /// PE-12 are to be put right, no longer only to be looked at.
    #[serde(default)]
    officer_rules_adopted: bool = Posts, "主要负责人任职限制列为须处理", "", "区级行业协会商会主要负责人任职管理办法";
    /// Days before a deadline that count as near it.
    warn_days: i64 = Handling, "到期前提醒天数", "天", "本系统设定";
    /// Working days that a department has for a prior approval.
    prior_approval_sla_workdays: i64 = Handling, "有关部门审批时限", "个工作日", "本系统设定";
    /// Working days that the office has for a plan.
    office_review_sla_workdays: i64 = Handling, "脱钩办审查时限", "个工作日", "本系统设定";
    /// Working days that a unit has after each return (FD-3).
    #[serde(default = "resubmit_workdays")]
    resubmit_workdays: i64 = Handling, "退回后重新报送时限", "个工作日", "本系统设定";
    /// Working days that a linked department has to sign for a notice and answer it.
    #[serde(default = "linked_reply_workdays")]
    linked_reply_workdays: i64 = Handling, "有关部门回复通报时限", "个工作日", "本系统设定";
    /// Working days that civil affairs has from accepting an application.
    #[serde(default = "registration_decision_workdays")]
    registration_decision_workdays: i64 = Handling, "变更登记审查时限", "个工作日", "行政许可法第四十二条";
    /// Days within which a registration change is applied for.
    registration_days: i64 = Handling, "申请变更登记期限", "天", "社会团体登记管理条例";
    /// Working days of publicity.
    publicity_days: i64 = Handling, "公示期", "个工作日", "本系统设定";
    /// A leader of a unit with one account may sign what they drafted (TC-64).
    #[serde(default)]
    allow_self_signature: bool = Handling, "只有一个账号的单位可以自行签报", "", "本系统设定";
    /// Units report a line each week (SU-5).
    #[serde(default)]
    weekly_lines: bool = Handling, "业务主管单位每周报送一句话情况", "", "本系统设定";
    /// State assets from which an inventory is always looked at (AU-1), in 万元.
    #[serde(default = "audit_asset_threshold")]
    audit_asset_threshold: i64 = Handling, "审计抽查的国有资产起点", "万元", "本系统设定";
}

/// AU-1, for schemes that were written before it.
const fn audit_asset_threshold() -> i64 {
    10
}

/// FD-1, for schemes that were written before it: without an end.
fn batch_final_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

/// FD-3, for schemes that were written before it.
const fn resubmit_workdays() -> i64 {
    3
}

const fn linked_reply_workdays() -> i64 {
    5
}

const fn registration_decision_workdays() -> i64 {
    20
}

/// The parameters that the rules on posts go by (domain 8.3): changing one of them
/// changes what is found on people. `posts` holds the list by a test.
pub const OF_POSTS: &[&str] = &[
    "issue_date",
    "implement_due",
    "cooling_months",
    "age_limit",
    "age_limit_mode",
    "max_posts",
    "max_terms",
    "term_max_years",
    "officer_rules_adopted",
];

/// The calendar stands beside the parameters in the scheme's file.
pub const CALENDAR: &[Parameter] = &[
    Parameter {
        name: "days_off",
        label: "放假日（周末以外）",
        unit: "",
        source: "国务院办公厅节假日安排",
        group: Group::Calendar,
        kind: Kind::Days,
    },
    Parameter {
        name: "days_worked",
        label: "上班的周末",
        unit: "",
        source: "国务院办公厅节假日安排",
        group: Group::Calendar,
        kind: Kind::Days,
    },
];

/// The parameter with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Parameter> {
    TABLE
        .iter()
        .chain(CALENDAR)
        .find(|parameter| parameter.name == name)
}

/// What pages call the parameter with this name.
#[must_use]
pub fn label(name: &str) -> &'static str {
    named(name).map_or("", |known| known.label)
}

impl Parameter {
    /// The value in words.
    #[must_use]
    pub fn show(&self, values: &Values) -> String {
        let value = |name: &str| values.get(name).map(plain).unwrap_or_default();
        let own = value(self.name);
        match self.kind {
            Kind::Day | Kind::RatioPart | Kind::Days | Kind::Years => own,
            Kind::Whole => format!("{own}{}", self.unit),
            Kind::YesNo => if own == "true" { "是" } else { "否" }.to_owned(),
            Kind::Choice(choices) => choices
                .iter()
                .find(|(key, _)| *key == own)
                .map_or(own, |(_, label)| (*label).to_owned()),
            Kind::Ratio(lower) => format!("{own}/{}", value(lower)),
        }
    }

    /// The value as a form shows it.
    #[must_use]
    pub fn typed(&self, values: &Values) -> String {
        let own = values.get(self.name).map(plain).unwrap_or_default();
        match (self.kind, own.as_str()) {
            (Kind::YesNo, "true") => "yes".to_owned(),
            (Kind::YesNo, _) => "no".to_owned(),
            (Kind::Ratio(_), _) => self.show(values),
            _ => own,
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(days) => days.iter().map(plain).collect::<Vec<_>>().join("、"),
        other => other.to_string(),
    }
}

impl Parameters {
    /// What no set of parameters may say, in words.
    #[must_use]
    pub fn contradiction(&self) -> Option<&'static str> {
        let phases = [
            (self.phase1_start, self.phase1_end),
            (self.phase2_start, self.phase2_end),
            (self.phase3_start, self.phase3_end),
        ];
        if phases.iter().any(|(from, to)| from > to) {
            return Some("阶段的结束日期不能早于开始日期。");
        }
        let (upper, lower) = (self.list_ratio_num, self.list_ratio_den);
        if upper < 1 || upper > lower {
            return Some("推荐比例应大于0、不大于1，如1/2。");
        }
        if self.age_limit < 18 || self.age_limit > 100 {
            return Some("任职年龄界限应为18至100周岁。");
        }
        let least_one = [self.max_posts, self.max_terms, self.term_max_years];
        least_one
            .contains(&0)
            .then_some("任职的个数、届数和年限至少为1。")
    }
}

#[cfg(test)]
mod tests;
