//! Who must go, who may choose, and what holds for officers.

use crate::scheme::persons::PersonCategory;

use super::{Context, Finding, Holder, Severity, days, identity_label, post_label};

const FORBIDDEN: &str = "现职和不担任现职但未办理退（离）休手续的党政领导干部及在职工作人员，不得在行业协会商会兼任职务";
const BY_DATE: &str = "兼职的公务员须限期辞去兼任职务";
const ARRANGED: &str = "行政机关不得推荐、安排在职和退（离）休公务员到行业协会商会任职兼职";
const CHOICE: &str = "任职的在职公务员自愿选择去留：退出的由所在机关妥善安置，留任的退出公务员管理";

/// PE-1, PE-15, PE-16, PE-17, PE-18.
pub(super) fn clearing(holder: &Holder, context: Context<'_>, found: &mut Vec<Finding>) {
    let (today, limits) = (context.today, context.limits);
    if holder.resigned_on.is_some() {
        found.extend(filed(holder, context));
        return;
    }
    if holder.is_forbidden() {
        let honorary = if matches!(holder.post.as_str(), "honorary" | "adviser") {
            "名誉职务、顾问同样在清理范围内，"
        } else {
            ""
        };
        let reason = format!(
            "身份为{}，担任{}，{honorary}尚未辞去。",
            identity_label(&holder.identity),
            post_label(&holder.post)
        );
        found.push(Finding::new("PE-1", Severity::Must, FORBIDDEN, reason));
        deadline(holder, context, found);
        if let Some(cleared) = context.cleared_on
            && (holder.added_on > cleared || holder.post_start.is_some_and(|start| start > cleared))
        {
            let reason =
                format!("{cleared}已确认清零（T4-03），此后又出现不得兼职人员，T4-03重新打开。");
            found.push(Finding::new("PE-18", Severity::Must, FORBIDDEN, reason));
        }
    }
    if let Some(start) = holder
        .post_start
        .filter(|_| holder.is_active() && holder.arranged_since(limits.issue_date))
    {
        let reason = format!(
            "由机关推荐或安排，{start}起任职，在方案印发（{}）以后；报脱钩办负责人和组织部。",
            limits.issue_date
        );
        found.push(Finding::new("PE-15", Severity::Must, ARRANGED, reason));
    }
    match holder.category(today, limits) {
        PersonCategory::RetiredServant => {
            let reason = if holder.recommended {
                "由机关推荐或安排，须纠正。"
            } else {
                "非领导职务退休；本人声明不是机关推荐、安排的，可以任职。"
            };
            found.push(Finding::new(
                "PE-I",
                Severity::Warn,
                ARRANGED,
                reason.to_owned(),
            ));
        }
        PersonCategory::Diverted => found.push(Finding::new(
            "PE-H",
            Severity::Info,
            "历次政府机构改革分流人员仍执行原定政策",
            "维持原政策，只作登记。".to_owned(),
        )),
        _ => {}
    }
}

/// PE-17.
fn filed(holder: &Holder, context: Context<'_>) -> Option<Finding> {
    let resigned = holder.resigned_on.filter(|_| holder.still_filed)?;
    let after = resigned + chrono::TimeDelta::days(30);
    let severity = if context.today > after {
        Severity::Warn
    } else {
        Severity::Info
    };
    let reason = format!(
        "{resigned}辞去，登记证书或负责人备案仍列名；三十日内（{after}前）应办理变更备案（T6-06）。"
    );
    let words = "辞去职务后应变更登记证书和负责人备案";
    let finding = Finding::new("PE-17", severity, words, reason);
    Some(finding.changes(after, "变更备案到期"))
}

/// PE-16.
fn deadline(holder: &Holder, context: Context<'_>, found: &mut Vec<Finding>) {
    let due = context.limits.implement_due;
    let reason = match holder.resign_by {
        None => format!("尚未确定辞去时限；应在{due}以前。"),
        Some(by) if by > due => {
            let days = (by - due).num_days();
            format!("辞去时限{by}晚于五分离完成截止日{due}，超出{days}天。")
        }
        Some(by) if by < context.today => {
            let days = (context.today - by).num_days();
            format!("辞去时限{by}已过{days}天。")
        }
        Some(by) => {
            let days = (by - context.today).num_days();
            let reason = format!("限{by}以前辞去，还有{days}天。");
            found.push(
                Finding::new("PE-16", Severity::Info, BY_DATE, reason).changes(by, "辞去时限到期"),
            );
            return;
        }
    };
    found.push(Finding::new("PE-16", Severity::Must, BY_DATE, reason));
}

