//! 暂停办理 (FD-4): items and clocks stand still, registers and dates of the document do
//! not; when it goes on, dates of batch and steps move by the working days in between.

use axum::http::StatusCode;
use chrono::NaiveDate;

use crate::world::{Answer, World};

fn went(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn move_to(world: &World, day: NaiveDate) {
    world.app.clock.move_to(day.and_hms_opt(9, 0, 0).unwrap());
}

async fn number(world: &World, sql: &'static str, id: i64) -> i64 {
    sqlx::query_scalar(sql)
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// Item, deadline, what gives it, and by how much it was moved.
async fn items(world: &World, id: i64) -> Vec<(i64, NaiveDate, String, i32)> {
    sqlx::query_as(
        "select id, deadline, due_by, stood from item
         where association_id = $1 and state in ('open', 'in_progress', 'reported_done', 'returned') order by id",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

/// An association that is being carried out, with items of its batch or steps and of the
/// document, that nobody has suspended.
async fn carried_out(world: &World) -> i64 {
    sqlx::query_scalar(
        "select p.association_id from plan p join association a on a.id = p.association_id
         where p.state = 'implementing' and p.suspended_on is null and a.exited_on is null
           and exists (select from item i where i.association_id = p.association_id and i.state in ('open', 'in_progress')
                         and i.due_by = 'office_space_due')
           and exists (select from item i where i.association_id = p.association_id and i.state in ('open', 'in_progress')
                         and i.mandatory and i.due_by in ('implement_due', 'plan'))
           and not exists (select from exit_case x where x.association_id = p.association_id)
         order by p.id limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap()
}

#[tokio::test]
async fn a_suspended_plan_is_in_no_list_of_late_matters_and_goes_on_later() {
    let world = World::demo().await;
    let id = carried_out(&world).await;
    let head = world.sign_in("office-lead").await;
    let plan = format!("/associations/{id}/plan");
    let today = world.app.clock.today();
    assert_eq!(today, day("2018-11-22"), "Thursday");
    let before = items(&world, id).await;
    let suspension = format!("{plan}/suspension");
    let early = [("reason", "涉及诉讼"), ("expected_on", "2018-11-21")];
    let refused = world
        .submit(&head, (&suspension, &suspension), &early)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = [("reason", "涉及诉讼"), ("expected_on", "2018-12-20")];
    went(&world.submit(&head, (&suspension, &suspension), &why).await);

    // It says so wherever the association is shown.
    for page in [
        format!("/associations/{id}"),
        format!("/associations/{id}/progress"),
        plan.clone(),
    ] {
        let shown = world.get(&head, &page).await;
        assert!(shown.body.contains("暂停办理"), "{page}");
    }
    let name: String = sqlx::query_scalar("select name from association where id = $1")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let late = world.get(&head, "/associations?light=late").await;
    assert!(!late.body.contains(&name));
    let still = world.get(&head, "/associations?light=still").await;
    assert!(still.body.contains(&name), "{}", still.body);
    let drift = tuogou::progress::counters::drift(&mut world.db().await, world.scheme()).await;
    assert_eq!(drift.unwrap(), Vec::<String>::new());

    // Its items rest; what a department sees of them waits likewise.
    let (item, _, _, _) = before[0];
    let version = number(
        &world,
        "select version::bigint from item where id = $1",
        item,
    )
    .await;
    let unit = number(
        &world,
        "select department_id from association where id = $1",
        id,
    )
    .await;
    let clerk: String = sqlx::query_scalar(
        "select a.username from capacity c join account a on a.id = c.account_id
         where c.department_id = $1 and c.role = 'unit_leader' order by a.id limit 1",
    )
    .bind(unit)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let leader = world.sign_in(&clerk).await;
    let report = format!("/associations/{id}/progress/{item}/report");
    let version = version.to_string();
    let fields = [("version", version.as_str()), ("request_id", "while-still")];
    let refused = world.post(&leader, &report, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);

    // A date of the document passes meanwhile, and is told apart.
    move_to(&world, day("2019-01-02"));
    let head = world.sign_in("office-lead").await;
    let fixed = world.get(&head, "/associations?light=fixed").await;
    assert!(fixed.body.contains(&name), "{}", fixed.body);
    let checklist = world
        .get(&head, &format!("/associations/{id}/progress"))
        .await;
    assert!(
        checklist.body.contains("暂停办理·已过《方案》时限"),
        "{}",
        checklist.body
    );
    let late = world.get(&head, "/associations?light=late").await;
    assert!(!late.body.contains(&name));

    // It goes on: 22 November to 29 November are five working days.
    move_to(&world, day("2018-11-29"));
    let head = world.sign_in("office-lead").await;
    let resumption = format!("{plan}/resumption");
    went(
        &world
            .submit(&head, (&resumption, &resumption), &[("reason", "诉讼已结")])
            .await,
    );
    let after = items(&world, id).await;
    assert_eq!(before.len(), after.len());
    let mut moved = 0;
    for ((_, was, by, _), (_, is, _, stood)) in before.iter().zip(&after) {
        if by == "office_space_due" || by == "granted" || by == "appropriation_stop" {
            assert_eq!((is, stood), (was, &0), "{by}");
            continue;
        }
        assert_eq!(*stood, 5, "{by}");
        if *was == day("2018-11-20") {
            assert_eq!(*is, day("2018-11-27"));
            moved += 1;
        }
    }
    assert!(moved > 0);
    let (_, _, _, _) = after[0];
    let item = after.iter().find(|item| item.3 == 5).unwrap().0;
    let page = world
        .get(&head, &format!("/associations/{id}/progress/{item}"))
        .await;
    assert!(page.body.contains("暂停顺延5个工作日"), "{}", page.body);
    let drift = tuogou::progress::counters::drift(&mut world.db().await, world.scheme()).await;
    assert_eq!(drift.unwrap(), Vec::<String>::new());
}

#[tokio::test]
async fn an_exit_that_is_refused_moves_dates_by_the_days_with_civil_affairs() {
    let world = World::demo().await;
    let id = carried_out(&world).await;
    let unit = number(
        &world,
        "select department_id from association where id = $1",
        id,
    )
    .await;
    let person = async |role: &str| -> String {
        sqlx::query_scalar(
            "select a.username from capacity c join account a on a.id = c.account_id
             where c.department_id = $1 and c.role = $2 order by a.id limit 1",
        )
        .bind(unit)
        .bind(role)
        .fetch_one(world.owner())
        .await
        .unwrap()
    };
    let (clerk, leader) = (person("unit_clerk").await, person("unit_leader").await);
    let before = items(&world, id).await;
    let exit = format!("/associations/{id}/exit");
    let written = [
        ("kind", "deregistered"),
        ("survivor", ""),
        ("reason", "会员大会决议"),
        ("document", "绿交报〔2018〕9号"),
    ];
    let cookie = world.sign_in(&clerk).await;
    went(&world.submit(&cookie, (&exit, &exit), &written).await);
    // The unit's own days do not count: it stands still from the leader's proposal on.
    move_to(&world, day("2018-11-26"));
    let cookie = world.sign_in(&leader).await;
    let proposal = format!("{exit}/proposal");
    went(&world.submit(&cookie, (&exit, &proposal), &[]).await);
    let shown = world.get(&cookie, &format!("/associations/{id}")).await;
    assert!(shown.body.contains("暂停办理"), "{}", shown.body);
    let plan = world
        .get(&cookie, &format!("/associations/{id}/plan"))
        .await;
    assert!(
        plan.body.contains("协会退出正待登记管理机关决定"),
        "{}",
        plan.body
    );
    move_to(&world, day("2018-11-28"));
    let civil = world.sign_in("minzheng").await;
    let refusal = format!("{exit}/refusal");
    went(
        &world
            .submit(&civil, (&exit, &refusal), &[("refusal", "请先完成清算")])
            .await,
    );
    let after = items(&world, id).await;
    for ((_, _, by, _), (_, _, _, stood)) in before.iter().zip(&after) {
        let goes_on = matches!(
            by.as_str(),
            "office_space_due" | "granted" | "appropriation_stop"
        );
        assert_eq!(*stood, if goes_on { 0 } else { 2 }, "{by}");
    }
    let shown = world.get(&civil, &format!("/associations/{id}")).await;
    assert!(!shown.body.contains("起暂停办理"), "{}", shown.body);
}
