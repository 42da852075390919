//! The desk is what the states say: after the demonstration, after acts of many kinds, and
//! while the day moves.

use chrono::{NaiveDate, TimeDelta};

use axum::http::StatusCode;
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use tuogou::database::lock_desks;
use tuogou::desk;

use crate::world::World;

async fn holds(world: &World, after: &str) {
    let found = world.differences().await;
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
    assert!(!world.differences().await.is_empty());
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
    let sql = "select max(s.id) from survey s join association a on a.id = s.association_id where a.name like '%汽车维修%'";
    let case = world.count(sql).await;
    let asking = format!("/associations/{example}/corrections/survey/{case}");
    let why = [("correction", "人员情况有误")];
    act(&world, "jiaotong-lead", (&survey, &asking), &why).await;
    let edition = format!("{survey}/edition");
    let why = [("reason", "核对人员情况")];
    act(&world, "office-lead", (&survey, &edition), &why).await;

    let plan = format!("/associations/{example}/plan");
    let suspension = format!("{plan}/suspension");
    let why = [
        ("reason", "涉及诉讼，暂停办理"),
        ("expected_on", "2018-12-20"),
    ];
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

/// What happens between two days, or without any day.
#[derive(Debug, Clone)]
enum Step {
    /// So many days nobody opens a page.
    Skip(i64),
    /// The demonstration's day again.
    Back,
    /// The office's head moves the end of a task.
    Window(&'static str, i64),
    /// A parameter changes from a later day on.
    Days(&'static str, i64, i64),
    /// A date of the scheme changes from a later day on.
    Date(&'static str, i64, i64),
    /// A leader is away for some days.
    Lend(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let tasks = prop::sample::select(vec!["PH-01", "PH-04", "PH-05", "PH-11"]);
    let spans = prop::sample::select(vec![
        "office_review_sla_workdays",
        "prior_approval_sla_workdays",
        "resubmit_workdays",
        "linked_reply_workdays",
    ]);
    let dates = prop::sample::select(vec!["survey_due", "plan_submit_due"]);
    let step = prop_oneof![
        4 => (0_i64..30).prop_map(Step::Skip),
        1 => Just(Step::Back),
        2 => (tasks, 1_i64..40).prop_map(|(task, days)| Step::Window(task, days)),
        2 => (spans, 1_i64..12, 0_i64..20).prop_map(|(name, value, from)| Step::Days(name, value, from)),
        1 => (dates, 20_i64..60, 1_i64..20).prop_map(|(name, value, from)| Step::Date(name, value, from)),
        1 => (1_i64..20).prop_map(Step::Lend),
    ];
    prop::collection::vec(step, 6..12)
}

fn on(day: NaiveDate) -> chrono::NaiveDateTime {
    day.and_hms_opt(9, 0, 0).unwrap()
}

/// Sends a form that perhaps is refused on that day; the desk must hold either way.
async fn tried(world: &World, user: &str, at: (&str, &str), typed: &[(&str, &str)]) {
    let cookie = world.sign_in(user).await;
    let answer = world.submit(&cookie, at, typed).await;
    assert!(!answer.status.is_server_error(), "{at:?}: {}", answer.body);
}

/// A window or a parameter is changed by the office's head.
async fn decided(world: &World, page: &str, typed: &[(&str, &str)]) {
    tried(world, "office-lead", (page, page), typed).await;
}

async fn go(world: &World, first: NaiveDate, step: &Step) {
    let today = world.app.clock.today();
    let after = |days: i64| (today + TimeDelta::days(days)).to_string();
    match *step {
        Step::Skip(days) => world.app.clock.move_to(on(today + TimeDelta::days(days))),
        Step::Back => world.app.clock.move_to(on(first)),
        Step::Window(task, days) => {
            let page = format!("/timeline/{task}");
            let due = after(days);
            let typed = [
                ("from", "2018-08-09"),
                ("due", due.as_str()),
                ("reason", "延长时间"),
            ];
            decided(world, &page, &typed).await;
        }
        Step::Days(name, value, from) => {
            let page = format!("/settings/{name}");
            let (value, from) = (value.to_string(), after(from));
            let typed = [
                ("value", value.as_str()),
                ("effective_on", from.as_str()),
                ("reason", "绿脱钩办〔2018〕20号"),
            ];
            decided(world, &page, &typed).await;
        }
        Step::Date(name, value, from) => {
            let page = format!("/settings/{name}");
            let (value, from) = (after(value), after(from));
            let typed = [
                ("value", value.as_str()),
                ("effective_on", from.as_str()),
                ("reason", "绿脱钩办〔2018〕20号"),
            ];
            decided(world, &page, &typed).await;
        }
        Step::Lend(days) => {
            let delegate: i64 =
                sqlx::query_scalar("select id from account where username = 'nongye'")
                    .fetch_one(world.owner())
                    .await
                    .unwrap();
            let (delegate, from, to) = (delegate.to_string(), after(0), after(days));
            let typed = [
                ("delegate", delegate.as_str()),
                ("from_on", from.as_str()),
                ("to_on", to.as_str()),
                ("document", "农函〔2018〕31号"),
            ];
            let page = "/delegations/new";
            tried(world, "nongye-lead", (page, page), &typed).await;
        }
    }
}

/// Parameters that take effect later, windows that are moved, delegations that begin and
/// end, and days on which nobody opened a page: the day is one of the inputs, and the way to
/// it is not.
#[tokio::test]
async fn while_the_day_moves() {
    let mut runner = TestRunner::deterministic();
    for _ in 0..4 {
        let way = steps().new_tree(&mut runner).unwrap().current();
        let world = World::demo().await;
        let first = world.app.clock.today();
        for (number, step) in way.iter().enumerate() {
            go(&world, first, step).await;
            let day = world.app.clock.today();
            holds(&world, &format!("step {number} of {way:?} on {day}")).await;
            let cold = world.sign_in("office").await;
            assert_eq!(world.get(&cold, "/").await.status, StatusCode::OK);
        }
    }
}

/// More desks than a server keeps locks for, as a register of 70,000 rows brings them: one lock,
/// for which whoever comes to one of them waits.
#[tokio::test]
async fn the_desks_of_a_large_spreadsheet_are_locked_as_one() {
    let world = World::demo().await;
    let database = &world.app.database;
    let many: Vec<i64> = (1..=20_000).collect();
    let mut large = database.upkeep().await.unwrap();
    lock_desks(&mut large, &many, &[]).await.unwrap();
    let mut small = database.upkeep().await.unwrap();
    sqlx::query("set local lock_timeout = '1ms'")
        .execute(small.connection())
        .await
        .unwrap();
    let waits = lock_desks(&mut small, &[1], &[]).await.unwrap_err();
    let code = waits
        .as_database_error()
        .and_then(sqlx::error::DatabaseError::code);
    assert_eq!(code.as_deref(), Some("55P03"), "{waits}");
    drop(small);
    large.done().await.unwrap();
    let mut small = database.upkeep().await.unwrap();
    lock_desks(&mut small, &[1], &[]).await.unwrap();
    small.done().await.unwrap();
}
