//! The demonstration is told in the order of days and may stop on any of them: the
//! worked example then stands where domain 12.1 says, and no record is older than the
//! one before it.

use axum::http::StatusCode;
use chrono::NaiveDate;
use tuogou::demo::{self, DemoError};
use tuogou::scheme::Scheme;

use crate::world::{PASSWORD, World, national_scheme};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// How an association stands, in the words of the database.
async fn stands(world: &World, name: &str) -> Vec<String> {
    let sql = "
        select 'stage ' || stage from association where id = $1
        union all select 'survey ' || edition || ' ' || state from survey where association_id = $1
        union all select 'listed' from roster_entry where association_id = $1 and publication_id is not null
        union all select 'plan ' || state || coalesce(' ' || request_number, '') || coalesce(' ' || reply_number, '')
            from plan where association_id = $1
        union all select * from (select 'approvals ' || state || ' ' || count(*) from prior_approval
            where association_id = $1 group by state order by state) approvals
        union all select concat_ws(' ', 'notice', sent_on, read_on, answered_on) from linked_notice where association_id = $1
        union all select concat_ws(' ', 'condition', state, confirmed_on) from plan_condition where association_id = $1
        union all select * from (select concat_ws(' ', 'tie', t.ended_on, t.ended_by) from tie t
            where t.association_id = $1 and t.ended_on is not null order by t.ended_on) ties
        union all select * from (select 'late ' || string_agg(i.measure, ' ' order by i.measure) from item i
            where i.association_id = $1 and i.track <> 'T6' and i.resolved_on is not null
              and coalesce(i.reported_on, i.resolved_on) > i.deadline having count(*) > 0) violet
        union all select * from (select 'settled ' || string_agg(concat_ws(' ', i.measure, i.reported_on), ', ' order by i.measure)
            from item i where i.association_id = $1 and i.state = 'accepted'
              and i.resolved_on = '2018-10-24' having count(*) > 0) settled
        union all select 'items ' || count(resolved_on) || '/' || count(*) from item
            where association_id = $1 and track <> 'T6' having count(*) > 0";
    sqlx::query_scalar(sql)
        .bind(world.association(name).await)
        .fetch_all(world.owner())
        .await
        .unwrap()
}

/// What pages say of the worked example on 22 November, each with a word from domain 12.1.
async fn pages_say(world: &World, id: i64) {
    let clerk = world.sign_in("jiaotong").await;
    let item = async |measure: &str| {
        let sql = "select min(id) from item where association_id = $1 and measure = $2";
        let item: i64 = sqlx::query_scalar(sql)
            .bind(id)
            .bind(measure)
            .fetch_one(world.owner())
            .await
            .unwrap();
        format!("/associations/{id}/progress/{item}")
    };
    let done = |day: &str| format!("<dt>完成日期</dt><dd>{day}</dd>");
    for (path, words) in [
        (
            format!("/associations/{id}"),
            vec!["绿交发〔2018〕40号".to_owned(), "2018-10-26".to_owned()],
        ),
        (item("T1-01").await, vec![done("2018-10-25")]),
        (item("T3-03").await, vec![done("2018-10-30")]),
        (item("T3-05").await, vec![done("2018-11-02")]),
        (
            item("T3-06").await,
            vec![done("2018-10-30"), "2018-11-01".to_owned()],
        ),
        (item("T4-06").await, vec![done("2018-11-12")]),
        (item("T4-08").await, vec![done("2018-11-01")]),
        (item("T4-11").await, vec![done("2018-11-09")]),
        (
            item("T5-01").await,
            vec![done("2018-11-14"), "区委组织部".to_owned()],
        ),
        (
            item("T5-02").await,
            vec![done("2018-11-15"), "单独组建".to_owned()],
        ),
    ] {
        let page = world.get(&clerk, &path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        for words in words {
            assert!(page.body.contains(&words), "{path} {words}: {}", page.body);
        }
    }
}

/// Nothing is recorded that comes later than a day.
async fn nothing_is_later(world: &World, day: NaiveDate) {
    let sql = "select max(at at time zone 'Asia/Shanghai')::date from act_record
        where id > (select min(id) from act_record)";
    let last: NaiveDate = sqlx::query_scalar(sql)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert!(last <= day, "{last} after {day}");
}

/// No record is older than the one before it; the first one enters the campaign, before
/// the story begins and by the real clock.
async fn nothing_goes_back(world: &World) {
    let sql =
        "select count(*) from (select at, lag(at) over (order by id) as before from act_record
        where id > (select min(id) from act_record)) told where at < before";
    assert_eq!(world.count(sql).await, 0);
    let sql =
        "select count(*) from (select at, lag(at) over (order by seq) as before from audit_record
        where seq > (select min(seq) from audit_record)) told where at < before";
    assert_eq!(world.count(sql).await, 0);
}

