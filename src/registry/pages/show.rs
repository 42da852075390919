//! One association: the journey's steps, who holds it, everything about it.

use askama::Template;

use crate::access::Act;
use crate::paths::{self, Path};
use crate::registry::rules::{self, Criterion, ScopeFacts, Stage};
use crate::registry::store::{self, Association, Period, Tie};
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};

/// The page.
#[derive(Template)]
#[template(path = "registry/show.html")]
pub struct ShowPage {
    page: Page,
    association: Association,
    ties: Vec<Tie>,
    periods: Vec<Period>,
    new: bool,
    criteria: Vec<Criterion>,
    tasks: Vec<TaskView>,
    full: bool,
    comments: Option<i64>,
    may_correct: bool,
    may_change_unit: bool,
    may_tie: bool,
    may_decide: bool,
    may_propose: bool,
}

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

impl View for ShowPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let id = allowed.association()?;
        let association = store::association(db, id).await?.ok_or(Error::Missing)?;
        let mut ties = store::ties(db, id).await?;
        // TC-50: who knows it only through a tie sees that tie and no more.
        let full = !allowed.facts().only_linked(allowed.actor());
        if !full {
            ties.retain(|tie| tie.department == allowed.actor().department());
        }
        let comments = if allowed.may(Act::CommentRead) {
            let only_for = (!full).then(|| allowed.actor().department());
            Some(store::counts::comments(db, id, only_for).await?)
        } else {
            None
        };
        let periods = store::periods(db, id).await?;
        let new = rules::is_new(&app.scheme.campaign, association.registered_on);
        let (_, criteria) = rules::scope(&app.scheme.campaign, &facts(&association));
        Ok(Self {
            page: allowed.page(association.name.clone()),
            tasks: tasks(
                &association,
                new,
                (allowed.may(Act::RosterRead), allowed.may(Act::AssetsRead)),
            ),
            periods,
            new,
            ties,
            criteria,
            full,
            comments,
            may_correct: allowed.may(Act::AssociationCorrect),
            may_change_unit: allowed.may(Act::UnitChange),
            may_tie: allowed.may(Act::TieAdd),
            may_decide: allowed.may(Act::ScopeDecide),
            may_propose: allowed.may(Act::ScopePropose),
            association,
        })
    }
}

/// What the computed scope of an association rests on.
#[must_use]
pub fn facts(association: &Association) -> ScopeFacts<'_> {
    ScopeFacts {
        name: &association.name,
        uscc: association.uscc.as_deref(),
        registrar: &association.registrar,
        org_type: &association.org_type,
        member_basis: &association.member_basis,
        department_kind: &association.department_kind,
        civil_service_law: &association.civil_service_law,
        registered_on: association.registered_on,
    }
}

