use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Choice, Head, Means, Stated, Unit, Vocabulary, find, fold};
use crate::sheets::samples::{merge, register, row, sheet, survey, text_file};

fn keys(head: &Head, vocabulary: &Vocabulary) -> Vec<String> {
    let columns = head.columns.iter().map(|column| match column.means {
        Means::Field(place) => vocabulary.fields[place].key.clone(),
        Means::Ignored => "ignored".to_owned(),
        Means::Asked(place) => format!("asked {}", vocabulary.asked[place].heading),
        Means::Twice(place) => format!("twice {}", vocabulary.fields[place].key),
        Means::Unknown => format!("unknown {}", column.folded),
        Means::Remarks => "remarks".to_owned(),
    });
    columns.collect()
}

#[test]
fn the_drafted_vocabulary_has_no_heading_with_two_meanings() {
    assert_eq!(register().faults(), Vec::<String>::new());
    assert_eq!(survey().faults(), Vec::<String>::new());
}

#[test]
fn headings_are_compared_without_what_people_write_differently() {
    for (heading, folded) in [
        ("登记\n机关", "登记机关"),
        ("备 注", "备注"),
        ("业务主管单位（盖章）", "业务主管单位"),
        ("＊协会名称：", "协会名称"),
        ("资产总额(万元)", "资产总额"),
        ("(原)业务主管单位(全称（中文）)", "业务主管单位"),
        ("社团会员(单位)数量", "社团会员(单位)数量"),
        ("注册（活动）资金（万元）", "注册(活动)资金"),
        ("(备注)", "(备注)"),
        ("信用代码／登记证号", "信用代码/登记证号"),
        ("sv-46 拨款", "SV-46拨款"),
    ] {
        assert_eq!(fold(heading), folded, "{heading}");
    }
}

#[test]
fn workbook_01_has_its_head_in_row_4() {
    let (rows, merges) = sheet("01-台账-标题行与合计", "台账");
    let vocabulary = register();
    let head = find(&rows, &merges, &vocabulary).unwrap();
    assert_eq!((head.first + 1, head.last + 1), (4, 4));
    assert_eq!(
        keys(&head, &vocabulary),
        [
            "ignored",
            "name",
            "uscc_or_certificate_no",
            "department",
            "registrar",
            "ignored"
        ]
    );
}

#[test]
fn heads_of_the_other_workbooks_are_found() {
    let vocabulary = register();
    for (book, name, shown, expected) in [
        (
            "03-日期各式",
            "登记",
            1,
            "name uscc department registered_on",
        ),
        (
            "04-信用代码走样",
            "Sheet1",
            1,
            "name uscc department registered_on",
        ),
        ("05-一单位一表", "汇总", 1, "ignored name department"),
        (
            "05-一单位一表",
            "国家经济贸易委员会",
            2,
            "ignored name ignored ignored",
        ),
        ("05-一单位一表", "2016年旧表", 1, "ignored name department"),
        (
            "09-公式与缓存值",
            "台账",
            1,
            "ignored name uscc department registered_on ignored ignored ignored",
        ),
        (
            "09b-公式无缓存值",
            "台账",
            1,
            "ignored name uscc department registered_on ignored ignored ignored",
        ),
    ] {
        let (rows, merges) = sheet(book, name);
        let head = find(&rows, &merges, &vocabulary).unwrap();
        assert_eq!(head.first + 1, shown, "{book} {name}");
        assert_eq!(
            keys(&head, &vocabulary).join(" "),
            expected,
            "{book} {name}"
        );
    }
    let rows = text_file("10-名单-GBK");
    let head = find(&rows, &[], &vocabulary).unwrap();
    assert_eq!(head.first, 0);
    assert_eq!(
        keys(&head, &vocabulary).join(" "),
        "ignored name uscc department ignored"
    );
    for (book, name) in [("05-一单位一表", "填表说明"), ("09-公式与缓存值", "选项")]
    {
        let (rows, merges) = sheet(book, name);
        let none = find(&rows, &merges, &vocabulary).unwrap_err();
        assert!(none.to_string().contains("没有找到表头"));
    }
}

