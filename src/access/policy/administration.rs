//! Accounts, departments, the audit (domain 2.2, last row).

use crate::access::Role;
use crate::access::acts::acts;

use super::{Decision, ONLY_ADMIN, allow_if};

acts! {
    /// Accounts, departments, the audit.
    Administration {
        AccountList = "account.list", "查看账号";
        AccountCreate = "account.create", "新建账号", done "账号已建立，首次登录须修改密码。", free "there was nothing before";
        AccountChange = "account.change", "修改账号", done "账号已修改。", edit;
        AccountReset = "account.reset", "重置密码", done "密码已重置，原有登录已全部退出。", decision alone "the administrator's own doing";
        DepartmentList = "department.list", "查看单位";
        DepartmentCreate = "department.create", "新增单位", done "单位已新增。", free "there was nothing before";
        DepartmentChange = "department.change", "修改单位", done "单位已修改。", edit;
        AuditRead = "audit.read", "查看审计记录";
        AuditAnchor = "audit.anchor", "重新保存审计链尾", done "已保存。", free "the program's own record";
        AccessRefused = "access.refused", "越权访问被拒绝", done "已拒绝。", free "the program's own record";
    }
}

pub(super) fn administration(role: Role, act: Administration) -> Decision {
    match act {
        Administration::AccountList => allow_if(
            matches!(role, Role::Sysadmin | Role::OfficeLeader),
            ONLY_ADMIN,
        ),
        Administration::DepartmentList => allow_if(
            role == Role::Sysadmin || role.is_office() || role == Role::CivilLeader,
            ONLY_ADMIN,
        ),
        // Domain 2.2, last row: OC, OL, CL, SJ, AD.
        Administration::AuditRead => allow_if(
            role.is_office() || matches!(role, Role::CivilLeader | Role::Audit | Role::Sysadmin),
            "只有脱钩办、登记管理机关负责人、审计机关和系统管理员可以查看审计记录。",
        ),
        // The program's own records.
        Administration::AccessRefused | Administration::AuditAnchor => Decision::Allow,
        Administration::AccountCreate
        | Administration::AccountChange
        | Administration::AccountReset
        | Administration::DepartmentCreate
        | Administration::DepartmentChange => allow_if(role == Role::Sysadmin, ONLY_ADMIN),
    }
}
