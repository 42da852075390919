//! Fair deadlines (domain 9.2, 9.3): a unit is measured by its reports, a batch has its own
//! dates, and nothing is born late but what the scheme itself makes late.

use axum::http::StatusCode;
use chrono::NaiveDate;
use tuogou::progress::counters;

use crate::world::{Answer, World};

const EXAMPLE: &str = "汽车维修行业协会";

fn went(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn move_to(world: &World, day: NaiveDate) {
    world.app.clock.move_to(day.and_hms_opt(9, 0, 0).unwrap());
}

async fn drifts_nowhere(world: &World) {
    let drift = counters::drift(&mut world.db().await, world.scheme()).await;
    assert_eq!(drift.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn what_is_settled_before_the_reply_was_reported_with_its_round() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let rows: Vec<(String, NaiveDate, String, NaiveDate, NaiveDate)> = sqlx::query_as(
        "select measure, deadline, due_by, reported_on, resolved_on from item
         where association_id = $1 and measure in ('T2-01', 'T2-04', 'T4-02') order by measure",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap();
    let told = |measure: &str| {
        let (due, by) = (day("2018-10-19"), "plan_submit_due".to_owned());
        (
            measure.to_owned(),
            due,
            by,
            day("2018-10-12"),
            day("2018-10-24"),
        )
    };
    assert_eq!(rows, ["T2-01", "T2-04", "T4-02"].map(told));
    let late = "select count(*) from item where measure in ('T2-01', 'T2-04', 'T4-02')
                and state = 'accepted' and coalesce(reported_on, resolved_on) > owed_on";
    assert_eq!(world.count(late).await, 0);
    // 12.1: one violet item, T3-06.
    let violet: Vec<String> = sqlx::query_scalar(
        "select measure from item where association_id = $1 and state in ('verified', 'accepted')
           and coalesce(reported_on, resolved_on) > owed_on",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert_eq!(violet, ["T3-06"]);
    drifts_nowhere(&world).await;
}

/// An item that its unit has reported on a day, verified by nobody.
async fn reported(world: &World, on: &str) -> (i64, i64) {
    let found: (i64, i64) = sqlx::query_as(
        "update item set state = 'reported_done', reported_on = $1, reported_by = (select min(id) from account),
             resolved_on = null, resolved_by = null
         where id = (select min(i.id) from item i join plan p on p.association_id = i.association_id
                     where i.measure = 'T5-01' and i.due_by in ('plan', 'implement_due') and i.deadline between '2018-11-13' and '2018-11-20'
                       and p.state = 'implementing' and p.suspended_on is null
                       and i.state in ('open', 'in_progress', 'returned'))
         returning association_id, id",
    )
    .bind(day(on))
    .fetch_one(world.owner())
    .await
    .unwrap();
    found
}

#[tokio::test]
async fn tc_73_a_report_in_time_waits_for_the_verifier_and_a_return_gives_three_working_days() {
    let world = World::demo().await;
    let (association, item) = reported(&world, "2018-11-12").await;
    let page = format!("/associations/{association}/progress/{item}");
    let verifier = world.sign_in("zuzhi").await;
    let shown = world.get(&verifier, &page).await;
    assert!(
        shown.body.contains("责任单位按期报送；核实单位超过时限"),
        "{}",
        shown.body
    );
    assert!(!shown.body.contains("超过时限的是责任单位"));
    // Returned on Thursday: Friday, Monday, Tuesday.
    let back = format!("{page}/return");
    let why = [("reason", "接收函没有盖章")];
    went(&world.submit(&verifier, (&page, &back), &why).await);
    let again: Option<NaiveDate> = sqlx::query_scalar("select again_on from item where id = $1")
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(again, Some(day("2018-11-27")));
    let shown = world.get(&verifier, &page).await;
    assert!(
        shown.body.contains("可在2018-11-27前重新报送"),
        "{}",
        shown.body
    );
    assert!(!shown.body.contains("超过时限的是责任单位"));
    drifts_nowhere(&world).await;
    move_to(&world, day("2018-11-28"));
    let shown = world.get(&verifier, &page).await;
    assert!(
        shown.body.contains("超过时限的是责任单位"),
        "{}",
        shown.body
    );
}

#[tokio::test]
async fn tc_74_a_reply_after_the_plan_s_steps_gives_new_dates() {
    let world = World::demo().await;
    let id = world.association("物流行业协会").await;
    let head = world.sign_in("office-lead").await;
    let (page, action) = (
        format!("/associations/{id}/plan/reply/new"),
        format!("/associations/{id}/plan/reply"),
    );
    let shown = world.get(&head, &page).await;
    assert!(shown.body.contains("批复晚于计划的事项"), "{}", shown.body);
    let early = scraper::Selector::parse("input[name^='due-']").unwrap();
    let tree = shown.page();
    let input = tree.select(&early).next().unwrap();
    let name = input.value().attr("name").unwrap().to_owned();
    // Neither before the reply nor after the batch.
    for wrong in ["2018-11-21", "2019-01-02"] {
        let refused = world
            .submit(&head, (&page, &action), &[(&name, wrong)])
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    let given = [(name.as_str(), "2018-12-14")];
    went(&world.submit(&head, (&page, &action), &given).await);
    let kept: (NaiveDate, NaiveDate) = sqlx::query_as(
        "select r.was, r.due from reply_date r join plan p on p.id = r.plan_id
         where p.association_id = $1 and 'due-' || r.item = $2",
    )
    .bind(id)
    .bind(&name)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert!(kept.0 < day("2018-11-22") && kept.1 == day("2018-12-14"));
    let leader = world.sign_in("jiaotong-lead").await;
    let plan = format!("/associations/{id}/plan");
    let begin = format!("{plan}/beginning");
    went(&world.submit(&leader, (&plan, &begin), &[]).await);
    let born_late: Vec<String> = sqlx::query_scalar(
        "select measure from item where association_id = $1 and state = 'open' and owed_on < '2018-11-22' order by measure",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(
        born_late.iter().all(|measure| measure == "T3-06"),
        "{born_late:?}"
    );
    let list = world
        .get(&leader, &format!("/associations/{id}/progress?view=all"))
        .await;
    assert!(list.body.contains("批复调整") && list.body.contains("《方案》规定时限"));
    drifts_nowhere(&world).await;
}

#[tokio::test]
async fn tc_76_whom_an_amendment_adds_has_ten_working_days_for_its_plan() {
    let world = World::demo().await;
    let id = world.association("粮油流通协会").await;
    let head = world.sign_in("office-lead").await;
    let (page, action) = ("/roster/amendments/new", "/roster/amendments");
    let number = id.to_string();
    let fields = [
        ("added", number.as_str()),
        ("reason", "摸底更正后涉及财政拨款"),
    ];
    went(&world.submit(&head, (page, action), &fields).await);
    let due: Option<NaiveDate> = sqlx::query_scalar(
        "select due_on from desk where kind = 'plan_start' and association_id = $1 limit 1",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(due, Some(day("2018-12-06")));
    assert!(world.differences().await.is_empty());
}

#[tokio::test]
async fn tc_76_a_second_list_goes_by_its_own_dates() {
    let world = World::demo().await;
    // One association of the first list comes with a second one instead.
    let id: i64 = sqlx::query_scalar(
        "with second as (
             insert into roster_publication (campaign_id, number, year, title, published_on, account_id)
             select campaign_id, 2, 2018, '第二批名单', '2018-11-20', account_id from roster_publication order by id limit 1
             returning campaign_id, id),
         dates as (
             insert into batch (campaign_id, publication_id, dates)
             select campaign_id, id, '{\"plan_submit_due\": \"2018-12-04\", \"implement_due\": \"2019-01-07\", \"batch_final_day\": \"2019-02-20\"}'::jsonb from second)
         update roster_entry e set publication_id = second.id from second
         where e.id = (select min(o.id) from roster_entry o
                       join plan p on p.association_id = o.association_id and p.state = 'draft'
                       where o.publication_id is not null and o.withdrawn_by is null)
         returning e.association_id",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    world.made_anew().await;
    let due: Option<NaiveDate> = sqlx::query_scalar(
        "select due_on from desk where kind = 'plan' and association_id = $1 limit 1",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(due, Some(day("2018-12-04")));
    // The tasks of the first batch do not count it.
    let counted = sqlx::query_scalar::<_, i64>(
        "select count(*) from task_standing where task in ('plan', 'reply', 'items') and association_id = $1",
    );
    assert_eq!(counted.bind(id).fetch_one(world.owner()).await.unwrap(), 0);
    let office = world.sign_in("office").await;
    let timeline = world.get(&office, "/timeline").await;
    assert!(timeline.body.contains("各批次时限") && timeline.body.contains("2019-01-07"));
    // Its plan is written under its own dates (PL-4).
    let part = world
        .get(&office, &format!("/associations/{id}/plan"))
        .await;
    assert_eq!(part.status, StatusCode::OK);
    assert!(world.differences().await.is_empty());
}

#[tokio::test]
async fn fd_3_punctuality_is_counted_with_its_owner() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/punctuality").await;
    let rows = page.texts("tbody tr");
    for owner in [
        "业务主管单位报送事项",
        "职能部门核实事项",
        "脱钩办审查摸底和方案",
        "有关部门前置审批",
        "有关部门回复通报",
    ] {
        assert!(
            rows.iter().any(|row| row.contains(owner)),
            "{owner}: {rows:?}"
        );
    }
    let unit = world.sign_in("jiaotong").await;
    let refused = world.get(&unit, "/punctuality").await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_body_founded_after_the_document_is_not_chased_for_its_survey() {
    let world = World::demo().await;
    let chased =
        "select count(*) from task_standing t join association a on a.id = t.association_id
                  where t.task in ('survey', 'confirmation') and a.registered_on >= '2018-08-09'";
    assert_eq!(world.count(chased).await, 0);
    let waiting = "select count(*) from desk k join association a on a.id = k.association_id
                   where k.kind in ('survey', 'survey_start', 'scope') and a.registered_on >= '2018-08-09'";
    assert_eq!(world.count(waiting).await, 0);
}
