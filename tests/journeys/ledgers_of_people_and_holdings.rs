//! The ledgers of people and holdings leave as files (EX-9 to EX-13): the worked example's rows
//! cell by cell with their types, as many rows as the pages count, and nobody's rows to whom the
//! pages do not show them.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use calamine::Data;

use super::spreadsheets_in::cells;
use crate::world::World;

const EXAMPLE: &str = "长春市绿园区汽车维修行业协会";

/// A file's rows, each cell with its type: `4#` is a number, `2018-11-06@` a day.
struct File {
    heads: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn typed(cell: &Data) -> String {
    match cell {
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year}-{month:02}-{day:02}@")
        }
        Data::Float(number) => format!("{number}#"),
        Data::Int(number) => format!("{number}#"),
        other => other.to_string(),
    }
}

impl File {
    fn of(bytes: &[u8]) -> Self {
        let mut rows = cells(bytes).into_iter();
        let heads = rows.next().unwrap_or_default();
        let all = |row: Vec<Data>| row.iter().map(typed).collect();
        Self {
            heads: all(heads),
            rows: rows.map(all).collect(),
        }
    }

    fn at(&self, head: &str) -> usize {
        let found = self.heads.iter().position(|each| each == head);
        found.unwrap_or_else(|| panic!("no {head}: {:?}", self.heads))
    }

    fn column(&self, head: &str) -> BTreeSet<String> {
        let at = self.at(head);
        let rows = self.rows.iter();
        rows.map(|row| row.get(at).unwrap().clone()).collect()
    }

    fn cell<'r>(&self, row: &'r [String], head: &str) -> &'r str {
        row.get(self.at(head)).unwrap()
    }

    /// The row in which these heads have these values.
    fn row(&self, by: &[(&str, &str)]) -> &[String] {
        let fits = |row: &&Vec<String>| by.iter().all(|(head, is)| self.cell(row, head) == *is);
        let found = self.rows.iter().find(fits);
        found.unwrap_or_else(|| panic!("no row {by:?}: {:?}", self.rows))
    }

    fn says(&self, by: &[(&str, &str)], told: &[(&str, &str)]) {
        let row = self.row(by);
        for (head, is) in told {
            assert_eq!(self.cell(row, head), *is, "{by:?}: {head}");
        }
    }
}

async fn file(world: &World, who: &str, at: &str) -> File {
    let cookie = world.sign_in(who).await;
    let given = world.get(&cookie, at).await;
    assert_eq!(given.status, StatusCode::OK, "{who} {at}: {}", given.body);
    assert!(given.bytes.starts_with(b"PK"), "{who} {at}: {}", given.body);
    File::of(&given.bytes)
}

/// The file of people, which asks for a reason first.
async fn people(world: &World, who: &str, query: &str) -> File {
    let cookie = world.sign_in(who).await;
    let at = format!("/posts.xlsx{query}");
    let page = world.get(&cookie, &at).await;
    assert!(page.body.contains("下载事由"), "{who}: {}", page.body);
    let reason = [("reason", "向区委组织部报送清理情况")];
    let sent = world.submit(&cookie, (&at, &at), &reason).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let given = world.get(&cookie, &sent.location()).await;
    assert!(given.bytes.starts_with(b"PK"), "{who}: {}", given.body);
    File::of(&given.bytes)
}

fn size(file: &File) -> i64 {
    i64::try_from(file.rows.len()).unwrap()
}

async fn names_of(world: &World, unit: &str) -> BTreeSet<String> {
    let names: Vec<String> = sqlx::query_scalar(
        "select a.name from association a join department d on d.id = a.department_id where d.code = $1",
    )
    .bind(unit)
    .fetch_all(world.owner())
    .await
    .unwrap();
    names.into_iter().collect()
}

