//! What nobody sends who means well: errors perhaps, never a panic, and nothing lost in silence.

use super::super::{mark, mark_csv};
use super::archive::{book, marks, sheet, styles};
use proptest::prelude::*;
use std::io::Cursor;

/// Pieces of sheets and styles, put together without sense.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<row r=\"2\">",
        "<row>",
        "<row r=\"4294967295\" s=\"9\"/>",
        "</row>",
        "<c>",
        "<c r=\"\" s=\"-1\"/>",
        "<c r=\"ZZZZZZZZZ1\" t=\"s\">",
        "<c r=\"A2\" s=\"4294967295\" t=\"inlineStr\">",
        "</c>",
        "<v>",
        "</v>",
        "<v/>",
        "<is><t>错误说明</t></is>",
        "<f/>",
        "&amp;",
        "&x;",
        "&#0;",
        "<![CDATA[",
        "]]>",
        "</sheetData>",
        "<sheetData>",
        "<mergeCell ref=\"A1:ZZZZZZZ9\"/>",
        "<cols>",
        "</cols>",
        "<col min=\"0\" max=\"4294967295\"/>",
        "<dimension>",
        "<x r = 'a\" b=c =/>",
        "< =>",
        "<!-- -->",
        "<?a?>",
        "<fills>",
        "</fills>",
        "<fill/>",
        "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFFFC8CE\"/></patternFill></fill>",
        "<cellXfs/>",
        "<cellXfs><xf fillId=\"99\"/><xf fillId='2'></xf></cellXfs>",
        "文",
        "\u{feff}",
    ]);
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 512, ..ProptestConfig::default() })]

    #[test]
    fn no_part_makes_it_panic(rows in pieces(), lists in pieces()) {
        let wrong = marks(0, &[(0, 0), (1, 0), (1, 7)], &[(1, "错")]);
        let styles_part = format!("<styleSheet>{lists}</styleSheet>");
        for bytes in [book(&sheet(&rows), Some(&styles())), book(&rows, None), book(&sheet(""), Some(&styles_part))] {
            let mut out = Cursor::new(Vec::new());
            if mark(Cursor::new(&bytes), &mut out, std::slice::from_ref(&wrong)).is_ok() {
                // What could be marked can be marked again.
                let again = mark(Cursor::new(out.into_inner()), Cursor::new(Vec::new()), std::slice::from_ref(&wrong));
                prop_assert!(again.is_ok(), "{again:?}");
            }
        }
    }

    #[test]
    fn no_byte_of_a_text_file_is_lost(bytes in prop::collection::vec(prop::sample::select(b"a,;\t\"\r\n\0\xff\xfe\xd6\xd0".to_vec()), 0..60), row in 0..4u32) {
        let mut out = Vec::new();
        mark_csv(&bytes, &mut out, &marks(1, &[], &[(row, "错")])).unwrap();
        let mut rest = out.iter();
        prop_assert!(bytes.iter().all(|byte| rest.any(|found| found == byte)));
    }
}
