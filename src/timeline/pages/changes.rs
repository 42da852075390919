//! What others did since I was last here, by association, in words.

use askama::Template;

use crate::access::Scope;
use crate::clock::stamp;
use crate::paths;
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
    title: String,
    href: Option<String>,
    rows: Vec<Row>,
}

struct Row {
    when: String,
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
            (Some(day), None) if chosen.is_none() => format!("首次来访，显示{day}以来"),
            (Some(day), _) => format!("{day}以来"),
            (None, visit) => {
                let at = visit.map_or_else(String::new, |(_, at)| stamp(at));
                format!("上次来访（{at}）以来")
            }
        };
        let changes = store::changes(db, within, actor.account, since).await?;
        Ok(Self {
            page: allowed.page("新近变化"),
            form,
            since: words,
            count: changes.len(),
            more: changes.len() >= MOST,
            groups: groups(changes),
        })
    }
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
                href: change
                    .association
                    .map(|id| paths::registry::ASSOCIATION.at(id)),
                rows: vec![row],
            }),
        }
    }
    groups
}
