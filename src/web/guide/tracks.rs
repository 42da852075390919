//! The five separations with their registers, and what is registered afterwards.

use crate::paths::{activities, findings, holdings, posts, progress, registrations};

super::guide! {
    progress::PROGRESS, ProgressRead, "五分离清单", "implementation" signed,
        "方案批复后生成的全部事项：时限、状态、在谁手里，未办结的在前。",
        "经办人登记办理情况和材料，单位负责人报告办结，职能部门核实，脱钩办验收。";
    progress::REVISION, ProgressRead, "按新版摸底调查调整清单", "survey",
        "摸底调查确认新的版本后，核对清单增减的事项；已办结的保留。",
        "单位负责人或者脱钩办负责人调整。";
    progress::TOGETHER, ProgressRead, "多项一并办理", "implementation",
        "选中的几个事项共用一份材料、填同一日期，一次办理，逐项给出结果。",
        "经办人填写和送审，单位负责人报告办结。";
    progress::ITEM, ProgressRead, "事项", "implementation" signed,
        "一个事项办了什么、凭什么材料、由谁核实。",
        "经办人填写并附材料，单位负责人报告办结，核实部门核实，脱钩办验收。";
    progress::EXTENSION, ProgressRead, "延期", "implementation",
        "申请推迟一个事项的时限，写明理由。",
        "业务主管单位申请，该事项的职能部门批准后时限才改变。";
    holdings::FUNCTIONS, HoldingsRead, "职能台账", "functions" signed,
        "逐项登记行政职能的剥离、移交、保留和购买服务。",
        "业务主管单位登记，机构编制部门、财政部门查看和核实。";
    holdings::FUNCTION, HoldingsRead, "职能事项", "functions" signed,
        "一项职能或者购买服务的去向、文件和办理情况。",
        "业务主管单位登记。";
    holdings::ASSETS, AssetsRead, "资产财务台账", "assets" signed,
        "财务概况、国有资产、财政拨款、办公用房的清查和处理。",
        "业务主管单位登记报送，财政部门和机关事务管理部门批准、核实、验收，审计机关抽查。";
    holdings::ASSET, AssetsRead, "资产财务事项", "assets" signed,
        "一项资产、拨款或者用房的权属、处置和核实。",
        "业务主管单位登记报送，财政部门或者机关事务管理部门办理。";
    holdings::DISTRICT_ASSETS, AssetsSurvey, "资产财务统计", "assets" signed,
        "全区应处置、已处置、待批准的资产、拨款和用房。",
        "财政、机关事务管理、审计、脱钩办和民政局负责人查看。";
    holdings::DISTRICT_FIGURE, AssetsSurvey, "明细", "assets" signed,
        "一个统计数字由哪些协会的哪些事项组成。",
        "有权查看统计的单位查阅。";
    posts::OVERVIEW, PostsOverview, "任职清理", "personnel" signed,
        "全部任职、兼职人员按类别和处置情况汇总，须处理的在前。",
        "业务主管单位看本单位，组织、人社等部门看全区。";
    posts::POSTS, PostsRead, "任职清理台账", "personnel" signed,
        "逐人登记在协会任职、兼职的人员，判定类别，登记清理结果。",
        "经办人登记，单位负责人报送，组织部门或者人社部门审批、备案，脱钩办可以退回。";
    posts::NEW_POST, PostSave, "登记任职人员", "personnel" signed,
        "登记一名任职、兼职人员；类别由系统按当天日期计算。",
        "业务主管单位经办人登记。";
    posts::POST, PostRead, "任职人员", "personnel" signed,
        "一名任职、兼职人员的判定依据、下一步和办理结果。",
        "经办人登记结果，单位负责人报请，组织部门或者人社部门审批、备案。";
    posts::POST_FORM, PostSave, "修改任职人员", "personnel" signed,
        "更正一名任职、兼职人员的情况；类别随之重新计算。",
        "业务主管单位经办人修改。";
    posts::FOUNDING, FoundingRead, "新设立核查", "founding" signed,
        "方案印发之日起新设立的协会，核查是否已与行政机关脱钩。",
        "登记管理机关核查，业务主管单位整改。";
    findings::FINDINGS, FindingRead, "审计抽查问题", "audit" signed,
        "审计抽查发现的问题和整改情况，每个问题是清单里的一个整改事项。",
        "审计机关登记和销号，业务主管单位报告整改。";
    findings::NEW_FINDING, FindingEnter, "登记审计问题", "audit",
        "登记一个抽查发现的问题和整改期限。",
        "审计机关登记。";
    findings::FINDING, FindingRead, "审计问题", "audit",
        "一个问题的事实、整改要求和整改结果。",
        "业务主管单位报告整改，审计机关销号。";
    findings::CORRECTION, FindingCorrect, "更正审计问题", "audit",
        "更正登记的问题；原来的内容保留在办理历史中。",
        "审计机关更正。";
    activities::ACTIVITIES, ActivityRead, "重大业务活动", "activities" signed,
        "脱钩期间的换届、重大投资、资产处置等活动，按规定履行程序。",
        "业务主管单位登记、审批，须脱钩办批准的由脱钩办负责人决定。";
    activities::NEW_ACTIVITY, ActivitySave, "登记重大业务活动", "activities",
        "登记拟开展的活动，系统按种类说明要履行的程序。",
        "业务主管单位经办人登记。";
    activities::ACTIVITY, ActivityRead, "重大业务活动", "activities" signed,
        "一项活动的内容、审批和结果。",
        "单位负责人审批，须脱钩办批准的由脱钩办负责人决定，活动后登记结果。";
    activities::FORM, ActivitySave, "修改重大业务活动", "activities",
        "审批前修改活动的内容。",
        "业务主管单位经办人修改。";
    registrations::REGISTRATIONS, RegistrationRead, "登记和备案", "registration" signed,
        "脱钩后的换证、章程核准、组织机构和会员备案、变更登记、负责人备案。",
        "登记管理机关登记收件和结果，相应事项据此办结。";
    registrations::NEW_REGISTRATION, RegistrationEnter, "登记收件", "registration",
        "登记收到的材料和办理结果。",
        "登记管理机关登记，业务主管单位不再另报。";
    registrations::REGISTRATION, RegistrationRead, "登记备案事项", "registration",
        "一次登记、备案的材料和结果。",
        "登记管理机关办理，有权查看该协会的单位查阅。";
    registrations::CORRECTION, RegistrationCorrect, "更正登记备案", "registration",
        "更正登记的收件和结果；原来的内容保留在办理历史中。",
        "登记管理机关更正。";
}
