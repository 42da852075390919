//! How each kind of signature is walked.

use tuogou::signatures::rules::Kind;

/// How a kind is walked: which case, what is changed of it in the projection and beside
/// it, in which state it is then, and on whose desk.
pub struct Walk {
    /// The kind.
    pub kind: Kind,
    /// Which of the signatures that stand; `s` is the signature.
    pub which: &'static str,
    /// Changes what was agreed to of the case `$1`.
    pub change: &'static str,
    /// Changes something else.
    pub beside: &'static str,
    /// The state of the case `$1`.
    pub state: &'static str,
    /// Whether it lies on the right desk, of the case `$1`.
    pub desk: &'static str,
}

const PLAIN: &str = "true";

/// One walk for each kind.
pub const WALKS: [Walk; 15] = [
    Walk {
        kind: Kind::SurveySign,
        which: "exists (select from survey v where v.id = s.case_id and v.state = 'submitted')",
        change: "update survey set answers = answers || '{\"SV-70-1\": 77}' where id = $1",
        beside: "update survey set section_versions = section_versions || '{\"party\": 9}' where id = $1",
        state: "select state from survey where id = $1",
        desk: "select exists (select from desk where kind = 'survey' and case_id = $1 and role in ('unit_clerk', 'unit_leader'))",
    },
    Walk {
        kind: Kind::SurveyConfirm,
        which: PLAIN,
        change: "update survey set answers = answers || '{\"SV-70-1\": 77}' where id = $1",
        beside: "update survey set section_versions = section_versions || '{\"party\": 9}' where id = $1",
        state: "select state from survey where id = $1",
        desk: "select exists (select from desk where kind = 'survey' and case_id = $1 and role in ('unit_clerk', 'unit_leader'))",
    },
    Walk {
        kind: Kind::Approval,
        which: "s.part like 'PA-9/%' and exists (select from plan p where p.association_id = s.association_id
                  and p.state = 'returned')",
        change: "update survey v set answers = answers || '{\"SV-70-1\": 77}' from prior_approval q, plan p
                 where q.id = $1 and p.id = q.plan_id and v.id = p.survey_id",
        beside: "update plan p set content = content || '{\"PL-8-5\": \"孙某\", \"PL-8-3\": \"joint\"}' from prior_approval q
                 where q.id = $1 and p.id = q.plan_id and p.state in ('returned', 'draft')",
        state: "select state from prior_approval where id = $1",
        desk: "select exists (select from desk where kind = 'approval' and case_id = $1 and act in ('approval.request', 'approval.mark'))",
    },
    Walk {
        kind: Kind::PlanSign,
        which: "exists (select from plan p where p.id = s.case_id and p.suspended_on is null)",
        change: "update plan set content = content || '{\"PL-8-5\": \"孙某某\"}' where id = $1",
        beside: "update plan set checked_at = now() where id = $1",
        state: "select state from plan where id = $1",
        desk: "select exists (select from desk where kind = 'plan' and case_id = $1 and role = 'unit_clerk')",
    },
    Walk {
        kind: Kind::Reply,
        which: "exists (select from plan p where p.id = s.case_id and p.state = 'implementing' and p.suspended_on is null)",
        change: "update plan set conditions = conditions || '另一条件'::text where id = $1",
        beside: "update plan set suspended_reason = suspended_reason, checked_at = now() where id = $1",
        state: "select 'held' where exists (select from plan where id = $1)",
        desk: "select true",
    },
    Walk {
        kind: Kind::Condition,
        which: PLAIN,
        change: "update plan_condition set note = note || '（更正）' where id = $1",
        beside: "update plan_condition set return_reason = '曾退回' where id = $1",
        state: "select state from plan_condition where id = $1",
        desk: "select exists (select from desk where kind = 'condition' and case_id = $1 and role = 'office_clerk')",
    },
    Walk {
        kind: Kind::Post,
        which: "exists (select from post_holder h where h.id = s.case_id and h.resigned_on is null)",
        change: "update post_holder set name = '另一人', birth = '1950-03-04' where id = $1",
        beside: "update post_holder set notes = '已电话核对', resign_by = '2018-12-20' where id = $1",
        state: "select coalesce(approval_kind, 'ask') from post_holder where id = $1",
        desk: "select exists (select from desk where kind = 'post' and case_id = $1 and act = 'post.ask')",
    },
    Walk {
        kind: Kind::HoldingSign,
        which: "exists (select from holding h where h.id = s.case_id and h.state = 'submitted')",
        change: "update holding set facts = facts || '{\"difference\": \"另有说明\"}' where id = $1",
        beside: "update holding set return_reason = '曾退回' where id = $1",
        state: "select state from holding where id = $1",
        desk: "select exists (select from desk where kind = 'holding' and case_id = $1 and role = 'unit_clerk')",
    },
    Walk {
        kind: Kind::Holding,
        which: "s.carried or s.act <> ''",
        change: "update holding set facts = facts || '{\"difference\": \"另有说明\"}' where id = $1",
        beside: "update holding set decision_note = '补记' where id = $1",
        state: "select state from holding where id = $1",
        desk: "select exists (select from desk where kind = 'holding' and case_id = $1 and role = 'unit_clerk')",
    },
    Walk {
        kind: Kind::ItemVerify,
        which: "exists (select from item i join plan p on p.association_id = i.association_id
                  where i.id = s.case_id and i.state = 'verified' and p.state = 'implementing' and p.suspended_on is null)",
        change: "update item set done_on = done_on - 1, note = note || '（更正）' where id = $1",
        beside: "update item set deadline = deadline + 1 where id = $1",
        state: "select state from item where id = $1",
        desk: "select exists (select from desk d join item i on i.id = $1 and i.association_id = d.association_id
                              where d.kind = 'item' and d.act = 'item.verify')",
    },
    Walk {
        kind: Kind::ItemAccept,
        which: "exists (select from evidence v where v.item_id = s.case_id)",
        change: "update evidence set document_number = '另一文号' where item_id = $1 and not after_verification",
        beside: "update item set deadline = deadline + 1 where id = $1",
        state: "select state from item where id = $1",
        desk: "select exists (select from desk d join item i on i.id = $1 and i.association_id = d.association_id
                              where d.kind = 'item' and d.act = 'item.verify')",
    },
    Walk {
        kind: Kind::ItemExempt,
        which: PLAIN,
        change: "update item set exemption_article = '第九十九条' where id = $1",
        beside: "update item set deadline = deadline + 1 where id = $1",
        state: "select state from item where id = $1",
        desk: "select exists (select from desk d join item i on i.id = $1 and i.association_id = d.association_id
                              where d.kind = 'item' and d.act = 'item.exempt')",
    },
    Walk {
        kind: Kind::Workgroup,
        which: "s.part = 'group'",
        change: "update workgroup set leader = '另一组长' where department_id = $1",
        beside: "update workgroup set unreported = true where department_id = $1",
        state: "select case when read_on is null then 'reported' else 'read' end from workgroup_part
                where department_id = $1 and part = 'group'",
        desk: "select exists (select from desk where kind = 'group' and case_id = $1 and act = 'workgroup.note')",
    },
    Walk {
        kind: Kind::OrderSign,
        which: PLAIN,
        change: "update supervision_order set demand = demand || '另须说明原因。' where id = $1",
        beside: "update supervision_order set opinion = '补记' where id = $1",
        state: "select state from supervision_order where id = $1",
        desk: "select exists (select from desk where kind = 'supervision_order' and case_id = $1 and act = 'order.sign')",
    },
    Walk {
        kind: Kind::OrderClose,
        which: PLAIN,
        change: "update supervision_order set answer = '另一办理情况' where id = $1",
        beside: "update supervision_order set opinion = '补记' where id = $1",
        state: "select state from supervision_order where id = $1",
        desk: "select exists (select from desk where kind = 'supervision_order' and case_id = $1 and act = 'order.close')",
    },
];

