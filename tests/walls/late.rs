//! What is late on a desk is late on its own page: the same shape in the head and in whose
//! hands it is, whatever the state is called.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tuogou::desk::store::reading::{Lying, Of, in_hands};

use crate::world::World;

/// Kinds whose page is about one of them, so that the mark in its head is theirs.
const HEADS: &[(&str, &str)] = &[
    ("approval", "approval.answer"),
    ("activity", "activity.approve"),
    ("activity", "activity.allow"),
    ("activity", "activity.finish"),
    ("plan", "plan.save"),
    ("plan", "plan.check"),
    ("plan", "plan.approve"),
    ("condition", "condition.report"),
    ("condition", "condition.confirm"),
    ("supervision_order", "order.answer"),
];

fn marks(page: &Html, within: &str) -> Vec<String> {
    let selector = Selector::parse(&format!("main {within} .mark")).unwrap();
    let found = page.select(&selector);
    let class = found.filter_map(|mark| mark.value().attr("class"));
    class.map(str::to_owned).collect()
}

/// Everything that is late and does not stand still.
async fn late(world: &World) -> Vec<Lying> {
    let today = world.app.clock.today();
    let mut found = Vec::new();
    let associations: Vec<i64> = sqlx::query_scalar(
        "select distinct association_id from desk where association_id is not null order by 1",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let units: Vec<i64> = sqlx::query_scalar(
        "select distinct unit_id from desk where association_id is null order by 1",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let of = associations.into_iter().map(Of::Association);
    let mut db = world.db().await;
    for each in of.chain(units.into_iter().map(Of::Unit)) {
        found.extend(in_hands(&mut db, each, today).await.unwrap());
    }
    found.retain(|row| !row.suspended && row.late(today).is_some_and(|late| late > 0));
    found
}

/// What a page says otherwise than the desk.
fn differs(row: &Lying, href: &str, page: &Html) -> Option<String> {
    let told = marks(page, "");
    if !told.iter().any(|class| class.contains("mark-late")) {
        return Some(format!("{} {} {href}: nothing is late", row.kind, row.act));
    }
    let head = HEADS.contains(&(row.kind.as_str(), row.act.as_str()));
    let own = marks(page, ".page-head .lead");
    let as_in_time = own
        .iter()
        .find(|class| !class.contains("mark-late"))
        .filter(|_| head)?;
    Some(format!("{} {} {href}: {as_in_time}", row.kind, row.act))
}

#[tokio::test]
async fn what_is_late_on_a_desk_is_late_on_its_page() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let scheme = world.scheme();
    let (mut wrong, mut seen, mut heads) = (Vec::new(), 0, 0);
    for row in late(&world).await {
        let href = row.href(scheme);
        let answer = world.get(&office, &href).await;
        if answer.status != StatusCode::OK {
            continue;
        }
        seen += 1;
        heads += i32::from(HEADS.contains(&(row.kind.as_str(), row.act.as_str())));
        wrong.extend(differs(&row, &href, &answer.page()));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(seen > 20 && heads > 3, "{seen} pages, {heads} heads");
}
