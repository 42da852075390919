//! The page of an item is one form, and what was typed when the session had ended comes
//! back on its own page, to whoever typed it and to nobody else.

use axum::http::{StatusCode, header};

use super::files_follow_their_matter::{PDF, open_item};
use crate::world::{Answer, PASSWORD, World};

const NOTE: &str = "会员大会已开，章程修改稿已报登记管理机关";

async fn item(world: &World) -> String {
    let id = world.association("汽车维修行业协会").await;
    let item = open_item(world, id, false).await;
    format!("/associations/{id}/progress/{item}")
}

fn number(path: &str) -> i64 {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

async fn note(world: &World, path: &str) -> String {
    let sql = "select note from item where id = $1";
    let note = sqlx::query_scalar(sql).bind(number(path));
    note.fetch_one(world.owner()).await.unwrap()
}

async fn papers(world: &World, path: &str) -> i64 {
    let sql = "select count(*) from evidence where item_id = $1";
    let papers = sqlx::query_scalar(sql).bind(number(path));
    papers.fetch_one(world.owner()).await.unwrap()
}

/// The fields of the item's form with what is typed into all of it.
async fn typed(world: &World, cookie: &str, path: &str, date: &str) -> Vec<(String, String)> {
    let mut fields = world.sealed(cookie, path, path).await;
    for (name, value) in [
        ("note", NOTE),
        ("kind", "其他证明材料"),
        ("document_number", "绿交〔2018〕7号"),
        ("document_date", date),
        ("issuer", "区交通运输局"),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    let fields = fields.iter();
    fields
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

#[tokio::test]
async fn evidence_and_the_note_are_saved_together_whichever_button_is_pressed() {
    let world = World::demo().await;
    let path = item(&world).await;
    let clerk = world.sign_in("jiaotong").await;
    let before = papers(&world, &path).await;
    let fields = typed(&world, &clerk, &path, "2018-11-19").await;
    let attach = format!("{path}/evidence");
    let sent = world
        .upload(&clerk, &attach, &borrowed(&fields), ("会议纪要.pdf", PDF))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(note(&world, &path).await, NOTE);
    assert_eq!(papers(&world, &path).await, before + 1);
    // The other button takes the paper with it.
    let fields = typed(&world, &clerk, &path, "2018-11-18").await;
    let sent = world
        .upload(&clerk, &path, &borrowed(&fields), ("决议.pdf", PDF))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(papers(&world, &path).await, before + 2);
    // A paper is taken back, and a new note stays.
    let last: i64 = sqlx::query_scalar("select max(id) from evidence where item_id = $1")
        .bind(number(&path))
        .fetch_one(world.owner())
        .await
        .unwrap();
    let removal = format!("{path}/evidence/{last}/removal");
    let written = [("note", "材料有误，另行登记")];
    let sent = world.submit(&clerk, (&path, &removal), &written).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(note(&world, &path).await, "材料有误，另行登记");
    assert_eq!(papers(&world, &path).await, before + 1);
}

#[tokio::test]
async fn a_note_typed_on_what_was_reported_meanwhile_can_still_be_read() {
    let world = World::demo().await;
    let path = item(&world).await;
    let clerk = world.sign_in("jiaotong").await;
    let fields = typed(&world, &clerk, &path, "2018-11-19").await;
    sqlx::query("update item set state = 'reported_done', version = version + 1 where id = $1")
        .bind(number(&path))
        .execute(world.owner())
        .await
        .unwrap();
    let late = world
        .upload(&clerk, &path, &borrowed(&fields), ("会议纪要.pdf", PDF))
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(
        late.texts("dd").iter().any(|said| said == NOTE),
        "{}",
        late.body
    );
    assert_eq!(late.value("issuer"), "区交通运输局");
}

#[tokio::test]
async fn a_wrong_field_keeps_the_rest_and_says_that_the_file_must_be_chosen_again() {
    let world = World::demo().await;
    let path = item(&world).await;
    let clerk = world.sign_in("jiaotong").await;
    let fields = typed(&world, &clerk, &path, "2018-13-01").await;
    let attach = format!("{path}/evidence");
    let wrong = world
        .upload(&clerk, &attach, &borrowed(&fields), ("会议纪要.pdf", PDF))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.value("note"), NOTE);
    assert_eq!(wrong.value("issuer"), "区交通运输局");
    let said = wrong.texts("#e-file").concat();
    assert!(said.contains("请重新选择"), "{said}");
}

#[tokio::test]
async fn a_reason_that_was_typed_is_not_passed_over_by_another_button() {
    let world = World::demo().await;
    let path = item(&world).await;
    sqlx::query("update item set state = 'reported_done' where id = $1")
        .bind(number(&path))
        .execute(world.owner())
        .await
        .unwrap();
    let office = world.sign_in("office").await;
    let verify = format!("{path}/verify");
    let typed = [("reason", "会议纪要没有印章")];
    let told = world.submit(&office, (&path, &verify), &typed).await;
    assert_eq!(
        told.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        told.body
    );
    assert_eq!(told.value("reason"), "会议纪要没有印章");
    let back = format!("{path}/return");
    let sent = world.submit(&office, (&path, &back), &typed).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
}

/// Signs in with what the sign-in page carries.
async fn sign_in(world: &World, who: &str, page: &Answer) -> (String, String) {
    let (path, body) = (page.value("parked_path"), page.value("parked_body"));
    let fields = [
        ("username", who),
        ("password", PASSWORD),
        ("next", "/"),
        ("parked_path", path.as_str()),
        ("parked_body", body.as_str()),
    ];
    let answer = world.post("", "/login", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let cookie = answer.headers.get(header::SET_COOKIE).unwrap();
    let cookie = cookie
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    (cookie, answer.location())
}

#[tokio::test]
async fn tc_57_a_form_with_a_file_keeps_its_text_when_the_session_has_ended() {
    let world = World::demo().await;
    let path = item(&world).await;
    let clerk = world.sign_in("jiaotong").await;
    let fields = typed(&world, &clerk, &path, "2018-11-19").await;
    let attach = format!("{path}/evidence");
    // The session ends, and the button is pressed.
    let paper = ("会议纪要.pdf", PDF);
    let ended = world.upload("", &attach, &borrowed(&fields), paper).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED, "{}", ended.body);
    let (cookie, next) = sign_in(&world, "jiaotong", &ended).await;
    assert_eq!(next, "/resume");
    let before = papers(&world, &path).await;
    let page = world.get(&cookie, &next).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.value("note"), NOTE);
    assert_eq!(page.value("document_number"), "绿交〔2018〕7号");
    assert!(page.texts("label").iter().any(|label| label == "办理情况"));
    assert!(page.texts("#e-file").concat().contains("请重新选择"));
    assert!(page.body.contains("尚未提交"));
    assert_eq!(
        papers(&world, &path).await,
        before,
        "nothing is done by looking"
    );
    // It is sent from there, as it was seen.
    let sealed = world.sealed(&cookie, "/resume", &attach).await;
    let mut again = fields.clone();
    again.retain(|(name, _)| !sealed.iter().any(|(known, _)| known == name));
    again.extend(sealed);
    let sent = world
        .upload(&cookie, &attach, &borrowed(&again), paper)
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(note(&world, &path).await, NOTE);
}

#[tokio::test]
async fn what_one_person_typed_is_never_offered_to_another() {
    let world = World::demo().await;
    let path = item(&world).await;
    let clerk = world.sign_in("jiaotong").await;
    let fields = typed(&world, &clerk, &path, "2018-11-19").await;
    let ended = world.post("", &path, &borrowed(&fields)).await;
    assert_eq!(ended.status, StatusCode::UNAUTHORIZED);
    let (other, next) = sign_in(&world, "gongxin", &ended).await;
    assert_eq!(next, "/");
    assert_eq!(world.get(&other, "/resume").await.location(), "/");
    assert_eq!(world.count("select count(*) from parked_form").await, 0);
    // Nor what nobody knows whose it is.
    let nobodys: Vec<_> = fields
        .iter()
        .filter(|(name, _)| name != "opened_as")
        .cloned()
        .collect();
    let ended = world.post("", &path, &borrowed(&nobodys)).await;
    let (_, next) = sign_in(&world, "jiaotong", &ended).await;
    assert_eq!(next, "/");
    // What was parked before forms said whose they are goes.
    sqlx::query(
        "insert into parked_form (token_sha256, path, body, parked_at)
         select token_sha256, $1, 'note=x', now() from session s join account a on a.id = s.account_id
         where a.username = 'gongxin'",
    )
    .bind(&path)
    .execute(world.owner())
    .await
    .unwrap();
    assert_eq!(world.get(&other, "/resume").await.location(), "/");
    let (own, next) = sign_in(
        &world,
        "jiaotong",
        &world.post("", &path, &borrowed(&fields)).await,
    )
    .await;
    assert_eq!(next, "/resume");
    assert_eq!(world.get(&own, "/resume").await.value("note"), NOTE);
    let left = "select count(*) from parked_form p join session s using (token_sha256)
                join account a on a.id = s.account_id where a.username = 'gongxin'";
    assert_eq!(world.count(left).await, 0);
}

#[tokio::test]
async fn tc_57_a_survey_section_comes_back_as_its_own_page() {
    let world = World::demo().await;
    let id = world.association("农产品加工业协会").await;
    let path = format!("/associations/{id}/survey/sections/institution");
    let clerk = world.sign_in("nongye").await;
    let mut fields = world.sealed(&clerk, &path, &path).await;
    for (name, value) in [
        ("SV-20.1.department", "区供销社"),
        ("SV-21", "yes"),
        ("done", "no"),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    let ended = world.post("", &path, &borrowed(&fields)).await;
    let (cookie, next) = sign_in(&world, "nongye", &ended).await;
    let page = world.get(&cookie, &next).await;
    assert_eq!(page.value("SV-20.1.department"), "区供销社");
    assert!(page.body.contains("与行政机关的关系"), "{}", page.body);
    assert!(!page.texts("main").concat().contains("SV-2"));
    // Where its page is not this person's any more, what was typed can still be read.
    sqlx::query("update association set department_id = (select id from department where code <> 'x' and id <> department_id and supervises limit 1) where id = $1")
        .bind(id)
        .execute(world.owner())
        .await
        .ok();
    let plain = world.get(&cookie, &next).await;
    assert_eq!(plain.status, StatusCode::OK);
    assert!(plain.body.contains("区供销社"));
}
