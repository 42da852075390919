//! A leader opens what waits for them, ticks it and signs all of it by one signature: each
//! matter is a write of its own on what was seen of it, and has a line of its own.

use axum::http::StatusCode;

use crate::world::{Answer, World};

const PAGE: &str = "/signing";
/// So often it is asked whether a round has ended.
const PATIENCE: usize = 5_000;
/// Somebody has changed it, and nothing of what was verified.
const CHANGED: &str = "update item set version = version + 1 where id = $1";

/// What an element of a page says in an attribute.
fn said(page: &Answer, selector: &str, attribute: &str) -> Vec<String> {
    let selector = scraper::Selector::parse(selector).unwrap();
    let tree = page.page();
    let found = tree.select(&selector);
    found
        .filter_map(|element| element.value().attr(attribute).map(str::to_owned))
        .collect()
}

/// The boxes that can be ticked.
async fn boxes(world: &World, who: &str) -> Vec<String> {
    said(&world.get(who, PAGE).await, "input[name='ticked']", "value")
}

/// The number of the item of a box or of an address.
fn item(text: &str) -> i64 {
    let number = match text.strip_prefix("item.accept:") {
        Some(rest) => rest.split(':').next(),
        None => text.rsplit('/').next(),
    };
    number.unwrap().parse().unwrap()
}

