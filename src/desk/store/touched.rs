//! What an act touched: whose desks are computed again.

use std::collections::{BTreeMap, BTreeSet};

use crate::database::{Db, Touched};
use crate::figures::store::standing::changed_hands;

/// Associations and units whose desks are computed again.
#[derive(Debug, Default)]
pub struct Renewed {
    /// Associations.
    pub associations: Vec<i64>,
    /// Departments, for what is their own.
    pub units: Vec<i64>,
    /// Those of the associations that the act brought.
    pub born: BTreeSet<i64>,
}

impl Renewed {
    /// Nobody's desk.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.associations.is_empty() && self.units.is_empty()
    }

    /// In pieces, each for a transaction of its own: of a day's roll, which brings nobody.
    pub fn batches(self, size: usize) -> impl Iterator<Item = Self> {
        let associations = self.associations.chunks(size).map(<[i64]>::to_vec);
        let associations: Vec<Self> = associations
            .map(|associations| Self {
                associations,
                ..Self::default()
            })
            .collect();
        let units = self.units.chunks(size).map(<[i64]>::to_vec);
        let units: Vec<Self> = units
            .map(|units| Self {
                units,
                ..Self::default()
            })
            .collect();
        associations.into_iter().chain(units)
    }
}

/// Kinds of facts that change what is a unit's own.
const OF_UNITS: [&str; 9] = [
    // A confirmed one makes its unit's recommendation complete.
    "survey",
    // It joins the list or leaves it: a nil report has nothing to write.
    "association_stage",
    "association_scope",
    "association_unit",
    "correction",
    "objection",
    "recommendation",
    // A list is published: the half does not bind what comes later (FD-1).
    "roster",
    "supervision_order",
];

/// The fact that a list was published: it says with which unit those count who changed hands.
const PUBLISHED: &str = "publication";

/// The associations and units behind records and facts. A state that was moved tells of
/// itself, whatever the act recorded.
pub async fn renewed(db: &mut Db, touched: &Touched) -> Result<Renewed, sqlx::Error> {
    let mut by: BTreeMap<&str, BTreeSet<i64>> = BTreeMap::new();
    for fact in &touched.facts {
        by.entry(fact.kind.as_str()).or_default().insert(fact.id);
    }
    for (kind, id) in &touched.subjects {
        by.entry(kind).or_default().insert(*id);
    }
    let of = |kinds: &[&str]| -> Vec<i64> {
        let ids = kinds.iter().filter_map(|kind| by.get(kind));
        ids.flatten().copied().collect()
    };
    let mut associations = touched.associations.clone();
    associations.extend(of(&[
        "association",
        "association_stage",
        "association_scope",
        "association_unit",
    ]));
    let plans = of(&["plan", "plan_content", "reply"]);
    let (items, surveys) = (of(&["item"]), of(&["survey", "survey_answers"]));
    let dockets = of(&["docket", "docket_answers"]);
    let asked = [&plans, &items, &surveys, &dockets];
    if asked.iter().any(|ids| !ids.is_empty()) {
        associations.extend(of_facts(db, (&plans, &items, &surveys, &dockets)).await?);
    }
    if by.contains_key(PUBLISHED) {
        associations.extend(changed_hands(db).await?);
    }
    let mut units: BTreeSet<i64> = of(&["department"]).into_iter().collect();
    if !dockets.is_empty() {
        units.extend(owners(db, &dockets).await?);
    }
    let associations: Vec<i64> = associations.into_iter().collect();
    if OF_UNITS.iter().any(|kind| by.contains_key(kind)) {
        let behind = Behind {
            recommended: of(&["recommendation"]),
            ordered: of(&["supervision_order"]),
            corrected: of(&["correction"]),
            objected: by.contains_key("objection"),
            published: by.contains_key("roster"),
        };
        units.extend(of_units(db, &associations, &behind).await?);
    }
    Ok(Renewed {
        associations,
        units: units.into_iter().collect(),
        born: touched.born.clone(),
    })
}

async fn of_facts(
    db: &mut Db,
    (plans, items, surveys, dockets): (&[i64], &[i64], &[i64], &[i64]),
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select association_id as "id!" from plan where campaign_id = $1 and id = any($2)
           union select association_id from item where campaign_id = $1 and id = any($3)
           union select association_id from survey where campaign_id = $1 and id = any($4)
           union select association_id from docket
                 where campaign_id = $1 and id = any($5) and association_id is not null"#,
        db.campaign(),
        plans,
        items,
        surveys,
        dockets,
    )
    .fetch_all(db.connection())
    .await
}

/// Whose dockets are that belong to no association.
async fn owners(db: &mut Db, dockets: &[i64]) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        "select distinct department_id from docket
         where campaign_id = $1 and id = any($2) and association_id is null",
        db.campaign(),
        dockets,
    )
    .fetch_all(db.connection())
    .await
}

/// What else than an association has a unit behind it.
struct Behind {
    recommended: Vec<i64>,
    ordered: Vec<i64>,
    corrected: Vec<i64>,
    /// Somebody objects to the published list.
    objected: bool,
    /// A list is published.
    published: bool,
}

/// The units that answer for associations, or did, and those of recommendations, orders and
/// requests to correct what is their own; the office, where somebody objects.
async fn of_units(
    db: &mut Db,
    associations: &[i64],
    behind: &Behind,
) -> Result<Vec<i64>, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select department_id as "id!" from association where campaign_id = $1 and id = any($2)
           union select department_id from association_unit where campaign_id = $1 and association_id = any($2)
           union select department_id from recommendation where campaign_id = $1 and id = any($3)
           union select department_id from supervision_order where campaign_id = $1 and id = any($4)
           union select case_id from correction
                 where campaign_id = $1 and id = any($5) and association_id is null
           union select id from department where campaign_id = $1 and $6 and 'OFFICE' = any(competences)
           union select department_id from recommendation where campaign_id = $1 and $7"#,
        db.campaign(),
        associations,
        &behind.recommended,
        &behind.ordered,
        &behind.corrected,
        behind.objected,
        behind.published,
    )
    .fetch_all(db.connection())
    .await
}
