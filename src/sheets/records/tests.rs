use proptest::prelude::*;

use super::{Reader, Record, Taken, Why};
use crate::sheets::cells::{Cell, Merge, Row, Value};
use crate::sheets::heads::{Head, Vocabulary, find};
use crate::sheets::samples::{cell, merge, register, row, sheet, text, text_file};

fn taken(rows: &[Row], merges: &[Merge], vocabulary: &Vocabulary) -> (Head, Vec<Taken>) {
    let head = find(rows, merges, vocabulary).unwrap();
    let mut reader = Reader::new(&head, merges, vocabulary);
    let taken = rows.iter().map(|row| reader.take(row.clone())).collect();
    (head, taken)
}

fn records(taken: &[Taken]) -> Vec<&Record> {
    let records = taken.iter().filter_map(|taken| match taken {
        Taken::Record(record) => Some(record),
        Taken::Ignored { .. } => None,
    });
    records.collect()
}

fn ignored(taken: &[Taken]) -> Vec<(u32, Why)> {
    let ignored = taken.iter().filter_map(|taken| match taken {
        Taken::Record(_) => None,
        Taken::Ignored { row, why } => Some((row + 1, *why)),
    });
    ignored.collect()
}

fn name(record: &Record) -> &str {
    shown(record.cells[0].as_ref())
}

fn shown(cell: Option<&Cell>) -> &str {
    match cell.map(|cell| &cell.value) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}

#[test]
fn workbook_01_has_nine_records_and_says_what_was_left_out() {
    let (rows, merges) = sheet("01-台账-标题行与合计", "台账");
    let (_, taken) = taken(&rows, &merges, &register());
    let records = records(&taken);
    assert_eq!(records.len(), 9);
    assert_eq!(name(records[0]), "中国企业国有产权交易机构协会");
    assert_eq!(name(records[8]), "中国有色金属工业协会");
    assert_eq!(
        ignored(&taken),
        [
            (1, Why::Title),
            (2, Why::Title),
            (4, Why::Head),
            (15, Why::Total),
            (17, Why::Note),
            (18, Why::Signature),
        ]
    );
}

#[test]
fn the_other_workbooks_have_as_many_records_as_expected() {
    let vocabulary = register();
    for (book, name, count) in [
        ("03-日期各式", "登记", 15),
        ("04-信用代码走样", "Sheet1", 16),
        ("05-一单位一表", "汇总", 9),
        ("05-一单位一表", "国务院国有资产监督管理委员会", 3),
        ("05-一单位一表", "马鞍山市经济和信息化委员会", 2),
        ("09-公式与缓存值", "台账", 6),
        ("09b-公式无缓存值", "台账", 6),
    ] {
        let (rows, merges) = sheet(book, name);
        let (_, taken) = taken(&rows, &merges, &vocabulary);
        assert_eq!(records(&taken).len(), count, "{book} {name}");
    }
    let (rows, merges) = sheet("07-摸底数字与单位", "摸底汇总");
    let (_, survey) = taken(&rows, &merges, &crate::sheets::samples::survey());
    assert_eq!(records(&survey).len(), 5);
    let rows = text_file("10-名单-GBK");
    let (_, list) = taken(&rows, &[], &vocabulary);
    let found = records(&list);
    assert_eq!(found.len(), 8);
    assert_eq!(
        (found[4].row + 1, name(found[4])),
        (6, "中国物流与采购联合会")
    );
    assert_eq!(
        ignored(&list),
        [(1, Why::Head), (10, Why::Blank), (11, Why::Blank)]
    );
}

#[test]
fn rows_that_are_no_records_are_told_by_their_reason() {
    let head = row(1, &["序号", "协会名称", "业务主管单位", "住所", "备注"]);
    let table: &[(&[&str], Why)] = &[
        (&["合计", "9家"], Why::Total),
        (&["合 计"], Why::Total),
        (&["", "总　计：", "", "12"], Why::Total),
        (&["（小计）", "3个"], Why::Total),
        (&["", "", "共计"], Why::Total),
        (&["", "合计"], Why::Total),
        (&["注：1.本表由业务主管单位填写。"], Why::Note),
        (&["", "注1：某某"], Why::Note),
        (&["备注：某某"], Why::Note),
        (&["填表说明", ""], Why::Note),
        (&["说明: 某某"], Why::Note),
        (&["填表人：张某", "", "审核人：李某"], Why::Signature),
        (&["", "负责人（签字）：", "联系电话："], Why::Signature),
        (&["制 表:"], Why::Signature),
        (&["示例", "某某协会", "区商务局"], Why::Example),
        (&["", "例：某某协会", "区商务局"], Why::Example),
        (&["示例1", "某某协会"], Why::Example),
        (&["", "（示例）某某协会"], Why::Example),
        (
            &["填写", "必填，与登记证书一致", "请填全称", "按照证书填写"],
            Why::Note,
        ),
        (&["3", "", "", "", ""], Why::NoContent),
        (&["3", "", "", "", "某某"], Why::NoContent),
        (
            &["序号", "协会名称", "业务主管单位", "住 所", "备注"],
            Why::Head,
        ),
        (&["", " ", "　"], Why::Blank),
    ];
    for (texts, why) in table {
        let (_, taken) = taken(&[head.clone(), row(2, texts)], &[], &register());
        assert_eq!(taken[1], Taken::Ignored { row: 1, why: *why }, "{texts:?}");
    }
}

