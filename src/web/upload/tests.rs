//! Files as offices' programs write them, made here part by part, and what is
//! refused.

mod samples;

use axum::body::Bytes;

use super::kinds::{accepted_endings, accepted_hint};
use super::{Uploaded, accept};
use samples::{
    BOOK, CALC, PYTHON_DOCX, WORD, compound, jpeg, ofd, package, png, stored, with_part, words,
};

fn look(name: &str, bytes: &[u8]) -> Result<Uploaded, String> {
    accept(name, Bytes::copy_from_slice(bytes))
}

fn refused(name: &str, bytes: &[u8], why: &str) {
    let message = look(name, bytes).unwrap_err();
    assert!(message.contains(why), "{name}: {message}");
}

fn taken(name: &str, bytes: &[u8]) -> Uploaded {
    look(name, bytes).unwrap_or_else(|message| panic!("{name}: {message}"))
}

#[test]
fn a_docx_is_one_in_whatever_order_its_parts_were_written() {
    for order in [&WORD[..], &PYTHON_DOCX[..], &CALC[..]] {
        let file = taken("方案.docx", &package(order, words()));
        assert!(file.media_type.ends_with("wordprocessingml.document"));
        assert!(!file.encrypted);
    }
    // Types may be declared for an ending instead of for a part.
    let types = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    taken("方案.docx", &package(&PYTHON_DOCX, types));
}

#[test]
fn every_kind_on_the_list_is_taken_under_its_own_ending_only() {
    let slides = words().replace("wordprocessingml.document", "presentationml.presentation");
    let sheets = words().replace("wordprocessingml.document", "spreadsheetml.sheet");
    let files: [(&str, Vec<u8>, &[&str]); 10] = [
        (
            "a.pdf",
            b"%PDF-1.7\n1 0 obj<<>>endobj\n%%EOF\n".to_vec(),
            &["pdf"],
        ),
        ("a.ofd", ofd(), &["ofd"]),
        ("a.docx", package(&WORD, words()), &["docx", "wps"]),
        ("a.xlsx", package(&BOOK, &sheets), &["xlsx", "et"]),
        ("a.pptx", package(&CALC, &slides), &["pptx"]),
        ("a.wps", compound(&[("WordDocument", 4096)]), &["wps"]),
        ("a.et", compound(&[("Workbook", 4096)]), &["et"]),
        ("a.et", compound(&[("Book", 600)]), &["et"]),
        ("a.jpg", jpeg(640, 480), &["jpg", "jpeg"]),
        ("a.png", png(640, 480), &["png"]),
    ];
    for (name, bytes, endings) in &files {
        taken(name, bytes);
        for ending in accepted_endings().split(',') {
            let ending = ending.trim_start_matches('.');
            let fits = endings.contains(&ending);
            assert_eq!(
                look(&format!("a.{ending}"), bytes).is_ok(),
                fits,
                "{name} as {ending}"
            );
        }
    }
}

#[test]
fn the_list_of_kinds_is_one_list() {
    let hint = accepted_hint("会议决议");
    assert!(hint.starts_with("会议决议；pdf、ofd、docx、xlsx、pptx、wps、et、jpg、png，最大20MB"));
    for ending in accepted_endings().split(',') {
        let message = look(&format!("a{ending}"), b"something else").unwrap_err();
        assert!(message.contains("与扩展名不符"), "{ending}: {message}");
    }
    for ending in [
        "doc", "docm", "xlsm", "xls", "exe", "html", "svg", "zip", "",
    ] {
        refused(
            &format!("a.{ending}"),
            b"%PDF-1.7 %%EOF",
            "只接受pdf、ofd、docx",
        );
    }
}

#[test]
fn macros_are_refused_under_any_name() {
    let why = "不接受含宏的文件";
    let enabled = r#"<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"#;
    refused("a.docx", &package(&WORD, enabled), why);
    // The same written so that a search for the word does not find it.
    let hidden = enabled.replace("macroEnabled", "macro&#69;nabled");
    refused("a.docx", &package(&WORD, &hidden), why);
    for part in [
        "word/vbaProject.bin",
        "word/embeddings/Microsoft_Excel.xlsm",
        "xl/JDEData.bin",
    ] {
        refused("a.docx", &with_part(part, b"x"), why);
    }
    let project = compound(&[("VBA/dir", 100), ("PROJECT", 50)]);
    refused("a.docx", &with_part("word/media/image1.png", &project), why);
    // An old workbook with a chart's data is no program.
    let chart = compound(&[("Workbook", 5000)]);
    taken(
        "a.docx",
        &with_part("word/embeddings/oleObject1.bin", &chart),
    );
    for storage in [
        "Macros/VBA/dir",
        "_VBA_PROJECT_CUR/VBA/dir",
        "VBA/_VBA_PROJECT",
    ] {
        refused(
            "a.wps",
            &compound(&[("WordDocument", 4096), (storage, 10)]),
            why,
        );
        refused("a.et", &compound(&[("Workbook", 4096), (storage, 10)]), why);
    }
}

