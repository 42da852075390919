//! Migrations on filled tables: a campaign of an earlier day (tests/data) comes
//! through today's migrations whole and is worked in as before. And no migration is
//! edited once it has landed.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;

use axum::http::StatusCode;
use flate2::read::GzDecoder;
use sha2::{Digest as _, Sha256};
use sqlx::{AssertSqlSafe, PgPool};
use tuogou::audit::{Anchored, Verdict, verify};
use tuogou::database::{self, MIGRATOR, throwaway};
use tuogou::demo;
use tuogou::progress::counters;

use crate::world::{self, World};

/// The demonstration as commit 836e9dc wrote it; tests/data/README.md.
const DUMP: &[u8] = include_bytes!("../data/836e9dc.sql.gz");
/// Its last migration.
const MIGRATED_TO: i64 = 143;
/// Tables that a later migration means to empty or to drop, and which.
const MEANT: &[(&str, &str)] = &[("sign_in_attempt", "0153"), ("sign_in_failure", "0153")];
/// Without rows in these the walls here would prove nothing.
const MAIN: &[&str] = &[
    "association",
    "survey",
    "roster_entry",
    "plan",
    "item",
    "evidence",
    "post_holder",
    "file",
    "act_record",
    "audit_record",
];

type Prepared = Result<(), Box<dyn std::error::Error + Send + Sync>>;
type Rows = BTreeMap<String, i64>;

async fn restore(pool: PgPool) -> Prepared {
    let mut dump = String::new();
    GzDecoder::new(DUMP).read_to_string(&mut dump)?;
    world::ensure_role(&pool).await?;
    sqlx::raw_sql(AssertSqlSafe(dump)).execute(&pool).await?;
    Ok(())
}

/// The earlier campaign, not migrated.
async fn earlier() -> throwaway::TestDatabase {
    let print = hex::encode(Sha256::digest(DUMP));
    let name = format!("earlier_{}", &print[..16]);
    throwaway::database(&name, restore).await.unwrap()
}

/// All tables and how many rows each has; the list of migrations is meant to grow.
async fn rows(pool: &PgPool) -> Rows {
    let tables: Vec<String> = sqlx::query_scalar(
        "select relname::text from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
         and relname <> '_sqlx_migrations' order by relname",
    )
    .fetch_all(pool)
    .await
    .unwrap();
    let mut rows = Rows::new();
    for table in tables {
        let sql = AssertSqlSafe(format!("select count(*) from {table}"));
        let count = sqlx::query_scalar(sql).fetch_one(pool).await.unwrap();
        rows.insert(table, count);
    }
    rows
}

/// What a campaign lost on its way, unless a migration means it.
fn lost(before: &Rows, after: &Rows) -> Vec<String> {
    let unmeant = before
        .iter()
        .filter(|(table, _)| !MEANT.iter().any(|(meant, _)| meant == table));
    unmeant
        .filter(|(table, count)| after.get(*table) != Some(count))
        .map(|(table, count)| format!("{table}: {count} before, {:?} after", after.get(table)))
        .collect()
}

/// The earlier campaign after what a start of the program does.
async fn started() -> World {
    let database = earlier().await;
    database::migrate(&database.options).await.unwrap();
    let world = World::on(database);
    demo::ensure_campaign(&world.app.database, world.scheme())
        .await
        .unwrap();
    world
}

#[tokio::test]
async fn a_campaign_of_an_earlier_day_loses_nothing() {
    let database = earlier().await;
    let pool = database.pool();
    let applied = "select version from _sqlx_migrations order by version";
    let before: Vec<i64> = sqlx::query_scalar(applied).fetch_all(pool).await.unwrap();
    assert_eq!(before.last(), Some(&MIGRATED_TO));
    let kept = rows(pool).await;
    for table in MAIN {
        assert!(kept[*table] > 0, "{table} is empty");
    }
    database::migrate(&database.options).await.unwrap();
    let after: Vec<i64> = sqlx::query_scalar(applied).fetch_all(pool).await.unwrap();
    let all: Vec<i64> = MIGRATOR.iter().map(|migration| migration.version).collect();
    assert_eq!(after, all);
    assert_eq!(lost(&kept, &rows(pool).await), Vec::<String>::new());
}

