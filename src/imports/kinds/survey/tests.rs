//! Headings of the survey's sheets, and a whole workbook of numbers.

use serde_json::json;

use crate::imports::kinds::vocabulary;
use crate::imports::rules::Kind;
use crate::imports::rules::answers::{Answers as Said, LEFT_OUT};
use crate::scheme::Scheme;
use crate::sheets::cells::Row as SheetRow;
use crate::sheets::heads::{self, Head, Means, Vocabulary};
use crate::sheets::samples::sheet;
use crate::sheets::values::{self, Context, Outcome as Read};
use crate::web::answer::unit::Unit;

use super::*;

fn scheme() -> Scheme {
    Scheme::lvyuan_2018().unwrap()
}

fn words(kind: Kind, said: &[(&str, &str)]) -> Vocabulary {
    let headings = said.iter();
    let said = Said {
        headings: headings
            .map(|(heading, meant)| ((*heading).to_owned(), (*meant).to_owned()))
            .collect(),
        ..Said::default()
    };
    vocabulary(&scheme(), kind, &BTreeMap::new(), &said)
}

#[test]
fn no_heading_has_two_meanings_and_every_label_is_its_questions() {
    let scheme = scheme();
    for kind in [Kind::Survey, Kind::People] {
        assert_eq!(words(kind, &[]).faults(), [""; 0], "{kind:?}");
        let made = questions::table(&scheme, kind);
        for field in &scheme.tables.of(kind.key()).unwrap().fields {
            let same = made
                .fields
                .iter()
                .find(|each| each.key == field.key)
                .unwrap();
            assert_eq!(same.label, field.label);
        }
    }
}

/// What a heading means: the key of a field, or what is made of it.
fn meant(kind: Kind, heading: &str) -> String {
    let vocabulary = words(kind, &[]);
    let rows = [crate::sheets::samples::row(
        1,
        &["协会名称", "姓名", heading],
    )];
    let head = heads::find(&rows, &[], &vocabulary).unwrap();
    match head.columns[2].means {
        Means::Field(place) => vocabulary.fields[place].key.clone(),
        other => format!("{other:?}").split('(').next().unwrap().to_owned(),
    }
}

#[test]
fn headings_are_known_by_number_label_and_synonym() {
    for (heading, field) in [
        ("SV-10 单位会员数", "SV-10"),
        ("SV-18-1 联系人", "SV-18-1"),
        ("负债总额", "SV-50-0"),
        ("负债（元）", "SV-50-0"),
        ("会费收入（万元）", "SV-47-1"),
        ("是否有独立账号", "SV-42"),
        ("2018年基本拨款（万元）", "SV-46:2018:basic"),
        ("2017年财政拨款（项目）", "SV-46:2017:project"),
        ("2018年财政拨款", "Asked"),
        ("资产总额（万元）", "Asked"),
        ("会员总数", "Asked"),
        ("办公用房面积（平方米）", "Asked"),
        ("序号", "Ignored"),
        ("今年打算", "Unknown"),
    ] {
        assert_eq!(meant(Kind::Survey, heading), field, "{heading}");
    }
    for (heading, field) in [
        ("出生年月", "SV-60.birth"),
        ("单位及职务（原/现）", "SV-60.organ"),
        ("兼任职务", "SV-60.post"),
        ("退（离）休时间", "SV-60.retired_on"),
        ("审批/备案", "SV-60.approval"),
        ("任职时间", "SV-60.post_start"),
        ("单位", "Asked"),
    ] {
        assert_eq!(meant(Kind::People, heading), field, "{heading}");
    }
}

/// Workbook 07 with its headings answered as its clerk would.
struct Numbers {
    rows: Vec<SheetRow>,
    head: Head,
    vocabulary: Vocabulary,
}

fn numbers() -> Numbers {
    let (rows, merges) = sheet("07-摸底数字与单位", "摸底汇总");
    let vocabulary = words(Kind::Survey, &[]);
    let head = heads::find(&rows, &merges, &vocabulary).unwrap();
    let asked: Vec<&str> = head.asked().map(|column| column.folded.as_str()).collect();
    assert_eq!(
        asked,
        [
            "2018年财政拨款",
            "资产总额",
            "办公用房面积",
            "劳动合同签订率"
        ]
    );
    let vocabulary = words(
        Kind::Survey,
        &[
            ("2018年财政拨款", "SV-46:2018:basic"),
            ("资产总额", "SV-49-1"),
            ("办公用房面积", LEFT_OUT),
            ("劳动合同签订率", LEFT_OUT),
        ],
    );
    let mut head = heads::find(&rows, &merges, &vocabulary).unwrap();
    assert_eq!(head.conflicts.len(), 1, "元 above, 万元 at the column");
    head.decide_unit(4, Unit::Wan);
    assert_eq!(head.without_unit(&vocabulary).count(), 0);
    Numbers {
        rows,
        head,
        vocabulary,
    }
}

