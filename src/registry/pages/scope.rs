//! Whether an association is in scope: the unit proposes, the office decides (SC-8).

use askama::Template;
use axum::extract::State;

use crate::access::Act;
use crate::paths;
use crate::registry::acts;
use crate::registry::pages::show::{CRITERIA, facts};
use crate::registry::rules::{self, Scope};
use crate::registry::store::{self, Association};
use crate::scheme::Choice;
use crate::web::ask::{self, Ask};
use crate::web::form::Slot;
use crate::web::page::Page;
use crate::web::table::Table;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

const REASON: Ask<String> = ask::longtext("reason", "理由", 500)
    .rows(5)
    .hint("与系统判断不一致的必须填写，至少10个字");

/// The form, the unit's or the office's by its address.
#[derive(Template)]
#[template(path = "registry/scope.html")]
pub struct ScopePage {
    page: Page,
    form: Form,
    association: Association,
    criteria: Table,
    scopes: Vec<Choice>,
    action: String,
    act: Act,
    official: bool,
}

impl View for ScopePage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let id = allowed.association()?;
        let association = store::association(db, id).await?.ok_or(Error::Missing)?;
        let (_, criteria) = rules::scope(&look.app.scheme.campaign, &facts(&association));
        let act = allowed.gate_act();
        let official = act == Act::ScopeDecide;
        let mut scopes = Choice::of::<Scope>();
        scopes.retain(|scope| scope.value != Scope::Undecided.key());
        Ok(Self {
            page: allowed.page(if official {
                "认定脱钩范围"
            } else {
                "提出认定建议"
            }),
            form: form.unwrap_or_default(),
            criteria: Table::of("认定条件", allowed.actor(), CRITERIA, &criteria).scrolled(),
            scopes,
            action: if official {
                paths::registry::SCOPE.at(id)
            } else {
                paths::registry::SCOPE_PROPOSAL.at(id)
            },
            act,
            official,
            association,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::registry::ASSOCIATION.at(allowed.association()?))
    }
}

fn read(form: &mut Form) -> (Slot<Scope>, Slot<Option<String>>) {
    let scope = form
        .word::<Scope>("scope", "认定")
        .check(
            |scope| *scope != Scope::Undecided,
            "选项无效，请从所列选项中选择。",
        )
        .required("请选择认定结果。");
    (scope, REASON.if_filled(form))
}

/// The office decides.
pub async fn decide(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let (scope, reason) = read(&mut form);
    let run = async |write, clean, seen| {
        acts::decide_scope(write, id, seen, scope.take(&clean), reason.take(&clean)).await
    };
    allowed.act::<ScopePage, _, _>(&app, form, run).await
}

/// The unit proposes.
pub async fn propose(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let (scope, reason) = read(&mut form);
    let run = async |write, clean, seen| {
        acts::propose_scope(write, id, seen, scope.take(&clean), reason.take(&clean)).await
    };
    allowed.act::<ScopePage, _, _>(&app, form, run).await
}
