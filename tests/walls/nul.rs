//! Bad inputs 4, 26 and 69 wherever they may stand: the database takes no NUL, so
//! no address and no field lets one through to it.

use std::collections::BTreeSet;

use axum::http::StatusCode;

use crate::browser::pages::{TOUR, addresses};
use crate::world::{Answer, World};

#[tokio::test]
async fn an_address_with_nul_is_refused_on_every_list() {
    let world = World::demo().await;
    let cookie = world.sign_in("office").await;
    for path in [
        "/associations?q=%00",
        "/associations?track=%00",
        "/associations?department=1%00",
        "/posts?q=a%00b",
        "/reminders?kind=%00",
        "/audit?act=%00",
        "/public/roster?q=%00",
        "/login?next=%00",
        "/associations/%00",
        "/settings/%00",
    ] {
        let answer = world.get(&cookie, path).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        assert!(answer.body.contains("无法识别"), "{path}");
    }
}

/// A form on a page: where it goes, and what it sends.
struct Sheet {
    action: String,
    fields: Vec<(String, String)>,
    /// Fields that people write into.
    written: Vec<String>,
}

fn sheets(answer: &Answer) -> Vec<Sheet> {
    let select = |selector: &str| scraper::Selector::parse(selector).unwrap();
    let (form, field) = (
        select("form[method=post]:not([enctype])"),
        select("input[name], textarea[name], select[name]"),
    );
    let page = answer.page();
    page.select(&form)
        .map(|form| {
            let mut sheet = Sheet {
                action: form.attr("action").unwrap_or_default().to_owned(),
                fields: Vec::new(),
                written: Vec::new(),
            };
            for field in form.select(&field) {
                let name = field.attr("name").unwrap_or_default().to_owned();
                let kind = field.attr("type").unwrap_or("text");
                let hidden = kind == "hidden" || field.value().name() == "select";
                if hidden || ["checkbox", "radio", "submit"].contains(&kind) {
                    let value = field.attr("value").unwrap_or_default().to_owned();
                    if kind == "hidden" {
                        sheet.fields.push((name, value));
                    }
                } else {
                    sheet.written.push(name);
                }
            }
            sheet
        })
        .collect()
}

#[tokio::test]
async fn a_field_with_nul_is_shown_again_and_nothing_fails() {
    let world = World::demo().await;
    let named = addresses(&world).await;
    let mut tried = BTreeSet::new();
    for (username, paths) in TOUR.iter().copied() {
        let cookie = world.sign_in(username).await;
        for path in paths {
            for sheet in sheets(&world.get(&cookie, &named.at(path)).await) {
                let leaves = ["/logout", "/password", "/capacity"].contains(&&*sheet.action);
                if leaves || sheet.written.is_empty() {
                    continue;
                }
                let mut fields: Vec<(&str, &str)> = sheet
                    .fields
                    .iter()
                    .map(|(name, value)| (name.as_str(), value.as_str()))
                    .collect();
                fields.extend(sheet.written.iter().map(|name| (name.as_str(), "填\0写")));
                let answer = world.post(&cookie, &sheet.action, &fields).await;
                let action = &sheet.action;
                assert!(
                    !answer.status.is_server_error() && !answer.status.is_success(),
                    "{username} {action}: {} {fields:?}",
                    answer.status
                );
                tried.insert(
                    action
                        .split(|c: char| c.is_ascii_digit())
                        .collect::<String>(),
                );
            }
        }
    }
    assert!(tried.len() > 15, "only {tried:?} were tried");
}

#[tokio::test]
async fn what_holds_nul_is_422_beside_what_was_typed() {
    let world = World::demo().await;
    let cookie = world.sign_in("gongxin").await;
    let fields = [
        ("request_id", "0123456789abcdef"),
        ("name", "长春市绿园区测试行业协会"),
        ("uscc", ""),
        ("uscc_note", "旧\0号"),
        ("certificate_no", "绿社证1号"),
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
    assert!(answer.body.contains("不可显示的字符"));
    assert_eq!(answer.value("uscc_note"), "旧\u{FFFD}号");
    assert_eq!(answer.value("domicile"), "某路1号");
}

#[tokio::test]
async fn b69_where_to_go_next_is_a_path_or_home() {
    let world = World::demo().await;
    for (next, leads) in [
        ("/roster?unit=3", "/roster?unit=3"),
        ("/\u{b}", "/"),
        ("/a b", "/"),
        ("/\u{7f}", "/"),
        ("/协会", "/"),
        ("/\r\nSet-Cookie: a=b", "/"),
        ("//evil.test", "/"),
        ("/\\evil.test", "/"),
        ("/logout", "/"),
    ] {
        let fields = [
            ("username", "gongxin"),
            ("password", crate::world::PASSWORD),
            ("next", next),
        ];
        let answer = world.post("", "/login", &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{next:?}");
        assert_eq!(answer.location(), leads, "{next:?}");
    }
}

#[tokio::test]
async fn no_form_comes_back_larger_than_two_megabytes() {
    let world = World::demo().await;
    let survey = world.association("农产品加工业协会").await;
    let cookie = world.sign_in("nongye").await;
    for (section, table) in [("institution", "SV-20"), ("institution", "SV-22")] {
        let path = format!("/associations/{survey}/survey/sections/{section}");
        let page = world.get(&cookie, &path).await;
        assert_eq!(page.status, StatusCode::OK);
        let names: Vec<String> = (1..=9_500)
            .map(|row| format!("{table}.{row}.name"))
            .collect();
        let version = page.value("version");
        let mut fields = vec![("request_id", "0123456789abcdef"), ("version", &*version)];
        fields.extend(names.iter().map(|name| (name.as_str(), "某")));
        let answer = world.post(&cookie, &path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
        assert!(answer.body.contains("一次最多填写500行"), "{path}");
        assert!(
            answer.body.len() <= 2 * 1024 * 1024,
            "{}",
            answer.body.len()
        );
    }
}
