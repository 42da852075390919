//! Makes packages by hand, sound and unsound.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::{ZipWriter, write::SimpleFileOptions};

const TYPES: &str = r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const STYLES: &str =
    r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
pub const SHEET: &str = "xl/worksheets/sheet1.xml";
pub const STRINGS: &str = "xl/sharedStrings.xml";

/// A package by its parts.
pub struct Package(Vec<(String, Vec<u8>)>);

/// A cell of text.
pub fn text(place: &str, words: &str) -> String {
    let words = words.replace('&', "&amp;").replace('<', "&lt;");
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
}

/// The head of a register and one association that it may well take in.
pub fn good_rows() -> String {
    let head = ["协会名称", "业务主管单位", "成立登记日期", "住所"];
    let one = [
        "长春市绿园区盆景行业协会",
        "区商务局",
        "2009-05-18",
        "绿园区花园路1号",
    ];
    row(1, &head) + &row(2, &one)
}

/// A row of texts from the first column on.
pub fn row(number: u32, texts: &[&str]) -> String {
    let cells = ('A'..).zip(texts);
    let cells: String = cells
        .map(|(column, words)| text(&format!("{column}{number}"), words))
        .collect();
    format!("<row r=\"{number}\">{cells}</row>")
}

/// A sheet of these rows.
pub fn sheet(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

impl Package {
    pub const fn empty() -> Self {
        Self(Vec::new())
    }

    /// A book of one sheet.
    pub fn of_sheet(part: impl Into<Vec<u8>>) -> Self {
        Self::of_sheets(&["表"]).with(SHEET, part)
    }

    /// A book of one sheet with these rows.
    pub fn of_rows(rows: &str) -> Self {
        Self::of_sheet(sheet(rows))
    }

    /// A book whose sheets are called so; their parts are missing.
    pub fn of_sheets(names: &[&str]) -> Self {
        let (mut sheets, mut targets) = (String::new(), String::new());
        for (number, name) in (1..).zip(names) {
            write!(
                sheets,
                "<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>"
            )
            .unwrap();
            write!(
                targets,
                "<Relationship Id=\"r{number}\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            )
            .unwrap();
        }
        let book = format!("<workbook><sheets>{sheets}</sheets></workbook>");
        let targets = format!("<Relationships>{targets}</Relationships>");
        Self::empty()
            .with("[Content_Types].xml", TYPES)
            .with("_rels/.rels", ROOT)
            .with("xl/workbook.xml", book)
            .with("xl/_rels/workbook.xml.rels", targets)
            .with("xl/styles.xml", STYLES)
    }

    /// A sound register of one association.
    pub fn good() -> Self {
        Self::of_rows(&good_rows())
    }

    pub fn with(mut self, name: &str, content: impl Into<Vec<u8>>) -> Self {
        self.0.retain(|(part, _)| part != name);
        self.0.push((name.to_owned(), content.into()));
        self
    }

    pub fn without(mut self, name: &str) -> Self {
        self.0.retain(|(part, _)| part != name);
        self
    }

    pub fn bytes(&self) -> Vec<u8> {
        self.zip().finish().unwrap().into_inner()
    }

    /// The package with one more part: so many bytes of nothing.
    pub fn bytes_with_zeros(&self, part: &str, mebibytes: usize) -> Vec<u8> {
        let mut zip = self.zip();
        zip.start_file(part, SimpleFileOptions::default()).unwrap();
        let zeros = vec![0; 1024 * 1024];
        for _ in 0..mebibytes {
            zip.write_all(&zeros).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn zip(&self) -> ZipWriter<Cursor<Vec<u8>>> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            zip.start_file(name.as_str(), SimpleFileOptions::default())
                .unwrap();
            zip.write_all(content).unwrap();
        }
        zip
    }
}

/// All places of `old` become `new`, of the same length.
pub fn replaced(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    assert_eq!(old.len(), new.len());
    let places: Vec<usize> = memchr::memmem::find_iter(bytes, old).collect();
    assert!(!places.is_empty());
    places
        .into_iter()
        .fold(bytes.to_vec(), |bytes, at| put(bytes, at, new))
}

fn put(mut bytes: Vec<u8>, at: usize, new: &[u8]) -> Vec<u8> {
    bytes.splice(at..at + new.len(), new.iter().copied());
    bytes
}

/// Every part whose name begins with `xl/media/` is said to lie where the first of them lies:
/// many large parts by the bytes of one.
pub fn overlapped(bytes: Vec<u8>) -> Vec<u8> {
    let records = memchr::memmem::find_iter(&bytes, b"PK\x01\x02");
    let is_media = |at: &usize| {
        let name = bytes.get(at + 46..).unwrap_or_default();
        name.starts_with(b"xl/media/")
    };
    let media: Vec<usize> = records.filter(is_media).collect();
    let (first, others) = media.split_first().unwrap();
    // Sum, sizes and place of the first.
    let kept = [(16, 12), (42, 4)].map(|(from, length)| {
        let at = first + from;
        (from, bytes.get(at..at + length).unwrap().to_vec())
    });
    let places = others
        .iter()
        .flat_map(|at| kept.iter().map(move |kept| (at, kept)));
    places.fold(bytes, |bytes, (at, (from, kept))| {
        put(bytes, at + from, kept)
    })
}
