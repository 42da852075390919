//! The request (请示): it goes up, so who signs it stands in its head and whom to call in its
//! note; the plan is its first attachment, the departments' answers the second (6.1, 6.3).

use chrono::NaiveDate;

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
use crate::plan::review::rules::request::{self, quoted};
use crate::plan::review::rules::{office, request_title};
use crate::scheme::{Answers, Scheme};
use crate::survey::store as survey;
use crate::web::answer::money;
use crate::web::{App, Error, Look};
use crate::workgroups::rules::shows_phone;
use crate::workgroups::store as workgroups;

use super::across;
use super::body::{blocks, source};

/// The request with its attachments.
pub struct RequestPaper;

/// The plan alone.
pub struct PlanPaper;

impl Papered for RequestPaper {
    const KIND: &'static str = "请示";

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let opened = views::open(look.db, look.allowed).await?;
        let (scheme, today) = (&look.app.scheme, look.app.clock.today());
        let now = newest(look.db, &opened).await?;
        let plan = &opened.plan;
        let title = request_title(&plan.association_name);
        let mut paper = Paper::titled(&title);
        paper.head = Some(Head {
            mark: plan.unit_name.clone(),
            number: match &plan.request_number {
                Some(number) => number.clone(),
                None => "〔　　〕　号".to_owned(),
            },
            signed_by: Some(plan.submitted_name.clone().unwrap_or_default()),
        });
        paper.addressee = Some(format!("{}：", office(&scheme.campaign.region_name)));
        paper.blocks = text(scheme, &opened, &now, today);
        let attached = plan_title(&opened);
        paper.attachments = vec![attached.clone(), ANSWERS.to_owned()];
        paper.annexes = vec![
            Annex {
                title: title_lines(&attached),
                blocks: body(look.app, &opened, &now),
            },
            Annex {
                title: title_lines(ANSWERS),
                blocks: vec![Block::Table(answers(scheme, &opened))],
            },
        ];
        paper.signatory = Some(plan.unit_name.clone());
        paper.date = Some(chinese_date(plan.written_on(today)));
        paper.note = contact(look, &opened).await?;
        paper.across = across(&opened.plan);
        Ok(Written { name: title, paper })
    }
}

impl Papered for PlanPaper {
    const KIND: &'static str = "脱钩实施方案";

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let opened = views::open(look.db, look.allowed).await?;
        let now = newest(look.db, &opened).await?;
        let name = plan_title(&opened);
        let mut paper = Paper::titled(&name);
        paper.blocks = body(look.app, &opened, &now);
        paper.signatory = Some(opened.plan.unit_name.clone());
        paper.date = Some(chinese_date(opened.plan.written_on(look.app.clock.today())));
        paper.across = across(&opened.plan);
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
fn text(scheme: &Scheme, opened: &Opened, now: &Answers, today: NaiveDate) -> Vec<Block> {
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
    let items = scheme.applicable(now, plan.written_on(today)).into_iter();
    let items = items.filter(|key| in_five(scheme, &key.measure)).count();
    vec![
        Block::First("一、基本情况".into()),
        Block::Second("（一）协会概况".into()),
        Block::Text(about),
        Block::Text(figures),
        Block::Second("（二）脱钩事项".into()),
        Block::Text(matters(opened, items)),
        Block::Second("（三）前置审批".into()),
        Block::Text(asked(opened, plan.written_on(today))),
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

/// Who was asked and has agreed.
fn asked(opened: &Opened, today: NaiveDate) -> Sentence {
    let all = opened.approvals.len();
    if all == 0 {
        return "本方案没有须报有关部门批准的事项。".into();
    }
    let agreed = opened.approvals.iter().filter(|each| each.holds(today));
    let mut named: Vec<&str> = Vec::new();
    for approval in &opened.approvals {
        if !named.contains(&approval.department_name.as_str()) {
            named.push(&approval.department_name);
        }
    }
    let count = Bound::new(format!("{}项", agreed.count()), "前置审批登记");
    Sentence::from(format!(
        "须报有关部门批准的事项共{all}项，涉及{}，其中",
        named.join("、")
    ))
    .bind(count)
    .say("已取得同意的意见，详见附件2。")
}

fn answers(scheme: &Scheme, opened: &Opened) -> Grid {
    let mut grid = Grid::new(vec![
        Column::new("序号", 5).centre(),
        Column::new("报批事项", 24),
        Column::new("部门", 16),
        Column::new("意见", 10).centre(),
        Column::new("文号", 20),
        Column::new("日期", 14).centre(),
        Column::new("条件", 20),
    ]);
    for (number, approval) in (1..).zip(&opened.approvals) {
        let day = approval.document_date.or(approval.decided_on);
        grid.push([
            format!("{number}"),
            approvals::title(scheme, &approval.code),
            approval.department_name.clone(),
            approval.state.label().to_owned(),
            approval.document_number.clone().unwrap_or_default(),
            day.map_or_else(String::new, |day| day.to_string()),
            approval.conditions.clone().unwrap_or_default(),
        ]);
    }
    grid
}

/// 联系人 in the note: the unit's full-time liaison officer; the number for who may know it.
async fn contact(look: Look<'_>, opened: &Opened) -> Result<Option<String>, Error> {
    let unit = opened.plan.unit;
    let groups = workgroups::workgroups(look.db, Some(unit)).await?;
    let Some(group) = groups.get(&unit.0) else {
        return Ok(None);
    };
    let content = &group.content;
    if content.liaison_name.is_empty() {
        return Ok(None);
    }
    let actor = look.allowed.actor();
    let own = actor.role().is_unit() && actor.department() == unit;
    let phone = Some(&content.liaison_phone)
        .filter(|phone| !phone.is_empty() && shows_phone(actor.role(), own));
    Ok(Some(match phone {
        Some(phone) => format!("联系人：{}，联系电话：{phone}", content.liaison_name),
        None => format!("联系人：{}", content.liaison_name),
    }))
}
