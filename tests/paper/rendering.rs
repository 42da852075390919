//! What LibreOffice makes of the documents: lines, pages, heads; and that nothing in the
//! files is out of its place.

use tuogou::documents::paper::{docx, wide_docx};

use super::samples;
use super::tools::{Folder, Page, audit, has};

fn rendered(name: &str, bytes: &[u8]) -> Option<Vec<Page>> {
    if !has("soffice") || !has("pdftotext") {
        return None;
    }
    let folder = Folder::new(name);
    let file = folder.file(&format!("{name}.docx"), bytes);
    Some(folder.pages(&file))
}

#[test]
fn a_full_page_has_twenty_two_lines_of_twenty_eight_characters() {
    let Some(pages) = rendered("full", &docx(&samples::full()).unwrap()) else {
        return;
    };
    // The first page begins with the empty line under a title; the second is text alone.
    let full = pages.get(1).unwrap();
    let lines: Vec<_> = full
        .words
        .iter()
        .filter(|word| word.text.starts_with('很'))
        .collect();
    assert_eq!(lines.len(), 22);
    for line in &lines {
        assert_eq!(line.text.chars().count(), 28);
        // 28 mm from the left, and not past 26 mm from the right (a page has 595.3 pt).
        assert!((line.left - 79.4).abs() < 0.5, "{line:?}");
        assert!(line.right < 595.3 - 73.6, "{line:?}");
    }
    for pair in lines.windows(2) {
        let pitch = pair[1].top - pair[0].top;
        assert!((pitch - 28.95).abs() < 0.1, "{pitch}");
    }
    assert!(full.text().ends_with("—2—"));
}

#[test]
fn attachments_begin_pages_and_tables_repeat_their_heads() {
    for (rows, least) in [(0, 4), (1, 4), (40, 6)] {
        let Some(pages) = rendered("request", &docx(&samples::request(rows)).unwrap()) else {
            return;
        };
        assert!(pages.len() >= least, "{rows} rows: {} pages", pages.len());
        let begins = |mark: &str| {
            let at = pages.iter().position(|page| page.text().starts_with(mark));
            at.unwrap_or_else(|| panic!("{mark} begins no page"))
        };
        let (first, second) = (begins("附件1"), begins("附件2"));
        assert_eq!(second, pages.len() - 1);
        for page in pages.get(first..second).unwrap() {
            assert!(page.text().contains("职能名称"), "the head on every page");
        }
        assert!(pages[second].text().contains('无'));
        let head = pages[0].text();
        assert!(head.contains("绿交请〔2018〕21号签发人：周某某"), "{head}");
        let all: String = pages.iter().map(Page::text).collect();
        assert_eq!(all.matches("1,234.50").count(), rows);
    }
}

#[test]
fn the_imprint_stands_at_the_foot_of_the_last_page_whatever_the_length() {
    for lines in [0, 3, 12] {
        let Some(pages) = rendered("reply", &docx(&samples::reply(lines)).unwrap()) else {
            return;
        };
        let last = pages.last().unwrap();
        let printed = last.word("绿园区脱钩办公室").unwrap();
        // The 22nd line of the type area: 37 mm and 21 lines down.
        assert!((printed.top - 718.0).abs() < 8.0, "{printed:?}");
        for (number, page) in (1..).zip(&pages) {
            assert!(page.text().contains(&format!("—{number}—")));
        }
        let ends = pages.iter().find(|page| page.text().contains("此复。"));
        let ends = ends.unwrap().text();
        assert!(
            ends.contains("脱钩办公室2018年10月24日"),
            "signed where it ends: {ends}"
        );
    }
}

#[test]
fn a_wide_table_repeats_both_its_head_rows() {
    for (rows, least) in [(0, 1), (1, 1), (40, 3)] {
        let Some(pages) = rendered("wide", &wide_docx(&samples::wide(rows)).unwrap()) else {
            return;
        };
        assert!(pages.len() >= least, "{} pages", pages.len());
        for page in &pages {
            let text = page.text();
            assert!(
                text.contains("机构分离") && text.contains("合署分开"),
                "{text}"
            );
        }
        assert!(pages.last().unwrap().text().contains("填表人：刘某某"));
        let all: String = pages.iter().map(Page::text).collect();
        assert_eq!(all.matches("51220106MJ00001065").count(), rows);
    }
}

#[test]
fn nothing_in_the_files_is_out_of_its_place() {
    if !has("openxml-audit") {
        return;
    }
    let folder = Folder::new("audit");
    let mut files = Vec::new();
    for rows in [0, 1, 40] {
        let request = docx(&samples::request(rows)).unwrap();
        files.push(folder.file(&format!("request-{rows}.docx"), &request));
        let wide = wide_docx(&samples::wide(rows)).unwrap();
        files.push(folder.file(&format!("wide-{rows}.docx"), &wide));
    }
    files.push(folder.file("form.docx", &docx(&samples::form()).unwrap()));
    files.push(folder.file("reply.docx", &docx(&samples::reply(3)).unwrap()));
    for file in files {
        assert_eq!(audit(&file), "", "{}", file.display());
    }
}
