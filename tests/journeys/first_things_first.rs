//! Lists begin with what is to be done: who has to be dealt with, who is late longest, what
//! changed last; and from a search to a reminder it is not far.

use axum::http::StatusCode;
use scraper::Selector;

use crate::world::{Answer, World};

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// The addresses of these links.
fn links(answer: &Answer, meant: &str) -> Vec<String> {
    let html = answer.page();
    let meant = selector(meant);
    html.select(&meant)
        .map(|link| link.attr("href").unwrap().to_owned())
        .collect()
}

fn number(text: &str) -> i64 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_default()
}

#[tokio::test]
async fn the_register_of_posts_opens_on_who_has_to_be_dealt_with() {
    let world = World::demo().await;
    let cookie = world.sign_in("zuzhi").await;
    let page = world.get(&cookie, "/posts").await;
    let current = page.texts(".tabs [aria-current]");
    assert_eq!(current.len(), 1, "{current:?}");
    assert!(current[0].starts_with("须处理"), "{current:?}");
    let rows = page.texts("[aria-label='人员名册'] tbody tr");
    assert!(!rows.is_empty() && rows.iter().all(|row| row.contains("须处理")));
    // Each tab has as many as it says, and they are its own.
    let tabs = page.texts(".tabs a");
    for (tab, address) in tabs.iter().zip(links(&page, ".tabs a")) {
        let shown = world.get(&cookie, &address).await;
        let rows = shown.texts("[aria-label='人员名册'] tbody tr").len();
        let said = shown.page();
        let total = said.select(&selector("[data-total]")).next();
        let total = total.map_or(0, |each| number(each.attr("data-total").unwrap()));
        assert_eq!(number(tab), total, "{tab} {address}");
        assert!(rows > 0 || total == 0, "{tab}");
    }
    // Who may not read names sees numbers, and no tabs.
    let cookie = world.sign_in("caizheng").await;
    let page = world.get(&cookie, "/posts").await;
    assert!(page.texts(".tabs").is_empty(), "{}", page.body);
}

#[tokio::test]
async fn from_a_search_to_a_reminder() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/associations?light=late").await;
    let late = page.texts("td[data-label='逾期项数']");
    assert!(!late.is_empty() && late.iter().all(|items| number(items) > 0));
    let preview = links(&page, "td[data-label='办理'] a");
    assert!(!preview.is_empty(), "{}", page.body);
    let page = world.get(&office, &preview[0]).await;
    assert_eq!(page.status, StatusCode::OK);
    let id = preview[0].split_once("association=").unwrap().1;
    let name: String = sqlx::query_scalar("select name from association where id = $1::bigint")
        .bind(id.parse::<i64>().unwrap())
        .fetch_one(world.owner())
        .await
        .unwrap();
    let matters = page.texts("main table tbody tr");
    assert!(!matters.is_empty(), "{}", page.body);
    assert!(matters.iter().all(|row| row.contains(&name)), "{matters:?}");
    // A unit reminds nobody, and does not choose itself.
    let unit = world.sign_in("jiaotong").await;
    let page = world.get(&unit, "/associations").await;
    assert!(page.texts("td[data-label='办理']").is_empty());
    assert!(page.texts("#f-department").is_empty());
    // Nothing chosen: said, and the way back.
    let page = world.get(&office, "/reminders/preview").await;
    assert!(
        page.body.contains("请先选择要催办的事项。"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("原因见下"));
}

#[tokio::test]
async fn heads_of_the_register_sort_it_and_say_so() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/associations").await;
    assert_eq!(page.texts("th[aria-sort]"), ["协会名称"]);
    for address in links(&page, "thead th a") {
        let page = world.get(&office, &address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert_eq!(page.texts("th[aria-sort='ascending']").len(), 1);
    }
}

#[tokio::test]
async fn units_and_associations_that_are_late_longest_come_first() {
    let world = World::demo().await;
    for username in ["office", "minzheng", "minzheng-lead"] {
        let cookie = world.sign_in(username).await;
        let page = world.get(&cookie, "/dashboard").await;
        let days: Vec<i64> = page
            .texts("[aria-label='逾期最久的协会'] td .mark-late")
            .iter()
            .filter(|word| word.starts_with("逾期"))
            .map(|word| number(word))
            .collect();
        assert!(!days.is_empty(), "{username}");
        let units: Vec<i64> = page
            .texts("[aria-label='各单位五分离进展'] .mark-late")
            .iter()
            .map(|word| number(word))
            .collect();
        assert!(units.is_sorted_by(|one, other| one >= other), "{units:?}");
        assert_eq!(units.first(), days.first(), "{username}");
        // The tile names the first of them.
        let named = page.texts(".card .note .mark-late");
        assert_eq!(
            named.first().map(|word| number(word)),
            days.first().copied()
        );
    }
}

#[tokio::test]
async fn changes_are_told_in_the_order_of_time() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/changes?since=2018-11-01").await;
    let days = page.texts("main h2");
    assert!(
        days.len() > 3 && days.is_sorted_by(|one, other| one > other),
        "{days:?}"
    );
    let times = page.texts("main ol.timeline:first-of-type .when");
    assert!(times.is_sorted_by(|one, other| one >= other), "{times:?}");
}
