//! The check of a new association (NA-1 to NA-4), with what the rules on posts say of
//! those who found and lead it (PE-8).

use askama::Template;
use axum::extract::State;

use crate::access::Act;
use crate::database::Db;
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::rules::{Finding, Holder, POST, Severity};
use crate::posts::store as posts;
use crate::registry::acts;
use crate::registry::rules::founding::{Answer, Answers, Outcome, outcome};
use crate::registry::rules::is_new;
use crate::registry::store::{self, Brief, founding};
use crate::scheme::Choice;
use crate::web::conflict::{Line, Theirs};
use crate::web::form::{Clean, Slot};
use crate::web::hands;
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Allowed, Answer as Answered, App, Error, Form, Look, View};
use crate::words::Mark;

use super::judged_of;

const RESULTS: &[Column<Row>] = &[
    table::words("要求", |row: &Row| Cell::plain(&row.text)).head(),
    table::short("依据", |row: &Row| Cell::plain(&row.basis)),
    table::short("结果", |row: &Row| {
        row.answer.map_or_else(|| "未核查".into(), Cell::mark)
    }),
    table::words("说明", |row: &Row| Cell::plain(&row.note)),
];

/// The check.
#[derive(Template)]
#[template(path = "posts/founding.html")]
pub struct FoundingPage {
    page: Page,
    form: Form,
    association: Brief,
    rows: Vec<Row>,
    results: Table,
    mark: Mark,
    word: String,
    checked: String,
    version: i32,
    may: bool,
    opened: bool,
    names: bool,
    people: Vec<Leader>,
    pressing: usize,
    warned: usize,
}

/// Somebody who founds or leads the body.
struct Leader {
    holder: Holder,
    parts: String,
    findings: Vec<Finding>,
    severity: Option<Severity>,
    hand: Cell,
}

struct Row {
    code: String,
    text: String,
    basis: String,
    answer: Option<Answer>,
    note: String,
    answer_name: String,
    note_name: String,
    options: Vec<Choice>,
}

impl View for FoundingPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (app, allowed, db) = (look.app, look.allowed, look.db);
        let id = allowed.association()?;
        let association = store::brief(db, id)
            .await?
            .filter(|brief| is_new(&app.scheme.campaign, brief.registered_on))
            .ok_or(Error::Missing)?;
        let unit = association.department;
        let check = founding::founding(db, id).await?;
        let answers = founding::answers(db, id).await?;
        let outcome = check.as_ref().map_or_else(
            || outcome(&app.scheme.campaign.foundings, &Answers::new()),
            |check| Outcome {
                failing: check.failing,
                open: check.open,
            },
        );
        let register = posts::register(db, id).await?;
        let mut people = leaders(db, app, id, register.as_ref()).await?;
        let around = allowed.around();
        for each in &mut people {
            each.hand = hands::cell(around.of(POST, each.holder.id).as_ref());
        }
        let weighs = |severity| {
            let chosen = people.iter().filter(|each| each.severity == Some(severity));
            chosen.count()
        };
        let (pressing, warned) = (weighs(Severity::Must), weighs(Severity::Warn));
        let (mark, word) = outcome.mark();
        let rows = rows(app, &answers);
        let form = form.unwrap_or_else(|| Form::filled(given(&rows).collect()));
        Ok(Self {
            page: allowed.page("新设立核查"),
            form,
            association,
            results: Table::of("新设立核查", allowed.actor(), RESULTS, &rows).scrolled(),
            rows,
            mark,
            word,
            checked: check
                .as_ref()
                .map(|check| format!("最近核查日期{}", check.checked_on))
                .unwrap_or_default(),
            version: check.map_or(0, |check| check.version),
            may: allowed.may(Act::FoundingSave),
            opened: register.is_some(),
            names: allowed.actor().reads_persons_of(unit),
            people,
            pressing,
            warned,
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        let lines = self.rows.iter().flat_map(|row| {
            let answer = row.answer.map_or("", Answer::key).to_owned();
            let note = format!("{}：情况说明", row.text);
            [
                (Line::of(&row.answer_name, &row.text, &row.options), answer),
                (Line::text(&row.note_name, note), row.note.clone()),
            ]
        });
        Some(Theirs::lines(self.version, lines))
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::posts::FOUNDING.at(allowed.association()?))
    }
}

