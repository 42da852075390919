//! What of a separation stands open beside the items of its checklist.

use crate::database::Db;
use crate::ids::AssociationId;

/// How many ties stand, notices nobody signed for, and conditions of the reply are open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ends {
    /// Ties to organs.
    pub ties: i64,
    /// Notices to linked departments.
    pub notices: i64,
    /// Conditions of the reply.
    pub conditions: i64,
}

impl Ends {
    /// Nothing stands open.
    #[must_use]
    pub const fn none(self) -> bool {
        self.ties + self.notices + self.conditions == 0
    }
}

/// What stands open of an association.
pub async fn ends(db: &mut Db, association: AssociationId) -> Result<Ends, sqlx::Error> {
    sqlx::query_as!(
        Ends,
        r#"select (select count(*) from tie t
                   where t.campaign_id = $1 and t.association_id = $2 and t.ended_on is null) as "ties!",
                  (select count(*) from linked_notice n
                   where n.campaign_id = $1 and n.association_id = $2
                     and n.read_on is null and n.closed_on is null) as "notices!",
                  (select count(*) from plan_condition c
                   where c.campaign_id = $1 and c.association_id = $2
                     and c.state in ('open', 'reported', 'returned')) as "conditions!""#,
        db.campaign(),
        association.0,
    )
    .fetch_one(db.connection())
    .await
}
