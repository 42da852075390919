//! One page of each address for each kind of role, as a person sees it: nothing scrolls
//! sideways at any width, the head leaves the first screen to the matter, and two pages of
//! one person never have one title. With `TUOGOU_SHEETS` set, pictures of all of them are
//! kept in `shots/sheets`, which `.ci/contact-sheets` lays side by side.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::{StatusCode, header};

use super::person::{Person, Site};
use crate::walls::forms::harvest::{links, shape};
use crate::world::World;

/// One account for each kind of role that sees pages differently.
const KINDS: [&str; 13] = [
    "office",
    "office-lead",
    "minzheng",
    "minzheng-lead",
    "jiaotong",
    "jiaotong-lead",
    "nongye",
    "shangwu",
    "caizheng",
    "zuzhi",
    "xiehui",
    "observer",
    "admin",
];
/// Pages of one shape that are opened on the way to others.
const OF_A_SHAPE: usize = 3;
/// The widths at which every page is measured: a desk, a tablet, two telephones.
const WIDTHS: [i64; 4] = [1440, 768, 390, 360];
/// The head of a page ends the frame: how far down it may stand, in pixels, at a width.
const HEAD_WITHIN: [(i64, i64); 2] = [(1440, 130), (390, 150)];

/// The first page of each pattern that an account finds by following links.
async fn pages(world: &World, account: &str) -> BTreeMap<&'static str, String> {
    let cookie = world.sign_in(account).await;
    let mut queue = VecDeque::from(["/".to_owned()]);
    let mut known: BTreeSet<String> = queue.iter().cloned().collect();
    let mut shapes: BTreeMap<String, usize> = BTreeMap::new();
    let mut found = BTreeMap::new();
    while let Some(page) = queue.pop_front() {
        let answer = world.get(&cookie, &page).await;
        let kind = answer.headers.get(header::CONTENT_TYPE);
        let html = kind.is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
        if answer.status != StatusCode::OK || !html {
            continue;
        }
        for link in links(&answer.page()) {
            let count = shapes.entry(shape(&link)).or_default();
            if *count < OF_A_SHAPE && known.insert(link.clone()) {
                *count += 1;
                queue.push_back(link);
            }
        }
        if let Some(route) = world.route_of("GET", &page) {
            found.entry(route).or_insert(page);
        }
    }
    found
}

/// What a width shows: pixels that stand out to the right, and where the head begins.
async fn measured(person: &Person, width: i64) -> (i64, Option<i64>) {
    person.widen(width).await;
    let over = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
    let head = "(() => { const head = document.querySelector('h1'); return head && Math.round(head.getBoundingClientRect().top + scrollY); })()";
    let over = person.ask(over).await.as_i64().unwrap_or(1);
    (over, person.ask(head).await.as_i64())
}

async fn look(person: &Person, named: &str, wrong: &mut Vec<String>) {
    for width in WIDTHS {
        let (over, head) = measured(person, width).await;
        if over > 0 {
            wrong.push(format!("{named}: {over} px stand out at {width}"));
        }
        let within = HEAD_WITHIN.iter().find(|(at, _)| *at == width);
        if let (Some((_, within)), Some(head)) = (within, head)
            && head > *within
        {
            wrong.push(format!("{named}: the head begins at {head} of {width}"));
        }
        if std::env::var_os("TUOGOU_SHEETS").is_some() && width != 360 {
            let name = named.replace(['/', '{', '}', ' '], "_");
            person.keeps(&format!("sheets/{name}-{width}")).await;
        }
    }
}

#[tokio::test]
async fn every_page_of_every_kind_of_role_fits() {
    let site = Site::open().await;
    let (mut wrong, mut patterns) = (Vec::new(), BTreeSet::new());
    for account in KINDS {
        let found = pages(&site.world, account).await;
        let Some(person) = Person::sign_in(&site, account).await else {
            return;
        };
        let mut titles: BTreeMap<String, &str> = BTreeMap::new();
        for (route, page) in found {
            person.open(&page).await;
            look(&person, &format!("{account} {route}"), &mut wrong).await;
            let title = person.ask("document.title").await;
            let title = title.as_str().unwrap_or_default().to_owned();
            if let Some(other) = titles.insert(title.clone(), route) {
                wrong.push(format!("{account}: {route} and {other} are called {title}"));
            }
            patterns.insert(route);
        }
    }
    println!("{} address patterns were looked at", patterns.len());
    assert!(patterns.len() > 100, "{patterns:#?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
