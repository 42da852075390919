//! Every posted form that the demonstration shows to anybody: found by following links
//! as each account, so that a new form is in it by itself.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::{StatusCode, header};
use scraper::{Html, Selector};

use super::super::phrases;
use super::filler::filled;
use crate::world::{Answer, World};

/// Pages of one shape that one account opens.
const OF_A_SHAPE: usize = 8;

/// A form as a page draws it.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Who sees it.
    pub cookie: String,
    /// Their account.
    pub account: String,
    /// The page.
    pub page: String,
    /// Where it goes.
    pub action: String,
    /// The route's pattern.
    pub route: &'static str,
    /// It carries a file.
    pub file: bool,
    /// Its fields filled in plausibly.
    pub fields: Vec<(String, String)>,
    /// Names of fields that people fill in.
    pub typed: BTreeSet<String>,
}

impl Drawn {
    /// Sends it as filled in. Where a form has several buttons, what belongs to another one
    /// is told beside its field, and emptied, as people do.
    pub async fn send_for_its_button(&self, world: &World) -> Answer {
        let answer = self.send(world, &self.fields).await;
        if !answer.body.contains("但按下的是") {
            return answer;
        }
        let wrong = Selector::parse("[aria-invalid='true']").unwrap();
        let tree = answer.page();
        let wrong: BTreeSet<&str> = tree
            .select(&wrong)
            .filter_map(|field| field.value().attr("name"))
            .collect();
        let mut fields = self.fields.clone();
        fields.retain(|(name, _)| !wrong.contains(name.as_str()));
        let emptied = wrong.iter().map(|name| ((*name).to_owned(), String::new()));
        fields.extend(emptied);
        self.send(world, &fields).await
    }

    /// Sends it with these fields.
    pub async fn send(&self, world: &World, fields: &[(String, String)]) -> Answer {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        if self.file {
            let paper = ("材料.pdf", super::PDF);
            return world
                .upload(&self.cookie, &self.action, &fields, paper)
                .await;
        }
        world.post(&self.cookie, &self.action, &fields).await
    }
}

