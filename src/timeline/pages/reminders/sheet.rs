//! A 督办单 as the document that it is: on its page with where each figure comes from, and as
//! a Word file.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::access::Act;
use crate::clock::chinese_date;
use crate::database::Db;
use crate::documents::paper::{Block, Bound, Column, Grid, Head, Paper, Sentence};
use crate::documents::papers::{Papered, Written};
use crate::scheme::Scheme;
use crate::timeline::rules::orders::{State, Written as Matter, letter, without_code};
use crate::timeline::store::orders::{self as store, Order};
use crate::web::{Allowed, Error, Look};

use super::received::open;

/// The Word file.
pub struct OrderPaper;

/// What stands across it until it is signed.
const DRAFT: &str = "拟稿";
/// Its number before it has one.
const NUMBER: &str = "〔　　〕　号";
/// What a matter says today once it is settled.
const SETTLED: &str = "已办结";

impl Papered for OrderPaper {
    const KIND: &'static str = "督办单";

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let Look { app, allowed, db } = look;
        let order = visible(db, allowed, allowed.number("order")?).await?;
        let matters = store::matters(db, order.id).await?;
        let open = open(db, app, order.department, &matters).await?;
        let today = app.clock.today();
        let name = match &order.number {
            Some(number) => format!("督办单 {number}"),
            None => format!("督办单（拟稿）{}", order.name),
        };
        Ok(Written {
            name,
            paper: sheet(&app.scheme, &order, &matters, (&open, today)),
        })
    }
}

/// A 督办单 that this person may know of: nobody outside the office knows of a draft.
pub(super) async fn visible(db: &mut Db, allowed: &Allowed, id: i64) -> Result<Order, Error> {
    store::order(db, id)
        .await?
        .filter(|order| allowed.may(Act::OrderDraft) || !order.state.is_internal())
        .ok_or(Error::Missing)
}

/// The document of a 督办单 with these matters; `open` are those that are not settled today.
#[must_use]
pub fn sheet(
    scheme: &Scheme,
    order: &Order,
    matters: &[Matter],
    (open, today): (&BTreeSet<String>, NaiveDate),
) -> Paper {
    let letter = letter(&order.full_name, (&order.demand, order.due));
    let mut paper = Paper::titled(&letter.title);
    let signatory = scheme.campaign.office();
    paper.head = Some(Head {
        mark: signatory.clone(),
        number: order.number.clone().unwrap_or_else(|| NUMBER.to_owned()),
        signed_by: None,
    });
    paper.addressee = Some(letter.addressee);
    let mut paragraphs = letter.paragraphs.into_iter();
    let first = paragraphs.next().map(Sentence::from);
    paper.blocks.extend(first.map(Block::Text));
    paper
        .blocks
        .push(Block::Table(table(order, matters, (open, today))));
    let demand = paragraphs.map(Sentence::from).map(Block::Text);
    paper.blocks.extend(demand);
    paper.signatory = Some(signatory);
    paper.date = Some(chinese_date(order.signed_on.unwrap_or(order.drafted_on)));
    paper.signatures = vec![
        (
            "签发人".to_owned(),
            order.signer.clone().unwrap_or_default(),
        ),
        (
            "签收人".to_owned(),
            order.acknowledged_by.clone().unwrap_or_default(),
        ),
    ];
    paper.across = (order.signed_on.is_none()).then(|| DRAFT.to_owned());
    paper
}

fn table(order: &Order, matters: &[Matter], (open, today): (&BTreeSet<String>, NaiveDate)) -> Grid {
    let mut grid = Grid::new(vec![
        Column::new("序号", 6).centre(),
        Column::new("事项", 30),
        Column::new("协会或者进度", 24),
        Column::new("时限", 16).centre(),
        Column::new("已逾期", 12).right(),
        Column::new("已催办", 12).right(),
    ]);
    let drafted = format!("拟制日{}", order.drafted_on);
    for (number, matter) in (1..).zip(matters) {
        let late = Bound::new(format!("{}天", matter.late), &drafted);
        let times = Bound::new(format!("{}次", matter.times), "催办记录");
        grid.push([
            Sentence::from(format!("{number}")),
            without_code(&matter.title).into(),
            Sentence::from(&matter.subject),
            Bound::new(matter.deadline.to_string(), "任务时限").into(),
            held(late, order.state, (matter, open), today).into(),
            times.into(),
        ]);
    }
    grid
}

/// How late a matter was when the paper was drafted; a draft is held against how it stands
/// today, what has gone out says what was so on its day.
fn held(
    late: Bound,
    state: State,
    (matter, open): (&Matter, &BTreeSet<String>),
    today: NaiveDate,
) -> Bound {
    match state {
        State::Draft if open.contains(&matter.matter) => {
            late.against(format!("{}天", (today - matter.deadline).num_days()))
        }
        State::Draft => late.against(SETTLED),
        _ => late,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2018, 11, day).unwrap()
    }

    #[test]
    fn a_draft_is_held_against_today_and_what_was_signed_is_not() {
        let matter = Matter {
            matter: "task:1".to_owned(),
            title: "成立脱钩改革工作组".to_owned(),
            subject: "尚未办结".to_owned(),
            href: String::new(),
            deadline: day(1),
            late: 9,
            times: 1,
        };
        let late = || Bound::new("9天", "拟制日");
        let open = BTreeSet::from([matter.matter.clone()]);
        let draft = |open, on| held(late(), State::Draft, (&matter, open), on).now;
        assert_eq!(draft(&open, day(10)), None);
        assert_eq!(draft(&open, day(12)), Some("11天".to_owned()));
        let none = BTreeSet::new();
        assert_eq!(draft(&none, day(10)), Some(SETTLED.to_owned()));
        let signed = held(late(), State::Signed, (&matter, &none), day(12));
        assert!(signed.stands());
    }
}
