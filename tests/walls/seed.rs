//! `bench seed`: every counter right, every key leading somewhere, on a database that
//! nobody else has worked in; and `bench pages` on it.

use tuogou::audit::{Anchored, Verdict, chain, verify};
use tuogou::bench::pages::{self, Served, Wanted};
use tuogou::bench::{BenchError, seed};
use tuogou::progress::counters;
use tuogou::server;

use crate::world::{PASSWORD, World};

/// How large the suite seeds.
const ASSOCIATIONS: i64 = 1_000;

/// One line for each foreign key with rows that lead nowhere. The keys were not asked
/// row by row while the seed wrote.
const ASTRAY: &str = r"
select format('select %L, count(*) from %s c where %s and not exists (select from %s p where %s)',
    k.conname, k.conrelid::regclass,
    string_agg(format('c.%I is not null', a.attname), ' and '), k.confrelid::regclass,
    string_agg(format('p.%I = c.%I', b.attname, a.attname), ' and '))
from pg_constraint k
cross join lateral unnest(k.conkey, k.confkey) u (mine, theirs)
join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.mine
join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.theirs
where k.contype = 'f' and k.connamespace = 'public'::regnamespace
group by k.oid, k.conname, k.conrelid, k.confrelid";

/// Numbers that the next row of a table would take a second time.
const BEHIND: &str = r"
select format('select %L, (select coalesce(max(id), 0) from %I) - (select last_value from %s)', c.relname, c.relname,
    pg_get_serial_sequence(quote_ident(c.relname), 'id'))
from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'id' and a.attidentity <> ''
where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'";

/// Runs the statements that one makes; of each the name and the number, if above none.
async fn above_none(world: &World, sql: &'static str) -> Vec<(String, i64)> {
    let statements: Vec<String> = sqlx::query_scalar(sql)
        .fetch_all(world.owner())
        .await
        .unwrap();
    assert!(statements.len() > 20);
    let mut found = Vec::new();
    for statement in statements {
        let (name, count): (String, i64) = sqlx::query_as(sqlx::AssertSqlSafe(statement))
            .fetch_one(world.owner())
            .await
            .unwrap();
        if count > 0 {
            found.push((name, count));
        }
    }
    found
}

#[tokio::test]
async fn a_seeded_database_is_right_in_every_counter_and_key() {
    let world = World::seeded(ASSOCIATIONS).await;
    assert_eq!(
        world.count("select count(*) from association").await,
        ASSOCIATIONS
    );
    let drift = counters::drift(&mut world.db().await, world.scheme())
        .await
        .unwrap();
    assert_eq!(drift, Vec::<String>::new());
    assert_eq!(above_none(&world, ASTRAY).await, []);
    assert_eq!(above_none(&world, BEHIND).await, []);
    // 批复: no gap and no number twice (TC-38).
    let (numbers, last): (i64, i64) = sqlx::query_as(
        "select count(distinct number), (select last::bigint from number_series where series = 'reply')
         from (select reply_number as number from plan union all select number from plan_void_reply) replies",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(numbers, last);
    let wrong = "select count(*) from recommendation r where r.base is not null and (r.required <> (r.base + 1) / 2
            or r.mandatory > r.base or r.base > (select count(*) from roster_entry e where e.recommendation_id = r.id))";
    assert_eq!(world.count(wrong).await, 0);
    // The story was told once, and all tables that it filled are fuller now.
    assert!(world.count("select count(*) from item").await > 15 * ASSOCIATIONS);
    assert_eq!(
        world
            .count("select count(*) from association where uscc is not null and length(uscc) <> 18")
            .await,
        0
    );
}

#[tokio::test]
async fn verification_says_what_stands_outside_the_chain() {
    let world = World::seeded(ASSOCIATIONS).await;
    let database = &world.app.database;
    let linked = world.count("select count(*) from audit_record").await;
    let told = world.count("select count(*) from act_record").await;
    let verdict = verify(
        world.db().await.connection(),
        database.audit_key(),
        &Anchored::NotKept,
    )
    .await
    .unwrap();
    assert_eq!(verdict, Verdict::Whole(linked));
    assert_eq!(
        chain::outside(world.db().await.connection()).await.unwrap(),
        told - linked
    );
    let plain = World::demo().await;
    assert_eq!(
        chain::outside(plain.db().await.connection()).await.unwrap(),
        0
    );
}

#[tokio::test]
async fn only_the_demonstration_is_multiplied_and_only_once() {
    let seeded = World::seeded(ASSOCIATIONS).await;
    let again = seed::fill(&seeded.app, 2_000, PASSWORD).await;
    assert!(matches!(again, Err(BenchError::NotEmpty)), "{again:?}");
    let world = World::demo().await;
    let few = seed::fill(&world.app, 7, PASSWORD).await;
    assert!(matches!(few, Err(BenchError::TooFew(_))), "{few:?}");
    sqlx::query("update campaign set demonstration = false")
        .execute(world.owner())
        .await
        .unwrap();
    let real = seed::fill(&world.app, ASSOCIATIONS, PASSWORD).await;
    assert!(matches!(real, Err(BenchError::NotEmpty)), "{real:?}");
    // A table that a migration adds must be multiplied or named.
    sqlx::query("update campaign set demonstration = true")
        .execute(world.owner())
        .await
        .unwrap();
    sqlx::query(
        "create table weather (campaign_id integer not null references campaign, day date)",
    )
    .execute(world.owner())
    .await
    .unwrap();
    let unknown = seed::fill(&world.app, ASSOCIATIONS, PASSWORD).await;
    assert!(
        matches!(&unknown, Err(BenchError::UnknownTable(name)) if name == "weather"),
        "{unknown:?}"
    );
}

#[tokio::test]
async fn pages_are_opened_as_every_role_and_their_messages_counted() {
    let world = World::seeded(ASSOCIATIONS).await;
    let routes = server::routes(&world.app);
    let served = Served {
        router: server::router,
        table: routes.table(),
    };
    let wanted = Wanted {
        runs: 1,
        only: "/associations/{association}/plan".to_owned(),
    };
    let measured = pages::measure(&world.app, &served, &wanted).await.unwrap();
    let page = |account: &str| {
        let found = measured
            .rows
            .iter()
            .find(|row| row.account == account && row.page == wanted.only);
        found
            .unwrap_or_else(|| panic!("{account}: {:#?}", measured.rows))
            .clone()
    };
    for account in ["office", "gongxin", "caizheng"] {
        let row = page(account);
        assert_eq!(row.status, 200);
        assert!(row.messages > 3 && row.bytes > row.gzip, "{row:?}");
    }
    assert!(
        measured
            .rows
            .iter()
            .all(|row| row.account != "nobody" && row.account != "admin")
    );
    let text = pages::text(&measured, Some(&measured));
    assert!(
        text.contains("| `/associations/{association}/plan` |"),
        "{text}"
    );
    assert_eq!(world.count("select count(*) from session").await, 0);
}
