//! A matter as it is read before it is signed: all that the signature covers.

use crate::access::{Act, Actor};
use crate::accounts::store::choices;
use crate::clock::chinese_date;
use crate::crossings::replying;
use crate::database::{Db, Explain as _};
use crate::ids::AssociationId;
use crate::plan::approvals::rules as approvals;
use crate::plan::approvals::store as asked;
use crate::plan::draft::acts::judged;
use crate::plan::pages::views::{self, Opened};
use crate::plan::review::acts::letter;
use crate::plan::store::Plan;
use crate::progress::acts::held::Ground;
use crate::progress::rules::Item;
use crate::progress::store::evidence;
use crate::scheme::{Answers, Choice, Privacy, Question, Scheme, Severity};
use crate::signing::matters::Source;
use crate::signing::rules::{Check, Matter};
use crate::survey::store::Survey;
use crate::timeline::store::orders;
use crate::web::answer::show::{ShownAnswer, shown};
use crate::web::{App, Error};

/// A part of it under a heading.
pub(super) struct Part {
    /// Its heading.
    pub title: String,
    /// Paragraphs.
    pub lines: Vec<String>,
    /// Questions with their answers.
    pub answers: Vec<ShownAnswer>,
}

impl Part {
    fn of(title: impl Into<String>, lines: Vec<String>) -> Self {
        Self {
            title: title.into(),
            lines,
            answers: Vec::new(),
        }
    }

    fn answers(title: impl Into<String>, answers: Vec<ShownAnswer>) -> Self {
        Self {
            title: title.into(),
            lines: Vec::new(),
            answers,
        }
    }
}

/// Who reads, and under which rules.
#[derive(Clone, Copy)]
pub(super) struct Reads<'a> {
    pub app: &'a App,
    pub actor: &'a Actor,
}

/// The whole of a matter; what only the whole shows is added to its checks.
pub(super) async fn content(
    db: &mut Db,
    reads: Reads<'_>,
    (matter, source): (&mut Matter, Source),
) -> Result<Vec<Part>, Error> {
    Ok(match source {
        Source::Survey(survey) => of_survey(db, reads, &survey).await?,
        Source::Plan(plan) => of_plan(db, reads, (matter, *plan)).await?,
        Source::Item(item) => of_item(db, reads, (matter, &item)).await?,
        Source::Order(order) => {
            let rows = orders::matters(db, order.id).await?;
            let rows = rows.iter().map(|row| {
                let (title, subject, word) = (&row.title, &row.subject, row.word());
                format!("{title}（{subject}）：时限{}，{word}", row.deadline)
            });
            let demand = vec![
                format!("发：{}", order.full_name),
                order.demand.clone(),
                format!("请于{}前办结并报告办理情况。", chinese_date(order.due)),
            ];
            vec![
                Part::of("督办要求", demand),
                Part::of("督办事项", rows.collect()),
            ]
        }
        Source::Request(_) | Source::Exit(_) => {
            vec![Part::of("报送内容", matter.covers.clone())]
        }
    })
}

async fn of_survey(db: &mut Db, reads: Reads<'_>, survey: &Survey) -> Result<Vec<Part>, Error> {
    let units = choices(db).await?;
    let sections = reads.app.scheme.survey.sections.iter();
    let parts = sections.map(|section| {
        let asked = open(&section.questions, reads.actor.role().reads_persons());
        Part::answers(&section.title, shown(&asked, &survey.answers.0, &units))
    });
    Ok(parts.collect())
}

/// A unit signs its own people; whoever else may not read names is not shown them.
fn open(questions: &[Question], persons: bool) -> Vec<Question> {
    let readable = |question: &&Question| persons || question.privacy == Privacy::Open;
    questions.iter().filter(readable).cloned().collect()
}

