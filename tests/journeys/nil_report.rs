//! A unit without associations says so, so that "all units have reported" can
//! become true; a unit with associations cannot.

use axum::http::StatusCode;

use crate::world::World;

#[tokio::test]
async fn tc_04_a_unit_without_associations_reports_nil_and_no_other() {
    let world = World::demo().await;
    let named = "select count(*) from nil_report n join department d on d.id = n.department_id \
                 where n.subject = 'survey' and d.code = 'jiaoyu'";
    assert_eq!(world.count(named).await, 1, "told in the demonstration");
    sqlx::query("delete from nil_report")
        .execute(world.owner())
        .await
        .unwrap();
    let today = world.app.clock.today();
    tuogou::desk::rebuild(&world.app, today).await.unwrap();
    let owes = world.sign_in("jiaoyu-lead").await;
    assert!(world.get(&owes, "/").await.body.contains("摸底调查零报告"));
    let path = "/nil-reports";
    let page = world.get(&owes, path).await;
    assert!(page.body.contains("没有纳入脱钩范围的行业协会商会"));
    let told = world.submit(&owes, (path, path), &[]).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
    assert_eq!(world.count(named).await, 1);
    assert!(!world.get(&owes, "/").await.body.contains("摸底调查零报告"));
    let has = world.sign_in("jiaotong-lead").await;
    // Who has associations in scope is told which, and there is no button.
    let page = world.get(&has, path).await;
    assert!(page.body.contains("汽车维修行业协会") && !page.body.contains("名义零报告"));
    let refused = world.post(&has, "/nil-reports", &[("seen", "0")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(
        world.count("select count(*) from nil_report").await,
        1,
        "nothing was written"
    );
}
