//! Units by all the names that lists have for them.

use std::collections::{BTreeMap, HashMap};

use crate::accounts::store::names::known;
use crate::accounts::store::{Department, departments};
use crate::database::Db;
use crate::ids::DepartmentId;
use crate::registry::names;

/// The units of the district.
#[derive(Default)]
pub struct Units {
    all: Vec<Department>,
    named: HashMap<String, DepartmentId>,
    said: BTreeMap<String, i64>,
}

/// Which unit a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meant {
    /// This one.
    Unit(DepartmentId),
    /// Whoever brings it leaves it out.
    LeftOut,
    /// Nobody knows yet.
    Unknown,
}

impl Units {
    /// All units under their names, short names, former names, and their names without the
    /// region; `said` is what was answered before of other names, by their normal form.
    pub async fn load(
        db: &mut Db,
        region: &str,
        said: BTreeMap<String, i64>,
    ) -> Result<Self, sqlx::Error> {
        let all = departments(db).await?;
        let known = known(db).await?;
        let mut named = HashMap::new();
        for (id, name) in known {
            named.insert(names::key(&name), DepartmentId(id));
        }
        for unit in &all {
            let bare = names::short(&unit.name, region);
            for name in [&*unit.short_name, bare, &*unit.name] {
                named.insert(names::key(name), unit.id);
            }
        }
        Ok(Self { all, named, said })
    }

    /// Which unit a name means.
    #[must_use]
    pub fn meant(&self, name: &str) -> Meant {
        let key = names::key(name);
        match self.said.get(&key) {
            Some(0) => Meant::LeftOut,
            Some(id) => Meant::Unit(DepartmentId(*id)),
            None => self
                .named
                .get(&key)
                .map_or(Meant::Unknown, |id| Meant::Unit(*id)),
        }
    }

    /// The unit of a number.
    #[must_use]
    pub fn of(&self, id: DepartmentId) -> Option<&Department> {
        self.all.iter().find(|unit| unit.id == id)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Department] {
        &self.all
    }

    /// Those that supervise associations.
    pub fn supervising(&self) -> impl Iterator<Item = &Department> {
        self.all.iter().filter(|unit| unit.supervises)
    }

    /// The supervising unit that a text names, where it names one: the name of a sheet.
    #[must_use]
    pub fn like(&self, text: &str) -> Option<DepartmentId> {
        match self.meant(text) {
            Meant::Unit(id) => Some(id),
            Meant::LeftOut | Meant::Unknown => None,
        }
    }
}
