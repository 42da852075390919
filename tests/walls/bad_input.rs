//! The bad-input catalogue (security.md 6), as far as it concerns what exists.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::world::World;

const ENTRY: [(&str, &str); 12] = [
    ("request_id", "0123456789abcdef"),
    ("name", "长春市绿园区测试行业协会"),
    ("uscc", ""),
    ("uscc_note", ""),
    ("certificate_no", "绿社证1号"),
    ("registered_on", "2010-01-01"),
    ("registrar", "绿园区民政局"),
    ("kind", "supervise"),
    ("member_basis", "same_activity_units"),
    ("legal_representative", "某人"),
    ("domicile", "某路1号"),
    ("business_scope", "行业服务"),
];

/// The entry with one field changed.
fn with<'a>(name: &'a str, value: &'a str) -> Vec<(&'a str, &'a str)> {
    let mut fields: Vec<(&str, &str)> = ENTRY.to_vec();
    fields.retain(|(key, _)| *key != name);
    fields.push((name, value));
    fields
}

#[tokio::test]
async fn fields_answer_with_the_form_the_message_and_what_was_typed() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    let long = "字".repeat(61);
    let cases = [
        ("name", "", "请填写协会名称"),
        ("name", "\u{3000} \u{3000}", "请填写协会名称"),
        ("name", long.as_str(), "最多60字，现有61字"),
        ("name", "绿\u{202E}园协会", "不可显示的字符（第2字）"),
        ("registered_on", "2018-02-30", "没有这一天"),
        ("registered_on", "9999-12-31", "年份应在"),
        ("registered_on", "2019-01-01", "不能晚于今天"),
        ("uscc", "5122O106MJ00001065", "不会出现在统一社会信用代码中"),
        ("uscc", "52220106MJ00001065", "社会团体的代码以51开头"),
        ("uscc", "51220106MJ0000106", "应为18位"),
        ("uscc", "51220106MJ00001066", "校验位不符"),
        ("kind", "approved", "选项无效"),
        ("status", "approved", "页面没有的内容"),
    ];
    for (name, value, message) in cases {
        let answer = world
            .post(&cookie, "/associations/new", &with(name, value))
            .await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{name}={value}"
        );
        assert!(answer.body.contains(message), "{name}={value}: {message}");
        if name != "domicile" {
            assert_eq!(answer.value("domicile"), "某路1号", "{name}={value}");
        }
    }
    assert_eq!(
        world
            .count("select count(*) from association where name like '%测试%'")
            .await,
        0
    );
}

#[tokio::test]
async fn good_and_strange_input_is_taken_and_shown_literally() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    for (index, name) in [
        "<script>alert(1)</script>商会",
        "\"><img src=x onerror=alert(1)>商会",
        "{{7*7}}${7*7}商会",
        "𠮷野家加盟商会😀",
    ]
    .iter()
    .enumerate()
    {
        let number = format!("证{index}");
        let mut fields = with("name", name);
        fields.retain(|(key, _)| *key != "certificate_no" && *key != "request_id");
        let key = format!("0123456789abcde{index}");
        fields.push(("certificate_no", &number));
        fields.push(("request_id", &key));
        let answer = world.post(&cookie, "/associations/new", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}");
        let page = world.get(&cookie, &answer.location()).await;
        assert!(
            !page.body.contains("<script>alert") && !page.body.contains("<img src=x"),
            "{name}"
        );
        assert_eq!(page.texts("h1"), [name.to_string()]);
    }
}

#[tokio::test]
async fn tc_56_a_form_counts_once() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    let sent = (0..10).map(|_| world.post(&cookie, "/associations/new", &ENTRY));
    let answers = futures::future::join_all(sent).await;
    let places: std::collections::BTreeSet<String> = answers
        .iter()
        .map(|answer| answer.location().split('?').next().unwrap().to_owned())
        .collect();
    assert!(
        answers
            .iter()
            .all(|answer| answer.status == StatusCode::SEE_OTHER)
    );
    assert_eq!(places.len(), 1, "{places:?}");
    assert_eq!(
        world
            .count("select count(*) from association where name like '%测试行业协会'")
            .await,
        1
    );
    let other = world
        .post(&cookie, "/associations/new", &with("domicile", "另一处"))
        .await;
    assert_eq!(other.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn tc_60_a_twin_name_is_refused_and_found() {
    let world = World::demo().await;
    let cookie = world.sign_in("jiaotong").await;
    let answer = world
        .post(
            &cookie,
            "/associations/new",
            &with("name", "长春市绿园区 汽车维修 行业协会"),
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("已有协会用了这个名称"));
}

#[tokio::test]
async fn tc_61_searching_by_middle_characters_initials_and_tail_of_code() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    for words in ["维修", "qcwx", "1065", "汽车维修行业", "修"] {
        let encoded: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let page = world
            .get(&cookie, &format!("/associations?q={encoded}"))
            .await;
        assert!(page.body.contains("汽车维修行业协会"), "{words}");
    }
    for words in ["%", "_", "\\", "';drop table association;--"] {
        let encoded: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let page = world
            .get(&cookie, &format!("/associations?q={encoded}"))
            .await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.body.contains("没有符合条件的协会"), "{words}");
    }
}

