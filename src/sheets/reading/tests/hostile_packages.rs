//! Packages that are torn, false or no workbook.

use std::{
    fmt::Write as _,
    io::{Cursor, Write},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use super::made::{Made, TYPES, first, told};
use crate::sheets::{
    cells::Unreadable::{self, Broken, Empty, Encrypted, Macros, Old, Other, TooLarge, Unpacked},
    reading::Wanted,
};

const ROW: &str = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>";

fn good() -> Made {
    Made::of_rows(ROW)
}

/// The answer to a file named `.xlsx`.
fn answer(bytes: &[u8]) -> Option<Unreadable> {
    told(bytes, "台账.xlsx", &first()).err()
}

/// All places of `old` in `bytes` become `new`.
fn replaced(mut bytes: Vec<u8>, old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, old).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + new.len()].copy_from_slice(new);
    }
    bytes
}

#[test]
fn torn_files() {
    let bytes = good().bytes();
    assert_eq!(answer(&bytes), None);
    for part in 1..20 {
        let torn = &bytes[..bytes.len() * part / 20];
        assert_eq!(answer(torn), Some(Broken), "{part}");
        assert_eq!(told(torn, "x.zip", &first()), Err(Other), "{part}");
    }
    assert_eq!(answer(b""), Some(Empty));
    assert_eq!(answer(b"PK\x03\x04"), Some(Broken));
    assert_eq!(answer(b"garbage"), Some(Other));
    assert_eq!(answer(&vec![b'x'; 20 * 1024 * 1024 + 1]), Some(TooLarge));
    let spoiled = replaced(bytes, b"PK\x01\x02", b"PK\x01\x03");
    assert_eq!(answer(&spoiled), Some(Broken));
}

#[test]
fn every_changed_byte_is_survived() {
    let bytes = good().bytes();
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] = [0, 0xFF, bytes[at] ^ 1][at % 3];
        told(&changed, "台账.xlsx", &first()).ok();
    }
}

#[test]
fn bombs() {
    let zeros = good().with("xl/media/a.png", vec![0; 20_000_000]);
    assert_eq!(
        zeros.told(),
        Err(Unpacked),
        "packed as no office program does"
    );
    let spaces = vec![b' '; 20_000_000];
    let mut sheet = b"<worksheet><sheetData>".to_vec();
    sheet.extend(spaces);
    let bytes = Made::of_sheet(sheet).bytes();
    // The list says that it is small: 0x0131_2D16 bytes become 0x16.
    let lying = replaced(bytes, &20_000_022_u32.to_le_bytes(), &22_u32.to_le_bytes());
    assert_eq!(answer(&lying), Some(Broken), "one stretch of blanks");
    let mut sheet = b"<worksheet><sheetData>".to_vec();
    sheet.extend(b"<row/>".repeat(4_000_000));
    let length = u32::try_from(sheet.len()).unwrap();
    let bytes = Made::of_sheet(sheet).bytes();
    let lying = replaced(bytes, &length.to_le_bytes(), &22_u32.to_le_bytes());
    assert_eq!(answer(&lying), Some(Broken), "more rows than a sheet has");
    let mut strings = b"<sst>".to_vec();
    strings.extend(b"<q/>".repeat(4_000_000));
    let length = u32::try_from(strings.len()).unwrap();
    let bytes = good().with("xl/sharedStrings.xml", strings).bytes();
    let lying = replaced(bytes, &length.to_le_bytes(), &22_u32.to_le_bytes());
    assert_eq!(answer(&lying), Some(Broken), "more than the list says");
}

#[test]
fn too_many_parts() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in 0..20_000 {
        zip.start_file(format!("{part}"), SimpleFileOptions::default())
            .unwrap();
    }
    zip.start_file("[Content_Types].xml", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(TYPES.as_bytes()).unwrap();
    assert_eq!(answer(&zip.finish().unwrap().into_inner()), Some(Unpacked));
}

