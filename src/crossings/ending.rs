//! What ends with an association's part in the campaign: its plan, what is open of
//! it, and the items that are not resolved, in the transaction of the act that
//! ends it (an exit, or a withdrawal from the list).

use crate::access::Act;
use crate::audit::Record;
use crate::database::Write;
use crate::ids::{AssociationId, DepartmentId};
use crate::plan::acts::{Ended, terminate_in};
use crate::progress::acts::ending::lapse_in;
use crate::progress::store::extensions;
use crate::progress::{counters, store as items};

/// Whose part ends, by which act, in which words.
pub(super) struct Ending<'a> {
    /// The association and its responsible unit.
    pub of: (AssociationId, DepartmentId),
    /// The act.
    pub act: Act,
    /// Why, for what was open of the plan.
    pub reason: &'a str,
}

/// What was ended.
pub(super) struct Closed {
    plan: Option<Ended>,
    /// Items that lapsed.
    pub lapsed: usize,
}

impl Ending<'_> {
    /// Ends it all; `why` says for each item's object why it lapses.
    pub async fn end_in(
        &self,
        write: &mut Write,
        why: impl Fn(&str) -> String,
    ) -> Result<Closed, sqlx::Error> {
        let (association, unit) = self.of;
        let plan = terminate_in(write, (association, self.act), self.reason).await?;
        let hand = (self.reason, write.by(), write.today());
        extensions::lapse(write, association, hand).await?;
        let open = items::unresolved(write, association).await?;
        let reasons: Vec<(i64, String)> = open
            .into_iter()
            .map(|(id, object)| (id, why(&object)))
            .collect();
        lapse_in(write, self.act, association, &reasons).await?;
        counters::recount(write, (association, unit)).await?;
        Ok(Closed {
            plan,
            lapsed: reasons.len(),
        })
    }

    /// The plan's line in the case file, if there was a plan.
    pub fn record(&self, closed: &Closed, sentence: &str) -> Option<Record> {
        closed.plan.map(|ended| {
            let also = if ended.closed > 0 {
                format!("，未办结的审批、变更、条件、通报{}项一并终止", ended.closed)
            } else {
                String::new()
            };
            Record::new(self.act, "plan", ended.plan, format!("{sentence}{also}"))
                .in_file_of(self.of.0)
                .changed("state", ended.before.key(), "terminated")
        })
    }
}
