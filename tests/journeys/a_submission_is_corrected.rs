//! What can no longer be taken back is asked to be corrected: who checks it sends it back,
//! which answers the request, or refuses with a reason.

use axum::http::StatusCode;

use crate::world::{Answer, World};

fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// The newest survey of an association, and where its correction is asked for.
async fn survey(world: &World, association: i64) -> (String, String) {
    let case: i64 = sqlx::query_scalar("select max(id) from survey where association_id = $1")
        .bind(association)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let of = format!("/associations/{association}");
    (
        format!("{of}/survey"),
        format!("{of}/corrections/survey/{case}"),
    )
}

/// In whose hands requests of the association are.
async fn hands(world: &World, association: i64) -> Vec<String> {
    sqlx::query_scalar("select role from desk where kind = 'correction' and association_id = $1")
        .bind(association)
        .fetch_all(world.owner())
        .await
        .unwrap()
}

async fn states(world: &World, association: i64) -> Vec<String> {
    sqlx::query_scalar("select state from correction where association_id = $1 order by id")
        .bind(association)
        .fetch_all(world.owner())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_confirmed_survey_is_opened_again_on_request() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let (page, asking) = survey(&world, id).await;
    let (leader, office) = (
        world.sign_in("jiaotong-lead").await,
        world.sign_in("office").await,
    );
    let silent = world.submit(&leader, (&page, &asking), &[]).await;
    assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY);
    let why = "漏报一处租用的房产";
    let reason = [("correction", why)];
    done(&world.submit(&leader, (&page, &asking), &reason).await);
    assert_eq!(hands(&world, id).await, ["office_clerk"]);
    let list = world.get(&office, "/corrections").await;
    assert!(list.body.contains(why), "{}", list.body);
    // One waits at a time; the unit and who checks it read it, nobody else.
    for (who, told) in [
        ("jiaotong", true),
        ("office-lead", true),
        ("caizheng", false),
    ] {
        let cookie = world.sign_in(who).await;
        let shown = world.get(&cookie, &page).await;
        assert_eq!(shown.body.contains(why), told, "{who}");
        assert!(!shown.body.contains("id=\"f-correction\""), "{who}");
    }
    let cookie = world.sign_in("caizheng").await;
    let refused = world.get(&cookie, &asking).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    let history = format!("/associations/{id}/history");
    assert!(world.get(&leader, &history).await.body.contains(why));
    // The ordinary act answers it.
    let head = world.sign_in("office-lead").await;
    let edition = format!("{page}/edition");
    done(
        &world
            .submit(&head, (&page, &edition), &[("reason", "按申请更正")])
            .await,
    );
    assert_eq!(states(&world, id).await, ["returned"]);
    assert!(hands(&world, id).await.is_empty());
}

#[tokio::test]
async fn it_is_refused_with_a_reason_that_the_unit_reads() {
    let world = World::demo().await;
    let id = world.association("奶业协会").await;
    let (page, asking) = survey(&world, id).await;
    let (leader, office) = (
        world.sign_in("nongye-lead").await,
        world.sign_in("office").await,
    );
    // As long as nobody has opened the check, it is taken back.
    let shown = world.get(&leader, &page).await;
    assert!(!shown.body.contains("id=\"f-correction\""));
    let version = world
        .count("select version::bigint from survey where state = 'submitted' order by id limit 1")
        .await
        .to_string();
    let early = [
        ("request_id", "8888888888888888"),
        ("seen", version.as_str()),
        ("correction", "会员数有误"),
    ];
    let early = world.post(&leader, &asking, &early).await;
    assert_eq!(early.status, StatusCode::CONFLICT, "{}", early.body);
    let comments = format!("/associations/{id}/comments");
    let remark = [("body", "会员数请再核对。")];
    done(&world.submit(&office, (&comments, &comments), &remark).await);
    let reason = [("correction", "会员数有误，应为86家")];
    done(&world.submit(&leader, (&page, &asking), &reason).await);
    let refusal = format!("{asking}/refusal");
    let answer = [("refusal_of_correction", "以年检登记数为准")];
    done(&world.submit(&office, (&page, &refusal), &answer).await);
    assert_eq!(states(&world, id).await, ["refused"]);
    assert!(hands(&world, id).await.is_empty());
    let clerk = world.sign_in("nongye").await;
    let told = world.get(&clerk, &page).await;
    assert!(told.body.contains("不予更正") && told.body.contains("以年检登记数为准"));
    // They may ask once more; a return answers that.
    let reason = [("correction", "已附年检报告")];
    done(&world.submit(&leader, (&page, &asking), &reason).await);
    let back = format!("{page}/return");
    let opinion = [("SV-18-1", "请更正会员数")];
    done(&world.submit(&office, (&back, &back), &opinion).await);
    assert_eq!(states(&world, id).await, ["refused", "returned"]);
    assert!(hands(&world, id).await.is_empty());
}

