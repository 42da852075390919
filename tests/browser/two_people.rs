//! Two people at two browsers edit the same section, and both save; somebody's session
//! ends while they type; a paper is handed in with a note.

use super::person::{Person, Site};
use crate::world::PASSWORD;

#[tokio::test]
async fn two_people_edit_the_same_section() {
    let site = Site::open().await;
    let id = site.world.association("农产品加工业协会").await;
    let path = format!("/associations/{id}/survey/sections/institution");
    let Some(she) = Person::sign_in(&site, "nongye").await else {
        return;
    };
    let he = Person::sign_in(&site, "nongye").await.unwrap();
    she.open(&path).await;
    rows(&she, &[("SV-20.1", "supervise", "区农业局")]).await;
    for (name, value) in [("SV-21", "no"), ("SV-23", "no"), ("done", "no")] {
        she.choose(name, value).await;
    }
    she.fill("SV-28-1", "3").await;
    she.press("保存").await;

    she.open(&path).await;
    he.open(&path).await;
    let hers = [
        ("SV-20.2", "liaise", "区畜牧业管理局"),
        ("SV-20.3", "liaise", "区水利局"),
    ];
    rows(&she, &hers).await;
    she.choose("SV-21", "yes").await;
    she.fill("SV-28-1", "4").await;
    she.press("保存").await;
    she.sees("本部分已保存").await;

    rows(&he, &[("SV-20.2", "affiliate", "区工商联")]).await;
    he.fill("SV-20.1.department", "区农业农村局").await;
    he.choose("SV-23", "yes").await;
    he.fill("SV-28-1", "5").await;
    he.press("保存").await;
    for words in [
        "别人刚刚修改了同一内容",
        "采用对方的修改",
        "区水利局",
        "保留您的修改",
        "区工商联",
        "内设机构数",
    ] {
        he.sees(words).await;
    }
    let mut wrong = he.look("conflict-section").await;
    he.choose("@1", "theirs").await;
    he.press("按以上选择保存").await;
    he.sees("本部分已保存").await;
    he.open(&path).await;
    let organs = "[...document.querySelectorAll('[name^=\"SV-20.\"][name$=\".department\"]')].map((field) => field.value).join()";
    assert_eq!(
        he.ask(organs).await.as_str(),
        Some("区农业农村局,区畜牧业管理局,区水利局,区工商联")
    );
    let said = "document.querySelector('[name=\"SV-21\"]:checked').value + document.querySelector('[name=\"SV-23\"]:checked').value + document.querySelector('[name=\"SV-28-1\"]').value";
    assert_eq!(he.ask(said).await.as_str(), Some("yesyes4"));

    // The same row changed by both, to see it side by side.
    she.open(&path).await;
    she.fill("SV-20.3.department", "区水务局").await;
    she.press("保存").await;
    he.fill("SV-20.3.department", "区水利和水务局").await;
    he.press("保存").await;
    wrong.extend(he.look("conflict-row").await);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Rows of a table, each with its kind and organ.
async fn rows(person: &Person, rows: &[(&str, &str, &str)]) {
    for (row, kind, organ) in rows {
        let values = [("kind", *kind), ("department", *organ)];
        let values = values.map(|(column, value)| (format!("{row}.{column}"), value.to_owned()));
        person.fill_in(&values).await;
    }
}

#[tokio::test]
async fn what_was_typed_when_the_session_ended_comes_back_on_its_own_page() {
    let site = Site::open().await;
    let id = site.world.association("汽车维修行业协会").await;
    let Some(clerk) = Person::sign_in(&site, "jiaotong").await else {
        return;
    };
    let item = crate::journeys::files_follow_their_matter::open_item(&site.world, id, false).await;
    let path = format!("/associations/{id}/progress/{item}");
    clerk.open(&path).await;
    let mut wrong = clerk.look("item-one-form").await;
    clerk.fill("note", "会员大会已开").await;
    clerk.fill("issuer", "区交通运输局").await;
    sqlx::query("delete from session")
        .execute(site.world.owner())
        .await
        .unwrap();
    clerk.press("只保存").await;
    clerk.sees("登录已过期").await;
    clerk.fill("username", "jiaotong").await;
    clerk.fill("password", PASSWORD).await;
    clerk.press("登录").await;
    clerk.sees("办理情况").await;
    let typed = "document.querySelector('[name=note]').value + document.querySelector('[name=issuer]').value";
    assert_eq!(
        clerk.ask(typed).await.as_str(),
        Some("会员大会已开区交通运输局")
    );
    wrong.extend(clerk.look("resume-item").await);
    // Half a paper is asked for whole, and the note is there.
    clerk.press("只保存").await;
    clerk.sees("请填写文件日期").await;
    for (name, value) in [
        ("kind", "其他证明材料"),
        ("document_number", "无"),
        ("document_date", "2018-11-20"),
    ] {
        clerk.fill(name, value).await;
    }
    clerk.press("只保存").await;
    clerk.sees("办理情况已保存").await;
    clerk.sees("其他证明材料").await;
    assert!(wrong.is_empty(), "{wrong:#?}");
}