#[tokio::test]
async fn the_people_of_the_worked_example_leave_with_their_dates_on_a_reason() {
    let world = World::demo().await;
    let all = people(&world, "zuzhi", "").await;
    assert_eq!(
        all.heads,
        [
            "序号",
            "协会",
            "姓名",
            "性别",
            "出生年月",
            "原/现单位及职务",
            "类别",
            "协会职务",
            "任职/兼职",
            "起始",
            "届次",
            "是否取酬",
            "退（离）休时间",
            "满三年日期",
            "70周岁日期",
            "审批/备案文号",
            "处置",
            "时限",
            "完成日期",
            "证明材料",
        ]
    );
    let of = |name: &'static str| [("协会", EXAMPLE), ("姓名", name)];
    all.says(
        &of("赵某"),
        &[
            ("出生年月", "1949-02"),
            ("原/现单位及职务", "原区经济局局长"),
            ("类别", "领导干部退（离）休满三年"),
            ("协会职务", "顾问"),
            ("任职/兼职", "兼职"),
            ("是否取酬", "否"),
            ("退（离）休时间", "2013-06-30@"),
            ("满三年日期", "2016-06-30@"),
            ("70周岁日期", "2019-02-11@"),
            ("审批/备案文号", "绿组干备〔2018〕17号"),
            ("处置", "已备案"),
            ("完成日期", "2018-10-17@"),
        ],
    );
    all.says(
        &of("王某"),
        &[
            ("类别", "领导干部退（离）休不满三年"),
            ("满三年日期", "2019-03-15@"),
            ("处置", "已辞去"),
            ("完成日期", "2018-10-26@"),
        ],
    );
    all.says(
        &of("张某"),
        &[
            ("时限", "2018-10-31@"),
            ("完成日期", "2018-10-25@"),
            ("证明材料", "辞职书、理事会会议记录"),
            ("满三年日期", ""),
        ],
    );
    all.says(
        &of("李某"),
        &[
            ("任职/兼职", "任职"),
            ("处置", "已离开并安置"),
            ("完成日期", "2018-11-12@"),
            ("是否取酬", "是"),
        ],
    );
    let everybody = world.count("select count(*) from post_holder").await;
    assert_eq!(size(&all), everybody);
    assert_eq!(all.rows.last().unwrap()[0], format!("{everybody}#"));
    let told = world
        .count("select count(*) from act_record where opinion = '向区委组织部报送清理情况'")
        .await;
    assert_eq!(told, 1);
}

#[tokio::test]
async fn the_people_leave_as_the_list_is_filtered() {
    let world = World::demo().await;
    let office = world.sign_in("office").await;
    let page = world.get(&office, "/posts?view=all&category=E").await;
    let shown = people(&world, "office", "?view=all&category=E").await;
    let total = format!("共{}条", size(&shown));
    assert!(page.body.contains(&total), "{total}: {}", page.body);
    assert_eq!(
        shown.column("类别"),
        ["领导干部退（离）休满三年".to_owned()].into()
    );
    // Who must be put right: the rules look at namesakes elsewhere, too (PE-5).
    let page = world.get(&office, "/posts?view=must").await;
    let must = people(&world, "office", "?view=must").await;
    let total = format!("共{}条", size(&must));
    assert!(page.body.contains(&total), "{total}: {}", page.body);
    assert!(must.column("姓名").contains("周建国"));
}

#[tokio::test]
async fn people_leave_to_whom_the_list_shows_names() {
    let world = World::demo().await;
    let clerk = world.sign_in("jiaotong").await;
    let page = world.get(&clerk, "/posts").await;
    assert!(page.body.contains("/posts.xlsx"), "{}", page.body);
    let own = people(&world, "jiaotong", "").await;
    let names = own.column("协会");
    assert!(names.contains(EXAMPLE));
    assert!(names.is_subset(&names_of(&world, "jiaotong").await));
    // A linked department has its own people, not those of the association it is linked with.
    let linked = people(&world, "gongxin", "").await;
    let names = linked.column("协会");
    assert!(names.is_subset(&names_of(&world, "gongxin").await));
    assert!(!linked.column("姓名").contains("赵某"));
    for blind in ["caizheng", "jiguan", "minzheng-lead", "fagai", "xiehui"] {
        let cookie = world.sign_in(blind).await;
        let refused = world.get(&cookie, "/posts.xlsx").await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{blind}");
        assert!(refused.body.contains("载有个人信息"), "{}", refused.body);
        // Nor is it offered to who sees numbers only.
        let page = world.get(&cookie, "/posts").await;
        assert!(!page.body.contains("/posts.xlsx"), "{blind}");
    }
}

