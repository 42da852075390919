//! Wide tables: head rows, widths, no rows, one and forty.

use super::super::{Heading, Wide, WideColumn, wide_docx};
use super::read::Read;

fn wide(count: usize) -> Wide {
    let row = ["1", "汽车维修行业协会\n51220106MJ00001065", "2/2", "不涉及"];
    Wide {
        title: "脱钩单位完成情况表".into(),
        unit: "区交通运输局".into(),
        as_of: "2018年11月22日".into(),
        columns: vec![
            WideColumn::new(756),
            WideColumn::left(6_000),
            WideColumn::new(3_000),
            WideColumn::new(3_000),
        ],
        headings: vec![
            vec![
                Heading::begins("序号"),
                Heading::begins("协会"),
                Heading::over(2, "机构分离"),
            ],
            vec![
                Heading::goes_on(),
                Heading::goes_on(),
                Heading::one("关系解除"),
                Heading::one("合署分开"),
            ],
        ],
        rows: vec![row.map(str::to_owned).to_vec(); count],
        signatures: vec![
            ("填表人".into(), "刘某某".into()),
            ("审核人".into(), String::new()),
        ],
        across: None,
    }
}

#[test]
fn both_head_rows_are_repeated() {
    for count in [0, 1, 40] {
        let found = Read::of(&wide_docx(&wide(count)).unwrap());
        let headers: Vec<bool> = found.rows.iter().map(|row| row.header).collect();
        assert_eq!(headers[..2], [true, true]);
        assert_eq!(headers.len(), 2 + count.max(1));
        assert!(headers[2..].iter().all(|header| !header));
        let heads: Vec<usize> = found.rows[0].cells.iter().map(|cell| cell.across).collect();
        assert_eq!(heads, [1, 1, 2]);
        let last = found.rows.last().unwrap();
        if count == 0 {
            assert_eq!(
                (last.cells[0].across, &last.cells[0].lines),
                (4, &vec!["无".to_owned()])
            );
        } else {
            let name = ["汽车维修行业协会", "51220106MJ00001065"];
            assert_eq!(last.cells[1].lines, name, "the code stands under the name");
        }
        let beside = found.styled("Beside");
        let head = "填报单位（盖章）：区交通运输局数据截至：2018年11月22日";
        assert_eq!(beside, [head, "填表人：刘某某审核人："]);
    }
}

#[test]
fn the_sheet_lies_and_its_number_stands_at_the_side() {
    let mut table = wide(1);
    table.across = Some("送审稿".into());
    let found = Read::of(&wide_docx(&table).unwrap());
    let body = &found.parts["word/document.xml"];
    assert!(body.contains("<w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>"));
    assert!(body.contains("<w:tblW w:w=\"12756\""));
    for part in ["word/footer1.xml", "word/footer2.xml"] {
        assert!(found.parts[part].contains("w:val=\"tbRl\""), "{part}");
    }
    assert!(found.parts["word/header2.xml"].contains("string=\"送审稿\""));
    assert_eq!(wide_docx(&table).unwrap(), wide_docx(&table).unwrap());
}
