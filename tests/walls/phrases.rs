//! What no page says: words of the making instead of the office's, and codes without
//! their words. Asked of every page that the demonstration shows to anybody
//! (`forms::harvest`).

use scraper::{ElementRef, Html, Selector};
use tuogou::scheme::Scheme;

/// Words that were on pages once and tell of the program, not of the work.
const FORBIDDEN: &[&str] = &[
    "上次来访",
    "到了提醒的日子",
    "登记和清理",
    "申请和决定",
    "建议和决定",
    "五分离之外",
    "系统按条件判断",
    "将生成",
    "逐人生成",
    "各列最多",
    "现在不能办理",
    "交还",
    "tuogou audit",
];

/// A block that is read as one: a row, a paragraph, a point of a list, a heading.
const BLOCKS: &str = "main tr, main p, main li, main dd, main dt, main h1, main h2, main h3, \
                      main legend, main summary, main caption, main figcaption";

fn text(element: &ElementRef<'_>) -> String {
    let words = element.text().collect::<Vec<_>>().join(" ");
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Titles beside a code count as its words.
fn titles(element: &ElementRef<'_>) -> String {
    let with_title = Selector::parse("[title]").unwrap();
    let found = element.select(&with_title);
    let words = found.filter_map(|each| each.value().attr("title"));
    words.collect::<Vec<_>>().join(" ")
}

/// What a page must not say.
pub fn faults(scheme: &Scheme, page: &Html) -> Vec<String> {
    let mut found = Vec::new();
    for block in page.select(&Selector::parse(BLOCKS).unwrap()) {
        let words = text(&block);
        let said = FORBIDDEN.iter().filter(|phrase| words.contains(**phrase));
        found.extend(said.map(|phrase| format!("says {phrase}: {words}")));
        let beside = format!("{words} {}", titles(&block));
        let spelled = scheme.spelled(&beside);
        if spelled != beside {
            found.push(format!("a code without its words: {words}"));
        }
    }
    found
}

#[test]
fn what_must_not_be_said_is_found() {
    let scheme = Scheme::lvyuan_2018().unwrap();
    let faults = |body: &str| {
        let page = Html::parse_document(&format!("<main>{body}</main>"));
        faults(&scheme, &page).len()
    };
    let words = scheme.called("T4-06").unwrap();
    assert_eq!(faults("<p>核实：T4-06（人员2）</p>"), 1);
    assert_eq!(faults("<p>上次来访以来没有新变化</p>"), 1);
    assert_eq!(faults("<tr><td>T4-06</td></tr>"), 0, "no table, no row");
    assert_eq!(
        faults("<table><tr><td>T4-06</td><td>3</td></tr></table>"),
        1
    );
    for fine in [
        format!("<table><tr><td>T4-06</td><td>{words}</td></tr></table>"),
        format!("<p>核实“{words}”（T4-06）</p>"),
        format!("<p><span title=\"{words}\">T4-06</span></p>"),
        "<p>变更备案（T6-06）</p>".to_owned(),
    ] {
        assert_eq!(faults(&fine), 0, "{fine}");
    }
}
