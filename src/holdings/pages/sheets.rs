//! The registers as tables, one function each.

use crate::access::Case as _;
use crate::holdings::rules::balance::Balance;
use crate::holdings::rules::book::{Book, Entry};
use crate::holdings::rules::fields::{HANDLINGS, label};
use crate::holdings::rules::standing::{self, Standing};
use crate::holdings::rules::{NET, Register, SUMS, exact};
use crate::scheme::{Answers, Row};
use crate::web::answer::money;
use crate::web::hands::{self, Hands};
use crate::web::table::Cell;

use super::href;

/// A register as a table.
pub struct Sheet {
    /// Its heading.
    pub title: &'static str,
    /// What its empty state says.
    pub empty: &'static str,
    /// Heads of the columns between the name and the state; `true` for numbers.
    pub heads: Vec<(&'static str, bool)>,
    /// The rows.
    pub rows: Vec<SheetRow>,
    /// A sentence beneath: sums, balance.
    pub foot: Option<(String, bool)>,
}

/// A row of a register.
pub struct SheetRow {
    /// Its name.
    pub label: String,
    /// Its page.
    pub href: String,
    /// Cells between name and state.
    pub cells: Vec<String>,
    /// How it stands.
    pub standing: Standing,
    /// The entries that were made on it, which somebody may have.
    entries: Vec<i64>,
    /// Who has it.
    pub hand: Cell,
}

impl Sheet {
    /// The same with who has each of its rows.
    #[must_use]
    pub fn held(mut self, around: &Hands) -> Self {
        for row in &mut self.rows {
            row.hand = hands::cell(of_entries(around, &row.entries).as_ref());
        }
        self
    }
}

/// Who has one of the entries on a row.
#[must_use]
pub fn of_entries(around: &Hands, entries: &[i64]) -> Option<hands::Hand> {
    entries.iter().find_map(|id| around.of(Entry::KIND, *id))
}

pub(super) const fn text(head: &'static str) -> (&'static str, bool) {
    (head, false)
}

const fn number(head: &'static str) -> (&'static str, bool) {
    (head, true)
}

pub(super) fn word(facts: Option<&Answers>, name: &str) -> String {
    facts
        .and_then(|facts| facts.text(name))
        .unwrap_or("—")
        .to_owned()
}

fn wan(cents: Option<i64>) -> String {
    cents.map_or_else(|| "—".to_owned(), exact)
}

fn of(row: &Row<'_>, name: &str) -> String {
    row.text(name).unwrap_or("—").to_owned()
}

pub(super) fn rows<'a>(
    book: &Book<'a>,
    register: Register,
    id: i64,
    cells: impl Fn(&Row<'a>) -> Vec<String>,
) -> Vec<SheetRow> {
    book.rows(register)
        .iter()
        .map(|row| SheetRow {
            label: book.label(register, row),
            href: href(id, register, row.key()),
            cells: cells(row),
            standing: standing::of(book, register, row),
            entries: book.sent(register, row.key()),
            hand: Cell::Empty,
        })
        .collect()
}

/// Income, assets, liabilities and net assets, as the confirmed survey has them
/// (SV-47, SV-49, SV-50).
#[must_use]
pub fn sums(book: &Book<'_>) -> Vec<(String, String)> {
    let amount = |code: &str| book.survey.number(code);
    let asked = |code: &str| {
        let question = book.scheme.question(code)?;
        let label = question.label.trim_end_matches("（万元）").to_owned();
        Some((label, format!("{}万元", exact(amount(code)?))))
    };
    let [bound, free] = NET.map(amount);
    let net = bound
        .zip(free)
        .map(|(bound, free)| bound.saturating_add(free))
        .map(|net| ("净资产".to_owned(), format!("{}万元", exact(net))));
    SUMS.into_iter().filter_map(asked).chain(net).collect()
}

/// Administrative functions: stripped or kept by law, with the citation.
#[must_use]
pub fn functions(book: &Book<'_>, id: i64) -> Sheet {
    Sheet {
        title: "行政职能",
        empty: "没有承担行政职能。",
        heads: vec![
            text("类别"),
            text("委托机关"),
            text("依据"),
            text("处理意见"),
            text("终止日期"),
            text("终止文件"),
        ],
        rows: rows(book, Register::Function, id, |row| {
            let facts = book.facts(Register::Function, row.key());
            let basis = [row.text("basis"), row.text("article")];
            let basis: String = basis.into_iter().flatten().collect();
            vec![
                book.choice(Register::Function.table(), "category", row),
                of(row, "department"),
                if basis.is_empty() {
                    "—".to_owned()
                } else {
                    basis
                },
                book.choice(Register::Function.table(), "opinion", row),
                word(facts, "ended_on"),
                word(facts, "document"),
            ]
        }),
        foot: None,
    }
}

/// Functions handed over, with oversight and the responsible section.
#[must_use]
pub fn transfers(book: &Book<'_>, id: i64) -> Sheet {
    Sheet {
        title: "移交给协会的职能",
        empty: "没有拟移交的职能。",
        heads: vec![
            text("原承担机关"),
            text("方式"),
            text("计划移交"),
            text("实际移交"),
            text("移交记录"),
            text("监管措施"),
            text("责任科室"),
        ],
        rows: rows(book, Register::Transfer, id, |row| {
            let facts = book.facts(Register::Transfer, row.key());
            let planned = book.planned(row);
            let from_plan = |name: &str| planned.and_then(|plan| plan.text(name));
            let section = facts
                .and_then(|facts| facts.text("section"))
                .or_else(|| from_plan("section"));
            vec![
                of(row, "department"),
                book.choice(Register::Transfer.table(), "manner", row),
                from_plan("handover_on").unwrap_or("—").to_owned(),
                word(facts, "handed_on"),
                word(facts, "record"),
                word(facts, "measure"),
                section.unwrap_or("—").to_owned(),
            ]
        }),
        foot: None,
    }
}

/// Services to be purchased (EX-13) with their contracts.
#[must_use]
pub fn purchases(book: &Book<'_>, id: i64) -> Sheet {
    let planned: Vec<i64> = book
        .rows(Register::Purchase)
        .iter()
        .filter_map(|row| row.number("budget"))
        .collect();
    Sheet {
        title: "购买服务清单",
        empty: "方案没有列入购买服务，或方案尚未批复。",
        heads: vec![
            text("购买主体"),
            number("预算（万元）"),
            text("期限"),
            text("合同编号"),
            text("签订日期"),
            number("合同金额（万元）"),
        ],
        rows: rows(book, Register::Purchase, id, |row| {
            let facts = book.facts(Register::Purchase, row.key());
            vec![
                of(row, "buyer"),
                wan(row.number("budget")),
                of(row, "period"),
                word(facts, "contract"),
                word(facts, "signed_on"),
                wan(facts.and_then(|facts| facts.number("amount"))),
            ]
        }),
        foot: (!planned.is_empty()).then(|| {
            (
                format!("预算合计{}万元。", exact(planned.iter().sum())),
                true,
            )
        }),
    }
}

/// Assets with ownership and disposition (EX-10).
#[must_use]
pub fn assets(book: &Book<'_>, id: i64) -> Sheet {
    Sheet {
        title: "资产",
        empty: "没有固定资产和无形资产。",
        heads: vec![
            text("类别"),
            number("数量"),
            number("原值（万元）"),
            number("净值（万元）"),
            text("取得方式"),
            text("权属"),
            text("处置"),
            text("批复文号"),
            text("完成日期"),
        ],
        rows: rows(book, Register::Asset, id, |row| asset(book, row)),
        foot: balance(book),
    }
}

fn asset<'a>(book: &Book<'a>, row: &Row<'a>) -> Vec<String> {
    let entry = book.entry(Register::Asset, row.key());
    vec![
        book.choice(Register::Asset.table(), "category", row),
        row.number("quantity").unwrap_or(0).to_string(),
        wan(row.number("original")),
        wan(row.number("net")),
        book.choice(Register::Asset.table(), "acquired", row),
        book.owner(row).to_owned(),
        book.disposition(row),
        entry
            .and_then(|entry| entry.decision_document.clone())
            .unwrap_or_else(|| "—".to_owned()),
        word(book.facts(Register::Completion, row.key()), "completed_on"),
    ]
}

