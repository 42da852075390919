//! The sheet 说明: how to fill in.

use super::{Column, Guide, Kind, formats};
use rust_xlsxwriter::{Worksheet, XlsxError};

/// Its name.
pub const NAME: &str = "说明";

/// What holds for every book.
const RULES: [&str; 5] = [
    "填写方法：",
    "1. 空白表示不改，填—清空—表示删除。",
    "2. 标题带 * 的列必须填写；灰色的列供核对，请不要修改。",
    "3. 请不要修改标题行，不要增加或者调换列，也不要合并单元格。",
    "4. 填写后直接保存为 .xlsx 文件再上传。",
];

/// Writes the sheet.
pub fn write(into: &mut Worksheet, guide: &Guide, sheets: &[Vec<Column>]) -> Result<(), XlsxError> {
    into.set_name(NAME)?.set_column_width(0, 100)?;
    into.write_string_with_format(0, 0, &guide.title, &formats::title())?;
    let made = [
        format!("制表日期：{}", guide.made_on.format("%Y-%m-%d")),
        format!("制表人：{}", guide.made_by),
    ];
    let mut lines: Vec<String> = made
        .into_iter()
        .chain(guide.lines.iter().cloned())
        .collect();
    lines.push(String::new());
    lines.extend(RULES.map(str::to_owned));
    lines.push(String::new());
    lines.push("各列说明：".to_owned());
    lines.extend(sheets.iter().flatten().map(described));
    let format = formats::line();
    for (row, line) in (1..).zip(lines.iter()).filter(|(_, line)| !line.is_empty()) {
        into.write_string_with_format(row, 0, line, &format)?;
    }
    into.set_paper_size(9).set_print_fit_to_pages(1, 0);
    Ok(())
}

/// What is said of a column.
fn described(column: &Column) -> String {
    let kind = match column.kind {
        Kind::Text | Kind::Long => "文字",
        Kind::Code => "代码或者号码，按文字填写",
        Kind::Day => "日期，格式为年-月-日",
        Kind::Money => "金额，最多两位小数",
        Kind::Count => "整数",
        Kind::Area => "面积，平方米",
        Kind::YesNo => "是或者否",
        Kind::Choice(_) => "从下拉列表中选择",
    };
    let must = if column.must { "，必填" } else { "" };
    let locked = if column.locked {
        "，请不要修改"
    } else {
        ""
    };
    let note = if column.note.is_empty() {
        String::new()
    } else {
        format!("。{}", column.note)
    };
    format!("{}（{kind}{must}{locked}）{note}", column.heading)
}
