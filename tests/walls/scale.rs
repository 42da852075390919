//! A city's register of 70,000 associations: lists, filters, searches and figures
//! find their rows by indexes. The small test looks at the plans at 20,000 rows;
//! the ignored one measures at 70,000 and writes docs/measurements.md:
//! `TUOGOU_WRITE_DOCS=1 cargo test --test integration -- --ignored seventy_thousand`.

use std::fmt::Write as _;
use std::time::Instant;

use axum::http::StatusCode;

use super::queries::Listening;
use crate::world::World;

/// Tables that grow with the register; in none of them a page may read every row.
const GROWING: [&str; 7] = [
    "association",
    "association_progress",
    "item",
    "survey",
    "plan",
    "tie",
    "act_record",
];

/// Words of nearly every name: counting them stops at 1001, so any row will do.
const EVERYWHERE: &str = "行业";

/// Fills the register; `$1` is the number of associations.
const FILL: [&str; 8] = [
    "insert into department (campaign_id, code, name, short_name, kind, supervises)
     select 1, 'district-' || n, '第' || n || '单位', '单位' || n, 'organ', true
     from generate_series(1, $1::int / 350) n",
    "insert into association (campaign_id, name, name_key, grams, initials, sort_key, certificate_no, registered_on,
         registrar, org_type, domicile, legal_representative, business_scope, member_basis, department_id,
         scope_computed, scope, stage)
     select 1, name, name,
         (select array_agg(distinct piece) from (
             select substr(name, i, 1) from generate_series(1, length(name)) i
             union all select substr(name, i, 2) from generate_series(1, length(name) - 1) i) pieces(piece)),
         initials, initials || n, '证' || n, date '1990-01-01' + n % 9000, '局', '社会团体', '路', '人', '业',
         'same_activity_units', units[1 + n % array_length(units, 1)], 'in',
         (array['in', 'in', 'in', 'undecided', 'out', 'defer'])[1 + n % 6],
         (array['registered', 'surveying', 'survey_submitted', 'survey_confirmed', 'listed', 'plan_draft',
             'plan_submitted', 'plan_approved', 'implementing', 'five_done'])[1 + n % 10]
     from (select n, chr(19968 + n * 7 % 3000) || chr(19968 + n * 13 % 5000) || chr(19968 + n * 29 % 4000) || '行业协会' || n as name,
             chr(97 + n % 26) || chr(97 + n * 7 % 26) || chr(97 + n * 11 % 26) || chr(97 + n / 26 % 26) || 'hyxh' as initials
         from generate_series(1, $1::int) n) named,
         (select array_agg(id) as units from department where code like 'district-%') u",
    "insert into tie (campaign_id, association_id, kind, department_id, basis, is_primary)
     select 1, id, 'supervise', department_id, '三定', true from association where domicile = '路' and $1::int > 0",
    "insert into survey (campaign_id, association_id, edition, state)
     select 1, id, 1, case stage when 'surveying' then 'draft' when 'survey_submitted' then 'submitted' else 'confirmed' end
     from association where domicile = '路' and stage <> 'registered' and $1::int > 0",
    "insert into plan (campaign_id, association_id, survey_id, state)
     select 1, a.id, s.id, case a.stage when 'plan_draft' then 'draft' when 'plan_submitted' then 'submitted'
         when 'plan_approved' then 'approved' else 'implementing' end
     from association a join survey s on s.campaign_id = 1 and s.association_id = a.id
     where domicile = '路' and stage in ('plan_draft', 'plan_submitted', 'plan_approved', 'implementing', 'five_done') and $1::int > 0",
    "insert into association_progress (campaign_id, association_id, track, applicable, resolved, next_deadline)
     select 1, a.id, 'T' || t, 5, case when a.id % 3 = 0 then 5 else a.id % 5 end,
         case when a.id % 3 = 0 then null else date '2018-11-01' + (a.id % 60)::int end
     from association a, generate_series(1, 6) t
     where domicile = '路' and stage in ('implementing', 'five_done') and $1::int > 0",
    "insert into item (campaign_id, association_id, department_id, measure, track, mandatory, state, deadline, reported_on)
     select 1, a.id, a.department_id, 'T1-' || lpad(m::text, 2, '0'), 'T' || (1 + m % 5), true,
         (array['open', 'in_progress', 'reported_done', 'returned'])[1 + (a.id + m) % 4],
         date '2018-11-01' + ((a.id * m) % 60)::int, date '2018-11-01'
     from association a, generate_series(1, 10) m
     where domicile = '路' and stage = 'implementing' and $1::int > 0",
    "insert into act_record (campaign_id, act, subject_kind, subject_id, association_id, account_id, actor_name,
         actor_role, actor_department, sentence, at)
     select 1, 'association.create', 'association', id, id, 1, '人', '角色', '单位', '登记协会', now()
     from association where domicile = '路' and $1::int > 0",
];

