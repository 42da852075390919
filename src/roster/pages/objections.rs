//! Objections during publicity and their answers (LI-7).

use askama::Template;
use axum::extract::State as Extract;
use chrono::NaiveDate;

use crate::access::Act;
use crate::database::Stopped;
use crate::database::parameters::changes_on;
use crate::documents::files::{Attached, PAGES, counted};
use crate::paths;
use crate::roster::acts;
use crate::roster::rules::OBJECTION;
use crate::roster::store::objections::{self as store, Objection, Received};
use crate::scheme::Choice;
use crate::scheme::calendar::workdays_after;
use crate::web::ask::{self, Ask};
use crate::web::hands::{self, Asked, Hands};
use crate::web::page::Page;
use crate::web::table::Cell;
use crate::web::upload::{Upload, Uploaded};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const RECEIVED: Ask<NaiveDate> = ask::date("received_on", "收到日期").must("请填写收到日期。");
const OBJECTOR: Ask<String> =
    ask::text("objector", "提出异议的单位或个人", 60).must("请填写提出异议的单位或个人。");
const CONTENT: Ask<String> = ask::longtext("content", "异议内容", 1000)
    .rows(5)
    .must("请填写异议内容。");

/// The page.
#[derive(Template)]
#[template(path = "roster/objections.html")]
pub struct ObjectionsPage {
    page: Page,
    form: Form,
    rows: Vec<Objection>,
    hands: Hands,
    publications: Vec<Choice>,
    periods: Vec<String>,
    files: Vec<Attached>,
    may_record: bool,
    may_answer: bool,
}

impl ObjectionsPage {
    fn answer_name(id: &i64) -> String {
        format!("answer.{id}")
    }

    /// The first objection without answer: the one that the summary of errors leads to.
    fn first_open(&self) -> i64 {
        let mut open = self.rows.iter().filter(|row| row.answer.is_none());
        open.next().map_or(0, |row| row.id)
    }

    fn place(id: &i64, first: i64) -> String {
        if *id == first {
            "f-file".to_owned()
        } else {
            format!("f-file-{id}")
        }
    }

    fn hand(&self, id: &i64) -> Cell {
        hands::cell(self.hands.of(OBJECTION, *id).as_ref())
    }

    fn attached(&self, id: &i64) -> Vec<&Attached> {
        self.files.iter().filter(|file| file.to == *id).collect()
    }
}

impl View for ObjectionsPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let publications = store::publications(db).await?;
        let mut periods = Vec::new();
        // The period of a publication goes by the parameters of its day (TC-51).
        for (_, name, from) in publications.iter().take(2) {
            let changes = changes_on(db.connection(), app.database.campaign(), *from).await?;
            let campaign = app.scheme.campaign.under(&changes);
            let days = campaign.parameters.publicity_days;
            let until = workdays_after(&campaign, *from, days);
            periods.push(format!("{name}：公示{days}个工作日，至{until}"));
        }
        let rows = store::objections(db).await?;
        let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
        let hands = hands::listed(db, (app, allowed), Asked::Cases(&[OBJECTION], &ids)).await?;
        Ok(Self {
            page: allowed.page("公示异议"),
            form: form.unwrap_or_default(),
            rows,
            hands,
            periods,
            files: store::files(db).await?,
            publications: publications
                .into_iter()
                .map(|(id, name, _)| Choice {
                    value: id.to_string(),
                    label: name,
                })
                .collect(),
            may_record: allowed.may(Act::ObjectionRecord),
            may_answer: allowed.may(Act::ObjectionAnswer),
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::roster::OBJECTIONS.at().to_owned())
    }
}

/// Puts an objection on record.
pub async fn record(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let publications = store::publications(&mut app.read().await?).await?;
    let offered: Vec<String> = publications.iter().map(|each| each.0.to_string()).collect();
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let publication = form
        .choice("publication", "名单", &offered)
        .required("请选择名单。");
    let on = RECEIVED.read_past(&mut form, app.clock.today());
    let objector = OBJECTOR.read(&mut form);
    let content = CONTENT.read(&mut form);
    let run = async |write, clean, _| {
        let received = Received {
            publication: publication.take(&clean).parse().unwrap_or_default(),
            on: on.take(&clean),
            objector: objector.take(&clean),
            content: content.take(&clean),
        };
        acts::record_objection(write, &received).await
    };
    allowed.act::<ObjectionsPage, _, _>(&app, form, run).await
}

/// Answers one.
pub async fn answer(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.number("objection")?;
    let answer = form
        .text(&ObjectionsPage::answer_name(&id), "答复", 1000)
        .required("请填写答复。");
    let run = async |write, clean, seen| {
        acts::answer_objection(write, id, seen, &answer.take(&clean)).await
    };
    allowed.act::<ObjectionsPage, _, _>(&app, form, run).await
}

/// Keeps a file that came with an objection.
pub async fn attach(Extract(app): Extract<App>, allowed: Allowed, upload: Upload) -> Answer {
    let id = allowed.number("objection")?;
    let Upload { mut form, file } = upload;
    let pages = PAGES.if_filled(&mut form);
    if file.is_none() && form.errors().is_empty() {
        form.fail("file", "文件", "请选择文件。");
    }
    let run = async |write, clean, seen| {
        let pages = counted(pages.take(&clean));
        let file = file.ok_or(Stopped::Hidden)?;
        let file = Uploaded { pages, ..file };
        acts::attach_to_objection(write, id, seen, &file).await
    };
    allowed.act::<ObjectionsPage, _, _>(&app, form, run).await
}
