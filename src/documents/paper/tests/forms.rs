//! Forms: labels and values, blank and filled in.

use super::super::{Block, Form, Paper, Sentence};
use super::{area, read};

fn form(filled: bool) -> Paper {
    let value = |text: &str| {
        if filled {
            text.to_owned()
        } else {
            String::new()
        }
    };
    let mut form = Form::new().caption("一、基本情况");
    form.row("协会名称", value("汽车维修行业协会"), 1);
    form.two(
        ("成立日期", value("2009年5月18日")),
        ("会员数", value("90")),
    );
    let rooms = if filled {
        area().into()
    } else {
        Sentence::new()
    };
    form.row("办公用房", rooms, 6);
    let signed = [
        ("填表人", "刘某某"),
        ("审核人", "孙某某"),
        ("日期", "2018年11月22日"),
    ];
    Paper {
        blocks: vec![Block::Form(form)],
        signatures: signed
            .map(|(role, name)| (role.to_owned(), value(name)))
            .to_vec(),
        ..Paper::titled("摸底调查表")
    }
}

#[test]
fn a_filled_form_says_what_was_answered() {
    let found = read(&form(true));
    let rows: Vec<Vec<(usize, String)>> = found
        .rows
        .iter()
        .map(|row| {
            let cells = row.cells.iter();
            cells
                .map(|cell| (cell.across, cell.lines.concat()))
                .collect()
        })
        .collect();
    let cell = |across, text: &str| (across, text.to_owned());
    assert_eq!(rows[0], [cell(1, "协会名称"), cell(3, "汽车维修行业协会")]);
    assert_eq!(rows[1][2..], [cell(1, "会员数"), cell(1, "90")]);
    assert_eq!(rows[2], [cell(1, "办公用房"), cell(3, "38.50㎡")]);
    assert_eq!(found.figures[&1], "38.50㎡");
    assert_eq!(
        found.styled("Signed"),
        ["填表人：刘某某审核人：孙某某", "日期：2018年11月22日"]
    );
}

#[test]
fn a_blank_form_keeps_room_for_a_hand() {
    let found = read(&form(false));
    assert_eq!(found.rows.len(), 3);
    assert!(found.rows.iter().all(|row| row.cells[1].lines == [""]));
    let body = &found.parts["word/document.xml"];
    assert!(
        body.contains("<w:trHeight w:val=\"2270\" w:hRule=\"atLeast\"/>"),
        "six lines"
    );
    assert_eq!(found.styled("Signed"), ["填表人：审核人：", "日期："]);
}
