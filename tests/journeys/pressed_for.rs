//! 催办 and 督办单 press for whatever lies late on the desk of a unit or a department.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use super::reminding_the_late::{fields, on, send};
use crate::world::World;

/// A matter of some kind in a department's hands.
#[derive(Debug, sqlx::FromRow)]
struct Case {
    id: i64,
    association: i64,
    department: i64,
}

async fn on_desk(world: &World, (kind, role): (&str, &str)) -> Case {
    sqlx::query_as(
        "select case_id as id, association_id as association, department_id as department from desk
         where kind = $1 and role = $2 and due_on < '2018-12-20' and not suspended order by case_id limit 1",
    )
    .bind(kind)
    .bind(role)
    .fetch_one(world.owner())
    .await
    .unwrap()
}

/// An account that acts in a role of a department.
async fn account(world: &World, department: i64, role: &str) -> String {
    let username: String = sqlx::query_scalar(
        "select a.username from capacity c join account a on a.id = c.account_id
         where c.department_id = $1 and c.role = $2 and a.disabled_at is null order by a.id limit 1",
    )
    .bind(department)
    .bind(role)
    .fetch_one(world.owner())
    .await
    .unwrap();
    world.sign_in(&username).await
}

const CONDITION: &str = "update plan_condition set state = 'open', reported_on = null, reported_by = null, note = null,
        document_number = null, confirmed_on = null, confirmed_by = null
    where id = (select c.id from plan_condition c join plan p on p.id = c.plan_id
                where p.state = 'implementing' and c.state <> 'void'
                  and not exists (select from suspension s where s.association_id = c.association_id and s.until_on is null)
                order by c.id limit 1)";
const NOTICE: &str = "update linked_notice set read_on = null, read_by = null, answered_on = null, answered_by = null,
        agrees = null, answer = null, document_number = null
    where id = (select n.id from linked_notice n join plan p on p.association_id = n.association_id
                where p.state = 'implementing' and n.closed_on is null order by n.id limit 1)";
const DISPOSITION: &str = "update holding set state = 'submitted', submitted_on = '2018-11-20', decided_on = null, decided_by = null
    where id = (select h.id from holding h join association a on a.id = h.association_id and a.exited_on is null
                where h.register = 'asset' order by h.id limit 1)";

#[tokio::test]
async fn a_condition_a_notice_and_a_disposition_are_pressed_for() {
    let world = World::demo().await;
    on(&world, 12, 20);
    for sql in [CONDITION, NOTICE, DISPOSITION] {
        sqlx::query(sql).execute(world.owner()).await.unwrap();
    }
    world.made_anew().await;
    let condition = on_desk(&world, ("condition", "unit_leader")).await;
    let notice = on_desk(&world, ("notice", "unit_clerk")).await;
    let disposition = on_desk(&world, ("holding", "finance")).await;
    let office = world.sign_in("office").await;
    let mut preview = "/reminders/preview?".to_owned();
    for (case, kind, filter, title) in [
        (&condition, "condition", "condition", "落实批复条件"),
        (&notice, "notice", "notice", "签收通报"),
        (&disposition, "holding", "register", "审批资产处置"),
    ] {
        let list = format!("/reminders?unit={}&kind={filter}", case.department);
        let page = world.get(&office, &list).await;
        let tick = format!("{}/{kind}:{}", case.department, case.id);
        let box_ = format!("input[name='m'][value='{tick}']");
        let select = scraper::Selector::parse(&box_).unwrap();
        assert_eq!(
            page.page().select(&select).count(),
            1,
            "{tick} {}",
            page.body
        );
        assert!(page.body.contains(title), "{title} {}", page.body);
        preview = format!("{preview}&m={tick}");
    }
    let page = world.get(&office, &preview).await;
    let answer = send(&world, &office, &fields(&page)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);

    // Each of the three finds it on its workbench, and in it what is asked.
    let told = async |key: String| -> i64 {
        sqlx::query_scalar("select max(reminder_id) from reminder_matter where matter = $1")
            .bind(key)
            .fetch_one(world.owner())
            .await
            .unwrap()
    };
    let leader = account(&world, condition.department, "unit_leader").await;
    let linked = account(&world, notice.department, "unit_clerk").await;
    let finance = account(&world, disposition.department, "finance").await;
    let mut of_condition = String::new();
    for (cookie, kind, case, words) in [
        (&finance, "holding", &disposition, "审批资产处置"),
        (&linked, "notice", &notice, "签收通报"),
        (&leader, "condition", &condition, "落实批复条件"),
    ] {
        let path = format!("/reminders/{}", told(format!("{kind}:{}", case.id)).await);
        let bench = world.get(cookie, "/").await;
        assert!(
            bench.body.contains(&format!("href=\"{path}\"")),
            "{}",
            bench.body
        );
        let page = world.get(cookie, &path).await;
        assert!(page.body.contains(words), "{}", page.body);
        assert!(!page.body.contains("已办结"), "{}", page.body);
        of_condition = path;
    }
    // More than seven days late and reminded of: a 督办单 may be drafted of it.
    let draft = format!(
        "/reminders/orders/new?department={}",
        disposition.department
    );
    let page = world.get(&office, &draft).await;
    assert!(page.body.contains("审批资产处置"), "{}", page.body);

    // Reported, it is the office's: nothing is pressed for any more.
    sqlx::query(
        "update plan_condition set state = 'reported', note = '已落实', reported_on = '2018-12-20',
             reported_by = (select min(id) from account) where id = $1",
    )
    .bind(condition.id)
    .execute(world.owner())
    .await
    .unwrap();
    world.made_anew().await;
    let page = world.get(&leader, &of_condition).await;
    assert!(page.body.contains("已办结"), "{}", page.body);
    let list = format!("/reminders?unit={}&kind=condition", condition.department);
    let page = world.get(&office, &list).await;
    let gone = format!("/condition:{}\"", condition.id);
    assert!(!page.body.contains(&gone), "{}", page.body);
}

