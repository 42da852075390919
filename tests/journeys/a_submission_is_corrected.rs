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
