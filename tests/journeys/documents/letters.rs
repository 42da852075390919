//! Letters: a notice to a department with a tie, and a 督办单.

use axum::http::StatusCode;

use super::EXAMPLE;
use super::word::{Document, are_on, refused_alike};
use crate::journeys::reminding_the_late::on;
use crate::world::World;

/// How many ties the department of a notice had when it went out.
async fn ties(world: &World, notice: i64) -> i64 {
    sqlx::query_scalar(
        "select count(*) from tie t join linked_notice n on n.association_id = t.association_id
           and n.department_id = t.department_id
         where n.id = $1 and not t.is_primary and (t.ended_on is null or t.ended_on > n.sent_on)
           and (t.started_on is null or t.started_on <= n.sent_on)",
    )
    .bind(notice)
    .fetch_one(world.owner())
    .await
    .unwrap()
}

#[tokio::test]
async fn a_notice_is_a_letter_to_one_department_with_a_slip_for_its_answer() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let (notice, text, unit): (i64, String, String) = sqlx::query_as(
        "select n.id, n.text, d.name from linked_notice n join department d on d.id = n.department_id
         where n.association_id = $1 order by n.id limit 1",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let ties = ties(&world, notice).await;
    assert!(ties > 0);
    let page = format!("/associations/{id}/notices");
    let file = format!("{page}/{notice}.docx");
    for who in ["jiaotong", "jiaotong-lead", "gongxin", "office", "caizheng"] {
        let cookie = world.sign_in(who).await;
        let opened = world.get(&cookie, &page).await;
        assert!(opened.body.contains(&format!("href=\"{file}\"")), "{who}");
        let document = Document::read(&world.get(&cookie, &file).await);
        let said = document.text();
        assert!(said.contains(&format!("{unit}：")), "{who}: {said}");
        assert!(said.contains(&text) && said.contains("通报回执"));
        assert!(said.contains("请你单位确认终止上述关系"));
        // What was answered stands on the page and in the slip.
        for answer in ["同意终止关系", "有异议", "绿工信发"] {
            let there = opened.texts(".panel .definition").concat().contains(answer);
            assert!(!there || said.contains(answer), "{who}: {answer}");
        }
        assert_eq!(document.across(), None, "what is sent is no draft");
        assert_eq!(document.figures().first(), Some(&format!("{ties}项")));
    }
    for who in ["shangwu", "xiehui", "observer", "admin"] {
        refused_alike(&world, who, (&page, &file)).await;
    }
    // Another department's letter is not there for a department with a tie.
    let office = world.sign_in("office").await;
    // A letter has no page: without its ending its address takes its department's answer alone.
    let bare = world.get(&office, &format!("{page}/{notice}")).await;
    assert_eq!(bare.status, StatusCode::FORBIDDEN);
    let other = world.association("物流行业协会").await;
    for nothing in [
        format!("{page}/999999.docx"),
        format!("/associations/{other}/notices/{notice}.docx"),
    ] {
        let answer = world.get(&office, &nothing).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

/// The 督办单 that the demonstration has drafted, and how many matters it has.
async fn drafted(world: &World) -> (i64, usize) {
    on(world, 11, 22);
    let id = world
        .count("select id from supervision_order where state = 'draft'")
        .await;
    let matters: i64 =
        sqlx::query_scalar("select count(*) from supervision_matter where order_id = $1")
            .bind(id)
            .fetch_one(world.owner())
            .await
            .unwrap();
    (id, usize::try_from(matters).unwrap())
}

#[tokio::test]
async fn an_order_is_a_draft_of_the_office_until_it_is_signed() {
    let world = World::demo().await;
    let (id, matters) = drafted(&world).await;
    let page = format!("/reminders/orders/{id}");
    let file = format!("{page}.docx");
    let office = world.sign_in("office").await;
    let opened = world.get(&office, &page).await;
    assert!(opened.body.contains(&format!("href=\"{file}\"")));
    let document = Document::read(&world.get(&office, &file).await);
    assert_eq!(document.across(), Some("拟稿".to_owned()));
    assert_eq!(opened.texts(".document > .across"), ["拟稿"]);
    // Deadline, days late, times reminded of, for each matter: on the page as in the file.
    assert_eq!(are_on(&document, &opened), matters * 3);
    assert!(document.text().contains("已催办") && document.body().contains("<w:tblHeader/>"));
    for who in [
        "nongye",
        "nongye-lead",
        "shangwu-lead",
        "xiehui",
        "observer",
        "admin",
    ] {
        refused_alike(&world, who, (&page, &file)).await;
    }
    // Only the order itself has a file; a number with an ending is no number elsewhere.
    for nothing in [
        "/reminders/orders/999999.docx".to_owned(),
        format!("{page}.xlsx"),
        "/reminders/1.docx".to_owned(),
    ] {
        let answer = world.get(&office, &nothing).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn a_signed_order_is_its_departments_and_of_those_who_read_along() {
    let world = World::demo().await;
    let (id, matters) = drafted(&world).await;
    let page = format!("/reminders/orders/{id}");
    let file = format!("{page}.docx");
    let head = world.sign_in("office-lead-2").await;
    let key = [("request_id", "5123456789abcdef"), ("version", "1")];
    let signed = world.post(&head, &format!("{page}/signature"), &key).await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.body);
    let number: String = sqlx::query_scalar("select number from supervision_order where id = $1")
        .bind(id)
        .fetch_one(world.owner())
        .await
        .unwrap();
    for who in ["nongye", "nongye-lead", "office", "fagai", "minzheng"] {
        let cookie = world.sign_in(who).await;
        let opened = world.get(&cookie, &page).await;
        let document = Document::read(&world.get(&cookie, &file).await);
        assert_eq!(document.across(), None, "{who}");
        let text = document.text();
        assert!(text.contains(&number), "{who}: {text}");
        assert!(text.contains("签发人："), "{who}: {text}");
        assert_eq!(are_on(&document, &opened), matters * 3);
    }
    for who in ["shangwu-lead", "xiehui"] {
        refused_alike(&world, who, (&page, &file)).await;
    }
}