#[test]
fn associations_whose_names_begin_so_are_records() {
    let head = row(1, &["协会名称", "业务主管单位", "住所", "备注"]);
    for texts in [
        ["合计量具行业协会", "区商务局", "", ""],
        ["注册会计师协会", "区财政局", "", ""],
        ["注塑机械行业协会", "", "", ""],
        ["制表行业协会", "区商务局", "", ""],
        ["示例教育行业协会", "区教育局", "", ""],
        ["说明书印刷协会", "", "", ""],
        ["例行公证协会", "", "", ""],
        ["填写器具行业协会", "请填区商务局", "", ""],
        ["甲行业协会", "区商务局", "", "合计"],
        ["审核员协会", "", "", ""],
        ["总计量行业协会", "", "", ""],
        ["", "区商务局", "", ""],
    ] {
        let (_, taken) = taken(&[head.clone(), row(2, &texts)], &[], &register());
        assert!(matches!(taken[1], Taken::Record(_)), "{texts:?}");
    }
}

#[test]
fn titles_and_heads_of_every_page_are_left_out() {
    let page = ["协会名称", "负责人", "", "负债"];
    let second = ["", "姓名", "职务", ""];
    let rows = [
        row(1, &["一览表"]),
        row(2, &page),
        row(3, &second),
        row(4, &["甲协会", "张三", "会长", "3"]),
        row(5, &["一览表"]),
        row(6, &page),
        row(7, &second),
        row(8, &["乙协会", "李四", "会长", "3"]),
    ];
    let merges = [
        merge((2, 3), (0, 0)),
        merge((2, 2), (1, 2)),
        merge((6, 7), (0, 0)),
    ];
    let (_, taken) = taken(&rows, &merges, &crate::sheets::samples::survey());
    assert_eq!(
        ignored(&taken),
        [
            (1, Why::Title),
            (2, Why::Head),
            (3, Why::Head),
            (5, Why::Title),
            (6, Why::Head),
            (7, Why::Head)
        ]
    );
    assert_eq!(records(&taken).len(), 2);
}

#[test]
fn lines_after_a_note_belong_to_it() {
    let rows = [
        row(1, &["协会名称", "住所"]),
        row(2, &["甲协会", "某路"]),
        row(3, &["注：1.某某"]),
        row(4, &["2.无统一社会信用代码的填登记证号。"]),
        row(5, &["三、某某"]),
        row(6, &["乙协会"]),
        row(7, &["3.某某"]),
    ];
    let (_, taken) = taken(&rows, &[], &register());
    assert_eq!(
        ignored(&taken),
        [
            (1, Why::Head),
            (3, Why::Note),
            (4, Why::Note),
            (5, Why::Note)
        ]
    );
    assert_eq!(
        records(&taken).len(),
        3,
        "a doubtful line is an error to see"
    );
}

#[test]
fn merged_cells_fill_down_and_nothing_else_does() {
    let rows = [
        row(1, &["协会名称", "业务主管单位", "住所"]),
        row(2, &["甲协会", "区商务局", "某路1号"]),
        row(3, &["乙协会", "", "某路2号"]),
        row(4, &["丙协会", "", "某路3号"]),
        row(5, &["丁协会", "", ""]),
    ];
    let merges = [merge((2, 3), (1, 1)), merge((4, 5), (2, 2))];
    let (head, taken) = taken(&rows, &merges, &register());
    assert_eq!(head.last, 0);
    let told: Vec<[&str; 3]> = records(&taken)
        .iter()
        .map(|record| [0, 1, 2].map(|column: usize| shown(record.cells[column].as_ref())))
        .collect();
    assert_eq!(
        told,
        [
            ["甲协会", "区商务局", "某路1号"],
            ["乙协会", "区商务局", "某路2号"],
            ["丙协会", "", "某路3号"],
            ["丁协会", "", "某路3号"],
        ]
    );
}

#[test]
fn formulas_that_give_nothing_are_no_content() {
    let computed = |column, value| Cell {
        formula: true,
        ..cell(column, value)
    };
    let number = |text: &str| Value::Number(text.to_owned(), false);
    let line = |shown: u32, cells: Vec<Cell>| Row {
        row: shown - 1,
        hidden: shown == 6,
        cells,
    };
    let rows = [
        row(1, &["序号", "协会名称", "业务主管单位"]),
        line(
            2,
            vec![
                computed(0, number("1")),
                computed(1, number("0")),
                computed(2, Value::Text(String::new())),
            ],
        ),
        line(3, vec![computed(1, number("0")), text(9, "某")]),
        line(4, vec![computed(1, Value::Uncomputed)]),
        line(5, vec![computed(1, Value::Error("#N/A".to_owned()))]),
        line(6, vec![cell(2, number("0")), text(9, "某")]),
    ];
    let vocabulary = register();
    let head = find(&rows, &[], &vocabulary).unwrap();
    let mut reader = Reader::new(&head, &[], &vocabulary);
    let taken: Vec<Taken> = rows.iter().map(|row| reader.take(row.clone())).collect();
    assert_eq!(
        ignored(&taken),
        [(1, Why::Head), (2, Why::NoContent), (3, Why::NoContent)]
    );
    let found = records(&taken);
    assert_eq!(found.len(), 3);
    assert!(found[2].hidden && !found[1].hidden);
    assert_eq!(reader.strays().iter().copied().collect::<Vec<_>>(), [9]);
}

proptest! {
    #[test]
    fn no_text_makes_taking_panic(texts in prop::collection::vec("\\PC{0,12}", 0..5)) {
        let mut texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let head = row(1, &["序号", "协会名称", "业务主管单位"]);
        let _ = taken(&[head.clone(), row(2, &texts)], &[], &register());
        texts.insert(0, "注(1)合计");
        let _ = taken(&[head, row(2, &texts)], &[], &register());
    }
}
