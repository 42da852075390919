//! One page of each address for each kind of role, as a person sees it: nothing scrolls
//! sideways at any width, the head leaves the first screen to the matter, and two pages of
//! one person never have one title. With `TUOGOU_SHEETS` set, pictures and prints of all of
//! them are kept in `shots/sheets`, which `.ci/contact-sheets` lays side by side.

use std::collections::{BTreeMap, BTreeSet};

use super::person::{Person, Site};
use crate::walls::forms::sample::Sample;

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
/// The widths at which every page is measured: a desk, a tablet, two telephones.
const WIDTHS: [i64; 4] = [1440, 768, 390, 360];
/// The head of a page ends the frame: how far down it may stand, in pixels, at a width.
const HEAD_WITHIN: [(i64, i64); 2] = [(1440, 130), (390, 150)];

/// The pages of each account: one of each pattern for each kind of role, and where none of
/// them opens a pattern, for the first account that does.
fn pages(sample: &Sample) -> BTreeMap<&str, Vec<(&'static str, &str)>> {
    let mut found: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    let mut covered = BTreeSet::new();
    let opened = &sample.harvest.opened;
    let of_kind = |account: &str| KINDS.contains(&account);
    let kinds = opened.iter().filter(|((account, _), _)| of_kind(account));
    for ((account, route), page) in kinds {
        covered.insert(*route);
        found
            .entry(account)
            .or_default()
            .push((*route, page.as_str()));
    }
    for ((account, route), page) in opened {
        if covered.insert(*route) {
            found
                .entry(account)
                .or_default()
                .push((*route, page.as_str()));
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
            person
                .keeps_head(&format!("sheets/{name}-{width}"), width)
                .await;
        }
    }
    if std::env::var_os("TUOGOU_SHEETS").is_some() {
        let name = named.replace(['/', '{', '}', ' '], "_");
        person.print(&format!("sheets/{name}")).await;
    }
}

#[tokio::test]
async fn every_page_of_every_kind_of_role_fits() {
    let (mut wrong, mut patterns) = (Vec::new(), BTreeSet::new());
    for sample in [Sample::late().await, Sample::early().await] {
        let site = Site::serving(sample.world().await).await;
        let mut person: Option<Person> = None;
        for (account, found) in pages(sample) {
            match &person {
                Some(person) => person.becomes(account).await,
                None => person = Person::sign_in(&site, account).await,
            }
            let Some(person) = &person else {
                return;
            };
            let mut titles: BTreeMap<String, &str> = BTreeMap::new();
            for (route, page) in found {
                // What the first sample showed is not looked at once more.
                if !patterns.insert((account, route)) {
                    continue;
                }
                person.open(page).await;
                look(person, &format!("{account} {route}"), &mut wrong).await;
                let title = person.ask("document.title").await;
                let title = title.as_str().unwrap_or_default().to_owned();
                if let Some(other) = titles.insert(title.clone(), route) {
                    wrong.push(format!("{account}: {route} and {other} are called {title}"));
                }
            }
        }
    }
    let patterns: BTreeSet<_> = patterns.iter().map(|(_, route)| route).collect();
    println!("{} address patterns were looked at", patterns.len());
    assert!(patterns.len() > 110, "{patterns:#?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
