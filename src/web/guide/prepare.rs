//! The first phase: work groups, the survey, the list.

use crate::paths::{exits, imports, roster, survey, workgroups};

super::guide! {
    workgroups::WORKGROUPS, WorkgroupRead, "工作组", "workgroup",
        "各业务主管单位成立工作组、明确专职工作人员、排出时间表、制定风险预案的情况。",
        "业务主管单位填写报送，脱钩办阅知。";
    workgroups::WORKGROUP, WorkgroupRead, "脱钩改革工作组", "workgroup" signed,
        "一个单位的工作组、专职工作人员、时间表和风险预案。",
        "经办人填写，单位负责人报送，脱钩办阅知或者退回。";
    workgroups::FORM, WorkgroupSave, "填写工作组材料", "workgroup" signed,
        "填写工作组成员、专职工作人员及联系电话、时间表和风险预案。",
        "业务主管单位经办人填写；填写完整的部分可以先行报送。";
    survey::SURVEY, SurveyRead, "摸底调查", "survey",
        "看八个部分填到哪里，核对提醒，报送、退回和确认。",
        "经办人填写（协会协助），单位负责人报送，脱钩办核查确认。";
    survey::ANSWERS, SurveyRead, "摸底调查表", "survey" signed,
        "摸底调查的全部内容，可以打印签字盖章存档。",
        "各有权查看的单位查阅。";
    survey::DIFFERENCE, SurveyRead, "摸底调查各版比较", "survey",
        "逐项列出两版摸底调查不同的地方。",
        "各有权查看的单位查阅。";
    survey::SECTION, SurveySave, "填写摸底调查", "survey" signed,
        "填写一个部分；没有的项目勾选“无”，有疑问的提醒要写明情况。",
        "经办人填写，协会可以协助填写本协会的。";
    survey::RETURN, SurveyReturn, "审查摸底调查", "survey",
        "逐部分核对填报内容，在需要补正的项目旁写意见，无意见的部分勾选通过；随看随存，退回时一并告知。",
        "脱钩办审查和退回，负责人确认；退回后经办人在首页和该项目旁看到意见。";
    imports::SURVEYS, SurveyImport, "导入摸底调查", "survey",
        "用表格一次填写本单位各协会的摸底调查，每个协会一行；空白不改动原有内容。",
        "业务主管单位经办人导入，仍由单位负责人核对报送。";
    imports::PEOPLE, PeopleImport, "导入人员登记表", "survey",
        "用表格一次填写摸底调查的人员登记表，每人一行。",
        "业务主管单位经办人导入，仍由单位负责人核对报送。";
    imports::SURVEYS_TEMPLATE, SurveyImport, "摸底调查导入表", "survey",
        "本单位各协会摸底调查的工作簿，已填入系统中的内容，含银行账号等信息。",
        "业务主管单位经办人写明事由后下载，离线填写，再导入。";
    imports::PEOPLE_TEMPLATE, PeopleImport, "人员登记表导入表", "survey",
        "本单位各协会人员登记表的工作簿，已填入系统中的内容，含人员的个人信息。",
        "业务主管单位经办人写明事由后下载，离线填写，再导入。";
    survey::NIL_REPORTS, NilReport, "摸底调查零报告", "survey",
        "没有纳入脱钩范围的行业协会商会的单位零报告。",
        "业务主管单位负责人报送。";
    roster::ROSTER, RosterRead, "脱钩名单", "roster" signed,
        "各单位应报、已报和审定情况，以及已发布的名单和历次调整。",
        "业务主管单位推荐，脱钩办负责人审定发布。";
    roster::RECOMMENDATIONS, RosterRead, "推荐名单", "roster" signed,
        "选出本单位参加本次脱钩的协会；仅有1个或者涉及财政拨款的必须参加。",
        "经办人填写，单位负责人报送，脱钩办负责人审定。";
    roster::PREVIEW, RosterPreview, "名单试算", "roster",
        "按目前的推荐和审定情况试算名单，只供发布前核对。",
        "脱钩办使用，不产生任何效力。";
    roster::PUBLICATION, RosterPublish, "发布脱钩名单", "roster",
        "核对后向社会发布；发布后文字不再变化，变化逐次编号。",
        "脱钩办负责人发布。";
    roster::OBJECTIONS, ObjectionRead, "公示异议", "roster",
        "公示期间收到的异议逐条登记、逐条答复；提出人不对外公开。",
        "脱钩办登记和答复，民政局、发展改革部门查看。";
    exits::NEW_AMENDMENT, RosterAmend, "增补、调整、撤出、更正", "roster",
        "名单发布后的变化逐次编号、写明理由，发布时的名单保留不变。",
        "脱钩办负责人决定。";
    exits::LISTING, AmendmentRead, "名单调整", "roster",
        "名单发布后申请把协会列入或者撤出名单。",
        "业务主管单位申请，脱钩办负责人决定，理由向社会公布。";
}
