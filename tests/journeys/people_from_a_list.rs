//! A list of people as a unit has it, with its own headings: whoever is new comes in, whoever is
//! listed under the same name reads otherwise, and a month is no day.

use axum::http::StatusCode;
use serde_json::Value;

use super::spreadsheets_in::{answered, book, bring, cells, entered, settled, texts};
use super::survey_from_register_to_confirmation::typed;
use super::workbooks_come_back::PEOPLE;
use crate::world::World;

const NAME: &str = "长春市绿园区花卉协会";

/// The list: a title above the head, a number before each name, months of birth as they are
/// found in such lists.
fn list(listed: &str) -> Vec<Vec<String>> {
    let rows = [
        [
            "绿园区农业局主管协会人员名册",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
        ],
        [
            "序号",
            "社团名称",
            "姓名",
            "性别",
            "出生年月",
            "原单位及职务",
            "人员类别",
            "职务",
            "退休时间",
            "备注",
        ],
        [
            "1",
            NAME,
            "花文玉",
            "女",
            "1968.1",
            "区花卉市场职员",
            "社会聘用",
            "工作人员",
            "",
            "",
        ],
        [
            "2",
            NAME,
            "花立军",
            "男",
            "1957年4月",
            "区园艺局副局长",
            "退（离）休领导干部",
            "顾问",
            "2014-05-31",
            "",
        ],
        [
            "3",
            NAME,
            "花 秀",
            "女",
            "1970-03-15",
            "",
            "会员单位代表",
            "理事",
            "",
            "党员",
        ],
        ["4", NAME, listed, "男", "", "", "", "理事", "", ""],
        ["合计", "4人", "", "", "", "", "", "", "", ""],
    ];
    rows.map(|row| row.map(str::to_owned).to_vec()).to_vec()
}

async fn people(world: &World, association: i64) -> Vec<Value> {
    let people: Value =
        sqlx::query_scalar("select answers->'SV-60' from survey where association_id = $1")
            .bind(association)
            .fetch_one(world.owner())
            .await
            .unwrap();
    people.as_array().unwrap().clone()
}

#[tokio::test]
async fn new_people_come_in_from_a_units_own_list_and_a_month_is_not_guessed_into_a_day() {
    let world = World::demo().await;
    let unit = world.sign_in("nongye").await;
    let id = world.association("花卉协会").await;
    let before = people(&world, id).await;
    let listed = before[1]["name"].as_str().unwrap().to_owned();
    let mut rows = list(&listed);
    let (sent, at) = bring(&world, &unit, PEOPLE, ("名册.xlsx", &book(&rows))).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let asked = settled(&world, &unit, &at).await;
    assert!(asked.body.contains("“职务”（H2）是什么"), "{}", asked.body);
    let said = [("“职务”", "协会职务")];
    let page = answered(&world, &unit, &at, &said).await;
    // 1968.1 is a month, or October without its zero: no day is made of either.
    for cell in ["E3“1968.1”：", "E4“1957年4月”："] {
        assert!(page.body.contains(cell), "{cell}: {}", page.body);
    }
    assert!(!page.body.contains("E5"), "{}", page.body);
    assert!(!page.body.contains("全部导入（"), "{}", page.body);
    assert_eq!(people(&world, id).await, before, "nothing yet");

    let marked = world.get(&unit, &format!("{at}/marked")).await;
    assert_eq!(marked.status, StatusCode::OK);
    let told = texts(&cells(&marked.bytes));
    assert!(
        told[2]
            .last()
            .unwrap()
            .contains("只有年月，没有写明是哪一日"),
        "{:?}",
        told[2]
    );
    // The card says the day of one; of the other nobody knows it.
    rows[2][4] = "1968年1月9日".to_owned();
    rows[3][4] = String::new();
    let (_, at) = bring(&world, &unit, PEOPLE, ("名册（已更正）.xlsx", &book(&rows))).await;
    let page = settled(&world, &unit, &at).await;
    assert!(page.body.contains("全部导入（4行）"), "{}", page.body);
    let done = entered(&world, &unit, &at).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    settled(&world, &unit, &at).await;

    let after = people(&world, id).await;
    assert_eq!(after.len(), before.len() + 3, "{after:?}");
    assert_eq!(after[1]["key"], before[1]["key"]);
    assert_eq!(
        after[1]["post"], "director",
        "of the same name, the same person"
    );
    assert_eq!(
        after[1]["contract"], before[1]["contract"],
        "a blank cell says nothing"
    );
    // The page of the survey shows them.
    let section = format!("/associations/{id}/survey/sections/personnel");
    let fields = typed(&world.get(&unit, &section).await);
    let new = &after[before.len()..];
    let wanted = [
        ("花文玉", "1968-01-09", "staff"),
        ("花立军", "", "adviser"),
        ("花秀", "1970-03-15", "director"),
    ];
    for (person, (name, birth, post)) in new.iter().zip(wanted) {
        let key = person["key"].as_str().unwrap();
        for (column, value) in [("name", name), ("birth", birth), ("post", post)] {
            let field = format!("SV-60.{key}.{column}");
            let shown = fields.iter().find(|(known, _)| *known == field);
            assert_eq!(
                shown.map(|(_, value)| value.as_str()),
                Some(value),
                "{field}"
            );
        }
    }
    assert!(world.differences().await.is_empty());
}
