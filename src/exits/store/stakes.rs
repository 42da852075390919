//! What would end with an association's part in the campaign: told before anybody
//! decides.

use crate::database::Db;
use crate::plan::rules::State;

/// What is under way for an association.
#[derive(Debug, Clone)]
pub struct Stakes {
    /// The association.
    pub association: i64,
    /// State of its plan.
    pub plan: State,
    /// Number of the reply, which stays on record.
    pub reply: Option<String>,
    /// Items that are resolved and stay so.
    pub resolved: i64,
    /// Items that are not, and lapse.
    pub items: i64,
    /// Prior approvals asked for and not answered.
    pub approvals: i64,
    /// Changes and later dates that wait.
    pub changes: i64,
    /// Conditions of the reply not fulfilled.
    pub conditions: i64,
    /// Notices without answer.
    pub notices: i64,
}

impl Stakes {
    /// How many things are open.
    #[must_use]
    pub const fn open(&self) -> i64 {
        self.items + self.approvals + self.changes + self.conditions + self.notices
    }

    /// In a sentence: the plan's state, and what is open by kind.
    #[must_use]
    pub fn sentence(&self) -> String {
        let kinds = [
            (self.items, "五分离事项"),
            (self.approvals, "待批的前置审批"),
            (self.changes, "待批的变更和延期"),
            (self.conditions, "待落实的批复条件"),
            (self.notices, "待回复的通报"),
        ];
        let open: Vec<String> = kinds
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, label)| format!("{label}{count}项"))
            .collect();
        let state = self.plan.label();
        if open.is_empty() {
            format!("方案当前状态为“{state}”，没有未办结的事项")
        } else {
            format!(
                "方案当前状态为“{state}”，未办结{}项：{}",
                self.open(),
                open.join("、")
            )
        }
    }
}

/// What is under way for these associations: those with a plan that can still end.
pub async fn stakes(db: &mut Db, associations: &[i64]) -> Result<Vec<Stakes>, sqlx::Error> {
    sqlx::query_as!(
        Stakes,
        r#"select p.association_id as association, p.state as "plan: State", p.reply_number as reply,
                  coalesce(i.resolved, 0) as "resolved!", coalesce(i.items, 0) as "items!",
                  (select count(*) from prior_approval q
                   where q.campaign_id = p.campaign_id and q.plan_id = p.id
                     and (q.state in ('requested', 'resting', 'marked') or q.state = 'withdrawn' and q.withdrawal_settled_on is null)) as "approvals!",
                  (select count(*) from plan_change c
                   where c.campaign_id = p.campaign_id and c.plan_id = p.id and c.state = 'pending')
                  + (select count(*) from item_extension x
                     where x.campaign_id = p.campaign_id and x.association_id = p.association_id
                       and x.state = 'asked') as "changes!",
                  (select count(*) from plan_condition c
                   where c.campaign_id = p.campaign_id and c.plan_id = p.id
                     and c.state in ('open', 'reported', 'returned')) as "conditions!",
                  (select count(*) from linked_notice n
                   where n.campaign_id = p.campaign_id and n.association_id = p.association_id
                     and n.answered_on is null and n.closed_on is null) as "notices!"
           from plan p
           left join lateral (
               select count(*) filter (where t.state in ('open', 'in_progress', 'for_signature', 'reported_done', 'returned')) as items,
                      count(*) filter (where t.resolved_on is not null) as resolved
               from item t where t.campaign_id = p.campaign_id and t.association_id = p.association_id) i on true
           where p.campaign_id = $1 and p.association_id = any($2) and p.state not in ('closed', 'terminated')
           order by p.association_id limit 5000"#,
        db.campaign(),
        associations,
    )
    .fetch_all(db.connection())
    .await
}
