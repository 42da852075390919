//! Red twins in styles as programs write them.

use super::super::styles::Styles;
use super::archive::{MAIN, styles};

const RED: &str = "<patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC8CE\"/><bgColor indexed=\"64\"/></patternFill>";

fn read(source: &str) -> Styles {
    Styles::read(source.as_bytes()).unwrap()
}

#[test]
fn twins_keep_all_but_the_fill() {
    let mut found = read(&styles());
    assert_eq!(
        [
            found.red(1),
            found.red(0),
            found.red(1),
            found.red(2),
            found.red(3)
        ],
        [3, 4, 3, 5, 3]
    );
    let written = found.write();
    let yellow = RED.replace("indexed=\"64\"", "rgb=\"FFFFFF00\"");
    assert!(
        written.contains(&format!("<fill>{RED}</fill><fill>{yellow}</fill></fills>")),
        "{written}"
    );
    assert!(written.contains("<fills count=\"5\">") && written.contains("<cellXfs count=\"6\">"));
    assert!(written.ends_with("<xf numFmtId=\"14\" fontId=\"0\" fillId=\"3\" borderId=\"0\" applyNumberFormat=\"1\" applyFill=\"1\"><protection locked=\"0\"/></xf><xf numFmtId=\"0\" fontId=\"0\" fillId=\"3\" borderId=\"0\" applyFill=\"1\"/><xf numFmtId=\"0\" fontId=\"0\" fillId=\"4\" borderId=\"0\" applyFill=\"1\"/></cellXfs></styleSheet>"));
}

#[test]
fn without_need_nothing_changes() {
    let mut found = read(&styles());
    assert_eq!(
        [found.plain(0), found.plain(2), found.plain(99)],
        [0, 2, 99]
    );
    assert_eq!(found.write(), styles());
}

#[test]
fn reds_are_known_after_another_program_saved() {
    let saved = styles()
        .replace("<fills count=\"3\">", "<fills count=\"4\">")
        .replace("</fills>", "<fill><patternFill patternType=\"solid\">\n<bgColor rgb=\"FFFFFF00\"/> <fgColor rgb='00ffc8ce' /></patternFill></fill></fills>")
        .replace("<bgColor rgb=\"FFFFFF00\"/> <fgColor rgb='00ffc8ce' />", "<fgColor rgb='00ffc8ce' /><bgColor rgb=\"FFFFFF00\"/>")
        .replace("</cellXfs>", "<xf borderId='0' numFmtId='0' fontId='0' fillId='3'></xf></cellXfs>");
    let mut found = read(&saved);
    assert!(found.marked());
    assert_eq!((found.red(3), found.plain(3)), (3, 2));
    // The colour beneath is no fill of the book any more.
    let mut found =
        read(&saved.replace("<fgColor rgb=\"FFFFFF00\"/>", "<fgColor rgb=\"FF00FF00\"/>"));
    assert_eq!(found.plain(3), 0);
}

#[test]
fn lists_may_be_missing_or_empty() {
    let two = "<fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>";
    let formats = "<xf numFmtId=\"0\"/><xf numFmtId=\"0\" fillId=\"2\" applyFill=\"1\"/>";
    let expected = format!("<fills count=\"3\">{two}<fill>{RED}</fill></fills>");
    let whole = |inner: &str| format!("<styleSheet xmlns=\"{MAIN}\">{inner}</styleSheet>");
    for (before, after) in [
        (
            "<fonts/><borders/><dxfs/>",
            format!("<fonts/>{expected}<borders/><cellXfs count=\"2\">{formats}</cellXfs><dxfs/>"),
        ),
        (
            "<fonts/><fills/><cellXfs/>",
            format!("<fonts/>{expected}<cellXfs count=\"2\">{formats}</cellXfs>"),
        ),
        (
            "<fills count='0' ></fills><cellXfs></cellXfs>",
            format!(
                "{}<cellXfs count=\"2\">{formats}</cellXfs>",
                expected.replace("\"3\">", "'3' >")
            ),
        ),
        (
            "",
            format!("{expected}<cellXfs count=\"2\">{formats}</cellXfs>"),
        ),
    ] {
        let mut found = read(&whole(before));
        assert_eq!(found.red(0), 1);
        assert_eq!(found.write(), whole(&after));
    }
}

#[test]
fn prefixes_are_kept_and_other_lists_left_alone() {
    let source = "<x:styleSheet xmlns:x='m'><x:fills count='1'><x:fill><x:gradientFill/></x:fill></x:fills><x:cellStyleXfs><x:xf fillId='9'/></x:cellStyleXfs><x:cellXfs count='1'><x:xf fillId='0'><x:alignment horizontal='center'/></x:xf></x:cellXfs><x:dxfs><x:dxf><x:fill/></x:dxf></x:dxfs></x:styleSheet>";
    let mut found = read(source);
    assert_eq!((found.red(0), found.words()), (1, 2));
    let expected = source
        .replace("<x:fills count='1'>", "<x:fills count='3'>")
        .replace("</x:fills>", "<x:fill><x:patternFill patternType=\"gray125\"/></x:fill><x:fill><x:patternFill patternType=\"solid\"><x:fgColor rgb=\"FFFFC8CE\"/><x:bgColor indexed=\"64\"/></x:patternFill></x:fill></x:fills>")
        .replace("<x:cellXfs count='1'>", "<x:cellXfs count='3'>")
        .replace("</x:cellXfs>", "<x:xf fillId='2' applyFill=\"1\"><x:alignment horizontal='center'/></x:xf><x:xf fillId='2' applyFill=\"1\" applyAlignment=\"1\"><x:alignment vertical=\"center\" wrapText=\"1\"/></x:xf></x:cellXfs>");
    assert_eq!(found.write(), expected);
}

#[test]
fn no_stylesheet_is_an_error() {
    assert!(Styles::read(b"<styleSheet/>").is_err());
    assert!(Styles::read(b"<styleSheet>").is_err());
    assert!(Styles::read(b"\xff").is_err());
}
