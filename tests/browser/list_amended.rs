//! The pages on which the list is amended and a plan ends, before and after.

use super::person::{Person, Site};

const NAME: &str = "装备制造业协会";

/// The unit's clerk writes, its leader signs.
async fn ask(site: &Site, id: i64) {
    let path = format!("/associations/{id}/listing");
    let clerk = site.world.sign_in("gongxin").await;
    let fields = [
        ("version", "0"),
        ("change", "withdrawn"),
        (
            "reason",
            "会员大会决议与汽车零部件行业协会整合，改列后续批次",
        ),
        ("document", "绿工信报〔2018〕52号"),
    ];
    site.world.post(&clerk, &path, &fields).await;
    let paper = ("会员大会决议.pdf", b"%PDF-1.4\n%%EOF\n".as_slice());
    let files = format!("{path}/files");
    site.world.hand_in(&clerk, (&path, &files), paper).await;
}

#[tokio::test]
async fn the_pages_of_an_amendment_are_fit_to_be_seen() {
    let site = Site::open().await;
    let id = site.world.association(NAME).await;
    let example = site.world.association("汽车维修行业协会").await;
    let path = format!("/associations/{id}/listing");
    let mut wrong = Vec::new();
    let Some(person) = Person::sign_in(&site, "gongxin").await else {
        return;
    };
    person.open(&path).await;
    wrong.extend(person.look("amend-1-ask").await);
    ask(&site, id).await;
    person.open(&path).await;
    wrong.extend(person.look("amend-2-draft").await);
    person.becomes("gongxin-lead").await;
    person.open(&path).await;
    wrong.extend(person.look("amend-3-sign").await);
    person.press("报脱钩办决定撤出").await;
    person.becomes("office-lead").await;
    for (address, name) in [
        ("/roster/amendments/new", "amend-4-many"),
        ("/roster/objections", "amend-4-objections"),
        (path.as_str(), "amend-5-decide"),
    ] {
        person.open(address).await;
        wrong.extend(person.look(name).await);
    }
    person.press("同意撤出并编号").await;
    for (address, name) in [
        (path.clone(), "amend-6-decided"),
        (format!("/associations/{id}"), "amend-7-register"),
        (format!("/associations/{id}/plan"), "amend-8-plan"),
        (format!("/associations/{id}/progress"), "amend-8-progress"),
        (format!("/associations/{id}/history"), "amend-8-history"),
        ("/roster".to_owned(), "amend-9-roster"),
        ("/exits".to_owned(), "amend-9-exits"),
    ] {
        person.open(&address).await;
        wrong.extend(person.look(name).await);
        person.print(name).await;
    }
    person.becomes("jiaotong-lead").await;
    person
        .open(&format!("/associations/{example}/plan/changes"))
        .await;
    wrong.extend(person.look("change-1-choose").await);
    person
        .open(&format!("/associations/{example}/plan/changes?part=PL-5"))
        .await;
    person.fill("PL-5.1.unit_post", "二级主任科员").await;
    person.fill("reason.PL-5", "岗位调整").await;
    person.press("核对变更内容").await;
    wrong.extend(person.look("change-2-review").await);
    wrong.extend(ends_of_plans(&site, &person).await);
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// Suspending, voiding, rejecting, a condition, an exit.
async fn ends_of_plans(site: &Site, person: &Person) -> Vec<String> {
    let mut wrong = Vec::new();
    let example = site.world.association("汽车维修行业协会").await;
    let changing = site.world.association("信息服务业协会").await;
    let leaving = site.world.association("美容美发业协会").await;
    let exited = site.world.association("房地产中介行业协会").await;
    person
        .open(&format!("/associations/{example}/plan/conditions/1"))
        .await;
    wrong.extend(person.look("end-condition").await);
    person.becomes("office-lead").await;
    for (path, name) in [
        (format!("{example}/plan/suspension"), "end-suspension"),
        (format!("{changing}/plan/change-rejection"), "end-rejection"),
        (format!("{changing}/plan"), "end-changing"),
        (format!("{exited}/exit"), "end-exited"),
        (format!("{exited}/plan"), "end-exited-plan"),
    ] {
        person.open(&format!("/associations/{path}")).await;
        wrong.extend(person.look(name).await);
    }
    person.becomes("minzheng").await;
    person.open(&format!("/associations/{leaving}/exit")).await;
    wrong.extend(person.look("end-exit").await);
    person.print("end-exit").await;
    wrong
}
