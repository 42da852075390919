//! The bad-input catalogue (security.md 6): whole requests. The numbers are its rows.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

use crate::journeys::files_follow_their_matter::hand_in;
use crate::world::{PASSWORD, World};

const URLENCODED: &str = "application/x-www-form-urlencoded";

fn request(method: &Method, path: &str, cookie: &str, kind: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::COOKIE, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, kind)
}

/// The status of a body sent to the form of a new association.
async fn answer(world: &World, cookie: &str, (kind, body): (&str, Vec<u8>)) -> StatusCode {
    let request = request(&Method::POST, "/associations/new", cookie, kind)
        .body(Body::from(body))
        .unwrap();
    world.send(request).await.status
}

#[tokio::test]
async fn b15_b16_b25_fields_twice_missing_or_too_many() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    let twice = "request_id=0123456789abcdef&name=a&name=b".to_owned();
    let missing = "request_id=0123456789abcdef&name=a".to_owned();
    let many = "a=b&".repeat(10_001);
    for (body, status) in [
        (twice, StatusCode::UNPROCESSABLE_ENTITY),
        (missing, StatusCode::UNPROCESSABLE_ENTITY),
        (many, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let case: String = body.chars().take(40).collect();
        let got = answer(&world, &cookie, (URLENCODED, body.into_bytes())).await;
        assert_eq!(got, status, "{case}");
    }
}

#[tokio::test]
async fn b3_b5_full_length_texts_are_stored_whole() {
    let world = World::demo().await;
    let example = world.association("农产品加工业协会").await;
    let path = format!("/associations/{example}/survey/sections/opinion");
    let cookie = world.sign_in("nongye").await;
    let texts = [
        "字".repeat(2000),
        "𠮷".repeat(2000),
        "第一行\r\n第二行\t😀".to_owned(),
    ];
    for (version, text) in texts.iter().enumerate() {
        let (key, version) = (format!("whole-text-000{version}"), version.to_string());
        let fields = [
            ("request_id", key.as_str()),
            ("version", version.as_str()),
            ("SV-90", text.as_str()),
            ("done", "no"),
        ];
        let answer = world.post(&cookie, &path, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        let shown = world.get(&cookie, &path).await.value("SV-90");
        assert_eq!(shown.replace('\r', ""), text.replace('\r', ""));
    }
}

#[tokio::test]
async fn b26_b47_b49_b50_addresses() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    let one = world.association("汽车维修行业协会").await;
    let other = world.association("农产品加工业协会").await;
    let item: i64 = sqlx::query_scalar("select min(id) from item where association_id = $1")
        .bind(one)
        .fetch_one(world.owner())
        .await
        .unwrap();
    let right = format!("/associations/{one}/progress/{item}");
    assert_eq!(world.get(&cookie, &right).await.status, StatusCode::OK);
    let wrong_parent = format!("/associations/{other}/progress/{item}");
    for path in [
        wrong_parent.as_str(),
        "/associations/%00",
        "/associations/%ff",
        "//etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/static/%2e%2e%2fCargo.toml",
    ] {
        let status = world.get(&cookie, path).await.status;
        let expected = [StatusCode::NOT_FOUND, StatusCode::BAD_REQUEST];
        assert!(expected.contains(&status), "{path}: {status}");
    }
}

#[tokio::test]
async fn an_address_that_is_nowhere_keeps_the_person_signed_in() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    let lost = world.get(&cookie, "/nowhere").await;
    assert_eq!(lost.status, StatusCode::NOT_FOUND);
    assert!(lost.body.contains("宫丽"), "the menu is gone");
    let stranger = world.get("", "/nowhere").await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND);
    assert!(!stranger.body.contains("协会台账"));
}

#[tokio::test]
async fn b52_b53_methods() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    for method in ["TRACE", "PUT", "DELETE", "PATCH", "BREW"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let sent = request(&method, "/associations/new", &cookie, URLENCODED);
        let answer = world.send(sent.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method}");
        assert!(answer.headers.contains_key(header::ALLOW), "{method}");
    }
    let got = world.get(&cookie, "/logout").await;
    assert_eq!(got.status, StatusCode::METHOD_NOT_ALLOWED);
    let before = world.count("select count(*) from audit_record").await;
    for path in ["/", "/associations", "/dashboard", "/timeline", "/healthz"] {
        let sent = request(&Method::HEAD, path, &cookie, URLENCODED);
        let answer = world.send(sent.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert!(answer.body.is_empty(), "{path}");
    }
    let after = world.count("select count(*) from audit_record").await;
    assert_eq!(before, after);
}

