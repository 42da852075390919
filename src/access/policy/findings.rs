//! What the audit found (domain 10.10, T3-13).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, allow_if};

acts! {
    /// 审计抽查问题 (domain 10.10).
    Findings {
        FundsRead = "funds.read", "查看财政资金使用情况";
        FindingRead = "finding.read", "查看审计抽查问题";
        FindingEnter = "finding.enter", "登记审计问题", done "审计问题已登记，清单已增加整改事项。", free "one more beside the others" alone "the auditor's own finding";
        FindingCorrect = "finding.correct", "更正审计问题", done "审计问题已更正。", edit alone "the auditor's own finding";
        FindingClose = "finding.close", "审计问题销号", done "审计问题已销号。", decision alone "the auditor's own finding";
        FindingWithdraw = "finding.withdraw", "撤销审计问题", done "审计问题已撤销。", decision alone "the auditor's own finding";
    }
}

pub(super) fn findings(actor: &Actor, act: Findings, facts: &Facts) -> Decision {
    let role = actor.role();
    match act {
        // AU-3: the auditor's, and who answers for the money.
        Findings::FundsRead => allow_if(
            role.is_office()
                || matches!(
                    role,
                    Role::Audit | Role::Finance | Role::CivilReg | Role::CivilLeader
                ),
            NOT_FOR_ROLE,
        ),
        // Domain 2.2, row Audit sample and findings.
        Findings::FindingRead => allow_if(
            role.is_office()
                || facts.own_unit(actor)
                || matches!(
                    role,
                    Role::Audit
                        | Role::CivilReg
                        | Role::CivilLeader
                        | Role::Finance
                        | Role::Association
                ),
            NOT_FOR_ROLE,
        ),
        Findings::FindingEnter
        | Findings::FindingCorrect
        | Findings::FindingClose
        | Findings::FindingWithdraw => {
            allow_if(role == Role::Audit, "只有审计局可以登记和销号审计问题。")
        }
    }
}
