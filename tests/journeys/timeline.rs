//! The timeline: computed states, a window moved on record, what has changed.

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn a_window_is_moved_by_the_head_with_reason_and_the_old_days_kept() {
    let world = World::demo().await;
    let head = world.sign_in("office-lead").await;
    let page = world.get(&head, "/timeline").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.texts(".ledger tbody th[scope='row']").len(), 30);
    // A bar for each whose state is computed, under its phase; the others are folded away.
    let bars = page.texts(".gantt .g-line title").len();
    let outside = page.texts("[aria-label='尚未纳入系统办理的任务'] tbody tr");
    assert_eq!(bars + outside.len(), 30);
    assert_eq!(page.texts(".gantt th[scope='rowgroup']").len(), 4);
    // 教育局 has no work group; nobody registers the evaluation yet.
    let page = world.get(&head, "/timeline/PH-01").await;
    assert!(page.body.contains("逾期90天") && page.body.contains("教育局"));
    let page = world.get(&head, "/timeline/PH-20").await;
    assert!(page.body.contains("尚未纳入系统办理") && page.body.contains("2018-11-23"));

    let fields = |version, due, reason| {
        [
            ("version", version),
            ("from", "2018-08-09"),
            ("due", due),
            ("reason", reason),
        ]
    };
    for (due, reason) in [
        ("2018-12-01", ""),
        ("2018-08-01", "早"),
        ("2018-08-24", "同"),
    ] {
        let answer = world
            .post(&head, "/timeline/PH-01", &fields("0", due, reason))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{due}");
    }
    let clerk = world.sign_in("office").await;
    let good = fields("0", "2018-12-01", "教育局职能调整");
    let answer = world.post(&clerk, "/timeline/PH-01", &good).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let answer = world.post(&head, "/timeline/PH-01", &good).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let answer = world
        .post(&head, "/timeline/PH-01", &fields("0", "2018-12-02", "再"))
        .await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let page = world.get(&head, "/timeline/PH-01").await;
    assert!(page.body.contains("2018-08-09至2018-08-24") && page.body.contains("教育局职能调整"));
    assert!(!page.body.contains("逾期90天"));
    // A running task has no end to be moved.
    let answer = world.post(&head, "/timeline/PH-16", &good).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn units_see_their_own_part_and_associations_their_own_matters() {
    let world = World::demo().await;
    let unit = world.sign_in("shangwu").await;
    let page = world.get(&unit, "/timeline/PH-01").await;
    assert!(page.body.contains("商务局") && !page.body.contains("教育局"));
    let own = world.sign_in("xiehui").await;
    let page = world.get(&own, "/timeline").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("PH-01") && page.body.contains("PH-15"));
    let filtered = world.get(&unit, "/timeline?state=late").await;
    for state in filtered.texts(".ledger .mark") {
        assert!(state.contains("逾期"), "{state}");
    }
}

#[tokio::test]
async fn what_changed_is_what_others_did_since_the_last_visit_within_reach() {
    let world = World::demo().await;
    let first = world.sign_in("jiaotong-lead").await;
    let clerk = world.sign_in("jiaotong").await;
    let own = world.association("物流行业协会").await;
    for (key, number) in [("0123456789abcdea", own)] {
        let answer = world
            .post(
                &clerk,
                &format!("/associations/{number}/activities/new"),
                &[
                    ("request_id", key),
                    ("version", "0"),
                    ("kind", "event"),
                    ("title", "物流行业展会"),
                    ("held_on", "2018-12-01"),
                    ("amount", ""),
                    ("procedure", "报业务主管单位批准"),
                    ("candidates", ""),
                ],
            )
            .await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    }
    // Seen from the next session: the leader's first sign-in was the last visit.
    drop(first);
    let again = world.sign_in("jiaotong-lead").await;
    let page = world.get(&again, "/changes").await;
    assert!(page.body.contains("物流行业展会"), "{}", page.body);
    assert_eq!(page.texts("ol.timeline li").len(), 1);
    // One's own acts and other units' are not told.
    let page = world.get(&clerk, "/changes?since=2018-11-22").await;
    assert!(!page.body.contains("物流行业展会"));
    let other = world.sign_in("shangwu").await;
    let page = world.get(&other, "/changes?since=2018-08-01").await;
    assert!(!page.body.contains("物流") && page.body.contains("餐饮业商会"));
    let page = world.get(&other, "/changes?since=foo").await;
    assert_eq!(page.status, StatusCode::OK);
}