#[test]
fn workbook_07_states_two_units_and_that_is_asked() {
    let (rows, merges) = sheet("07-摸底数字与单位", "摸底汇总");
    let vocabulary = survey();
    let mut head = find(&rows, &merges, &vocabulary).unwrap();
    assert_eq!((head.first + 1, head.last + 1), (2, 2));
    assert_eq!(head.title_unit, Some(Unit::Yuan));
    let unit =
        |head: &Head, column: usize| (head.columns[column].unit, head.columns[column].stated);
    assert_eq!(unit(&head, 3), (Some(Unit::Yuan), Some(Stated::Title)));
    assert_eq!(unit(&head, 5), (Some(Unit::Yuan), Some(Stated::Title)));
    assert_eq!(unit(&head, 4), (None, None));
    assert_eq!(
        unit(&head, 8),
        (Some(Unit::SquareMetre), Some(Stated::Heading))
    );
    assert_eq!(unit(&head, 1), (None, None));
    let [conflict] = head.conflicts[..] else {
        panic!("{:?}", head.conflicts);
    };
    assert_eq!(
        (conflict.column, conflict.heading, conflict.title),
        (4, Unit::Wan, Unit::Yuan)
    );
    let open: Vec<u32> = head.without_unit(&vocabulary).map(|c| c.column).collect();
    assert_eq!(open, [4]);
    head.decide_unit(4, Unit::Wan);
    assert_eq!(unit(&head, 4), (Some(Unit::Wan), Some(Stated::Person)));
    assert!(head.conflicts.is_empty());
    assert!(
        head.columns
            .iter()
            .all(|c| matches!(c.means, Means::Field(_)))
    );
}

#[test]
fn titles_state_units_only_where_they_do() {
    let vocabulary = survey();
    for (title, unit) in [
        ("单位：万元", Some(Unit::Wan)),
        ("金额单位: 元", Some(Unit::Yuan)),
        ("摸底调查汇总表（万元）", Some(Unit::Wan)),
        ("填报单位：元山镇", None),
        ("单位：元  单位：万元", None),
        ("单位：平方米", None),
        ("填报单位：区商务局", None),
    ] {
        let rows = [row(1, &[title]), row(2, &["协会名称", "负债"])];
        let head = find(&rows, &[], &vocabulary).unwrap();
        assert_eq!((head.title_unit, head.first), (unit, 1), "{title}");
    }
}

#[test]
fn a_head_of_two_rows_is_read_merged_or_not() {
    let vocabulary = survey();
    let upper = row(2, &["序号", "协会名称", "负责人", "", "负债（万元）"]);
    let lower = row(3, &["", "", "姓名", "职务"]);
    let data = row(4, &["1", "甲协会", "张三", "会长", "3"]);
    let merges = [
        merge((1, 1), (0, 4)),
        merge((2, 3), (0, 0)),
        merge((2, 3), (1, 1)),
        merge((2, 2), (2, 3)),
        merge((2, 3), (4, 4)),
    ];
    let rows = [row(1, &["一览表"]), upper, lower, data];
    let head = find(&rows, &merges, &vocabulary).unwrap();
    assert_eq!((head.first + 1, head.last + 1), (2, 3));
    assert_eq!(
        keys(&head, &vocabulary).join(" "),
        "ignored SV-01 SV-28 SV-28-1 SV-50-1"
    );
    assert_eq!(head.columns[3].title, "负责人/职务");
    assert_eq!(head.columns[4].unit, Some(Unit::Wan));
    // Without merges nobody can say how far a group reaches.
    let head = find(&rows, &[], &vocabulary).unwrap();
    assert_eq!((head.first + 1, head.last + 1), (2, 3));
    assert_eq!(
        keys(&head, &vocabulary).join(" "),
        "ignored SV-01 SV-28 unknown 职务 SV-50-1"
    );
    // A group in doubt makes no name of what stands under it.
    let doubtful = [
        row(1, &["协会名称", "挂靠单位", ""]),
        row(2, &["", "名称", "电话"]),
    ];
    let vocabulary = register();
    let head = find(
        &doubtful,
        &[merge((1, 2), (0, 0)), merge((1, 1), (1, 2))],
        &vocabulary,
    )
    .unwrap();
    assert_eq!(
        keys(&head, &vocabulary).join(" "),
        "name asked 挂靠单位 asked 挂靠单位"
    );
}

#[test]
fn the_row_below_a_head_of_one_row_is_data() {
    let vocabulary = register();
    let rows = [
        row(1, &["协会名称", "业务主管单位", "", "住所"]),
        row(2, &["甲协会", "区商务局", "张三", "某路1号"]),
        row(3, &["协会名称", "业务主管单位", "", "住所"]),
    ];
    let head = find(&rows, &[], &vocabulary).unwrap();
    assert_eq!((head.first, head.last), (0, 0), "of two, the earlier");
}

