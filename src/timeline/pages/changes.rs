//! What others did since I was last here, the newest first, by day, in words.

use std::cmp::Reverse;

use askama::Template;
use chrono::NaiveDate;

use crate::access::Scope;
use crate::clock::{shanghai, stamp};
use crate::paths;
use crate::registry::names;
use crate::timeline::store::{self, Change, Since, Within};
use crate::web::answer::date;
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};

/// Most changes shown.
const MOST: usize = 500;

/// The page.
#[derive(Template)]
#[template(path = "timeline/changes.html")]
pub struct ChangesPage {
    page: Page,
    form: Form,
    since: String,
    groups: Vec<Group>,
    count: usize,
    more: bool,
}

struct Group {
    day: NaiveDate,
    rows: Vec<Row>,
}

struct Row {
    time: String,
    /// The association in whose file it stands: its page and its name.
    of: Option<(String, String)>,
    sentence: String,
    who: String,
}

impl View for ChangesPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let actor = allowed.actor();
        let within = Within::of(Scope::of(actor), &app.scheme);
        let typed = allowed.query().get("since").unwrap_or_default();
        let mut form = Form::default();
        form.set("since", typed);
        let chosen = date::parse(typed).unwrap_or_else(|message| {
            form.fail("since", "起始日期", message);
            None
        });
        let visit = store::last_visit(db, actor.account).await?;
        let since = chosen.map_or_else(|| Since::visit(visit, app.clock.today()), Since::day);
        let words = match (since.day, visit) {
            (Some(day), None) if chosen.is_none() => format!("首次登录，显示{day}以来"),
            (Some(day), _) => format!("{day}以来"),
            (None, visit) => {
                let at = visit.map_or_else(String::new, |(_, at)| stamp(at));
                format!("上次登录（{at}）以来")
            }
        };
        let mut changes = store::changes(db, within, actor.account, since).await?;
        for change in &mut changes {
            change.sentence = look.app.scheme.spelled(&change.sentence);
        }
        Ok(Self {
            page: allowed.page("新近变化"),
            form,
            since: words,
            count: changes.len(),
            more: changes.len() >= MOST,
            groups: groups(changes, &app.scheme.campaign.region_name),
        })
    }
}

/// By day, in the order of time: of one moment what was recorded last comes first.
fn groups(mut changes: Vec<Change>, region: &str) -> Vec<Group> {
    changes.sort_by_key(|change| Reverse(change.at));
    let mut groups: Vec<Group> = Vec::new();
    for change in changes {
        let at = change.at.with_timezone(&shanghai()).naive_local();
        let row = Row {
            time: at.format("%H:%M").to_string(),
            of: change.association.zip(change.name).map(|(id, name)| {
                let address = paths::registry::ASSOCIATION.at(id);
                (address, names::short(&name, region).to_owned())
            }),
            sentence: change.sentence,
            who: format!("{} {}", change.department, change.who),
        };
        match groups.last_mut() {
            Some(group) if group.day == at.date() => group.rows.push(row),
            _ => groups.push(Group {
                day: at.date(),
                rows: vec![row],
            }),
        }
    }
    groups
}
