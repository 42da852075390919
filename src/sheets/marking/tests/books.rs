//! Books as offices and programs write them.

use super::super::Marks;
use super::archive::{cells, marked, marks, part, parts};
use rust_xlsxwriter::{DataValidation, Format, Formula, Note, Workbook, Worksheet};
use std::collections::BTreeMap;

/// Where the offices' workbooks are.
const GIVEN: &str = crate::sheets::samples::BOOKS;

/// All cells of the marked sheet but the new column are as before, and the words are there.
fn holds(before: &[u8], marks: &Marks) {
    let after = marked(before, marks);
    let mut count = 0;
    for sheet in 0..sheets(before) {
        let was = cells(before, sheet);
        let mut is = cells(&after, sheet);
        if u32::try_from(sheet) == Ok(marks.sheet) {
            let heading = is
                .iter()
                .find(|((row, _), text)| *row == marks.head && text.starts_with("错误说明"))
                .map(|(place, _)| *place)
                .unwrap();
            assert!(was.keys().all(|(_, column)| *column < heading.1));
            let words: BTreeMap<_, _> = is
                .extract_if(.., |(_, column), _| *column == heading.1)
                .collect();
            count = words.len() - 1;
        }
        assert_eq!(was, is);
    }
    assert_eq!(count, marks.words.len());
    assert_eq!(parts(&marked(&after, marks)), parts(&after));
    let (mut was, mut is) = (parts(before), parts(&after));
    was.retain(|name, bytes| is.get(name) != Some(bytes));
    is.retain(|name, _| was.contains_key(name));
    assert_eq!(was.len(), 2, "{:?}", was.keys());
}

fn sheets(book: &[u8]) -> usize {
    use calamine::Reader;
    let reader: calamine::Xlsx<_> = calamine::Xlsx::new(std::io::Cursor::new(book)).unwrap();
    reader.sheets_metadata().len()
}

#[test]
fn the_offices_workbooks() {
    let mut seen = 0;
    for entry in std::fs::read_dir(GIVEN).into_iter().flatten().flatten() {
        if entry
            .path()
            .extension()
            .is_some_and(|extension| extension == "xlsx")
        {
            let book = std::fs::read(entry.path()).unwrap();
            for sheet in 0..sheets(&book) {
                let wrong = marks(
                    0,
                    &[(1, 0), (2, 3), (3, 99), (50, 0)],
                    &[(1, "错"), (3, "也错"), (60, "空")],
                );
                holds(
                    &book,
                    &Marks {
                        sheet: u32::try_from(sheet).unwrap(),
                        ..wrong
                    },
                );
            }
            seen += 1;
        }
    }
    assert!(seen == 8 || !std::path::Path::new(GIVEN).exists());
}

fn fill(sheet: &mut Worksheet) -> Result<(), rust_xlsxwriter::XlsxError> {
    let head = Format::new().set_bold().set_background_color(0xDD_DD_DD);
    sheet
        .set_name("表")?
        .merge_range(0, 0, 0, 3, "标题", &head)?;
    sheet.merge_range(1, 2, 1, 3, "合并", &head)?;
    sheet
        .write_with_format(1, 0, "名称", &head)?
        .insert_note(1, 0, &Note::new("说明"))?;
    for row in 2..30 {
        sheet
            .write(row, 0, format!(" 名 & <称> {row}\n"))?
            .write(row, 1, row)?;
        sheet.write_formula(row, 2, Formula::new(format!("B{row}*2")).set_result("5"))?;
        sheet.write_boolean(row, 3, row % 2 == 0)?;
    }
    sheet.write_array_formula(30, 0, 31, 0, "{=B3:B4*2}")?;
    sheet.add_data_validation(
        2,
        1,
        29,
        1,
        &DataValidation::new().allow_list_strings(&["1", "2"])?,
    )?;
    sheet
        .set_row_hidden(5)?
        .set_column_hidden(3)?
        .set_column_width(2, 33)?
        .autofilter(1, 0, 29, 3)?;
    sheet.set_freeze_panes(2, 0)?.protect();
    sheet.write_url(32, 0, "https://example.org/")?;
    Ok(())
}

#[test]
fn a_rich_book() {
    let mut book = Workbook::new();
    fill(book.add_worksheet()).unwrap();
    book.add_worksheet()
        .set_hidden(true)
        .write(0, 0, "藏")
        .unwrap();
    book.add_worksheet()
        .set_very_hidden(true)
        .write(0, 0, "深")
        .unwrap();
    let before = book.save_to_buffer().unwrap();
    let wrong = marks(1, &[(5, 0), (6, 3), (7, 1)], &[(5, "错"), (7, "错")]);
    holds(&before, &wrong);
    let text = part(&marked(&before, &wrong), "xl/worksheets/sheet1.xml");
    let tail = |text: &str| text.split("</sheetData>").nth(1).unwrap().to_owned();
    assert_eq!(
        tail(&text),
        tail(&part(&before, "xl/worksheets/sheet1.xml"))
    );
}