#[tokio::test]
async fn the_assets_of_the_worked_example_leave_with_what_became_of_them() {
    let world = World::demo().await;
    let all = file(&world, "caizheng", "/assets.xlsx").await;
    assert_eq!(
        all.heads,
        [
            "协会",
            "类别",
            "名称",
            "数量",
            "原值（万元）",
            "净值（万元）",
            "取得方式",
            "权属",
            "处置",
            "批复文号",
            "完成日期",
        ]
    );
    let state = [("协会", EXAMPLE), ("名称", "计算机4台")];
    all.says(
        &state,
        &[
            ("类别", "固定资产"),
            ("数量", "4#"),
            ("原值（万元）", "2#"),
            ("净值（万元）", "0.8#"),
            ("取得方式", "机关划拨"),
            ("权属", "国有"),
            ("处置", "收回"),
            ("批复文号", "绿财资〔2018〕26号"),
            ("完成日期", "2018-11-06@"),
        ],
    );
    all.says(
        &[("协会", EXAMPLE), ("名称", "办公家具和检测设备")],
        &[("权属", "协会"), ("处置", "拟归协会"), ("完成日期", "")],
    );
    let counted = world
        .count("select sum(lines)::bigint from holding_count where figure like 'asset-%-all'")
        .await;
    assert_eq!(size(&all), counted);
    let unit = file(&world, "jiaotong", "/assets.xlsx").await;
    let names = unit.column("协会");
    assert!(names.contains(EXAMPLE) && names.len() < all.column("协会").len());
    assert!(names.is_subset(&names_of(&world, "jiaotong").await));
    let office = world.sign_in("office").await;
    let text = world.get(&office, "/assets.csv").await;
    assert!(
        text.body
            .starts_with("\u{feff}协会,类别,名称,数量,原值（万元）"),
        "{}",
        text.body
    );
    assert!(
        text.body.contains("计算机4台,4,2.00,0.80,"),
        "{}",
        text.body
    );
}

#[tokio::test]
async fn functions_and_purchases_leave_as_the_registers_have_them() {
    let world = World::demo().await;
    let all = file(&world, "bianban", "/functions.xlsx").await;
    all.says(
        &[("所在协会", EXAMPLE), ("职能名称", "机动车维修备案初审")],
        &[
            ("原承担机关", "区交通运输局"),
            ("依据", "业务主管单位委托书"),
            ("转移方式", "剥离"),
            ("承接协会", ""),
            ("移交日期", "2018-10-29@"),
            ("状态", "2018-10-29已剥离"),
        ],
    );
    let moved = [("承接协会", EXAMPLE), ("职能名称", "维修行业统计")];
    all.says(
        &moved,
        &[
            ("原承担机关", "区交通运输局"),
            ("转移方式", "购买服务"),
            ("移交日期", "2018-11-05@"),
            ("监管措施", "季度报送，年度抽查（绿交监〔2018〕1号）"),
            ("状态", "已移交，监管措施已存档"),
        ],
    );
    let section = &all.row(&moved)[all.at("监管责任科室")];
    assert!(section.contains("业务"), "{section}");
    let counted = world
        .count(
            "select sum(lines)::bigint from holding_count where figure in ('function-found', 'transfer-found')",
        )
        .await;
    assert_eq!(size(&all), counted);

    let bought = file(&world, "caizheng", "/purchases.xlsx").await;
    assert_eq!(
        bought.heads,
        [
            "序号",
            "协会",
            "服务事项",
            "内容与数量",
            "购买主体",
            "预算金额（万元）",
            "资金来源",
            "方式",
            "期限",
            "指导目录编码",
        ]
    );
    bought.says(
        &[("协会", EXAMPLE), ("服务事项", "行业统计")],
        &[
            ("内容与数量", "全区机动车维修行业统计，每季度一次"),
            ("购买主体", "区交通运输局"),
            ("预算金额（万元）", "3#"),
            ("资金来源", "部门预算"),
            ("方式", "单一来源"),
            ("期限", "2019年"),
            ("指导目录编码", ""),
        ],
    );
    let planned = world
        .count("select sum(lines)::bigint from holding_count where figure = 'purchase-planned'")
        .await;
    assert_eq!(size(&bought), planned);
}