/// A case of a kind that the demonstration does not have: made by hand, and carried over
/// by the start.
pub const MADE: [(Kind, &str); 5] = [
    (
        Kind::ItemAccept,
        "update item set state = 'accepted'
         where id = (select i.id from item i join plan p on p.association_id = i.association_id
                     where i.state = 'verified' and p.state = 'implementing' and p.suspended_on is null
                       and exists (select from evidence e where e.item_id = i.id and not e.after_verification)
                     order by i.id limit 1)",
    ),
    (
        Kind::ItemExempt,
        "update item set state = 'exempted', resolved_on = '2018-11-20', exemption_law = '会计法', exemption_article = '第二条',
             exemption_asked_on = '2018-11-19'
         where id = (select i.id from item i join plan p on p.association_id = i.association_id
                     where i.state in ('open', 'in_progress') and i.mandatory and p.state = 'implementing'
                       and p.suspended_on is null order by i.id limit 1)",
    ),
    (
        Kind::OrderClose,
        "update supervision_order set state = 'closed', closed_on = '2018-11-21', closer = '负责人', answer = '已办结'
         where id = (select max(id) from supervision_order where number is not null)",
    ),
    (
        Kind::Workgroup,
        "update workgroup_part set read_on = reported_on where reported_on is not null and part = 'group'",
    ),
    (
        Kind::HoldingSign,
        "update holding set state = 'submitted', submitted_on = '2018-11-20', decided_on = null, decided_by = null
         where id = (select h.id from holding h join association a on a.id = h.association_id and a.exited_on is null
                     where h.register in ('asset', 'room', 'appropriation') order by h.state desc, h.id limit 1)",
    ),
];
