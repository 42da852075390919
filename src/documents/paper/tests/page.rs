//! The same tree as a page (`templates/parts/paper.html`).

use askama::Template;

use super::super::{Block, Form, Paper, Sentence};
use super::{area, request};

#[derive(Template)]
#[template(
    source = "{% import \"parts/paper.html\" as papers %}{{ papers::draw(paper, \"请示\") }}",
    ext = "html"
)]
struct Page {
    paper: Paper,
}

fn page(paper: Paper) -> String {
    Page { paper }.render().unwrap()
}

#[test]
fn a_figure_says_where_it_comes_from() {
    let html = page(request(2));
    assert!(html.contains("<article class=\"document\" aria-label=\"请示\">"));
    let told =
        "<span class=\"bound\">38.50㎡</span><span class=\"source no-print\">← 摸底第1版</span>。";
    assert!(html.contains(told), "{html}");
    assert!(!html.contains("与现有事实不符"));
    assert!(html.contains("<p class=\"across\" data-state=\"送审稿（第2轮）\">"));
    assert!(html.contains("<p class=\"annex-mark\">附件2</p>"));
    assert!(html.contains("<td class=\"centre\" colspan=\"3\">无</td>"));
    assert!(html.contains("质量信誉考核<br>第四十条"));
}

#[test]
fn a_document_that_no_longer_agrees_says_so_before_anything_else() {
    let mut paper = request(0);
    paper.blocks.push(Block::Text(
        Sentence::new()
            .say("又占用")
            .bind(area().against("40.00㎡")),
    ));
    let html = page(paper);
    assert!(
        html.trim_start()
            .starts_with("<p class=\"mark mark-soon disagrees no-print\">正文中有1处")
    );
    assert!(html.contains("<span class=\"differs no-print\">现为40.00㎡</span>"));
}

#[test]
fn what_somebody_typed_stays_text() {
    let mut form = Form::new();
    form.row("意见", "<b>同意</b>", 1);
    form.row("盖章", "", 3);
    let mut paper = Paper::titled("表");
    paper.blocks = vec![Block::Form(form)];
    let html = page(paper);
    assert!(html.contains("&#60;b&#62;同意"));
    assert!(html.contains("<td><br><br><br></td>"));
}
