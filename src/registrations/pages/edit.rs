//! The form of an entry: what was received; correcting it, with its result where there is
//! one.

use askama::Template;
use axum::extract::State;

use crate::access::Act;
use crate::crossings::registering;
use crate::database::Db;
use crate::paths::registrations as paths;
use crate::registrations::rules::{Kind, Organ, Registration, SupervisorColumn, Verdict};
use crate::registrations::store;
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::conflict::{Line, Theirs};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::at;
use super::fields::{
    AGREED, APPLIED_ON, COLUMN, CONSENTED_ON, DECIDED_ON, ENTITLED, MET_ON, OPINION, ORGAN,
    PRESENT, Shape, VERDICT, content, decided, document, of_application, of_outcome, received,
};

const REASON: Ask<String> = ask::longtext("reason", "更正理由", 500)
    .hint("写明原登记有什么差错、依据什么更正；原内容保留在办理历史中")
    .must("请写明更正理由。");

/// The form.
#[derive(Template)]
#[template(path = "registrations/edit.html")]
pub struct EditPage {
    page: Page,
    form: Form,
    kind: Kind,
    shape: Shape,
    content: Option<Ask<String>>,
    document: Ask<String>,
    entry: Option<Registration>,
    version: i32,
    act: Act,
    action: String,
    organs: Vec<Choice>,
    verdicts: Vec<Choice>,
    columns: Vec<Choice>,
}

/// The kind in the address, of a new entry.
fn of_new(allowed: &Allowed) -> Result<Kind, Error> {
    let kind = Kind::from_key(allowed.param("kind")?);
    kind.ok_or(Error::Missing)
}

/// The entry that is corrected, or the kind of a new one.
async fn subject(db: &mut Db, allowed: &Allowed) -> Result<(Kind, Option<Registration>), Error> {
    let Ok(at) = at(allowed) else {
        return Ok((of_new(allowed)?, None));
    };
    let entry = store::entry(db, at.association, at.registration).await?;
    let entry = entry.ok_or(Error::Missing)?;
    Ok((entry.kind, Some(entry)))
}

/// 审查同意 is asked for while the primary unit's tie stands, and where one was entered.
async fn shape(
    db: &mut Db,
    allowed: &Allowed,
    (kind, entry): (Kind, Option<&Registration>),
) -> Result<Shape, Error> {
    let entered = entry.is_some_and(|entry| entry.application.consented_on.is_some());
    let consent =
        kind.has_period() && (entered || store::is_tied(db, allowed.association()?).await?);
    Ok(Shape { kind, consent })
}

fn current(shape: Shape, entry: &Registration) -> Vec<(Line, String)> {
    let mut lines = of_application(shape, &entry.application);
    if let Some(outcome) = &entry.outcome {
        lines.extend(of_outcome(shape.kind, outcome));
    }
    lines
}

impl View for EditPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let (kind, entry) = subject(db, allowed).await?;
        let shape = shape(db, allowed, (kind, entry.as_ref())).await?;
        let (title, act, action) = match &entry {
            Some(entry) => (
                format!("更正{}", kind.label()),
                Act::RegistrationCorrect,
                paths::CORRECTION.at(id, entry.id),
            ),
            None => (
                format!("登记收件：{}", kind.label()),
                Act::RegistrationEnter,
                paths::NEW_REGISTRATION.at(id, kind.key()),
            ),
        };
        let form = form.unwrap_or_else(|| match &entry {
            Some(entry) => Form::of_lines(current(shape, entry)),
            None => Form::default(),
        });
        Ok(Self {
            page: allowed.page(title),
            form,
            kind,
            shape,
            content: content(kind),
            document: document(kind),
            version: entry.as_ref().map_or(0, |entry| entry.version),
            entry,
            act,
            action,
            organs: Choice::of::<Organ>(),
            verdicts: Choice::of::<Verdict>(),
            columns: Choice::of::<SupervisorColumn>(),
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        let entry = self.entry.as_ref()?;
        Some(Theirs::lines(entry.version, current(self.shape, entry)))
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let id = allowed.association()?;
        Ok(match at(allowed) {
            Ok(at) => paths::REGISTRATION.at(id, at.registration),
            Err(_) => paths::REGISTRATION.at(id, "{}"),
        })
    }
}

/// Enters what was received.
pub async fn enter(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let (id, kind) = (allowed.association()?, of_new(&allowed)?);
    let typed = received(&mut form, kind, app.clock.today());
    let run =
        async |write, clean, _| registering::enter(write, (id, kind), &typed.take(&clean)).await;
    allowed.act::<EditPage, _, _>(&app, form, run).await
}

/// Corrects what was entered.
pub async fn correct(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?;
    let (kind, _) = subject(&mut app.read().await?, &allowed).await?;
    let today = app.clock.today();
    let typed = received(&mut form, kind, today);
    // As the page had it: a result entered since it was opened is somebody else's change.
    let has_outcome = form.raw(DECIDED_ON.name).is_some();
    let outcome = has_outcome.then(|| decided(&mut form, kind, today));
    let reason = REASON.read(&mut form);
    let run = async |write, clean, seen| {
        let application = typed.take(&clean);
        let outcome = outcome.map(|typed| typed.take(&clean));
        let entered = (&application, outcome.as_ref());
        registering::correct(write, at, seen, entered, &reason.take(&clean)).await
    };
    allowed.act::<EditPage, _, _>(&app, form, run).await
}
