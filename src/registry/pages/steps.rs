//! The five steps of an association's journey with their figures, days and who has them; its
//! registers in numbers; and what stands beside the journey.

use crate::figures::arithmetic::percent;
use crate::paths::{self, Path};
use crate::registry::rules::Stage;
use crate::registry::store::Association;
use crate::registry::store::summary::Summary;
use crate::scheme::Scheme;
use crate::web::hands::{Hands, Tells};
use crate::words::Mark;

/// A step of the journey.
pub struct StepView {
    /// 一 …
    pub place: &'static str,
    /// The step.
    pub title: &'static str,
    /// 35/38.
    pub figure: String,
    /// Where it is done; none: it cannot begin yet, or is not theirs to open.
    pub href: Option<String>,
    /// What became of it, when, and who has it.
    pub lines: Vec<String>,
    /// past, here, later.
    pub state: &'static str,
}

/// What not everybody may open who sees the association.
pub(super) struct Opens {
    /// The list and what changes it.
    pub(super) roster: bool,
    /// The plan.
    pub(super) plan: bool,
    /// The checklist.
    pub(super) checklist: bool,
    /// The survey.
    pub(super) survey: bool,
    /// The registers of functions, of assets and money, of posts.
    pub(super) functions: bool,
    /// The register of assets and money.
    pub(super) assets: bool,
    /// People in posts.
    pub(super) posts: bool,
    /// What civil affairs registered and filed.
    pub(super) registrations: bool,
    /// What the audit found.
    pub(super) findings: bool,
    /// Major activities.
    pub(super) activities: bool,
}

/// What the steps are told by.
pub(super) struct Told<'a> {
    pub(super) scheme: &'a Scheme,
    pub(super) of: &'a Association,
    pub(super) summary: &'a Summary,
    pub(super) around: &'a Hands,
    pub(super) opens: &'a Opens,
    /// Who knows what later rooms call their states.
    pub(super) names: Option<&'static dyn Tells>,
}

const SURVEY: &[&str] = &["survey", "survey_start"];
const PLAN: &[&str] = &["plan", "plan_start", "approval", "change"];
const ITEMS: &[&str] = &["item", "extension", "revision"];

