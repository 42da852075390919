//! Chromium 83, the oldest browser of the contract: it opens every page at both widths
//! and goes one way as clerk and as head. It comes with npm (`npm ci --prefix
//! tests/tools`); where it is missing these tests say so and check nothing.

mod devtools;
mod reader;

use super::pages::{TOUR, addresses};
use super::person::Site;
use reader::Reader;

#[tokio::test]
async fn every_page_is_whole_in_the_oldest_browser() {
    let site = Site::open().await;
    let Some(mut reader) = Reader::open(&site).await else {
        return;
    };
    let named = addresses(&site.world).await;
    let mut wrong = Vec::new();
    for (username, paths) in TOUR {
        reader.becomes(username).await;
        for path in *paths {
            let path = named.at(path);
            reader.go(&path).await;
            wrong.extend(reader.look(&format!("{username} {path}")).await);
            if std::env::var_os("TUOGOU_SHEETS").is_some() {
                let name = path.replace(['/', '?', '='], "_");
                reader.keeps(&format!("sheet_{username}_{name}")).await;
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[tokio::test]
async fn a_survey_is_filled_in_and_confirmed_in_the_oldest_browser() {
    let site = Site::open().await;
    let Some(mut reader) = Reader::open(&site).await else {
        return;
    };
    let draft = site.world.association("农产品加工业协会").await;
    let section = format!("/associations/{draft}/survey/sections/foreign");

    // Rows grow without leaving the page, each under a number of its own.
    reader.becomes("nongye").await;
    reader.go(&section).await;
    let first = [
        ("SV-83.1.matter", "公章由机关代管"),
        ("SV-83.1.handled_by", "区农业局"),
        ("SV-83.2.matter", "档案存放在机关"),
        ("SV-83.2.handled_by", "区农业局"),
    ];
    reader.fill_in(&first).await;
    reader.keeps("old-1-rows").await;
    reader
        .until("document.querySelector('.kept').textContent.includes('已暂存')")
        .await;

    // What is not saved is asked about before it is left, and is there again after.
    reader.go(&section).await;
    assert!(reader.was_asked(), "left without a question");
    reader
        .until("document.querySelector('main').innerText.includes('尚未保存的内容已恢复')")
        .await;
    for (name, value) in first {
        assert_eq!(reader.value(name).await, value);
    }
    reader.keeps("old-2-restored").await;
    reader
        .fill_in(&[
            ("SV-80-1", "no"),
            ("SV-80-2", "no"),
            ("SV-80-3", "no"),
            ("SV-80-4", "no"),
            ("SV-80-5", "no"),
            ("SV-82.nil", "yes"),
            ("done", "yes"),
        ])
        .await;
    reader.press("保存").await;
    reader.sees("本部分已保存").await;
    reader.keeps("old-3-saved").await;
    reader.go(&section).await;
    assert_eq!(reader.value("SV-83.2.matter").await, "档案存放在机关");

    // The office's head confirms a survey that waits.
    let sent = site.world.association("奶业协会").await;
    reader.becomes("office-lead").await;
    reader.go(&format!("/associations/{sent}/survey")).await;
    reader.press("确认摸底调查").await;
    reader.sees("摸底调查已确认").await;
    reader.keeps("old-4-confirmed").await;
    assert_eq!(reader.complaints(), Vec::<String>::new());
}