/// What was found on the way.
#[derive(Debug, Default)]
pub struct Harvest {
    /// The forms.
    pub forms: Vec<Drawn>,
    /// Routes of the pages that were opened.
    pub pages: BTreeSet<&'static str>,
    /// The first page of each route that an account opened: account, route, page.
    pub opened: BTreeMap<(String, &'static str), String>,
    /// What is wrong with pages: ids that stand twice, labels of nothing, links to nowhere
    /// or to what its reader may not open, and two pages of one title.
    pub faults: BTreeSet<String>,
}

/// All forms of all accounts, up to `most` for each route. Who is known to find something
/// on which page opens it before what links lead to.
pub async fn harvest(world: &World, most: usize, known: &[(String, String)]) -> Harvest {
    let accounts: Vec<String> = sqlx::query_scalar(
        "select username from account where disabled_at is null and not must_change_password order by id",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let mut found: BTreeMap<&'static str, Vec<Drawn>> = BTreeMap::new();
    let mut harvest = Harvest::default();
    for account in accounts {
        let cookie = world.sign_in(&account).await;
        let first = known.iter().filter(|(who, _)| *who == account);
        let first = first.map(|(_, page)| page.clone()).collect();
        for drawn in of_account(world, (&account, &cookie), first, &mut harvest).await {
            let of_route = found.entry(drawn.route).or_default();
            if of_route.len() < most && !of_route.iter().any(|known| known.action == drawn.action) {
                of_route.push(drawn);
            }
        }
    }
    harvest.forms = found.into_values().flatten().collect();
    harvest
}

async fn of_account(
    world: &World,
    (account, cookie): (&str, &str),
    mut queue: VecDeque<String>,
    harvest: &mut Harvest,
) -> Vec<Drawn> {
    queue.push_back("/".to_owned());
    let mut known: BTreeSet<String> = queue.iter().cloned().collect();
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    // The page that led to a page, and the page that has a title.
    let mut leads: BTreeMap<String, &'static str> = BTreeMap::new();
    let mut titles: BTreeMap<String, String> = BTreeMap::new();
    let mut forms = Vec::new();
    while let Some(page) = queue.pop_front() {
        let answer = world.get(cookie, &page).await;
        if let (false, Some(on)) = (leads_on(answer.status), leads.get(&page)) {
            let dead = format!(
                "{on}: a link that answers {} ({})",
                answer.status,
                shape(&page)
            );
            harvest.faults.insert(format!("{dead} as {account}"));
        }
        if answer.status != StatusCode::OK || !is_page(&answer) {
            continue;
        }
        let tree = answer.page();
        let twice = twice(&mut titles, &page, &answer);
        harvest
            .faults
            .extend(twice.map(|twice| format!("{twice} as {account}")));
        let route = world.route_of("GET", &page);
        harvest.pages.extend(route);
        if let Some(route) = route {
            let opened = harvest.opened.entry((account.to_owned(), route));
            opened.or_insert_with(|| page.clone());
        }
        let on = route.unwrap_or_default();
        let worded = phrases::faults(world.scheme(), &tree);
        let faults = faults(&tree).into_iter().chain(worded);
        harvest
            .faults
            .extend(faults.map(|fault| format!("{on}: {fault}")));
        forms.extend(drawn_on(world, &tree, (account, cookie, &page)));
        for link in links(&tree) {
            let count = shapes.entry(shape(&link)).or_default();
            if known.contains(&link) || *count >= OF_A_SHAPE {
                continue;
            }
            *count += 1;
            known.insert(link.clone());
            leads.insert(link.clone(), on);
            queue.push_back(link);
        }
    }
    forms
}

/// Two pages that somebody's tabs call the same.
fn twice(titles: &mut BTreeMap<String, String>, page: &str, answer: &Answer) -> Option<String> {
    let path = page.split('?').next().unwrap_or_default();
    let title = answer.texts("head > title").into_iter().next()?;
    let other = titles
        .entry(title.clone())
        .or_insert_with(|| path.to_owned());
    (other.as_str() != path).then(|| {
        format!(
            "{} and {} are both called {title}",
            shape(other),
            shape(path)
        )
    })
}

/// A link leads to a page, to a file or on to another page.
fn leads_on(status: StatusCode) -> bool {
    status == StatusCode::OK || status.is_redirection()
}

/// A table that is saved as a file is no page.
fn is_page(answer: &Answer) -> bool {
    let kind = answer.headers.get(header::CONTENT_TYPE);
    kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// What a page must not have, whoever looks at it.
fn faults(tree: &Html) -> Vec<String> {
    let all = |selector: &str| {
        let selector = Selector::parse(selector).unwrap();
        let found = tree
            .select(&selector)
            .map(|element| element.value().clone());
        found.collect::<Vec<_>>()
    };
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    for element in all("[id]") {
        let id = element.attr("id").unwrap_or_default().to_owned();
        if !ids.insert(id.clone()) {
            faults.push(format!("two elements have the id {id}"));
        }
    }
    for label in all("label[for]") {
        let of = label.attr("for").unwrap_or_default();
        if !ids.contains(of) {
            faults.push(format!("a label of {of}, which is not there"));
        }
    }
    for link in all("a[href], form[action]") {
        let to = link
            .attr("href")
            .or(link.attr("action"))
            .unwrap_or_default();
        if to.trim().is_empty() {
            faults.push("a link to nowhere".to_owned());
        }
    }
    faults
}

/// An address with its numbers and its query taken out.
fn shape(link: &str) -> String {
    let path = link.split(['?', '#']).next().unwrap_or_default();
    let part = |part: &str| {
        if part.bytes().any(|byte| byte.is_ascii_digit()) {
            "*"
        } else {
            part
        }
        .to_owned()
    };
    let parts: Vec<String> = path.split('/').map(part).collect();
    parts.join("/")
}

/// The pages that a page links to.
fn links(tree: &Html) -> Vec<String> {
    let anchors = Selector::parse("a[href^='/']").unwrap();
    let downloads = |link: &&str| {
        !link.starts_with("/static") && !link.contains("/files/") && !link.starts_with("/logout")
    };
    tree.select(&anchors)
        .filter_map(|link| link.value().attr("href"))
        .filter(downloads)
        .map(|link| link.split('#').next().unwrap_or_default().to_owned())
        .collect()
}

/// The forms of a page.
pub fn drawn_on(
    world: &World,
    tree: &Html,
    (account, cookie, page): (&str, &str, &str),
) -> Vec<Drawn> {
    let today = world.app.clock.today();
    let forms = Selector::parse("form[method='post']").unwrap();
    let buttons = Selector::parse("button[formaction]").unwrap();
    tree.select(&forms)
        .flat_map(|form| {
            let own = form.value().attr("action").unwrap_or(page);
            let others = form.select(&buttons);
            let others = others.filter_map(|button| button.value().attr("formaction"));
            let all: BTreeSet<&str> = others.chain([own]).collect();
            all.into_iter().map(move |action| (form, action.to_owned()))
        })
        .filter_map(|(form, action)| {
            let (fields, typed) = filled(form, today);
            Some(Drawn {
                route: world.route_of("POST", &action)?,
                cookie: cookie.to_owned(),
                account: account.to_owned(),
                page: page.to_owned(),
                file: form.value().attr("enctype").is_some(),
                action,
                fields,
                typed,
            })
        })
        .collect()
}
