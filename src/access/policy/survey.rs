//! 摸底调查 (scheme 四·1·1; domain 4).

use crate::access::acts::acts;
use crate::access::facts::Facts;
use crate::access::{Actor, Role};

use super::{Decision, ONLY_CLERK, ONLY_LEADER, ONLY_OFFICE, allow_if, decided_by_office};

acts! {
    /// 摸底调查 (scheme 四·1·1; domain 4).
    Survey {
        SurveyList = "survey.list", "查看摸底调查汇总表";
        SurveyRead = "survey.read", "查看摸底调查";
        SurveySave = "survey.save", "填写摸底调查", done "本部分已保存。", edit;
        SurveyExplain = "survey.explain", "说明提醒事项", done "说明已保存。", edit;
        SurveyPass = "survey.pass", "送单位负责人签发", done "摸底调查已送单位负责人签发。", decision alone "hands on, decides nothing";
        SurveyBack = "survey.back", "退回修改", done "摸底调查已退回经办人修改。", decision alone "gives back, decides nothing";
        SurveySubmit = "survey.submit", "报送摸底调查", done "摸底调查已报送脱钩办。", decision after [SurveySave, SurveyExplain, SurveyPass];
        SurveyTakeBack = "survey.take_back", "取回摸底调查", done "摸底调查已取回，可以修改后重新报送。", decision alone "takes back the unit's own";
        SurveyMark = "survey.mark", "审查摸底调查", done "审查意见已保存，退回时一并告知业务主管单位。", decision alone "keeps the office's own notes, decides nothing";
        SurveyReturn = "survey.return", "退回摸底调查", done "摸底调查已退回业务主管单位补正。", decision alone "sends back, decides nothing";
        SurveyConfirm = "survey.confirm", "确认摸底调查", done "摸底调查已确认。", decision after [SurveySave, SurveyExplain, SurveyPass, SurveySubmit];
        SurveyReopen = "survey.reopen", "重新开启摸底调查", done "已开启新一版摸底调查。", decision alone "the head's own initiative";
        NilReport = "nil.report", "零报告", done "零报告已报送脱钩办。", decision alone "says that there is none";
    }
}

pub(super) fn survey(actor: &Actor, act: Survey, facts: &Facts) -> Decision {
    let role = actor.role();
    match act {
        // An association has its own survey; what stands beside others is the departments'.
        Survey::SurveyList => allow_if(
            role.is_unit() || role.reads_all(),
            "摸底调查汇总表由业务主管单位和有关部门使用；本协会的摸底情况请在摸底调查页面查看。",
        ),
        // The association may fill in its own draft (domain 4).
        Survey::SurveySave => allow_if(
            role == Role::Association || (role == Role::UnitClerk && facts.own_unit(actor)),
            ONLY_CLERK,
        ),
        Survey::SurveyExplain | Survey::SurveyPass => {
            allow_if(role == Role::UnitClerk && facts.own_unit(actor), ONLY_CLERK)
        }
        Survey::SurveyBack | Survey::SurveySubmit | Survey::SurveyTakeBack => allow_if(
            role == Role::UnitLeader && facts.own_unit(actor),
            ONLY_LEADER,
        ),
        Survey::SurveyMark | Survey::SurveyReturn => allow_if(role.is_office(), ONLY_OFFICE),
        Survey::SurveyConfirm | Survey::SurveyReopen => decided_by_office(actor, facts),
        Survey::NilReport => allow_if(
            role == Role::UnitLeader,
            "只有业务主管单位负责人可以报送零报告。",
        ),
        Survey::SurveyRead => Decision::Allow,
    }
}
