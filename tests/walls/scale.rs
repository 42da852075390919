//! A large register: lists, filters, searches and figures find their rows by indexes.
//! How long pages take at 70,000 associations is measured by `tuogou bench pages`
//! (docs/measurements.md).

use axum::http::StatusCode;

use super::queries::Listening;
use crate::world::World;

/// Tables that grow with the register; in none of them a page may read every row.
const GROWING: [&str; 11] = [
    "association",
    "desk",
    "association_progress",
    "item",
    "survey",
    "plan",
    "figure_standing",
    "holding_standing",
    "task_standing",
    "tie",
    "act_record",
];

/// Words of nearly every name: counting them stops at 1001, so any row will do.
const EVERYWHERE: &str = "行业";

/// So many that reading a table costs more than finding its rows, and no more than a
/// test may wait for.
const ASSOCIATIONS: i64 = 10_000;

/// Pages that still read every row of some tables (docs/measurements.md shows what that
/// costs): the whole list stands on one page. Nothing is to be added here.
const STILL: [(&str, &[&str]); 1] = [("/roster", &["association"])];

/// Who opens what. `{unit}` is one of the many units, `{one}` one of the associations.
fn pages() -> Vec<(&'static str, String)> {
    let mut pages = vec![("office", "/associations".to_owned())];
    let encoded =
        |words: &str| form_urlencoded::byte_serialize(words.as_bytes()).collect::<String>();
    for words in [
        "车维",
        "维",
        "qcwx",
        "xgh",
        "w",
        "1065",
        "汽车维修行业",
        EVERYWHERE,
    ] {
        pages.push(("office", format!("/associations?q={}", encoded(words))));
    }
    for filter in [
        "department={unit}",
        "scope=undecided",
        "scope=in",
        "stage=implementing",
        "stage=survey_submitted",
        "track=T1",
        "light=late",
        "light=soon",
        "department={unit}&scope=in",
        "department={unit}&light=late",
        "department={unit}&track=T2",
        "scope=in&stage=listed",
    ] {
        pages.push(("office", format!("/associations?{filter}")));
    }
    for sort in ["name", "department", "stage", "registered"] {
        pages.push(("office", format!("/associations?sort={sort}")));
        pages.push(("office", format!("/associations?sort={sort}&page=9999")));
        pages.push((
            "office",
            format!("/associations?scope=in&sort={sort}&page=9999"),
        ));
    }
    for sort in ["name", "department", "stage", "registered"] {
        pages.push(("nongye", format!("/associations?sort={sort}")));
    }
    pages.push(("nongye", format!("/associations?q={}", encoded("花卉"))));
    for username in [
        "office",
        "office-lead",
        "minzheng",
        "caizheng",
        "nongye",
        "nongye-lead",
        "xiehui",
    ] {
        pages.push((username, "/".to_owned()));
    }
    for (username, path) in [
        ("minzheng-lead", "/dashboard"),
        ("office", "/dashboard/tracks"),
        ("office", "/statistics"),
        ("caizheng", "/assets"),
        ("caizheng", "/assets/function-found"),
        ("nongye-lead", "/dashboard"),
        ("caizheng", "/dashboard"),
        ("office", "/roster"),
        ("office", "/roster/{unit}"),
        ("office", "/approvals"),
        ("caizheng", "/approvals"),
        ("nongye", "/approvals"),
        ("office", "/timeline"),
        ("office", "/timeline/PH-15"),
        ("nongye", "/timeline"),
        ("xiehui", "/timeline"),
        ("office", "/audit"),
        ("office", "/associations/{one}"),
        ("office", "/associations/{one}/history"),
        ("office", "/associations/{one}/progress"),
        ("office", "/associations/{one}/plan"),
    ] {
        pages.push((username, path.to_owned()));
    }
    pages
}

/// The pages with numbers, each with its reader and the reader's cookie.
async fn addresses(world: &World) -> Vec<(&'static str, String, String)> {
    let unit: i64 = sqlx::query_scalar("select max(department_id) from association")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let one: i64 =
        sqlx::query_scalar("select max(id) from association where stage = 'implementing'")
            .fetch_one(world.owner())
            .await
            .unwrap();
    let mut cookies = std::collections::BTreeMap::new();
    let mut found = Vec::new();
    for (username, path) in pages() {
        if !cookies.contains_key(username) {
            cookies.insert(username, world.sign_in(username).await);
        }
        let path = path
            .replace("{unit}", &unit.to_string())
            .replace("{one}", &one.to_string());
        found.push((username, cookies.get(username).unwrap().clone(), path));
    }
    found
}

/// Tables of which a plan reads every row, but for what is known of the page.
fn walked(page: &str, plan: &str) -> Vec<&'static str> {
    let still = STILL
        .iter()
        .find(|(known, _)| *known == page)
        .map_or(&[][..], |(_, tables)| *tables);
    GROWING
        .into_iter()
        .filter(|table| !still.contains(table))
        .filter(|table| plan.contains(&format!("Seq Scan on {table} ")))
        .collect()
}

#[tokio::test]
async fn every_list_finds_its_rows_by_an_index() {
    let world = World::seeded(ASSOCIATIONS).await;
    for setting in [
        "session_preload_libraries = 'auto_explain'",
        "\"auto_explain.log_min_duration\" = 0",
        "\"auto_explain.log_level\" = 'notice'",
    ] {
        let name: String = sqlx::query_scalar("select quote_ident(current_database())")
            .fetch_one(world.owner())
            .await
            .unwrap();
        sqlx::query(sqlx::AssertSqlSafe(format!(
            "alter database {name} set {setting}"
        )))
        .execute(world.owner())
        .await
        .unwrap();
    }
    // The program's connections keep what is no error to themselves; here they tell.
    let mut all = Vec::new();
    for _ in 0..8 {
        all.push(world.app.database.tally().await.unwrap());
    }
    for mut tally in all {
        sqlx::query("set client_min_messages = notice")
            .execute(&mut *tally)
            .await
            .unwrap();
        tally.commit().await.unwrap();
    }
    let listening = Listening::begin();
    let mut wrong = Vec::new();
    let mut plans = 0;
    let everywhere: String = form_urlencoded::byte_serialize(EVERYWHERE.as_bytes()).collect();
    for (_, cookie, path) in addresses(&world).await {
        if path.ends_with(&format!("q={everywhere}")) {
            continue;
        }
        listening.take();
        let answer = world.get(&cookie, &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        for heard in listening.take() {
            if heard.target != "sqlx::postgres::notice" || !heard.text.contains(" plan: ") {
                continue;
            }
            plans += 1;
            let walked = walked(&path, &heard.text);
            if !walked.is_empty() {
                wrong.push(format!("{path} walks {walked:?}: {}", heard.text));
            }
        }
    }
    assert!(
        plans > 0,
        "no plan was heard: install auto_explain (it comes with PostgreSQL's contrib modules, package \
         postgresql-contrib) on the server of the tests; without it nobody looks at the plans"
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}
