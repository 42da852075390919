//! One file proves several items of its association (DN-5): it is cited and not handed in a
//! second time, read by whoever may read one of them, and stays where it is the sole proof of
//! what is done. Pictures and PDF are looked at without downloading them (security.md S14).

use axum::http::{StatusCode, header};

use super::files_follow_their_matter::{PDF, evidence, hand_in, open_item, take_away};
use crate::world::{Answer, World};

const EXAMPLE: &str = "汽车维修行业协会";

/// A whole picture of one pixel.
fn picture() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n".to_vec();
    bytes.extend(13_u32.to_be_bytes());
    bytes.extend(b"IHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00");
    bytes.extend([0; 4]);
    bytes.extend(0_u32.to_be_bytes());
    bytes.extend(b"IEND");
    bytes.extend([0; 4]);
    bytes
}

/// Another item of the same association, about nobody.
async fn another(world: &World, association: i64, item: i64) -> i64 {
    sqlx::query_scalar(
        "update item set state = 'in_progress', resolved_on = null, resolved_by = null
         where id = (select min(id) from item where association_id = $1 and object = '' and id <> $2
                     and measure not like 'T6%' and measure <> 'T1-02') returning id",
    )
    .bind(association)
    .bind(item)
    .fetch_one(world.owner())
    .await
    .unwrap()
}

async fn cite(world: &World, clerk: &str, item: &str, file: i64) -> Answer {
    let path = format!("{item}/evidence");
    let file = file.to_string();
    let typed = [("kind", "其他证明材料"), ("known_file", file.as_str())];
    world.submit(clerk, (item, &path), &typed).await
}

fn policy(answer: &Answer) -> &str {
    let policy = answer.headers.get(header::CONTENT_SECURITY_POLICY);
    policy.unwrap().to_str().unwrap()
}

#[tokio::test]
async fn dn_5_a_file_on_record_proves_another_item_too() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let one = open_item(&world, id, false).await;
    let other = another(&world, id, one).await;
    let page = |item: i64| format!("/associations/{id}/progress/{item}");
    let clerk = world.sign_in("jiaotong").await;
    let file = evidence(&world, &clerk, &page(one), "会议纪要.pdf").await;
    let option = format!("<option value=\"{file}\">会议纪要.pdf（");
    let opened = world.get(&clerk, &page(other)).await;
    assert!(opened.body.contains("引用已有材料"), "{}", opened.body);
    assert!(opened.body.contains(&option), "{}", opened.body);
    // Number, date and issuer are those of the file on record.
    let cited = cite(&world, &clerk, &page(other), file).await;
    assert_eq!(cited.status, StatusCode::SEE_OTHER, "{}", cited.body);
    let links: Vec<(i64, String, bool)> = sqlx::query_as(
        "select e.item_id, e.issuer, e.sha256 = f.sha256 from evidence e join file f on f.id = e.file_id
         where e.file_id = $1 order by e.id",
    )
    .bind(file)
    .fetch_all(world.owner())
    .await
    .unwrap();
    let issuer = || "区交通运输局".to_owned();
    assert_eq!(links, [(one, issuer(), true), (other, issuer(), true)]);
    assert_eq!(world.count("select count(*) from file").await, 1);
    // It is not cited twice, and goes from one item without going from the other.
    let again = world.get(&clerk, &page(other)).await;
    assert!(!again.body.contains(&option), "{}", again.body);
    let sql = "select id from evidence where file_id = $1 and item_id = $2";
    let link: i64 = sqlx::query_scalar(sql)
        .bind(file)
        .bind(one)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let removal = format!("{}/evidence/{link}/removal", page(one));
    let taken = world.submit(&clerk, (&page(one), &removal), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let path = format!("/associations/{id}/files/{file}");
    assert_eq!(world.get(&clerk, &path).await.status, StatusCode::OK);
    take_away(&world, &clerk, &page(other), file).await;
    let gone = world.get(&clerk, &path).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn dn_5_what_proves_somebodys_own_matter_is_not_cited_where_others_read() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let own = open_item(&world, id, true).await;
    let other = another(&world, id, own).await;
    let page = |item: i64| format!("/associations/{id}/progress/{item}");
    let clerk = world.sign_in("jiaotong").await;
    let personal = evidence(&world, &clerk, &page(own), "辞去职务的决定.pdf").await;
    let opened = world.get(&clerk, &page(other)).await;
    assert!(!opened.body.contains("辞去职务的决定"), "{}", opened.body);
    let refused = cite(&world, &clerk, &page(other), personal).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    // The other way round it is cited, and whoever reads one of the two reads it.
    let open = evidence(&world, &clerk, &page(other), "理事会决议.pdf").await;
    let path = format!("/associations/{id}/files/{open}");
    let cited = cite(&world, &clerk, &page(own), open).await;
    assert_eq!(cited.status, StatusCode::SEE_OTHER, "{}", cited.body);
    let finance = world.sign_in("caizheng").await;
    assert_eq!(world.get(&finance, &path).await.status, StatusCode::OK);
    take_link(&world, &clerk, (&page(other), other), open).await;
    let status = world.get(&finance, &path).await.status;
    assert_eq!(status, StatusCode::NOT_FOUND, "a person's alone");
    assert_eq!(world.get(&clerk, &path).await.status, StatusCode::OK);
}

