//! The steps of an association's journey by the stage reached. A step that cannot begin
//! yet has no link and says what it waits for.

use crate::paths::{self, Path};
use crate::registry::rules::Stage;
use crate::registry::store::Association;

/// A step of the journey, as `parts/tasks.html` draws it.
pub struct TaskView {
    /// Where it is done; none: it cannot begin yet.
    pub href: Option<String>,
    /// The step.
    pub title: &'static str,
    /// What holds it up, or what it is for.
    pub note: &'static str,
    /// Colour and shape of its tag; empty for plain words.
    pub tag_kind: &'static str,
    /// Its state.
    pub tag_label: &'static str,
}

/// What not everybody may open who sees the association.
pub(super) struct Opens {
    /// The list and what changes it.
    pub(super) roster: bool,
    /// The register of assets and money.
    pub(super) assets: bool,
    /// What civil affairs registered and filed.
    pub(super) registrations: bool,
    /// What the audit found.
    pub(super) findings: bool,
}

/// All steps: on the way to the decoupling, and beside it.
pub(super) fn tasks(of: &Association, new: bool, opens: &Opens) -> Vec<TaskView> {
    if new {
        // NA-4: not surveyed, not in B, not on the list.
        return vec![founding(of), exit(of)];
    }
    vec![
        survey(of),
        list(of, opens),
        plan(of),
        checklist(of),
        register(of, "职能台账", paths::holdings::FUNCTIONS, true),
        register(of, "资产财务台账", paths::holdings::ASSETS, opens.assets),
        posts(of),
        registrations(of, opens),
        findings(of, opens),
        activities(of),
        amendment(of, opens),
        exit(of),
    ]
}

/// Colour of the tag, state, and what holds the step up or what it is for.
type State = (&'static str, &'static str, &'static str);

const fn task(
    href: Option<String>,
    title: &'static str,
    (tag_kind, tag_label, note): State,
) -> TaskView {
    TaskView {
        href,
        title,
        note,
        tag_kind,
        tag_label,
    }
}

/// The address of a step that has begun.
fn begun(of: &Association, path: Path<1>, begun: bool) -> Option<String> {
    begun.then(|| path.at(of.id))
}

fn confirmed(of: &Association) -> bool {
    of.stage >= Stage::SurveyConfirmed
}

fn founding(of: &Association) -> TaskView {
    let state = ("", "核查", "按方案规定设立时即与行政机关脱钩");
    task(begun(of, paths::posts::FOUNDING, true), "新设立核查", state)
}

fn survey(of: &Association) -> TaskView {
    let state = match of.stage {
        Stage::Registered => (
            "",
            "未开始",
            "填报机构、职能、资产财务、人员、党建、外事等情况",
        ),
        Stage::Surveying => ("blue", "填报中", "由业务主管单位填报"),
        Stage::SurveySubmitted => ("yellow", "待确认", "由脱钩办确认"),
        _ => ("", "已确认", ""),
    };
    task(begun(of, paths::survey::SURVEY, true), "摸底调查", state)
}

fn list(of: &Association, opens: &Opens) -> TaskView {
    let recommended = paths::roster::RECOMMENDATIONS.at(of.department);
    let state = if of.withdrawn_number.is_some() {
        ("grey", "已撤出", "依编号的名单调整撤出")
    } else if of.stage >= Stage::Listed {
        ("", "已列入", "")
    } else {
        ("grey", "尚未列入", "业务主管单位推荐，脱钩办审定发布")
    };
    let href = (confirmed(of) && opens.roster).then_some(recommended);
    task(href, "脱钩名单", state)
}

fn plan(of: &Association) -> TaskView {
    let state = match of.stage {
        _ if of.plan_ended => ("grey", "已终止", "只供查阅"),
        Stage::Listed => ("", "未开始", "由业务主管单位编制"),
        Stage::PlanDraft => ("blue", "编制中", "由业务主管单位编制"),
        Stage::PlanSubmitted => ("yellow", "审查中", "由有关部门审批、脱钩办批复"),
        Stage::PlanApproved | Stage::Implementing | Stage::FiveDone => ("", "已批复", ""),
        _ => ("grey", "尚不能开始", "列入已发布的名单后编制"),
    };
    let there = of.stage >= Stage::Listed || of.plan_ended;
    let href = begun(of, paths::plan::PLAN, there);
    task(href, "实施方案（一会一方案）", state)
}

fn checklist(of: &Association) -> TaskView {
    let state = match of.stage {
        _ if of.plan_ended && of.has_items => ("grey", "已终止", "已办结的事项和证明材料只供查阅"),
        Stage::Implementing => ("blue", "实施中", "由业务主管单位和协会办理，职能部门核实"),
        Stage::FiveDone => ("", "五项完成", ""),
        _ => ("grey", "尚不能开始", "方案批复并启动实施后生成清单"),
    };
    let there = of.stage >= Stage::Implementing || of.has_items;
    task(
        begun(of, paths::progress::PROGRESS, there),
        "五分离清单",
        state,
    )
}

/// A register of what is handed over, kept from the confirmed survey on.
fn register(of: &Association, title: &'static str, path: Path<1>, may: bool) -> TaskView {
    let state = if confirmed(of) {
        ("", "已建立", "登记办理结果")
    } else {
        ("grey", "尚未建立", "摸底调查确认后建立")
    };
    task(begun(of, path, confirmed(of) && may), title, state)
}

/// 三(四): opened with the survey, cleared before T4-03.
fn posts(of: &Association) -> TaskView {
    let state = if confirmed(of) {
        ("", "登记和清理", "逐人登记任职、兼职的人员和清理结果")
    } else {
        ("grey", "尚不能开始", "摸底调查确认后建立")
    };
    let href = begun(of, paths::posts::POSTS, confirmed(of));
    task(href, "任职清理台账", state)
}

/// 四·3·2, 五(三): civil affairs' own, after and beside the checklist.
fn registrations(of: &Association, opens: &Opens) -> TaskView {
    let state = (
        "",
        "收件和结果",
        "换发登记证书、章程核准、变更登记和备案，由登记管理机关登记",
    );
    let path = paths::registrations::REGISTRATIONS;
    task(begun(of, path, opens.registrations), "登记和备案", state)
}

/// 五(一): what the audit found is mended as items of the checklist.
fn findings(of: &Association, opens: &Opens) -> TaskView {
    let state = ("", "问题和整改", "审计局登记发现的问题，整改后销号");
    let path = paths::findings::FINDINGS;
    task(begun(of, path, opens.findings), "审计抽查问题", state)
}

/// 五(三): runs beside the journey while the reform lasts.
fn activities(of: &Association) -> TaskView {
    let state = (
        "",
        "登记和审批",
        "换届、重大投资、资产处置等活动按规定履行程序",
    );
    let href = begun(of, paths::activities::ACTIVITIES, true);
    task(href, "重大业务活动", state)
}

fn amendment(of: &Association, opens: &Opens) -> TaskView {
    let state = ("", "申请和决定", "名单发布后申请列入或撤出");
    let href = begun(of, paths::exits::LISTING, confirmed(of) && opens.roster);
    task(href, "名单调整", state)
}

/// Leaving is beside the journey, too (SC-12).
fn exit(of: &Association) -> TaskView {
    let state = match of.exit_kind {
        Some(kind) => ("grey", kind.done(), ""),
        None => ("", "建议和决定", "注销、撤销、合并"),
    };
    task(begun(of, paths::exits::EXIT, true), "协会退出", state)
}