/// The journey's steps by the stage reached. A step that cannot begin yet has no
/// link and says what it waits for.
#[expect(clippy::too_many_lines, reason = "a table of the journey's steps")]
fn tasks(
    association: &Association,
    new: bool,
    (may_plan, may_assets): (bool, bool),
) -> Vec<TaskView> {
    let stage = association.stage;
    let address = |path: Path<1>| Some(path.at(association.id));
    if new {
        // NA-4: not surveyed, not in B, not on the list.
        return vec![
            task(
                address(paths::posts::FOUNDING),
                "新设立核查",
                ("", "核查", "按方案规定设立时即与行政机关脱钩"),
            ),
            exit_task(association),
        ];
    }
    let survey = match stage {
        Stage::Registered => (
            "",
            "未开始",
            "填报机构、职能、资产财务、人员、党建、外事等情况",
        ),
        Stage::Surveying => ("blue", "填报中", "由业务主管单位填报"),
        Stage::SurveySubmitted => ("yellow", "待确认", "由脱钩办确认"),
        _ => ("", "已确认", ""),
    };
    let listed = stage >= Stage::Listed;
    let ended = association.plan_ended;
    let plan = match stage {
        _ if ended => ("grey", "已终止", "只供查阅"),
        Stage::Listed => ("", "未开始", "由业务主管单位编制"),
        Stage::PlanDraft => ("blue", "编制中", "由业务主管单位编制"),
        Stage::PlanSubmitted => ("yellow", "审查中", "由有关部门审批、脱钩办批复"),
        Stage::PlanApproved | Stage::Implementing | Stage::FiveDone => ("", "已批复", ""),
        _ => ("grey", "尚不能开始", "列入已发布的名单后编制"),
    };
    let carried = match stage {
        _ if ended && association.has_items => ("grey", "已终止", "已办结的事项和证明材料只供查阅"),
        Stage::Implementing => ("blue", "实施中", "由业务主管单位和协会办理，职能部门核实"),
        Stage::FiveDone => ("", "五项完成", ""),
        _ => ("grey", "尚不能开始", "方案批复并启动实施后生成清单"),
    };
    let confirmed = stage >= Stage::SurveyConfirmed;
    let register = if confirmed {
        ("", "已建立", "登记办理结果")
    } else {
        ("grey", "尚未建立", "摸底调查确认后建立")
    };
    vec![
        task(address(paths::survey::SURVEY), "摸底调查", survey),
        task(
            (stage >= Stage::SurveyConfirmed)
                .then(|| paths::roster::RECOMMENDATIONS.at(association.department))
                .filter(|_| may_plan),
            "脱钩名单",
            if association.withdrawn_number.is_some() {
                ("grey", "已撤出", "依编号的名单调整撤出")
            } else if listed {
                ("", "已列入", "")
            } else {
                ("grey", "尚未列入", "业务主管单位推荐，脱钩办审定发布")
            },
        ),
        task(
            address(paths::plan::PLAN).filter(|_| listed || ended),
            "实施方案（一会一方案）",
            plan,
        ),
        task(
            address(paths::progress::PROGRESS)
                .filter(|_| stage >= Stage::Implementing || association.has_items),
            "五分离清单",
            carried,
        ),
        task(
            address(paths::holdings::FUNCTIONS).filter(|_| confirmed),
            "职能台账",
            register,
        ),
        task(
            address(paths::holdings::ASSETS).filter(|_| confirmed && may_assets),
            "资产财务台账",
            register,
        ),
        // 三(四): opened with the survey, cleared before T4-03.
        task(
            address(paths::posts::POSTS).filter(|_| stage >= Stage::SurveyConfirmed),
            "任职清理台账",
            if stage >= Stage::SurveyConfirmed {
                ("", "登记和清理", "逐人登记任职、兼职的人员和清理结果")
            } else {
                ("grey", "尚不能开始", "摸底调查确认后建立")
            },
        ),
        // 五(三): runs beside the journey while the reform lasts.
        task(
            address(paths::activities::ACTIVITIES),
            "重大业务活动",
            (
                "",
                "登记和审批",
                "换届、重大投资、资产处置等活动按规定履行程序",
            ),
        ),
        task(
            (confirmed && may_plan).then(|| paths::exits::LISTING.at(association.id)),
            "名单调整",
            ("", "申请和决定", "名单发布后申请列入或撤出"),
        ),
        exit_task(association),
    ]
}

/// Leaving is beside the journey, too (SC-12).
fn exit_task(association: &Association) -> TaskView {
    let state = match association.exit_kind {
        Some(kind) => ("grey", kind.done(), ""),
        None => ("", "建议和决定", "注销、撤销、合并"),
    };
    task(
        Some(paths::exits::EXIT.at(association.id)),
        "协会退出",
        state,
    )
}

const fn task(
    href: Option<String>,
    title: &'static str,
    (tag_kind, tag_label, note): (&'static str, &'static str, &'static str),
) -> TaskView {
    TaskView {
        href,
        title,
        note,
        tag_kind,
        tag_label,
    }
}
