//! What holds for retired cadres: three years, approval, age, posts, terms, pay.

use chrono::NaiveDate;

use crate::scheme::parameters::AgeLimitMode;
use crate::scheme::persons::PersonCategory;

use super::{Context, Finding, Holder, Severity, days};

const THREE_YEARS: &str = "领导干部退（离）休后三年内，一般不得到行业协会商会兼职，个别确属工作特殊需要的，按干部管理权限审批";
const AFTERWARDS: &str = "领导干部退（离）休满三年的，按干部管理权限审批或备案后方可兼职";
const AGE: &str = "退（离）休领导干部在社会团体任职，不得超过规定的年龄界限";

/// PE-2, PE-3, PE-19, PE-20.
pub(super) fn approval(holder: &Holder, context: Context<'_>, found: &mut Vec<Finding>) {
    let today = context.today;
    if !holder.is_active() || !holder.is_retired_cadre() {
        return;
    }
    let Some(retired) = holder.retired_on else {
        let reason = "退（离）休日期未填，无法判定是否满三年，按须处理计。".to_owned();
        found.push(Finding::new("PE-20", Severity::Must, THREE_YEARS, reason));
        return;
    };
    let full = days::add_months(retired, context.limits.cooling_months);
    let under = holder.category(today, context.limits) == PersonCategory::RetiredUnderThree;
    let mut finding = if under {
        within(holder, context, (retired, full))
    } else {
        afterwards(holder, context, (retired, full))
    };
    if let Some(until) = holder.approval_until
        && until > today
        && finding.next.is_none_or(|(on, _)| until < on)
    {
        finding.next = Some((until, "审批或备案到期"));
    }
    found.push(finding);
    if !under && holder.approved(today) {
        yearly(today, found);
    }
}

/// PE-2: before the three years are full, only an approval counts.
fn within(
    holder: &Holder,
    context: Context<'_>,
    (retired, full): (NaiveDate, NaiveDate),
) -> Finding {
    let today = context.today;
    let span = days::span(context.limits.cooling_months);
    let left = (full - today).num_days();
    let special = holder.approval_kind.as_deref() == Some("approved");
    let (severity, tail) = match paper(holder, today) {
        Ok(number) if special => (
            Severity::Info,
            format!("因工作特殊需要已经审批（{number}）"),
        ),
        // TC-51: a filing keeps the months of its own date.
        Ok(number) if holder.filed_in_time(today) => (
            Severity::Warn,
            format!("备案（{number}）时期限已满，仍然有效，列入提醒名单"),
        ),
        Ok(_) => (
            Severity::Must,
            "只有备案；期限未满的须经审批或者辞去".to_owned(),
        ),
        Err(why) => (Severity::Must, format!("{why}，应当辞去或者报请审批")),
    };
    let reason = format!("{retired}退休，满{span}之日为{full}，尚差{left}天；{tail}。");
    Finding::new("PE-2", severity, THREE_YEARS, reason)
        .changes(full, "期限届满，改按审批或备案办理")
}

/// PE-3: after them, an approval or a filing.
fn afterwards(
    holder: &Holder,
    context: Context<'_>,
    (retired, full): (NaiveDate, NaiveDate),
) -> Finding {
    let span = days::span(context.limits.cooling_months);
    let (severity, tail) = match paper(holder, context.today) {
        Ok(number) => (Severity::Info, format!("已办审批或备案（{number}）")),
        Err(why) => (Severity::Must, why),
    };
    let reason = format!("{retired}退休，{full}已满{span}；{tail}。");
    Finding::new("PE-3", severity, AFTERWARDS, reason)
}

/// The paper's number, or why it does not hold.
fn paper(holder: &Holder, today: NaiveDate) -> Result<String, String> {
    let number = holder.approval_number.clone().unwrap_or_default();
    match (holder.approval_kind.as_deref(), holder.approval_until) {
        (None | Some("refused"), _) if holder.asked_on.is_some() => {
            Err("已报请，有关部门尚未审批或备案".to_owned())
        }
        (None, _) => Err("没有审批或备案".to_owned()),
        (Some("refused"), _) => Err(format!("有关部门不予同意（{number}）")),
        (Some(_), Some(until)) if until < today => {
            Err(format!("审批或备案（{number}）已于{until}到期"))
        }
        (Some(_), _) => Ok(number),
    }
}

/// PE-19.
fn yearly(today: NaiveDate, found: &mut Vec<Finding>) {
    use chrono::Datelike;
    if let Some(end) = NaiveDate::from_ymd_opt(today.year(), 12, 31) {
        let reason = format!("应在{end}以前向原单位书面报告当年兼职情况。");
        let words = "兼职的退（离）休领导干部每年年底向原单位书面报告兼职情况";
        found.push(
            Finding::new("PE-19", Severity::Info, words, reason).changes(end, "年度书面报告"),
        );
    }
}

