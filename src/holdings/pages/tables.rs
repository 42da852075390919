//! The district's figures as tables (DB-8, ST-8 to ST-10).

use std::collections::{BTreeMap, BTreeSet};

use crate::holdings::rules::exact;
use crate::holdings::store::figures::Total;
use crate::paths;
use crate::web::answer::money;
use crate::web::figure::Figure as Number;

/// All figures by name.
pub type Figures = BTreeMap<String, Total>;

/// A table of figures.
pub struct Table {
    /// Its heading.
    pub title: &'static str,
    /// What it says about its numbers.
    pub note: &'static str,
    /// Heads of the columns.
    pub heads: Vec<String>,
    /// Name and cells.
    pub rows: Vec<(String, Vec<Cell>)>,
}

/// A number with the way to its rows.
pub struct Cell {
    /// The figure's name.
    pub figure: String,
    /// The number.
    pub main: String,
    /// In how many rows and associations.
    pub sub: String,
    /// The number as it is drawn.
    pub number: Number,
}

/// What a value means.
#[derive(Clone, Copy)]
pub(super) enum Unit {
    /// 万元.
    Cents,
    /// 平方米.
    Area,
    /// 项.
    Count,
}

impl Unit {
    /// What is counted of a total.
    pub(super) const fn of(self, total: &Total) -> i64 {
        match self {
            Self::Cents | Self::Area => total.sum,
            Self::Count => total.rows,
        }
    }

    /// As it is written.
    pub(super) fn words(self, value: i64) -> String {
        match self {
            Self::Cents => exact(value),
            Self::Area => money::show_hundredths(value),
            Self::Count => value.to_string(),
        }
    }
}

/// A number without a list of its own.
pub(super) fn shown(main: String) -> Cell {
    Cell {
        figure: String::new(),
        main,
        sub: String::new(),
        number: Number::default(),
    }
}

/// A figure with the list behind it, of a unit if one is given.
pub(super) fn cell(
    figures: &Figures,
    (figure, department): (String, Option<i64>),
    unit: Unit,
) -> Cell {
    let Some(found) = figures.get(&figure) else {
        return shown("—".to_owned());
    };
    let main = unit.words(unit.of(found));
    let behind = paths::holdings::DISTRICT_FIGURE.at(&figure);
    let behind = department.map_or_else(
        || behind.clone(),
        |department| format!("{behind}?department={department}"),
    );
    Cell {
        number: Number::count(&main).opens(Some(behind)),
        main,
        sub: format!("{}项，{}个协会", found.rows, found.associations),
        figure,
    }
}

fn line(figures: &Figures, title: &str, names: &[&str], unit: Unit) -> (String, Vec<Cell>) {
    let cells = names
        .iter()
        .map(|name| cell(figures, ((*name).to_owned(), None), unit))
        .collect();
    (title.to_owned(), cells)
}

fn heads(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The tables of the page.
#[must_use]
pub fn tables(figures: &Figures) -> Vec<Table> {
    vec![
        appropriations(figures),
        Table {
            title: "停止拨款后的拨款",
            note: "单位：万元。停止拨款后仍有基本、项目拨款的，或者购买服务资金没有经核实的合同的，为异常；财政局核实后为已处理。",
            heads: heads(&["发现", "已处理", "未处理"]),
            rows: vec![line(
                figures,
                "异常",
                &["anomaly-found", "anomaly-handled", "anomaly-open"],
                Unit::Cents,
            )],
        },
        assets(figures),
        Table {
            title: "行政办公用房",
            note: "单位：平方米。腾退以机关事务管理局验收为准。",
            heads: heads(&["占用", "已腾退", "按规定租用", "经批准延期", "待腾退"]),
            rows: vec![line(
                figures,
                "面积",
                &[
                    "room-all",
                    "room-vacated",
                    "room-leased",
                    "room-delayed",
                    "room-open",
                ],
                Unit::Area,
            )],
        },
    ]
    .into_iter()
    .chain(functions(figures))
    .collect()
}

/// Functions and what is bought (ST-8, ST-10).
fn functions(figures: &Figures) -> [Table; 3] {
    [
        Table {
            title: "行政职能",
            note: "单位：项。",
            heads: heads(&["承担", "已剥离", "依法保留", "待剥离"]),
            rows: vec![line(
                figures,
                "行政职能",
                &[
                    "function-found",
                    "function-stripped",
                    "function-kept",
                    "function-open",
                ],
                Unit::Count,
            )],
        },
        Table {
            title: "职能移交",
            note: "单位：项。",
            heads: heads(&["拟移交", "已移交", "待移交"]),
            rows: vec![line(
                figures,
                "职能",
                &["transfer-found", "transfer-done", "transfer-open"],
                Unit::Count,
            )],
        },
        Table {
            title: "购买服务",
            note: "单位：万元。",
            heads: heads(&["方案预算", "已签合同"]),
            rows: vec![line(
                figures,
                "金额",
                &["purchase-planned", "purchase-signed"],
                Unit::Cents,
            )],
        },
    ]
}

/// Classes of SV-46.
const CLASSES: [(&str, &str); 5] = [
    ("basic", "基本"),
    ("project", "项目"),
    ("retiree", "离退休"),
    ("diverted", "分流人员安置"),
    ("purchase", "购买服务"),
];

fn appropriations(figures: &Figures) -> Table {
    let years: BTreeSet<&str> = figures
        .keys()
        .filter_map(|figure| figure.strip_prefix("money-")?.split('-').next())
        .collect();
    Table {
        title: "财政拨款",
        note: "单位：万元。分流人员安置经费按原政策执行，不属于应取消的直接拨款。",
        heads: CLASSES.iter().map(|(_, name)| (*name).to_owned()).collect(),
        rows: years
            .into_iter()
            .map(|year| {
                let cells = CLASSES
                    .iter()
                    .map(|(class, _)| {
                        cell(
                            figures,
                            (format!("money-{year}-{class}"), None),
                            Unit::Cents,
                        )
                    })
                    .collect();
                (format!("{year}年"), cells)
            })
            .collect(),
    }
}

/// Ownership by disposition.
fn assets(figures: &Figures) -> Table {
    const OWNERS: [(&str, &str); 4] = [
        ("association", "协会"),
        ("state", "国有"),
        ("provisional", "暂按国有管理"),
        ("unclear", "待界定"),
    ];
    const COLUMNS: [(&str, &str); 7] = [
        ("all", "合计"),
        ("keep", "归协会"),
        ("return", "收回"),
        ("paid", "有偿使用"),
        ("free", "无偿使用"),
        ("write_off", "核销"),
        ("pending", "待批"),
    ];
    Table {
        title: "资产权属和处置",
        note: "单位：万元，按净值。处置以财政局、机关事务管理局批准为准，未批准的列入待批。",
        heads: COLUMNS.iter().map(|(_, name)| (*name).to_owned()).collect(),
        rows: OWNERS
            .iter()
            .map(|(owner, name)| {
                let cells = COLUMNS
                    .iter()
                    .map(|(column, _)| {
                        cell(
                            figures,
                            (format!("asset-{owner}-{column}"), None),
                            Unit::Cents,
                        )
                    })
                    .collect();
                ((*name).to_owned(), cells)
            })
            .collect(),
    }
}
