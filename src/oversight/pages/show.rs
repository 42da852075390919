//! One docket: what it says, what was signed, in whose hands it is, what may be done.

use askama::Template;

use crate::access::facts::dockets::Reach;
use crate::access::{Act, Case as _};
use crate::accounts::store::choices;
use crate::clock::stamp;
use crate::database::Db;
use crate::documents::files::Attached;
use crate::oversight::rules::figures::Counted;
use crate::oversight::rules::missing;
use crate::oversight::store::counted::{For, counted};
use crate::oversight::store::found::{of_parent, readable};
use crate::oversight::store::kept::{Opinion, Signed, files, opinions, signed};
use crate::oversight::store::{self, Docket};
use crate::paths::oversight as paths;
use crate::registry::pages::history::{self, Entry};
use crate::scheme::processes::Process;
use crate::web::page::Page;
use crate::web::table::{Cell, Kind, Table};
use crate::web::{Allowed, App, Error, Form, Look, View};

use super::deeds::OPINION;
use super::parts::{Fact, Group, Offer, answers, facts, grouped, offers, table};
use super::{at, listed, process_of, writes};

/// The page.
#[derive(Template)]
#[template(path = "oversight/show.html")]
pub struct ShowPage {
    page: Page,
    form: Form,
    docket: Docket,
    title: String,
    state: String,
    nil: String,
    facts: Vec<Fact>,
    answers: Vec<Group>,
    remarks: Vec<(String, String)>,
    tables: Vec<(Table, String)>,
    as_of: String,
    rounds: Vec<(i32, String)>,
    round: Option<i32>,
    editions: Vec<(String, String)>,
    opinions: Vec<Opinion>,
    files: Vec<Attached>,
    attached: String,
    may: May,
    children: Table,
    offers: Vec<Offer>,
    history: Vec<Entry>,
}

/// What has a form or a page of its own.
struct May {
    write: bool,
    attach: bool,
    advise: bool,
}

/// What stands in a docket as it is read: as it was signed in a round, or as it is.
pub(super) struct Content {
    pub(super) answers: crate::scheme::Answers,
    pub(super) figures: Vec<Counted>,
    pub(super) as_of: String,
    pub(super) rounds: Vec<Signed>,
    pub(super) round: Option<i32>,
}

/// Reads it; `?round=` asks for an earlier signature.
pub(super) async fn content(
    db: &mut Db,
    (app, allowed): (&App, &Allowed),
    (process, docket): (&Process, &Docket),
) -> Result<Content, Error> {
    let rounds = signed(db, docket.id).await?;
    let round = match allowed.query().get("round") {
        None => None,
        Some(text) => Some(text.parse::<i32>().map_err(|_| Error::Missing)?),
    };
    if let Some(round) = round {
        let then = rounds.iter().find(|each| each.round == round);
        let then = then.ok_or(Error::Missing)?.clone();
        return Ok(Content {
            answers: then.answers.0,
            figures: then.figures.0,
            as_of: format!("第{round}次报送，{}由{}签发", stamp(then.at), then.signer),
            rounds,
            round: Some(round),
        });
    }
    let last = rounds.first().filter(|_| !docket.state.is_written());
    let (figures, as_of) = match last {
        Some(last) => (
            last.figures.0.clone(),
            format!("数字截至{}，由{}签发时固定", stamp(last.at), last.signer),
        ),
        None => {
            let (scheme, today) = (app.scheme.as_ref(), app.clock.today());
            let of = For {
                scheme,
                process,
                docket,
                today,
            };
            let figures = counted(db, of).await?;
            (figures, "数字为现在的统计，签发时固定".to_owned())
        }
    };
    Ok(Content {
        answers: docket.answers.0.clone(),
        figures,
        as_of,
        rounds,
        round: None,
    })
}

/// The edition before, as it was signed.
async fn before(db: &mut Db, docket: &Docket) -> Result<Option<Signed>, Error> {
    let Some(before) = docket.replaces else {
        return Ok(None);
    };
    Ok(signed(db, before).await?.into_iter().next())
}

impl May {
    /// Nothing is done with what was signed in an earlier round.
    fn of(allowed: &Allowed, (process, docket): (&Process, &Docket), round: Option<i32>) -> Self {
        let open = |act| allowed.may(act) && docket.open(act) && round.is_none();
        let mut steps = process.open(docket.state.key(), docket.level.key());
        let advises = steps.any(|step| step.act == Act::DocketAdvise.name());
        Self {
            write: open(Act::DocketSave) && writes(process, docket),
            attach: open(Act::DocketAttach),
            advise: advises && allowed.may(Act::DocketAdvise) && round.is_none(),
        }
    }
}

