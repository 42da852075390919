//! What several pages of a plan share: its parts in words with personal data
//! masked by role, findings as links, approvals as rows.

use serde_json::Value;

use crate::access::{Act, Case as _};
use crate::accounts::store::choices;
use crate::database::Explain as _;
use crate::database::{Db, Stopped};
use crate::paths;
use crate::plan::approvals::rules::{self as approvals, Approval, ApprovalState};
use crate::plan::approvals::store as asked;
use crate::plan::draft::rules::findings::Finding;
use crate::plan::draft::rules::{BASICS, MATTERS, PEOPLE, QUOTED};
use crate::plan::store::{self, Plan};
use crate::scheme::{Answers, Choice, Privacy, Row, Scheme, Severity};
use crate::web::answer::questions::{ShownAnswer, shown};
use crate::web::hands::{self, Hands};
use crate::web::held::Held;
use crate::web::table::Cell;
use crate::web::{Allowed, App, Error};
use crate::words::Mark;

/// What stands where somebody may not read a person's data.
const MASK: &str = "（个人信息按权限查看）";
/// The plan in the address with its approvals, and who looks at it.
pub struct Opened {
    /// The plan.
    pub plan: Plan,
    /// Its prior approvals.
    pub approvals: Vec<Approval>,
    /// Departments by code, for the form engine.
    pub departments: Vec<Choice>,
    /// The person may read names in the personnel register.
    pub persons: bool,
}

/// Opens the plan in the address.
pub async fn open(db: &mut Db, allowed: &Allowed) -> Result<Opened, Error> {
    let plan = store::plan(db, allowed.association()?)
        .await?
        .ok_or(Error::Missing)?;
    around(db, allowed, plan).await
}

/// The same for a page of one act, where that is open.
pub async fn offered(db: &mut Db, allowed: &Allowed, act: Act) -> Result<Opened, Error> {
    let opened = open(db, allowed).await?;
    let plan = &opened.plan;
    if offers(allowed, plan, act) {
        return Ok(opened);
    }
    Err(Error::Conflict(match plan.stands_still(act) {
        Some(refusal) => refusal.explain(),
        None => Stopped::from(store::closed(plan))
            .explain()
            .unwrap_or_default(),
    }))
}

/// The same around a plan that was read before.
pub async fn around(db: &mut Db, allowed: &Allowed, plan: Plan) -> Result<Opened, Error> {
    let approvals = asked::of_plan(db, plan.id).await?;
    let persons = allowed.actor().reads_persons_of(plan.unit);
    Ok(Opened {
        plan,
        approvals,
        departments: choices(db).await?,
        persons,
    })
}

/// The content as this person may read it.
#[must_use]
pub fn readable(scheme: &Scheme, content: &Answers, persons: bool) -> Answers {
    let mut content = content.clone();
    if persons {
        return content;
    }
    let questions = scheme.plan.parts.iter().flat_map(|part| &part.questions);
    for question in questions {
        let Some(Value::Array(rows)) = content.0.get_mut(question.code()) else {
            continue;
        };
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            for column in &question.columns {
                if scheme.privacy(question, column, &Row::of(row)) != Privacy::Open
                    && let Some(value) = row.get_mut(&column.name)
                {
                    *value = MASK.into();
                }
            }
        }
    }
    content
}

/// A part of the plan as it is printed.
pub struct PartView {
    /// PL-1 …
    pub code: String,
    /// 一、基本情况.
    pub heading: String,
    /// What it says.
    pub answers: Vec<ShownAnswer>,
}

/// 一 to 十五.
pub(super) const NUMERALS: [&str; 15] = [
    "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四",
    "十五",
];

/// The parts of a plan in words.
#[must_use]
pub fn parts(scheme: &Scheme, opened: &Opened) -> Vec<PartView> {
    let content = readable(scheme, &opened.plan.content.0, opened.persons);
    scheme
        .plan
        .parts
        .iter()
        .zip(NUMERALS)
        .map(|(part, numeral)| PartView {
            code: part.code.clone(),
            heading: format!("{numeral}、{}", part.title),
            answers: if part.code == BASICS {
                basics(scheme, &opened.plan.survey.0, &opened.departments)
            } else {
                let answers = shown(&part.questions, &content, &opened.departments);
                answers
                    .into_iter()
                    .map(|answer| named(scheme, answer))
                    .collect()
            },
        })
        .collect()
}

