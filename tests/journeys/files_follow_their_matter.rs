//! A file is read by whom its matter allows, as that stands now; what was taken away,
//! by nobody, unless the office opens it with a reason.

use axum::http::{StatusCode, header};

use crate::world::{Answer, World};

pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n";

/// An item of an association on which evidence can come and go: about a person, or not.
pub async fn open_item(world: &World, association: i64, personal: bool) -> i64 {
    sqlx::query_scalar(
        "update item set state = 'in_progress', resolved_on = null, resolved_by = null
         where id = (select min(id) from item
                     where association_id = $1 and (object like 'SV-60#%' or object like 'SV-45#%') = $2)
         returning id",
    )
    .bind(association)
    .bind(personal)
    .fetch_one(world.owner())
    .await
    .unwrap()
}

/// Evidence with a file, handed in by the unit's clerk; the file's number.
pub async fn evidence(world: &World, clerk: &str, item: &str, name: &str) -> i64 {
    let fields = [
        ("kind", "其他证明材料"),
        ("document_number", "无"),
        ("document_date", "2018-11-01"),
        ("issuer", "区交通运输局"),
    ];
    let sent = hand_in(world, clerk, item, &fields, (name, PDF)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    world.count("select max(id) from file").await
}

/// Sends the item page's form of evidence with what it carries by itself.
pub async fn hand_in(
    world: &World,
    clerk: &str,
    item: &str,
    typed: &[(&str, &str)],
    file: (&str, &[u8]),
) -> Answer {
    let path = format!("{item}/evidence");
    let sealed = world.sealed(clerk, item, &path).await;
    let sealed = sealed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    let fields: Vec<(&str, &str)> = typed.iter().copied().chain(sealed).collect();
    world.upload(clerk, &path, &fields, file).await
}

/// The clerk takes it away again.
pub async fn take_away(world: &World, clerk: &str, item: &str, file: i64) {
    let id: i64 = sqlx::query_scalar("select id from evidence where file_id = $1")
        .bind(file)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let path = format!("{item}/evidence/{id}/removal");
    let taken = world.submit(clerk, (item, &path), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
}

/// A request to leave the list with a paper; the paper's number. The request is put
/// there: the association whose own account there is takes public money and stays.
pub async fn paper_of_a_request(world: &World, clerk: &str, association: i64) -> i64 {
    sqlx::query(
        "insert into roster_request (campaign_id, association_id, change, reason, document, saved_by, from_office)
         select 1, $1, 'withdrawn', '会员大会决议改列后续批次', '无', id, false from account where username = 'jiaotong'",
    )
    .bind(association)
    .execute(world.owner())
    .await
    .unwrap();
    let files = format!("/associations/{association}/listing/files");
    let paper = ("申请撤出的报告.pdf", PDF);
    let sent = world
        .upload(clerk, &files, &[("version", "1")], paper)
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    world.count("select max(id) from file").await
}

async fn status(world: &World, who: &str, path: &str) -> StatusCode {
    let cookie = world.sign_in(who).await;
    world.get(&cookie, path).await.status
}

const OPENED: &str = "select count(*) from act_record where act = 'file.open_removed'";

#[tokio::test]
async fn evidence_on_a_persons_item_is_nobodys_once_it_was_taken_away() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let item = open_item(&world, id, true).await;
    let item = format!("/associations/{id}/progress/{item}");
    let clerk = world.sign_in("jiaotong").await;
    let number = evidence(&world, &clerk, &item, "辞去职务的决定.pdf").await;
    let file = format!("/associations/{id}/files/{number}");
    for who in [
        "jiaotong",
        "jiaotong-lead",
        "office",
        "zuzhi",
        "minzheng",
        "xiehui",
    ] {
        assert_eq!(status(&world, who, &file).await, StatusCode::OK, "{who}");
    }
    let others = [
        "caizheng",
        "jiguan",
        "shenji",
        "fagai",
        "minzheng-lead",
        "gongxin",
        "admin",
    ];
    for who in others {
        assert_eq!(
            status(&world, who, &file).await,
            StatusCode::NOT_FOUND,
            "{who}"
        );
    }
    take_away(&world, &clerk, &item, number).await;
    let all = [
        "jiaotong",
        "jiaotong-lead",
        "office",
        "office-lead",
        "zuzhi",
        "minzheng",
        "xiehui",
    ];
    for who in all.into_iter().chain(others) {
        assert_eq!(
            status(&world, who, &file).await,
            StatusCode::NOT_FOUND,
            "{who}"
        );
    }
}

#[tokio::test]
async fn the_association_does_not_read_the_request_that_it_leave_the_list() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let clerk = world.sign_in("jiaotong").await;
    let number = paper_of_a_request(&world, &clerk, id).await;
    let file = format!("/associations/{id}/files/{number}");
    assert_eq!(status(&world, "jiaotong", &file).await, StatusCode::OK);
    let own = world.sign_in("xiehui").await;
    let page = format!("/associations/{id}/listing");
    assert_eq!(world.get(&own, &page).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.get(&own, &file).await.status, StatusCode::NOT_FOUND);
    // Nor is it told the paper's name by the case file.
    let history = world
        .get(&own, &format!("/associations/{id}/history"))
        .await;
    assert_eq!(history.status, StatusCode::OK);
    assert!(!history.body.contains("申请撤出的报告"));
    // Both guesses are on record (TC-65): the first as a link, the other as one more.
    let refused = "select coalesce(sum(r.refusals), 0) from access_refusal r
        join account a on a.id = r.account_id where a.username = 'xiehui'";
    assert_eq!(world.count(refused).await, 2);
}

