//! The summary of all surveys as a file (EX-1): the worked example's row cell by cell with its
//! types, whose rows somebody gets, and that nobody is named in it.

use std::io::Cursor;

use axum::http::StatusCode;
use calamine::{Data, Reader as _, Xlsx};

use crate::world::{Answer, World};

pub const EXAMPLE: &str = "长春市绿园区汽车维修行业协会";
const SURVEYS: &str = "/surveys.xlsx";
pub const ROSTER: &str = "/roster.xlsx";
pub const RECOMMENDED: &str = "/roster/recommendations.xlsx";
pub const REPLIES: &str = "/approvals/replies.xlsx";

/// The first sheet of a workbook.
pub struct Table {
    /// Lines above the head.
    pub title: Vec<String>,
    pub labels: Vec<String>,
    pub rows: Vec<Vec<Data>>,
}

impl Table {
    /// A workbook whose head begins after so many lines and has so many.
    fn read(file: &Answer, (above, head): (usize, usize)) -> Self {
        assert_eq!(file.status, StatusCode::OK, "{}", file.body);
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes.to_vec())).unwrap();
        let range = book.worksheet_range_at(0).unwrap().unwrap();
        let (last, right) = range.end().unwrap();
        let cell = |row, column| range.get_value((row, column)).cloned().unwrap_or_default();
        let mut all: Vec<Vec<Data>> = (0..=last)
            .map(|row| (0..=right).map(|column| cell(row, column)).collect())
            .collect();
        let rows = all.split_off(above + head);
        let heads = all.split_off(above);
        let text = |row: &Vec<Data>, at: usize| row.get(at).unwrap().to_string();
        let label = |at| {
            let mut lowest = heads.iter().rev().map(|row| text(row, at));
            lowest.find(|label| !label.is_empty()).unwrap()
        };
        Self {
            title: all.iter().map(|row| text(row, 0)).collect(),
            labels: (0..heads.first().unwrap().len()).map(label).collect(),
            rows,
        }
    }

    pub async fn of(world: &World, who: &str, path: &str) -> Self {
        let cookie = world.sign_in(who).await;
        let shape = match path.split('?').next().unwrap() {
            SURVEYS => (0, 2),
            ROSTER => (2, 1),
            _ => (0, 1),
        };
        Self::read(&world.get(&cookie, path).await, shape)
    }

    /// The text of a column, row by row.
    pub fn column(&self, label: &str) -> Vec<String> {
        let at = self.labels.iter().position(|each| each == label);
        let at = at.unwrap_or_else(|| panic!("no {label}: {:?}", self.labels));
        let rows = self.rows.iter();
        rows.map(|row| row.get(at).unwrap().to_string()).collect()
    }

    /// The row in which a column says so.
    pub fn row(&self, label: &str, value: &str) -> &[Data] {
        let at = self.column(label).iter().position(|each| each == value);
        let at = at.unwrap_or_else(|| panic!("no {value}: {:?}", self.column(label)));
        self.rows.get(at).unwrap()
    }
}

