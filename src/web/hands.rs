//! 在谁手里: the page of a matter says who has it, since when, and how many of its working
//! days are used; a list says it of each row. What lies where is the desk's to know, a later
//! room: it is handed in with the routes, so that no page can forget to ask.

use std::pin::Pin;

use chrono::NaiveDate;

use crate::access::{Actor, Role};
use crate::database::Db;
use crate::words::Mark;

use super::table::{Cell, Head, Kind, Table};
use super::{Allowed, App};

/// A pair of hands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// Of what kind the matter is.
    pub kind: String,
    /// Its key.
    pub case: i64,
    /// Whose it is; none: a unit's own.
    pub association: Option<i64>,
    /// What is to be done.
    pub title: String,
    /// Where.
    pub href: String,
    /// Of which department.
    pub department: i64,
    /// In which role.
    pub role: Role,
    /// The person where there is just one, else the department and its role.
    pub who: String,
    /// The same without the department.
    pub person: String,
    /// Since when.
    pub since: NaiveDate,
    /// 已用3/5个工作日.
    pub used: String,
    /// 第3个工作日，应5个.
    pub day: String,
    /// Until the end of this day.
    pub due: Option<NaiveDate>,
    /// 暂停办理.
    pub suspended: bool,
    /// What leads to it: 去补正.
    pub go: &'static str,
    /// What its day means.
    pub mark: Mark,
    /// 逾期2天.
    pub state: String,
}

impl Hand {
    /// Whether it lies in a person's own hands, as on their workbench.
    #[must_use]
    pub fn lies_with(&self, actor: &Actor) -> bool {
        self.department == actor.department().0 && self.role == actor.role()
    }

    /// Whether its day is over or near.
    #[must_use]
    pub const fn urgent(&self) -> bool {
        self.mark.presses()
    }

    /// Who has it, as this person reads it.
    pub(super) fn holder(&self, actor: &Actor) -> String {
        if self.department == actor.department().0 && actor.role() != Role::Association {
            format!("本单位 {}", self.person)
        } else {
            self.who.clone()
        }
    }
}

/// What a list calls its column.
pub const LABEL: &str = "在谁手里";
/// How many of several are named in a cell.
const NAMED: usize = 3;

/// The cell of a row: who has it, since when, how many of its working days are used. The
/// only way to draw it, so that no list says it otherwise. None: nobody has to do anything.
#[must_use]
pub fn cell(hand: Option<&Hand>) -> Cell {
    let Some(hand) = hand else {
        return Cell::Empty;
    };
    [
        Cell::Text(format!("{} ", hand.who)),
        Cell::Mark(hand.mark, hand.state.clone()),
        Cell::Sub(format!("{}起，{}", hand.since, hand.used)),
    ]
    .into()
}

impl Table {
    /// The same with the column 在谁手里, a cell for each row in their order: what a row's
    /// states mean today is the desk's to say, too.
    #[must_use]
    pub fn held(mut self, hands: impl IntoIterator<Item = Option<Hand>>) -> Self {
        self.heads.push(Head {
            short: LABEL.to_owned(),
            ..Head::new(LABEL, Kind::Words)
        });
        for (row, hand) in self.rows.iter_mut().zip(hands) {
            if let Some(hand) = &hand {
                for cell in row.iter_mut() {
                    cell.lay(hand.mark);
                }
            }
            row.push(cell(hand.as_ref()));
        }
        self
    }
}

/// The pairs of hands that a list was told of, those of the earliest day first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hands(Vec<Hand>);

impl Hands {
    /// As they were found.
    #[must_use]
    pub const fn new(found: Vec<Hand>) -> Self {
        Self(found)
    }

    /// Who has a matter of a kind.
    #[must_use]
    pub fn of(&self, kind: &str, case: i64) -> Option<Hand> {
        together(|hand| hand.kind == kind && hand.case == case, &self.0)
    }

    /// Who has a unit's matter, whichever of these kinds it is.
    #[must_use]
    pub fn of_kinds(&self, kinds: &[&str], case: i64) -> Option<Hand> {
        let meant = |hand: &Hand| kinds.contains(&hand.kind.as_str()) && hand.case == case;
        together(meant, &self.0)
    }