#[test]
fn nothing_is_picked_where_two_columns_mean_the_same() {
    let vocabulary = register();
    let rows = [row(
        1,
        &[
            "名称",
            "业务主管单位",
            "主管部门",
            "法人",
            "挂靠单位",
            "错误说明",
            "账号",
            "地址(省)",
            "地址(市)",
        ],
    )];
    let head = find(&rows, &[], &vocabulary).unwrap();
    assert_eq!(
        keys(&head, &vocabulary).join(" "),
        "name twice department twice department asked 法人 asked 挂靠单位 remarks unknown 账号 twice domicile twice domicile"
    );
    assert_eq!(head.columns[7].folded, "地址(省)");
    assert_eq!(head.asked().count(), 7);
    let chosen = BTreeMap::from([
        ("主管部门".to_owned(), Choice::Ignore),
        (
            "法人".to_owned(),
            Choice::Field("legal_representative".to_owned()),
        ),
        ("账号".to_owned(), Choice::Ignore),
        ("地址(省)".to_owned(), Choice::Ignore),
        ("挂靠单位".to_owned(), Choice::Field("no such".to_owned())),
    ]);
    let vocabulary = vocabulary.with(&chosen);
    let head = find(&rows, &[], &vocabulary).unwrap();
    assert_eq!(
        keys(&head, &vocabulary).join(" "),
        "name department ignored legal_representative asked 挂靠单位 remarks ignored ignored domicile"
    );
}

#[test]
fn a_code_in_a_heading_decides() {
    let vocabulary = survey();
    for (heading, key) in [
        ("SV-46 单位会员数", "SV-46"),
        ("SV-28", "SV-28"),
        ("SV-28-1 其他", "SV-28-1"),
        ("单位会员数（sv-11）", "SV-11"),
        ("SV-28-单位会员数", "SV-28"),
        ("XSV-28", "unknown XSV-28"),
        ("SV-10 SV-11", "unknown SV-10SV-11"),
    ] {
        let rows = [row(1, &["协会名称", heading])];
        let head = find(&rows, &[], &vocabulary).unwrap();
        assert_eq!(keys(&head, &vocabulary)[1], key, "{heading}");
    }
}

#[test]
fn a_heading_that_stands_twice_is_told_apart() {
    let vocabulary = register();
    let same = find(&[row(1, &["名称", "电话", "电话"])], &[], &vocabulary).unwrap();
    assert_eq!(same.columns[2].folded, "电话#2");
}

#[test]
fn the_head_is_looked_for_in_twenty_rows_with_content() {
    let vocabulary = register();
    let mut rows: Vec<_> = (1..=20).map(|shown| row(shown * 7, &["某"])).collect();
    rows.insert(3, row(22, &["  "]));
    rows.push(row(200, &["名称", "住所"]));
    assert_eq!(find(&rows, &[], &vocabulary).unwrap_err().looked, 20);
    rows.remove(0);
    assert_eq!(find(&rows, &[], &vocabulary).unwrap().first, 199);
    assert!(find(&[], &[], &vocabulary).is_err());
}

proptest! {
    #[test]
    fn folding_twice_is_folding_once(heading in "[\\PC\n 　()（）\\[\\]：*名称aA:]{0,24}") {
        prop_assert_eq!(fold(&fold(&heading)), fold(&heading));
    }

    #[test]
    fn no_rows_make_finding_panic(
        cells in prop::collection::vec(prop::collection::vec("[名称序号()0-9a元单位:\\-/ SV]{0,6}", 0..6), 0..8),
        spans in prop::collection::vec((0_u32..9, 0_u32..9, 0_u32..7, 0_u32..7), 0..6),
    ) {
        let rows: Vec<_> = cells.iter().zip(1..).map(|(texts, shown)| {
            row(shown, &texts.iter().map(String::as_str).collect::<Vec<_>>())
        }).collect();
        let merges: Vec<_> = spans.iter().map(|(top, bottom, left, right)| crate::sheets::cells::Merge {
            top: *top, bottom: *bottom, left: *left, right: *right,
        }).collect();
        for vocabulary in [survey(), register()] {
            if let Ok(head) = find(&rows, &merges, &vocabulary) {
                prop_assert!(head.first <= head.last && !head.columns.is_empty());
            }
        }
    }
}
