//! One's own work, password and session: whoever has an account.

use crate::access::acts::acts;

acts! {
    /// What everybody does with an account of their own.
    Everybody {
        WorkbenchRead = "workbench.read", "查看工作台";
        PasswordChange = "password.change", "修改密码", done "密码已修改，其他设备上的登录已全部退出。", free "the old password is the proof";
        CapacitySwitch = "capacity.switch", "切换身份", done "已切换身份。", free "only how one goes on";
        SignIn = "session.begin", "登录", done "已登录。", free "nobody is known yet";
        SignInRefused = "session.refused", "登录失败", done "登录失败。", free "nobody is known yet";
        SignOut = "session.end", "退出", done "已退出。", free "nothing is decided";
        DraftKeep = "draft.keep", "暂存所填内容", done "已暂存。", free "nobody else reads it, and nothing is decided";
        PhraseRead = "phrase.read", "查看常用语";
        PhraseAdd = "phrase.add", "增加常用语", done "常用语已增加。", free "only one's own words";
        PhraseRemove = "phrase.remove", "删除常用语", done "常用语已删除。", free "only one's own words";
        FormResume = "form.resume", "继续提交", done "已恢复。", free "the kept form has its own";
        HelpRead = "help.read", "查看帮助和通讯录";
    }
}
