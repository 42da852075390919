//! Every transaction begins clean, whatever a request that was given up left behind on
//! its connection (F1), and one write holds one connection (D7).

use std::pin::pin;
use std::task::{Context, Waker};

use axum::http::StatusCode;
use futures::future::join_all;

use crate::world::World;

/// Begins a request and gives it up after so many steps.
async fn give_up(request: impl Future, steps: usize) {
    let mut request = pin!(request);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..steps {
        if request.as_mut().poll(&mut context).is_ready() {
            return;
        }
        // The connection's answer is read while this task rests.
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn f1_requests_that_are_given_up_leave_nothing_behind() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let association = world.association("汽车维修行业协会").await;
    let comments = format!("/associations/{association}/comments");
    let said = [("body", "请核对。")];
    for turn in 0..1_500 {
        let steps = 1 + turn % 97;
        if turn % 5 == 0 {
            give_up(world.post(&office, &comments, &said), steps).await;
        } else {
            give_up(world.get(&office, "/associations"), steps).await;
        }
    }
    for turn in 0..40 {
        let before: chrono::DateTime<chrono::Utc> = sqlx::query_scalar("select clock_timestamp()")
            .fetch_one(world.owner())
            .await
            .unwrap();
        let mut db = world.db().await;
        let begun: bool = sqlx::query_scalar("select now() >= $1")
            .bind(before)
            .fetch_one(db.connection())
            .await
            .unwrap();
        assert!(begun, "turn {turn}: an older transaction was handed on");
    }
    let page = world.get(&office, "/associations").await;
    assert_eq!(page.status, StatusCode::OK);
}

#[tokio::test]
async fn d7_sixty_people_comment_within_a_second_on_a_pool_of_eight() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let association = world.association("汽车维修行业协会").await;
    let comments = format!("/associations/{association}/comments");
    let words: Vec<String> = (1..=60).map(|number| format!("第{number}条意见")).collect();
    let all = words.iter().map(|words| {
        let (world, office, comments) = (&world, &office, &comments);
        async move {
            world
                .post(office, comments, &[("body", words)])
                .await
                .status
        }
    });
    let statuses = join_all(all).await;
    let done = statuses
        .iter()
        .filter(|status| **status == StatusCode::SEE_OTHER);
    assert_eq!(done.count(), 60, "{statuses:?}");
}
