//! Signing in and staying signed in (S4 to S7, TC-57).

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::world::{PASSWORD, World};

#[tokio::test]
async fn who_signs_in_is_named_in_the_record() {
    let world = World::demo().await;
    world.sign_in("gongxin").await;
    let (name, department): (String, String) = sqlx::query_as(
        "select actor_name, actor_department from act_record where act = 'session.begin' order by id desc limit 1",
    )
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(
        (name.as_str(), department.as_str()),
        ("宫丽", "区工业和信息化局")
    );
}

#[tokio::test]
async fn a_session_is_new_at_sign_in_and_only_its_hash_is_kept() {
    let world = World::demo().await;
    let first = world.sign_in("gongxin").await;
    let second = world.sign_in("gongxin").await;
    assert_ne!(first, second);
    let secret = second.split('=').nth(1).unwrap();
    assert_eq!(secret.len(), 64);
    let kept = world
        .count("select count(*) from session where octet_length(token_sha256) = 32")
        .await;
    assert_eq!(kept, 2);
    world
        .post(&second, "/logout", &[("request_id", "0123456789abcdef")])
        .await;
    assert_eq!(world.get(&second, "/").await.status, StatusCode::SEE_OTHER);
    assert_eq!(world.get(&first, "/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn s5_at_most_three_at_once_and_all_end_with_the_password_or_the_account() {
    let world = World::demo().await;
    let mut cookies = Vec::new();
    for _ in 0..4 {
        cookies.push(world.sign_in("gongxin").await);
    }
    assert_eq!(
        world.get(&cookies[0], "/").await.status,
        StatusCode::SEE_OTHER
    );
    let fields = [
        ("request_id", "0123456789abcdef"),
        ("old", PASSWORD),
        ("new", "another seal 8 papers"),
        ("again", "another seal 8 papers"),
    ];
    let answer = world.post(&cookies[3], "/password", &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert_eq!(
        world.get(&cookies[2], "/").await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(world.get(&cookies[3], "/").await.status, StatusCode::OK);
    sqlx::query("update account set disabled_at = now() where username = 'gongxin'")
        .execute(world.owner())
        .await
        .unwrap();
    assert_eq!(
        world.get(&cookies[3], "/").await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn idle_and_old_sessions_end() {
    let world = World::demo().await;
    for sql in [
        "update session set seen_at = seen_at - interval '31 minutes'",
        "update session set created_at = created_at - interval '11 hours'",
    ] {
        let cookie = world.sign_in("gongxin").await;
        sqlx::query(sql).execute(world.owner()).await.unwrap();
        assert_eq!(
            world.get(&cookie, "/").await.status,
            StatusCode::SEE_OTHER,
            "{sql}"
        );
    }
}

#[tokio::test]
async fn s7_every_failed_sign_in_reads_the_same() {
    let world = World::demo().await;
    sqlx::query("update account set disabled_at = now() where username = 'nongye'")
        .execute(world.owner())
        .await
        .unwrap();
    let mut bodies = Vec::new();
    for (username, password) in [
        ("gongxin", "wrong password 1"),
        ("nobody-at-all", "wrong password 1"),
        ("nongye", PASSWORD),
    ] {
        let answer = world
            .post(
                "",
                "/login",
                &[("username", username), ("password", password)],
            )
            .await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        bodies.push(answer.body.replace(username, "NAME"));
    }
    assert_eq!(bodies[0], bodies[1]);
    assert_eq!(bodies[0], bodies[2]);
}

#[tokio::test]
async fn b14_b15_a_form_that_is_not_the_pages_signs_nobody_in_or_out() {
    let world = World::demo().await;
    let right = [("username", "gongxin"), ("password", PASSWORD)];
    for more in [("role", "sysadmin"), ("username", "admin"), ("next", "/")] {
        let fields = [&right[..], &[more, ("next", "/")]].concat();
        let answer = world.post("", "/login", &fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{more:?}: {}",
            answer.body
        );
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
        assert!(answer.body.contains("页面没有的内容或重复的内容"));
        assert!(!answer.body.contains(PASSWORD));
    }
    let cookie = world.sign_in("gongxin").await;
    let fields = [("request_id", "0123456789abcdef"), ("all", "yes")];
    let answer = world.post(&cookie, "/logout", &fields).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(world.get(&cookie, "/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn s4_other_sites_cannot_send_forms() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    let cases: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "cross-site")],
        &[("host", "a"), ("origin", "http://b")],
        &[("host", "a"), ("origin", "null")],
        &[("host", "a")],
    ];
    for headers in cases {
        let mut request = Request::post("/logout")
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = world.send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    assert_eq!(world.get(&cookie, "/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn next_leads_only_to_our_own_pages() {
    let world = World::demo().await;
    for next in [
        "https://evil.test",
        "//evil.test",
        "/\\evil.test",
        "/logout",
        "javascript:alert(1)",
    ] {
        let answer = world
            .post(
                "",
                "/login",
                &[
                    ("username", "gongxin"),
                    ("password", PASSWORD),
                    ("next", next),
                ],
            )
            .await;
        assert_eq!(answer.location(), "/", "{next}");
    }
    let answer = world.get("", "/associations?q=%E6%B1%BD").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(answer.location().starts_with("/login?next=%2Fassociations"));
}

#[tokio::test]
async fn tc_57_a_form_sent_after_the_session_ended_is_kept_through_signing_in() {
    let world = World::demo().await;
    let example = world.association("农产品加工业协会").await;
    let path = format!("/associations/{example}/survey/sections/opinion");
    let clerk = world.sign_in("nongye").await;
    let mut typed = world.sealed(&clerk, &path, &path).await;
    typed.push(("SV-90".to_owned(), "离退休人员安置有困难".to_owned()));
    let typed: Vec<(&str, &str)> = typed
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    let answer = world.post("", &path, &typed).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    let body = answer.value("parked_body");
    let fields = [
        ("username", "nongye"),
        ("password", PASSWORD),
        ("next", "/"),
        ("parked_path", path.as_str()),
        ("parked_body", body.as_str()),
    ];
    let answer = world.post("", "/login", &fields).await;
    assert_eq!(
        (answer.status, answer.location().as_str()),
        (StatusCode::SEE_OTHER, "/resume")
    );
    let cookie = answer
        .headers
        .get(header::SET_COOKIE)
        .unwrap()
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let page = world.get(&cookie, "/resume").await;
    assert_eq!(page.value("SV-90"), "离退休人员安置有困难");
    assert!(page.body.contains(&format!("action=\"{path}\"")));
}

#[tokio::test]
async fn a_first_password_must_be_changed_before_anything_else() {
    let world = World::demo().await;
    sqlx::query("update account set must_change_password = true where username = 'gongxin'")
        .execute(world.owner())
        .await
        .unwrap();
    let cookie = world.sign_in("gongxin").await;
    let answer = world.get(&cookie, "/associations").await;
    assert_eq!(answer.location(), "/password");
    assert_eq!(world.get(&cookie, "/password").await.status, StatusCode::OK);
}
