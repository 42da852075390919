//! Whether one association stays on the list: what it is now, what would end,
//! the request and its answer, earlier ones.

use askama::Template;
use axum::extract::State as Extract;

use crate::access::{Act, Case as _, Role, Seen};
use crate::crossings::amendment;
use crate::database::{Stopped, batches};
use crate::documents::files::{Attached, PAGES, counted};
use crate::exits::store::stakes::{Stakes, stakes};
use crate::paths;
use crate::registry::store::{self as registry, Association};
use crate::roster::acts::requesting as acts;
use crate::roster::rules::amendments::Standing;
use crate::roster::rules::requests::{Change, State};
use crate::roster::store::amendments;
use crate::roster::store::requests::{self as store, Asking, Request};
use crate::web::ask::{self, Ask};
use crate::web::page::Page;
use crate::web::upload::{Upload, Uploaded};
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const REASON: Ask<String> = ask::longtext("reason", "理由", 500)
    .rows(5)
    .hint("事实和依据；同意后写入名单，向社会公布")
    .must("请写明理由。")
    .fits(|reason| reason.chars().count() >= 5, "理由至少5个字。");
const DOCUMENT: Ask<String> = ask::wide("document", "单位文件", 100)
    .hint("报告的名称和文号；没有文号的填“无”")
    .must("请填写报告的名称和文号；没有文号的填“无”。");
const GROUNDS: Ask<String> = ask::longtext("grounds", "向社会公布的理由", 500)
    .hint("写入名单")
    .must("请写明理由。")
    .fits(|reason| reason.chars().count() >= 5, "理由至少5个字。");
const REFUSAL: Ask<String> = ask::longtext("refusal", "理由", 500)
    .hint("告知申请人")
    .must("请写明不同意的理由。");

/// The page.
#[derive(Template)]
#[template(path = "exits/listing.html")]
pub struct ListingPage {
    page: Page,
    form: Form,
    association: Association,
    published: bool,
    /// What may be asked for, or why nothing may.
    askable: Result<Change, &'static str>,
    stakes: Option<Stakes>,
    open: Option<Request>,
    past: Vec<Request>,
    version: i32,
    /// What is agreed to.
    seen: Seen,
    files: Vec<Attached>,
    may: May,
}

/// The acts open to this person now.
struct May {
    save: bool,
    propose: bool,
    decide: bool,
}

impl ListingPage {
    /// What is asked for, or may be.
    fn change(&self) -> Option<Change> {
        let asked = self.open.as_ref().map(|request| request.change);
        asked.or(self.askable.ok())
    }

    /// What is attached to a request.
    fn attached(&self, request: &i64) -> Vec<&Attached> {
        let files = self.files.iter();
        files.filter(|file| file.to == *request).collect()
    }
}

impl View for ListingPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let association = registry::association(db, id).await?.ok_or(Error::Missing)?;
        let parameters = &look.app.scheme.campaign.parameters;
        let standings = amendments::standings(db, parameters, Some(&[id.0])).await?;
        let standing = standings.first().map(Standing::askable);
        let askable = standing.unwrap_or(Err("该协会不在脱钩范围内。"));
        let requests = store::of_association(db, id).await?;
        let version = store::version_of(&requests);
        let (open, past): (Vec<Request>, Vec<Request>) =
            requests.into_iter().partition(Request::is_open);
        let open = open.into_iter().next();
        let published = batches::begun(db).await?;
        let stakes = stakes(db, &[id.0]).await?.into_iter().next();
        Ok(Self {
            page: allowed.page("名单调整"),
            form: form.unwrap_or_else(|| filled(open.as_ref())),
            may: may(allowed, open.as_ref(), published && askable.is_ok()),
            published,
            askable,
            version,
            seen: open.as_ref().map_or(Seen::version(0), |request| {
                amendment::shown(request, stakes.as_ref())
            }),
            stakes,
            open,
            past,
            files: store::files(db, id).await?,
            association,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::exits::LISTING.at(allowed.association()?))
    }
}

/// What of the office's own is the office's to write and send, and so for the unit.
fn may(allowed: &Allowed, open: Option<&Request>, askable: bool) -> May {
    let office = allowed.actor().role() == Role::OfficeClerk;
    let ours = open.is_none_or(|request| request.from_office == office);
    let state = open.map_or(State::Draft, |request| request.state);
    let may = |act| allowed.may(act) && Request::next(state, act).is_some();
    May {
        save: ours && askable && may(Act::AmendmentSave),
        propose: ours && askable && open.is_some() && may(Act::AmendmentPropose),
        decide: may(Act::RosterAmend),
    }
}

fn filled(open: Option<&Request>) -> Form {
    let mut form = Form::default();
    if let Some(request) = open {
        form.set(REASON.name, &request.reason);
        form.set(DOCUMENT.name, &request.document);
        form.set(GROUNDS.name, &request.reason);
    }
    form
}

/// Saves the draft.
pub async fn save(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let change = form
        .word("change", "申请事项")
        .required("请刷新页面，核对协会是否仍在名单内。");
    let reason = REASON.read(&mut form);
    let document = DOCUMENT.read(&mut form);
    let run = async |write, clean, seen| {
        let asking = Asking {
            change: change.take(&clean),
            reason: reason.take(&clean),
            document: document.take(&clean),
        };
        acts::save(write, id, seen, &asking).await
    };
    allowed.act::<ListingPage, _, _>(&app, form, run).await
}

/// Attaches a file to the draft.
pub async fn attach(Extract(app): Extract<App>, allowed: Allowed, upload: Upload) -> Answer {
    let id = allowed.association()?;
    let Upload { mut form, file } = upload;
    let pages = PAGES.if_filled(&mut form);
    if file.is_none() && form.errors().is_empty() {
        form.fail("file", "文件", "请选择文件。");
    }
    let run = async |write, clean, seen| {
        let pages = counted(pages.take(&clean));
        let file = file.ok_or(Stopped::Hidden)?;
        let file = Uploaded { pages, ..file };
        acts::attach(write, id, seen, &file).await
    };
    allowed.act::<ListingPage, _, _>(&app, form, run).await
}

/// Takes a file away from the draft.
pub async fn detach(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let (id, file) = (allowed.association()?, allowed.number("file")?);
    let run = async |write, _, seen| acts::detach(write, id, seen, file).await;
    allowed.act::<ListingPage, _, _>(&app, form, run).await
}

/// Sends it to the office.
pub async fn propose(Extract(app): Extract<App>, allowed: Allowed, form: Form) -> Answer {
    let id = allowed.association()?;
    let run = async |write, _, seen| acts::propose(write, id, seen).await;
    allowed.act::<ListingPage, _, _>(&app, form, run).await
}

/// The office's head does not agree.
pub async fn refuse(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let opinion = REFUSAL.read(&mut form);
    let run = async |write, clean, seen| acts::refuse(write, id, seen, &opinion.take(&clean)).await;
    allowed.act::<ListingPage, _, _>(&app, form, run).await
}

/// The office's head agrees.
pub async fn decide(Extract(app): Extract<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let grounds = GROUNDS.read(&mut form);
    let run =
        async |write, clean, seen| amendment::agree(write, id, seen, grounds.take(&clean)).await;
    allowed.act::<ListingPage, _, _>(&app, form, run).await
}
