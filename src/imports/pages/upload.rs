//! Where a spreadsheet of one kind is uploaded, and the last ones that the person uploaded.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use sha2::{Digest as _, Sha256};
use std::sync::OnceLock;

use crate::clock::stamp;
use crate::database::Failure;
use crate::imports::acts::{self, peeking, work};
use crate::imports::rules::{KEPT_DAYS, Kind, Refusal};
use crate::imports::store::{self, Import, New};
use crate::paths::imports as paths;
use crate::web::page::Page;
use crate::web::upload::SheetUpload;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};
use crate::words::Mark;

/// The endings that are read.
pub const ENDINGS: &str = ".xlsx,.csv";

/// The page of a kind.
#[derive(Template)]
#[template(path = "imports/upload.html")]
pub struct UploadPage {
    page: Page,
    form: Form,
    kind: Kind,
    /// What whoever brings it may bring.
    reach: String,
    mine: Vec<Row>,
}

/// An upload in the list.
struct Row {
    href: String,
    name: String,
    at: String,
    mark: Mark,
    state: &'static str,
}

impl Row {
    fn of(import: &Import) -> Self {
        Self {
            href: paths::IMPORT.at(import.id),
            name: import.file_name.clone(),
            at: stamp(import.created_at),
            mark: import.standing().mark(),
            state: import.standing().label(),
        }
    }
}

fn kind(allowed: &Allowed) -> Result<Kind, Error> {
    Kind::of(allowed.gate_act()).ok_or(Error::Missing)
}

impl View for UploadPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (allowed, kind) = (look.allowed, kind(look.allowed)?);
        let actor = allowed.actor();
        let mine = store::mine(look.db, actor.account, kind).await?;
        let reach = if actor.role().is_unit() {
            let department = &actor.capacity.department_name;
            format!("{department}主管的协会")
        } else {
            "全区的协会".to_owned()
        };
        Ok(Self {
            page: allowed.page(format!("导入{}", kind.label())),
            form: form.unwrap_or_default(),
            kind,
            reach,
            mine: mine.iter().map(Row::of).collect(),
        })
    }

    fn address(_: &Allowed) -> Result<String, Error> {
        Ok(paths::IMPORT.at("{}"))
    }
}

/// Takes a file in: looked into before it is kept, read and checked afterwards.
pub async fn upload(State(app): State<App>, allowed: Allowed, upload: SheetUpload) -> Answer {
    let SheetUpload { mut form, file } = upload;
    let (kind, actor) = (kind(&allowed)?, allowed.actor().clone());
    let again = form.tick("again");
    let fresh = form.tick("fresh");
    form.knows("file");
    let Some((name, bytes)) = file else {
        form.fail("file", "文件", "请选择要导入的文件。");
        return draw::<UploadPage>(&app, &allowed, Some(form), StatusCode::UNPROCESSABLE_ENTITY)
            .await;
    };
    let looked = if form.errors().is_empty() {
        peeking::look(&app, (&name, &bytes)).await
    } else {
        Ok(Ok(()))
    };
    let unfit = looked.map_err(Error::internal)?.err();
    let digest = Sha256::digest(&bytes);
    let made: OnceLock<i64> = OnceLock::new();
    let refused: OnceLock<bool> = OnceLock::new();
    let run = async |write, _, _| {
        if let Some(why) = unfit {
            refused.get_or_init(|| why.is_kind());
            return Err(Refusal::Unfit(why).into());
        }
        let new = New {
            kind,
            department: actor.department(),
            own: actor.role().is_unit(),
            fresh,
            name: &name,
            digest: digest.as_slice(),
            bytes: &bytes,
        };
        let id = acts::upload(write, new, again).await?;
        made.get_or_init(|| id);
        Ok::<i64, Failure<Refusal>>(id)
    };
    let mut answer = allowed.act::<UploadPage, _, i64>(&app, form, run).await?;
    if let Some(id) = made.get() {
        work::read(&app, &actor, *id).await;
    }
    if refused.get() == Some(&true) {
        *answer.status_mut() = StatusCode::UNSUPPORTED_MEDIA_TYPE;
    }
    Ok(answer)
}
