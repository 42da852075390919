//! Packages that are bombs, torn, false or no workbook.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use super::package::{Package, SHEET, STRINGS, good_rows, overlapped, replaced, sheet};
use super::{Case, case};
use crate::journeys::spreadsheets_in::given;

pub const CASES: &[Case] = &[
    case(
        "1 GiB of zeros in the sheet",
        "台账.xlsx",
        zeros,
        (422, "展开后的内容过大"),
    ),
    case(
        "a book in a zip in a zip",
        "台账.xlsx",
        zip_of_zips,
        (422, "不完整"),
    ),
    case(
        "zips inside a sound book",
        "台账.xlsx",
        zips_inside,
        (303, "全部导入（1行）"),
    ),
    case(
        "10,001 parts",
        "台账.xlsx",
        many_parts,
        (422, "展开后的内容过大"),
    ),
    case(
        "a hundred parts by the bytes of one",
        "台账.xlsx",
        overlapping,
        (422, "展开后的内容过大"),
    ),
    case(
        "two parts by the bytes of one",
        "台账.xlsx",
        overlapping_two,
        (303, "全部导入（1行）"),
    ),
    case("a size that is a lie", "台账.xlsx", lying, (422, "另存为")),
    case(
        "a part named ../../",
        "台账.xlsx",
        || astray("../../etc/passwd"),
        (422, "不完整"),
    ),
    case(
        "a part named /etc/",
        "台账.xlsx",
        || astray("/etc/passwd"),
        (422, "不完整"),
    ),
    case(
        "a part named C:\\",
        "台账.xlsx",
        || astray("C:\\Windows\\a.dll"),
        (422, "不完整"),
    ),
    case(
        "a sheet that is elsewhere",
        "台账.xlsx",
        elsewhere,
        (422, "不完整"),
    ),
    case(
        "no list of kinds",
        "台账.xlsx",
        || without("[Content_Types].xml"),
        (422, "不完整"),
    ),
    case(
        "no book",
        "台账.xlsx",
        || without("xl/workbook.xml"),
        (422, "不完整"),
    ),
    case("no sheet", "台账.xlsx", || without(SHEET), (422, "不完整")),
    case(
        "a password",
        "台账.xlsx",
        || compound(&["/EncryptionInfo", "/EncryptedPackage"]),
        (415, "打开密码"),
    ),
    case(
        "xls called xlsx",
        "台账.xlsx",
        || given("11-旧格式.xls"),
        (415, "另存为 .xlsx"),
    ),
    case(
        "a letter called xlsx",
        "台账.xlsx",
        || compound(&["/WordDocument"]),
        (415, "另存为 .xlsx"),
    ),
    case(
        "half of a compound file",
        "台账.xls",
        half_compound,
        (415, "另存为 .xlsx"),
    ),
    case(
        "html called xlsx",
        "台账.xlsx",
        || HTML.into(),
        (415, "另存为 .xlsx"),
    ),
    case(
        "html called xls",
        "台账.xls",
        || HTML.into(),
        (415, "另存为 .xlsx"),
    ),
    case(
        "xml of 2003 called xls",
        "台账.xls",
        || SPREADSHEET_2003.into(),
        (415, "另存为 .xlsx"),
    ),
    case("xlsm called xlsx", "台账.xlsx", macros, (415, "带有宏")),
    case(
        "xlsm called xlsx, with the kind of xlsx",
        "台账.xlsx",
        hidden_macros,
        (415, "带有宏"),
    ),
    case(
        "a program called xlsx",
        "台账.xlsx",
        || b"MZ\x90\0\x03\0\0\0".repeat(99),
        (415, "另存为 .xlsx"),
    ),
    case("half a workbook", "台账.xlsx", half, (422, "不完整")),
    case(
        "a workbook without its last byte",
        "台账.xlsx",
        but_one,
        (422, "不完整"),
    ),
    case("zero bytes", "台账.xlsx", Vec::new, (422, "文件为空")),
    case(
        "20 MB and one byte",
        "台账.xlsx",
        || vec![b'x'; 20 * 1024 * 1024 + 1],
        (422, "20MB"),
    ),
    case(
        "40 MB",
        "台账.xlsx",
        || vec![b'x'; 40 * 1024 * 1024],
        (413, "20MB"),
    ),
    case(
        "1,000,000 shared strings",
        "台账.xlsx",
        many_strings,
        (303, "全部导入（1行）"),
    ),
    case(
        "200 MB of shared strings",
        "台账.xlsx",
        long_strings,
        (303, "全部导入（1行）"),
    ),
    case(
        "billions of shared strings, by its word",
        "台账.xlsx",
        declared_strings,
        (422, "不完整"),
    ),
    case(
        "a billion laughs in the strings",
        "台账.xlsx",
        laughs,
        (422, "不完整"),
    ),
    case(
        "an entity of /etc/passwd",
        "台账.xlsx",
        entity,
        (422, "不完整"),
    ),
    case(
        "links to other books",
        "台账.xlsx",
        links,
        (303, "全部导入（1行）"),
    ),
    case(
        "styles nested without end",
        "台账.xlsx",
        nested_styles,
        (422, "不完整"),
    ),
];

const HTML: &str = "<html><table><tr><td>协会名称</td></tr><tr><td>长春市绿园区盆景行业协会</td></tr></table></html>";
const SPREADSHEET_2003: &str = "<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>";

fn zeros() -> Vec<u8> {
    let package = Package::good().without(SHEET);
    package.bytes_with_zeros(SHEET, 1024)
}

