//! What the timeline counts is what counting everything live gives, for everybody who reads
//! it: after the demonstration, after acts, and after an association has changed hands.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use tuogou::desk;
use tuogou::timeline::rules::Facts;
use tuogou::timeline::store::{self, Within, standing};

use crate::world::World;

/// The countings as they were before anything was kept.
const LIVE: &str = include_str!("../data/timeline_live.sql");

type Counted = BTreeMap<(String, i64), Facts>;

#[derive(sqlx::FromRow)]
struct Row {
    task: String,
    department: i64,
    total: i64,
    done: i64,
    late: i64,
    pending: i64,
    waiting: i64,
    started: bool,
    done_on: Option<chrono::NaiveDate>,
    open_due: Option<chrono::NaiveDate>,
    still: i64,
}

async fn live(world: &World, unit: Option<i64>) -> Counted {
    let scheme = world.scheme();
    let tracks = scheme.measures.tracks.iter();
    let five: Vec<&str> = tracks
        .filter(|track| track.counts_in_five)
        .map(|track| track.code.as_str())
        .collect();
    let tasks = scheme.timeline.tasks.iter();
    let pairs = tasks
        .filter(|task| task.measured == "measures")
        .flat_map(|task| task.measures.iter().map(|of| (task.code(), of.as_str())));
    let (tasks, measures): (Vec<&str>, Vec<&str>) = pairs.unzip();
    let rows: Vec<Row> = sqlx::query_as(LIVE)
        .bind(1_i32)
        .bind(unit)
        .bind(five)
        .bind(tasks)
        .bind(measures)
        .bind(scheme.campaign.parameters.issue_date)
        .fetch_all(world.owner())
        .await
        .unwrap();
    let rows = rows.into_iter().map(|row| {
        let facts = Facts {
            total: row.total,
            done: row.done,
            late: row.late,
            pending: row.pending,
            waiting: row.waiting,
            started: row.started,
            done_on: row.done_on,
            open_due: row.open_due,
            still: row.still,
        };
        ((row.task, row.department), facts)
    });
    rows.collect()
}

/// What the pages of all tasks say.
async fn kept(world: &World, unit: Option<i64>) -> Counted {
    let scheme = world.scheme();
    let mut db = world.db().await;
    let names = store::departments(&mut db).await.unwrap();
    let within = Within {
        unit,
        association: None,
        issued: scheme.campaign.parameters.issue_date,
    };
    let mut found = Counted::new();
    // Tasks that consist of dockets are counted live: there is nothing to compare.
    let tasks = scheme.timeline.tasks.iter();
    for task in tasks.filter(|task| task.measured != "dockets") {
        let measured = store::measured(&mut db, scheme, within, (&names, Some(task)));
        let mut measured = measured.await.unwrap();
        let by = measured.remove(task.code()).unwrap_or_default().by;
        let key = standing::key(task);
        found.extend(
            by.into_iter()
                .map(|(id, facts)| ((key.to_owned(), id), facts)),
        );
    }
    found
}

/// Everybody's figures, the whole campaign's and each unit's.
async fn same(world: &World, after: &str) {
    let units: Vec<i64> = sqlx::query_scalar("select id from department order by id")
        .fetch_all(world.owner())
        .await
        .unwrap();
    for unit in std::iter::once(None).chain(units.into_iter().map(Some)) {
        let live = live(world, unit).await;
        let mut kept = kept(world, unit).await;
        kept.retain(|(task, _), _| counted(task));
        assert_eq!(kept, live, "{unit:?} after {after}");
    }
}

/// Whether a task is counted of each association; the others are the units' and the office's.
fn counted(task: &str) -> bool {
    let others = [
        "group",
        "liaison",
        "timetable",
        "risks",
        "recommendation",
        "publication",
        "",
    ];
    !others.contains(&task)
}

async fn act(world: &World, user: &str, at: (&str, &str), typed: &[(&str, &str)]) {
    let cookie = world.sign_in(user).await;
    let answer = world.submit(&cookie, at, typed).await;
    assert_eq!(
        answer.status,
        StatusCode::SEE_OTHER,
        "{at:?}: {}",
        answer.body
    );
    same(world, at.1).await;
}

#[tokio::test]
async fn figures_are_those_of_counting_live() {
    let national = World::national().await;
    same(&national, "the national demonstration").await;
    let world = World::demo().await;
    same(&world, "the demonstration").await;

    let milk = world.association("奶业协会").await;
    let back = format!("/associations/{milk}/survey/return");
    let opinion = [("SV-18-1", "请填写联系人真实姓名")];
    act(&world, "office", (&back, &back), &opinion).await;

    let example = world.association("汽车维修行业协会").await;
    let plan = format!("/associations/{example}/plan");
    let suspension = format!("{plan}/suspension");
    let why = [
        ("reason", "涉及诉讼，暂停办理"),
        ("expected_on", "2018-12-20"),
    ];
    act(&world, "office-lead", (&suspension, &suspension), &why).await;
    let resumption = format!("{plan}/resumption");
    act(
        &world,
        "office-lead",
        (&resumption, &resumption),
        &[("reason", "诉讼已结")],
    )
    .await;

    let unit = world
        .count("select id from department where code = 'gongxin'")
        .await;
    let unit = unit.to_string();
    let change = format!("/associations/{example}/unit");
    let handed = [
        ("unit", unit.as_str()),
        ("on", "2018-11-20"),
        ("document", "绿编发〔2018〕15号"),
        ("document_date", "2018-11-19"),
    ];
    act(&world, "minzheng", (&change, &change), &handed).await;

    let page = "/timeline/PH-15";
    let window = [
        ("from", "2018-10-25"),
        ("due", "2018-12-20"),
        ("reason", "顺延"),
    ];
    act(&world, "office-lead", (page, page), &window).await;
}

#[tokio::test]
async fn what_was_changed_by_hand_is_found_and_put_right() {
    let world = World::demo().await;
    for by_hand in [
        "update task_count set done = done + 1 where task = 'survey'",
        "delete from task_count where task = 'plan'",
        "update task_standing set total = total + 1 where task = 'items'",
        "delete from task_standing where task = 'reply'",
        "delete from task_standing; delete from task_count; delete from desk_day",
    ] {
        sqlx::raw_sql(by_hand).execute(world.owner()).await.unwrap();
        let today = world.app.clock.today();
        assert!(
            !world.differences().await.is_empty() || by_hand.contains("desk_day"),
            "{by_hand}"
        );
        desk::rebuild(&world.app, today).await.unwrap();
        assert!(world.differences().await.is_empty(), "{by_hand}");
        same(&world, by_hand).await;
    }
}
