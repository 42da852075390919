//! Letters: every paragraph, the head, the signature, the attachments.

use super::super::{Block, Head, Imprint, Paper, docx};
use super::{grid, read, request};

#[test]
fn every_part_of_a_request_stands_in_its_place() {
    let found = read(&request(1));
    assert_eq!(found.styled("Mark"), ["绿园区交通运输局"]);
    assert_eq!(found.styled("Number"), ["绿交请〔2018〕21号签发人：周某某"]);
    assert_eq!(found.styled("First"), ["一、基本情况"]);
    assert_eq!(found.styled("Second"), ["（一）概况"]);
    assert_eq!(
        found.styled("Text"),
        ["占用办公用房38.50㎡。", "（联系人：刘某某）"]
    );
    assert_eq!(found.styled("AnnexMark"), ["附件1", "附件2"]);
    let text = found.text();
    assert!(text.contains("附件：1.湘西土家族苗族自治州老科学技术工作者协会"));
    assert!(text.contains("\n2.前置审批意见汇总表\n"));
    assert!(text.contains("抄送：区民政局。"));
    assert!(text.contains("局办公室2018年10月12日印发"));
    // An attachment begins a page, and nothing else does.
    let begins = found.paragraphs.iter().filter(|each| each.begins);
    assert!(
        begins.eq(found
            .paragraphs
            .iter()
            .filter(|each| each.style == "AnnexMark"))
    );
}

#[test]
fn a_paper_that_goes_down_has_its_number_in_the_middle() {
    let mut paper = request(1);
    paper.head = Some(Head {
        mark: "脱钩办".into(),
        number: "绿脱钩办〔2018〕3号".into(),
        signed_by: None,
    });
    paper.annexes.truncate(1);
    paper.attachments.truncate(1);
    let found = read(&paper);
    assert_eq!(found.styled("Number"), ["绿脱钩办〔2018〕3号"]);
    assert_eq!(found.styled("AnnexMark"), ["附件"]);
    assert!(
        found.text().contains("附件：湘西"),
        "one attachment has no number"
    );
}

#[test]
fn a_long_name_stands_over_its_date() {
    let mut paper = Paper::titled("批复");
    paper.signatory = Some("绿园区行业协会商会与行政机关脱钩办公室".into());
    paper.date = Some("2018年10月24日".into());
    let body = read(&paper).parts["word/document.xml"].clone();
    let name = body.find("w:rightChars=\"200\"").unwrap();
    let date = body.find("w:rightChars=\"800\"").unwrap();
    assert!(name < date);
}

#[test]
fn the_state_stands_across_every_page_until_it_is_approved() {
    let found = read(&request(1));
    for part in ["word/header1.xml", "word/header2.xml"] {
        let header = &found.parts[part];
        assert!(header.contains("string=\"送审稿（第2轮）\""), "{part}");
        assert!(header.contains("rotation:315"));
    }
    let sections = |found: &super::Read| {
        let kinds = found.references.iter().map(|(kind, _)| kind.clone());
        kinds.collect::<Vec<String>>()
    };
    let footers = ["footer default", "footer even"];
    let headers = ["header default", "header even"];
    assert_eq!(sections(&found), [headers, footers].concat());
    let mut approved = request(1);
    approved.across = None;
    let found = read(&approved);
    assert_eq!(sections(&found), footers);
    assert!(!found.parts.contains_key("word/header1.xml"));
    assert!(!found.parts["[Content_Types].xml"].contains("header"));
    assert!(found.parts["word/settings.xml"].contains("evenAndOddHeaders"));
}

#[test]
fn tables_of_no_one_and_forty_rows() {
    for count in [0, 1, 40] {
        let mut paper = Paper::titled("清单");
        paper.blocks = vec![Block::Table(grid(count))];
        let found = read(&paper);
        let (heads, rows): (Vec<_>, Vec<_>) = found.rows.iter().partition(|row| row.header);
        assert_eq!(heads.len(), 1, "repeated on every page");
        assert_eq!(rows.len(), count.max(1));
        assert!(found.rows.iter().all(|row| row.whole));
        if count == 0 {
            assert_eq!((rows[0].cells[0].across, rows[0].cells.len()), (3, 1));
            assert_eq!(rows[0].cells[0].lines, ["无"]);
        } else {
            assert_eq!(rows[count - 1].cells[0].lines, [count.to_string()]);
            assert_eq!(rows[0].cells[1].lines, ["质量信誉考核", "第四十条"]);
        }
    }
}

#[test]
fn a_row_that_fills_half_a_page_may_go_on() {
    let mut table = grid(1);
    table.push(["2".to_owned(), "很长的文字，".repeat(100), String::new()]);
    let mut paper = Paper::titled("清单");
    paper.blocks = vec![Block::Table(table)];
    let whole: Vec<bool> = read(&paper).rows.iter().map(|row| row.whole).collect();
    assert_eq!(whole, [true, true, false]);
}

#[test]
fn the_imprint_is_as_high_as_its_lines() {
    let height = |copies: &str| {
        let mut paper = Paper::titled("批复");
        paper.imprint = Some(Imprint {
            copies: Some(copies.to_owned()),
            office: "脱钩办".into(),
            date: "2018年10月24日".into(),
        });
        let body = read(&paper).parts["word/document.xml"].clone();
        let (_, after) = body.split_once(" cy=\"").unwrap();
        after.split_once('"').unwrap().0.parse::<u32>().unwrap() / 635
    };
    assert_eq!(height("区民政局"), 579 * 2 + 80);
    assert_eq!(height(&"区民政局，".repeat(8)), 579 * 3 + 80);
}

#[test]
fn the_same_document_is_the_same_bytes() {
    assert_eq!(docx(&request(40)).unwrap(), docx(&request(40)).unwrap());
}
