//! One association from entry to a confirmed survey, in a browser, as every role in it.

use super::person::{Person, Site};

#[tokio::test]
async fn from_the_register_to_the_confirmed_survey() {
    let site = Site::open().await;
    let Some(clerk) = Person::sign_in(&site, "gongxin").await else {
        return;
    };

    // The clerk enters an association …
    clerk.open("/associations/new").await;
    let fields = [
        ("name", "长春市绿园区激光加工行业协会"),
        ("uscc", "51220106MJ00001140"),
        ("registered_on", "2012年3月8日"),
        ("legal_representative", "马会长"),
        ("domicile", "长春市绿园区西环城路88号"),
        ("business_scope", "行业自律、技术交流"),
    ];
    for (name, value) in fields {
        clerk.fill(name, value).await;
    }
    clerk.choose("member_basis", "same_activity_units").await;
    clerk.press("登记").await;
    assert!(clerk.reads().await.contains("协会已登入台账"));
    let id = site.world.association("激光加工行业协会").await;

    // … the office's head decides that it is in scope …
    let head = Person::sign_in(&site, "office-lead").await.unwrap();
    head.open(&format!("/associations/{id}/scope")).await;
    head.choose("scope", "in").await;
    head.press("作出认定").await;
    assert!(head.reads().await.contains("拟脱钩"));

    // … and the clerk fills in a section; rows grow without leaving the page.
    clerk
        .open(&format!("/associations/{id}/survey/sections/foreign"))
        .await;
    for question in ["SV-80-1", "SV-80-2", "SV-80-3", "SV-80-4", "SV-80-5"] {
        clerk.choose(question, "no").await;
    }
    clerk.choose("SV-82.nil", "yes").await;
    clerk.fill("SV-83.1.matter", "公章由机关代管").await;
    clerk.fill("SV-83.1.handled_by", "区工业和信息化局").await;
    clerk.choose("done", "yes").await;
    clerk.press("保存").await;
    assert!(clerk.reads().await.contains("本部分已保存"));

    // A wrong value is told beside its field, and nothing typed is lost.
    clerk
        .open(&format!("/associations/{id}/survey/sections/party"))
        .await;
    clerk.fill("SV-70-1", "三人").await;
    clerk.fill("SV-75", "党费台账一并移交").await;
    clerk.choose("done", "no").await;
    clerk.press("保存").await;
    assert!(clerk.reads().await.contains("应为0至99999的整数"));
    assert_eq!(
        clerk
            .ask("document.querySelector('[name=\"SV-75\"]').value.trim()")
            .await,
        "党费台账一并移交"
    );

    // Another survey is complete: the leader signs it, the office confirms it.
    let sent = site.world.association("奶业协会").await;
    let office = Person::sign_in(&site, "office").await.unwrap();
    office.open(&format!("/associations/{sent}/survey")).await;
    // The page says in whose hands it is, and has no button for the clerk.
    let buttons =
        "Array.from(document.querySelectorAll('main button')).map(one => one.textContent).join()";
    assert!(
        !office
            .ask(buttons)
            .await
            .to_string()
            .contains("确认摸底调查"),
        "the clerk of the office never confirms"
    );
    head.open(&format!("/associations/{sent}/survey")).await;
    head.press("确认摸底调查").await;
    assert!(head.reads().await.contains("摸底调查已确认"));

    // Civil affairs watches the figures.
    let civil = Person::sign_in(&site, "minzheng-lead").await.unwrap();
    civil.open("/dashboard").await;
    assert!(civil.reads().await.contains("商务局"));
    assert_eq!(
        civil.look("minzheng-lead_dashboard_after").await,
        Vec::<String>::new()
    );
}