/// The balance of all state assets whose disposition is recorded (TC-46).
fn balance(book: &Book<'_>) -> Option<(String, bool)> {
    let sum = book
        .rows(Register::Asset)
        .iter()
        .filter(|row| book.public(row))
        .filter_map(|row| book.balance(row))
        .reduce(Balance::plus)?;
    let difference = sum.difference();
    let words = format!(
        "国有资产核对：已登记处置的净值{}万元＝收回{}＋按协议使用{}＋核销{}＋归协会{}{}。",
        exact(sum.before),
        exact(sum.returned),
        exact(sum.used),
        exact(sum.written_off),
        exact(sum.kept),
        if difference == 0 {
            "，账目相符".to_owned()
        } else {
            format!("，相差{}万元", exact(difference))
        }
    );
    Some((words, difference == 0))
}

/// Appropriations by year and class.
#[must_use]
pub fn appropriations(book: &Book<'_>, id: i64) -> Sheet {
    Sheet {
        title: "财政拨款",
        empty: "没有财政拨款。",
        heads: vec![
            number("金额（万元）"),
            text("预算单位"),
            text("渠道"),
            text("处理"),
            text("处理日期"),
            text("凭证"),
            text("核实日期"),
        ],
        rows: rows(book, Register::Appropriation, id, |row| {
            let entry = book.entry(Register::Appropriation, row.key());
            let facts = entry.map(|entry| &entry.facts);
            let handling = facts.and_then(|facts| facts.text("handling"));
            vec![
                wan(row.number("amount")),
                of(row, "budget_unit"),
                of(row, "channel"),
                handling
                    .map_or("—", |value| label(HANDLINGS, value))
                    .to_owned(),
                word(facts, "handled_on"),
                word(facts, "document"),
                entry
                    .and_then(|entry| entry.decided_on)
                    .map_or_else(|| "—".to_owned(), |day| day.to_string()),
            ]
        }),
        foot: None,
    }
}

