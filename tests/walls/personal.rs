//! S15: what is personal stands in the tables meant for it and nowhere else, whatever has
//! been done: not in the case file, the chain, the search or any other table.

use axum::http::StatusCode;

use super::forms::harvest::drawn_on;
use crate::world::World;

/// Tables in which people are entered, with what was written about them there.
const MEANT: &[(&str, &str)] = &[
    ("post_holder", "the register of people"),
    (
        "item",
        "whom an item is about: its label is masked like the answers",
    ),
    ("survey", "the answers about people and accounts"),
    ("plan", "the parts in which people are settled"),
    ("plan_round", "what was submitted of them"),
    ("plan_change", "what is to change in them"),
    ("signature_person", "what of a signed content is of persons"),
    ("private_change", "before and after of such fields"),
];

/// Everything that was seeded about people: names, birth dates, account numbers.
async fn seeded(world: &World) -> Vec<String> {
    let found: Vec<String> = sqlx::query_scalar(
        "select distinct secret from (
             select name as secret from post_holder
             union select birth::text from post_holder where birth is not null
             union select row ->> 'name' from survey,
                 jsonb_array_elements(coalesce(answers -> 'SV-45', '[]')) as row
             union select answers ->> 'SV-42-2' from survey
         ) as seeded
         where length(secret) > 1
           -- Who also stands in the public register or signs for an organ is no secret by that.
           and secret not in (select legal_representative from association)
           and secret not in (select display_name from account)
           and not exists (select from survey, jsonb_each_text(answers) told
                           where told.key like 'SV-9%' and told.value = secret)
         order by secret",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(found.len() > 10, "{found:?}");
    found
}

/// Where any of them stands besides: table and how many rows.
async fn elsewhere(world: &World, secrets: &[String]) -> Vec<(String, i64, String)> {
    let tables: Vec<String> = sqlx::query_scalar(
        "select table_name::text from information_schema.tables
         where table_schema = 'public' and table_type = 'BASE TABLE'",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let mut found = Vec::new();
    for table in tables {
        if MEANT.iter().any(|(meant, _)| *meant == table) {
            continue;
        }
        let sql = format!(
            "select count(*), coalesce(min(left(t::text, 300)), '') from {table} t
             where exists (select from unnest($1::text[]) secret where position(secret in t::text) > 0)"
        );
        let (rows, one): (i64, String) = sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(secrets)
            .fetch_one(world.owner())
            .await
            .unwrap();
        if rows > 0 {
            found.push((table, rows, one));
        }
    }
    found
}

/// Nothing of people stands anywhere else, as long as this world went on.
pub async fn people_stand_in_their_tables(world: &World) {
    let secrets = seeded(world).await;
    assert_eq!(elsewhere(world, &secrets).await, vec![]);
    let logged = crate::world::logged();
    let told = secrets.iter().filter(|secret| logged.contains(*secret));
    assert_eq!(
        told.collect::<Vec<_>>(),
        Vec::<&String>::new(),
        "in the log"
    );
}

/// What leads from a page to others.
fn addresses(page: &scraper::Html) -> Vec<String> {
    let leads = scraper::Selector::parse("[href], [action], [formaction]").unwrap();
    let attributes = page.select(&leads).flat_map(|element| {
        let value = element.value();
        ["href", "action", "formaction"].map(|name| value.attr(name).map(str::to_owned))
    });
    let decoded = attributes.flatten().map(|address| {
        percent_encoding::percent_decode_str(&address)
            .decode_utf8_lossy()
            .into_owned()
    });
    decoded.collect()
}

#[tokio::test]
async fn s15_no_address_carries_a_person() {
    let world = World::demo().await;
    let secrets = seeded(&world).await;
    let id = world.association("汽车维修行业协会").await;
    for account in ["office", "jiaotong", "zuzhi"] {
        let cookie = world.sign_in(account).await;
        for page in ["posts", "history", "survey/answers", "plan", "progress", ""] {
            let path = format!("/associations/{id}/{page}");
            let opened = world.get(&cookie, path.trim_end_matches('/')).await;
            assert_eq!(opened.status, StatusCode::OK, "{account} {path}");
            for address in addresses(&opened.page()) {
                let carried = secrets.iter().find(|secret| address.contains(*secret));
                assert_eq!(carried, None, "{account} {path}: {address}");
            }
        }
    }
}

#[tokio::test]
async fn s15_people_stand_in_their_tables_only() {
    let world = World::demo().await;
    people_stand_in_their_tables(&world).await;
    // And after somebody has corrected a person and the accountants.
    let id = world.association("汽车维修行业协会").await;
    let person: i64 = sqlx::query_scalar(
        "select id from post_holder where association_id = $1 and name = '赵某'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let clerk = world.sign_in("jiaotong").await;
    let page = format!("/associations/{id}/posts/{person}/edit");
    let drawn = world.get(&clerk, &page).await.page();
    let forms = drawn_on(&world, &drawn, ("jiaotong", &clerk, &page));
    let form = forms
        .into_iter()
        .find(|form| form.fields.iter().any(|(name, _)| name == "birth"));
    let form = form.unwrap();
    let mut fields = form.fields.clone();
    for (name, value) in &mut fields {
        match name.as_str() {
            "name" => "赵改名".clone_into(value),
            "birth" => "1949-02-12".clone_into(value),
            _ => {}
        }
    }
    let answer = form.send(&world, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let mut secrets = seeded(&world).await;
    secrets.extend(["赵某".to_owned(), "1949-02-11".to_owned()]);
    assert_eq!(elsewhere(&world, &secrets).await, vec![]);
    // Who reads persons reads before and after in the case file, the others that there is more.
    let history = format!("/associations/{id}/history");
    let shown = world.get(&clerk, &history).await.body;
    assert!(shown.contains("赵改名") && shown.contains("1949-02-11"));
    let finance = world.sign_in("caizheng").await;
    let hidden = world.get(&finance, &history).await.body;
    assert!(!hidden.contains("赵改名") && hidden.contains("按权限查看"));
}