#[tokio::test]
async fn the_worked_example_stands_on_each_day_where_the_domain_says() {
    let world = World::empty(Scheme::lvyuan_2018().unwrap()).await;
    let expected: [(&str, &[&str], &str, &str); 5] = [
        (
            "2018-09-28",
            &["stage listed", "survey 1 confirmed", "listed"],
            "survey",
            "已确认",
        ),
        (
            "2018-10-12",
            &[
                "stage plan_submitted",
                "survey 1 confirmed",
                "listed",
                "plan submitted 绿交请〔2018〕21号",
                "approvals requested 11",
                "notice 2018-10-10 2018-10-11 2018-10-11",
            ],
            "plan",
            "已报送，待脱钩办受理",
        ),
        (
            "2018-10-19",
            &[
                "stage plan_draft",
                "survey 1 confirmed",
                "listed",
                "plan returned 绿交请〔2018〕21号",
                "approvals approved 10",
                "approvals approved_with_conditions 1",
                "notice 2018-10-10 2018-10-11 2018-10-11",
            ],
            "plan",
            "已退回，待补正",
        ),
        (
            "2018-10-24",
            &[
                "stage plan_approved",
                "survey 1 confirmed",
                "listed",
                "plan approved 绿交请〔2018〕23号 绿脱钩办〔2018〕3号",
                "approvals approved 10",
                "approvals approved_with_conditions 1",
                "notice 2018-10-10 2018-10-11 2018-10-11",
                "condition open",
            ],
            "plan",
            "已批复，待启动实施",
        ),
        (
            "2018-11-22",
            &[
                "stage implementing",
                "survey 1 confirmed",
                "listed",
                "plan implementing 绿交请〔2018〕23号 绿脱钩办〔2018〕3号",
                "approvals approved 10",
                "approvals approved_with_conditions 1",
                "notice 2018-10-10 2018-10-11 2018-10-11",
                "condition confirmed 2018-11-01",
                "tie 2018-10-25 绿交发〔2018〕40号",
                "tie 2018-10-26 绿工信发〔2018〕19号",
                "late T3-06",
                "settled T2-01 2018-10-12, T2-04 2018-10-12, T3-07 2018-10-11, T4-02 2018-10-12, T4-05 2018-10-17",
                "items 35/38",
            ],
            "progress",
            "92.1",
        ),
    ];
    let days = expected.map(|(on, ..)| day(on));
    let mut expected = expected.iter();
    world
        .told(&days, async |world, today| {
            let (on, facts, page, words) = expected.next().unwrap();
            assert_eq!(today, day(on));
            assert_eq!(stands(world, "汽车维修行业协会").await, *facts, "{on}");
            nothing_is_later(world, today).await;
            let id = world.association("汽车维修行业协会").await;
            let clerk = world.sign_in("jiaotong").await;
            let path = format!("/associations/{id}/{page}");
            let page = world.get(&clerk, &path).await;
            assert_eq!(page.status, StatusCode::OK, "{on}");
            assert!(page.body.contains(words), "{on}: {}", page.body);
            if *on == "2018-11-22" {
                pages_say(world, id).await;
            }
        })
        .await;
    nothing_goes_back(&world).await;
}

#[tokio::test]
async fn the_national_story_is_told_in_the_order_of_its_days_too() {
    let scheme = national_scheme();
    let parameters = &scheme.campaign.parameters;
    let days = [
        parameters.list_publish_due,
        parameters.plan_submit_due,
        parameters.plan_approve_due,
        demo::today(&scheme).unwrap(),
    ];
    let world = World::empty(scheme).await;
    let expected: [&[&str]; 4] = [
        &["stage listed", "plans 0 replies 0 begun 0"],
        &["stage plan_submitted", "plans 9 replies 0 begun 0"],
        &["stage implementing", "plans 9 replies 5 begun 4"],
        &["stage implementing", "plans 9 replies 5 begun 4"],
    ];
    let mut expected = expected.iter();
    world
        .told(&days, async |world, today| {
            let sql = "select concat_ws(' ', 'plans', count(*), 'replies', count(reply_number),
                'begun', count(begun_on)) from plan";
            let counts: String = sqlx::query_scalar(sql)
                .fetch_one(world.owner())
                .await
                .unwrap();
            let first = stands(world, "中国内河航标制造协会").await;
            let facts = [first.first().cloned().unwrap_or_default(), counts];
            assert_eq!(facts, *expected.next().unwrap(), "{today}");
            nothing_is_later(world, today).await;
        })
        .await;
    nothing_goes_back(&world).await;
}

#[tokio::test]
async fn a_demonstration_stopped_early_is_seen_on_that_day() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let world = World::empty(scheme.clone()).await;
    let told_to = async || demo::told_to(&world.app.database, &scheme).await.unwrap();
    assert_eq!(told_to().await, None);
    let refused = demo::load_until(&world.app, PASSWORD, day("2018-08-12")).await;
    assert!(matches!(refused, Err(DemoError::TooEarly(first)) if first == day("2018-08-13")));
    assert!(demo::is_empty(&world.app.database).await.unwrap());
    demo::load_until(&world.app, PASSWORD, day("2018-08-21"))
        .await
        .unwrap();
    assert_eq!(told_to().await, Some(day("2018-08-21")));
    // Entered on 20 and 21 August, and nothing is decided yet.
    assert_eq!(
        stands(&world, "汽车维修行业协会").await,
        ["stage registered"]
    );
    nothing_is_later(&world, day("2018-08-21")).await;
    let refused = demo::load(&world.app, PASSWORD).await;
    assert!(matches!(refused, Err(DemoError::NotEmpty)));
}

#[tokio::test]
async fn a_demonstration_of_before_is_seen_on_its_last_day() {
    let world = World::demo().await;
    sqlx::query("update campaign set demonstration_day = null")
        .execute(world.owner())
        .await
        .unwrap();
    let told_to = demo::told_to(&world.app.database, world.scheme()).await;
    assert_eq!(told_to.unwrap(), Some(day("2018-11-22")));
}