/// What is late or nearly so on desks on a day, as the list should name it: an item by its
/// association, since the desk has one row for all of them in the same hands.
const LYING: &str = "select distinct k.department_id || '/' || case
        when k.kind = 'item' then case k.act when 'item.verify' then 'verify of ' else 'item of ' end || k.association_id
        when k.role not in ('unit_clerk', 'unit_leader') or k.act = 'plan.begin' then k.kind || ':' || k.case_id
        when k.kind in ('survey', 'survey_start', 'nil_report') then 'task:survey'
        when k.kind in ('plan', 'plan_start') then 'task:plan'
        when k.kind = 'notice_due' then 'task:notices'
        when k.kind in ('recommendation', 'group', 'liaison', 'timetable', 'risks') then 'task:' || k.kind
        else k.kind || ':' || k.case_id end
    from desk k
    where not k.suspended and k.due_on <= $1::date + 7 and (k.from_on is null or k.from_on <= $1)
      and k.role not in ('office_clerk', 'office_leader', 'civil_leader', 'ndrc') and k.kind not in ('reminder', 'supervision_order')
      and not (k.role = 'civil_reg' and k.kind in ('exit', 'founding'))";

#[tokio::test]
async fn what_lies_late_is_pressed_for_and_nothing_else() {
    let world = World::demo().await;
    // Nothing cools down, so that everything can be sent.
    for sql in ["delete from reminder_matter", "delete from reminder"] {
        sqlx::query(sql).execute(world.owner()).await.unwrap();
    }
    for sql in [CONDITION, NOTICE, DISPOSITION] {
        sqlx::query(sql).execute(world.owner()).await.unwrap();
    }
    world.made_anew().await;
    let mut kinds = BTreeSet::new();
    for (month, day) in [(9, 17), (10, 31), (11, 22), (12, 20)] {
        on(&world, month, day);
        let office = world.sign_in("office").await;
        let page = world.get(&office, "/reminders/preview?all=yes").await;
        assert_eq!(page.status, StatusCode::OK);
        let today = world.app.clock.today();
        let scheme = world.app.on(today).await.unwrap().scheme;
        let mut listed = BTreeSet::new();
        for (_, tick) in fields(&page).iter().filter(|(name, _)| name == "m") {
            let (department, key) = tick.split_once('/').unwrap();
            let (kind, id) = key.split_once(':').unwrap();
            kinds.insert(kind.to_owned());
            let name = match kind {
                "item" | "verify" => {
                    let own: i64 =
                        sqlx::query_scalar("select association_id from item where id = $1")
                            .bind(id.parse::<i64>().unwrap())
                            .fetch_one(world.owner())
                            .await
                            .unwrap();
                    format!("{kind} of {own}")
                }
                "task" => format!("task:{}", scheme.task(id).unwrap().measured),
                _ => key.to_owned(),
            };
            listed.insert(format!("{department}/{name}"));
        }
        let lying: Vec<String> = sqlx::query_scalar(LYING)
            .bind(today)
            .fetch_all(world.owner())
            .await
            .unwrap();
        let lying: BTreeSet<String> = lying.into_iter().collect();
        let only = |one: &BTreeSet<String>, other: &BTreeSet<String>| -> Vec<String> {
            one.difference(other).cloned().collect()
        };
        let (missing, stray) = (only(&lying, &listed), only(&listed, &lying));
        assert!(
            missing.is_empty() && stray.is_empty(),
            "{today}: missing {missing:?}, stray {stray:?}"
        );
    }
    for kind in ["task", "item", "verify", "condition", "notice", "holding"] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
}

#[tokio::test]
async fn what_rests_is_not_pressed_for() {
    let world = World::demo().await;
    on(&world, 12, 20);
    sqlx::query(CONDITION).execute(world.owner()).await.unwrap();
    world.made_anew().await;
    let case = on_desk(&world, ("condition", "unit_leader")).await;
    let office = world.sign_in("office").await;
    let key = format!("{}/condition:{}\"", case.department, case.id);
    let list = format!("/reminders?unit={}&kind=condition", case.department);
    let page = world.get(&office, &list).await;
    assert!(page.body.contains(&key), "{}", page.body);
    sqlx::query("update desk set suspended = true where association_id = $1")
        .bind(case.association)
        .execute(world.owner())
        .await
        .unwrap();
    let page = world.get(&office, &list).await;
    assert!(!page.body.contains(&key), "{}", page.body);
}