/// Rooms (EX-11).
#[must_use]
pub fn rooms(book: &Book<'_>, id: i64) -> Sheet {
    let due = book.scheme.campaign.parameters.office_space_due;
    Sheet {
        title: "占用的行政办公用房",
        empty: "没有占用行政办公用房。自有资金购买、建造、租用的用房不属于行政办公用房。",
        heads: vec![
            text("产权单位"),
            number("面积（平方米）"),
            number("人数"),
            text("处理方式"),
            text("应腾退日期"),
            text("实际移交"),
            number("移交面积（平方米）"),
            text("验收人"),
            text("延期批准文号"),
        ],
        rows: rows(book, Register::Room, id, |row| {
            let entry = book.entry(Register::Room, row.key());
            let facts = entry.map(|entry| &entry.facts);
            let delay = book.delay(row);
            let until = delay
                .and_then(|delay| delay.facts.text("until").map(str::to_owned))
                .unwrap_or_else(|| due.to_string());
            let area =
                |area: Option<i64>| area.map_or_else(|| "—".to_owned(), money::show_hundredths);
            vec![
                of(row, "owner"),
                area(row.number("area")),
                row.number("staff")
                    .map_or_else(|| "—".to_owned(), |staff| staff.to_string()),
                book.choice(Register::Room.table(), "intention", row),
                until,
                word(facts, "vacated_on"),
                area(facts.and_then(|facts| facts.number("given_up"))),
                entry
                    .and_then(|entry| entry.decision_note.clone())
                    .unwrap_or_else(|| "—".to_owned()),
                delay
                    .and_then(|delay| delay.decision_document.clone())
                    .unwrap_or_else(|| "—".to_owned()),
            ]
        }),
        foot: None,
    }
}