/// What was answered, as the form shows it: name and value.
fn given(rows: &[Row]) -> impl Iterator<Item = (String, String)> {
    rows.iter().flat_map(|row| {
        let answer = row.answer.map(|answer| answer.key().to_owned());
        let answer = answer.map(|key| (row.answer_name.clone(), key));
        let note = (row.note_name.clone(), row.note.clone());
        answer.into_iter().chain([note])
    })
}

/// Those who found and lead the body, by its register of posts, the gravest first.
async fn leaders(
    db: &mut Db,
    app: &App,
    id: AssociationId,
    register: Option<&posts::Register>,
) -> Result<Vec<Leader>, Error> {
    let mut leaders: Vec<Leader> = judged_of(db, app, id, register)
        .await?
        .into_iter()
        .filter_map(|judged| {
            let holder = &judged.holder;
            let parts: Vec<&str> = [
                (holder.is_founder, "牵头成立"),
                (holder.is_legal_rep, "法定代表人"),
                (holder.is_officer, "负责人"),
            ]
            .into_iter()
            .filter_map(|(is, what)| is.then_some(what))
            .collect();
            let concerned = !parts.is_empty() && holder.is_active();
            concerned.then(|| Leader {
                parts: parts.join("、"),
                findings: judged.findings,
                severity: judged.severity,
                hand: Cell::Empty,
                holder: judged.holder,
            })
        })
        .collect();
    leaders.sort_by_key(|leader| std::cmp::Reverse(leader.severity));
    Ok(leaders)
}

fn rows(app: &App, answers: &Answers) -> Vec<Row> {
    app.scheme
        .campaign
        .foundings
        .iter()
        .map(|question| {
            let given = answers.get(question.code());
            Row {
                code: question.code().to_owned(),
                text: question.text.clone(),
                basis: question.basis.clone(),
                answer: given.map(|(answer, _)| *answer),
                note: given.map(|(_, note)| note.clone()).unwrap_or_default(),
                answer_name: format!("answer.{}", question.code()),
                note_name: format!("note.{}", question.code()),
                options: Choice::of::<Answer>()
                    .into_iter()
                    .filter(|offered| {
                        offered.value != Answer::None.key() || question.may_not_concern
                    })
                    .collect(),
            }
        })
        .collect()
}

/// An answer with its note, until the form is whole.
enum Typed {
    /// 不符合: what is wrong must be said.
    Failing(Slot<String>),
    /// Any other answer, or none.
    Other(Slot<Option<String>>, Slot<Option<String>>),
}

fn read(form: &mut Form, row: &Row) -> Typed {
    let offered: Vec<&str> = row
        .options
        .iter()
        .map(|option| option.value.as_str())
        .collect();
    let given = form
        .choice(&row.answer_name, &row.text, &offered)
        .optional();
    let failing = form.value(&row.answer_name) == Answer::No.key();
    let note = form.text(&row.note_name, &row.text, 300);
    if failing {
        return Typed::Failing(note.required("不符合的，请写明情况和整改要求。"));
    }
    Typed::Other(given, note.optional())
}

impl Typed {
    fn take(self, clean: &Clean) -> Option<(Answer, String)> {
        match self {
            Self::Failing(note) => Some((Answer::No, note.take(clean))),
            Self::Other(given, note) => {
                let answer = Answer::from_key(&given.take(clean)?)?;
                Some((answer, note.take(clean).unwrap_or_default()))
            }
        }
    }
}

/// Saves the answers.
pub async fn save(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answered {
    let id = allowed.association()?;
    let typed: Vec<(String, Typed)> = rows(&app, &Answers::new())
        .into_iter()
        .map(|row| (row.code.clone(), read(&mut form, &row)))
        .collect();
    let run = async |write, clean, seen| {
        let answers = typed
            .into_iter()
            .filter_map(|(code, typed)| Some((code, typed.take(&clean)?)))
            .collect();
        acts::check_founding(write, id, seen, &answers).await
    };
    allowed.act::<FoundingPage, _, _>(&app, form, run).await
}
