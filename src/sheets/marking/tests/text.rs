//! Words in cells, and text files.

use super::super::words::inline_cell;
use super::super::{Marks, mark_csv};
use super::archive::{book, cells, marked, marks, sheet, styles};
use encoding_rs::GB18030;

#[test]
fn words_are_escaped_and_cut() {
    let cell = |words: &str| {
        let whole = inline_cell("", "A1", 0, words);
        whole
            .split_once("preserve\">")
            .unwrap()
            .1
            .split_once("</t>")
            .unwrap()
            .0
            .to_owned()
    };
    assert_eq!(
        cell("<a>&\"b\"\r\nc\rd\u{0}\u{b}\u{ffff}\t "),
        "&lt;a&gt;&amp;\"b\"\nc\nd\t "
    );
    assert_eq!(
        cell("_x0041_ _x41_ __x00e4_"),
        "_x005F_x0041_ _x41_ __x005F_x00e4_"
    );
    assert_eq!(cell(&"错".repeat(40_000)).chars().count(), 32_767);
    // Two units each; half a character is none.
    assert_eq!(cell(&"𠀀".repeat(40_000)).chars().count(), 16_383);
}

#[test]
fn words_come_back_as_they_were() {
    let words = " =1+1 <&>\"'\n_x000D_ ]]> ";
    let read = cells(
        &marked(
            &book(&sheet(""), Some(&styles())),
            &marks(0, &[], &[(1, words)]),
        ),
        0,
    );
    assert_eq!(read[&(1, 0)], words);
}

fn csv(from: &[u8], marks: &Marks) -> Vec<u8> {
    let mut out = Vec::new();
    mark_csv(from, &mut out, marks).unwrap();
    out
}

#[test]
fn a_text_file_gets_one_column_more() {
    let from =
        "\u{feff}表\r\n名称,\"编\n码\",备注\r\n甲,1,\"说\"\"明\"\r\n\r\n乙,2\r\n,,\r\n丙,3,x";
    let wrong = marks(1, &[(2, 1)], &[(2, "一,\"二\""), (4, "=三"), (6, "四")]);
    let once = csv(from.as_bytes(), &wrong);
    let expected = "\u{feff}表\r\n名称,\"编\n码\",备注,错误说明\r\n甲,1,\"说\"\"明\",\"一,\"\"二\"\"\"\r\n\r\n乙,2,,'=三\r\n,,,\r\n丙,3,x,四";
    assert_eq!(String::from_utf8(once.clone()).unwrap(), expected);
    assert_eq!(csv(&once, &wrong), once);
    let clean = String::from_utf8(csv(&once, &marks(1, &[], &[]))).unwrap();
    assert_eq!(
        clean,
        "\u{feff}表\r\n名称,\"编\n码\",备注,错误说明\r\n甲,1,\"说\"\"明\",\r\n\r\n乙,2,,\r\n,,,\r\n丙,3,x,"
    );
}

#[test]
fn its_encoding_and_separator_stay() {
    let from = "名称\t编码\n甲;乙,丙\t1\n";
    let expected = "名称\t编码\t错误说明\n甲;乙,丙\t1\t错\n";
    let wrong = marks(0, &[], &[(1, "错")]);
    let chinese = |text: &str| GB18030.encode(text).0.into_owned();
    assert_eq!(csv(&chinese(from), &wrong), chinese(expected));
    assert_eq!(csv(from.as_bytes(), &wrong), expected.as_bytes());
    for unit in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
        let wide = |text: &str| {
            format!("\u{feff}{text}")
                .encode_utf16()
                .flat_map(unit)
                .collect::<Vec<u8>>()
        };
        assert_eq!(csv(&wide(from), &wrong), wide(expected));
    }
    assert_eq!(
        csv("a;b\n1;2\n".as_bytes(), &wrong),
        "a;b;错误说明\n1;2;错\n".as_bytes()
    );
}

#[test]
fn odd_text_files_lose_nothing() {
    let wrong = marks(0, &[], &[(0, "错")]);
    assert_eq!(csv(b"", &wrong), b"");
    assert_eq!(csv(b"a,\"b\nc", &marks(0, &[], &[])), b"a,\"b\nc");
    assert_eq!(csv(b"a\xff\n", &marks(5, &[], &[(5, "x")])), b"a\xff,\n");
    let half = csv(&[0xff, 0xfe, b'a', 0, b'b'], &wrong);
    assert!(half.starts_with(&[0xff, 0xfe, b'a', 0]) && half.ends_with(b"b"));
}
