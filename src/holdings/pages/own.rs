//! Registers of what is the association's own: its ties to other bodies, its premises.

use crate::holdings::rules::Register;
use crate::holdings::rules::book::Book;

use super::sheets::{Sheet, rows, text, word};

/// Ties to other bodies, adjusted by agreement and written into the charter (T1-05).
#[must_use]
pub fn custody(book: &Book<'_>, id: i64) -> Sheet {
    Sheet {
        title: "与其他协会、社会组织的关系",
        empty: "没有代管、协管、挂靠关系。",
        heads: vec![
            text("类型"),
            text("协议签订日期"),
            text("协议文号"),
            text("拟写入章程的条款"),
        ],
        rows: rows(book, Register::Custody, id, |row| {
            let facts = book.facts(Register::Custody, row.key());
            vec![
                book.choice(Register::Custody.table(), "kind", row),
                word(facts, "agreed_on"),
                word(facts, "agreement"),
                word(facts, "article"),
            ]
        }),
        foot: None,
    }
}

/// The association's own premises (T3-12).
#[must_use]
pub fn premises(book: &Book<'_>, id: i64) -> Sheet {
    Sheet {
        title: "独立的办公场所",
        empty: "尚未登记办公场所。",
        heads: vec![text("地址"), text("启用日期"), text("租赁合同或产权证明")],
        rows: rows(book, Register::Premises, id, |row| {
            let facts = book.facts(Register::Premises, row.key());
            vec![
                word(facts, "address"),
                word(facts, "started_on"),
                word(facts, "paper"),
            ]
        }),
        foot: None,
    }
}