#[tokio::test]
async fn b28_b30_b31_b35_b44_uploads() {
    let world = World::demo().await;
    let cookie = world.sign_in("jiaotong").await;
    let example = world.association("汽车维修行业协会").await;
    let item: i64 = sqlx::query_scalar(
        "select min(id) from item where association_id = $1 and measure = 'T3-11'",
    )
    .bind(example)
    .fetch_one(world.owner())
    .await
    .unwrap();
    let page_of_item = format!("/associations/{example}/progress/{item}");
    let path = format!("{page_of_item}/evidence");
    let kept = "select count(*) from evidence";
    let before = world.count(kept).await;
    let fields = [("issuer", "签发单位甲")];
    let pdf = b"%PDF-1.4\n%%EOF".as_slice();
    let page = b"<!doctype html><script>alert(1)</script>".as_slice();
    let cases = [
        ("空.pdf", b"".as_slice(), "文件为空"),
        (
            "程序.pdf",
            b"MZ\x90\x00\x03".as_slice(),
            "文件内容与扩展名不符",
        ),
        ("网页.pdf", page, "文件内容与扩展名不符"),
        ("网页.html", page, "只接受"),
        (
            "图.svg",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>".as_slice(),
            "只接受",
        ),
        ("宏.xlsm", b"PK\x03\x04".as_slice(), "只接受"),
        (".htaccess", b"a".as_slice(), "只接受"),
        ("名单机密★.pdf", pdf, "非涉密系统"),
    ];
    for (name, bytes, message) in cases {
        let answer = hand_in(&world, &cookie, &page_of_item, &fields, (name, bytes)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(answer.body.contains(message), "{name}: {message}");
        assert_eq!(answer.value("issuer"), "签发单位甲", "{name}");
    }
    let whole = "multipart/form-data; boundary=x";
    for (kind, body) in [
        ("multipart/form-data", "--x\r\n"),
        (
            whole,
            "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnever ends",
        ),
    ] {
        let sent = request(&Method::POST, &path, &cookie, kind);
        let status = world
            .send(sent.body(Body::from(body)).unwrap())
            .await
            .status;
        assert!(status.is_client_error(), "{kind}: {status}");
    }
    assert_eq!(world.count(kept).await, before);
}

#[tokio::test]
async fn b59_to_b61_cookies() {
    let world = World::demo().await;
    let junk = "a".repeat(4096);
    for value in ["", "x", junk.as_str(), "' or 1=1 --", "00"] {
        let cookie = format!("sid={value}");
        let answer = world.get(&cookie, "/associations").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{value}");
        assert!(answer.location().starts_with("/login"), "{value}");
    }
    let planted = format!("sid={}", "0".repeat(64));
    let fields = [("username", "office"), ("password", PASSWORD)];
    let answer = world.post(&planted, "/login", &fields).await;
    let given = answer.headers.get(header::SET_COOKIE).unwrap();
    assert!(!given.to_str().unwrap().contains(&"0".repeat(64)));
}

#[tokio::test]
async fn b64_b65_b68_passwords() {
    let world = World::demo().await;
    let long = "a".repeat(4000);
    for password in [long.as_str(), "", "a\0b"] {
        let fields = [("username", "office"), ("password", password)];
        let status = world.post("", "/login", &fields).await.status;
        assert_eq!(
            status,
            StatusCode::UNAUTHORIZED,
            "{} characters",
            password.len()
        );
    }
    let cookie = world.sign_in("office-lead").await;
    for new in [
        PASSWORD,
        "office-lead",
        "123456789012",
        "lvyuanqu2018",
        "short",
    ] {
        let fields = [
            ("request_id", "bad-password-000"),
            ("old", PASSWORD),
            ("new", new),
            ("again", new),
        ];
        let answer = world.post(&cookie, "/password", &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
    }
}

#[tokio::test]
async fn b12_a_credit_code_is_registered_once_and_its_owner_is_not_told() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    let fields = [
        ("request_id", "same-code-000000"),
        ("name", "长春市绿园区同码行业协会"),
        ("uscc", "51220106MJ00001065"),
        ("uscc_note", ""),
        ("certificate_no", "绿社证9号"),
        ("registered_on", "2010-01-01"),
        ("registrar", "绿园区民政局"),
        ("kind", "supervise"),
        ("member_basis", "same_activity_units"),
        ("legal_representative", "某人"),
        ("domicile", "某路1号"),
        ("business_scope", "行业服务"),
    ];
    let answer = world.post(&cookie, "/associations/new", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("已有协会用了这个代码"));
    assert!(!answer.body.contains("汽车维修行业协会"));
    assert_eq!(answer.value("name"), "长春市绿园区同码行业协会");
}

#[tokio::test]
async fn b57_headers_of_a_proxy_that_is_not_there_are_ignored() {
    let world = World::demo().await;
    let path = "/associations";
    let sent = request(&Method::GET, path, "sid=x", URLENCODED)
        .header("x-original-url", "/login")
        .header("x-http-method-override", "DELETE")
        .header("x-forwarded-host", "evil.test");
    let answer = world.send(sent.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with("/login?next="));
    let login = Request::post("/login")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, URLENCODED)
        .header("x-forwarded-for", "203.0.113.7")
        .body(Body::from("username=office&password=wrong"))
        .unwrap();
    let answer = world.send(login).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let forged = "select count(*) from audit_record where payload::text like '%203.0.113.7%'";
    assert_eq!(world.count(forged).await, 0);
}

#[tokio::test]
async fn b22_more_than_five_hundred_rows_are_refused_and_kept() {
    let world = World::demo().await;
    let example = world.association("农产品加工业协会").await;
    let path = format!("/associations/{example}/survey/sections/personnel");
    let cookie = world.sign_in("nongye").await;
    let rows: Vec<(String, String)> = (1..=501)
        .map(|n| (format!("SV-60.{n}.name"), format!("某人{n}")))
        .collect();
    let mut fields = vec![
        ("request_id", "too-many-rows-00"),
        ("version", "0"),
        ("done", "no"),
    ];
    fields.extend(
        rows.iter()
            .map(|(name, value)| (name.as_str(), value.as_str())),
    );
    let answer = world.post(&cookie, &path, &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("一次最多500行"));
    assert_eq!(answer.value("SV-60.501.name"), "某人501");
}
