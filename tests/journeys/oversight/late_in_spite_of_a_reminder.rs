//! What is more than seven days late in spite of a reminder makes a problem on the desk of
//! whoever has it; it ends by itself when the matter is done (domain 9.2).

use super::{At, done};
use crate::world::World;

#[tokio::test]
async fn a_late_matter_makes_a_problem_and_takes_it_away_again() {
    let world = World::demo().await;
    world.app.brought_up().await.unwrap();
    // 教育局 was reminded in September and has no work group.
    let made: Vec<(i64, String, String)> = sqlx::query_as(
        "select d.id, d.title, u.code from docket d join department u on u.id = d.department_id
         where d.automatic <> '' order by d.id",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let group = made
        .iter()
        .find(|(_, title, code)| code == "jiaoyu" && title.contains("工作组"));
    let (id, ..) = group.unwrap_or_else(|| panic!("{made:?}"));
    let problem = At {
        world: &world,
        id: *id,
    };
    assert_eq!(problem.state().await, "handling");
    assert!(
        problem
            .hands()
            .await
            .iter()
            .any(|hand| hand.0 == "jiaoyu" && hand.2 == "docket.finish")
    );
    // A second look makes no second one.
    let day = world.app.clock.today();
    let app = world.app.on(day).await.unwrap();
    let under = tuogou::database::Under {
        scheme: app.scheme.as_ref(),
        day,
    };
    tuogou::crossings::daily::bring(&world.app.database, under, world.app.clock.now())
        .await
        .unwrap();
    let again: i64 = world
        .count("select count(*) from docket where automatic <> ''")
        .await;
    assert_eq!(again, i64::try_from(made.len()).unwrap());

    // The matter is done: the problem ends with the next day.
    let unit: i64 = sqlx::query_scalar("select id from department where code = 'jiaoyu'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let page = format!("/workgroups/{unit}");
    let (edit, report) = (format!("{page}/edit"), format!("{page}/report"));
    let clerk = world.sign_in("jiaoyu").await;
    let group = [
        ("version", "0"),
        ("leader", "季某"),
        ("leader_post", "局长"),
        ("member.1.name", "焦某"),
        ("member.1.post", "科长"),
        ("liaison_name", "联某"),
        ("liaison_phone", "0431-87601234"),
        ("liaison_joined", "yes"),
    ];
    done(&world.post(&clerk, &edit, &group).await);
    let leader = world.sign_in("jiaoyu-lead").await;
    done(&world.submit(&leader, (&page, &report), &[]).await);
    tuogou::crossings::daily::bring(&world.app.database, under, world.app.clock.now())
        .await
        .unwrap();
    assert_eq!(problem.state().await, "settled");
    let told: i64 = sqlx::query_scalar(
        "select count(*) from act_record where act = 'docket.lapse' and subject_id = $1",
    )
    .bind(*id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(told, 1);
}