    /// Whether something of an association lies in a person's own hands, as on their workbench.
    #[must_use]
    pub fn lie_with(&self, association: i64, actor: &Actor) -> bool {
        self.0
            .iter()
            .any(|hand| hand.association == Some(association) && hand.lies_with(actor))
    }

    /// Who has what there is of these kinds.
    #[must_use]
    pub fn first_of(&self, kinds: &[&str]) -> Option<Hand> {
        together(|hand| kinds.contains(&hand.kind.as_str()), &self.0)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Hand> {
        self.0.iter()
    }

    /// Who has what there is of an association.
    #[must_use]
    pub fn of_association(&self, id: i64) -> Option<Hand> {
        together(|hand| hand.association == Some(id), &self.0)
    }
}

/// Several that have one matter are named together; the time is that of the earliest day.
fn together(meant: impl Fn(&Hand) -> bool, all: &[Hand]) -> Option<Hand> {
    let mut found = all.iter().filter(|hand| meant(hand));
    let mut first = found.next()?.clone();
    let mut who = vec![first.who.as_str()];
    for other in found {
        if !who.contains(&other.who.as_str()) {
            who.push(&other.who);
        }
    }
    let (several, count) = (who.len() > NAMED, who.len());
    who.truncate(NAMED);
    let named = who.join("、");
    first.who = if several {
        format!("{named}等{count}方")
    } else {
        named
    };
    Some(first)
}

/// What a list asks of its rows, in one statement.
#[derive(Debug, Clone, Copy)]
pub enum Asked<'a> {
    /// Matters of these kinds, by their keys.
    Cases(&'a [&'a str], &'a [i64]),
    /// What there is of these kinds of some associations.
    Within(&'a [&'a str], &'a [i64]),
    /// Of some associations each one's first.
    First(&'a [i64]),
    /// Items of checklists, by their keys.
    Items(&'a [i64]),
}

impl Asked<'_> {
    const fn is_empty(self) -> bool {
        match self {
            Self::Cases(_, ids) | Self::Within(_, ids) | Self::First(ids) | Self::Items(ids) => {
                ids.is_empty()
            }
        }
    }
}

/// What the page of a matter is told.
#[derive(Debug, Clone, Default)]
pub struct Here {
    /// In whose hands the matter is; empty: nobody has to do anything.
    pub hands: Vec<Hand>,
    /// The same of everything around it that the reader may know: for the page's lists.
    pub around: Hands,
}

/// What is found out; none: the address is of no matter, or it is not theirs to know.
pub type Found<'a, T> = Pin<Box<dyn Future<Output = Result<T, sqlx::Error>> + Send + 'a>>;

/// Tells in whose hands matters are.
pub trait Tells: Send + Sync + std::fmt::Debug {
    /// What a state of a kind is called: rooms that come before it show it too.
    fn called(&self, kind: &str, state: &str) -> Option<&'static str>;

    /// Of the matter at the address.
    fn here<'a>(&'a self, db: &'a mut Db, look: (&'a App, &'a Allowed)) -> Found<'a, Option<Here>>;

    /// How many matters of each kind wait for the person, each counted up to a hundred.
    fn waiting<'a>(
        &'a self,
        db: &'a mut Db,
        look: (&'a App, &'a Allowed),
    ) -> Found<'a, Vec<(String, i64)>>;

    /// Of a list's rows, in one statement. The list has only rows that are the reader's to see.
    fn listed<'a>(
        &'a self,
        db: &'a mut Db,
        look: (&'a App, &'a Allowed),
        asked: Asked<'a>,
    ) -> Found<'a, Hands>;
}

/// The same of a program that perhaps nobody told.
pub async fn listed(
    db: &mut Db,
    (app, allowed): (&App, &Allowed),
    asked: Asked<'_>,
) -> Result<Hands, sqlx::Error> {
    match app.hands {
        Some(hands) if !asked.is_empty() => hands.listed(db, (app, allowed), asked).await,
        _ => Ok(Hands::default()),
    }
}