#[test]
fn names_of_parts() {
    for name in ["../a", "xl/../../a", "/etc/a", "..\\a", "C:\\a"] {
        assert_eq!(good().with(name, "x").told(), Err(Broken), "{name}");
    }
    assert_eq!(
        good().with("XL/Workbook.xml", "x").told(),
        Err(Broken),
        "the same but for case"
    );
    let twice = good().with("xl/workbooq.xml", "x").bytes();
    let twice = replaced(twice, b"xl/workbooq.xml", b"xl/workbook.xml");
    assert_eq!(answer(&twice), Some(Broken));
}

#[test]
fn missing_parts() {
    for name in [
        "_rels/.rels",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml",
        "[Content_Types].xml",
    ] {
        assert_eq!(good().without(name).told(), Err(Broken), "{name}");
    }
    assert!(good().without("xl/styles.xml").told().is_ok());
    let rels = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\" Target=\"../../etc/passwd\"/></Relationships>";
    assert_eq!(
        good().with("xl/_rels/workbook.xml.rels", rels).told(),
        Err(Broken)
    );
    let sheets = "<workbook><sheets><sheet name=\"表\" r:id=\"r1\"/><sheet name=\"表\" r:id=\"r1\"/></sheets></workbook>";
    assert_eq!(
        good().with("xl/workbook.xml", sheets).told(),
        Err(Broken),
        "two of one name"
    );
    assert_eq!(
        good().with("xl/workbook.xml", "<workbook/>").told(),
        Err(Broken),
        "no sheet"
    );
}

#[test]
fn one_sheet_many_times() {
    let mut sheets = String::new();
    for sheet in 0..3000 {
        write!(sheets, "<sheet name=\"{sheet}\" r:id=\"r1\"/>").unwrap();
    }
    let book = good().with("xl/workbook.xml", format!("<workbook>{sheets}</workbook>"));
    assert_eq!(
        told(&book.bytes(), "a.xlsx", &Wanted::Heads(3)),
        Err(Broken)
    );
}

#[test]
fn other_kinds() {
    let kind = |types: &str| Made(vec![]).with("[Content_Types].xml", types.to_owned());
    let binary =
        kind("<Types ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/>")
            .with("xl/workbook.bin", "x");
    assert!(matches!(binary.told(), Err(Other | Macros)));
    let letter = kind("<Types ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>").with("word/document.xml", "x");
    assert_eq!(letter.told(), Err(Other));
    let open = Made(vec![]).with("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
    assert_eq!(open.told(), Err(Other));
    let macros = good().with(
        "[Content_Types].xml",
        TYPES.replace(
            "openxmlformats-officedocument.spreadsheetml.sheet",
            "ms-excel.sheet.macroEnabled",
        ),
    );
    assert_eq!(macros.told(), Err(Macros));
    assert_eq!(
        told(&Made(vec![]).with("a.txt", "x").bytes(), "a.zip", &first()),
        Err(Other)
    );
}

fn compound(stream: &str) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let mut inside = file.create_stream(stream).unwrap();
    inside.write_all(b"something").unwrap();
    drop(inside);
    file.into_inner().into_inner()
}

#[test]
fn compound_files() {
    assert_eq!(answer(&compound("/EncryptedPackage")), Some(Encrypted));
    assert_eq!(answer(&compound("/Workbook")), Some(Old));
    assert_eq!(answer(&compound("/Book")), Some(Old));
    assert_eq!(answer(&compound("/WordDocument")), Some(Other));
    let mut garbage = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".to_vec();
    assert_eq!(answer(&garbage), Some(Other));
    garbage.extend(
        (0..100_000_u32).flat_map(|number| (number.wrapping_mul(2_654_435_761)).to_le_bytes()),
    );
    assert_eq!(answer(&garbage), Some(Other));
    assert_eq!(told(&garbage, "a.et", &first()), Err(Old));
    let mut book = compound("/Workbook");
    for at in (0..book.len()).step_by(5) {
        let kept = std::mem::replace(&mut book[at], 0xFF);
        told(&book, "a.xls", &first()).ok();
        book[at] = kept;
    }
}
