//! The national scheme of 2019 is a folder of data and no code: its campaign opens
//! with a demonstration of its own, speaks its own words, and Lüyuan's database is
//! not mistaken for it.

use axum::http::StatusCode;
use tuogou::demo;
use tuogou::scheme::Scheme;

use crate::world::World;

/// What no page of another campaign may say.
const LUYUAN: [&str; 8] = [
    "绿园",
    "长春",
    "绿脱钩办",
    "区委",
    "区级",
    "区财政局",
    "二分之一",
    "2018年脱钩",
];

#[tokio::test]
async fn the_national_campaign_opens_with_its_own_demonstration() {
    let world = World::national().await;
    let mut states: Vec<String> = sqlx::query_scalar("select state from plan order by state")
        .fetch_all(world.owner())
        .await
        .unwrap();
    states.dedup();
    for wanted in [
        "approved",
        "draft",
        "implementing",
        "returned",
        "submitted",
        "under_review",
    ] {
        assert!(
            states.iter().any(|state| state == wanted),
            "{wanted}: {states:?}"
        );
    }
    let foreign = world
        .count("select count(*) from association where name not like '中国%' or uscc not like '51100000%'")
        .await;
    assert_eq!(foreign, 0);
    let number: String = sqlx::query_scalar("select reply_number from plan where reply_serial = 1")
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(number, "联组办函〔2019〕1号");
    // Seen two days after the end of implementation, as Lüyuan's is.
    let today = world.app.clock.today();
    let parameters = &world.scheme().campaign.parameters;
    assert!(
        parameters.implement_due < today && today < parameters.summary_due,
        "{today}"
    );
}

#[tokio::test]
async fn its_pages_speak_its_own_words() {
    let world = World::national().await;
    let id = world.association("中国内河航标制造协会").await;
    let unit: i64 = sqlx::query_scalar("select id from department where code = 'jiaotong'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let office = world.sign_in("office").await;
    let own = world.sign_in("jiaotong").await;
    let mut paths = vec![
        "/".to_owned(),
        "/associations".to_owned(),
        "/roster".to_owned(),
        "/approvals".to_owned(),
        "/dashboard".to_owned(),
        format!("/roster/{unit}"),
    ];
    for tail in [
        "",
        "/survey",
        "/survey/answers",
        "/plan",
        "/plan/reply",
        "/progress",
        "/scope",
        "/history",
    ] {
        paths.push(format!("/associations/{id}{tail}"));
    }
    for section in &world.scheme().survey.sections {
        paths.push(format!(
            "/associations/{id}/survey/sections/{}",
            section.code
        ));
    }
    for (who, cookie) in [("office", &office), ("jiaotong", &own)] {
        for path in &paths {
            let page = world.get(cookie, path).await;
            let missing = matches!(
                page.status,
                StatusCode::NOT_FOUND | StatusCode::INTERNAL_SERVER_ERROR
            );
            assert!(!missing, "{who} {path}: {}", page.status);
            for word in LUYUAN {
                assert!(!page.body.contains(word), "{who} {path} says {word}");
            }
        }
    }
    let roster = world.get(&office, &format!("/roster/{unit}")).await;
    assert!(roster.body.contains("应脱尽脱"), "{}", roster.body);
    assert!(
        roster
            .texts("[aria-label='推荐数的计算'] th")
            .iter()
            .any(|term| term.contains("应报") && term.contains("全部推荐"))
    );
    // The head of every page says the phase of its own campaign, that of its own day.
    let page = world.get(&own, "/").await;
    assert_eq!(page.texts(".the-day b"), ["总结评估阶段"]);
    assert_eq!(page.texts(".the-day .dates"), ["11-01至12-31"]);
    let today = format!("今天 {}（剩", world.app.clock.today());
    assert!(page.texts(".the-day")[0].contains(&today), "{today}");
}

#[tokio::test]
async fn all_that_should_take_part_do() {
    let world = World::national().await;
    let short = world
        .count("select count(*) from recommendation where required <> base or state = 'draft'")
        .await;
    assert_eq!(short, 0, "R = B for every unit that recommended");
}

#[tokio::test]
async fn a_database_made_for_one_scheme_refuses_another() {
    let world = World::national().await;
    let own = demo::ensure_campaign(&world.app.database, world.scheme()).await;
    assert!(own.is_ok());
    let other = Scheme::lvyuan_2018().unwrap();
    let refused = demo::ensure_campaign(&world.app.database, &other)
        .await
        .unwrap_err();
    let words = refused.to_string();
    for part in ["发改体改〔2019〕1063号", "长绿府发〔2018〕50号", "--scheme"] {
        assert!(words.contains(part), "{words}");
    }
}

#[tokio::test]
async fn a_body_founded_under_the_national_scheme_is_asked_too() {
    let world = World::national().await;
    let codes: Vec<&str> = world
        .scheme()
        .campaign
        .foundings
        .iter()
        .map(tuogou::scheme::founding::Founding::code)
        .collect();
    assert_eq!(codes.len(), 9);
    assert!(codes.iter().all(|code| code.starts_with("NA-2-")));
}
