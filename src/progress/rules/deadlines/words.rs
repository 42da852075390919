//! What pages say of a date: the word beside it, why it is this one, how it was counted.

use chrono::NaiveDate;

use crate::scheme::campaign::Campaign;
use crate::scheme::{Measure, Scheme};

use super::{AUDIT, BEYOND, DOCUMENT, GRANTED, LATER, LEAST, PLAN, REPLY, STAGE, STATUTE, goes_on};

/// What is said beside a date (FD-2).
#[must_use]
pub fn word(by: &str) -> &'static str {
    match by {
        GRANTED => "经批准的例外",
        PLAN => "方案步骤",
        REPLY => "批复调整",
        STATUTE => "法定时限",
        AUDIT => "审计整改期限",
        BEYOND => "超出方案时限",
        LATER => "新增事项时限",
        _ if DOCUMENT.contains(&by) => "《方案》规定时限",
        _ => "批次时限",
    }
}

/// How a date was counted, as its page says it (FD-6).
#[must_use]
pub fn counted(campaign: &Campaign, by: &str) -> String {
    let set = &campaign.parameters;
    match by {
        GRANTED => "由负责该事项的职能部门批准。".to_owned(),
        PLAN => "实施方案“时间步骤”中该事项最后一步的完成日期。".to_owned(),
        REPLY => "批复时按方案自定的工作日数，从批复之日起计算，最晚到批次最后日期。".to_owned(),
        STATUTE => format!(
            "自会议作出决定之日的次日起{}天；末日是休息日的，顺延到其后第一个工作日。",
            set.registration_days
        ),
        AUDIT => "由审计局在审计发现中确定。".to_owned(),
        BEYOND => "批复在批次最后日期之后，不再给出时限。".to_owned(),
        LATER => format!("自登记之日起{LEAST}个工作日。"),
        _ if DOCUMENT.contains(&by) => "方案写明的日期，遇休息日不顺延。".to_owned(),
        "plan_submit_due" => "本批实施方案的报送截止日期，以方案报送之日为准。".to_owned(),
        "filing_due" => "本批实施阶段截止后30天。".to_owned(),
        "registration_due" => "本批的变更登记截止日期。".to_owned(),
        _ => "本批实施阶段的截止日期。".to_owned(),
    }
}

/// Why the deadline is what it is, as pages say it.
#[must_use]
pub fn reason(scheme: &Scheme, measure: &Measure, by: &str) -> String {
    let campaign = &scheme.campaign;
    let why = match by {
        GRANTED => return "经批准调整的时限".to_owned(),
        PLAN => return "实施方案确定的完成日期".to_owned(),
        REPLY => return "批复晚于计划，随批复调整的日期".to_owned(),
        BEYOND => return "批复时本批已经结束，按例外申请办理或者列入以后批次".to_owned(),
        STATUTE => return "法定时限，自会议作出决定起算".to_owned(),
        AUDIT => return "审计局确定的整改期限".to_owned(),
        LATER => return "实施中新增的事项，自登记之日起另计办理时限".to_owned(),
        STAGE => "实施阶段截止日期".to_owned(),
        _ if goes_on(by) => format!("方案{}规定的时限", measure.basis),
        "plan_submit_due" => "实施方案报送时限".to_owned(),
        _ => "登记变更和备案时限".to_owned(),
    };
    let first = campaign.defaults.get(by).and_then(|value| value.as_str());
    match first {
        Some(first)
            if campaign
                .parameters
                .date(by)
                .map(|day| day.to_string())
                .as_deref()
                != Some(first) =>
        {
            format!("{why}，原为{first}，经脱钩办调整")
        }
        _ => why,
    }
}

/// What is said beside a date that was moved.
#[must_use]
pub fn stood_still(stood: i64) -> String {
    if stood > 0 {
        format!("，暂停顺延{stood}个工作日")
    } else {
        String::new()
    }
}

/// What is said beside a date where a report made in time was sent back.
#[must_use]
pub fn sent_back(again_on: Option<NaiveDate>, deadline: NaiveDate) -> String {
    match again_on.filter(|until| *until > deadline) {
        Some(until) => format!("，按期报送后被退回，可在{until}前重新报送"),
        None => String::new(),
    }
}
