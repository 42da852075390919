//! Tasks on the timeline, the reminders and the workbench: who holds them.

use super::reminding_the_late::{department, on};
use crate::world::World;

#[tokio::test]
async fn the_timeline_leads_to_what_is_late_of_one_task() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let office = world.sign_in("office").await;
    let board = world.get(&office, "/timeline").await;
    assert!(
        board
            .body
            .contains("href=\"/reminders?task=PH-01&amp;degree=late\""),
        "{}",
        board.body
    );
    let page = world
        .get(&office, "/reminders?task=PH-01&degree=late")
        .await;
    let rows = page.texts("[aria-label='逾期和临期的事项'] tbody th[scope='row']");
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row.contains("PH-01")), "{rows:?}");
    let page = world.get(&office, "/reminders?task=PH-15").await;
    let rows = page.texts("[aria-label='逾期和临期的事项'] tbody th[scope='row']");
    assert!(!rows.is_empty());
    assert!(
        rows.iter()
            .all(|row| row.contains('T') && !row.contains("PH-")),
        "{rows:?}"
    );
}

#[tokio::test]
async fn both_departments_that_may_verify_are_told_that_one_is_enough() {
    let world = World::demo().await;
    on(&world, 11, 22);
    sqlx::query("update item set measure = 'T1-03', object = 'x', state = 'reported_done', reported_on = '2018-11-01' where id = (select min(id) from item where state in ('open', 'in_progress', 'for_signature', 'returned'))")
        .execute(world.owner())
        .await
        .unwrap();
    world.made_anew().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/reminders?kind=verify").await;
    assert!(
        page.body.contains("编办也可核实，一家核实即可"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("民政局也可核实，一家核实即可"),
        "{}",
        page.body
    );
}

#[tokio::test]
async fn the_audit_bureau_is_reached_about_what_it_verifies() {
    let world = World::demo().await;
    on(&world, 11, 22);
    sqlx::query("update item set measure = 'T3-13', state = 'reported_done', reported_on = '2018-11-01' where id = (select min(id) from item where track = 'T3' and state in ('open', 'in_progress', 'for_signature', 'returned'))")
        .execute(world.owner())
        .await
        .unwrap();
    world.made_anew().await;
    let office = world.sign_in("office").await;
    let unit = department(&world, "审计局").await;
    let page = world.get(&office, &format!("/reminders?unit={unit}")).await;
    assert!(page.body.contains("T3-13"), "{}", page.body);
    assert!(!page.body.contains("催办无人接收"), "{}", page.body);
    let audit = world.sign_in("shenji").await;
    let bench = world.get(&audit, "/").await;
    assert!(
        bench.body.contains("核实“") && bench.body.contains("”（T3-13）"),
        "{}",
        bench.body
    );
}

#[tokio::test]
async fn a_units_own_tasks_stand_on_the_workbench_of_those_who_hold_them() {
    let world = World::demo().await;
    on(&world, 11, 22);
    let clerk = world.sign_in("jiaoyu").await;
    let bench = world.get(&clerk, "/").await;
    for task in ["PH-01", "PH-02", "PH-03", "PH-04"] {
        assert!(bench.body.contains(task), "{task}: {}", bench.body);
    }
    // 08-24 is 90 days ago: the next step of the ladder is the 91st day.
    on(&world, 11, 23);
    let bench = world.get(&clerk, "/").await;
    let today = bench
        .texts("[aria-labelledby='today'] li, section.notice li")
        .join("");
    assert!(today.contains("PH-01"), "{today}");
    let other = world.sign_in("shangwu").await;
    assert!(!world.get(&other, "/").await.body.contains("PH-01"));
}

#[tokio::test]
async fn notices_to_linked_departments_are_a_measured_task() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/timeline/PH-13").await;
    assert!(!page.body.contains("尚未纳入系统办理"), "{}", page.body);
    let count = async || -> (i64, i64) {
        let sql = "select count(*), count(k.id) from (
                 select distinct t.campaign_id, t.association_id, t.department_id from tie t
                 join association a on a.id = t.association_id and a.department_id <> t.department_id
                 join roster_entry e on e.association_id = a.id and e.publication_id is not null
                 where t.ended_on is null or exists (select from linked_notice n where n.association_id = t.association_id
                       and n.department_id = t.department_id)) t
             left join lateral (select min(id) as id from linked_notice n where n.association_id = t.association_id
                       and n.department_id = t.department_id) k on true";
        sqlx::query_as(sql).fetch_one(world.owner()).await.unwrap()
    };
    let (total, done) = count().await;
    assert!(total > 0 && done > 0, "{total} {done}");
    assert!(
        page.body.contains(&format!("{done}/{total}")),
        "{done}/{total} {}",
        page.body
    );
}
