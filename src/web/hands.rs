//! 在谁手里: the page of a matter says who has it, since when, and how many of its working
//! days are used; a list says it of each row. What lies where is the desk's to know, a later
//! room: it is handed in with the routes, so that no page can forget to ask.

use std::collections::BTreeMap;
use std::pin::Pin;

use chrono::NaiveDate;

use crate::database::Db;

use super::{Allowed, App};

/// A pair of hands, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hand {
    /// What is to be done.
    pub title: String,
    /// Where.
    pub href: String,
    /// The person where there is just one, else the department and its role.
    pub who: String,
    /// Since when.
    pub since: NaiveDate,
    /// 已用3/5个工作日.
    pub used: String,
    /// Colour and shape of its state.
    pub tag: &'static str,
    /// 逾期2天.
    pub state: String,
}

impl Hand {
    /// In a cell of a list: who, and how long.
    #[must_use]
    pub fn short(&self) -> String {
        format!("{}，{}", self.who, self.used)
    }
}

/// What is found out; none: the address is of no matter, or it is not theirs to know.
pub type Found<'a, T> = Pin<Box<dyn Future<Output = Result<T, sqlx::Error>> + Send + 'a>>;

/// Tells in whose hands matters are.
pub trait Tells: Send + Sync + std::fmt::Debug {
    /// Of the matter at the address; empty: nobody has to do anything.
    fn here<'a>(
        &'a self,
        db: &'a mut Db,
        look: (&'a App, &'a Allowed),
    ) -> Found<'a, Option<Vec<Hand>>>;

    /// Of some associations: each one's first pair of hands, in one statement.
    fn of_associations<'a>(
        &'a self,
        db: &'a mut Db,
        app: &'a App,
        ids: &'a [i64],
    ) -> Found<'a, BTreeMap<i64, Hand>>;
}

/// The same of a program that perhaps nobody told.
pub async fn of_associations(
    db: &mut Db,
    app: &App,
    ids: &[i64],
) -> Result<BTreeMap<i64, Hand>, sqlx::Error> {
    match app.hands {
        Some(hands) if !ids.is_empty() => hands.of_associations(db, app, ids).await,
        _ => Ok(BTreeMap::new()),
    }
}
