//! Many tests at once, each with a database of its own.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::PgPool;

use super::{ThrowawayError, copy, database, template};

fn name(what: &str) -> String {
    // Another run may use the same cluster.
    format!("self_{what}_{}", std::process::id())
}

async fn fill(pool: PgPool) -> Result<(), sqlx::Error> {
    sqlx::query("create table notes (note text not null)")
        .execute(&pool)
        .await?;
    Ok(())
}

async fn note(pool: &PgPool, text: &str) {
    sqlx::query("insert into notes values ($1)")
        .bind(text)
        .execute(pool)
        .await
        .unwrap();
}

async fn notes(pool: &PgPool) -> Vec<String> {
    sqlx::query_scalar("select note from notes order by note")
        .fetch_all(pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn databases_made_at_once_are_apart() {
    static PREPARED: AtomicU32 = AtomicU32::new(0);
    let template = name("apart");
    let one = |number: u32| {
        let template = template.clone();
        async move {
            let database = database(&template, |pool| {
                PREPARED.fetch_add(1, Ordering::Relaxed);
                fill(pool)
            })
            .await
            .unwrap();
            note(database.pool(), &number.to_string()).await;
            assert_eq!(notes(database.pool()).await, [number.to_string()]);
        }
    };
    tokio::join!(one(1), one(2), one(3), one(4), one(5), one(6));
    assert_eq!(PREPARED.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_template_grows_from_another() {
    let (plain, world) = (name("plain"), name("world"));
    template(&plain, None, fill).await.unwrap();
    template(&world, Some(&plain), |pool| async move {
        note(&pool, "演示").await;
        Ok::<(), sqlx::Error>(())
    })
    .await
    .unwrap();
    let world = copy(&world).await.unwrap();
    let plain = copy(&plain).await.unwrap();
    assert_eq!(notes(world.pool()).await, ["演示"]);
    assert_eq!(notes(plain.pool()).await, [""; 0]);

    let gone = world.name().to_owned();
    drop(world);
    let is_there: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(gone)
            .fetch_one(plain.pool())
            .await
            .unwrap();
    assert!(!is_there);
}

#[tokio::test]
async fn a_template_that_failed_is_made_again() {
    let template = name("again");
    let failed = database(&template, |pool| async move {
        fill(pool).await.unwrap();
        Err::<(), _>(io::Error::other("no world"))
    })
    .await;
    assert!(matches!(failed, Err(ThrowawayError::Prepare { .. })));
    let database = database(&template, fill).await.unwrap();
    assert_eq!(notes(database.pool()).await, [""; 0]);
}

#[tokio::test]
async fn a_name_cannot_carry_sql() {
    let refused = database("x; drop database y", fill).await;
    assert!(matches!(refused, Err(ThrowawayError::Name(_))));
}
