//! Every act of the system by name: the routes', the policy's, the state
//! machines' and the audit's one vocabulary.

/// Declares the acts with their stable name, their Chinese name and, for those
/// that change something, what a page says once they are done.
macro_rules! acts {
    ($( $(#[$doc:meta])* $variant:ident = $name:literal, $label:literal $(, done $done:literal)? ;)*) => {
        /// What a person can do here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Act { $( $(#[$doc])* #[doc = $label] $variant, )* }

        impl Act {
            /// Every act, in the order of the campaign.
            pub const ALL: &'static [Self] = &[ $( Self::$variant, )* ];

            /// The stable name in routes, records and the audit.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$variant => $name, )* }
            }

            /// The Chinese name, as buttons and histories say it.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $( Self::$variant => $label, )* }
            }

            /// What the page says after the act; `None` for acts that only read.
            #[must_use]
            pub const fn done(self) -> Option<&'static str> {
                match self { $( Self::$variant => acts!(@done $($done)?), )* }
            }
        }
    };
    (@done) => { None };
    (@done $done:literal) => { Some($done) };
}

acts! {
    // Everybody
    WorkbenchRead = "workbench.read", "查看工作台";
    PasswordChange = "password.change", "修改密码", done "密码已修改，其他设备上的登录已全部退出。";
    CapacitySwitch = "capacity.switch", "切换身份", done "已切换身份。";
    SignIn = "session.begin", "登录", done "已登录。";
    SignInRefused = "session.refused", "登录失败", done "登录失败。";
    SignOut = "session.end", "退出", done "已退出。";
    FormResume = "form.resume", "继续提交", done "已恢复。";
    // Administration
    AccountList = "account.list", "查看账号";
    AccountCreate = "account.create", "新建账号", done "账号已建立，首次登录须修改密码。";
    AccountChange = "account.change", "修改账号", done "账号已修改。";
    AccountReset = "account.reset", "重置密码", done "密码已重置，原有登录已全部退出。";
    DepartmentList = "department.list", "查看单位";
    DepartmentCreate = "department.create", "新增单位", done "单位已新增。";
    DepartmentChange = "department.change", "修改单位", done "单位已修改。";
    AuditRead = "audit.read", "查看审计记录";
    AccessRefused = "access.refused", "越权访问被拒绝", done "已拒绝。";
    // Settings
    SettingsRead = "settings.read", "查看参数设置";
    SettingsChange = "settings.change", "修改参数", done "参数已修改，自生效日期起执行。";
    CalendarChange = "calendar.change", "修改工作日历", done "工作日历已修改，自生效日期起执行。";
    DelegationRead = "delegation.read", "查看代行";
    DelegationCreate = "delegation.create", "委托代行", done "代行已委托，自开始日期起生效。";
    DelegationEnd = "delegation.end", "结束代行", done "代行已结束。";
    // Workgroups
    WorkgroupRead = "workgroup.read", "查看工作组";
    WorkgroupSave = "workgroup.save", "填写工作组材料", done "工作组材料已保存。";
    WorkgroupReport = "workgroup.report", "报送工作组材料", done "工作组材料已报送脱钩办。";
    WorkgroupNote = "workgroup.note", "阅知工作组材料", done "已阅知。";
    WorkgroupReturn = "workgroup.return", "退回工作组材料", done "工作组材料已退回补正。";
    // Registry
    RegistryList = "registry.list", "查看协会台账";
    AssociationRead = "association.read", "查看协会";
    HistoryRead = "history.read", "查看办理历史";
    AssociationCreate = "association.create", "登记协会", done "协会已登入台账。";
    AssociationCorrect = "association.correct", "更正登记信息", done "登记信息已更正。";
    TieAdd = "tie.add", "登记关系", done "关系已登记。";
    TieEnd = "tie.end", "终止关系", done "关系已终止。";
    ScopePropose = "scope.propose", "提出范围认定建议", done "认定建议已报脱钩办。";
    ScopeDecide = "scope.decide", "认定脱钩范围", done "范围认定已作出。";
    UnitChange = "unit.change", "变更业务主管单位", done "业务主管单位已变更，待办事项已移交。";
    FoundingRead = "founding.read", "查看新设立核查";
    FoundingSave = "founding.save", "新设立核查", done "核查结果已保存。";
    // Comments
    CommentRead = "comment.read", "查看留言";
    CommentWrite = "comment.write", "发表留言", done "留言已发表。";
    CommentWithdraw = "comment.withdraw", "撤回留言", done "留言已撤回。";
    CommentAcknowledge = "comment.acknowledge", "签收留言", done "已签收。";
    // Survey
    SurveyRead = "survey.read", "查看摸底调查";
    SurveySave = "survey.save", "填写摸底调查", done "本部分已保存。";
    SurveyExplain = "survey.explain", "说明提醒事项", done "说明已保存。";
    SurveySubmit = "survey.submit", "报送摸底调查", done "摸底调查已报送脱钩办。";
    SurveyReturn = "survey.return", "退回摸底调查", done "摸底调查已退回业务主管单位补正。";
    SurveyConfirm = "survey.confirm", "确认摸底调查", done "摸底调查已确认。";
    SurveyReopen = "survey.reopen", "重新开启摸底调查", done "已开启新一版摸底调查。";
    NilReport = "nil.report", "零报告", done "零报告已报送脱钩办。";
    // Roster
    RosterRead = "roster.read", "查看脱钩名单";
    RosterSave = "roster.save", "填写推荐名单", done "推荐名单已保存。";
    RosterSubmit = "roster.submit", "报送推荐名单", done "推荐名单已报送脱钩办。";
    RosterReturn = "roster.return", "退回推荐名单", done "推荐名单已退回。";
    RosterOverride = "roster.override", "例外核减", done "例外核减已记录。";
    RosterApprove = "roster.approve", "审定推荐名单", done "推荐名单已审定。";
    RosterPublish = "roster.publish", "发布脱钩名单", done "脱钩名单已发布。";
    RosterPreview = "roster.preview", "名单试算";
    RosterAmend = "roster.amend", "调整已发布的名单", done "名单已调整，编号已确定。";
    AmendmentRead = "amendment.read", "查看名单调整申请";
    AmendmentSave = "amendment.save", "填写名单调整申请", done "名单调整申请已保存。";
    AmendmentAttach = "amendment.attach", "附材料", done "材料已附在名单调整申请后。";
    AmendmentDetach = "amendment.detach", "撤下材料", done "材料已从名单调整申请撤下。";
    AmendmentPropose = "amendment.propose", "报送名单调整申请", done "名单调整申请已报脱钩办。";
    AmendmentRefuse = "amendment.refuse", "不同意名单调整申请", done "名单调整申请未予同意。";
    ObjectionRead = "objection.read", "查看公示异议";
    ObjectionRecord = "objection.record", "登记公示异议", done "异议已登记。";
    ObjectionAttach = "objection.attach", "附异议材料", done "材料已附在异议后。";
    ObjectionAnswer = "objection.answer", "答复公示异议", done "异议已答复。";
    // Plan
    ApprovalList = "approval.list", "查看待办审批";
    PlanRead = "plan.read", "查看实施方案";
    PlanCreate = "plan.create", "编制实施方案", done "实施方案已按摸底情况生成，请逐部分核对补充。";
    PlanSave = "plan.save", "修改实施方案", done "本部分已保存。";
    ApprovalRequest = "approval.request", "报请有关部门批准", done "已报请有关部门批准。";
    ApprovalAnswer = "approval.answer", "出具审批意见", done "审批意见已出具。";
    PlanSubmit = "plan.submit", "报送实施方案", done "实施方案已报送脱钩办。";
    PlanCheck = "plan.check", "受理实施方案", done "实施方案已受理，转负责人审批。";
    PlanReturn = "plan.return", "退回实施方案", done "实施方案已退回补正。";
    PlanApprove = "plan.approve", "批复实施方案", done "已批复，文号已编定。";
    PlanVoid = "plan.void", "作废批复", done "批复已作废，文号保留，方案退回补正。";
    PlanSuspend = "plan.suspend", "暂停实施方案", done "方案已暂停办理。";
    PlanResume = "plan.resume", "恢复实施方案", done "方案已恢复办理。";
    ChangeRequest = "change.request", "申请变更方案", done "变更申请已报送脱钩办。";
    ChangeApprove = "change.approve", "批准方案变更", done "方案变更已批准，事项时限已按变更后的方案调整。";
    ChangeReject = "change.reject", "不同意方案变更", done "方案变更未予同意，按原方案实施。";
    ConditionReport = "condition.report", "报告条件落实", done "条件落实情况已报脱钩办。";
    ConditionConfirm = "condition.confirm", "确认条件落实", done "条件落实情况已确认。";
    ConditionReturn = "condition.return", "退回条件落实", done "条件落实情况已退回。";
    ApprovalWithdraw = "approval.withdraw", "撤回审批意见", done "审批意见已撤回，已提请脱钩办负责人处理。";
    WithdrawalSettle = "withdrawal.settle", "处理撤回的审批", done "撤回的审批已处理。";
    NoticeRead = "notice.read", "查看通报";
    NoticeSend = "notice.send", "通报有关部门", done "通报已发送。";
    NoticeSign = "notice.sign", "签收通报", done "通报已签收。";
    NoticeAnswer = "notice.answer", "回复通报", done "回复已发送业务主管单位。";
    PlanBegin = "plan.begin", "启动实施", done "已启动实施，五分离清单已生成。";
    // Holdings: functions, assets, rooms
    HoldingsRead = "holdings.read", "查看职能台账";
    AssetsRead = "assets.read", "查看资产财务台账";
    AssetsSurvey = "assets.survey", "查看资产财务统计";
    FunctionRecord = "function.record", "登记职能办理情况", done "办理情况已登记。";
    OwnershipDetermine = "asset.ownership", "登记权属界定", done "权属界定已登记。";
    AssetRecord = "asset.record", "登记资产财务办理情况", done "办理情况已登记。";
    HoldingsSubmit = "holdings.submit", "报送资产财务事项", done "已报送财政局、机关事务管理局。";
    DispositionApprove = "disposition.approve", "批准资产处置", done "资产处置已批准。";
    AppropriationSettle = "appropriation.settle", "核实拨款处理", done "拨款处理已核实。";
    RoomAccept = "room.accept", "验收办公用房", done "办公用房已验收。";
    DelayApprove = "delay.approve", "批准延期腾退", done "延期腾退已批准。";
    HoldingsReturn = "holdings.return", "退回资产财务事项", done "已退回业务主管单位。";
    // Posts
    PostsRead = "posts.read", "查看任职清理台账";
    PostsOverview = "posts.overview", "查看任职清理汇总";
    PostRead = "post.read", "查看任职人员";
    PostsOpen = "posts.open", "建立任职清理台账", done "任职清理台账已按摸底调查建立。";
    PostSave = "post.save", "登记任职人员", done "任职人员已登记。";
    PostClear = "post.clear", "登记清理结果", done "清理结果已登记。";
    PostAsk = "post.ask", "报请审批或备案", done "已报请组织、人社部门审批或备案。";
    PostDecide = "post.decide", "出具任职审批或备案意见", done "审批或备案意见已登记。";
    PostsDeclare = "posts.declare", "报送任职清理台账", done "任职清理台账已报送脱钩办。";
    PostsReturn = "posts.return", "退回任职清理台账", done "任职清理台账已退回补正。";
    // Progress
    ProgressRead = "progress.read", "查看五分离清单";
    ItemSave = "item.save", "填报办理情况", done "办理情况已保存。";
    EvidenceAttach = "evidence.attach", "登记证明材料", done "证明材料已登记。";
    EvidenceDetach = "evidence.detach", "撤下证明材料", done "证明材料已撤下。";
    EvidenceRead = "evidence.read", "查看证明材料";
    FileRead = "file.read", "下载文件";
    RemovedFileOpen = "file.open_removed", "调阅撤下的材料", done "已调阅，理由已记入办理历史。";
    ItemReport = "item.report", "报告办结", done "已报告办结，待职能部门核实。";
    ItemVerify = "item.verify", "核实", done "已核实。";
    ItemReturn = "item.return", "退回事项", done "事项已退回。";
    ExtensionAsk = "extension.ask", "申请延期", done "延期申请已报有关部门。";
    ExtensionDecide = "extension.decide", "决定延期", done "延期申请已决定。";
    ItemAccept = "item.accept", "验收销号", done "已验收销号。";
    ExemptionAsk = "exemption.ask", "申请依法保留", done "依法保留申请已报脱钩办。";
    ItemRelapse = "item.relapse", "重新打开事项", done "事项已重新打开。";
    ItemExempt = "item.exempt", "同意依法保留", done "已同意依法保留。";
    RevisionApply = "revision.apply", "按新版摸底调整清单", done "五分离清单已按新版摸底调查调整。";
    // Exits
    ExitRead = "exit.read", "查看退出办理";
    ExitSave = "exit.save", "填写退出建议", done "退出建议已保存。";
    ExitPropose = "exit.propose", "报送退出建议", done "退出建议已报民政局。";
    ExitRefuse = "exit.refuse", "不予退出", done "已退回退出建议。";
    ExitDecide = "exit.decide", "决定退出", done "退出决定已登记，方案和未办事项已终止。";
    // Activities
    ActivityRead = "activity.read", "查看重大业务活动";
    ActivitySave = "activity.save", "登记重大业务活动", done "重大业务活动已登记。";
    ActivityNote = "activity.note", "登记批准文件", done "批准文件已登记。";
    ActivityApprove = "activity.approve", "同意重大业务活动", done "已同意开展。";
    ActivityReturn = "activity.return", "退回重大业务活动", done "已退回补正。";
    ActivityAllow = "activity.allow", "批准重大业务活动", done "已批准开展。";
    ActivityRefuse = "activity.refuse", "不予批准重大业务活动", done "已作出不予批准的决定。";
    ActivityFinish = "activity.finish", "登记重大业务活动结果", done "活动结果已登记。";
    // Timeline
    TimelineRead = "timeline.read", "查看工作进度";
    TimelineMove = "timeline.move", "调整任务时间", done "任务时间已调整，原时间保留在记录中。";
    ChangesRead = "changes.read", "查看新近变化";
    ReminderList = "reminder.list", "查看催办督办";
    ReminderSend = "reminder.send", "发送催办通知", done "催办通知已发送，按单位合并。";
    ReminderRead = "reminder.read", "查看催办通知";
    ReminderAcknowledge = "reminder.acknowledge", "签收催办通知", done "催办通知已签收。";
    OrderRead = "order.read", "查看督办单";
    OrderDraft = "order.draft", "拟制督办单", done "督办单已拟制，待脱钩办负责人签发。";
    OrderDiscard = "order.discard", "撤销督办单拟稿", done "督办单拟稿已撤销。";
    OrderSign = "order.sign", "签发督办单", done "督办单已签发，文号已编定。";
    OrderAcknowledge = "order.acknowledge", "签收督办单", done "督办单已签收。";
    OrderAnswer = "order.answer", "报告督办事项办理情况", done "办理情况已报脱钩办。";
    OrderReturn = "order.return", "退回办理情况", done "办理情况已退回，请重新办理。";
    OrderClose = "order.close", "办结督办单", done "督办单已办结。";
    // Oversight of the whole
    DashboardRead = "dashboard.read", "查看进展看板";
    StatisticsRead = "statistics.read", "查看统计";
    TracksRead = "tracks.read", "查看五分离进展表";
}

impl Act {
    /// The act with this stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|act| act.name() == name)
    }

    /// Whether the act changes something.
    #[must_use]
    pub const fn writes(self) -> bool {
        self.done().is_some()
    }
}

impl serde::Serialize for Act {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
