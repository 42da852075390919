//! 逾期与临期清单 (EX-18): what the page of reminders is decided on, with its filters, in a file.

use chrono::NaiveDate;

use crate::access::Scope;
use crate::crossings::reminding::Situation;
use crate::documents::leaving::{Made, Piece, Pieces, sheet};
use crate::timeline::rules::reminders::{Kind, Matter};
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Look};

use super::reminders::passes;

/// Most matters of a kind in a file.
const MOST: i64 = 50_000;

/// The file.
pub struct Late;

/// A matter with who answers for it.
struct Line {
    kind: Kind,
    subject: String,
    of_association: bool,
    unit: String,
    title: String,
    deadline: NaiveDate,
    days: i64,
    times: i64,
    people: String,
}

const COLUMNS: &[Column<Line>] = &[
    table::serial(),
    table::short("对象", |line: &Line| line.kind.label().into()),
    table::words("协会", |line: &Line| {
        if line.of_association {
            line.subject.clone().into()
        } else {
            Cell::Empty
        }
    })
    .head(),
    table::words("单位", |line: &Line| line.unit.clone().into()),
    table::words("事项", |line: &Line| {
        if line.of_association || line.subject.is_empty() {
            line.title.clone().into()
        } else {
            format!("{}（{}）", line.title, line.subject).into()
        }
    })
    .wide(48),
    table::short("时限", |line: &Line| line.deadline.into()),
    table::figures("逾期天数", |line: &Line| match line.days {
        1.. => line.days.into(),
        _ => Cell::Empty,
    }),
    table::figures("距到期天数", |line: &Line| match line.days {
        ..=0 => line.days.saturating_neg().into(),
        _ => Cell::Empty,
    }),
    table::figures("催办次数", |line: &Line| line.times.into()),
    table::words("责任人", |line: &Line| line.people.clone().into()).wide(30),
];

impl Made for Late {
    const NAME: &'static str = "逾期与临期清单";

    async fn make(look: Look<'_>, pieces: &Pieces) -> Result<Vec<String>, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let at = (Scope::of(allowed.actor()), app.clock.today());
        let now = Situation::reaching(db, &app.scheme, at, MOST).await?;
        let judge = now.judge(&app.scheme);
        let query = allowed.query();
        let shown = now
            .matters
            .iter()
            .filter(|matter| passes(&app.scheme, query, matter, matter.late(now.today)));
        let line = |matter: &Matter| Line {
            kind: matter.kind,
            subject: matter.subject.clone(),
            of_association: matter.association.is_some(),
            unit: now.office(matter.holder).0.to_owned(),
            title: matter.title.clone(),
            deadline: matter.deadline,
            days: matter.late(now.today),
            times: judge.times(matter),
            people: now
                .receivers
                .get(&matter.holder)
                .map_or_else(String::new, |people| people.join("、")),
        };
        let lines: Vec<Line> = shown.map(line).collect();
        let table = Table::of(Self::NAME, allowed.actor(), COLUMNS, &lines);
        pieces.send(Piece::Sheet(sheet(&table))).await?;
        pieces.send(Piece::Rows(table.rows)).await?;
        let (_, chips, _) = super::reminders::filters(&app.scheme, &now, query);
        let mut told: Vec<String> = chips.into_iter().map(|chip| chip.label).collect();
        if now.cut {
            told.push(format!("每类只列时限最早的{MOST}项"));
        }
        Ok(told)
    }
}
