//! A unit's workbook of people comes back: whoever is called otherwise in it is the same person,
//! somebody new has no number, and whoever was taken away meanwhile is not brought back.

use axum::http::StatusCode;
use serde_json::Value;

use super::spreadsheets_in::{answered_with, bring, entered, settled};
use super::survey_from_register_to_confirmation::typed;
use super::survey_says_what_is_wrong::save;
use super::workbooks_come_back::{
    PEOPLE, Rows, as_it_is, at, changes, conflicts, put, row, saved, template,
};
use crate::world::{Answer, World};

/// The office sent its survey back: it is its unit's to change.
const NAME: &str = "长春市绿园区花卉协会";

/// A unit's clerk with a workbook of people, and a colleague at the pages.
struct Office {
    world: World,
    unit: String,
    association: i64,
    book: Vec<u8>,
}

impl Office {
    async fn new() -> Self {
        let world = World::demo().await;
        let unit = world.sign_in("nongye").await;
        let association = world.association("花卉协会").await;
        let book = template(&world, &unit, PEOPLE).await;
        Self {
            world,
            unit,
            association,
            book,
        }
    }

    fn section(&self) -> String {
        format!(
            "/associations/{}/survey/sections/personnel",
            self.association
        )
    }

    /// The people who are listed: number and the rest.
    async fn people(&self) -> Vec<Value> {
        let people: Value =
            sqlx::query_scalar("select answers->'SV-60' from survey where association_id = $1")
                .bind(self.association)
                .fetch_one(self.world.owner())
                .await
                .unwrap();
        people.as_array().unwrap().clone()
    }

    /// What the page of the survey has in a field.
    async fn shown(&self, field: &str) -> String {
        let page = self.world.get(&self.unit, &self.section()).await;
        let fields = typed(&page);
        let found = fields.into_iter().find(|(name, _)| name == field);
        found.map_or_else(String::new, |(_, value)| value)
    }

    async fn bring(&self, name: &str, change: impl FnOnce(&mut Rows)) -> (Answer, String) {
        let book = saved(&self.book, as_it_is, change);
        let (sent, at) = bring(&self.world, &self.unit, PEOPLE, (name, &book)).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        (settled(&self.world, &self.unit, &at).await, at)
    }

    async fn enter(&self, at: &str) {
        let done = entered(&self.world, &self.unit, at).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let page = settled(&self.world, &self.unit, at).await;
        assert!(page.body.contains("全部导入"), "{}", page.body);
    }

    /// The number under which a workbook has somebody who is listed.
    fn number(&self, person: &Value) -> String {
        format!("{}-{}", self.association, text(person, "key"))
    }
}

fn text<'a>(person: &'a Value, column: &str) -> &'a str {
    let said = person.get(column).and_then(Value::as_str);
    said.unwrap_or_default()
}

#[tokio::test]
async fn who_is_called_otherwise_is_the_same_person() {
    let office = Office::new().await;
    let before = office.people().await;
    let first = office.number(&before[0]);
    let second = office.number(&before[1]);
    let (name, other) = (text(&before[1], "name"), text(&before[2], "name"));
    // Meanwhile a colleague says of the same person where they work.
    let clerk = office.world.sign_in("nongye").await;
    let organ = format!("SV-60.{}.organ", text(&before[1], "key"));
    let changed = [(&*organ, "区花卉市场")];
    save(&office.world, &clerk, &office.section(), &changed).await;

    let (page, upload) = office
        .bring("人员.xlsx", |rows| {
            let line = row(rows, &[("系统编号", &second)]);
            assert_eq!(at(rows, (line, "姓名")).to_string(), name);
            put(rows, (line, "姓名"), "花更名");
            put(rows, (line, "退（离）休日期"), "2015-03-31");
            let line = row(rows, &[("系统编号", &first)]);
            put(rows, (line, "协会职务"), "名誉职务");
            // Somebody new stands below and has no number.
            let mut new = rows[line].clone();
            new.fill(calamine::Data::Empty);
            rows.push(new);
            let line = rows.len() - 1;
            put(rows, (line, "SV-01"), NAME);
            put(rows, (line, "姓名"), "花新来");
            put(rows, (line, "身份"), "社会聘用");
        })
        .await;
    assert_eq!(
        changes(&page),
        [
            "协会职务：已填写 → 已更改",
            "姓名：已填写 → 已更改",
            "退（离）休日期：（空） → 已填写",
            "人员登记表：（空） → 增加1人",
        ],
        "{}",
        page.body
    );
    // Names of persons are not everybody's to read in a preview.
    for kept in ["花更名", "花新来", name] {
        assert!(!page.body.contains(kept), "{kept}: {}", page.body);
    }
    assert!(page.body.contains("全部导入（3行）"), "{}", page.body);
    office.enter(&upload).await;

    let after = office.people().await;
    assert_eq!(after.len(), before.len() + 1, "{after:?}");
    let person = &after[1];
    assert_eq!(person["key"], before[1]["key"], "the same person");
    assert_eq!(text(person, "name"), "花更名");
    assert_eq!(text(person, "retired_on"), "2015-03-31");
    assert_eq!(
        text(person, "organ"),
        "区花卉市场",
        "what the colleague typed"
    );
    assert_eq!(person["contract"], before[1]["contract"]);
    assert_eq!(text(&after[0], "post"), "honorary");
    assert_eq!(after[0]["name"], before[0]["name"]);
    assert_eq!(text(&after[2], "name"), other, "nobody touched them");
    assert_eq!(text(&after[3], "name"), "花新来");
    let key = text(&before[1], "key");
    assert_eq!(office.shown(&format!("SV-60.{key}.name")).await, "花更名");
    assert!(office.world.differences().await.is_empty());
}

