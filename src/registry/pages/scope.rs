//! Whether an association is in scope: the unit proposes, the office decides (SC-8).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::Act;
use crate::database::Db;
use crate::paths;
use crate::registry::acts;
use crate::registry::pages::show::facts;
use crate::registry::rules::{self, Computed, Criterion, Scope};
use crate::registry::store::{self, Association};
use crate::scheme::Choice;
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

/// Fewest characters of a reason that overrides the criteria (SC-4).
const REASON: usize = 10;
/// The reason where the decision follows the criteria.
const BY_CRITERIA: &str = "按方案规定的条件认定";

#[derive(Template)]
#[template(path = "registry/scope.html")]
struct ScopePage {
    page: Page,
    form: Form,
    association: Association,
    criteria: Vec<Criterion>,
    scopes: Vec<Choice>,
    action: String,
    official: bool,
}

async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    form: Form,
    official: bool,
) -> Result<ScopePage, Error> {
    let id = allowed.association()?;
    let association = store::association(db, id).await?.ok_or(Error::Missing)?;
    let (_, criteria) = rules::scope(&app.scheme.campaign, &facts(&association));
    Ok(ScopePage {
        page: allowed.page(if official {
            "认定脱钩范围"
        } else {
            "提出认定建议"
        }),
        form,
        criteria,
        scopes: [Scope::In, Scope::Out, Scope::Defer]
            .into_iter()
            .map(|scope| Choice {
                value: scope.key().to_owned(),
                label: scope.label().to_owned(),
            })
            .collect(),
        action: if official {
            paths::registry::SCOPE.at(id)
        } else {
            paths::registry::SCOPE_PROPOSAL.at(id)
        },
        official,
        association,
    })
}

/// The office's form.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default(), true).await?)
}

/// The unit's form.
pub async fn proposal(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default(), false).await?)
}

/// A decision that departs from the criteria needs its reason.
fn needs_reason(computed: Computed, scope: &str) -> bool {
    !matches!(
        (computed, scope),
        (Computed::In, "in") | (Computed::Out, "out")
    )
}

/// The office decides.
pub async fn decide(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    settle(&app, &allowed, form, true).await
}

/// The unit proposes.
pub async fn propose(
    State(app): State<App>,
    allowed: Allowed,
    form: Form,
) -> Result<Response, Error> {
    settle(&app, &allowed, form, false).await
}

async fn settle(
    app: &App,
    allowed: &Allowed,
    mut form: Form,
    official: bool,
) -> Result<Response, Error> {
    let page = view(
        &mut app.read().await?,
        app,
        allowed,
        Form::default(),
        official,
    )
    .await?;
    let version = form.version()?;
    let scope = form
        .choice("scope", "认定", &["in", "out", "defer"])
        .required("请选择认定结果。");
    let needed = needs_reason(page.association.scope_computed, &form.value("scope"));
    let enough = if needed { REASON } else { 0 };
    let reason = form
        .text("reason", "理由", 500)
        .check(
            |reason| reason.chars().count() >= enough,
            "与系统判断不一致的，理由至少10个字。",
        )
        .optional();
    if needed && form.value("reason").trim().is_empty() {
        form.fail("reason", "理由", "与系统判断不一致的，请说明理由。");
    }
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &ScopePage { form, ..page },
        );
    };
    let scope = Scope::from_key(&scope.take(&clean)).unwrap_or(Scope::Undecided);
    let (id, reason) = (
        page.association.id,
        reason
            .take(&clean)
            .unwrap_or_else(|| BY_CRITERIA.to_owned()),
    );
    let path = paths::registry::ASSOCIATION.at(id);
    let who = allowed.who(&form, path.clone());
    let settled = if official {
        acts::decide_scope(&app.database, &who, (id, version), (scope, &reason)).await?
    } else {
        acts::propose_scope(&app.database, &who, (id, version), (scope, &reason)).await?
    };
    match settled {
        Ok(()) => Ok(redirect(
            &path,
            if official {
                Act::ScopeDecide
            } else {
                Act::ScopePropose
            },
        )),
        Err(refusal) => Err(Error::Conflict(refusal.explain().1.to_owned())),
    }
}
