//! One fact, one figure (domain 11.2): every number with a list behind it says what that list
//! says, on every page and for everybody; pages agree with each other; counters are what the
//! rows say.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use scraper::{ElementRef, Selector};
use tuogou::database::Under;

use crate::world::World;

/// Pages with numbers that are counted over many associations.
const PAGES: [&str; 10] = [
    "/",
    "/approvals",
    "/roster",
    "/roster/preview",
    "/timeline",
    "/dashboard",
    "/dashboard/tracks",
    "/statistics",
    "/assets",
    "/associations",
];

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// The numbers of a page: value, and the list behind it.
fn numbers(body: &str) -> Vec<(String, Option<String>)> {
    let html = scraper::Html::parse_document(body);
    let link = selector("a:not(.basis)");
    let told = |number: ElementRef<'_>| {
        let href = number.select(&link).next();
        let href = href.and_then(|link| link.value().attr("href"));
        let value = number.value().attr("value").unwrap();
        (value.to_owned(), href.map(str::to_owned))
    };
    html.select(&selector("data.fig")).map(told).collect()
}

/// What a list says of itself.
fn total(body: &str) -> Option<String> {
    let html = scraper::Html::parse_document(body);
    let found = html.select(&selector("[data-total]")).next()?;
    found.value().attr("data-total").map(str::to_owned)
}

/// Everybody who may sign in.
async fn everybody(world: &World) -> Vec<String> {
    sqlx::query_scalar("select username from account where disabled_at is null order by username")
        .fetch_all(world.owner())
        .await
        .unwrap()
}

/// Follows every number on every page of a person; what differs, and how many were followed.
async fn follow(world: &World, username: &str) -> (Vec<String>, usize) {
    let cookie = world.sign_in(username).await;
    let (mut wrong, mut followed) = (Vec::new(), 0);
    let mut known = BTreeMap::new();
    for path in PAGES {
        let page = world.get(&cookie, path).await;
        if page.status != StatusCode::OK {
            continue;
        }
        for (value, href) in numbers(&page.body) {
            let Some(href) = href else { continue };
            followed += 1;
            if !known.contains_key(&href) {
                let list = world.get(&cookie, &href).await;
                known.insert(href.clone(), (list.status, total(&list.body)));
            }
            let (status, said) = known.get(&href).unwrap();
            if *status != StatusCode::OK || said.as_deref() != Some(value.as_str()) {
                wrong.push(format!(
                    "{username} {path}: {value} opens {href} with {said:?} ({status})"
                ));
            }
        }
    }
    (wrong, followed)
}

