//! Objections during publicity and their answers (LI-7).

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::clock::chinese_date;
use crate::database::Db;
use crate::database::parameters::changes_on;
use crate::documents::files::Attached;
use crate::paths;
use crate::roster::acts;
use crate::roster::store::objections::{self as store, Objection};
use crate::scheme::Choice;
use crate::scheme::calendar::workdays_after;
use crate::web::page::{Page, html_with};
use crate::web::upload::Upload;
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "roster/objections.html")]
struct ObjectionsPage {
    page: Page,
    form: Form,
    rows: Vec<Objection>,
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

    fn attached(&self, id: &i64) -> Vec<&Attached> {
        self.files.iter().filter(|file| file.to == *id).collect()
    }
}

async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<ObjectionsPage, Error> {
    let publications = store::publications(db).await?;
    let mut periods = Vec::new();
    // The period of a publication goes by the parameters of its day (TC-51).
    for (_, name, from) in publications.iter().take(2) {
        let changes = changes_on(db.connection(), app.database.campaign(), *from).await?;
        let campaign = app.scheme.campaign.under(&changes);
        let days = campaign.parameters.publicity_days;
        let until = workdays_after(&campaign, *from, days);
        periods.push(format!(
            "{name}：公示{days}个工作日，至{}",
            chinese_date(until)
        ));
    }
    Ok(ObjectionsPage {
        page: allowed.page("公示异议"),
        form,
        rows: store::objections(db).await?,
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

/// The page.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}

async fn again(app: &App, allowed: &Allowed, form: Form) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let view = view(db, app, allowed, form).await?;
    html_with(StatusCode::UNPROCESSABLE_ENTITY, &view)
}

/// Puts an objection on record.
pub async fn record(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let publications = store::publications(&mut app.read().await?).await?;
    let offered: Vec<String> = publications.iter().map(|each| each.0.to_string()).collect();
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let today = app.clock.today();
    let publication = form
        .choice("publication", "名单", &offered)
        .required("请选择名单。");
    let received = form
        .date("received_on", "收到日期")
        .check(|day| *day <= today, "收到日期不能晚于今天。")
        .required("请填写收到日期。");
    let objector = form
        .text("objector", "提出异议的单位或个人", 60)
        .required("请填写提出异议的单位或个人。");
    let content = form
        .text("content", "异议内容", 1000)
        .required("请填写异议内容。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let publication = publication
        .take(&clean)
        .parse()
        .map_err(|_| Error::Missing)?;
    acts::record_objection(
        &app.database,
        &allowed.who(&form, paths::roster::OBJECTIONS.at()),
        (publication, received.take(&clean)),
        (&objector.take(&clean), &content.take(&clean)),
    )
    .await?;
    Ok(redirect(
        paths::roster::OBJECTIONS.at(),
        Act::ObjectionRecord,
    ))
}

/// Answers one.
pub async fn answer(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let id = allowed.number("objection")?;
    let answer = form
        .text(&format!("answer.{id}"), "答复", 1000)
        .required("请填写答复。");
    let Ok(clean) = form.done() else {
        return again(&app, &allowed, form).await;
    };
    let who = allowed.who(&form, paths::roster::OBJECTIONS.at());
    if acts::answer_objection(&app.database, &who, id, &answer.take(&clean)).await? {
        Ok(redirect(
            paths::roster::OBJECTIONS.at(),
            Act::ObjectionAnswer,
        ))
    } else {
        Err(Error::Conflict("这条异议已经答复，请刷新页面。".to_owned()))
    }
}

/// Keeps a file that came with an objection.
pub async fn attach(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut upload: Upload,
) -> Result<Response, Error> {
    let id = allowed.number("objection")?;
    if upload.file.is_none() && upload.form.errors().is_empty() {
        upload.form.fail("file", "文件", "请选择文件。");
    }
    let (Ok(_), Some(file)) = (upload.form.done(), &upload.file) else {
        return again(&app, &allowed, upload.form).await;
    };
    let who = allowed.who(&upload.form, paths::roster::OBJECTIONS.at());
    if acts::attach_to_objection(&app.database, &who, id, file).await? {
        Ok(redirect(
            paths::roster::OBJECTIONS.at(),
            Act::ObjectionAttach,
        ))
    } else {
        Err(Error::Missing)
    }
}