/// Item, state, deadline and whether a department granted its day.
type Due = (i64, String, String, String, bool);

async fn dues(world: &World) -> Vec<Due> {
    sqlx::query_as(
        "select i.id, i.measure, i.state, i.deadline::text,
                exists (select 1 from item_extension e where e.item_id = i.id and e.state = 'granted')
         from item i order by i.id",
    )
    .fetch_all(world.owner())
    .await
    .unwrap()
}

#[tokio::test]
async fn a_moved_stage_takes_the_open_items_that_are_due_on_its_day_and_no_others() {
    let world = World::demo().await;
    let before = dues(&world).await;
    let open = |state: &str| {
        [
            "open",
            "in_progress",
            "for_signature",
            "reported_done",
            "returned",
        ]
        .contains(&state)
    };
    let follows = |(_, _, state, deadline, granted): &Due| {
        open(state) && deadline == "2018-11-20" && !granted
    };
    let expected = before.iter().filter(|due| follows(due)).count();
    assert!(expected > 10, "{expected}");
    assert!(expected < before.len());

    let head = world.sign_in("office-lead").await;
    let fields = [
        ("version", "0"),
        ("from", "2018-10-01"),
        ("due", "2018-11-27"),
        ("reason", "全区统一顺延一周"),
    ];
    let answer = world.post(&head, "/timeline/PH-15", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let after = dues(&world).await;
    let mut moved = None;
    for (was, is) in before.iter().zip(&after) {
        let day = if follows(was) { "2018-11-27" } else { &was.3 };
        assert_eq!(is.3, day, "{was:?}");
        if follows(was) {
            moved = Some(was.0);
        }
    }
    // One act with its reason; the item's own history says it.
    let item = moved.unwrap();
    let (association, records): (i64, i64) = sqlx::query_as(
        "select i.association_id, (select count(*) from act_record r where r.subject_kind = 'item' and r.subject_id = i.id
             and r.act = 'timeline.move' and r.opinion = '全区统一顺延一周')
         from item i where i.id = $1",
    )
    .bind(item)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(records, 1);
    let page = world
        .get(
            &head,
            &format!("/associations/{association}/progress/{item}"),
        )
        .await;
    assert!(
        page.body.contains("时限由2018-11-20调整为2018-11-27"),
        "{}",
        page.body
    );
    // Counters follow: what was late on the 22nd is late no more.
    let drift = tuogou::progress::counters::drift(&mut world.db().await, world.scheme())
        .await
        .unwrap();
    assert!(drift.is_empty(), "{drift:?}");
}