#[tokio::test]
async fn every_number_opens_a_list_with_the_same_total() {
    for world in [World::demo().await, World::national().await] {
        let mut wrong = Vec::new();
        let mut followed = 0;
        for username in everybody(&world).await {
            let found = follow(&world, &username).await;
            wrong.extend(found.0);
            followed += found.1;
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert!(followed > 100, "{followed} numbers are followed");
    }
}

#[tokio::test]
async fn a_number_that_is_not_its_lists_is_found() {
    let world = World::demo().await;
    for by_hand in [
        "update figure_track set resolved = resolved - 1 where track = 'T1'",
        "update holding_count set lines = lines + 1, sum = sum + 1",
        "update figure_due set associations = associations + 1",
    ] {
        let before: Vec<String> = follow(&world, "office").await.0;
        assert_eq!(before, Vec::<String>::new());
        sqlx::raw_sql(by_hand).execute(world.owner()).await.unwrap();
        let shown = world.sign_in("office").await;
        let shown = world.get(&shown, "/dashboard").await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(!drift(&world).await.is_empty(), "{by_hand}");
        if by_hand.contains("figure_due") {
            assert!(!follow(&world, "office").await.0.is_empty(), "{by_hand}");
        }
        tuogou::desk::rebuild(&world.app, world.app.clock.today())
            .await
            .unwrap();
    }
}

async fn drift(world: &World) -> Vec<String> {
    world.app.brought_up().await.unwrap();
    let day = world.app.clock.today();
    let app = world.app.on(day).await.unwrap();
    let scheme = app.scheme.as_ref();
    let under = Under { scheme, day };
    tuogou::desk::drift(&mut world.db().await, under)
        .await
        .unwrap()
}

#[tokio::test]
async fn counters_are_what_the_rows_say() {
    let mut found = 0;
    for world in [World::demo().await, World::national().await] {
        assert_eq!(drift(&world).await, Vec::<String>::new());
        let counted: i64 = sqlx::query_scalar("select sum(associations)::bigint from figure_count")
            .fetch_one(world.owner())
            .await
            .unwrap();
        assert_eq!(
            counted,
            world.count("select count(*) from association").await
        );
        for by_hand in [
            "update figure_count set associations = associations + 1 where listed",
            "update figure_standing set due_on = due_on + 1 where due_on is not null",
            "delete from holding_standing where figure = 'function-found'",
        ] {
            let changed = sqlx::raw_sql(by_hand).execute(world.owner()).await.unwrap();
            // The second scheme's associations have no functions to strip.
            if changed.rows_affected() == 0 {
                continue;
            }
            found += 1;
            assert!(!drift(&world).await.is_empty(), "{by_hand}");
            tuogou::desk::rebuild(&world.app, world.app.clock.today())
                .await
                .unwrap();
            assert_eq!(drift(&world).await, Vec::<String>::new(), "{by_hand}");
        }
    }
    assert!(found >= 5, "{found} kinds of counters were changed");
}

/// The number of a tile.
fn tile(body: &str, label: &str) -> String {
    let html = scraper::Html::parse_document(body);
    let card = html
        .select(&selector(".card"))
        .find(|card| card.text().any(|text| text.trim() == label))
        .unwrap();
    let number = card.select(&selector("data.fig")).next().unwrap();
    number.value().attr("value").unwrap().to_owned()
}

/// A tile of 98.1 % (52/53) beside a statistic of 98.0 % (48/49) on the running demonstration.
#[tokio::test]
async fn dashboard_statistics_and_tracks_say_the_same() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let dashboard = world.get(&office, "/dashboard").await;
    let overall = tile(&dashboard.body, "事项完成率");
    let tracks = world.get(&office, "/dashboard/tracks").await;
    assert_eq!(total(&tracks.body), Some(overall.clone()));
    let statistics = world.get(&office, "/statistics").await;
    let html = statistics.page();
    let meant = selector("[aria-label='五分离'] tbody tr");
    let rows = html.select(&meant);
    let number = |text: &str| text.parse::<i64>().unwrap();
    let (mut resolved, mut applicable) = (0, 0);
    for row in rows {
        let cells: Vec<String> = row
            .select(&selector("data.fig"))
            .map(|cell| cell.value().attr("value").unwrap().to_owned())
            .collect();
        let (part, whole) = cells.get(2).unwrap().split_once('/').unwrap();
        resolved += number(part);
        applicable += number(whole);
    }
    assert_eq!(format!("{resolved}/{applicable}"), overall);
    // Who has left is in neither: none of its items is counted.
    let counted: i64 = sqlx::query_scalar(
        "select sum(p.resolved)::bigint from association_progress p join association a on a.id = p.association_id
         join roster_entry e on e.association_id = a.id and (e.publication_id is not null or e.added_by is not null)
         where e.withdrawn_by is null and a.exited_on is null and p.track <> 'T6'",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(counted, resolved);
}

#[tokio::test]
async fn the_clerk_of_civil_affairs_sees_the_districts_completion() {
    let world = World::demo().await;
    let clerk = world.sign_in("minzheng").await;
    let leader = world.sign_in("minzheng-lead").await;
    let [clerk, leader] = [
        world.get(&clerk, "/dashboard").await,
        world.get(&leader, "/dashboard").await,
    ];
    let label = "事项完成率";
    assert_eq!(tile(&clerk.body, label), tile(&leader.body, label));
}

#[tokio::test]
async fn what_waits_for_me_on_approvals_lies_on_my_workbench() {
    let world = World::demo().await;
    let mut seen = 0;
    for username in everybody(&world).await {
        let cookie = world.sign_in(&username).await;
        let page = world.get(&cookie, "/approvals").await;
        if page.status != StatusCode::OK {
            continue;
        }
        let workbench = world.get(&cookie, "/").await.body;
        let html = page.page();
        for table in html.select(&selector("[aria-label^='等待您办理']")) {
            for link in table.select(&selector("tbody th a")) {
                let href = link.value().attr("href").unwrap();
                assert!(
                    workbench.contains(&format!("href=\"{href}\"")),
                    "{username}: {href}"
                );
                seen += 1;
            }
        }
    }
    assert!(seen > 0);
}

/// The column 时限 and its filter: a row is late exactly where the filter has it, T6 included.
#[tokio::test]
async fn the_column_of_deadlines_and_its_filter_agree() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    let (all, filtered) = (
        "/associations?sort=name",
        "/associations?light=late&sort=name",
    );
    let mut late = listed(&world, &cookie, all).await;
    late.retain(|(_, late)| *late);
    assert_eq!(listed(&world, &cookie, filtered).await, late);
    assert!(!late.is_empty());
}

/// The rows of all pages of the register: name, and whether it is late.
async fn listed(world: &World, cookie: &str, path: &str) -> Vec<(String, bool)> {
    let mut rows = Vec::new();
    for number in 1.. {
        let page = world.get(cookie, &format!("{path}&page={number}")).await;
        let html = page.page();
        let late = selector("td[data-label='时限'] .mark-late");
        for row in html.select(&selector("tbody tr")) {
            let name = row.select(&selector("th a")).next().unwrap();
            rows.push((name.text().collect(), row.select(&late).next().is_some()));
        }
        if html.select(&selector("a[rel='next']")).next().is_none() {
            break;
        }
    }
    rows
}
