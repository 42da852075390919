//! Documents as Word files: whoever sees the page takes the file and nobody else, it says what
//! the page says, its figures come out of it as they went in, and what is not decided says so
//! across every page.

mod letters;
mod signed;
mod word;

use std::collections::BTreeMap;

use axum::http::StatusCode;

use crate::world::World;

use word::{Document, are_on, of_page, refused_alike};

pub const EXAMPLE: &str = "汽车维修行业协会";

#[tokio::test]
async fn the_survey_on_paper_says_what_its_page_says_to_each_who_reads_it() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let (page, file) = (
        format!("/associations/{id}/survey"),
        format!("/associations/{id}/survey.docx"),
    );
    let names: Vec<String> = sqlx::query_scalar(
        "select distinct p ->> 'name' from survey s, jsonb_array_elements(s.answers -> 'SV-60') p
         where s.association_id = $1 and s.edition = (select max(edition) from survey where association_id = $1)",
    )
    .bind(id)
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(names.len() > 3);
    for who in [
        "jiaotong",
        "jiaotong-lead",
        "xiehui",
        "office",
        "zuzhi",
        "minzheng-lead",
        "fagai",
    ] {
        let cookie = world.sign_in(who).await;
        let opened = world.get(&cookie, &page).await;
        for offered in [file.as_str(), "/survey-form.docx"] {
            let link = format!("href=\"{offered}\"");
            assert!(opened.body.contains(&link), "{who}: {offered}");
        }
        let answers = world.get(&cookie, &format!("{page}/answers")).await;
        let document = Document::read(&world.get(&cookie, &file).await);
        let text = document.text();
        assert!(
            text.contains(&answers.texts(".page-head .lead")[0]),
            "{who}: {text}"
        );
        assert!(are_on(&document, &answers) > 40, "{who}");
        assert_eq!(document.across(), None, "{who}: it is confirmed");
        for role in ["填表人", "审核人", "单位负责人（盖章）", "日期"] {
            assert!(text.contains(&format!("{role}：")), "{who}: {role}");
        }
        let told = of_page(&answers);
        for name in &names {
            assert_eq!(told.contains(name), text.contains(name), "{who}: {name}");
        }
        let closed = text.contains("姓名等个人信息按权限查看");
        assert_eq!(closed, matches!(who, "minzheng-lead" | "fagai"), "{who}");
        if closed {
            // Officers whom the other questions do not name are not in the file.
            assert!(names.iter().any(|name| !text.contains(name)), "{who}");
        }
    }
    for who in ["gongxin", "shangwu", "observer", "admin"] {
        refused_alike(&world, who, (&page, &file)).await;
    }
}