#[tokio::test]
async fn rooms_are_due_of_whoever_leaves_or_comes_later() {
    let world = World::demo().await;
    let all = file(&world, "jiguan", "/rooms.xlsx").await;
    all.says(
        &[("协会", EXAMPLE), ("房号", "312")],
        &[
            ("坐落", "区交通运输局办公楼"),
            ("产权单位", "区直机关事务管理局"),
            ("面积（平方米）", "38.5#"),
            ("人数", "4#"),
            ("处理方式", "腾退"),
            ("应腾退日期", "2018-12-31@"),
            ("实际日期", ""),
            ("验收人", ""),
            ("延期批准文号", ""),
            ("备注", ""),
        ],
    );
    let counted = world
        .count("select sum(lines)::bigint from holding_count where figure = 'room-all'")
        .await;
    let later = all
        .rows
        .iter()
        .filter(|row| row.join(" ").contains("后续批次"));
    assert_eq!(size(&all) - i64::try_from(later.count()).unwrap(), counted);

    // The unit proposes that it leaves: its room is due all the same.
    let id = world.association("汽车维修行业协会").await;
    let path = format!("/associations/{id}/exit");
    let clerk = world.sign_in("jiaotong").await;
    let fields = [
        ("version", "0"),
        ("reason", "会员大会决议"),
        ("document", "绿交报〔2018〕9号"),
        ("kind", "deregistered"),
        ("survivor", ""),
    ];
    let saved = world.post(&clerk, &path, &fields).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let leader = world.sign_in("jiaotong-lead").await;
    let proposal = format!("{path}/proposal");
    let sent = world.submit(&leader, (&path, &proposal), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    // One whose survey was never confirmed is put off; its room stands in what was submitted.
    let rooms = serde_json::json!({ "SV-54": true, "SV-55": [{
        "key": "1", "location": "区农业局办公楼", "room_no": "0207", "owner": "区直机关事务管理局",
        "provision": "free", "area": 2_000, "staff": 2, "intention": "vacate", "vacate_by": "2018-12-20",
    }] });
    let later = "长春市绿园区奶业协会";
    let told = sqlx::query(
        "update survey s set answers = s.answers || $2 from association a
         where a.id = s.association_id and a.name = $1 and s.state = 'submitted'",
    )
    .bind(later)
    .bind(rooms)
    .execute(world.owner())
    .await
    .unwrap();
    assert_eq!(told.rows_affected(), 1);
    let before = file(&world, "jiguan", "/rooms.xlsx").await;
    assert!(!before.column("协会").contains(later));
    sqlx::query("update association set scope = 'defer' where name = $1")
        .bind(later)
        .execute(world.owner())
        .await
        .unwrap();
    let after = file(&world, "jiguan", "/rooms.xlsx").await;
    after.says(
        &[("协会", EXAMPLE), ("房号", "312")],
        &[("应腾退日期", "2018-12-31@"), ("备注", "拟退出")],
    );
    after.says(
        &[("协会", later), ("房号", "0207")],
        &[
            ("面积（平方米）", "20#"),
            ("应腾退日期", "2018-12-31@"),
            ("备注", "后续批次"),
        ],
    );
    assert_eq!(after.rows.len(), before.rows.len() + 1);
}

#[tokio::test]
async fn holdings_leave_to_whom_their_pages_show_them() {
    let world = World::demo().await;
    // Assets and rooms; functions and purchases (domain 2.2).
    for (who, of_assets, of_functions) in [
        ("jiaotong", 200, 200),
        ("gongxin", 200, 200),
        ("xiehui", 200, 200),
        ("office", 200, 200),
        ("minzheng-lead", 200, 200),
        ("bianban", 403, 200),
        ("fagai", 403, 200),
        ("zuzhi", 403, 200),
        ("admin", 403, 403),
        ("observer", 403, 403),
    ] {
        let cookie = world.sign_in(who).await;
        for (path, expected) in [
            ("/assets", of_assets),
            ("/rooms", of_assets),
            ("/functions", of_functions),
            ("/purchases", of_functions),
        ] {
            for ending in ["xlsx", "csv"] {
                let at = format!("{path}.{ending}");
                let status = world.get(&cookie, &at).await.status.as_u16();
                assert_eq!(status, expected, "{who} {at}");
            }
        }
    }
    for (path, head) in [
        ("/assets", "协会"),
        ("/rooms", "协会"),
        ("/functions", "所在协会"),
        ("/purchases", "协会"),
    ] {
        let at = format!("{path}.xlsx");
        let own = file(&world, "xiehui", &at).await;
        assert_eq!(own.column(head), [EXAMPLE.to_owned()].into(), "{path}");
        let linked = file(&world, "gongxin", &at).await;
        let names = linked.column(head);
        assert!(
            names.is_subset(&names_of(&world, "gongxin").await),
            "{path}"
        );
    }
    // Whoever reads all may ask for one unit.
    let unit: i64 = sqlx::query_scalar("select id from department where code = 'jiaotong'")
        .fetch_one(world.owner())
        .await
        .unwrap();
    let asked = file(&world, "office", &format!("/rooms.xlsx?department={unit}")).await;
    let own = file(&world, "jiaotong", "/rooms.xlsx").await;
    assert_eq!(asked.rows, own.rows);
    assert!(!own.rows.is_empty());
}
