//! Spreadsheets that come in: what somebody uploads is theirs alone until it is entered.

use crate::access::Role;
use crate::access::acts::acts;

use super::{Decision, allow_if};

acts! {
    /// 表格导入.
    Imports {
        RegistryImport = "association.import", "导入协会台账", done "文件已上传，核对结果如下。", free "nothing is entered yet";
        UnitsImport = "department.import", "导入单位和账号", done "文件已上传，核对结果如下。", free "nothing is entered yet";
        SurveyImport = "survey.import", "导入摸底调查", done "文件已上传，核对结果如下。", free "nothing is entered yet";
        PeopleImport = "people.import", "导入人员登记表", done "文件已上传，核对结果如下。", free "nothing is entered yet";
        SurveyTake = "survey.take", "下载填好的摸底调查表", done "已记录，文件开始下载。", free "it takes a copy away";
        PeopleTake = "people.take", "下载填好的人员登记表", done "已记录，文件开始下载。", free "it takes a copy away";
        ImportRead = "import.read", "查看导入";
        ImportAnswer = "import.answer", "答复导入时的问题", done "已按您的答复重新核对。", edit;
        ImportEnter = "import.enter", "确认导入", done "导入已受理，结果如下。", decision alone "what was read is shown whole; each room asks who signs what was entered";
        ImportDiscard = "import.discard", "放弃导入", done "已放弃，上传的文件已删除。", edit;
    }
}

pub(super) fn imports(role: Role, act: Imports) -> Decision {
    let register = matches!(
        role,
        Role::CivilReg | Role::OfficeClerk | Role::OfficeLeader | Role::UnitClerk
    );
    match act {
        Imports::RegistryImport => allow_if(
            register,
            "只有登记管理机关、脱钩办和业务主管单位经办人可以导入协会台账。",
        ),
        Imports::UnitsImport => {
            allow_if(role == Role::Sysadmin, "只有系统管理员可以导入单位和账号。")
        }
        Imports::SurveyImport
        | Imports::PeopleImport
        | Imports::SurveyTake
        | Imports::PeopleTake => allow_if(
            role == Role::UnitClerk,
            "只有业务主管单位经办人可以导入本单位的表格。",
        ),
        Imports::ImportRead
        | Imports::ImportAnswer
        | Imports::ImportEnter
        | Imports::ImportDiscard => allow_if(
            register || role == Role::Sysadmin,
            "只有可以导入表格的人可以查看。",
        ),
    }
}
