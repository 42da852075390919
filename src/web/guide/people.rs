//! Accounts, departments, parameters, and what is kept of all that is done.

use crate::paths::{accounts, imports, phrases, posts, settings};

super::guide! {
    accounts::PASSWORD, PasswordChange, "修改密码", "coordination",
        "修改自己的登录密码；修改后其他设备上的登录全部退出。",
        "本人修改；忘记密码的请系统管理员重置。";
    phrases::PHRASES, PhraseRead, "常用语", "coordination",
        "保存自己写意见时常用的句子，在意见栏旁选用。",
        "本人增加和删除，别人看不到。";
    accounts::CAPACITY, CapacitySwitch, "切换身份", "coordination",
        "一人有多个身份的，选用其中一个办理。",
        "本人切换；办理记录写明当时的身份。";
    accounts::RESUMPTION, FormResume, "继续提交", "coordination",
        "登录过期前填写、尚未提交的内容，核对后继续提交。",
        "本人核对和提交。";
    accounts::ACCOUNTS, AccountList, "账号", "coordination",
        "谁有账号、有哪些身份、是否停用。",
        "系统管理员维护，脱钩办负责人查看。";
    accounts::NEW_ACCOUNT, AccountCreate, "新建账号", "coordination",
        "开立账号并给予身份；初始密码当面或者密封交给本人。",
        "系统管理员办理。";
    accounts::ACCOUNT, AccountChange, "账号", "coordination",
        "修改姓名和身份，停用账号，重置密码。",
        "系统管理员办理。";
    accounts::DEPARTMENTS, DepartmentList, "单位", "unit",
        "参加脱钩工作的职能部门和业务主管单位。",
        "系统管理员维护，脱钩办和民政局负责人查看。";
    imports::UNITS, UnitsImport, "导入单位和账号", "unit",
        "把各单位和办理人员的名单一次导入，为每人生成一次性密码。",
        "系统管理员导入，打印初始密码密封交给本人。";
    imports::SLIPS, ImportRead, "初始密码", "unit",
        "导入时新建的账号的初始密码，每人一条，打印后裁开。",
        "导入的系统管理员本人；7天后不能再打印。";
    accounts::NEW_DEPARTMENT, DepartmentCreate, "新增单位", "unit",
        "新增业务主管单位；方案列明的职能部门已在系统中。",
        "系统管理员办理。";
    accounts::DEPARTMENT, DepartmentChange, "单位", "unit",
        "修改单位名称等信息；已发布的名单保留发布时的名称。",
        "系统管理员办理，写明依据。";
    accounts::AUDIT, AuditRead, "审计记录", "supervision",
        "每一次办理、登录和被拒绝的访问，只增不改，逐条相连；个人信息的下载、调阅连同事由可以单独列出。",
        "脱钩办、民政局负责人和审计机关查阅，系统管理员校验。";
    settings::SETTINGS, SettingsRead, "参数设置", "phases",
        "方案规定的日期、期限和界限，以及工作日历。",
        "脱钩办负责人修改，自生效日期起执行；各单位查看。";
    settings::PARAMETER, SettingsRead, "参数", "phases",
        "一个参数的现行值、依据和历次修改。",
        "脱钩办负责人修改，写明依据和生效日期。";
    settings::SNAPSHOT, SettingsRead, "参数各版", "phases",
        "某一版参数的全部取值；办理历史注明的版本在这里查。",
        "各单位查阅。";
    posts::AFFECTED, SettingsRead, "受影响的人员", "personnel",
        "参数修改前后结论不同的任职、兼职人员。",
        "脱钩办修改参数前核对；已办理的按办理时的规定，不变。";
    settings::DELEGATIONS, DelegationRead, "代行", "coordination",
        "负责人外出等期间由谁代行，起止日期。",
        "负责人委托和结束；代行人不得办理自己起草、报送的事项。";
    settings::NEW_DELEGATION, DelegationCreate, "委托代行", "coordination",
        "委托本单位其他人员在一段日期内代行。",
        "单位负责人、脱钩办负责人委托。";
}
