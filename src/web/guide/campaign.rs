//! The workbench, the register of associations, and what looks over the campaign.

use crate::paths::{
    archive, closing, comments, corrections, dashboard, exits, help, imports, registry, signing,
    timeline,
};

super::guide! {
    dashboard::WORKBENCH, WorkbenchRead, "工作台", "unit",
        "列出现在等待您办理的事项，最急的在前；已办理的和在别人手里的也在这里查。",
        "每个人只看到以当前身份在自己手里的事项；办结后自动移出。";
    signing::SIGNING, SigningRead, "待签发", "unit",
        "列出只需签发的事项，写明签发的内容和检查结果，勾选后一次签发，每件单独办理、单独记录。",
        "单位负责人、脱钩办负责人签发；须填写意见或者作出选择的，在各自页面办理。";
    signing::MATTER, SigningRead, "打开核对", "unit",
        "签发前阅看全部内容和检查结果；打开的是现在这一版，内容再有修改的须重新打开。",
        "签发的负责人阅看。";
    signing::ROUND, SigningRead, "签发结果", "unit",
        "一次签发中每件的结果；没有签发的写明原因。",
        "签发的负责人查看本人的签发。";
    registry::ASSOCIATIONS, RegistryList, "协会台账", "scope",
        "查找协会，看它走到哪一步、哪些事项逾期、在谁手里。",
        "业务主管单位看本单位主管和联系的协会，脱钩办、民政局和职能部门看全区。";
    imports::REGISTER, RegistryImport, "导入协会台账", "scope",
        "把本单位自己的表格或者模板一次登入台账：先核对，再确认，确认前不改动任何数据。",
        "登记管理机关、脱钩办导入全区的，业务主管单位经办人导入本单位的。";
    imports::IMPORT, ImportRead, "核对导入", "scope",
        "答复表格中不明确的地方，看新增、更改和错误，确认后全部导入；有错误的一行都不导入。",
        "上传人本人；别人看不到。";
    registry::NEW_ASSOCIATION, AssociationCreate, "登记协会", "scope",
        "把应当纳入脱钩工作的协会登记到台账，名称、代码按登记证书填写。",
        "业务主管单位经办人、登记管理机关登记。";
    registry::ASSOCIATION, AssociationRead, "协会", "associations",
        "一个协会的全部情况：现在该办什么、在谁手里，以及摸底、名单、方案、五分离和登记备案的进展。",
        "业务主管单位办理，脱钩办、民政局和职能部门查看和办理各自的环节，协会查看本协会。";
    registry::CORRECTION, AssociationCorrect, "更正登记信息", "registration",
        "更正名称、代码、住所等登记信息；名称和代码的变更写明依据，原来的保留。",
        "业务主管单位经办人、脱钩办经办人、登记管理机关更正。";
    registry::NEW_TIE, TieAdd, "登记其他关系", "institution",
        "登记行政机关（包括下属单位）与协会的主办、联系、挂靠关系，脱钩时逐一终止。",
        "业务主管单位登记，有关系的单位会收到通报。";
    registry::TIE, TieEnd, "终止关系", "institution",
        "登记终止关系的日期和文件；终止后不能恢复。",
        "有这项关系的单位或者业务主管单位登记。";
    registry::SCOPE, ScopeDecide, "认定脱钩范围", "scope",
        "按方案规定的条件认定协会是否纳入脱钩范围。",
        "业务主管单位提出建议，脱钩办负责人认定。";
    registry::SCOPE_PROPOSAL, ScopePropose, "提出范围认定建议", "scope",
        "对照方案规定的条件，提出协会是否纳入脱钩范围的建议。",
        "业务主管单位经办人提出，脱钩办负责人认定。";
    registry::HISTORY, HistoryRead, "办理历史", "supervision",
        "谁在什么时候办理了什么，最近的在前；只增不改。",
        "系统自动记录，有权查看该协会的单位都可以查阅。";
    archive::CASE_FILE, ArchiveRead, "脱钩档案", "supervision",
        "一个协会的全部档案：文书、清单、办理历史、证明材料和归档目录，附校验清单，含人员的个人信息。",
        "业务主管单位、脱钩办和职能部门有权查看人员的写明事由后下载，整理归档。";
    comments::COMMENTS, CommentRead, "留言", "coordination",
        "可以查看这个协会的单位之间沟通情况；不代替报送、审批和批复。",
        "有权查看该协会的单位都可以留言，被请阅的单位签收。";
    corrections::CORRECTIONS, CorrectionList, "更正申请", "coordination",
        "业务主管单位对已受理、核查的报送申请更正，在这里集中查看。",
        "业务主管单位负责人申请，受理或者核实的一方退回补正或者答复不予更正。";
    corrections::OF_MATTER, CorrectionRead, "更正", "coordination",
        "说明已报送的内容需要更正的地方和理由。",
        "业务主管单位负责人申请，受理方退回补正或者答复。";
    corrections::OF_ITEM, CorrectionRead, "更正", "coordination",
        "说明已报告办结的事项需要更正的地方和理由。",
        "业务主管单位负责人申请，核实部门退回补正或者答复。";
    corrections::OF_RECOMMENDATION, CorrectionRead, "更正", "coordination",
        "说明已报送的推荐名单需要更正的地方和理由。",
        "业务主管单位负责人申请，脱钩办退回补正或者答复。";
    exits::EXITS, ExitRead, "协会退出", "registration",
        "长期不活动、拟注销或者合并的协会不再制定方案，在这里集中办理。",
        "业务主管单位提出建议，民政局依登记管理规定决定。";
    exits::EXIT, ExitRead, "协会退出", "registration",
        "提出并决定一个协会注销、撤销或者合并；退出后仍列在名单和统计中，单独注明。",
        "业务主管单位提出建议，民政局决定。";
    exits::HANDOVER, UnitChange, "变更业务主管单位", "unit",
        "把协会转到新的业务主管单位；待办事项和统计随之转移，办理历史保留。",
        "脱钩办负责人或者登记管理机关办理。";
    timeline::TIMELINE, TimelineRead, "任务进度", "phases",
        "方案三个阶段的各项任务、时限和完成情况；状态由办理记录算出。",
        "各单位查看；个别任务的时限由脱钩办负责人依据文件调整。";
    timeline::TASK, TimelineRead, "任务", "phases",
        "一项任务的时限、责任单位和各单位完成情况。",
        "责任单位在相应页面办理，完成后自动更新。";
    timeline::PUNCTUALITY, ReminderList, "按期办理情况", "supervision",
        "每个环节分别计入其责任方，看谁按期、谁逾期。",
        "脱钩办查看，作为督促检查和考核的参考。";
    timeline::CHANGES, ChangesRead, "新近变化", "supervision",
        "上次登录以来其他人办理的事项，新的在前。",
        "每个人看自己查看范围内的变化。";
    timeline::REMINDERS, ReminderList, "催办督办", "supervision",
        "各单位、各部门手里逾期和临期的事项，可以选中后一并催办；催办无效的拟制督办单。",
        "脱钩办催办、督办；收到的单位签收、办理。";
    timeline::REMINDER_PREVIEW, ReminderSend, "预览催办通知", "supervision",
        "发送前核对：所选事项按单位合并成通知。",
        "脱钩办核对后发送。";
    timeline::REMINDER, ReminderRead, "催办通知", "supervision",
        "脱钩办催办的事项和现在的办理情况。",
        "收到的单位签收，逐项办理；办结即不再催办。";
    timeline::NEW_ORDER, OrderDraft, "拟制督办单", "supervision",
        "逾期超过规定天数、已经催办仍未办结的事项，拟制督办单。",
        "脱钩办经办人拟制，脱钩办负责人签发；拟制人不能签发。";
    timeline::ORDER, OrderRead, "督办单", "supervision",
        "督办的事项、要求和时限，以及被督办单位的签收和答复。",
        "脱钩办负责人签发，被督办单位签收、办理并答复，脱钩办办结。";
    dashboard::DASHBOARD, DashboardRead, "进展看板", "evaluation",
        "看完成了多少、哪里逾期；可以点开的数字列出的正是这些协会。",
        "业务主管单位看本单位，职能部门看职责内的事项，脱钩办、民政局和上级机关看全区。";
    dashboard::TRACKS, TracksRead, "五分离进展表", "evaluation" signed,
        "逐个协会列出机构、职能、资产财务、人员、党建外事五项的已办和应办。",
        "业务主管单位看本单位，脱钩办、民政局和职能部门看全区。";
    dashboard::LEDGERS, LedgersRead, "台账下载", "evaluation",
        "把可以查看的台账、统计表和文书下载为 Excel、CSV 或者 Word 文件。",
        "各单位按各自的查看范围下载；含个人信息的先写明事由。";
    dashboard::STATISTICS, StatisticsRead, "统计", "evaluation" signed,
        "按“发布时”和“现行”两种名单统计，退出的协会单独列明；口径见页末。",
        "各单位查看和导出，不需要另行填报。";
    closing::COMPLETION, CompletionRead, "完成情况表", "evaluation" signed,
        "逐个协会列出五项分离的完成情况、未完成事项及时限，由台账和五分离清单生成。",
        "业务主管单位看本单位主管的协会，脱钩办、民政局和职能部门看全区；不需要另行填报。";
    help::HELP, HelpRead, "帮助", "unit",
        "每个页面做什么、谁来办、依据方案哪一句。",
        "所有登录的人都可以查阅。";
    help::LEGEND, HelpRead, "图例、口径", "evaluation",
        "七种状态标记和各项数字的统计范围。",
        "所有登录的人都可以查阅。";
    help::CONTACTS, HelpRead, "通讯录", "coordination",
        "脱钩办、职能部门和各业务主管单位专职工作人员的联系方式。",
        "电话由各单位在工作组材料中填写；按权限显示。";
}
