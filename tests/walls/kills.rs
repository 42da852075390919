//! The real program, killed while it reads or enters a spreadsheet, and started again: all rows
//! are there or none, and the upload's page says which and what to do.

mod served;

use std::fmt::Write as _;

use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, Postgres};

use crate::world::World;
use served::{Folder, Page, Served, Site};

const PAGE: &str = "/associations/import";
const ROWS: i64 = 3_000;
const ENTERING: &str = "正在导入，全部写入后显示结果";
const READING: &str = "正在读取和核对";
const NOTHING: &str = "什么都没有写入，请重新确认导入";

/// A register of thousands of associations that nobody knows yet.
pub fn register(rows: i64) -> String {
    let mut text = "协会名称,业务主管单位,成立登记日期,住所\n".to_owned();
    for row in 0..rows {
        writeln!(
            text,
            "长春市绿园区第{row}行业协会,区商务局,2009-05-18,绿园区花园路{row}号"
        )
        .unwrap();
    }
    text
}

async fn associations(world: &World) -> i64 {
    world.count("select count(*) from association").await
}

/// A gate before every table that is named: whoever writes to it waits there while it is shut.
async fn gates(world: &World, tables: &[&str]) {
    let triggers = tables.iter().map(|table| {
        format!(
            "create trigger wait_at_gate before insert on {table}
                 for each statement execute function wait_at_gate();"
        )
    });
    let statements = format!(
        "create function wait_at_gate() returns trigger language plpgsql set lock_timeout = '0' as $$
         begin
             perform pg_advisory_xact_lock_shared(77, hashtext(tg_table_name));
             return null;
         end $$;
         {}",
        triggers.collect::<String>()
    );
    sqlx::raw_sql(AssertSqlSafe(statements))
        .execute(world.owner())
        .await
        .unwrap();
}

/// A gate that is shut until this ends.
struct Shut(PoolConnection<Postgres>);

impl Shut {
    async fn before(world: &World, table: &str) -> Self {
        let mut gate = world.owner().acquire().await.unwrap();
        sqlx::query("select pg_advisory_lock(77, hashtext($1))")
            .bind(table)
            .execute(&mut *gate)
            .await
            .unwrap();
        Self(gate)
    }

    async fn open(self) {
        self.0.close().await.unwrap();
    }
}

/// Waits until somebody waits at a gate.
async fn somebody_waits(world: &World) {
    let waiting = "select count(*) from pg_locks
         where locktype = 'advisory' and classid = 77 and not granted
           and database = (select oid from pg_database where datname = current_database())";
    while world.count(waiting).await == 0 {
        tokio::task::yield_now().await;
    }
}

/// Uploads a register; the address of the upload.
async fn brought(civil: &Site, text: &str) -> String {
    let file = ("台账.csv", text.as_bytes());
    let sent = civil.bring(PAGE, file).await.unwrap();
    assert_eq!(sent.status, 303, "{}", sent.body);
    let at = sent.header("location").unwrap();
    at.split('?').next().unwrap().to_owned()
}

/// Confirms in the background, as a browser whose page is never answered.
fn confirming(civil: &Site, at: &str) -> tokio::task::JoinHandle<Option<Page>> {
    let (civil, at) = (civil.clone(), at.to_owned());
    tokio::spawn(async move { civil.press(&at).await })
}

fn all() -> String {
    format!("全部导入（{ROWS}行）")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_enters_nothing_is_there_and_the_page_says_so() {
    let world = World::demo().await;
    let folder = Folder::new("killed-entering");
    let mut served = Served::start(&world, &folder).await;
    let mut civil = served.sign_in("minzheng").await;
    let before = associations(&world).await;
    let at = brought(&civil, &register(ROWS)).await;
    let page = civil.settled(&at).await;
    assert!(page.body.contains(&all()), "{}", page.body);
    assert!(!page.body.contains(NOTHING), "{}", page.body);
    // At the first row, at the case file, at the last link of the chain.
    let tables = ["association", "act_record", "audit_record"];
    gates(&world, &tables).await;
    for table in tables {
        let gate = Shut::before(&world, table).await;
        let confirming = confirming(&civil, &at);
        somebody_waits(&world).await;
        let page = civil.says(&at, &[ENTERING]).await;
        assert!(!page.body.contains(NOTHING), "{table}: {}", page.body);
        served.kill();
        confirming.await.unwrap();
        served = Served::start(&world, &folder).await;
        gate.open().await;
        civil = served.with(civil.cookie());
        let page = civil.settled(&at).await;
        assert!(page.body.contains(NOTHING), "{table}: {}", page.body);
        assert!(page.body.contains(&all()), "{table}: {}", page.body);
        assert_eq!(associations(&world).await, before, "{table}");
    }
    // At no place of our choosing.
    let confirmed = confirming(&civil, &at);
    civil.says(&at, &[ENTERING, "全部导入。"]).await;
    served.kill();
    confirmed.await.unwrap();
    served = Served::start(&world, &folder).await;
    civil = served.with(civil.cookie());
    let page = civil.settled(&at).await;
    if page.body.contains(NOTHING) {
        assert_eq!(associations(&world).await, before);
        civil.press(&at).await.unwrap();
    }
    let page = civil.settled(&at).await;
    assert!(page.body.contains("全部导入。"), "{}", page.body);
    assert!(!page.body.contains(NOTHING), "{}", page.body);
    assert_eq!(associations(&world).await, before + ROWS);
    drop(served);
    assert!(world.differences().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_while_it_reads_nothing_is_there_and_the_file_is_asked_for_again() {
    let world = World::demo().await;
    let folder = Folder::new("killed-reading");
    let mut served = Served::start(&world, &folder).await;
    let mut civil = served.sign_in("minzheng").await;
    let before = associations(&world).await;
    let text = register(ROWS);
    gates(&world, &["import_line"]).await;
    let gate = Shut::before(&world, "import_line").await;
    let at = brought(&civil, &text).await;
    civil.says(&at, &[READING]).await;
    somebody_waits(&world).await;
    served.kill();
    served = Served::start(&world, &folder).await;
    gate.open().await;
    civil = served.with(civil.cookie());
    let page = civil.settled(&at).await;
    let told = "读取时系统停止运行，什么都没有导入，请重新上传。";
    assert!(page.body.contains(told), "{}", page.body);
    assert_eq!(associations(&world).await, before);
    // What a district entrusts to the program does not stay in a folder of temporary files.
    assert_eq!(folder.left_behind(), 0);
    let at = brought(&civil, &text).await;
    let page = civil.settled(&at).await;
    assert!(page.body.contains(&all()), "{}", page.body);
    civil.press(&at).await.unwrap();
    let page = civil.settled(&at).await;
    assert!(page.body.contains("全部导入。"), "{}", page.body);
    assert_eq!(associations(&world).await, before + ROWS);
}
