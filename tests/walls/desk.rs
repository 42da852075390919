//! The desk is what the states say: after the demonstration, after acts of many kinds, and
//! while the day moves.

use chrono::{NaiveDate, TimeDelta};

use axum::http::StatusCode;
use tuogou::database::Under;
use tuogou::desk;

use crate::world::World;

/// Where the desk is not what the states say, as of the world's day.
async fn differences(world: &World) -> Vec<String> {
    world.app.brought_up().await.unwrap();
    let day = world.app.clock.today();
    let app = world.app.on(day).await.unwrap();
    let scheme = app.scheme.as_ref();
    let mut db = world.db().await;
    let found = desk::verify(&mut db, Under { scheme, day }).await.unwrap();
    found.iter().map(ToString::to_string).collect()
}

async fn holds(world: &World, after: &str) {
    let found = differences(world).await;
    assert!(found.is_empty(), "after {after}: {found:#?}");
}

/// Sends a page's form, which must be acted on, and looks at all desks.
async fn act(world: &World, user: &str, at: (&str, &str), typed: &[(&str, &str)]) {
    let cookie = world.sign_in(user).await;
    let answer = world.submit(&cookie, at, typed).await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "{at:?}: {}",
        answer.body
    );
    holds(world, at.1).await;
}

async fn kinds(world: &World) -> Vec<String> {
    sqlx::query_scalar("select distinct kind from desk order by kind")
        .fetch_all(world.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn after_the_demonstration() {
    for world in [World::demo().await, World::national().await] {
        holds(&world, "the demonstration").await;
        let kinds = kinds(&world).await;
        for kind in ["survey", "plan", "item"] {
            assert!(kinds.iter().any(|known| known == kind), "{kind}: {kinds:?}");
        }
    }
}

#[tokio::test]
async fn a_desk_made_anew_is_the_same() {
    let world = World::demo().await;
    sqlx::raw_sql("delete from desk; delete from desk_day")
        .execute(world.owner())
        .await
        .unwrap();
    assert!(!desk_is_there(&world).await);
    holds(&world, "it was thrown away").await;
    assert!(desk_is_there(&world).await);
    // What somebody wrote into it by hand is found, and put right.
    sqlx::raw_sql("delete from desk where kind = 'plan'; update desk set count = count + 1 where kind = 'item'")
        .execute(world.owner())
        .await
        .unwrap();
    assert!(!differences(&world).await.is_empty());
    desk::rebuild(&world.app, world.app.clock.today())
        .await
        .unwrap();
    holds(&world, "it was made anew").await;
}

async fn desk_is_there(world: &World) -> bool {
    sqlx::query_scalar("select exists (select from desk)")
        .fetch_one(world.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn after_each_act() {
    let world = World::demo().await;
    let milk = world.association("奶业协会").await;
    let survey = format!("/associations/{milk}/survey");
    let back = format!("{survey}/return");
    let opinion = [("SV-18-1", "请填写联系人真实姓名")];
    act(&world, "office", (&back, &back), &opinion).await;

    let example = world.association("汽车维修行业协会").await;
    let survey = format!("/associations/{example}/survey");
    let edition = format!("{survey}/edition");
    let why = [("reason", "核对人员情况")];
    act(&world, "office-lead", (&survey, &edition), &why).await;

    let plan = format!("/associations/{example}/plan");
    let suspension = format!("{plan}/suspension");
    let why = [("reason", "涉及诉讼，暂停办理")];
    act(&world, "office-lead", (&suspension, &suspension), &why).await;
    let rests: bool = sqlx::query_scalar(
        "select bool_and(suspended) from desk where association_id = $1 and kind in ('item', 'plan')",
    )
    .bind(example)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert!(rests);
    let resumption = format!("{plan}/resumption");
    let why = [("reason", "诉讼已结")];
    act(&world, "office-lead", (&resumption, &resumption), &why).await;

    let exit = format!("/associations/{example}/exit");
    let written = [
        ("kind", "deregistered"),
        ("survivor", ""),
        ("reason", "会员大会决议"),
        ("document", "绿交报〔2018〕9号"),
    ];
    act(&world, "jiaotong", (&exit, &exit), &written).await;
    let proposal = format!("{exit}/proposal");
    act(&world, "jiaotong-lead", (&exit, &proposal), &[]).await;
    let refusal = format!("{exit}/refusal");
    let why = [("refusal", "请先完成清算")];
    act(&world, "minzheng", (&exit, &refusal), &why).await;
    act(&world, "jiaotong", (&exit, &exit), &written).await;
    act(&world, "jiaotong-lead", (&exit, &proposal), &[]).await;
    let decision = format!("{exit}/decision");
    let decided = [("number", "绿民注〔2018〕7号"), ("date", "2018-11-22")];
    act(&world, "minzheng", (&exit, &decision), &decided).await;
    let left: i64 = sqlx::query_scalar("select count(*) from desk where association_id = $1")
        .bind(example)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(left, 0, "who has left is on no desk");

    for (task, due) in [("PH-01", "2018-12-03"), ("PH-05", "2018-12-05")] {
        let page = format!("/timeline/{task}");
        let window = [("from", "2018-08-09"), ("due", due), ("reason", "延长")];
        act(&world, "office-lead", (&page, &page), &window).await;
    }
    let page = "/settings/prior_approval_sla_workdays";
    let value = [
        ("value", "9"),
        ("effective_on", "2018-11-22"),
        ("reason", "绿脱钩办〔2018〕19号"),
    ];
    act(&world, "office-lead", (page, page), &value).await;
}

/// A sequence that looks like chance and is the same each time.
fn next(seed: &mut u64) -> u64 {
    *seed = seed
        .wrapping_mul(6_364_136_223_846_793_005)
        .wrapping_add(1_442_695_040_888_963_407);
    *seed >> 33
}

fn on(day: NaiveDate) -> chrono::NaiveDateTime {
    day.and_hms_opt(9, 0, 0).unwrap()
}

/// Parameters that take effect later, delegations that begin and end, and days on which
/// nobody opened a page: the day is one of the inputs, and the way to it is not.
#[tokio::test]
async fn while_the_day_moves() {
    let world = World::demo().await;
    let first = world.app.clock.today();
    let settings = [
        ("survey_due", "2018-12-20", 3),
        ("plan_submit_due", "2018-12-24", 8),
        ("office_review_sla_workdays", "3", 12),
        ("resubmit_workdays", "6", 21),
    ];
    for (name, value, days) in settings {
        let page = format!("/settings/{name}");
        let from = (first + TimeDelta::days(days)).to_string();
        let typed = [
            ("value", value),
            ("effective_on", from.as_str()),
            ("reason", "绿脱钩办〔2018〕20号"),
        ];
        act(&world, "office-lead", (&page, &page), &typed).await;
    }
    let mut seed = 20_181_122;
    let mut day = first;
    for step in 0..24 {
        // Sometimes the day goes back, as the demonstration's does.
        let days = i64::try_from(next(&mut seed) % 9).unwrap();
        day = if step % 7 == 6 {
            first
        } else {
            day + TimeDelta::days(days)
        };
        world.app.clock.move_to(on(day));
        holds(&world, &format!("the day is {day}")).await;
        let cold = world.sign_in("office").await;
        assert_eq!(world.get(&cold, "/").await.status, StatusCode::OK);
    }
}
