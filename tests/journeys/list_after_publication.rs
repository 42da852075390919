//! Amendments, objections, the trial, and what sends a decision back.

use axum::http::StatusCode;
use tuogou::access::{Actor, Capacity, Request, Role, Seen, Who};
use tuogou::ids::{AccountId, CapacityId, DepartmentId};
use tuogou::roster::acts;
use tuogou::roster::acts::publishing::Publication;
use tuogou::roster::rules::Refusal;

use crate::world::{Answer, World};

/// Past the browser nothing is seen.
const UNSEEN: Seen = Seen::any("past the browser");

/// Amends the list as its page stands.
async fn amend(world: &World, head: &str, fields: &[(&str, &str)]) -> Answer {
    let (page, action) = ("/roster/amendments/new", "/roster/amendments");
    world.submit(head, (page, action), fields).await
}

#[tokio::test]
async fn tc_17_appropriation_found_after_publication_is_a_to_do_until_the_list_is_amended() {
    let world = World::demo().await;
    let id = world.association("粮油流通协会").await;
    let head = world.sign_in("office-lead").await;
    let bench = world.get(&head, "/").await;
    assert!(bench.body.contains("名单增补") && bench.body.contains("粮油流通协会"));
    let before = world.get("", "/public/roster").await;
    assert!(!before.body.contains("粮油流通协会"));
    let number = id.to_string();
    let refused = amend(&world, &head, &[("added", &number), ("reason", "短")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let amended = amend(
        &world,
        &head,
        &[("added", &number), ("reason", "摸底更正后涉及财政拨款")],
    )
    .await;
    assert_eq!(amended.status, StatusCode::SEE_OTHER, "{}", amended.body);
    let bench = world.get(&head, "/").await;
    let due = |row: &String| row.contains("名单增补") && row.contains("粮油流通协会");
    assert!(!bench.texts("tbody tr").iter().any(due));
    // Both lists are told: as amended with it, as published without.
    let page = world.get("", "/public/roster").await;
    let tables = |label: &str| page.texts(&format!("[aria-label='{label}'] tbody tr"));
    let has = |rows: Vec<String>| rows.iter().any(|row| row.contains("粮油流通协会"));
    assert!(has(tables("现行名单")) && !has(tables("发布时的名单")));
    assert!(page.body.contains("增补第3号"));
    // The unit may write its plan now.
    let stage: String = sqlx::query_scalar("select stage from association where id = $1")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(stage, "listed");
    // A mandatory one is not withdrawn again.
    let off = amend(
        &world,
        &head,
        &[("withdrawn", &number), ("reason", "想要撤出这一个")],
    )
    .await;
    assert_eq!(off.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn tc_54_a_unit_that_had_not_submitted_stays_red_and_comes_later() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/roster").await;
    let row = page
        .texts("table tr")
        .into_iter()
        .find(|row| row.starts_with("农业局"))
        .unwrap();
    assert!(row.contains("尚未报送"), "{row}");
    // The publication went out with the reason on record.
    let opinion: String = sqlx::query_scalar(
        "select opinion from act_record where act = 'roster.publish' and subject_kind = 'roster'",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert!(opinion.contains("以后增补"));
    // Without a reason it would have been refused.
    let write = world.app.write(&head(&world).await).await.unwrap();
    let publication = Publication {
        title: "名单".to_owned(),
        ..Publication::default()
    };
    let refused = acts::publish(write, UNSEEN, &publication)
        .await
        .unwrap_err();
    let open = match refused.reason() {
        Some(Refusal::UnitsOpen(names)) => names.clone(),
        other => panic!("{other:?}"),
    };
    assert!(open.contains(&"农业局".to_owned()), "{open:?}");
    // One of its associations comes by amendment.
    let id = world.association("蔬菜种植协会").await.to_string();
    let lead = world.sign_in("office-lead").await;
    let amended = amend(
        &world,
        &lead,
        &[("added", &id), ("reason", "该单位逾期未报，先行增补")],
    )
    .await;
    assert_eq!(amended.status, StatusCode::SEE_OTHER, "{}", amended.body);
}

/// The office's head, past the browser.
async fn head(world: &World) -> Who {
    let (account, department): (i64, i64) = sqlx::query_as(
        "select a.id, c.department_id from account a join capacity c on c.account_id = a.id
         where a.username = 'office-lead' and c.role = 'office_leader'",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let capacity = Capacity {
        id: CapacityId(0),
        department: DepartmentId(department),
        department_name: "区民政局".to_owned(),
        role: Role::OfficeLeader,
        association: None,
        association_name: None,
        on_behalf_of: None,
    };
    Who {
        actor: Actor {
            account: AccountId(account),
            username: "office-lead".to_owned(),
            name: "陆国平".to_owned(),
            held: vec![capacity.clone()],
            capacity,
            must_change_password: false,
        },
        request: Request::internal(&world.app.clock),
    }
}

#[tokio::test]
async fn a_decision_goes_back_before_publication_only_where_its_base_moved() {
    let world = World::demo().await;
    // 工商联 as it stood between decision and publication.
    let unit: i64 = sqlx::query_scalar("select id from department where code = 'gongshanglian'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    for sql in [
        "update recommendation set state = 'approved' where department_id = $1",
        "update roster_entry e set publication_id = null from association a
         where a.id = e.association_id and a.department_id = $1",
    ] {
        sqlx::query(sql)
            .bind(unit)
            .execute(world.owner())
            .await
            .unwrap();
    }
    let write = world.app.write(&head(&world).await).await.unwrap();
    let refused = acts::return_(write, DepartmentId(unit), UNSEEN, "范围有变").await;
    assert_eq!(refused.unwrap_err().reason(), Some(&Refusal::BaseStands));
    sqlx::query("update association set scope = 'defer' where name like '%青年企业家商会'")
        .execute(world.owner())
        .await
        .unwrap();
    let office = world.sign_in("office").await;
    let (page, action) = (format!("/roster/{unit}"), format!("/roster/{unit}/return"));
    let reason = [("reason", "范围有变")];
    let clerk_tries = world.submit(&office, (&page, &action), &reason).await;
    assert_eq!(clerk_tries.status, StatusCode::CONFLICT);
    let lead = world.sign_in("office-lead").await;
    let preview = world.get(&lead, "/roster/preview").await;
    assert_eq!(preview.status, StatusCode::OK);
    // What is out of scope would not be published, whatever was decided before.
    assert!(
        !preview
            .texts("ol li")
            .iter()
            .any(|name| name.ends_with("青年企业家商会"))
    );
    let back = world.submit(&lead, (&page, &action), &reason).await;
    assert_eq!(back.status, StatusCode::SEE_OTHER, "{}", back.body);
    let pending: i64 = sqlx::query_scalar(
        "select count(*) from roster_entry e join association a on a.id = e.association_id
         where a.department_id = $1 and e.decision <> 'pending'",
    )
    .bind(unit)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(pending, 0);
}

#[tokio::test]
async fn an_objection_is_answered_once_and_its_author_is_not_public() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/roster/objections").await;
    assert!(
        page.body.contains("某会员单位") && page.body.contains("至2018-10-10"),
        "{}",
        page.body
    );
    let publication: i64 = sqlx::query_scalar("select id from roster_publication")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let publication = publication.to_string();
    let fields = [
        ("publication", publication.as_str()),
        ("received_on", "2018-10-09"),
        ("objector", "另一会员单位"),
        ("content", "名称有误"),
    ];
    let recorded = world.post(&office, "/roster/objections", &fields).await;
    assert_eq!(recorded.status, StatusCode::SEE_OTHER, "{}", recorded.body);
    let id: i64 = sqlx::query_scalar("select max(id) from roster_objection")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let (path, field) = (format!("/roster/objections/{id}"), format!("answer.{id}"));
    let page = "/roster/objections";
    let seen = world.sealed(&office, page, &path).await;
    let seen = seen.iter().find(|(name, _)| name == "seen").unwrap();
    let answer = [
        ("seen", seen.1.as_str()),
        (field.as_str(), "经核名称无误。"),
    ];
    let first = world.post(&office, &path, &answer).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let second = world.post(&office, &path, &answer).await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    let public = world.get("", "/public/roster").await;
    assert!(!public.body.contains("会员单位"));
}

#[tokio::test]
async fn two_amendments_at_once_add_an_association_once() {
    let world = World::demo().await;
    let id = world.association("粮油流通协会").await.to_string();
    let (first, second) = (
        world.sign_in("office-lead").await,
        world.sign_in("office-lead").await,
    );
    let (page, path) = ("/roster/amendments/new", "/roster/amendments");
    let seen = world.sealed(&first, page, path).await;
    let seen = seen.iter().find(|(name, _)| name == "seen").unwrap();
    let fields = [
        ("seen", seen.1.as_str()),
        ("added", id.as_str()),
        ("reason", "摸底更正后涉及财政拨款"),
    ];
    let (one, other) = tokio::join!(
        world.post(&first, path, &fields),
        world.post(&second, path, &fields),
    );
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    // The other one is refused by the act, or by the page if the first was already through.
    let refused = [409, 422].contains(&statuses[1]);
    assert!(statuses[0] == 303 && refused, "{statuses:?}");
    let added = sqlx::query_scalar::<_, i64>(
        "select count(*) from roster_amendment_entry where association_id = $1::bigint and change = 'added'",
    )
    .bind(id.parse::<i64>().unwrap());
    assert_eq!(added.fetch_one(world.owner()).await.unwrap(), 1);
}

/// A page's form as it was when the page was opened, with what is typed, sent now.
async fn send(world: &World, cookie: &str, path: &str, carried: &[(String, String)]) -> StatusCode {
    let fields: Vec<(&str, &str)> = carried
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    world.post(cookie, path, &fields).await.status
}

#[tokio::test]
async fn a_list_is_decided_on_as_it_was_seen_only() {
    let world = World::demo().await;
    // 工商联 waits for the decision again.
    let unit: i64 = sqlx::query_scalar("select id from department where code = 'gongshanglian'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    for sql in [
        "update recommendation set state = 'submitted' where department_id = $1",
        "update roster_entry e set publication_id = null, decision = 'pending' from association a
         where a.id = e.association_id and a.department_id = $1",
    ] {
        let sent = sqlx::query(sql).bind(unit);
        sent.execute(world.owner()).await.unwrap();
    }
    let (page, approval) = (
        format!("/roster/{unit}"),
        format!("/roster/{unit}/approval"),
    );
    let head = world.sign_in("office-lead").await;
    let old = world.sealed(&head, &page, &approval).await;
    // What its page shows is another thing now, without any act on the recommendation.
    let changed = "update roster_entry set reason = reason || '。' where association_id in
         (select id from association where department_id = $1)";
    let changed = sqlx::query(changed).bind(unit);
    changed.execute(world.owner()).await.unwrap();
    let unseen = send(&world, &head, &approval, &old).await;
    assert_eq!(unseen, StatusCode::CONFLICT);
    let all: Vec<String> = sqlx::query_scalar(
        "select a.id::text from roster_entry e join association a on a.id = e.association_id
         where a.department_id = $1 and a.scope = 'in' and a.exited_on is null",
    )
    .bind(unit)
    .fetch_all(world.owner())
    .await
    .unwrap();
    let all: Vec<(&str, &str)> = all.iter().map(|id| ("listed", id.as_str())).collect();
    let seen = world.submit(&head, (&page, &approval), &all).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);

    // The publication: one of those that it would take has changed.
    let (page, publication) = ("/roster/publication", "/roster/publication");
    let late = "select id from department where code = 'nongye'";
    let exception = format!("exception.{}", world.count(late).await);
    let mut old = world.sealed(&head, page, publication).await;
    for (name, value) in [
        ("title", "脱钩名单（增补）"),
        (exception.as_str(), "其余单位以后增补"),
    ] {
        old.push((name.to_owned(), value.to_owned()));
    }
    let changed = "update association set version = version + 1 where department_id = $1";
    let changed = sqlx::query(changed).bind(unit);
    changed.execute(world.owner()).await.unwrap();
    let listed = "select count(*) from roster_publication";
    let before = world.count(listed).await;
    let unseen = send(&world, &head, publication, &old).await;
    assert_eq!(unseen, StatusCode::CONFLICT);
    assert_eq!(world.count(listed).await, before);
}