#[test]
fn what_ends_too_early_is_refused() {
    let why = "不完整或已损坏";
    let long = "字".repeat(4000);
    let pdf = format!("%PDF-1.7\n{long}\n%%EOF\n");
    let whole: [(&str, Vec<u8>); 6] = [
        ("a.pdf", pdf.into_bytes()),
        ("a.docx", package(&WORD, words())),
        ("a.ofd", ofd()),
        ("a.wps", compound(&[("WordDocument", 9000)])),
        ("a.jpg", jpeg(640, 480)),
        ("a.png", png(640, 480)),
    ];
    for (name, bytes) in &whole {
        taken(name, bytes);
        // A compound file may be short of the rest of its last sector.
        let lost = if *name == "a.wps" { 4096 } else { 12 };
        for part in [bytes.len() / 2, bytes.len() - lost] {
            refused(name, &bytes[..part], why);
        }
    }
    // A part that does not unpack to what its checksum says.
    let mut spoiled = stored(&[
        ("[Content_Types].xml", words().as_bytes()),
        ("word/a.xml", b"abcdefgh"),
    ]);
    let at = spoiled
        .windows(8)
        .position(|word| word == b"abcdefgh")
        .unwrap();
    spoiled[at] = b'x';
    refused("a.docx", &spoiled, why);
}

#[test]
fn something_else_under_a_documents_name_is_refused() {
    let page = b"<!doctype html><script>alert(1)</script>".as_slice();
    let program = b"MZ\x90\x00\x03".as_slice();
    for ending in accepted_endings().split(',') {
        for bytes in [
            page,
            program,
            b"PK\x05\x06".as_slice(),
            b"\xd0\xcf\x11\xe0".as_slice(),
        ] {
            refused(&format!("a{ending}"), bytes, "与扩展名不符");
        }
    }
    // A zip that is no document, and one behind a page.
    let zip = stored(&[("a.txt", b"text")]);
    refused("a.docx", &zip, "与扩展名不符");
    refused("a.ofd", &zip, "与扩展名不符");
    let behind = [page, &package(&WORD, words())].concat();
    refused("a.docx", &behind, "与扩展名不符");
    // A compound file that is neither text nor workbook.
    refused("a.wps", &compound(&[("CONTENTS", 4096)]), "与扩展名不符");
}

#[test]
fn bombs_are_refused() {
    let why = "解压后过大";
    let spaces = vec![b' '; 12 * 1024 * 1024];
    refused("a.docx", &with_part("word/document2.xml", &spaces), why);
    let zip = with_part("word/document2.xml", &spaces);
    // The directory lies about the size: what comes out is counted.
    let size = u32::try_from(spaces.len()).unwrap().to_le_bytes();
    let mut lying = zip.clone();
    let central = lying.windows(4).rposition(|word| word == size).unwrap();
    lying[central..central + 4].copy_from_slice(&100_u32.to_le_bytes());
    assert!(look("a.docx", &lying).is_err());
    let many: Vec<(String, &[u8])> = (0..1001)
        .map(|n| (format!("word/{n}.xml"), b"".as_slice()))
        .collect();
    let many: Vec<(&str, &[u8])> = many
        .iter()
        .map(|(name, part)| (name.as_str(), *part))
        .collect();
    refused("a.docx", &stored(&many), why);
    // A presentation full of pictures is large without being swollen.
    let noise: Vec<u8> = (0..15_000_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[0])
        .collect();
    let types = words();
    let pictures = stored(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("ppt/media/image1.jpg", &noise),
    ]);
    taken("a.docx", &pictures);
}

#[test]
fn the_lists_of_hostile_files_are_not_followed() {
    // A chain of allocation tables without end.
    let mut file = compound(&[("WordDocument", 9000)]);
    file[68..72].copy_from_slice(&0_u32.to_le_bytes());
    let next = 2 * 512 - 4;
    file[next..next + 4].copy_from_slice(&0_u32.to_le_bytes());
    refused("a.wps", &file, "不完整或已损坏");
}

#[test]
fn pictures_that_fill_a_memory_are_refused() {
    let why = "图片尺寸过大";
    refused("a.png", &png(60_000, 60_000), why);
    refused("a.jpg", &jpeg(10_001, 10), why);
    taken("a.png", &png(10_000, 10_000));
    // A picture that is a page, too, is a picture: it is handed out as a download.
    let both = [png(8, 8).as_slice(), b"<script>alert(1)</script>"].concat();
    assert_eq!(taken("a.png", &both).media_type, "image/png");
}

#[test]
fn what_a_password_hides_is_taken_and_said() {
    let hidden = compound(&[("EncryptedPackage", 5000), ("EncryptionInfo", 200)]);
    for ending in ["docx", "xlsx", "pptx", "wps", "et"] {
        assert!(taken(&format!("a.{ending}"), &hidden).encrypted);
    }
    refused("a.ofd", &hidden, "与扩展名不符");
    let pdf = b"%PDF-1.7\n1 0 obj<</Filter/Standard>>endobj\ntrailer<</Encrypt 1 0 R>>\n%%EOF\n";
    assert!(taken("a.pdf", pdf).encrypted);
    let open = b"%PDF-1.7\ntrailer<</EncryptMetadata false>>\n%%EOF\n";
    assert!(!taken("a.pdf", open).encrypted);
}
