//! Documents as the programs of offices write them, as far as their order and
//! their directories go.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// Word with a customXml part: the types first, the text late.
pub const WORD: [&str; 5] = [
    "[Content_Types].xml",
    "_rels/.rels",
    "customXml/item1.xml",
    "docProps/core.xml",
    "word/document.xml",
];
/// python-docx: relations and properties first, the types in between.
pub const PYTHON_DOCX: [&str; 5] = [
    "_rels/.rels",
    "docProps/app.xml",
    "word/document.xml",
    "[Content_Types].xml",
    "docProps/thumbnail.jpeg",
];
/// LibreOffice: the types last of all.
pub const CALC: [&str; 5] = [
    "_rels/.rels",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    "word/document.xml",
    "[Content_Types].xml",
];
/// A workbook.
pub const BOOK: [&str; 3] = ["_rels/.rels", "xl/workbook.xml", "[Content_Types].xml"];

/// The content types of a text.
pub const fn words() -> &'static str {
    r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#
}

fn zip(parts: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A zip of parts as they are.
pub fn stored(parts: &[(&str, &[u8])]) -> Vec<u8> {
    zip(parts, CompressionMethod::Stored)
}

/// A package with its parts in this order.
pub fn package(order: &[&str], types: &str) -> Vec<u8> {
    let filler = "<a/>".repeat(500);
    let parts: Vec<(&str, &[u8])> = order
        .iter()
        .map(|name| {
            let types_part = *name == "[Content_Types].xml";
            (
                *name,
                if types_part {
                    types.as_bytes()
                } else {
                    filler.as_bytes()
                },
            )
        })
        .collect();
    zip(&parts, CompressionMethod::Deflated)
}

/// A text with one more part.
pub fn with_part(name: &str, bytes: &[u8]) -> Vec<u8> {
    let parts = [("[Content_Types].xml", words().as_bytes()), (name, bytes)];
    zip(&parts, CompressionMethod::Deflated)
}

/// An OFD as the scheme's publishers write it.
pub fn ofd() -> Vec<u8> {
    let root = r#"<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0" DocType="OFD"><ofd:DocBody/></ofd:OFD>"#;
    let document = "<ofd:Document/>".repeat(200);
    let parts = [
        ("Doc_0/Document.xml", document.as_bytes()),
        ("OFD.xml", root.as_bytes()),
    ];
    zip(&parts, CompressionMethod::Deflated)
}

/// A compound file with streams of these sizes; storages stand before a slash.
pub fn compound(streams: &[(&str, usize)]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for (path, size) in streams {
        if let Some((storage, _)) = path.rsplit_once('/') {
            file.create_storage_all(storage).unwrap();
        }
        let mut stream = file.create_stream(path).unwrap();
        stream.write_all(&vec![0; *size]).unwrap();
        stream.flush().unwrap();
    }
    file.flush().unwrap();
    file.into_inner().into_inner()
}

/// A PNG of this size, without its picture.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x02\0\0\0crc.");
    bytes.extend(b"\0\0\0\x04IDATdatacrc.");
    bytes.extend(b"\0\0\0\0IENDcrc.");
    bytes
}

/// A JPEG of this size, with a small picture that ends inside its first part, as
/// cameras write them.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"\xff\xd8\xff\xe1\x00\x08Ex\xff\xd8\xff\xd9\xff\xc0\x00\x11\x08".to_vec();
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend(b"\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01");
    bytes.extend(b"\xff\xda\x00\x0c\x03\x01\x00\x02\x11\x03\x11\x00\x3f\x00");
    bytes.extend(b"the picture \xff\x00 itself\xff\xd9");
    bytes
}
