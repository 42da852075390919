//! The pool keeps good connections and drops unclean ones (F1).

use sqlx::{Executor as _, PgPool};

use crate::world::World;

async fn backend(pool: &PgPool) -> i32 {
    sqlx::query_scalar("select pg_backend_pid()")
        .fetch_one(pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn clean_connections_are_used_again() {
    let world = World::demo().await;
    let pool = world.app.database.pool();
    let mut backends = std::collections::BTreeSet::new();
    for _ in 0..60 {
        backends.insert(backend(pool).await);
    }
    let allowed = pool.options().get_max_connections() as usize;
    assert!(backends.len() <= allowed, "{} connections", backends.len());
}

#[tokio::test]
async fn f1_a_connection_with_an_open_transaction_is_not_handed_on() {
    let world = World::demo().await;
    let pool = world.app.database.pool();
    let mut left = pool.acquire().await.unwrap();
    let unclean: i32 = sqlx::query_scalar("select pg_backend_pid()")
        .fetch_one(&mut *left)
        .await
        .unwrap();
    left.execute("begin").await.unwrap();
    drop(left);
    for turn in 0..5 {
        assert_ne!(backend(pool).await, unclean, "turn {turn}");
    }
}