#[tokio::test]
async fn files_go_with_the_association_to_its_new_unit() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let item = open_item(&world, id, true).await;
    let item = format!("/associations/{id}/progress/{item}");
    let clerk = world.sign_in("jiaotong").await;
    let number = evidence(&world, &clerk, &item, "辞去职务的决定.pdf").await;
    let file = format!("/associations/{id}/files/{number}");
    assert_eq!(
        status(&world, "gongxin", &file).await,
        StatusCode::NOT_FOUND
    );
    let civil = world.sign_in("minzheng").await;
    let path = format!("/associations/{id}/unit");
    let version = world.get(&civil, &path).await.value("seen");
    let unit = world
        .count("select id from department where code = 'gongxin'")
        .await
        .to_string();
    let fields = [
        ("seen", version.as_str()),
        ("unit", unit.as_str()),
        ("on", "2018-11-20"),
        ("document", "绿编发〔2018〕15号"),
        ("document_date", "2018-11-19"),
    ];
    let changed = world.post(&civil, &path, &fields).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    assert_eq!(status(&world, "gongxin", &file).await, StatusCode::OK);
    assert_eq!(
        status(&world, "jiaotong", &file).await,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_office_opens_what_was_taken_away_with_a_reason_on_record() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let item = open_item(&world, id, true).await;
    let item = format!("/associations/{id}/progress/{item}");
    let clerk = world.sign_in("jiaotong").await;
    let number = evidence(&world, &clerk, &item, "辞去职务的决定.pdf").await;
    let opening = format!("/associations/{id}/files/{number}/opening");
    let history = format!("/associations/{id}/history");
    let name = format!("reason.{number}");
    let reason = [(name.as_str(), "核对撤下前的材料")];
    // As long as it is there, there is nothing to open.
    let head = world.sign_in("office-lead").await;
    let early = world.post(&head, &opening, &reason).await;
    assert_eq!(early.status, StatusCode::NOT_FOUND);
    take_away(&world, &clerk, &item, number).await;
    for (index, who) in ["office", "office-lead"].into_iter().enumerate() {
        let cookie = world.sign_in(who).await;
        let page = world.get(&cookie, &history).await;
        assert!(
            page.body.contains("已撤下的材料（1件）") && page.body.contains("辞去职务的决定.pdf")
        );
        for words in ["", "看看"] {
            let silent = world
                .post(&cookie, &opening, &[(name.as_str(), words)])
                .await;
            assert_eq!(silent.status, StatusCode::UNPROCESSABLE_ENTITY, "{who}");
            assert!(silent.body.contains("理由") && silent.value(&name) == words);
        }
        assert_eq!(world.count(OPENED).await, i64::try_from(index).unwrap());
        let key = format!("opening-{who}");
        let fields = [("request_id", key.as_str()), reason[0]];
        let opened = world.post(&cookie, &opening, &fields).await;
        assert_eq!(opened.status, StatusCode::OK, "{who}");
        assert_eq!(opened.body.as_bytes(), PDF);
        let disposition = opened.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap();
        assert!(disposition.starts_with("attachment"));
        let page = world.get(&cookie, &history).await;
        assert!(page.body.contains("调阅已撤下的材料") && page.body.contains("核对撤下前的材料"));
    }
    let told = "select count(*) from audit_record a join act_record r on r.id = a.record_id
        where a.act = 'file.open_removed' and r.opinion like '%核对撤下前的材料%'";
    assert_eq!(world.count(told).await, 2);
    // Who knows that it was taken away is told why they may not; the others nothing.
    for (who, expected) in [
        ("jiaotong", StatusCode::FORBIDDEN),
        ("zuzhi", StatusCode::FORBIDDEN),
        ("xiehui", StatusCode::FORBIDDEN),
        ("caizheng", StatusCode::NOT_FOUND),
        ("gongxin", StatusCode::NOT_FOUND),
        ("observer", StatusCode::NOT_FOUND),
        ("admin", StatusCode::NOT_FOUND),
    ] {
        let cookie = world.sign_in(who).await;
        let tried = world.post(&cookie, &opening, &reason).await;
        assert_eq!(tried.status, expected, "{who}");
        let page = world.get(&cookie, &history).await;
        assert!(!page.body.contains("/opening"), "{who}");
    }
    assert_eq!(world.count(OPENED).await, 2);
    // Papers of a request likewise, and under no other association's address.
    let paper = paper_of_a_request(&world, &clerk, id).await;
    let removal = format!("/associations/{id}/listing/files/{paper}/removal");
    let taken = world.post(&clerk, &removal, &[("version", "2")]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let name = format!("reason.{paper}");
    let fields = [
        ("request_id", "opening-paper"),
        (name.as_str(), "核对撤下前的材料"),
    ];
    let other = world.association("物流行业协会").await;
    let elsewhere = format!("/associations/{other}/files/{paper}/opening");
    let lost = world.post(&head, &elsewhere, &fields).await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    let here = format!("/associations/{id}/files/{paper}/opening");
    assert_eq!(
        world.post(&head, &here, &fields).await.status,
        StatusCode::OK
    );
}

#[tokio::test]
async fn a_file_that_is_not_what_was_handed_in_is_not_handed_out() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let item = open_item(&world, id, false).await;
    let item = format!("/associations/{id}/progress/{item}");
    let clerk = world.sign_in("jiaotong").await;
    // Longer than two pieces, so that the last one counts, too.
    let long = [b"%PDF-1.4\n".as_slice(), &vec![b'x'; 600_000], b"\n%%EOF"].concat();
    let fields = [
        ("kind", "其他证明材料"),
        ("document_number", "无"),
        ("document_date", "2018-11-01"),
        ("issuer", "区交通运输局"),
    ];
    let sent = hand_in(&world, &clerk, &item, &fields, ("会议纪要.pdf", &long)).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let number = world.count("select max(id) from file").await;
    let file = format!("/associations/{id}/files/{number}");
    let whole = world.get(&clerk, &file).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert!(whole.body.as_bytes() == long);
    for harm in [
        "update file_chunk set bytes = set_byte(bytes, 70, 0) where number = 2",
        "update file_chunk set bytes = substring(bytes for length(bytes) - 1) where number = 2",
        "delete from file_chunk where number = 2",
    ] {
        sqlx::query(harm).execute(world.owner()).await.unwrap();
        let answer = world.get(&clerk, &file).await;
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR, "{harm}");
        assert!(answer.body.contains("文件内容与登记的校验值不符"), "{harm}");
        assert!(
            !answer.body.contains("xxxx")
                && !answer.headers.contains_key(header::CONTENT_DISPOSITION)
        );
    }
}

#[tokio::test]
async fn what_a_password_hides_is_said_wherever_it_is_listed() {
    let world = World::demo().await;
    let id = world.association("汽车维修行业协会").await;
    let clerk = world.sign_in("jiaotong").await;
    paper_of_a_request(&world, &clerk, id).await;
    let hidden = b"%PDF-1.7\ntrailer<</Encrypt 1 0 R>>\n%%EOF\n";
    let path = format!("/associations/{id}/listing");
    let files = format!("{path}/files");
    let seen = [("version", "2")];
    let sent = world
        .upload(&clerk, &files, &seen, ("密.pdf", hidden))
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = world.get(&clerk, &path).await;
    assert_eq!(page.body.matches("已加密，无法预检").count(), 1);
}
