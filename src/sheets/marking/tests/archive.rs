//! Small books for the tests, and looks into them.

use super::super::{Marks, mark};
use calamine::{DataRef, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

pub const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const RELATIONS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// Any archive.
pub fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A book with one sheet, from the sheet part and the styles part.
pub fn book(sheet: &str, styles: Option<&str>) -> Vec<u8> {
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>";
    let root = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"r\" Type=\"{RELATIONS}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
    );
    let workbook = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{RELATIONS}\"><sheets><sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let link = if styles.is_some() {
        format!("<Relationship Id=\"s\" Type=\"{RELATIONS}/styles\" Target=\"styles.xml\"/>")
    } else {
        String::new()
    };
    let relations = format!(
        "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"rId1\" Type=\"{RELATIONS}/worksheet\" Target=\"worksheets/sheet1.xml\"/>{link}</Relationships>"
    );
    let mut parts = vec![
        ("[Content_Types].xml", types),
        ("_rels/.rels", root.as_str()),
        ("xl/workbook.xml", workbook.as_str()),
        ("xl/_rels/workbook.xml.rels", relations.as_str()),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    parts.extend(styles.map(|styles| ("xl/styles.xml", styles)));
    packed(&parts)
}

/// A sheet part around its rows.
pub fn sheet(rows: &str) -> String {
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>")
}

/// Styles with three formats: plain, a date, and yellow with a border.
pub fn styles() -> String {
    format!(
        "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"1\"><font/></fonts><fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill><fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFFF00\"/><bgColor indexed=\"64\"/></patternFill></fill></fills><borders count=\"1\"><border/></borders><cellXfs count=\"3\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/><xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" applyNumberFormat=\"1\"><protection locked=\"0\"/></xf><xf numFmtId=\"0\" fontId=\"0\" fillId=\"2\" borderId=\"0\" applyFill=\"1\"/></cellXfs></styleSheet>"
    )
}

pub fn marks(head: u32, cells: &[(u32, u32)], words: &[(u32, &str)]) -> Marks {
    Marks {
        sheet: 0,
        head,
        cells: cells.iter().copied().collect(),
        words: words
            .iter()
            .map(|(row, words)| (*row, (*words).to_owned()))
            .collect(),
    }
}

pub fn marked(book: &[u8], marks: &Marks) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    mark(Cursor::new(book), &mut out, std::slice::from_ref(marks)).unwrap();
    out.into_inner()
}

pub fn parts(book: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        parts.insert(entry.name().unwrap().into_owned(), bytes);
    }
    parts
}

pub fn part(book: &[u8], name: &str) -> String {
    String::from_utf8(parts(book).remove(name).unwrap()).unwrap()
}

/// The marked sheet part of a book made from a sheet part.
pub fn marked_sheet(sheet: &str, marks: &Marks) -> String {
    part(
        &marked(&book(sheet, Some(&styles())), marks),
        "xl/worksheets/sheet1.xml",
    )
}

/// All cells with content of a sheet, as calamine says them.
pub fn cells(book: &[u8], sheet: usize) -> BTreeMap<(u32, u32), String> {
    let mut reader: Xlsx<_> = Xlsx::new(Cursor::new(book)).unwrap();
    let name = reader.sheets_metadata()[sheet].name.clone();
    let mut read = BTreeMap::new();
    let mut cells = reader.worksheet_cells_reader(&name).unwrap();
    while let Some(cell) = cells.next_cell().unwrap() {
        let place = cell.get_position();
        let value = match cell.get_value() {
            DataRef::Empty => continue,
            DataRef::String(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            other => format!("{other:?}"),
        };
        assert!(read.insert(place, value).is_none(), "{place:?} twice");
    }
    read
}