/// Signs what is ticked; the page of the results, once all of them are there.
async fn sign(world: &World, who: &str, ticked: &[String]) -> Answer {
    let fields: Vec<(&str, &str)> = ticked
        .iter()
        .map(|each| ("ticked", each.as_str()))
        .collect();
    let answer = world.submit(who, (PAGE, PAGE), &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let landing = answer.location();
    assert!(landing.starts_with("/signing/rounds/"), "{landing}");
    for _ in 0..PATIENCE {
        let results = world.get(who, &landing).await;
        if !results
            .texts("tbody .mark")
            .iter()
            .any(|each| each == "未办理")
        {
            return results;
        }
        tokio::task::yield_now().await;
    }
    panic!("the round does not end");
}

async fn state(world: &World, item: i64) -> String {
    sqlx::query_scalar("select state from item where id = $1")
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

async fn set(world: &World, item: i64, what: &'static str) {
    let done = sqlx::query(what).bind(item);
    done.execute(world.owner()).await.unwrap();
}

/// Acceptances that are ready to be ticked.
async fn acceptances(world: &World, who: &str) -> Vec<String> {
    let mut ready = boxes(world, who).await;
    ready.retain(|each| each.starts_with("item.accept:"));
    ready
}

#[tokio::test]
async fn eight_looks_and_one_signature_sign_eight_matters() {
    let world = World::demo().await;
    let head = world.sign_in("office-lead").await;
    let page = world.get(&head, PAGE).await;
    let mut open = said(&page, "th[scope='row'] a", "href");
    open.retain(|address| address.starts_with("/signing/matters/item.accept/"));
    open.truncate(8);
    assert_eq!(open.len(), 8, "{}", page.body);
    let before: i64 = records(&world).await;
    for address in &open {
        let look = world.get(&head, address).await;
        assert_eq!(look.status, StatusCode::OK, "{address}: {}", look.body);
        let read = look.texts("h2").join(" ");
        assert!(
            read.contains("证明材料") && read.contains("办理情况"),
            "{read}"
        );
    }
    let items: Vec<i64> = open.iter().map(|address| item(address)).collect();
    let mut ticked = acceptances(&world, &head).await;
    ticked.retain(|each| items.contains(&item(each)));
    assert_eq!(ticked.len(), 8, "{ticked:?}");
    let results = sign(&world, &head, &ticked).await;
    let lines = results.texts("tbody .mark");
    assert_eq!(lines, ["已签发"; 8], "{}", results.body);
    for each in items {
        assert_eq!(state(&world, each).await, "accepted");
    }
    // Each is a record of its own.
    assert_eq!(records(&world).await, before + 8);
    // Nobody else sees what became of it.
    let round = said(
        &world.get(&head, PAGE).await,
        "a[href^='/signing/rounds/']",
        "href",
    );
    let other = world.sign_in("jiaotong-lead").await;
    let page = world.get(&other, &round[0]).await;
    assert_eq!(page.status, StatusCode::NOT_FOUND);
    let clerk = world.sign_in("office").await;
    assert_eq!(world.get(&clerk, PAGE).await.status, StatusCode::FORBIDDEN);
}

async fn records(world: &World) -> i64 {
    let found = sqlx::query_scalar("select count(*) from act_record where act = 'item.accept'");
    found.fetch_one(world.owner()).await.unwrap()
}

#[tokio::test]
async fn what_was_changed_meanwhile_is_refused_and_the_others_are_signed() {
    let world = World::demo().await;
    let head = world.sign_in("office-lead").await;
    let ticked: Vec<String> = acceptances(&world, &head)
        .await
        .into_iter()
        .take(3)
        .collect();
    assert_eq!(ticked.len(), 3, "{ticked:?}");
    let changed = item(&ticked[1]);
    set(&world, changed, CHANGED).await;
    let results = sign(&world, &head, &ticked).await;
    let lines = results.texts("tbody .mark");
    assert_eq!(lines, ["已签发", "未签发", "已签发"], "{}", results.body);
    assert!(
        results.body.contains("内容已被他人修改"),
        "{}",
        results.body
    );
    assert_eq!(state(&world, changed).await, "verified");
    for each in [&ticked[0], &ticked[2]] {
        assert_eq!(state(&world, item(each)).await, "accepted");
    }
    // Nothing ticked is nothing signed.
    let nothing = world.submit(&head, (PAGE, PAGE), &[]).await;
    assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nothing.body.contains("请勾选要签发的事项"));
}

#[tokio::test]
async fn what_warns_is_ticked_only_once_it_was_opened_as_it_stands() {
    let world = World::demo().await;
    let head = world.sign_in("office-lead").await;
    let ready = acceptances(&world, &head).await;
    let (other, own) = (ready[0].clone(), item(&ready[1]));
    // It was sent back once: that is a reason to look at it again.
    set(
        &world,
        own,
        "update item set return_reason = '材料不清', version = version + 1 where id = $1",
    )
    .await;
    let is_own = |ticks: &[String]| ticks.iter().any(|each| item(each) == own);
    assert!(!is_own(&acceptances(&world, &head).await));
    let page = world.get(&head, PAGE).await;
    assert!(page.body.contains("曾被退回：材料不清"), "{}", page.body);
    // Who ticks it all the same is told, and the other one is signed.
    let forced = format!("item.accept:{own}:{}", version(&world, own).await);
    let results = sign(&world, &head, &[forced, other]).await;
    assert_eq!(results.texts("tbody .mark"), ["未签发", "已签发"]);
    assert!(results.body.contains("须先打开核对"), "{}", results.body);
    assert_eq!(state(&world, own).await, "verified");
    let address = format!("/signing/matters/item.accept/{own}");
    assert_eq!(world.get(&head, &address).await.status, StatusCode::OK);
    assert!(is_own(&acceptances(&world, &head).await));
    // A look at what it was before does not count.
    set(&world, own, CHANGED).await;
    assert!(!is_own(&acceptances(&world, &head).await));
    assert_eq!(world.get(&head, &address).await.status, StatusCode::OK);
    let mut ticked = acceptances(&world, &head).await;
    ticked.retain(|each| item(each) == own);
    let results = sign(&world, &head, &ticked).await;
    assert_eq!(results.texts("tbody .mark"), ["已签发"], "{}", results.body);
}

async fn version(world: &World, item: i64) -> i32 {
    sqlx::query_scalar("select version from item where id = $1")
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn what_is_not_in_ones_hands_is_not_signed() {
    let world = World::demo().await;
    let head = world.sign_in("office-lead").await;
    let open: i64 = sqlx::query_scalar("select min(id) from item where state = 'open'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    // What waits for somebody else is nobody's here.
    let foreign = format!("/signing/matters/item.accept/{open}");
    let foreign = world.get(&head, &foreign).await;
    assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    let forced = format!("item.accept:{open}:{}", version(&world, open).await);
    let results = sign(&world, &head, &[forced]).await;
    assert_eq!(results.texts("tbody .mark"), ["未签发"]);
    assert!(results.body.contains("已不在您手里"), "{}", results.body);
    // An act that asks for words has no box.
    let rubbish = [("ticked", "survey.return:1:1")];
    let refused = world.submit(&head, (PAGE, PAGE), &rubbish).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // A leader with nothing to sign is told so, and their clerk has no such page.
    let leader = world.sign_in("jiaotong-lead").await;
    assert_eq!(world.get(&leader, PAGE).await.status, StatusCode::OK);
    let clerk = world.sign_in("jiaotong").await;
    assert_eq!(world.get(&clerk, PAGE).await.status, StatusCode::FORBIDDEN);
}
