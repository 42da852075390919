//! What is the same for everybody is made once: the scheme in force, the compressed
//! style sheet.

use std::io::Read as _;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use crate::world::World;

#[tokio::test]
async fn the_scheme_of_a_day_is_made_once_for_each_change() {
    let world = World::demo().await;
    let first = world.app.in_force().await.unwrap().scheme;
    let again = world.app.in_force().await.unwrap().scheme;
    assert!(Arc::ptr_eq(&first, &again), "the same scheme for everybody");
    sqlx::query(
        "insert into parameter_change (campaign_id, name, value, effective_on, reason, changed_by, changed_on)
         values (1, 'age_limit', '68', '2018-11-22', 'x', 'x', '2018-11-22')",
    )
    .execute(world.owner())
    .await
    .unwrap();
    let changed = world.app.in_force().await.unwrap().scheme;
    assert!(!Arc::ptr_eq(&first, &changed));
    assert_eq!(changed.campaign.parameters.age_limit, 68);
    // The day before keeps its own.
    let day = world.app.clock.today().pred_opt().unwrap();
    let before = world.app.on(day).await.unwrap().scheme;
    assert_ne!(before.campaign.parameters.age_limit, 68);
}

#[tokio::test]
async fn nobody_takes_workers_from_the_others() {
    let world = World::demo().await;
    let workers: String = sqlx::query_scalar("show max_parallel_workers_per_gather")
        .fetch_one(world.db().await.connection())
        .await
        .unwrap();
    assert_eq!(workers, "0");
}

#[tokio::test]
async fn static_files_are_zipped_beforehand_and_whole() {
    let world = World::demo().await;
    let page = world.get("", "/login").await;
    let link = scraper::Selector::parse("link[rel=stylesheet]").unwrap();
    let page = page.page();
    let css = page.select(&link).next().unwrap().attr("href").unwrap();
    let plain = world.get("", css).await;
    assert_eq!(plain.status, StatusCode::OK);
    assert!(!plain.headers.contains_key(header::CONTENT_ENCODING));
    let router = tuogou::server::router(&world.app);
    let request = Request::get(css)
        .header(header::HOST, "tuogou.test")
        .header(header::ACCEPT_ENCODING, "gzip, deflate, br")
        .body(Body::empty())
        .unwrap();
    let zipped = router.oneshot(request).await.unwrap();
    assert_eq!(zipped.headers()[header::CONTENT_ENCODING], "gzip");
    assert!(
        zipped.headers()[header::VARY]
            .to_str()
            .unwrap()
            .contains("accept-encoding")
    );
    let length: usize = zipped.headers()[header::CONTENT_LENGTH]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    let bytes = zipped.into_body().collect().await.unwrap().to_bytes();
    // Its length is known beforehand: nothing is compressed while it is sent.
    assert_eq!(length, bytes.len());
    let mut read = String::new();
    flate2::read::GzDecoder::new(&*bytes)
        .read_to_string(&mut read)
        .unwrap();
    assert_eq!(read, plain.body);
}