#[tokio::test]
async fn of_a_reported_item_its_verifier_is_asked() {
    let world = World::demo().await;
    let id = world.association("装备制造业协会").await;
    let item: i64 =
        sqlx::query_scalar("select id from item where association_id = $1 and measure = 'T5-01'")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    let page = format!("/associations/{id}/progress/{item}");
    let (clerk, leader, verifier) = (
        world.sign_in("gongxin").await,
        world.sign_in("gongxin-lead").await,
        world.sign_in("zuzhi").await,
    );
    let paper = [
        ("T5-01-1", "区委组织部"),
        ("T5-01-2", "2018-11-09"),
        ("T5-01-3", "1"),
        ("kind", "其他证明材料"),
        ("document_number", "无"),
        ("document_date", "2018-11-10"),
        ("issuer", "区工业和信息化局"),
    ];
    done(&world.submit(&clerk, (&page, &page), &paper).await);
    let report = format!("{page}/report");
    done(&world.submit(&leader, (&page, &report), &[]).await);
    let comments = format!("/associations/{id}/comments");
    let remark = [("body", "接收函请补正。")];
    done(
        &world
            .submit(&verifier, (&comments, &comments), &remark)
            .await,
    );
    let asking = format!("{page}/correction");
    let reason = [("correction", "接收函传错了")];
    done(&world.submit(&leader, (&page, &asking), &reason).await);
    assert_eq!(hands(&world, id).await, ["org_dept"]);
    for (who, lists) in [("zuzhi", true), ("caizheng", false), ("office", true)] {
        let cookie = world.sign_in(who).await;
        let list = world.get(&cookie, "/corrections").await;
        assert_eq!(list.body.contains("接收函传错了"), lists, "{who}");
    }
    let back = format!("{page}/return");
    let why = [("reason", "按申请退回更正")];
    done(&world.submit(&verifier, (&page, &back), &why).await);
    assert_eq!(states(&world, id).await, ["returned"]);
    assert!(hands(&world, id).await.is_empty());
}