/// Takes a file from one of the items that it proves.
async fn take_link(world: &World, clerk: &str, (page, item): (&str, i64), file: i64) {
    let sql = "select id from evidence where file_id = $1 and item_id = $2";
    let link: i64 = sqlx::query_scalar(sql)
        .bind(file)
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let removal = format!("{page}/evidence/{link}/removal");
    let taken = world.submit(clerk, (page, &removal), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

#[tokio::test]
async fn dn_5_the_sole_proof_of_what_is_done_stays() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let (item, link): (i64, i64) = sqlx::query_as(
        "select i.id, max(e.id) from item i join evidence e on e.item_id = i.id
         where i.association_id = $1 and i.state = 'verified' and i.measure = 'T3-01' group by i.id having count(*) = 1",
    )
    .bind(id)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let page = format!("/associations/{id}/progress/{item}");
    let clerk = world.sign_in("jiaotong").await;
    let told = world.get(&clerk, &page).await;
    assert!(told.body.contains("唯一的证明材料"), "{}", told.body);
    let version: i32 = sqlx::query_scalar("select version from item where id = $1")
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let version = version.to_string();
    let fields = [
        ("version", version.as_str()),
        ("request_id", "the-sole-proof"),
    ];
    let removal = format!("{page}/evidence/{link}/removal");
    let refused = world.post(&clerk, &removal, &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("唯一的证明材料"), "{}", refused.body);
    // With another one there it may go, and the verification that saw it with it.
    evidence(&world, &clerk, &page, "新的说明.pdf").await;
    let taken = world.submit(&clerk, (&page, &removal), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let state: String = sqlx::query_scalar("select state from item where id = $1")
        .bind(item)
        .fetch_one(world.owner())
        .await
        .unwrap();
    assert_eq!(state, "reported_done");
}

#[tokio::test]
async fn s14_a_picture_is_shown_on_the_page_and_a_pdf_in_a_tab_of_its_own() {
    let world = World::demo().await;
    let id = world.association(EXAMPLE).await;
    let item = open_item(&world, id, false).await;
    let page = format!("/associations/{id}/progress/{item}");
    let clerk = world.sign_in("jiaotong").await;
    let pdf = evidence(&world, &clerk, &page, "通知.pdf").await;
    let fields = [
        ("kind", "其他证明材料"),
        ("document_number", "无"),
        ("document_date", "2018-11-01"),
        ("issuer", "区交通运输局"),
    ];
    let sent = hand_in(&world, &clerk, &page, &fields, ("门牌.png", &picture())).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let picture = world.count("select max(id) from file").await;
    let at = |file: i64| format!("/associations/{id}/files/{file}");
    let office = world.sign_in("office").await;
    let seen = world.get(&office, &page).await;
    let image = format!("<img src=\"{}/view\"", at(picture));
    assert!(seen.body.contains(&image), "{}", seen.body);
    let tab = format!("href=\"{}/view\" target=\"_blank\"", at(pdf));
    assert!(seen.body.contains(&tab), "{}", seen.body);
    for (file, kind, sandboxed) in [
        (pdf, "application/pdf", false),
        (picture, "image/png", true),
    ] {
        let shown = world.get(&office, &format!("{}/view", at(file))).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert_eq!(shown.headers[header::CONTENT_TYPE], kind);
        assert_eq!(shown.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let way = shown.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(way.starts_with("inline; filename*=UTF-8''"), "{way}");
        assert_eq!(policy(&shown).contains("sandbox"), sandboxed, "{kind}");
        assert!(policy(&shown).contains("default-src 'none'"));
        // The download is what it was.
        let saved = world.get(&office, &at(file)).await;
        let way = saved.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(way.starts_with("attachment;") && policy(&saved).contains("sandbox"));
    }
    let office_document = world
        .get(&office, &format!("{}/view", at(pdf + 1_000)))
        .await;
    assert_eq!(office_document.status, StatusCode::NOT_FOUND);
    assert!(PDF.starts_with(b"%PDF"));
}