#[tokio::test]
async fn what_it_had_signed_is_carried_over() {
    let world = started().await;
    tuogou::desk::prepare(&world.app).await.unwrap();
    for kind in [
        "survey_confirm",
        "approval",
        "reply",
        "item_verify",
        "holding",
    ] {
        let bound: i64 = sqlx::query_scalar(
            "select count(*) from signature where kind = $1 and carried and void_on is null",
        )
        .bind(kind)
        .fetch_one(world.owner())
        .await
        .unwrap();
        assert!(bound > 0, "{kind}");
    }
    let unbound = world
        .count(
            "select count(*) from prior_approval q where q.state in ('approved', 'approved_with_conditions')
               and not exists (select from signature s where s.kind = 'approval' and s.case_id = q.id)",
        )
        .await;
    assert_eq!(unbound, 0);
    // No act told of it, and nothing is left untold.
    assert_eq!(world.count("select count(*) from moved_fact").await, 0);
}

#[tokio::test]
async fn its_published_list_gets_its_text_from_its_records() {
    let world = started().await;
    // Handed over seven weeks later: it stands under the unit of the published day.
    let then =
        "select count(*) from roster_line where publication_id is not null and source = 'records'
                and name like '%信息服务业协会' and unit = '区工业和信息化局'";
    assert_eq!(world.count(then).await, 1);
    let whole = "select (select lines from roster_publication) - count(*) from roster_line where publication_id is not null";
    assert_eq!(world.count(whole).await, 0);
    // A unit that had not reported has no base, which is not 0; one that reported nil has 0.
    let missing = "select count(*) from roster_cutoff where base is null and in_register = 6 and missing_reason <> ''";
    assert_eq!(world.count(missing).await, 1);
    let nil = "select count(*) from roster_cutoff where base = 0";
    assert_eq!(world.count(nil).await, 1);
    // Each base has its rows.
    let rows = "select count(*) from roster_cutoff c where c.base is not null
                and c.base <> (select count(*) from roster_base b where b.department_id = c.department_id)";
    assert_eq!(world.count(rows).await, 0);
}

#[tokio::test]
async fn its_chain_holds_and_goes_on() {
    let world = started().await;
    // What the day brings is recorded before anything is counted.
    world.app.brought_up().await.unwrap();
    let key = world.app.database.audit_key();
    let told = async || world.count("select count(*) from audit_record").await;
    let before = told().await;
    let verdict = verify(world.db().await.connection(), key, &Anchored::NotKept)
        .await
        .unwrap();
    assert_eq!(verdict, Verdict::Whole(before));
    world.sign_in("office").await;
    let verdict = verify(world.db().await.connection(), key, &Anchored::NotKept)
        .await
        .unwrap();
    assert_eq!(verdict, Verdict::Whole(before + 1));
}

#[tokio::test]
async fn its_counters_are_right_and_it_is_still_the_demonstration() {
    let world = started().await;
    let drift = counters::drift(&mut world.db().await, world.scheme())
        .await
        .unwrap();
    assert_eq!(drift, Vec::<String>::new());
    assert!(demo::is_demonstration(&world.app.database).await.unwrap());
    assert!(!demo::is_empty(&world.app.database).await.unwrap());
}

