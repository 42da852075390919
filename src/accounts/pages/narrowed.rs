//! Whose rows a list that leaves as a file has: those that a person may see, and of these
//! the ones of the unit that the address asks for; and how a file and a page say so.

use crate::access::Scope;
use crate::accounts::store::departments;
use crate::database::Db;
use crate::web::{Allowed, Error};

/// No department has this key.
const NOBODY: i64 = 0;

/// The units whose rows are in a list.
#[derive(Debug, Clone)]
pub struct Narrowed {
    /// The one unit; none: all of them.
    pub unit: Option<i64>,
    /// What the address asks for, in words.
    told: Vec<String>,
}

impl Narrowed {
    /// A unit has its own rows and nobody else's; whoever reads everything may ask for one
    /// unit's (`department`).
    pub async fn of(db: &mut Db, allowed: &Allowed) -> Result<Self, Error> {
        let scope = Scope::of(allowed.actor());
        let asked = allowed.query().get("department");
        let asked = asked.map(|key| key.parse().unwrap_or(NOBODY));
        let own = match scope.department() {
            Some(unit) => Some(unit.0),
            None if scope.is_all() => None,
            None => Some(NOBODY),
        };
        let unit = match (own, asked) {
            (Some(own), Some(asked)) if own != asked => Some(NOBODY),
            (own, asked) => own.or(asked),
        };
        Ok(Self {
            unit,
            told: told(db, asked).await?,
        })
    }

    /// The filter in words.
    #[must_use]
    pub fn filters(&self) -> Vec<String> {
        self.told.clone()
    }
}

/// The filter in words, where a unit is asked for.
pub async fn told(db: &mut Db, asked: Option<i64>) -> Result<Vec<String>, Error> {
    let Some(key) = asked else {
        return Ok(Vec::new());
    };
    let all = departments(db).await?;
    let found = all.iter().find(|each| each.id.0 == key);
    let name = found.map_or("没有这个单位", |each| each.short_name.as_str());
    Ok(vec![said(name)])
}

/// The filter in words, of a unit by its short name, as lists call units.
#[must_use]
pub fn said(unit: &str) -> String {
    format!("单位：{unit}")
}