async fn of_plan(
    db: &mut Db,
    reads: Reads<'_>,
    (matter, plan): (&mut Matter, Plan),
) -> Result<Vec<Part>, Error> {
    let (scheme, today) = (&reads.app.scheme, reads.app.clock.today());
    let approvals = asked::of_plan(db, plan.id).await?;
    let opened = Opened {
        persons: reads.actor.reads_persons_of(plan.unit),
        departments: choices(db).await?,
        approvals,
        plan,
    };
    let plan = &opened.plan;
    let mut parts = Vec::new();
    if matter.act == Act::PlanApprove {
        let found = judged(scheme, plan, &opened.approvals, today);
        matter.checks.extend(found.into_iter().map(|finding| Check {
            severity: finding.severity,
            sentence: finding.sentence,
        }));
        let copied = approvals::conditions(&opened.approvals, today);
        let letter = letter(scheme, (plan, today), &copied);
        let mut lines = vec![letter.title, letter.addressee];
        lines.extend(letter.paragraphs);
        parts.push(Part::of("批复文本（文号在签发时编定）", lines));
        let early = replying::early(db, (scheme, plan), today).await?;
        let early: Vec<String> = early
            .into_iter()
            .map(|each| {
                let (was, due) = (each.given.was, each.given.due);
                format!("{}：由{was}调整为{due}", each.title)
            })
            .collect();
        if !early.is_empty() {
            parts.push(Part::of("批复晚于计划的事项，按以下时限", early));
        }
    } else {
        parts.push(Part::of("启动实施", matter.covers.clone()));
        parts.push(Part::of("批复条件", plan.conditions.clone()));
    }
    let text = views::parts(scheme, &opened).into_iter();
    parts.extend(text.map(|part| Part::answers(part.heading, part.answers)));
    Ok(parts)
}

async fn of_item(
    db: &mut Db,
    reads: Reads<'_>,
    (matter, item): (&mut Matter, &Item),
) -> Result<Vec<Part>, Error> {
    let scheme: &Scheme = &reads.app.scheme;
    let Some(measure) = scheme.measure(&item.measure) else {
        return Ok(Vec::new());
    };
    // What registers lack stands in the way of the act, and is asked for one item only.
    let ground = Ground::of_item(db, scheme, item).await?;
    let lets = ground
        .lets_first(scheme, item, matter.act)
        .and_then(|()| ground.lets(scheme, item, matter.act).map(|_| ()));
    if let Err(why) = lets
        && !matter
            .checks
            .iter()
            .any(|check| check.severity == Severity::Error)
    {
        matter.checks.push(Check::error(why.explain()));
    }
    let units: Vec<Choice> = choices(db).await?;
    let persons = !item.personal() || reads.actor.reads_persons_of(item.department);
    let papers = evidence::of_association(db, item.association).await?;
    let papers = papers.into_iter().filter(|paper| paper.item == item.id);
    let papers = papers.map(|paper| {
        let file = paper.file_name.unwrap_or_else(|| "未附电子文件".to_owned());
        let (number, date) = (paper.document_number, paper.document_date);
        format!("{}：{number}，{date}，{}，{file}", paper.kind, paper.issuer)
    });
    let mut done = vec![format!("完成标准：{}", measure.done_when)];
    done.extend(matter.covers.clone());
    if persons && item.personal() && !item.note.trim().is_empty() {
        done.push(format!("办理情况：{}", item.note.trim()));
    }
    let facts: &Answers = &item.facts.0;
    let facts = if persons {
        shown(&measure.facts, facts, &units)
    } else {
        Vec::new()
    };
    Ok(vec![
        Part::of("办理情况", done),
        Part::answers("办结事实", facts),
        Part::of(
            "证明材料",
            if persons {
                papers.collect()
            } else {
                Vec::new()
            },
        ),
    ])
}

/// What the part of an association's account is for: the address of its matter.
pub(super) fn association(matter: &Matter) -> Option<AssociationId> {
    matter.of.association.map(AssociationId)
}