#[tokio::test]
async fn a_survey_that_is_not_confirmed_says_so_across_every_page() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let newest: Vec<(i64, String, i32)> = sqlx::query_as(
        "select distinct on (association_id) association_id, state, edition from survey
         order by association_id, edition desc",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let mut seen = BTreeMap::new();
    for (id, state, edition) in newest {
        let count: &mut i32 = seen.entry(state.clone()).or_default();
        *count += 1;
        if *count > 2 {
            continue;
        }
        let file = format!("/associations/{id}/survey.docx");
        let document = Document::read(&world.get(&office, &file).await);
        let expected = match state.as_str() {
            "confirmed" => None,
            "submitted" => Some(format!("待确认（第{edition}版）")),
            _ => Some(format!("草稿（第{edition}版）")),
        };
        assert_eq!(document.across(), expected, "{state}");
    }
    // Where nobody has begun, the form brings what the register knows.
    let (id, name): (i64, String) = sqlx::query_as(
        "select a.id, a.name from association a
         where not exists (select from survey s where s.association_id = a.id) order by a.id limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let file = format!("/associations/{id}/survey.docx");
    let document = Document::read(&world.get(&office, &file).await);
    assert_eq!(document.across(), Some("草稿（第1版）".to_owned()));
    assert!(document.text().contains(&name));
}

#[tokio::test]
async fn the_blank_form_asks_every_question() {
    let world = World::demo().await;
    for who in [
        "jiaotong",
        "jiaotong-lead",
        "xiehui",
        "office",
        "office-lead",
    ] {
        let cookie = world.sign_in(who).await;
        let document = Document::read(&world.get(&cookie, "/survey-form.docx").await);
        let text = document.text();
        let sections = &world.scheme().survey.sections;
        for question in sections.iter().flat_map(|section| &section.questions) {
            let signed = ["填表日期", "单位负责人"].contains(&question.label.as_str());
            assert!(
                signed || text.contains(&question.label),
                "{}",
                question.label
            );
        }
        assert!(text.contains("“是否占用行政办公用房”为“是”的填写"));
        assert!(text.contains("□是　□否") && text.contains("单位负责人（盖章）："));
        assert_eq!(document.figures(), Vec::<String>::new());
        assert_eq!(document.across(), None);
        // Nobody's answers are in it.
        assert!(!text.contains("51220106MJ00001065") && !text.contains(EXAMPLE));
    }
    let nobody = world.get("", "/survey-form.docx").await;
    assert_ne!(nobody.status, StatusCode::OK);
}

#[tokio::test]
async fn the_list_as_announced_has_every_row_and_no_reason() {
    let world = World::demo().await;
    let file = "/roster.docx";
    let rows: Vec<String> = sqlx::query_scalar(
        "select name from roster_line where publication_id is not null order by id",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    let public = of_page(&world.get("", "/public/roster").await);
    for who in [
        "office",
        "minzheng",
        "jiaotong",
        "gongxin-lead",
        "xiehui",
        "observer",
    ] {
        let cookie = world.sign_in(who).await;
        let document = Document::read(&world.get(&cookie, file).await);
        let text = document.text();
        for name in &rows {
            assert!(text.lines().any(|line| line == name), "{who}: {name}");
        }
        // Its number is the page's; the head of its table is repeated.
        let figures = document.figures();
        assert_eq!(figures, [format!("{}个", rows.len())]);
        assert!(public.contains(&figures[0]), "{public}");
        assert!(document.body().contains("<w:tblHeader/>"));
        // The internal version alone says why.
        assert!(!text.lines().any(|line| matches!(line, "推荐" | "入选原因")));
        assert_eq!(document.across(), None);
    }
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/roster").await;
    assert!(page.body.contains("href=\"/roster.docx\""));
    refused_alike(&world, "admin", ("/roster", file)).await;
    assert_ne!(world.get("", file).await.status, StatusCode::OK);
}

/// The first amendment of the demonstration: its number, an association, its reason.
async fn amended(world: &World) -> (i32, String, String) {
    sqlx::query_as(
        "select m.number, l.name, m.reason from roster_amendment m
         join roster_line l on l.amendment_id = m.id order by m.number, l.id limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap()
}

#[tokio::test]
async fn an_amendment_is_a_paper_under_its_number() {
    let world = World::demo().await;
    let (number, name, reason) = amended(&world).await;
    let file = format!("/roster/amendments/{number}.docx");
    for who in ["office", "jiaotong", "xiehui", "observer"] {
        let cookie = world.sign_in(who).await;
        let document = Document::read(&world.get(&cookie, &file).await);
        let text = document.text();
        assert!(text.contains(&name) && text.contains(&reason), "{text}");
        assert!(text.contains(&format!("第{number}号")), "{text}");
        let lines: i64 = sqlx::query_scalar(
            "select count(*) from roster_line l join roster_amendment m on m.id = l.amendment_id where m.number = $1",
        )
        .bind(number)
        .fetch_one(world.owner())
        .await
        .unwrap();
        assert_eq!(document.figures(), [format!("{lines}个")]);
    }
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/roster").await;
    assert!(page.body.contains(&format!("href=\"{file}\"")));
    for nothing in [
        "/roster/amendments/999.docx".to_owned(),
        format!("/roster/amendments/{number}"),
        "/roster/amendments/x.docx".to_owned(),
    ] {
        let answer = world.get(&office, &nothing).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    refused_alike(&world, "admin", ("/roster", &file)).await;
}