/// PE-14; the post of an institution (PE-G).
pub(super) fn employed(holder: &Holder, context: Context<'_>, found: &mut Vec<Finding>) {
    if holder.resigned_on.is_some() {
        return;
    }
    match holder.category(context.today, context.limits) {
        PersonCategory::EmployedCivilServant => {
            let (severity, reason) = choice(holder);
            found.push(Finding::new("PE-14", severity, CHOICE, reason));
        }
        PersonCategory::InstitutionPost => {
            let (severity, reason) = match (holder.recovered_on, &holder.recovery_document) {
                (Some(on), Some(document)) => (
                    Severity::Info,
                    format!("{on}由编办收回（{document}），参加机关事业单位养老保险。"),
                ),
                _ => (
                    Severity::Warn,
                    "使用事业编制，尚未收回；现有人员参加机关事业单位养老保险。".to_owned(),
                ),
            };
            found.push(Finding::new("PE-G", severity, "收回使用的事业编制", reason));
        }
        _ => {}
    }
}

fn choice(holder: &Holder) -> (Severity, String) {
    let chosen = holder
        .chosen_on
        .map_or_else(String::new, |on| on.to_string());
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, |day| day.to_string());
    match holder.choice.as_deref() {
        None => (Severity::Must, "本人尚未选择去留。".to_owned()),
        Some("leave") if holder.executed() => (
            Severity::Info,
            format!(
                "{chosen}选择离开，{}由所在机关安置（{}）。",
                day(holder.placed_on),
                holder.placement_document.as_deref().unwrap_or_default()
            ),
        ),
        Some("leave") => (
            Severity::Must,
            format!("{chosen}选择离开，所在机关尚未出具安置文件。"),
        ),
        Some(_) if holder.executed() => (
            Severity::Info,
            format!(
                "{chosen}选择留任，{}退出公务员管理，{}签订劳动合同。",
                day(holder.civil_status_ended_on),
                day(holder.contract_on)
            ),
        ),
        Some(_) => {
            let lacks: Vec<&str> = [
                (holder.civil_status_ended_on.is_none(), "退出公务员管理"),
                (holder.contract_on.is_none(), "签订劳动合同"),
            ]
            .into_iter()
            .filter_map(|(lacks, what)| lacks.then_some(what))
            .collect();
            (
                Severity::Must,
                format!("{chosen}选择留任，尚未{}。", lacks.join("、")),
            )
        }
    }
}

/// PE-10 to PE-13.
pub(super) fn officers(holder: &Holder, context: Context<'_>, found: &mut Vec<Finding>) {
    if !holder.is_active() {
        return;
    }
    let severity = context.limits.by_policy();
    let other = match holder.post.as_str() {
        "president" => "secretary",
        "secretary" => "president",
        _ => "",
    };
    if !other.is_empty() {
        let clash = context.peers.iter().find(|peer| {
            peer.id != holder.id
                && peer.post == other
                && peer.is_active()
                && (same_organ(holder, peer) || super::same_person(holder, peer))
        });
        if clash.is_some() {
            let reason = "会长与秘书长为同一人或者来自同一会员单位。".to_owned();
            found.push(Finding::new(
                "PE-10",
                severity,
                "会长和秘书长不得由同一人担任，不得来自同一会员单位",
                reason,
            ));
        }
        let heads = |other: &&Holder| matches!(other.post.as_str(), "president" | "secretary");
        if context.elsewhere(holder).any(|other| heads(&other)) {
            let reason = "同时在另一社会组织担任会长或者秘书长。".to_owned();
            found.push(Finding::new(
                "PE-11",
                severity,
                "会长、秘书长不得兼任其他社会团体的会长、秘书长",
                reason,
            ));
        }
    }
    if holder.is_officer {
        term(holder, context, found);
    }
    if holder.is_legal_rep && holder.post != "president" {
        let reason = format!(
            "法定代表人由{}担任，应说明章程依据。",
            post_label(&holder.post)
        );
        found.push(Finding::new(
            "PE-13",
            Severity::Info,
            "负责人由无记名投票选举产生，法定代表人一般由会长担任",
            reason,
        ));
    }
}

fn same_organ(one: &Holder, other: &Holder) -> bool {
    let organ = |holder: &Holder| holder.organ.trim().to_owned();
    !organ(one).is_empty() && organ(one) == organ(other)
}

/// PE-12.
fn term(holder: &Holder, context: Context<'_>, found: &mut Vec<Finding>) {
    const WORDS: &str = "负责人每届任期最长不得超过五年，连任不得超过两届";
    let (limits, severity) = (context.limits, context.limits.by_policy());
    if let Some(start) = holder.post_start {
        let ends = days::birthday(start, limits.term_max_years);
        if ends <= context.today {
            let years = limits.term_max_years;
            let reason = format!("{start}起任职，满{years}年之日为{ends}，任期已满。");
            found.push(Finding::new("PE-12", severity, WORDS, reason));
        } else if days::add_months(context.today, 12) >= ends {
            let days = (ends - context.today).num_days();
            let reason = format!("{start}起任职，{ends}任期届满，还有{days}天。");
            found.push(
                Finding::new("PE-12", Severity::Info, WORDS, reason).changes(ends, "任期届满"),
            );
        }
    }
    if !holder.is_retired_cadre()
        && let Some(terms) = holder.terms_served.map(i64::from)
        && terms > limits.max_terms
    {
        let reason = format!("已任{terms}届，超过{}届。", limits.max_terms);
        found.push(Finding::new("PE-12", severity, WORDS, reason));
    }
}
