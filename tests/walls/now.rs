//! 当前办理: the page of every matter says right below its title what is to be done with it, who
//! has it and since when; and what leads on from there leads somewhere.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::StatusCode;
use scraper::{ElementRef, Html, Selector};

use crate::world::World;

/// Pages with something of the campaign in their address that say nothing of the kind, and why.
const PARTS: &[(&str, &str)] = &[
    (
        "/dockets/new/{process}",
        "there is no such matter yet: it is written here",
    ),
    (
        "/dockets/{docket}/edit",
        "a form of the matter's own page, which says it and leads here",
    ),
    (
        "/associations/{association}/activities/new",
        "there is no such matter yet: it is written here",
    ),
    (
        "/associations/{association}/activities/{activity}/edit",
        "a form of the matter's own page, which says it and leads here",
    ),
    (
        "/associations/{association}/comments",
        "a conversation, which no state waits for",
    ),
    (
        "/associations/{association}/edit",
        "a form of the register, to which the association's page leads",
    ),
    (
        "/associations/{association}/file.zip",
        "what was done, packed: it asks for a reason",
    ),
    (
        "/associations/{association}/findings",
        "entries of auditors, each of which has a page of its own",
    ),
    (
        "/associations/{association}/functions",
        "a register; what is to be done with its rows are items of the checklist",
    ),
    (
        "/associations/{association}/functions/{register}/{row}",
        "a row of it",
    ),
    (
        "/associations/{association}/history",
        "what happened, where nothing is done",
    ),
    (
        "/associations/{association}/plan/change-rejection",
        "a form of the plan's page, which says it and leads here",
    ),
    (
        "/associations/{association}/plan/parts/{part}",
        "a part of the plan as a form, to which the plan's page leads",
    ),
    (
        "/associations/{association}/plan/reply",
        "a letter as it was signed",
    ),
    (
        "/associations/{association}/plan/reply/new",
        "the reply before it is signed: its button is what is to be done",
    ),
    (
        "/associations/{association}/plan/suspension",
        "a form of the plan's page, which says it and leads here",
    ),
    (
        "/associations/{association}/posts/new",
        "nobody of this name is on the register yet",
    ),
    (
        "/associations/{association}/posts/{post}/edit",
        "a form of the person's page, which says it and leads here",
    ),
    (
        "/associations/{association}/progress/together",
        "several items under one signature, each of which has a page of its own",
    ),
    (
        "/associations/{association}/registrations",
        "entries of what was received, each of which has a page of its own",
    ),
    (
        "/associations/{association}/registrations/new/{kind}",
        "nothing was received yet: it is entered here",
    ),
    (
        "/associations/{association}/registrations/{registration}",
        "an entry of civil affairs, which waits for nobody in the campaign",
    ),
    (
        "/associations/{association}/registrations/{registration}/correction",
        "a form of that entry",
    ),
    (
        "/associations/{association}/request",
        "the plan's letter, to which the plan's page leads",
    ),
    (
        "/associations/{association}/survey/answers",
        "the survey's answers as they are printed",
    ),
    (
        "/associations/{association}/survey/difference",
        "two editions side by side, opened from the survey's page",
    ),
    (
        "/associations/{association}/survey/sections/{section}",
        "a part of the survey as a form, to which the survey's page leads",
    ),
    (
        "/associations/{association}/ties/new",
        "there is no such tie yet: it is entered here",
    ),
    (
        "/associations/{association}/unit",
        "a form of the association's page: to whom it is handed over",
    ),
    (
        "/settings/versions/{version}",
        "parameters as they were, which are nobody's matter",
    ),
    (
        "/settings/{parameter}",
        "a parameter, which is nobody's matter",
    ),
    (
        "/settings/{parameter}/affected",
        "what a parameter counts for",
    ),
    (
        "/timeline/{task}",
        "a task of the campaign's calendar: its days, and units that each have pages of their own",
    ),
    (
        "/workgroups/{department}/edit",
        "a form of the work group's page, which says it and leads here",
    ),
    (
        "/signing/matters/{act}/{case}",
        "what is read before a signature: the reader has it in hand, and the page says what is next",
    ),
    (
        "/signing/rounds/{round}",
        "what became of several matters, each of which has a page of its own",
    ),
];

/// Who looks: between them they open every page.
const LOOKERS: &[&str] = &[
    "office",
    "office-lead",
    "minzheng",
    "jiaotong",
    "shangwu",
    "shangwu-lead",
    "nongye",
    "caizheng",
    "zuzhi",
    "xiehui",
    "admin",
];
/// Pages of one pattern that each of them opens.
const EACH: usize = 3;

