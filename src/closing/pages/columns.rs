//! The columns of the completion table (EX-7), for the page and the files. Which fact each
//! shows is told at the field of [`Completion`] that it reads.

use crate::closing::rules::{Completion, Said};
use crate::paths;
use crate::web::table::{Cell, Column, code, figures, serial, short, words};

/// Common heads, in the words of the form.
const INSTITUTION: &str = "机构分离";
const FUNCTIONS: &str = "职能分离";
const FINANCE: &str = "资产财务分离";
const PEOPLE: &str = "人员管理分离";
const PARTY: &str = "党建外事";

/// A value as its cell, or the words in its place.
fn cell<T: Clone>(said: &Said<T>, of: impl Fn(T) -> Cell) -> Cell {
    match said {
        Said::Is(value) => of(value.clone()),
        Said::Instead(words) => Cell::plain(words),
    }
}

fn text<T: Clone + ToString>(said: &Said<T>) -> Cell {
    cell(said, |value| value.to_string().into())
}

fn day(said: &Said<chrono::NaiveDate>) -> Cell {
    cell(said, Cell::Day)
}

fn number(said: &Said<i64>) -> Cell {
    cell(said, Cell::Count)
}

/// The columns, in the order of the form.
pub const COLUMNS: &[Column<Completion>] = &[
    serial(),
    words("协会名称", |row: &Completion| {
        Cell::link(paths::registry::ASSOCIATION.at(row.association), &row.name)
    })
    .wide(20)
    .head(),
    code("统一社会信用代码", |row: &Completion| {
        row.code.as_str().into()
    })
    .wide(20),
    words("业务主管单位", |row: &Completion| {
        row.unit.as_str().into()
    })
    .wide(10),
    words("批复文号及日期", |row: &Completion| text(&row.reply)).wide(13),
    short("关系解除（项/完成）", |row: &Completion| {
        text(&row.ties)
    })
    .wide(6)
    .group(INSTITUTION),
    words("代管事业单位处置", |row: &Completion| {
        text(&row.institutions)
    })
    .wide(8)
    .group(INSTITUTION),
    words("合署办公分开", |row: &Completion| text(&row.shared))
        .wide(8)
        .group(INSTITUTION),
    short("证书换发日期", |row: &Completion| {
        day(&row.certificate)
    })
    .wide(11)
    .group(INSTITUTION),
    figures("行政职能剥离", |row: &Completion| {
        number(&row.stripped)
    })
    .wide(5)
    .unit("项")
    .group(FUNCTIONS),
    figures("依法保留职能", |row: &Completion| number(&row.kept))
        .wide(5)
        .unit("项")
        .group(FUNCTIONS),
    figures("转移", |row: &Completion| number(&row.handed))
        .wide(5)
        .unit("项")
        .group(FUNCTIONS),
    words("会计制度", |row: &Completion| text(&row.system))
        .wide(12)
        .group(FINANCE),
    words("独立账号", |row: &Completion| text(&row.account))
        .wide(9)
        .group(FINANCE),
    words("拨款取消", |row: &Completion| text(&row.money))
        .wide(9)
        .group(FINANCE),
    words("清查文号", |row: &Completion| text(&row.inventory))
        .wide(10)
        .group(FINANCE),
    figures("国有资产", |row: &Completion| {
        cell(&row.assets, |cents| Cell::money(Some(cents)))
    })
    .wide(8)
    .unit("万元")
    .group(FINANCE),
    words("国有资产处置", |row: &Completion| {
        text(&row.disposition)
    })
    .wide(10)
    .group(FINANCE),
    figures("办公用房", |row: &Completion| {
        cell(&row.area, |area| Cell::area(Some(area)))
    })
    .wide(8)
    .unit("㎡")
    .group(FINANCE),
    short("腾退日期", |row: &Completion| day(&row.vacated))
        .wide(11)
        .group(FINANCE),
    short("应清理/已清理", |row: &Completion| text(&row.cleared))
        .wide(6)
        .group(PEOPLE),
    short("去留（留/离）", |row: &Completion| text(&row.choice))
        .wide(7)
        .group(PEOPLE),
    short("劳动合同（应签/已签）", |row: &Completion| {
        text(&row.contracts)
    })
    .wide(6)
    .group(PEOPLE),
    words("社保公积金（应参/已参）", |row: &Completion| {
        text(&row.insurance)
    })
    .wide(10)
    .group(PEOPLE),
    figures("编制收回", |row: &Completion| number(&row.posts_back))
        .wide(6)
        .group(PEOPLE),
    words("接收单位及日期", |row: &Completion| {
        text(&row.receiver)
    })
    .wide(11)
    .group(PARTY),
    words("党组织", |row: &Completion| text(&row.party_body))
        .wide(10)
        .group(PARTY),
    words("外事", |row: &Completion| text(&row.foreign))
        .wide(7)
        .group(PARTY),
    short("章程备案日期", |row: &Completion| day(&row.charter)).wide(11),
    figures("五项完成率", |row: &Completion| {
        cell(&row.rate, Cell::Percent)
    })
    .wide(8),
    // No evaluation is on record yet.
    short("评定结论", |_: &Completion| Cell::Empty).wide(7),
    words("未完成事项及时限", |row: &Completion| {
        row.unfinished.as_str().into()
    })
    .wide(44),
    // The unit's own; nothing writes it yet.
    words("备注", |_: &Completion| Cell::Empty).wide(7),
];
