//! Whose rows a list that leaves as a file has: those that a person may see, and of these
//! the ones of the unit that the address asks for.

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
    told: Option<String>,
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
        let told = match asked {
            Some(key) => Some(name(db, key).await?),
            None => None,
        };
        Ok(Self { unit, told })
    }

    /// The filter in words.
    #[must_use]
    pub fn filters(&self) -> Vec<String> {
        let told = self.told.iter();
        told.map(|name| format!("单位：{name}")).collect()
    }
}

/// What a department is called.
async fn name(db: &mut Db, key: i64) -> Result<String, sqlx::Error> {
    let all = departments(db).await?;
    let found = all.into_iter().find(|each| each.id.0 == key);
    Ok(found.map_or_else(|| "没有这个单位".to_owned(), |each| each.name))
}
