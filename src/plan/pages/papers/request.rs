//! The request (请示): it goes up, so who signs it stands in its head and whom to call in its
//! note; the plan is its first attachment, the departments' answers the second (6.1, 6.3).

use crate::clock::chinese_date;
use crate::database::Db;
use crate::documents::paper::{
    Annex, Block, Bound, Column, Grid, Head, Paper, Sentence, title_lines,
};
use crate::documents::papers::{Papered, Written};
use crate::plan::approvals::rules as approvals;
use crate::plan::draft::rules::MATTERS;
use crate::plan::draft::rules::findings::in_five;
use crate::plan::pages::views::{self, Opened};
use crate::plan::review::rules::cover::{Answered, Cover, once};
use crate::plan::review::rules::request::{self, quoted};
use crate::plan::review::rules::request_title;
use crate::scheme::{Answers, Scheme};
use crate::survey::store as survey;
use crate::web::answer::money;
use crate::web::{App, Error, Look};
use crate::workgroups::rules::shows_phone;

use super::body::{blocks, source};
use super::ground::{Ground, Which, ground};

/// The request with its attachments.
pub struct RequestPaper;

/// The plan alone.
pub struct PlanPaper;

/// The request as it was sent last.
pub struct SentPaper;

impl Papered for RequestPaper {
    const KIND: &'static str = "请示";

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let which = match look.allowed.query().get("round") {
            None => Which::Newest,
            Some(round) => Which::Round(round.parse().map_err(|_| Error::Missing)?),
        };
        request(look, which).await
    }
}

impl Papered for SentPaper {
    const KIND: &'static str = RequestPaper::KIND;

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        request(look, Which::LastSent).await
    }
}

async fn request(mut look: Look<'_>, which: Which) -> Result<Written, Error> {
    let ground = ground(&mut look, which).await?;
    let (scheme, plan) = (&look.app.scheme, &ground.opened.plan);
    let now = newest(look.db, &ground.opened).await?;
    let title = request_title(&plan.association_name);
    let mut paper = Paper::titled(&title);
    paper.head = Some(Head {
        mark: plan.unit_name.clone(),
        number: match &plan.request_number {
            Some(number) => number.clone(),
            None => "〔　　〕　号".to_owned(),
        },
        signed_by: Some(ground.cover.signatory.clone()),
    });
    paper.addressee = Some(format!("{}：", scheme.campaign.office()));
    paper.blocks = text(scheme, &ground, &now);
    let attached = plan_title(&ground.opened);
    paper.attachments = vec![attached.clone(), ANSWERS.to_owned()];
    paper.annexes = vec![
        Annex {
            title: title_lines(&attached),
            blocks: body(look.app, &ground.opened, &now),
        },
        Annex {
            title: title_lines(ANSWERS),
            blocks: vec![Block::Table(answers(scheme, &ground.cover))],
        },
    ];
    paper.signatory = Some(plan.unit_name.clone());
    paper.date = Some(chinese_date(ground.on));
    paper.note = contact(&look, &ground);
    paper.across = ground.across;
    Ok(Written { name: title, paper })
}

impl Papered for PlanPaper {
    const KIND: &'static str = "脱钩实施方案";

    async fn written(mut look: Look<'_>) -> Result<Written, Error> {
        let mut ground = ground(&mut look, Which::Newest).await?;
        if ground.across.is_none() {
            ground.opened.plan.content = ground.in_force;
        }
        let now = newest(look.db, &ground.opened).await?;
        let name = plan_title(&ground.opened);
        let mut paper = Paper::titled(&name);
        paper.blocks = body(look.app, &ground.opened, &now);
        paper.signatory = Some(ground.opened.plan.unit_name.clone());
        paper.date = Some(chinese_date(ground.on));
        paper.across = ground.across;
        Ok(Written { name, paper })
    }
}

/// The second attachment.
const ANSWERS: &str = "前置审批意见汇总表";

fn plan_title(opened: &Opened) -> String {
    format!("{}与行政机关脱钩实施方案", opened.plan.association_name)
}

/// What the newest confirmed survey says; the plan's own where there is no newer one.
async fn newest(db: &mut Db, opened: &Opened) -> Result<Answers, sqlx::Error> {
    let newest = survey::confirmed(db, opened.plan.association).await?;
    Ok(newest.map_or_else(|| opened.plan.survey.0.clone(), |survey| survey.answers))
}

fn body(app: &App, opened: &Opened, now: &Answers) -> Vec<Block> {
    let now = views::basics(&app.scheme, now, &opened.departments);
    blocks(&app.scheme, opened, &now)
}