fn select(selector: &str) -> Selector {
    Selector::parse(selector).unwrap()
}

/// A page that was opened.
struct Seen {
    who: &'static str,
    path: String,
    page: Html,
}

/// Everything that a person reaches from the workbench, some pages of each pattern.
async fn walk(world: &World, who: &'static str, found: &mut BTreeMap<&'static str, Vec<Seen>>) {
    let cookie = world.sign_in(who).await;
    let mut opened: BTreeMap<&'static str, usize> = BTreeMap::new();
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut ahead: VecDeque<String> = [
        "/",
        "/associations",
        "/approvals",
        "/roster",
        "/reminders",
        "/workgroups",
        "/exits",
    ]
    .into_iter()
    .map(str::to_owned)
    .collect();
    while let Some(path) = ahead.pop_front() {
        let Some(pattern) = world.route_of("GET", &path) else {
            continue;
        };
        let count = opened.entry(pattern).or_default();
        if *count >= EACH {
            continue;
        }
        *count += 1;
        let answer = world.get(&cookie, &path).await;
        if answer.status != StatusCode::OK {
            continue;
        }
        if !answer.body.contains("<main") {
            continue;
        }
        let page = answer.page();
        for link in page.select(&select("main a[href^='/']")) {
            let href = link.value().attr("href").unwrap();
            let href = href.split(['?', '#']).next().unwrap().to_owned();
            if known.insert(href.clone()) {
                ahead.push_back(href);
            }
        }
        found
            .entry(pattern)
            .or_default()
            .push(Seen { who, path, page });
    }
}

fn parts() -> BTreeSet<&'static str> {
    PARTS.iter().map(|(pattern, _)| *pattern).collect()
}

/// What stands right below the head of a page.
fn below(page: &Html) -> Option<ElementRef<'_>> {
    let head = page.select(&select("main header.page-head")).next()?;
    let mut after = head.next_siblings().filter_map(ElementRef::wrap);
    let first = after.next()?;
    let own = |found: ElementRef<'_>| found.value().classes().any(|class| class == "now");
    if own(first) {
        return Some(first);
    }
    first.child_elements().find(|child| own(*child))
}

/// Why a page does not say it, or leads nowhere.
async fn wrong(world: &World, seen: &Seen) -> Option<String> {
    let Some(now) = below(&seen.page) else {
        return Some("nothing stands below its title".to_owned());
    };
    let words = now.text().collect::<String>();
    let held = words.contains("在谁手里");
    let idle = now.value().classes().any(|class| class == "done");
    if held == idle {
        return Some(format!("neither held nor at rest: {words}"));
    }
    let act = now.select(&select("a.button")).next()?;
    let href = act.value().attr("href").unwrap();
    if let Some(id) = href.strip_prefix('#') {
        let there = seen.page.select(&select(&format!("[id='{id}']"))).count();
        return (there != 1).then(|| format!("leads to {there} × {href}"));
    }
    let cookie = world.sign_in(seen.who).await;
    let answer = world.get(&cookie, href).await;
    (answer.status != StatusCode::OK).then(|| format!("leads to {href}: {}", answer.status))
}

#[tokio::test]
async fn every_matters_page_says_what_is_to_be_done_now() {
    let world = World::demo().await;
    let mut found: BTreeMap<&'static str, Vec<Seen>> = BTreeMap::new();
    for who in LOOKERS {
        walk(&world, who, &mut found).await;
    }
    let parts = parts();
    let (mut faults, mut led) = (Vec::new(), 0);
    for (pattern, pages) in &found {
        if !pattern.contains('{') {
            continue;
        }
        let told = pages
            .iter()
            .filter(|seen| below(&seen.page).is_some())
            .count();
        if parts.contains(pattern) {
            if told > 0 {
                faults.push(format!("{pattern} says it and is listed"));
            }
            continue;
        }
        for seen in pages {
            led += usize::from(
                below(&seen.page)
                    .is_some_and(|now| now.select(&select("a.button")).next().is_some()),
            );
            if let Some(why) = wrong(&world, seen).await {
                faults.push(format!("{pattern} {} as {}: {why}", seen.path, seen.who));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(led > 10, "{led} pages lead on");
    let unknown = parts.iter().filter(|part| {
        world
            .route_of("GET", &part.replace(['{', '}'], "1"))
            .is_none()
    });
    assert_eq!(unknown.count(), 0, "listed and no page");
}
