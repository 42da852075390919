//! Makes files by hand, and reads them.

use std::{
    fs,
    io::{Cursor, Write},
    path::PathBuf,
    process,
    sync::atomic::{AtomicUsize, Ordering},
};

use zip::{ZipWriter, write::SimpleFileOptions};

use crate::sheets::{
    cells::{Cell, Look, Row, Told, Unreadable, Value},
    reading::{Failed, Wanted, read},
};

/// A file that goes away with its test.
pub struct Temporary(pub PathBuf);

impl Temporary {
    pub fn new(bytes: &[u8]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("reading-{}-{count}", process::id()));
        fs::write(&path, bytes).unwrap();
        Self(path)
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        fs::remove_file(&self.0).ok();
    }
}

/// What was told of `bytes`, uploaded as `name`.
pub fn told(bytes: &[u8], name: &str, wanted: &Wanted) -> Result<Vec<Told>, Unreadable> {
    let file = Temporary::new(bytes);
    let mut all = Vec::new();
    let result = read(&file.0, name, wanted, &mut |told| {
        all.push(told);
        Ok(())
    });
    match result {
        Ok(()) => Ok(all),
        Err(Failed::Unreadable(why)) => Err(why),
        Err(Failed::Io(error)) => panic!("{error}"),
    }
}

/// The rows among what was told.
pub fn rows(told: Vec<Told>) -> Vec<Row> {
    told.into_iter()
        .filter_map(|told| match told {
            Told::Row(row) => Some(row),
            _ => None,
        })
        .collect()
}

/// The looks among what was told.
pub fn looks(told: &[Told]) -> Vec<&Look> {
    told.iter()
        .filter_map(|told| match told {
            Told::Sheet(look) => Some(look),
            _ => None,
        })
        .collect()
}

/// The cell in a row and a column, counted from 0.
pub fn cell(rows: &[Row], row: u32, column: u32) -> Option<&Cell> {
    rows.iter()
        .find(|told| told.row == row)?
        .cells
        .iter()
        .find(|cell| cell.column == column)
}

pub fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// The first sheet whole.
pub fn first() -> Wanted {
    Wanted::Sheets(vec![0])
}

/// A package by its parts.
pub struct Made(pub Vec<(String, Vec<u8>)>);

pub const TYPES: &str = r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#;
const ROOT: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str =
    r#"<workbook><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>"#;
const RELS: &str = r#"<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
/// Styles: 0 general, 1 date, 2 percentage, 3 elapsed time, 4 month and day, 5 time.
const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/><numFmt numFmtId="165" formatCode="m&quot;月&quot;d&quot;日&quot;"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="10"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>"#;

impl Made {
    /// A book of one sheet whose part is `sheet`.
    pub fn of_sheet(sheet: impl Into<Vec<u8>>) -> Self {
        Self(vec![])
            .with("[Content_Types].xml", TYPES)
            .with("_rels/.rels", ROOT)
            .with("xl/workbook.xml", BOOK)
            .with("xl/_rels/workbook.xml.rels", RELS)
            .with("xl/styles.xml", STYLES)
            .with("xl/worksheets/sheet1.xml", sheet)
    }

    /// A book of one sheet with these rows.
    pub fn of_rows(rows: &str) -> Self {
        Self::of_sheet(format!(
            "<worksheet><sheetData>{rows}</sheetData></worksheet>"
        ))
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
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.0 {
            zip.start_file(name.as_str(), SimpleFileOptions::default())
                .unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    pub fn told(&self) -> Result<Vec<Told>, Unreadable> {
        told(&self.bytes(), "台账.xlsx", &first())
    }

    pub fn rows(&self) -> Result<Vec<Row>, Unreadable> {
        self.told().map(rows)
    }
}