impl Told<'_> {
    /// The five of them.
    pub(super) fn steps(&self) -> Vec<StepView> {
        let ends = self.of.exit_kind.is_some() || self.of.withdrawn_number.is_some();
        let stage = self.of.stage;
        let mut steps = vec![
            self.survey(),
            self.list(),
            self.plan(),
            self.checklist(),
            self.completion(),
        ];
        let now = match stage {
            _ if ends => usize::MAX,
            Stage::Registered | Stage::Surveying | Stage::SurveySubmitted => 0,
            Stage::SurveyConfirmed => 1,
            Stage::Listed | Stage::PlanDraft | Stage::PlanSubmitted | Stage::PlanApproved => 2,
            Stage::Implementing => 3,
            Stage::FiveDone => 4,
        };
        for (place, step) in steps.iter_mut().enumerate() {
            step.state = match place.cmp(&now) {
                std::cmp::Ordering::Less if now != usize::MAX => "past",
                std::cmp::Ordering::Equal => "here",
                _ => "later",
            };
        }
        steps
    }

    /// 脱钩办 何静，2018-10-23起.
    fn holder(&self, kinds: &[&str]) -> Option<String> {
        let hand = self.around.first_of(kinds)?;
        Some(format!("{}，{}起", hand.who, hand.since))
    }

    fn step(
        &self,
        (place, title): (&'static str, &'static str),
        (path, may): (Path<1>, bool),
        lines: [Option<String>; 2],
    ) -> StepView {
        StepView {
            place,
            title,
            figure: String::new(),
            href: may.then(|| path.at(self.of.id)),
            lines: lines.into_iter().flatten().collect(),
            state: "later",
        }
    }

    /// What a later room calls a state of its matter.
    fn called(&self, kind: &str, state: Option<&str>) -> Option<&'static str> {
        self.names?.called(kind, state?)
    }

    fn survey(&self) -> StepView {
        let state = self.called("survey", self.summary.survey.as_deref());
        let edition = self.summary.edition.unwrap_or(1);
        let told = match state {
            None => "未开始".to_owned(),
            Some(state) => format!("{state} 第{edition}版"),
        };
        let day = self.summary.surveyed_on.map(|day| day.to_string());
        let holder = self.holder(SURVEY);
        let path = (paths::survey::SURVEY, self.opens.survey);
        self.step(("一", "摸底调查"), path, [Some(told), holder.or(day)])
    }

    fn list(&self) -> StepView {
        let (of, summary) = (self.of, self.summary);
        let told = match (of.withdrawn_number, of.listed) {
            (Some(number), _) => format!("已撤出（名单调整第{number}号）"),
            (None, true) if summary.mandatory == Some(true) => "必报".to_owned(),
            (None, true) => "已列入".to_owned(),
            _ if of.stage < Stage::SurveyConfirmed => "摸底确认后推荐".to_owned(),
            _ => "尚未列入".to_owned(),
        };
        let day = match (of.withdrawn_on, summary.listed_on) {
            (Some(day), _) => Some(day.to_string()),
            (None, Some(day)) => summary.list.map(|number| format!("{day} 第{number}号")),
            _ => None,
        };
        let may = self.opens.roster && of.stage >= Stage::SurveyConfirmed;
        let mut step = self.step(
            ("二", "脱钩名单"),
            (paths::survey::SURVEY, false),
            [Some(told), day],
        );
        step.href = may.then(|| paths::roster::RECOMMENDATIONS.at(of.department));
        step
    }

    fn plan(&self) -> StepView {
        let (of, summary) = (self.of, self.summary);
        let state = self.called("plan", summary.plan.as_deref());
        let told = match (&summary.reply, state) {
            _ if of.plan_ended => "已终止".to_owned(),
            (Some(number), _) => number.clone(),
            (None, Some(state)) => state.to_owned(),
            (None, None) if of.stage < Stage::Listed => "列入名单后编制".to_owned(),
            (None, None) => "未开始".to_owned(),
        };
        let mut day = summary.replied_on.map(|day| day.to_string());
        if summary.conditions > 0 {
            let met = format!("条件已落实{}/{}", summary.met, summary.conditions);
            day = Some(day.map_or_else(|| met.clone(), |day| format!("{day} · {met}")));
        }
        let there = of.stage >= Stage::Listed || of.plan_ended;
        let path = (paths::plan::PLAN, there && self.opens.plan);
        self.step(
            ("三", "实施方案"),
            path,
            [Some(told), self.holder(PLAN).or(day)],
        )
    }

    fn checklist(&self) -> StepView {
        let of = self.of;
        let five = || {
            let tracks = self.scheme.measures.tracks.iter();
            let five = tracks.filter(|track| track.counts_in_five);
            five.filter_map(|track| {
                let mut counted = self.summary.tracks.iter();
                counted.find(|counted| counted.track == track.code)
            })
        };
        let applicable: i64 = five().map(|track| track.applicable).sum();
        let resolved: i64 = five().map(|track| track.resolved).sum();
        let there = of.stage >= Stage::Implementing || of.has_items;
        let path = (paths::progress::PROGRESS, there && self.opens.checklist);
        let name = ("四", "五项分离");
        if applicable == 0 {
            let told = if of.plan_ended || of.exit_kind.is_some() {
                Mark::Void.label()
            } else {
                "方案批复并启动后生成清单"
            };
            return self.step(name, path, [Some(told.to_owned()), None]);
        }
        let tracks = five().map(|track| {
            let known = self.scheme.measures.tracks.iter();
            let mut known = known.filter(|known| known.code == track.track);
            let name = known.next().map_or("", |known| known.name.as_str());
            format!("{name}{}/{}", track.resolved, track.applicable)
        });
        let tracks: Vec<String> = tracks.collect();
        let holder = if of.plan_ended {
            Some("已终止，只供查阅".to_owned())
        } else {
            self.holder(ITEMS)
        };
        let mut step = self.step(name, path, [Some(tracks.join(" · ")), holder]);
        step.figure = format!(
            "{resolved}/{applicable}（{}）",
            percent(resolved, applicable)
        );
        step
    }

    /// What comes after the five: T6.
    fn completion(&self) -> StepView {
        let tracks = self.scheme.measures.tracks.iter();
        let mut beyond = tracks.filter(|track| !track.counts_in_five);
        let code = beyond.next().map_or("", |track| track.code.as_str());
        let after = self.summary.tracks.iter().find(|track| track.track == code);
        let there = after.is_some() && self.opens.checklist;
        let until = after.and_then(|track| track.next_deadline);
        let until = until.map(|day| format!("{day}前"));
        let told = "章程、变更登记和备案".to_owned();
        let path = (paths::progress::PROGRESS, there);
        let mut step = self.step(("五", "完成与登记"), path, [Some(told), until]);
        if let Some(track) = after {
            step.figure = format!("{}/{}", track.resolved, track.applicable);
        }
        if let Some(href) = &mut step.href {
            href.push_str("?track=");
            href.push_str(code);
        }
        step
    }
}