/// PE-4. An approval keeps the limit of its own date (TC-51), but none lasts
/// beyond the birthday (TC-23).
pub(super) fn age(holder: &Holder, context: Context<'_>, found: &mut Vec<Finding>) {
    if !holder.is_active() || !holder.is_retired_cadre() {
        return;
    }
    let Some(birth) = holder.birth else {
        let reason = "出生日期未填，无法核对年龄界限。".to_owned();
        found.push(Finding::new("PE-4", Severity::Warn, AGE, reason));
        return;
    };
    let (today, limits) = (context.today, context.limits);
    let ruled = holder
        .approved(today)
        .then_some(holder.ruled_age_limit)
        .flatten();
    let limit = ruled.unwrap_or(limits.age_limit);
    let mode = match (ruled, holder.ruled_age_exceeded) {
        (Some(_), Some(true)) => AgeLimitMode::Exceeded,
        (Some(_), Some(false)) => AgeLimitMode::Reached,
        _ => limits.age_limit_mode,
    };
    let day = days::limit_day(birth, limit, mode);
    let now = days::limit_day(birth, limits.age_limit, limits.age_limit_mode);
    let years = days::age(birth, today);
    if day <= today {
        let reason = format!(
            "{birth}出生，现{years}周岁，{day}已达{limit}周岁的年龄界限；审批、备案不延长年龄界限，应当辞去。"
        );
        found.push(Finding::new("PE-4", Severity::Must, AGE, reason));
    } else if ruled.is_some() && now <= today {
        let reason = format!(
            "审批、备案时的年龄界限为{limit}周岁，仍然有效至{day}；按现行规定（{}周岁）已于{now}达到界限，列入提醒名单。",
            limits.age_limit
        );
        found.push(Finding::new("PE-4", Severity::Warn, AGE, reason).changes(day, "达到年龄界限"));
    } else if days::add_months(today, 12) >= day {
        let left = (day - today).num_days();
        let reason =
            format!("{birth}出生，现{years}周岁，{day}达到{limit}周岁的年龄界限，还有{left}天。");
        found.push(Finding::new("PE-4", Severity::Warn, AGE, reason).changes(day, "达到年龄界限"));
    }
}

/// PE-5 to PE-9.
pub(super) fn holding(holder: &Holder, context: Context<'_>, found: &mut Vec<Finding>) {
    if !holder.is_active() || !holder.is_retired_cadre() {
        return;
    }
    let limits = context.limits;
    let elsewhere = i64::try_from(context.elsewhere(holder).count()).unwrap_or(i64::MAX);
    let declared = i64::from(holder.other_posts);
    if elsewhere.max(declared).saturating_add(1) > limits.max_posts {
        let known = match elsewhere {
            0 => String::new(),
            1 => "，另一社会组织任职1个".to_owned(),
            more => format!("，另一社会组织任职{more}个"),
        };
        let said = match declared {
            0 => String::new(),
            some => format!("，本人申报其他社会组织任职{some}个"),
        };
        // TC-24: a unit learns that there is another post and what to do, not where.
        let way = if elsewhere > 0 {
            "其他任职由所在社会组织的业务主管单位登记，请向本人核实，由本人选定保留的职务并辞去其余职务；本人已辞去而仍有此判定的，请脱钩办协调。"
        } else {
            "请本人选定保留的职务并辞去其余职务。"
        };
        let reason = format!(
            "本会任职1个{known}{said}；只能任{}个职务。{way}",
            limits.max_posts
        );
        let words = "退（离）休领导干部在社会组织任职，兼职不得超过1个";
        found.push(Finding::new("PE-5", Severity::Must, words, reason));
    }
    terms(holder, context, found);
    if holder.paid {
        let words = "退（离）休领导干部兼职不得领取薪酬、奖金、津贴等报酬";
        let reason = "登记为取酬，应当停止并清退。".to_owned();
        found.push(Finding::new("PE-7", Severity::Must, words, reason));
    }
    let leads: Vec<&str> = [
        (holder.is_legal_rep, "担任法定代表人"),
        (holder.is_founder, "牵头成立本会"),
    ]
    .into_iter()
    .filter_map(|(leads, what)| leads.then_some(what))
    .collect();
    let special = holder.approval_kind.as_deref() == Some("approved");
    let permitted = special && holder.approved(context.today);
    if !(leads.is_empty() || permitted) {
        let words = "退（离）休领导干部确需担任法定代表人或者牵头成立新的社会团体的，须经审批";
        let reason = format!("{}，没有有效的专门审批。", leads.join("、"));
        found.push(Finding::new("PE-8", Severity::Must, words, reason));
    }
    if holder.relevant == Some(false) {
        let words = "兼任的职务应当与本人原工作业务或特长相关";
        let reason = "登记为与原工作业务、特长无关。".to_owned();
        found.push(Finding::new("PE-9", Severity::Warn, words, reason));
    }
}

/// PE-6.
fn terms(holder: &Holder, context: Context<'_>, found: &mut Vec<Finding>) {
    const WORDS: &str = "退（离）休领导干部兼职任期届满拟连任的，须重新报批；连任不超过两届";
    let limits = context.limits;
    if let Some(terms) = holder.terms_served.map(i64::from)
        && terms > limits.max_terms
    {
        let reason = format!("已任{terms}届，超过{}届。", limits.max_terms);
        found.push(Finding::new("PE-6", Severity::Must, WORDS, reason));
    }
    if let (Some(start), Some(approved)) = (holder.post_start, holder.approval_date) {
        let ends = days::birthday(start, limits.term_max_years);
        if ends <= context.today && approved < ends {
            let reason = format!(
                "{start}起任职，{ends}任期已满；{approved}的审批或备案只管一届，连任须重新报批。"
            );
            found.push(Finding::new("PE-6", Severity::Warn, WORDS, reason));
        }
    }
}