/// The text of the request.
fn text(scheme: &Scheme, ground: &Ground, now: &Answers) -> Vec<Block> {
    let opened = &ground.opened;
    let plan = &opened.plan;
    let then = &plan.survey.0;
    let mut about = Sentence::from(&plan.association_name);
    if let Some(day) = then.date(request::REGISTERED) {
        let today = now.date(request::REGISTERED);
        let mut bound = Bound::new(chinese_date(day), source(plan.edition, request::REGISTERED));
        if let Some(today) = today {
            bound = bound.against(chinese_date(today));
        }
        about = about.say("于").bind(bound).say("登记成立");
    }
    if let Some(code) = then.text(request::CREDIT_CODE) {
        let mut bound = Bound::new(code, source(plan.edition, request::CREDIT_CODE));
        if let Some(today) = now.text(request::CREDIT_CODE) {
            bound = bound.against(today);
        }
        about = about.say("，统一社会信用代码").bind(bound);
    }
    about = about.say(format!("，业务主管单位为{}", plan.unit_name));
    let linked = request::linked(then, &plan.unit_name);
    if !linked.is_empty() {
        let source = source(plan.edition, request::TIES);
        let bound = Bound::new(linked.join("、"), source);
        let bound = bound.against(request::linked(now, &plan.unit_name).join("、"));
        about = about.say("，").bind(bound).say("与其有联系、挂靠等关系");
    }
    about = about.say("。");
    let mut figures = Sentence::new();
    for each in quoted(scheme, (then, now), (money::show_hundredths, money::show)) {
        let mut bound = Bound::new(each.shown, source(plan.edition, each.code));
        if let Some(today) = each.now {
            bound = bound.against(today);
        }
        figures = figures.say(each.before).bind(bound).say(each.after);
    }
    let items = scheme.applicable(now, ground.on).into_iter();
    let items = items.filter(|key| in_five(scheme, &key.measure)).count();
    vec![
        Block::First("一、基本情况".into()),
        Block::Second("（一）协会概况".into()),
        Block::Text(about),
        Block::Text(figures),
        Block::Second("（二）脱钩事项".into()),
        Block::Text(matters(opened, items)),
        Block::Second("（三）前置审批".into()),
        Block::Text(asked(&ground.cover.answers)),
        Block::First("二、请示事项".into()),
        Block::Text(format!("现将《{}》报上，请予批复。", plan_title(opened)).into()),
        Block::Text("妥否，请批示。".into()),
    ]
}

/// How many matters there are, against what the survey makes of them.
fn matters(opened: &Opened, items: usize) -> Sentence {
    let written = opened.plan.content.0.rows(MATTERS).len();
    let bound = Bound::new(format!("{written}项"), "方案第二部分").against(format!("{items}项"));
    Sentence::from("按照机构、职能、资产财务、人员管理、党建外事五分离的要求，方案列明脱钩事项")
        .bind(bound)
        .say("，逐项明确分离措施、时间步骤和责任人员。")
}

/// Who was asked, and how many had agreed.
fn asked(answers: &[Answered]) -> Sentence {
    if answers.is_empty() {
        return "本方案没有须报有关部门批准的事项。".into();
    }
    let named = once(answers.iter().map(|each| each.department.as_str()));
    let agreed = answers.iter().filter(|each| each.agreed).count();
    Sentence::from(format!(
        "须报有关部门批准的事项共{}项，涉及{}，其中",
        answers.len(),
        named.join("、")
    ))
    .bind(Bound::new(format!("{agreed}项"), "前置审批登记"))
    .say("已取得同意的意见，详见附件2。")
}

fn answers(scheme: &Scheme, cover: &Cover) -> Grid {
    let mut grid = Grid::new(vec![
        Column::new("序号", 5).centre(),
        Column::new("报批事项", 24),
        Column::new("部门", 16),
        Column::new("意见", 10).centre(),
        Column::new("文号", 20),
        Column::new("日期", 14).centre(),
        Column::new("条件", 20),
    ]);
    for (number, answer) in (1..).zip(&cover.answers) {
        grid.push([
            format!("{number}"),
            approvals::title(scheme, &answer.code),
            answer.department.clone(),
            answer.label().to_owned(),
            answer.number.clone().unwrap_or_default(),
            answer.day.map_or_else(String::new, |day| day.to_string()),
            answer.conditions.clone().unwrap_or_default(),
        ]);
    }
    grid
}

/// 联系人 in the note: the unit's full-time liaison officer; the number for who may know it.
fn contact(look: &Look<'_>, ground: &Ground) -> Option<String> {
    let cover = &ground.cover;
    if cover.liaison.is_empty() {
        return None;
    }
    let actor = look.allowed.actor();
    let own = actor.role().is_unit() && actor.department() == ground.opened.plan.unit;
    let told = !cover.phone.is_empty() && shows_phone(actor.role(), own);
    let phone = told.then(|| format!("，联系电话：{}", cover.phone));
    Some(format!(
        "联系人：{}{}",
        cover.liaison,
        phone.unwrap_or_default()
    ))
}