#[tokio::test]
async fn its_pages_open_to_those_who_worked_in_it() {
    let world = started().await;
    let name = "长春市绿园区汽车维修行业协会";
    let association = format!("/associations/{}", world.association(name).await);
    for account in [
        "office",
        "office-lead",
        "jiaotong",
        "jiaotong-lead",
        "caizheng",
    ] {
        let cookie = world.sign_in(account).await;
        let workbench = world.get(&cookie, "/").await;
        assert_eq!(workbench.status, StatusCode::OK, "{account} /");
        for page in ["", "/survey", "/plan", "/progress", "/posts", "/history"] {
            let path = format!("{association}{page}");
            let answer = world.get(&cookie, &path).await;
            assert_eq!(answer.status, StatusCode::OK, "{account} {path}");
            assert!(answer.body.contains(name), "{account} {path}");
        }
    }
    let cookie = world.sign_in("jiaotong").await;
    let file = "select id from file f where exists (select from evidence e where e.file_id = f.id)";
    let file = world.count(file).await;
    let path = format!("{association}/files/{file}");
    let answer = world.get(&cookie, &path).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(answer.body.starts_with("%PDF"));
}

/// Number and content of each migration, in the order of their numbers.
fn migrations() -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = fs::read_dir("migrations")
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap();
            let number = file.split('_').next().unwrap().to_owned();
            (
                number,
                hex::encode(Sha256::digest(fs::read(&path).unwrap())),
            )
        })
        .collect();
    found.sort();
    found
}

/// What is wrong with the migrations found, by the list that is kept of them.
fn complaints(kept: &str, found: &[(String, String)]) -> Vec<String> {
    let kept: Vec<(&str, &str)> = kept
        .lines()
        .filter_map(|line| line.split_once(' '))
        .collect();
    let last = kept.last().map_or("", |(number, _)| number);
    let mut wrong = Vec::new();
    for (number, hash) in &kept {
        match found.iter().find(|(other, _)| other == number) {
            None => wrong.push(format!(
                "migration {number} is gone, and databases have it: bring it back"
            )),
            Some((_, now)) if now != hash => wrong.push(format!(
                "migration {number} was edited, and databases have it as it was: put it back \
                 and write the change into a new one"
            )),
            Some(_) => {}
        }
    }
    for (number, hash) in found {
        if kept.iter().any(|(known, _)| known == number) {
            continue;
        }
        wrong.push(if number.as_str() > last {
            format!(
                "migration {number} is new: when it is finished, add this line at the end of \
                 tests/data/migrations.txt\n{number} {hash}"
            )
        } else {
            format!("migration {number} comes before {last}, which databases have: number it after")
        });
    }
    wrong
}

#[test]
fn no_migration_is_edited_once_it_has_landed() {
    let kept = include_str!("../data/migrations.txt");
    let wrong = complaints(kept, &migrations());
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(kept.lines().is_sorted(), "tests/data/migrations.txt");
}

#[test]
fn an_edited_a_lost_and_a_late_migration_are_told_apart() {
    let kept = "0001 aa\n0003 cc\n0004 dd\n";
    let found = [
        ("0001", "aa"),
        ("0002", "bb"),
        ("0003", "ce"),
        ("0005", "ee"),
    ];
    let found = found.map(|(number, hash)| (number.to_owned(), hash.to_owned()));
    let wrong = complaints(kept, &found);
    let said = [
        "0003 was edited",
        "0004 is gone",
        "0002 comes before",
        "\n0005 ee",
    ];
    assert_eq!(wrong.len(), said.len(), "{wrong:#?}");
    for (wrong, said) in wrong.iter().zip(said) {
        assert!(wrong.contains(said), "{wrong}");
    }
}

#[test]
fn what_a_migration_loses_is_named() {
    let before = Rows::from([
        ("item".into(), 7),
        ("plan".into(), 2),
        ("sign_in_failure".into(), 1),
    ]);
    let after = Rows::from([("item".into(), 6), ("note".into(), 1)]);
    let lost = lost(&before, &after);
    assert_eq!(lost.len(), 2, "{lost:?}");
    assert!(lost[0].starts_with("item: 7") && lost[1].starts_with("plan: 2"));
}