impl Numbers {
    /// What a row types, and the fields in which it is wrong.
    fn line(&self, number: u32) -> (Typed, Vec<String>) {
        let row = self.rows.iter().find(|row| row.row + 1 == number).unwrap();
        let (mut typed, mut wrong) = (Typed::new(), Vec::new());
        for (column, place) in self.head.fields() {
            let field = &self.vocabulary.fields[place];
            let cell = row.cells.iter().find(|cell| cell.column == column.column);
            let context = Context {
                unit: column.unit,
                ..Context::default()
            };
            match values::read(cell, field.kind, &context) {
                Read::Is(read) => {
                    typed.insert(field.key.clone(), read.text);
                }
                Read::Clear => {
                    typed.insert(field.key.clone(), String::new());
                }
                Read::Blank(_) => {}
                Read::Wrong(_) => wrong.push(field.key.clone()),
            }
        }
        (typed, wrong)
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "one workbook, cell by cell")]
fn workbook_07_becomes_answers() {
    let (numbers, scheme) = (numbers(), scheme());
    let asked = Asked {
        scheme: &scheme,
        departments: &[],
    };
    let before: Answers = serde_json::from_value(json!({
        "SV-01": "长春市绿园区茶叶行业协会", "SV-10": 88, "SV-11": 4, "SV-12": 92, "SV-25": true,
    }))
    .unwrap();
    let told = |row: u32| {
        let (mut typed, wrong) = numbers.line(row);
        typed.remove("SV-01");
        let change = incoming::check(&typed, &before, &asked).unwrap();
        let told = change.differences.iter();
        let told = told.map(|each| format!("{} {}→{}", each.field, each.before, each.after));
        (told.collect::<Vec<_>>(), wrong)
    };
    let none: &[&str] = &[];
    for (row, differences, wrong) in [
        (
            3,
            &[
                "SV-10 88→90",
                "SV-42 →是",
                "SV-46:2018:basic →2.50",
                "SV-49-1 →34.15",
                "SV-50-0 →3.20",
                "SV-12 92→94",
            ][..],
            none,
        ),
        (
            4,
            &[
                "SV-10 88→86",
                "SV-25 是→否",
                "SV-42 →否",
                "SV-46:2018:basic →无拨款",
                "SV-50-0 →0.00",
                "SV-12 92→90",
            ],
            &["SV-49-1"],
        ),
        (
            5,
            &[
                "SV-10 88→12",
                "SV-11 4→0",
                "SV-25 是→否",
                "SV-42 →否",
                "SV-46:2018:basic →2.50",
                "SV-49-1 →12.00",
                "SV-12 92→12",
            ],
            none,
        ),
        (6, &["SV-42 →是"], &["SV-25"]),
        (
            7,
            &["SV-42 →是"],
            &["SV-10", "SV-46:2018:basic", "SV-49-1", "SV-50-0", "SV-25"],
        ),
    ] {
        let (said, bad) = told(row);
        assert_eq!(said, differences, "row {row}");
        assert_eq!(bad, wrong, "row {row}");
    }
}

fn line(number: i32, typed: &[(&str, &str)]) -> Line {
    let typed = typed.iter();
    Line {
        number,
        sheet: 0,
        row: number,
        typed: typed
            .map(|(field, said)| ((*field).to_owned(), (*said).to_owned()))
            .collect(),
        problems: Vec::new(),
    }
}

#[test]
fn what_a_row_sets_stands_for_the_rows_after_it_unless_the_survey_is_closed() {
    let scheme = scheme();
    let asked = Asked {
        scheme: &scheme,
        departments: &[],
    };
    let association = (AssociationId(1), "茶叶协会");
    let case = |closed: Option<&str>| Case {
        answers: Answers::default(),
        begun: false,
        closed: closed.map(str::to_owned),
    };
    let mut open = case(None);
    let mut verdicts = Vec::new();
    for (number, name) in [(1, "李明"), (2, "王芳"), (3, "李明")] {
        let line = line(number, &[("SV-60.name", name)]);
        let read = incoming::check_person(&line.typed, &open.answers, &asked);
        let outcome = outcome((&line, Vec::new()), association, &mut open, read);
        verdicts.push(outcome.checked.verdict);
    }
    assert_eq!(verdicts, [Verdict::New, Verdict::New, Verdict::Same]);
    let keys: Vec<&str> = open
        .answers
        .rows("SV-60")
        .iter()
        .map(crate::scheme::answers::Row::key)
        .collect();
    assert_eq!(keys, ["1", "2"]);

    let mut shut = case(Some("已报送"));
    let line = line(1, &[("SV-10", "5")]);
    let read = incoming::check(&line.typed, &shut.answers, &asked);
    let outcome = outcome((&line, Vec::new()), association, &mut shut, read);
    assert_eq!(outcome.checked.verdict, Verdict::Wrong);
    assert_eq!(outcome.checked.found[0].what, "已报送");
    assert_eq!(shut.answers, Answers::default());
}
