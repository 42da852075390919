//! A unit's plans that wait for the unit itself, for its workbench.

use chrono::NaiveDate;

use crate::database::Db;
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::rules::State;

/// Most rows of a list.
const ROWS: i64 = 50;

/// A plan in its unit's hands.
#[derive(Debug, Clone)]
pub struct InHand {
    /// Its key.
    pub id: i64,
    /// The association.
    pub association: AssociationId,
    /// Its name.
    pub name: String,
    /// Short name of the responsible unit.
    pub unit: String,
    /// Its state: to write, to mend, or to begin.
    pub state: State,
    /// The date of the reply, where there is one.
    pub replied_on: Option<NaiveDate>,
}

/// A unit's plans to write, to mend and to begin.
pub async fn of_unit(db: &mut Db, unit: DepartmentId) -> Result<Vec<InHand>, sqlx::Error> {
    sqlx::query_as!(
        InHand,
        r#"select p.id, p.association_id as "association: AssociationId", a.name, d.short_name as unit,
                  p.state as "state: State", p.replied_on
           from plan p
           join association a on a.campaign_id = p.campaign_id and a.id = p.association_id
           join department d on d.campaign_id = a.campaign_id and d.id = a.department_id
           where p.campaign_id = $1 and a.department_id = $2 and p.state in ('draft', 'returned', 'approved')
             and p.suspended_on is null
           order by p.state desc, p.id limit $3"#,
        db.campaign(),
        unit.0,
        ROWS,
    )
    .fetch_all(db.connection())
    .await
}