/// Why it was sent back, by the part that is to be mended.
fn remarks(process: &Process, docket: &Docket) -> Vec<(String, String)> {
    let remarks = docket.remarks.iter().map(|(code, text)| {
        let question = process.question(code);
        let label = question.map_or(code, |question| &question.label);
        (label.clone(), text.clone())
    });
    remarks.collect()
}

/// Its tables with what differs from the edition before, and their notes.
fn tables(content: &Content, before: Option<&Signed>) -> Vec<(Table, String)> {
    let tables = content.figures.iter().map(|counted| {
        let was = before.and_then(|was| was.figures.iter().find(|old| old.title == counted.title));
        (table(counted, was), counted.note.clone())
    });
    tables.collect()
}

fn round(signed: &Signed) -> (i32, String) {
    let words = format!("{}，{}", stamp(signed.at), signed.signer);
    (signed.round, words)
}

impl View for ShowPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let docket = store::docket(db, at(allowed)?)
            .await?
            .ok_or(Error::Missing)?;
        let process = process_of(app, &docket)?;
        let departments = choices(db).await?;
        let content = content(db, (app, allowed), (process, &docket)).await?;
        let before = before(db, &docket).await?;
        let form = form.unwrap_or_default();
        // What is around it is named as far as the reader may open it.
        let reach = Reach::of(allowed.actor(), &app.scheme);
        let link = crate::paths::oversight::docket_in(&docket.link);
        let around = [docket.parent, docket.replaces, docket.replaced_by, link];
        let around: Vec<i64> = around.into_iter().flatten().collect();
        let known = readable(db, &reach, &around).await?;
        let lacking = missing(process, &docket.answers, docket.nil);
        let of = (process, &docket);
        let offers = match content.round {
            Some(_) => Vec::new(),
            None => offers((allowed, &form), of, (&departments, &lacking)),
        };
        let state = docket.state.called(process);
        Ok(Self {
            page: listed(app, process, allowed.page_of(&docket.title, &process.title))
                .settled_so((docket.state.mark(), &state), "没有等待办理的事项"),
            nil: if docket.nil {
                process.nil.clone()
            } else {
                String::new()
            },
            title: process.title.clone(),
            facts: facts(allowed, process, (&docket, &known)),
            remarks: remarks(process, &docket),
            answers: grouped(answers(
                process,
                (&content.answers, before.as_ref().map(|was| &was.answers.0)),
                &departments,
            )),
            tables: tables(&content, before.as_ref()),
            rounds: content.rounds.iter().map(round).collect(),
            as_of: content.as_of,
            round: content.round,
            editions: editions(&docket, &known),
            opinions: opinions(db, docket.id).await?,
            files: files(db, docket.id).await?,
            attached: process.files.clone(),
            may: May::of(allowed, of, content.round),
            children: children(app, &of_parent(db, &reach, docket.id).await?),
            offers,
            history: history::of_matter(db, &app.scheme, (Docket::KIND, docket.id)).await?,
            state,
            docket,
            form,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::DOCKET.at(at(allowed)?))
    }
}

fn editions(docket: &Docket, known: &[i64]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let known = |id: Option<i64>| id.filter(|id| known.contains(id));
    if let Some(before) = known(docket.replaces) {
        found.push(("查看上一版".to_owned(), paths::DOCKET.at(before)));
    }
    if let Some(after) = known(docket.replaced_by) {
        found.push(("查看下一版".to_owned(), paths::DOCKET.at(after)));
    }
    found
}

/// What came out of it: visits of a round, problems of a visit, gaps of a problem.
fn children(app: &App, children: &[Docket]) -> Table {
    let rows = children.iter().map(|child| {
        let process = app.scheme.process(&child.process);
        let state = process.map_or_else(String::new, |process| child.state.called(process));
        let kind = process.map_or("", |process| process.title.as_str());
        vec![
            Cell::link(paths::DOCKET.at(child.id), &child.title),
            kind.to_owned().into(),
            child.unit.clone().into(),
            child.due_on.into(),
            Cell::Mark(child.state.mark(), state),
        ]
    });
    let heads = [
        ("名称", Kind::Words),
        ("类别", Kind::Short),
        ("责任单位", Kind::Short),
        ("时限", Kind::Short),
        ("状态", Kind::Short),
    ];
    Table::told("由此产生的办件", &heads, rows.collect())
}
