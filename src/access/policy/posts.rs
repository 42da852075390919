//! 任职清理 (scheme 三(四); domain 8, 2.1, 2.2).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, ONLY_CLERK, ONLY_LEADER, ONLY_OFFICE, allow_if};

acts! {
    /// 任职清理 (scheme 三(四); domain 8).
    Posts {
        PostsRead = "posts.read", "查看任职清理台账";
        PostsOverview = "posts.overview", "查看任职清理汇总";
        PostsTake = "posts.take", "下载任职兼职清理台账", done "已记录，文件开始下载。", free "it takes a copy away";
        PostRead = "post.read", "查看任职人员";
        PostsOpen = "posts.open", "建立任职清理台账", done "任职清理台账已按摸底调查建立。", decision alone "made from the confirmed survey";
        PostSave = "post.save", "登记任职人员", done "任职人员已登记。", edit;
        PostClear = "post.clear", "登记清理结果", done "清理结果已登记。", edit;
        PostAsk = "post.ask", "报请审批或备案", done "已报请组织、人社部门审批或备案。", decision after [PostSave, PostClear];
        PostDecide = "post.decide", "出具任职审批或备案意见", done "审批或备案意见已登记。", decision after [PostSave, PostAsk];
        PostsDeclare = "posts.declare", "报送任职清理台账", done "任职清理台账已报送脱钩办。", decision after [PostSave, PostClear];
        PostsReturn = "posts.return", "退回任职清理台账", done "任职清理台账已退回补正。", decision alone "sends back, decides nothing";
    }
}

pub(super) fn posts(actor: &Actor, act: Posts, facts: &Facts) -> Decision {
    let role = actor.role();
    let own = facts.own_unit(actor);
    match act {
        // The page itself: who may not read persons sees counts on it.
        Posts::PostsRead => allow_if(
            !matches!(role, Role::Sysadmin | Role::Superior),
            NOT_FOR_ROLE,
        ),
        Posts::PostsOverview => allow_if(
            !matches!(role, Role::Sysadmin | Role::Superior | Role::Association),
            NOT_FOR_ROLE,
        ),
        // Whom the list of people shows names (domain 2.1): all of them, or the own unit's.
        Posts::PostsTake => allow_if(
            role.reads_persons() || role.is_unit(),
            "任职兼职清理台账载有个人信息，只有业务主管单位、脱钩办、组织部、人社局、编办和民政局可以下载。",
        ),
        // Domain 2.1: a person with name and dates.
        Posts::PostRead => allow_if(
            role.reads_persons() || own || role == Role::Association,
            "任职人员的个人信息只有该协会及其业务主管单位、脱钩办、组织部、人社局、编办和民政局可以查看。",
        ),
        Posts::PostsOpen | Posts::PostSave | Posts::PostClear => {
            allow_if(role == Role::UnitClerk && own, ONLY_CLERK)
        }
        Posts::PostAsk | Posts::PostsDeclare => {
            allow_if(role == Role::UnitLeader && own, ONLY_LEADER)
        }
        // Domain 2.2: ZZ and RS give verdicts on persons.
        Posts::PostDecide => allow_if(
            matches!(role, Role::OrgDept | Role::Hrss),
            "只有组织部和人社局可以出具任职审批或备案意见。",
        ),
        Posts::PostsReturn => allow_if(role.is_office(), ONLY_OFFICE),
    }
}
