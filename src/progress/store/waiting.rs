//! SQL of items that wait for one act in a checklist.

use sqlx::types::Json;

use crate::database::Db;
use crate::ids::{AccountId, AssociationId, DepartmentId};
use crate::progress::rules::{Item, ItemState};
use crate::scheme::Answers;

/// Which items: those of some checklists, or those of some numbers.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// Of these associations, the earliest first.
    Checklists(&'a [i64]),
    /// Of these numbers.
    Ids(&'a [i64]),
}

/// Items in these states, evidence counted; an exemption that is asked for is a state of its
/// own here, since another act answers it.
pub async fn waiting(
    db: &mut Db,
    of: Of<'_>,
    states: &[String],
    most: i64,
) -> Result<Vec<Item>, sqlx::Error> {
    let (checklists, ids) = match of {
        Of::Checklists(associations) => (associations, [].as_slice()),
        Of::Ids(ids) => ([].as_slice(), ids),
    };
    sqlx::query_as!(
        Item,
        r#"select i.id, i.association_id as "association: AssociationId", i.department_id as "department: DepartmentId",
                  i.measure, i.object, i.label, i.track, i.mandatory, i.state as "state: ItemState", i.deadline, i.again_on, i.note,
                  i.facts as "facts: Json<Answers>", i.done_on, i.reported_on, i.reported_by as "reported_by: AccountId", i.resolved_on,
                  i.resolved_by as "resolved_by: AccountId", i.return_reason, i.exemption_law, i.exemption_article,
                  i.exemption_asked_on, i.added_later, i.due_by, i.stood::bigint as "stood!", i.version,
                  (select count(*) from evidence e where e.campaign_id = i.campaign_id and e.item_id = i.id) as "evidence!"
           from item i
           where i.campaign_id = $1 and (i.association_id = any($2) or i.id = any($3))
             and case when i.exemption_asked_on is not null and i.state in ('open', 'in_progress', 'returned')
                      then 'exemption' else i.state end = any($4)
           order by i.deadline, i.association_id, i.id limit $5"#,
        db.campaign(),
        checklists,
        ids,
        states,
        most,
    )
    .fetch_all(db.connection())
    .await
}