fn zip_of_zips() -> Vec<u8> {
    let inner = Package::empty().with("台账.xlsx", Package::good().bytes());
    let outer = Package::empty().with("内层.zip", inner.bytes());
    outer.bytes()
}

fn zips_inside() -> Vec<u8> {
    let mut zip = Package::empty().with("a", "a").bytes();
    for _ in 0..20 {
        zip = Package::empty().with("a.zip", zip).bytes();
    }
    Package::good().with("xl/embeddings/a.zip", zip).bytes()
}

fn many_parts() -> Vec<u8> {
    let parts = (0..10_001).map(|part| format!("xl/media/{part}"));
    let package = parts.fold(Package::good(), |package, part| package.with(&part, ""));
    package.bytes()
}

fn media(count: usize, mebibytes: usize) -> Vec<u8> {
    let mut noise = vec![0; mebibytes * 1024 * 1024];
    getrandom::fill(&mut noise[..]).unwrap();
    let mut package = Package::good().with("xl/media/000", noise);
    for part in 1..count {
        package = package.with(&format!("xl/media/{part:03}"), "x");
    }
    overlapped(package.bytes())
}

fn overlapping() -> Vec<u8> {
    media(100, 8)
}

fn overlapping_two() -> Vec<u8> {
    media(2, 1)
}

fn lying() -> Vec<u8> {
    let mut part = format!("<worksheet><sheetData>{}", good_rows()).into_bytes();
    part.extend(b"<row/>".repeat(4_000_000));
    let length = u32::try_from(part.len()).unwrap();
    let bytes = Package::of_sheet(part).bytes();
    replaced(&bytes, &length.to_le_bytes(), &22_u32.to_le_bytes())
}

fn astray(part: &str) -> Vec<u8> {
    Package::good().with(part, "root::0:0::/:/bin/sh").bytes()
}

fn elsewhere() -> Vec<u8> {
    let targets = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/worksheet\" Target=\"../../../../etc/passwd\"/></Relationships>";
    Package::good()
        .with("xl/_rels/workbook.xml.rels", targets)
        .bytes()
}

fn without(part: &str) -> Vec<u8> {
    Package::good().without(part).bytes()
}

fn compound(streams: &[&str]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    for stream in streams {
        let mut inside = file.create_stream(stream).unwrap();
        inside.write_all(&[7; 9_000]).unwrap();
    }
    file.into_inner().into_inner()
}

fn half_compound() -> Vec<u8> {
    let mut bytes = given("11-旧格式.xls");
    bytes.truncate(bytes.len() / 2);
    bytes
}

fn macros() -> Vec<u8> {
    let types = r#"<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>"#;
    Package::good()
        .with("[Content_Types].xml", types)
        .with("xl/vbaProject.bin", "x")
        .bytes()
}

fn hidden_macros() -> Vec<u8> {
    Package::good().with("xl/vbaProject.bin", "x").bytes()
}

fn half() -> Vec<u8> {
    let mut bytes = given("01-台账-标题行与合计.xlsx");
    bytes.truncate(bytes.len() / 2);
    bytes
}

fn but_one() -> Vec<u8> {
    let mut bytes = given("01-台账-标题行与合计.xlsx");
    bytes.truncate(bytes.len() - 1);
    bytes
}

fn many_strings() -> Vec<u8> {
    let strings = "<si><t>甲</t></si>".repeat(1_000_000);
    let strings = format!("<sst uniqueCount=\"1000000\">{strings}</sst>");
    Package::good().with(STRINGS, strings).bytes()
}

fn long_strings() -> Vec<u8> {
    let one = format!("<si><t>{}</t></si>", "协".repeat(30_000));
    let strings = format!("<sst>{}</sst>", one.repeat(2_300));
    Package::good().with(STRINGS, strings).bytes()
}

fn declared_strings() -> Vec<u8> {
    let strings = "<sst count=\"4000000000\" uniqueCount=\"4000000000\"><si><t>甲</t></si></sst>";
    Package::good().with(STRINGS, strings).bytes()
}

fn laughs() -> Vec<u8> {
    let mut entities = "<!ENTITY a0 \"协会\">".to_owned();
    for level in 1..30 {
        let below = format!("&a{};", level - 1).repeat(10);
        write!(entities, "<!ENTITY a{level} \"{below}\">").unwrap();
    }
    let strings = format!("<!DOCTYPE sst [{entities}]><sst><si><t>&a29;</t></si></sst>");
    Package::good().with(STRINGS, strings).bytes()
}

fn entity() -> Vec<u8> {
    let part = sheet("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>&file;</v></c></row>");
    let part = format!("<!DOCTYPE worksheet [<!ENTITY file SYSTEM \"file:///etc/passwd\">]>{part}");
    Package::of_sheet(part).bytes()
}

fn links() -> Vec<u8> {
    let link = "<externalLink><externalBook r:id=\"r1\"/></externalLink>";
    let target = "<Relationships><Relationship Id=\"r1\" Type=\"http://x/externalLinkPath\" Target=\"file://///203.0.113.9/share/a.xlsx\" TargetMode=\"External\"/></Relationships>";
    Package::good()
        .with("xl/externalLinks/externalLink1.xml", link)
        .with("xl/externalLinks/_rels/externalLink1.xml.rels", target)
        .bytes()
}

fn nested_styles() -> Vec<u8> {
    let styles = format!("<styleSheet>{}", "<extLst>".repeat(100_000));
    Package::good().with("xl/styles.xml", styles).bytes()
}
