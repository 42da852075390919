//! Files with a request to amend the list and with an objection: who attaches, who
//! may read, and that another's are not there.

use axum::http::{StatusCode, header};

use crate::world::World;

const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

#[tokio::test]
async fn a_unit_attaches_its_papers_and_those_who_decide_read_them() {
    let world = World::demo().await;
    let (id, unit): (i64, String) = sqlx::query_as(
        "select a.id, d.code from association a join department d on d.id = a.department_id
         where a.name like '%塑料制品行业协会'",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    let path = format!("/associations/{id}/listing");
    let clerk = world.sign_in(&unit).await;
    let fields = [
        ("version", "0"),
        ("change", "withdrawn"),
        ("reason", "会员大会决议改列后续批次"),
        ("document", "无"),
    ];
    let saved = world.post(&clerk, &path, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let files = format!("{path}/files");
    // No file, and a file that is not what it says, come back with a message.
    let wrong = world
        .hand_in(&clerk, (&path, &files), ("决议.pdf", b"MZ not a pdf"))
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("文件内容与扩展名不符"));
    let none = world.hand_in(&clerk, (&path, &files), ("", b"")).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("请选择文件。"));
    for name in ["会员大会决议.pdf", "多余的.pdf"] {
        let sent = world.hand_in(&clerk, (&path, &files), (name, PDF)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    }
    let numbers: Vec<i64> =
        sqlx::query_scalar("select file_id from roster_request_file order by file_id")
            .fetch_all(world.owner())
            .await
            .unwrap();
    let [kept, spare] = numbers[..] else {
        panic!("{numbers:?}")
    };
    let removal = format!("{files}/{spare}/removal");
    let taken = world.submit(&clerk, (&path, &removal), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let leader = world.sign_in(&format!("{unit}-lead")).await;
    let page = world.get(&leader, &path).await;
    assert!(page.body.contains("会员大会决议.pdf") && !page.body.contains("多余的.pdf"));
    let proposal = format!("{path}/proposal");
    let before = world.sealed(&clerk, &path, &files).await;
    let before: Vec<(&str, &str)> = before
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let sent = world.submit(&leader, (&path, &proposal), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    // What was sent is not added to.
    let late = world
        .upload(&clerk, &files, &before, ("补充.pdf", PDF))
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);

    let file = format!("/associations/{id}/files/{kept}");
    for who in ["office", "office-lead", "minzheng"] {
        let cookie = world.sign_in(who).await;
        assert!(
            world
                .get(&cookie, &path)
                .await
                .body
                .contains("会员大会决议.pdf")
        );
        let read = world.get(&cookie, &file).await;
        assert_eq!(read.status, StatusCode::OK, "{who}");
        let disposition = read.headers[header::CONTENT_DISPOSITION].to_str().unwrap();
        assert!(disposition.starts_with("attachment"));
    }
    // Another unit, and the file under another association: not there.
    let stranger = world.sign_in("nongye").await;
    assert_eq!(
        world.get(&stranger, &file).await.status,
        StatusCode::NOT_FOUND
    );
    let other = world.association("物流行业协会").await;
    let office = world.sign_in("office").await;
    let elsewhere = format!("/associations/{other}/files/{kept}");
    assert_eq!(
        world.get(&office, &elsewhere).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn an_objections_papers_are_the_offices_and_never_public() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
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
    world.post(&office, "/roster/objections", &fields).await;
    let id: i64 = sqlx::query_scalar("select max(id) from roster_objection")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let files = format!("/roster/objections/{id}/files");
    let page = "/roster/objections";
    let sent = world
        .hand_in(&office, (page, &files), ("来信.pdf", PDF))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let head = world.sign_in("office-lead").await;
    let page = world.get(&head, "/roster/objections").await;
    assert!(page.body.contains("来信.pdf"));
    let number: i64 = sqlx::query_scalar("select file_id from roster_objection_file")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let read = world.get(&head, &format!("{files}/{number}")).await;
    assert_eq!(read.status, StatusCode::OK);
    // Not by the address of another objection, nor of an association, nor for a unit.
    let first = format!("/roster/objections/{}/files/{number}", id - 1);
    assert_eq!(world.get(&head, &first).await.status, StatusCode::NOT_FOUND);
    let example = world.association("汽车维修行业协会").await;
    let through = format!("/associations/{example}/files/{number}");
    assert_eq!(
        world.get(&head, &through).await.status,
        StatusCode::NOT_FOUND
    );
    let unit = world.sign_in("gongxin").await;
    let denied = world.get(&unit, &format!("{files}/{number}")).await;
    assert_eq!(denied.status, StatusCode::NOT_FOUND);
    let nobody = world.get("", &format!("{files}/{number}")).await;
    assert_ne!(nobody.status, StatusCode::OK);
    assert!(!world.get("", "/public/roster").await.body.contains("来信"));
    let stray = world
        .upload(
            &office,
            "/roster/objections/999999/files",
            &[("version", "1")],
            ("来信.pdf", PDF),
        )
        .await;
    assert_eq!(stray.status, StatusCode::NOT_FOUND);
}
