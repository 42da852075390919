//! Text files with separators.

use super::made::{cell, first, rows, text, told};
use crate::sheets::{
    cells::{Row, Told, Unreadable},
    reading::Wanted,
};

fn csv(bytes: &[u8]) -> Result<Vec<Row>, Unreadable> {
    told(bytes, "名单.csv", &first()).map(rows)
}

fn encoding(bytes: &[u8]) -> String {
    match told(bytes, "名单.csv", &first()).unwrap().swap_remove(0) {
        Told::Book { encoding, .. } => encoding.unwrap(),
        other => panic!("{other:?}"),
    }
}

fn wide(text: &str, is_big: bool) -> Vec<u8> {
    std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
        .flat_map(|unit| {
            if is_big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

#[test]
fn encodings() {
    let plain = "名称,代码\n协会,1";
    let signed = format!("\u{feff}{plain}");
    let (national, _, _) = encoding_rs::GB18030.encode(plain);
    for (bytes, called) in [
        (plain.as_bytes().to_vec(), "UTF-8"),
        (signed.into_bytes(), "UTF-8（带签名）"),
        (national.into_owned(), "GB 18030"),
        (wide(plain, false), "UTF-16"),
        (wide(plain, true), "UTF-16"),
    ] {
        assert_eq!(encoding(&bytes), called);
        let rows = csv(&bytes).unwrap();
        assert_eq!(cell(&rows, 0, 0).unwrap().value, text("名称"), "{called}");
        assert_eq!(cell(&rows, 1, 1).unwrap().value, text("1"), "{called}");
    }
}

#[test]
fn two_encodings_in_one_file() {
    let (first, second) = ("协会名称,代码\n", "汽车维修行业协会,1\n");
    let (national, _, _) = encoding_rs::GB18030.encode(second);
    let pasted = [first.as_bytes(), &national].concat();
    assert_eq!(csv(&pasted), Err(Unreadable::Broken));
    let whole = [first, second].concat();
    let cut = &whole.as_bytes()[..whole.len() - 4];
    assert_eq!(csv(cut), Err(Unreadable::Broken), "its end is cut off");
    let letters: String = ('\u{4E00}'..='\u{9FA5}').collect();
    for letter in letters.chars() {
        let (national, ..) = encoding_rs::GB18030.encode("协会名称");
        let mut bytes = encoding_rs::GB18030.encode(&letter.to_string()).0.repeat(3);
        bytes.extend(national.iter());
        assert_eq!(encoding(&bytes), "GB 18030", "{letter}");
    }
}

#[test]
fn rows_are_counted_as_on_a_sheet() {
    for end in ["\n", "\r\n", "\r"] {
        let file = format!("{end}甲,\"一{end}二\"{end}{end},{end} ,　{end}乙,2{end}{end}");
        let rows = csv(file.as_bytes()).unwrap();
        let places: Vec<u32> = rows.iter().map(|row| row.row).collect();
        assert_eq!(places, [1, 5], "{end:?}");
        let value = &cell(&rows, 1, 1).unwrap().value;
        assert_eq!(*value, text(&format!("一{end}二")));
    }
}

#[test]
fn separators() {
    for (file, columns) in [
        ("a,b;c,d\n1", 3),
        ("a;b;c,d\n1", 3),
        ("a\tb\tc,d\n1", 3),
        ("\"a,b,c,d\";e\n1", 2),
        ("a\n1,2,3", 1),
        ("sep=|\r\na|b|c,d\n1", 3),
    ] {
        let rows = csv(file.as_bytes()).unwrap();
        assert_eq!((rows[0].row, rows[0].cells.len()), (0, columns), "{file}");
        assert_eq!(rows[1].row, 1, "{file}");
    }
}

#[test]
fn heads_and_other_sheets() {
    let head = told(b"a\n\nb\nc", "x.csv", &Wanted::Heads(2)).unwrap();
    assert_eq!(rows(head).len(), 2);
    assert_eq!(
        told(b"a", "x.csv", &Wanted::Sheets(vec![1])),
        Err(Unreadable::Empty)
    );
}

#[test]
fn hostile_text() {
    let long = "x".repeat(10 * 1024 * 1024);
    assert_eq!(
        csv(long.as_bytes()),
        Err(Unreadable::Broken),
        "a line of 10 MiB"
    );
    let unclosed = "名称\n\"甲,1\n乙,2\n";
    assert_eq!(csv(unclosed.as_bytes()), Err(Unreadable::Broken));
    let last = csv(b"a\n\"b").unwrap();
    assert_eq!(
        cell(&last, 1, 0).unwrap().value,
        text("b"),
        "nothing was swallowed"
    );
    let mut odd = wide("名称", false);
    odd.push(7);
    assert_eq!(csv(&odd), Err(Unreadable::Broken), "odd length");
    assert_eq!(
        csv(b"\xFF\xFE\x00\xD8a\x00"),
        Err(Unreadable::Broken),
        "half a pair"
    );
    assert_eq!(csv(b"a\xFF\xFFb"), Err(Unreadable::Broken), "no encoding");
    assert_eq!(csv(b"a,b\0c"), Err(Unreadable::Other));
    assert_eq!(csv(&wide("a\0", true)), Err(Unreadable::Other));
    assert_eq!(csv(b""), Err(Unreadable::Empty));
    assert_eq!(csv(b" ,\n,,,\n"), Err(Unreadable::Empty));
    assert_eq!(csv("a,".repeat(201).as_bytes()), Err(Unreadable::Columns));
    assert_eq!(csv("a\n".repeat(100_001).as_bytes()), Err(Unreadable::Rows));
    assert_eq!(
        csv("a\n".repeat(100_000).as_bytes()).map(|rows| rows.len()),
        Ok(100_000)
    );
    let blank = "\n".repeat(2_000_000) + "a";
    assert_eq!(
        csv(blank.as_bytes()),
        Err(Unreadable::Broken),
        "beyond the last row"
    );
    assert_eq!(told(b"a,b", "x.xlsx", &first()), Err(Unreadable::Other));
    assert_eq!(told(b"<html>", "x.xls", &first()), Err(Unreadable::Other));
}
