//! One activity: what it is, the approvals on record, the acts open here.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;

use crate::access::Act;
use crate::accounts::store::departments;
use crate::activities::acts;
use crate::activities::rules::{Kind, next};
use crate::activities::store::{self, Activity, Approval};
use crate::database::Db;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::web::answer::money;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, html};

/// The page of an activity.
#[derive(Template)]
#[template(path = "activities/show.html")]
pub struct ShowPage {
    page: Page,
    form: Form,
    association: Brief,
    activity: Activity,
    amount: Option<String>,
    approvals: Vec<Approval>,
    departments: Vec<Choice>,
    names: bool,
    election: bool,
    finding: Option<String>,
    may: May,
}

/// The acts open to this person now.
struct May {
    save: bool,
    note: bool,
    approve: bool,
    return_: bool,
    allow: bool,
    refuse: bool,
    finish: bool,
}

/// What the page shows, with the form as typed.
pub async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
) -> Result<ShowPage, Error> {
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let activity = store::activity(db, id, allowed.number("activity")?)
        .await?
        .ok_or(Error::Missing)?;
    let approvals = store::approvals(db, activity.id).await?;
    let finding = acts::judge(db, &app.scheme, id, &activity)
        .await?
        .err()
        .map(|refusal| refusal.explain());
    let open = |act| allowed.may(act) && next(activity.state, act).is_some();
    let may = May {
        save: open(Act::ActivitySave),
        note: open(Act::ActivityNote),
        approve: open(Act::ActivityApprove),
        return_: open(Act::ActivityReturn),
        allow: open(Act::ActivityAllow),
        refuse: open(Act::ActivityRefuse),
        finish: open(Act::ActivityFinish),
    };
    let decided = next(activity.state, Act::ActivityApprove).is_none()
        && next(activity.state, Act::ActivityAllow).is_none();
    Ok(ShowPage {
        page: allowed.page(activity.title.clone()),
        form,
        departments: departments(db)
            .await?
            .into_iter()
            .map(|department| Choice {
                value: department.id.to_string(),
                label: department.name,
            })
            .collect(),
        // Domain 2.1: names for the unit, the association and who reads the register.
        names: allowed.actor().reads_persons_of(association.department),
        election: activity.kind == Kind::Election,
        finding: finding.filter(|_| !decided),
        amount: activity.amount_cents.map(money::show),
        association,
        approvals,
        activity,
        may,
    })
}

/// The page.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}