#[tokio::test]
async fn a_moved_window_that_no_item_rests_on_moves_no_item() {
    let world = World::demo().await;
    let before = dues(&world).await;
    let head = world.sign_in("office-lead").await;
    let fields = [
        ("version", "0"),
        ("from", "2018-10-01"),
        ("due", "2018-11-12"),
        ("reason", "中期报告顺延"),
    ];
    let answer = world.post(&head, "/timeline/PH-17", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(dues(&world).await, before);
}

/// Moves the end of implementation through the page.
async fn move_stage(world: &World, (version, due): (&str, &str), reason: &str) {
    let head = world.sign_in("office-lead").await;
    let fields = [
        ("version", version),
        ("from", "2018-10-01"),
        ("due", due),
        ("reason", reason),
    ];
    let answer = world.post(&head, "/timeline/PH-15", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// The office approves a plan that it reviews, its unit begins it; the association.
async fn begin(world: &World) -> i64 {
    let association = world.association("物流行业协会").await;
    let version = || async {
        let sql = "select version from plan where association_id = $1";
        let version: i32 = sqlx::query_scalar(sql)
            .bind(association)
            .fetch_one(world.owner())
            .await
            .unwrap();
        version.to_string()
    };
    let head = world.sign_in("office-lead").await;
    let path = format!("/associations/{association}/plan/reply");
    let fields = [
        ("version", &*version().await),
        ("conditions", ""),
        ("opinion", ""),
    ];
    let answer = world.post(&head, &path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let leader = world.sign_in("jiaotong-lead").await;
    let path = format!("/associations/{association}/plan/beginning");
    let fields = [("version", &*version().await)];
    let answer = world.post(&leader, &path, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    association
}

/// Days of an association's items with what gives them, and how many.
async fn days_of(world: &World, association: i64) -> Vec<(String, String, i64)> {
    sqlx::query_as(
        "select deadline::text, due_by, count(*) from item where association_id = $1 group by 1, 2 order by 1, 2",
    )
    .bind(association)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

#[tokio::test]
async fn a_moved_stage_reaches_checklists_begun_afterwards() {
    let plain = World::demo().await;
    let association = begin(&plain).await;
    let before = days_of(&plain, association).await;
    let on_stage = |days: &[(String, String, i64)], day: &str| -> i64 {
        let found = days
            .iter()
            .filter(|(on, by, _)| on == day && by == "implement_due");
        found.map(|(_, _, count)| count).sum()
    };
    // The reply of 11-22 comes after the stage: nothing is born late (FD-2).
    assert_eq!(on_stage(&before, "2018-11-20"), 0, "{before:?}");
    let given = |days: &[(String, String, i64)]| -> i64 {
        let given = days.iter().filter(|(_, by, _)| by == "reply");
        given.map(|(_, _, count)| count).sum()
    };
    assert!(given(&before) > 0, "{before:?}");

    let world = World::demo().await;
    move_stage(&world, ("0", "2018-11-30"), "全区统一顺延").await;
    assert_eq!(begin(&world).await, association);
    let after = days_of(&world, association).await;
    // Items of the stage have its new day; all others the days that they have of their own.
    let stage = on_stage(&after, "2018-11-30");
    assert!(stage > 0, "{after:?}");
    assert_eq!(stage + given(&after), given(&before), "{after:?}");
    let own = |days: Vec<(String, String, i64)>| -> Vec<_> {
        let moves = |by: &str| matches!(by, "implement_due" | "reply");
        let others = days.into_iter().filter(|(_, by, _)| !moves(by));
        others.collect()
    };
    assert_eq!(own(after), own(before));
    // What is begun afterwards moves with the next move like all others.
    move_stage(&world, ("1", "2018-12-07"), "再顺延一周").await;
    let again = days_of(&world, association).await;
    assert_eq!(on_stage(&again, "2018-12-07"), stage, "{again:?}");
    // The date of the scheme says it too, on what ground and by whom.
    let head = world.sign_in("office-lead").await;
    let page = world.get(&head, "/settings/implement_due").await;
    assert!(page.body.contains("现行值：2018-12-07") && page.body.contains("再顺延一周"));
    let page = world.get(&head, "/timeline/PH-15").await;
    assert!(
        page.body.contains("2018-10-01至2018-12-07"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("2018-10-01至2018-11-20"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn a_stage_moved_earlier_is_never_called_the_plans_own_day() {
    let world = World::demo().await;
    move_stage(&world, ("0", "2018-11-16"), "提前完成").await;
    let head = world.sign_in("office-lead").await;
    let reason = async |due_by: &'static str| {
        let (association, item): (i64, i64) = sqlx::query_as(
            "select association_id, id from item
             where due_by = $1 and state in ('open', 'in_progress', 'for_signature', 'returned') order by id limit 1",
        )
        .bind(due_by)
        .fetch_one(world.owner())
        .await
        .unwrap();
        let path = format!("/associations/{association}/progress/{item}");
        world.get(&head, &path).await.body
    };
    let page = reason("implement_due").await;
    assert!(page.contains("2018-11-16"), "{page}");
    assert!(
        page.contains("实施阶段截止日期，原为2018-11-20，经脱钩办调整"),
        "{page}"
    );
    let page = reason("plan").await;
    assert!(page.contains("实施方案确定的完成日期"), "{page}");
}

#[tokio::test]
async fn tasks_that_end_with_one_stage_move_together_and_the_page_says_so() {
    let world = World::demo().await;
    let head = world.sign_in("office-lead").await;
    let page = world.get(&head, "/timeline/PH-25").await;
    assert!(
        page.body.contains("以同一日期为截止日期，一并调整"),
        "{}",
        page.body
    );
    let fields = [
        ("version", "0"),
        ("from", "2018-11-11"),
        ("due", "2019-01-31"),
        ("reason", "登记窗口调整"),
    ];
    let answer = world.post(&head, "/timeline/PH-25", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    for task in ["PH-25", "PH-26"] {
        let page = world.get(&head, &format!("/timeline/{task}")).await;
        assert!(page.body.contains("至2019-01-31"), "{task}");
    }
    let left = world
        .count("select count(*) from item where due_by = 'registration_due' and deadline <> '2019-01-31'
                and state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')")
        .await;
    assert_eq!(left, 0);
    // A task that is no stage moves alone, and says so.
    let page = world.get(&head, "/timeline/PH-19").await;
    assert!(page.body.contains("只调整这项任务的时间"), "{}", page.body);
}
