//! Files with personal data leave on a reason, by a link that is one person's for ten minutes
//! (contract.md); what was uploaded goes after seven days, whether or not somebody uploads again.

use axum::http::StatusCode;
use chrono::TimeDelta;
use rust_xlsxwriter::Workbook;
use tuogou::imports::acts::work;

use super::spreadsheets_in::{bring, settled};
use crate::world::{Answer, World};

const FILES: [&str; 2] = [
    "/surveys/people/import/template.xlsx",
    "/surveys/import/template.xlsx",
];

/// It is the file, and no page that asks.
fn is_file(answer: &Answer) -> bool {
    answer.status == StatusCode::OK && answer.bytes.starts_with(b"PK")
}

#[tokio::test]
async fn a_file_with_personal_data_leaves_on_a_reason_to_one_person() {
    let world = World::demo().await;
    let clerk = world.sign_in("jiaotong").await;
    let other = world.sign_in("gongxin").await;
    for file in FILES {
        let page = world.get(&clerk, file).await;
        assert!(!is_file(&page), "{file}");
        assert!(page.body.contains("下载事由"), "{}", page.body);
        for (reason, why) in [("", "请写明下载事由"), ("看看", "至少5个字")] {
            let refused = world
                .submit(&clerk, (file, file), &[("reason", reason)])
                .await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(refused.body.contains(why), "{}", refused.body);
        }
        let reason = "下乡核对人员登记表，离线填写";
        let given = world
            .submit(&clerk, (file, file), &[("reason", reason)])
            .await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        let link = given.location();
        assert!(link.starts_with(&format!("{file}?pass=")), "{link}");
        assert!(is_file(&world.get(&clerk, &link).await), "{link}");
        // Nobody else's, and not for another file.
        assert!(!is_file(&world.get(&other, &link).await));
        let elsewhere = FILES.iter().find(|each| **each != file).unwrap();
        let moved = link.replace(file, elsewhere);
        assert!(!is_file(&world.get(&clerk, &moved).await), "{moved}");
        let longer = link.replacen("pass=", "pass=9", 1);
        assert!(!is_file(&world.get(&clerk, &longer).await), "{longer}");
    }
    let told = world
        .count("select count(*) from act_record where opinion = '下乡核对人员登记表，离线填写'")
        .await;
    assert_eq!(told, 2);
    // Who audits it finds all of them in one list, with the reasons.
    let auditor = world.sign_in("shenji").await;
    let listed = world.get(&auditor, "/audit?act=personal").await;
    let reasons = listed.texts("main td .sub");
    let told = format!("事由：{reason}", reason = "下乡核对人员登记表，离线填写");
    let found = reasons.iter().filter(|each| **each == told).count();
    assert_eq!(found, 2, "{reasons:?}");
    let given = [("reason", "再次离线核对")];
    let given = world.submit(&clerk, (FILES[0], FILES[0]), &given).await;
    world.app.clock.put_ahead(TimeDelta::minutes(11));
    let late = world.get(&clerk, &given.location()).await;
    assert!(!is_file(&late));
    assert!(late.body.contains("下载事由"), "{}", late.body);
}

#[tokio::test]
async fn an_upload_is_gone_after_seven_days() {
    let world = World::demo().await;
    let civil = world.sign_in("minzheng").await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "协会名称").unwrap();
    sheet.write_string(0, 1, "业务主管单位").unwrap();
    sheet
        .write_string(1, 0, "长春市绿园区花艺行业协会")
        .unwrap();
    sheet.write_string(1, 1, "区商务局").unwrap();
    // A cell under no heading is told of, not dropped in silence.
    sheet.write_string(1, 3, "随手记").unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let page = "/associations/import";
    let (_, at) = bring(&world, &civil, page, ("花艺.xlsx", &bytes)).await;
    let shown = settled(&world, &civil, &at).await;
    assert!(
        shown.body.contains("D列有内容，但没有列名，没有读取"),
        "{}",
        shown.body
    );
    work::forget_old(&world.app).await.unwrap();
    assert_eq!(world.count("select count(*) from import_file").await, 1);
    world.app.clock.put_ahead(TimeDelta::days(8));
    work::forget_old(&world.app).await.unwrap();
    for table in ["import_file", "import_line"] {
        let left = match table {
            "import_file" => world.count("select count(*) from import_file").await,
            _ => world.count("select count(*) from import_line").await,
        };
        assert_eq!(left, 0, "{table}");
    }
    let civil = world.sign_in("minzheng").await;
    let marked = world.get(&civil, &format!("{at}/marked")).await;
    assert_eq!(marked.status, StatusCode::NOT_FOUND);
}