/// A demonstration with so many associations more.
async fn city(rows: i32) -> World {
    let world = World::demo().await;
    for sql in FILL {
        sqlx::query(sql)
            .bind(rows)
            .execute(world.owner())
            .await
            .unwrap();
    }
    sqlx::query("vacuum analyze")
        .execute(world.owner())
        .await
        .unwrap();
    world
}

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
        "q",
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
        "light=red",
        "light=yellow",
        "department={unit}&scope=in",
        "department={unit}&light=red",
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
        pages.push(("gongxin", format!("/associations?sort={sort}")));
    }
    pages.push(("gongxin", format!("/associations?q={}", encoded("零部"))));
    for username in [
        "office",
        "office-lead",
        "minzheng",
        "caizheng",
        "gongxin",
        "gongxin-lead",
        "xiehui",
    ] {
        pages.push((username, "/".to_owned()));
    }
    for (username, path) in [
        ("minzheng-lead", "/dashboard"),
        ("gongxin-lead", "/dashboard"),
        ("caizheng", "/dashboard"),
        ("office", "/roster"),
        ("office", "/roster/{unit}"),
        ("office", "/approvals"),
        ("caizheng", "/approvals"),
        ("gongxin", "/approvals"),
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
    let unit: i64 =
        sqlx::query_scalar("select max(id) from department where code like 'district-%'")
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

/// Tables of which a plan reads every row.
fn walked(plan: &str) -> Vec<&'static str> {
    GROWING
        .into_iter()
        .filter(|table| plan.contains(&format!("Seq Scan on {table} ")))
        .collect()
}

#[tokio::test]
async fn every_list_finds_its_rows_by_an_index() {
    let world = city(20_000).await;
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
            let walked = walked(&heard.text);
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

#[tokio::test]
#[ignore = "measures for a minute; run it by its name"]
async fn seventy_thousand_associations_are_measured() {
    let begun = Instant::now();
    let world = city(70_000).await;
    let filled = begun.elapsed();
    let mut lines = Vec::new();
    for (username, cookie, path) in addresses(&world).await {
        let mut times = Vec::new();
        let mut bytes = 0;
        for _ in 0..7 {
            let begun = Instant::now();
            let answer = world.get(&cookie, &path).await;
            times.push(begun.elapsed().as_micros());
            assert_eq!(answer.status, StatusCode::OK, "{path}");
            bytes = answer.body.len();
        }
        times.sort_unstable();
        lines.push((times[3], times[6], bytes, format!("{username} {path}")));
    }
    let mut text = String::from(
        "# Measurements\n\nA register of 70,000 associations in 200 units (42,000 plans, 84,000 counters, 70,000 items), \
         written by the ignored test `walls::scale`:\n\
         `TUOGOU_WRITE_DOCS=1 cargo test --test integration -- --ignored seventy_thousand`.\n\
         Whole answers of the router (session, guard, queries, page) without network, seven times each, on two cores,\n\
         by the unoptimised test build: the release build is faster.\n\n\
         | account and page | median ms | slowest ms | KB |\n|---|---:|---:|---:|\n",
    );
    for (median, slowest, bytes, path) in &lines {
        let milli = |micros: u128| format!("{}.{}", micros / 1000, micros % 1000 / 100);
        let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
        let _ = writeln!(
            text,
            "| `{path}` | {} | {} | {} |",
            milli(*median),
            milli(*slowest),
            bytes / 1024
        );
    }
    println!("filled in {filled:?}\n{text}");
    if std::env::var_os("TUOGOU_WRITE_DOCS").is_some() {
        std::fs::write("docs/measurements.md", text).unwrap();
    }
}
