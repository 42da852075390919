//! What others did since I was last here, by association, in words.

use askama::Template;
use axum::extract::State as Extract;
use axum::response::Response;
use chrono::TimeDelta;

use crate::access::Scope;
use crate::clock::stamp;
use crate::timeline::store::{self, Change, Within};
use crate::web::answer::date;
use crate::web::list::Query;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, html};

/// Days shown where nobody knows of an earlier visit.
const FIRST: i64 = 7;
/// Most changes shown.
const MOST: usize = 500;

#[derive(Template)]
#[template(path = "timeline/changes.html")]
struct ChangesPage {
    page: Page,
    form: Form,
    since: String,
    groups: Vec<Group>,
    count: usize,
    more: bool,
}

struct Group {
    title: String,
    href: Option<String>,
    rows: Vec<Row>,
}

struct Row {
    when: String,
    sentence: String,
    who: String,
}

/// The page.
pub async fn show(
    Extract(app): Extract<App>,
    allowed: Allowed,
    query: Query,
) -> Result<Response, Error> {
    let (pool, campaign) = (app.database.pool(), app.database.campaign().0);
    let actor = allowed.actor();
    let within = Within::of(campaign, Scope::of(actor), &app.scheme);
    let typed = query.get("since").unwrap_or_default();
    let mut form = Form::default();
    form.set("since", typed);
    let chosen = date::parse(typed).unwrap_or_else(|message| {
        form.fail("since", "起始日期", message);
        None
    });
    let visit = store::last_visit(pool, campaign, actor.account).await?;
    let (after, day, since) = match (chosen, visit) {
        (Some(day), _) => (0, Some(day), format!("{day}以来")),
        (None, Some((id, at))) => (id, None, format!("上次来访（{}）以来", stamp(at))),
        (None, None) => {
            let day = app.clock.today() - TimeDelta::days(FIRST);
            (0, Some(day), format!("首次来访，显示{day}以来"))
        }
    };
    let changes = store::changes(pool, within, actor.account, (after, day)).await?;
    html(&ChangesPage {
        page: allowed.page("新近变化"),
        form,
        since,
        count: changes.len(),
        more: changes.len() >= MOST,
        groups: groups(changes),
    })
}

/// By association, in the order of the newest change of each.
fn groups(changes: Vec<Change>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for change in changes {
        let title = change.name.unwrap_or_else(|| "全区和各单位".to_owned());
        let row = Row {
            when: stamp(change.at),
            sentence: change.sentence,
            who: format!("{} {}", change.department, change.who),
        };
        match groups.iter_mut().find(|group| group.title == title) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group {
                title,
                href: change.association.map(|id| format!("/associations/{id}")),
                rows: vec![row],
            }),
        }
    }
    groups
}