/// Rows that name a measure by its code say the measure too.
fn named(scheme: &Scheme, mut answer: ShownAnswer) -> ShownAnswer {
    for cell in answer.rows.iter_mut().flatten() {
        if let Some(measure) = scheme.measure(cell) {
            *cell = format!("{cell} {}", measure.text);
        }
    }
    answer
}

/// PL-1: the survey's main figures.
#[must_use]
pub fn basics(scheme: &Scheme, survey: &Answers, departments: &[Choice]) -> Vec<ShownAnswer> {
    let questions: Vec<_> = QUOTED
        .iter()
        .filter_map(|code| scheme.question(code).cloned())
        .collect();
    shown(&questions, survey, departments)
}

/// A finding as `parts/findings.html` draws it.
pub struct FindingView {
    /// error, warning.
    pub severity: &'static str,
    /// What is wrong and what to do.
    pub sentence: String,
    /// Where it is mended.
    pub link: Option<String>,
}

/// Findings with links for those who can mend them. Who may not read personal
/// data is not told names.
#[must_use]
pub fn findings(found: &[Finding], opened: &Opened, mends: bool) -> Vec<FindingView> {
    found
        .iter()
        .map(|finding| FindingView {
            severity: if finding.severity == Severity::Error {
                "error"
            } else {
                "warning"
            },
            sentence: if opened.persons || !matches!(finding.part, MATTERS | PEOPLE) {
                finding.sentence.clone()
            } else {
                format!("{}尚不完整。", finding.part)
            },
            link: mends.then(|| paths::plan::PART.at(opened.plan.association, finding.part)),
        })
        .collect()
}

/// A prior approval as a row.
pub struct ApprovalView {
    /// PA-1 …
    pub code: String,
    /// What is asked.
    pub title: String,
    /// Of whom.
    pub department: String,
    /// What its state means.
    pub state: Held,
    /// Number and date of the answer, or since when it waits.
    pub note: String,
    /// Conditions or opinion.
    pub words: String,
    /// Where it is answered or read.
    pub href: String,
    /// Who has it.
    pub hand: Cell,
}

/// The prior approvals of a plan.
#[must_use]
pub fn approval_rows(app: &App, opened: &Opened, around: &Hands) -> Vec<ApprovalView> {
    let today = app.clock.today();
    opened
        .approvals
        .iter()
        .map(|approval| ApprovalView {
            code: approval.code.clone(),
            title: approvals::title(&app.scheme, &approval.code),
            department: approval.department_name.clone(),
            state: if approval.state.is_approved() && !approval.holds(today) {
                Held::new(Mark::Late, "已过有效期")
            } else {
                around.held(Approval::KIND, approval.id, approval.state)
            },
            note: note(app, approval),
            words: approval
                .conditions
                .clone()
                .or_else(|| approval.opinion.clone())
                .unwrap_or_default(),
            href: paths::plan::APPROVAL.at(opened.plan.association, approval.id),
            hand: hands::cell(around.of(Approval::KIND, approval.id).as_ref()),
        })
        .collect()
}

fn note(app: &App, approval: &Approval) -> String {
    if let (Some(on), ApprovalState::Resting) = (approval.requested_on, approval.state) {
        return format!("{on}报请，方案重新报送后从报送之日起重新计时");
    }
    if let (Some(number), Some(date)) = (&approval.document_number, approval.document_date) {
        let until = approval
            .expires_on
            .map(|day| format!("，有效期至{day}"))
            .unwrap_or_default();
        return format!("{number}，{date}{until}");
    }
    match approval.requested_on {
        Some(on) if approval.state == ApprovalState::Requested => {
            let used = approvals::workdays(&app.scheme.campaign, on, app.clock.today());
            format!("{on}报请，已用{used}个工作日")
        }
        _ => String::new(),
    }
}

/// Whether a page may offer the act: by role and by state.
#[must_use]
pub fn offers(allowed: &Allowed, plan: &Plan, act: Act) -> bool {
    allowed.may(act) && plan.stands_still(act).is_none() && plan.open(act)
}