#[tokio::test]
async fn two_names_of_one_person_are_settled_on_the_page() {
    let office = Office::new().await;
    let before = office.people().await;
    let second = office.number(&before[1]);
    let key = text(&before[1], "key");
    let clerk = office.world.sign_in("nongye").await;
    let field = format!("SV-60.{key}.name");
    save(
        &office.world,
        &clerk,
        &office.section(),
        &[(&field, "花网页")],
    )
    .await;
    let (page, upload) = office
        .bring("人员.xlsx", |rows| {
            let line = row(rows, &[("系统编号", &second)]);
            put(rows, (line, "姓名"), "花表格");
        })
        .await;
    let asked = conflicts(&page);
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert!(page.body.contains("工作簿：花表格"), "{}", page.body);
    assert!(page.body.contains("系统：花网页"), "{}", page.body);
    let settle = [(&*asked[0].1, "mine")];
    let page = answered_with(&office.world, &office.unit, &upload, &[], &settle).await;
    assert_eq!(changes(&page), ["姓名：已填写 → 已更改"]);
    office.enter(&upload).await;
    let after = office.people().await;
    assert_eq!(after.len(), before.len());
    assert_eq!(text(&after[1], "name"), "花表格");
    assert_eq!(after[1]["key"], before[1]["key"]);
}

#[tokio::test]
async fn who_was_taken_away_meanwhile_is_named_and_not_brought_back() {
    let office = Office::new().await;
    let before = office.people().await;
    let second = office.number(&before[1]);
    let gone = format!("SV-60.{}.", text(&before[1], "key"));
    let clerk = office.world.sign_in("nongye").await;
    let path = office.section();
    let mut fields = typed(&office.world.get(&clerk, &path).await);
    fields.retain(|(name, _)| !name.starts_with(&gone));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (&**a, &**b)).collect();
    let sent = office.world.post(&clerk, &path, &fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(office.people().await.len(), before.len() - 1);

    // Whoever was not touched in the workbook is not in the way.
    let (page, _) = office.bring("没有改动.xlsx", |_| {}).await;
    let same = "表格内容与系统中的一致，没有需要导入的。";
    assert!(page.body.contains(same), "{}", page.body);

    let (page, _) = office
        .bring("人员.xlsx", |rows| {
            let line = row(rows, &[("系统编号", &second)]);
            put(rows, (line, "职级"), "科员");
        })
        .await;
    let told = "工作簿下载之后，这个人已从人员登记表中删去。不再登记的，请删去本行";
    assert!(page.body.contains(told), "{}", page.body);
    assert!(!page.body.contains("请先答复"), "{}", page.body);
    assert!(!page.body.contains("全部导入（"), "{}", page.body);

    // Without the number it is somebody new, and says so.
    let (page, upload) = office
        .bring("另行新增.xlsx", |rows| {
            let line = row(rows, &[("系统编号", &second)]);
            put(rows, (line, "系统编号"), calamine::Data::Empty);
        })
        .await;
    assert_eq!(
        changes(&page),
        ["人员登记表：（空） → 增加1人"],
        "{}",
        page.body
    );
    office.enter(&upload).await;
    let after = office.people().await;
    assert_eq!(after.len(), before.len());
    assert_ne!(
        after[2]["key"], before[1]["key"],
        "a number is nobody else's"
    );
}

#[tokio::test]
async fn a_number_says_one_person_of_one_association() {
    let office = Office::new().await;
    let before = office.people().await;
    let second = office.number(&before[1]);
    // A row that was copied to enter somebody new, number and all.
    let (page, _) = office
        .bring("复制.xlsx", |rows| {
            let mut new = rows[row(rows, &[("系统编号", &second)])].clone();
            let line = rows.len();
            new.truncate(rows[0].len());
            rows.push(new);
            put(rows, (line, "姓名"), "花复制");
        })
        .await;
    assert!(
        page.body
            .contains("的系统编号相同；新增人员的，请将系统编号留空"),
        "{}",
        page.body
    );
    // A person cannot be moved to another association by its name.
    let (page, _) = office
        .bring("挪动.xlsx", |rows| {
            let line = row(rows, &[("系统编号", &second)]);
            put(rows, (line, "SV-01"), "长春市绿园区农产品加工业协会");
            put(rows, (line, "SV-02"), calamine::Data::Empty);
        })
        .await;
    assert!(
        page.body.contains("系统编号所指的人登记在另一个协会"),
        "{}",
        page.body
    );
    // A number that no signed workbook has is nobody's: the name says who it is.
    let forged = format!("{}-99", office.association);
    let (page, _) = office
        .bring("自编.xlsx", |rows| {
            let line = row(rows, &[("系统编号", &second)]);
            put(rows, (line, "系统编号"), forged);
            put(rows, (line, "姓名"), "花自编");
        })
        .await;
    assert!(
        changes(&page).contains(&"人员登记表：（空） → 增加1人".to_owned()),
        "{}",
        page.body
    );
    assert_eq!(office.people().await, before);
}