#[tokio::test]
async fn addresses_and_bodies_that_nobody_sends_from_a_page() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    for path in [
        "/associations/99999999999999999999",
        "/associations/-1",
        "/associations/abc",
        "/associations/1%20or%201",
        "/static/..%2f..%2fetc%2fpasswd",
        "/.git/config",
        "/admin.php",
    ] {
        assert_eq!(
            world.get(&cookie, path).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    for (path, status) in [
        ("/associations?page=-1", 200),
        ("/associations?page=abc", 200),
        ("/associations?page=999999", 200),
        ("/associations?sort=passwd", 400),
    ] {
        assert_eq!(
            world.get(&cookie, path).await.status.as_u16(),
            status,
            "{path}"
        );
    }
    let long = format!("/associations?q={}", "a".repeat(101));
    assert_eq!(
        world.get(&cookie, &long).await.status,
        StatusCode::BAD_REQUEST
    );
    let json = Request::post("/associations/new")
        .header(header::COOKIE, &cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/json")
        .body(Body::from("{}"))
        .unwrap();
    // The office may not enter associations: the guard speaks before the body is read.
    assert_eq!(world.send(json).await.status, StatusCode::FORBIDDEN);
    let unit = world.sign_in("gongxin").await;
    for (kind, body, status) in [
        (
            "application/json",
            "{}".to_owned(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            "application/x-www-form-urlencoded; charset=gbk",
            "a=b".to_owned(),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        (
            "application/x-www-form-urlencoded",
            "name=%ff".to_owned(),
            StatusCode::BAD_REQUEST,
        ),
        (
            "application/x-www-form-urlencoded",
            format!("name={}", "x".repeat(1024 * 1024 + 1)),
            StatusCode::PAYLOAD_TOO_LARGE,
        ),
    ] {
        let request = Request::post("/associations/new")
            .header(header::COOKIE, &unit)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body))
            .unwrap();
        assert_eq!(world.send(request).await.status, status, "{kind}");
    }
    let put = Request::put("/associations")
        .header(header::COOKIE, &cookie)
        .header("sec-fetch-site", "same-origin")
        .body(Body::empty())
        .unwrap();
    let answer = world.send(put).await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(answer.headers.contains_key(header::ALLOW));
}

#[tokio::test]
async fn tc_55_two_people_on_one_section_see_both_versions() {
    let world = World::demo().await;
    let example = world.association("农产品加工业协会").await;
    let path = format!("/associations/{example}/survey/sections/opinion");
    let cookie = world.sign_in("nongye").await;
    let first = world
        .post(
            &cookie,
            &path,
            &[
                ("request_id", "aaaaaaaaaaaaaaaa"),
                ("version", "0"),
                ("SV-90", "甲的内容"),
                ("done", "no"),
            ],
        )
        .await;
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    let second = world
        .post(
            &cookie,
            &path,
            &[
                ("request_id", "bbbbbbbbbbbbbbbb"),
                ("version", "0"),
                ("SV-90", "乙的内容"),
                ("done", "no"),
            ],
        )
        .await;
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(second.body.contains("甲的内容") && second.body.contains("乙的内容"));
    assert_eq!(second.value("version"), "1");
    let third = world
        .post(
            &cookie,
            &path,
            &[
                ("request_id", "cccccccccccccccc"),
                ("version", "1"),
                ("SV-90", "乙的内容"),
                ("done", "no"),
            ],
        )
        .await;
    assert_eq!(third.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn s10_every_answer_carries_the_headers() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    for path in ["/", "/nothing", "/login", "/associations/1", "/healthz"] {
        let answer = world.get(&cookie, path).await;
        let policy = answer
            .headers
            .get("content-security-policy")
            .unwrap()
            .to_str()
            .unwrap();
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path}"
        );
        assert_eq!(
            answer.headers.get("x-content-type-options").unwrap(),
            "nosniff"
        );
        assert_eq!(answer.headers.get("cache-control").unwrap(), "no-store");
        assert!(!answer.headers.contains_key("server"));
    }
}
