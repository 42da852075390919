//! 办件 (domain 10): what is drafted, signed and passed on beside the plans. Who does what in
//! which process is the scheme's to say (`processes.toml`); `facts::dockets` has read it.

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, NOT_FOR_ROLE, allow_if};

acts! {
    /// 办件 (domain 10).
    Dockets {
        DocketList = "docket.list", "查看办件";
        DocketRead = "docket.read", "查看办件内容";
        DocketBegin = "docket.begin", "登记办件", done "已登记。", free "one more beside the others" alone "begins, decides nothing";
        DocketOpen = "docket.open", "产生办件", done "已产生。", free "what another act, or the day, brings" alone "the program's own";
        DocketSave = "docket.save", "修改办件", done "已保存。", edit;
        DocketAttach = "docket.attach", "上传附件", done "附件已上传。", decision alone "adds what is to be read, decides nothing";
        DocketTake = "docket.take", "开始办理", done "已开始办理。", decision alone "begins to work, decides nothing";
        DocketRaise = "docket.raise", "提为重大问题", done "已提为重大问题，由单位负责人提请脱钩办研究。", decision alone "hands on, decides nothing";
        DocketAdvise = "docket.advise", "提出意见", done "意见已提出。", free "one more opinion beside the others" alone "says an opinion, decides nothing";
        DocketSend = "docket.send", "报送办件", done "已办理。", decision alone "passes on what the department itself wrote";
        DocketSign = "docket.sign", "签发办件", done "已签发并报送。", decision after [DocketBegin, DocketSave, DocketAttach];
        DocketAssign = "docket.assign", "交办", done "已交办。", decision alone "hands on, decides nothing";
        DocketAnswer = "docket.answer", "反馈办理情况", done "已反馈。", decision alone "the department that was asked says its own";
        DocketDecide = "docket.decide", "作出研究意见", done "研究意见已作出，转有关单位落实。", decision after [DocketBegin, DocketSave, DocketAnswer];
        DocketFinish = "docket.finish", "报告办理完成", done "已报告办理完成。", decision alone "reports one's own work";
        DocketAccept = "docket.accept", "接收或者审定办件", done "已办理。", decision after [DocketBegin, DocketSave, DocketSend, DocketSign];
        DocketClose = "docket.close", "核实销号", done "已核实办结。", decision after [DocketTake, DocketFinish];
        DocketReturn = "docket.return", "退回办件", done "已退回。", decision alone "sends back, decides nothing";
        DocketWithdraw = "docket.withdraw", "撤销办件", done "已撤销，内容仍可查阅。", decision alone "takes back, with its reason";
        DocketRevise = "docket.revise", "更正办件", done "已开始编制下一版，原版保留。", decision alone "begins the next edition, decides nothing";
        DocketLapse = "docket.lapse", "事项办结，自行销号", done "已自行销号。", decision alone "the program's own: the matter is done";
    }
}

pub(super) fn dockets(actor: &Actor, act: Dockets, facts: &Facts) -> Decision {
    if act == Dockets::DocketList {
        let reads = !matches!(actor.role(), Role::Sysadmin | Role::Superior);
        return allow_if(reads, NOT_FOR_ROLE);
    }
    let Some(docket) = &facts.docket else {
        return Decision::Deny(NOT_FOR_ROLE);
    };
    if !docket.reads {
        return Decision::Hide;
    }
    let may = act == Dockets::DocketRead || docket.may.contains(&act.into());
    allow_if(
        may,
        "该办件由其他单位或者其他岗位办理，您当前的身份只能查看。",
    )
}