/// What a cell is to be.
#[derive(Debug)]
pub enum Is {
    Blank,
    Text(&'static str),
    Number(f64),
    Day(&'static str),
    /// A text with this in it.
    With(&'static str),
}

pub fn check(label: &str, cell: &Data, is: &Is) {
    let fits = match (is, cell) {
        (Is::Blank, Data::Empty) => true,
        (Is::Text(text), Data::String(found)) => found == text,
        (Is::With(text), Data::String(found)) => found.contains(text),
        (Is::Number(number), Data::Float(_) | Data::Int(_)) => {
            let found: f64 = cell.to_string().parse().unwrap();
            (found - number).abs() < 1e-9
        }
        (Is::Day(day), Data::DateTime(found)) => {
            let (year, month, date, ..) = found.to_ymd_hms_milli();
            format!("{year}-{month:02}-{date:02}") == *day
        }
        _ => false,
    };
    assert!(fits, "{label}: {cell:?} is not {is:?}");
}

/// The row says what is expected, in the order of the columns.
pub fn check_row(table: &Table, row: &[Data], expected: &[(&str, Is)]) {
    let labels: Vec<&str> = expected.iter().map(|(label, _)| *label).collect();
    assert_eq!(table.labels, labels);
    for ((label, is), cell) in expected.iter().zip(row) {
        check(label, cell, is);
    }
}

/// The worked example (domain 12.1) in the columns of EX-1.
fn surveyed() -> Vec<(&'static str, Is)> {
    use Is::{Blank, Day, Number, Text};
    vec![
        ("序号", Is::Number(0.0)),
        ("协会名称", Text(EXAMPLE)),
        ("统一社会信用代码", Text("51220106MJ00001065")),
        ("业务主管单位", Text("区交通运输局")),
        ("其他关系单位及类型", Text("区工业和信息化局（联系）")),
        ("成立日期", Day("2009-05-18")),
        ("单位", Number(86.0)),
        ("个人", Number(4.0)),
        ("合计", Number(90.0)),
        ("会员主体性质", Text("从事相同性质经济活动的单位")),
        ("是否纳入", Text("拟脱钩")),
        ("合署办公", Text("否")),
        ("代管事业单位", Text("否")),
        ("行政职能项数", Number(1.0)),
        ("拟转移项数", Number(2.0)),
        ("会计制度", Text("民间非营利组织会计制度")),
        ("独立账号", Text("否")),
        ("2016年（万元）", Number(5.0)),
        ("2017年（万元）", Number(5.0)),
        ("2018年（万元）", Number(2.5)),
        ("资产总额（万元）", Number(34.15)),
        ("负债（万元）", Number(3.2)),
        ("净资产（万元）", Number(30.95)),
        ("国有资产（万元）", Number(0.8)),
        ("办公用房面积（平方米）", Number(38.5)),
        ("专职", Number(4.0)),
        ("兼职", Number(0.0)),
        ("公务员任职", Number(1.0)),
        ("现职", Number(1.0)),
        ("未办理退（离）休手续", Number(0.0)),
        ("退（离）休不满三年", Number(1.0)),
        ("退（离）休满三年", Number(1.0)),
        ("事业编制", Number(1.0)),
        ("劳动合同数", Number(2.0)),
        ("党员数", Number(4.0)),
        ("党组织", Text("否")),
        ("外事事项", Number(0.0)),
        ("单位意见", Text("参加2018年脱钩")),
        ("版本", Text("第1版，已确认")),
        ("备注", Blank),
    ]
}

/// The number of a department.
pub async fn department(world: &World, code: &str) -> i64 {
    sqlx::query_scalar("select id from department where code = $1")
        .bind(code)
        .fetch_one(world.owner())
        .await
        .unwrap()
}

/// A linked department, an association's account and the superior are refused or have
/// nothing of others.
pub async fn refused(world: &World, path: &str, words: &str) {
    for who in ["xiehui", "observer"] {
        let cookie = world.sign_in(who).await;
        let answer = world.get(&cookie, path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{who}: {path}");
        assert!(answer.body.contains(words), "{who}: {}", answer.body);
    }
}

#[tokio::test]
async fn all_surveys_in_a_table_with_the_worked_example_cell_by_cell() {
    let world = World::demo().await;
    let all = Table::of(&world, "office", SURVEYS).await;
    let surveyed_in_all = world
        .count("select count(distinct association_id) from survey")
        .await;
    assert_eq!(i64::try_from(all.rows.len()).unwrap(), surveyed_in_all);
    let own = Table::of(&world, "jiaotong", SURVEYS).await;
    for table in [&all, &own] {
        let row = table.row("协会名称", EXAMPLE);
        let mut expected = surveyed();
        let place = table.rows.iter().position(|each| each == row).unwrap();
        expected[0].1 = Is::Number(f64::from(u32::try_from(place + 1).unwrap()));
        check_row(table, row, &expected);
    }
    // Every state is in it, and says so.
    let editions = all.column("版本").join(" ");
    for state in ["填报中", "已报送，待脱钩办确认", "已退回，待补正", "已确认"]
    {
        assert!(editions.contains(state), "{state}: {editions}");
    }
    // What was not answered yet is empty, not 0.
    let at = all.labels.iter().position(|each| each == "党员数").unwrap();
    let editions = all.column("版本");
    let mut drafted = editions.iter().zip(&all.rows);
    assert!(
        drafted.any(|(edition, row)| edition.contains("填报中") && row[at] == Data::Empty),
        "{editions:?}"
    );
    // Nobody is named.
    let names: Vec<String> = sqlx::query_scalar(
        "select distinct p ->> 'name' from survey s,
             jsonb_array_elements(coalesce(s.answers -> 'SV-60', '[]') || coalesce(s.answers -> 'SV-45', '[]')) p",
    )
    .fetch_all(world.owner())
    .await
    .unwrap();
    assert!(names.len() > 20);
    for cell in all.rows.iter().flatten() {
        let text = cell.to_string();
        assert!(!names.iter().any(|name| text.contains(name)), "{text}");
    }
}

#[tokio::test]
async fn a_unit_has_the_surveys_of_its_own_associations() {
    let world = World::demo().await;
    let own = Table::of(&world, "jiaotong", SURVEYS).await;
    let unit = department(&world, "jiaotong").await;
    let surveyed: i64 = sqlx::query_scalar(
        "select count(distinct a.id) from association a join survey s on s.association_id = a.id where a.department_id = $1",
    )
    .bind(unit)
    .fetch_one(world.owner())
    .await
    .unwrap();
    assert_eq!(i64::try_from(own.rows.len()).unwrap(), surveyed);
    assert!(
        own.column("业务主管单位")
            .iter()
            .all(|name| name == "区交通运输局")
    );
    // A department with another tie to it does not have its survey.
    let linked = Table::of(&world, "gongxin", SURVEYS).await;
    assert!(!linked.column("协会名称").contains(&EXAMPLE.to_owned()));
    // Whoever reads all may ask for one unit's, and no unit for another's.
    let asked = format!("{SURVEYS}?department={unit}");
    let narrowed = Table::of(&world, "office", &asked).await;
    assert_eq!(narrowed.rows.len(), own.rows.len());
    let others = Table::of(&world, "gongxin", &asked).await;
    assert!(others.rows.is_empty());
    let office = world.sign_in("office").await;
    let file = world.get(&office, &asked).await;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(file.bytes.to_vec())).unwrap();
    let notes = book.worksheet_range("说明").unwrap();
    let said: Vec<String> = notes.rows().flatten().map(ToString::to_string).collect();
    assert!(said.contains(&"单位：交通局".to_owned()), "{said:?}");
    refused(&world, SURVEYS, "摸底调查汇总表").await;
    let text = world.get(&office, "/surveys.csv").await;
    assert_eq!(text.status, StatusCode::OK);
    let head = text.body.lines().next().unwrap();
    assert!(
        head.contains("会员数：单位") && head.contains("财政拨款：2018年（万元）"),
        "{head}"
    );
    assert!(text.body.contains("51220106MJ00001065"));
}
