//! The check of a new association (NA-1 to NA-4), with what the rules on posts say of
//! those who found and lead it (PE-8).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::{Act, Seen};
use crate::database::Db;
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::rules::{Finding, Holder, Severity};
use crate::posts::store as posts;
use crate::registry::acts;
use crate::registry::rules::founding::{Answer, Answers, Outcome};
use crate::registry::rules::is_new;
use crate::registry::store::{self, Brief, founding};
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

use super::judged_of;

#[derive(Template)]
#[template(path = "posts/founding.html")]
struct FoundingPage {
    page: Page,
    form: Form,
    association: Brief,
    rows: Vec<Row>,
    tag: &'static str,
    word: String,
    checked: String,
    version: i32,
    may: bool,
    opened: bool,
    names: bool,
    people: Vec<Leader>,
    red: usize,
    yellow: usize,
}

/// Somebody who founds or leads the body.
struct Leader {
    holder: Holder,
    parts: String,
    findings: Vec<Finding>,
    severity: Option<Severity>,
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

async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Option<Form>,
) -> Result<FoundingPage, Error> {
    let id = allowed.association()?;
    let association = store::brief(db, id)
        .await?
        .filter(|brief| is_new(&app.scheme.campaign, brief.registered_on))
        .ok_or(Error::Missing)?;
    let unit = association.department;
    let check = founding::founding(db, id).await?;
    let answers = founding::answers(db, id).await?;
    let all = i32::try_from(app.scheme.campaign.foundings.len()).unwrap_or(0);
    let outcome = check.as_ref().map_or(
        Outcome {
            failing: 0,
            open: all,
        },
        |check| Outcome {
            failing: check.failing,
            open: check.open,
        },
    );
    let register = posts::register(db, id).await?;
    let people = leaders(db, app, id, register.as_ref()).await?;
    let weighs = |severity| {
        let chosen = people.iter().filter(|each| each.severity == Some(severity));
        chosen.count()
    };
    let (red, yellow) = (weighs(Severity::Red), weighs(Severity::Yellow));
    let (tag, word) = outcome.tag();
    let rows = rows(app, &answers);
    let form = form.unwrap_or_else(|| {
        let given = rows.iter().flat_map(|row| {
            let answer = row.answer.map(|answer| answer.key().to_owned());
            let answer = answer.map(|key| (row.answer_name.clone(), key));
            answer
                .into_iter()
                .chain([(row.note_name.clone(), row.note.clone())])
        });
        Form::filled(given.collect())
    });
    Ok(FoundingPage {
        page: allowed.page("新设立核查"),
        form,
        association,
        rows,
        tag,
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
        red,
        yellow,
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
            let offered = [Answer::Yes, Answer::No, Answer::None];
            Row {
                code: question.code().to_owned(),
                text: question.text.clone(),
                basis: question.basis.clone(),
                answer: given.map(|(answer, _)| *answer),
                note: given.map(|(_, note)| note.clone()).unwrap_or_default(),
                answer_name: format!("answer.{}", question.code()),
                note_name: format!("note.{}", question.code()),
                options: offered
                    .into_iter()
                    .filter(|answer| *answer != Answer::None || question.may_not_concern)
                    .map(|answer| Choice {
                        value: answer.key().to_owned(),
                        label: answer.label().to_owned(),
                    })
                    .collect(),
            }
        })
        .collect()
}

/// The page.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, None).await?)
}

/// Saves the answers.
pub async fn save(
    State(app): State<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let version = form.version()?;
    let mut db = app.read().await?;
    let page = view(&mut db, &app, &allowed, None).await?;
    let mut slots = Vec::new();
    for row in &page.rows {
        let offered: Vec<&str> = row
            .options
            .iter()
            .map(|option| option.value.as_str())
            .collect();
        let answer = form
            .choice(&row.answer_name, &row.text, &offered)
            .optional();
        let no = form.value(&row.answer_name) == Answer::No.key();
        let note = form.text(&row.note_name, &row.text, 300);
        let note = if no {
            note.required("不符合的，请写明情况和整改要求。")
        } else {
            let note = note.optional();
            slots.push((row.code.clone(), answer, None, Some(note)));
            continue;
        };
        slots.push((row.code.clone(), answer, Some(note), None));
    }
    let Ok(clean) = form.done() else {
        let page = view(&mut db, &app, &allowed, Some(form)).await?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    drop(db);
    let mut answers = Answers::new();
    for (code, answer, required, optional) in slots {
        let note = match (required, optional) {
            (Some(note), _) => note.take(&clean),
            (None, Some(note)) => note.take(&clean).unwrap_or_default(),
            (None, None) => String::new(),
        };
        let given = answer.take(&clean);
        if let Some(answer) = given.as_deref().and_then(Answer::from_key) {
            answers.insert(code, (answer, note));
        }
    }
    let id = page.association.id;
    let path = paths::posts::FOUNDING.at(id);
    let who = allowed.who(&form, path.clone());
    let write = app.write(&who).await?;
    match acts::check_founding(write, id, Seen::version(version), &answers).await {
        Ok(()) => Ok(redirect(&path, Act::FoundingSave)),
        Err(failure) if failure.is_stale() => Err(Error::Conflict(failure.to_string())),
        Err(failure) => Err(Error::internal(failure)),
    }
}
