//! Amending the published list (LI-8, LI-9).

use askama::Template;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::response::Response;

use crate::access::{Act, Scope as Reach};
use crate::database::Db;
use crate::exits::amending;
use crate::exits::store::stakes::{Stakes, stakes};
use crate::paths;
use crate::roster::acts::Amendment;
use crate::roster::rules::amendments::Standing;
use crate::roster::rules::requests::State;
use crate::roster::store::amendments as store;
use crate::roster::store::requests::{self, Request};
use crate::web::page::{Page, html_with};
use crate::web::{Allowed, App, Error, Form, html, redirect};

#[derive(Template)]
#[template(path = "exits/amend.html")]
struct AmendPage {
    page: Page,
    form: Form,
    published: bool,
    due: Vec<Standing>,
    addable: Vec<Standing>,
    withdrawable: Vec<Standing>,
    stakes: Vec<Stakes>,
    requests: Vec<Request>,
}

impl AmendPage {
    fn ticked(&self, name: &str, id: &i64) -> bool {
        self.form.has(name, &id.to_string())
    }

    fn stakes(&self, id: &i64) -> Option<&Stakes> {
        self.stakes.iter().find(|stakes| stakes.association == *id)
    }
}

async fn view(db: &mut Db, app: &App, allowed: &Allowed, form: Form) -> Result<AmendPage, Error> {
    let standings = store::standings(db, &app.scheme.campaign.parameters, None).await?;
    let those = |fits: fn(&Standing) -> bool| -> Vec<Standing> {
        standings
            .iter()
            .filter(|each| fits(each))
            .cloned()
            .collect()
    };
    let withdrawable = those(Standing::may_be_withdrawn);
    let ids: Vec<i64> = withdrawable.iter().map(|each| each.id).collect();
    let reach = Reach::of(allowed.actor());
    Ok(AmendPage {
        page: allowed.page("增补、调整、撤出"),
        form,
        published: store::first_publication(db).await?.is_some(),
        due: those(Standing::must_be_added),
        addable: those(|each| each.may_be_added() && !each.must_be_added()),
        withdrawable,
        stakes: stakes(db, &ids).await?,
        requests: requests::in_state(db, reach, State::Proposed).await?,
    })
}

/// The form.
pub async fn show(Extract(app): Extract<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}

/// Amends.
pub async fn amend(
    Extract(app): Extract<App>,
    allowed: Allowed,
    mut form: Form,
) -> Result<Response, Error> {
    let page = view(&mut app.read().await?, &app, &allowed, Form::default()).await?;
    let keys = |standings: &[&[Standing]]| -> Vec<String> {
        standings
            .iter()
            .flat_map(|each| each.iter().map(|each| each.id.to_string()))
            .collect()
    };
    let numbers = |chosen: Vec<String>| -> Vec<i64> {
        chosen.iter().filter_map(|id| id.parse().ok()).collect()
    };
    let offered = keys(&[&page.due, &page.addable]);
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let added = numbers(form.ticks("added", "列入", &offered));
    let offered = keys(&[&page.withdrawable]);
    let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
    let withdrawn = numbers(form.ticks("withdrawn", "撤出", &offered));
    if added.is_empty() && withdrawn.is_empty() {
        form.fail("added", "列入", "请至少选择一个列入或撤出的协会。");
    }
    let reason = form
        .text("reason", "理由", 500)
        .check(|reason| reason.chars().count() >= 5, "理由至少5个字。")
        .required("请写明理由。");
    let Ok(clean) = form.done() else {
        return html_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &AmendPage { form, ..page },
        );
    };
    let amendment = Amendment {
        added,
        withdrawn,
        reason: reason.take(&clean),
    };
    let who = allowed.who(&form, paths::roster::ROSTER.at());
    match amending::amend(&app.database, &app.scheme, &who, &amendment, None).await? {
        Ok(_) => Ok(redirect(paths::roster::ROSTER.at(), Act::RosterAmend)),
        Err(refusal) => Err(Error::Conflict(refusal.explain())),
    }
}