#[tokio::test]
async fn of_a_verified_item_the_office_is_asked_and_its_verifier_or_the_office_returns_it() {
    let world = World::demo().await;
    let id = world.association("汽车零部件行业协会").await;
    let item: i64 = sqlx::query_scalar(
        "select id from item where association_id = $1 and measure = 'T1-03' and state = 'verified'",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let page = format!("/associations/{id}/progress/{item}");
    let asking = format!("{page}/correction");
    let (leader, office) = (
        world.sign_in("gongxin-lead").await,
        world.sign_in("office").await,
    );
    let reason = [("correction", "印章备案材料传错了")];
    done(&world.submit(&leader, (&page, &asking), &reason).await);
    assert!(world.differences().await.is_empty());
    assert_eq!(hands(&world, id).await, ["office_clerk"]);
    let list = world.get(&office, "/corrections").await;
    assert!(list.body.contains("印章备案材料传错了"), "{}", list.body);
    let back = format!("{page}/return");
    let why = [("reason", "按申请退回更正")];
    done(&world.submit(&office, (&page, &back), &why).await);
    assert_eq!(states(&world, id).await, ["returned"]);
    assert!(hands(&world, id).await.is_empty());
    assert!(world.differences().await.is_empty());
}

/// 工商联 as it stood between decision and publication.
async fn decided(world: &World) -> i64 {
    let unit: i64 = sqlx::query_scalar("select id from department where code = 'gongshanglian'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    for sql in [
        "update recommendation set state = 'approved' where department_id = $1",
        "update roster_entry e set publication_id = null from association a
         where a.id = e.association_id and a.department_id = $1",
    ] {
        let put = sqlx::query(sql).bind(unit);
        put.execute(world.owner()).await.unwrap();
    }
    world.made_anew().await;
    unit
}

/// In whose hands the request about the unit's recommendation is.
async fn hands_of(world: &World, unit: i64) -> Vec<String> {
    sqlx::query_scalar(
        "select role from desk where kind = 'correction' and association_id is null and unit_id = $1",
    )
    .bind(unit)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

async fn states_of(world: &World, unit: i64) -> Vec<String> {
    sqlx::query_scalar(
        "select state from correction where kind = 'department' and case_id = $1 order by id",
    )
    .bind(unit)
    .fetch_all(world.owner())
    .await
    .unwrap()
}

async fn desk_holds(world: &World) {
    let apart = world.differences().await;
    assert!(apart.is_empty(), "{apart:#?}");
}

#[tokio::test]
async fn a_recommendation_that_was_decided_on_goes_back_on_request() {
    let world = World::demo().await;
    let unit = decided(&world).await;
    let page = format!("/roster/{unit}");
    let (asking, back) = (format!("{page}/correction"), format!("{page}/return"));
    let (leader, clerk) = (
        world.sign_in("gongshanglian-lead").await,
        world.sign_in("gongshanglian").await,
    );
    let (office, head) = (
        world.sign_in("office").await,
        world.sign_in("office-lead").await,
    );
    // What was decided on still stands, and nobody asks for anything else.
    let opinion = [("reason", "退回重报")];
    let stands = world.submit(&head, (&page, &back), &opinion).await;
    assert_eq!(stands.status, StatusCode::CONFLICT, "{}", stands.body);
    let own = world.get(&clerk, &page).await;
    assert!(!own.body.contains("id=\"f-correction\""));
    let why = "漏填一家协会列入后续批次的理由";
    let reason = [("correction", why)];
    done(&world.submit(&leader, (&page, &asking), &reason).await);
    desk_holds(&world).await;
    assert_eq!(hands_of(&world, unit).await, ["office_clerk"]);
    // The office finds it on the workbench, in the list and on the page; a department not.
    let workbench = world.get(&office, "/").await;
    assert!(
        workbench.body.contains("答复更正申请"),
        "{}",
        workbench.body
    );
    for (who, told) in [("office", true), ("caizheng", false), ("gongxin", false)] {
        let cookie = world.sign_in(who).await;
        let list = world.get(&cookie, "/corrections").await;
        assert_eq!(list.body.contains(why), told, "{who}");
        let shown = world.get(&cookie, &asking).await;
        assert_eq!(shown.status == StatusCode::OK, told, "{who}");
    }
    let told = world.get(&clerk, &page).await;
    assert!(told.body.contains(why) && !told.body.contains("id=\"f-correction\""));
    // Meanwhile the list does not go out without a word on it.
    let typed = [("title", "脱钩名单（增补）")];
    let publication = ("/roster/publication", "/roster/publication");
    let answer = world.submit(&head, publication, &typed).await;
    assert!(answer.body.contains("申请更正") && answer.status != StatusCode::SEE_OTHER);
    // The ordinary act answers it; its clerk has it again.
    done(&world.submit(&head, (&page, &back), &opinion).await);
    desk_holds(&world).await;
    assert_eq!(states_of(&world, unit).await, ["returned"]);
    assert!(hands_of(&world, unit).await.is_empty());
    let sql = "select count(*) from recommendation r join department d on d.id = r.department_id
               where d.code = 'gongshanglian' and r.state = 'returned'";
    assert_eq!(world.count(sql).await, 1);
}

#[tokio::test]
async fn a_request_about_a_recommendation_is_refused_or_ends_with_the_publication() {
    let world = World::demo().await;
    let unit = decided(&world).await;
    let page = format!("/roster/{unit}");
    let (asking, refusal) = (
        format!("{page}/correction"),
        format!("{page}/correction/refusal"),
    );
    let leader = world.sign_in("gongshanglian-lead").await;
    let office = world.sign_in("office").await;
    let reason = [("correction", "拟改列后续批次")];
    done(&world.submit(&leader, (&page, &asking), &reason).await);
    let answer = [("refusal_of_correction", "名单即将发布，发布后可以申请调整")];
    done(&world.submit(&office, (&page, &refusal), &answer).await);
    desk_holds(&world).await;
    assert_eq!(states_of(&world, unit).await, ["refused"]);
    assert!(hands_of(&world, unit).await.is_empty());
    let told = world.get(&leader, &page).await;
    assert!(told.body.contains("发布后可以申请调整"), "{}", told.body);
    // They may ask once more; what is published is amended instead.
    done(&world.submit(&leader, (&page, &asking), &reason).await);
    let head = world.sign_in("office-lead").await;
    let mut typed = vec![("title".to_owned(), "脱钩名单（增补）".to_owned())];
    let missing: Vec<i64> = sqlx::query_scalar(
        "select id from department where code in ('nongye', 'gongshanglian') order by id",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    for unit in missing {
        typed.push((format!("exception.{unit}"), "按审定结果发布".to_owned()));
    }
    let dates = super::published_list_stays::proposed(&world, &head).await;
    typed.extend(dates.into_iter().map(|(name, day)| (name.to_owned(), day)));
    let typed: Vec<(&str, &str)> = typed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let publication = ("/roster/publication", "/roster/publication");
    done(&world.submit(&head, publication, &typed).await);
    desk_holds(&world).await;
    assert_eq!(states_of(&world, unit).await, ["refused", "lapsed"]);
    assert!(hands_of(&world, unit).await.is_empty());
    let shown = world.get(&leader, &page).await;
    assert!(!shown.body.contains("id=\"f-correction\""));
}
