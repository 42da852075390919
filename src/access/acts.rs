//! Every act of the system by name: the routes', the policy's, the state
//! machines' and the audit's one vocabulary. Each room has an enum of its own, which
//! its policy matches without a wildcard, so that a new act without a rule does not
//! compile and another room's act cannot be allowed by accident.

/// What a form must carry of what the person saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    /// The version of what is edited, as `version`.
    Edit,
    /// The version of the matter, or the digest of the list, that is decided on, as `seen`.
    Decision,
    /// Nothing, for this reason.
    Nothing(&'static str),
}

/// Declares the acts room by room, with their stable name, their Chinese name and, for
/// those that change something, what a page says once they are done and what their
/// form carries of what was seen.
macro_rules! acts {
    ($( #[doc = $about:literal] $room:ident {
        $( $variant:ident = $name:literal, $label:literal $(, done $done:literal, $sees:ident $($why:literal)?)? ; )*
    } )*) => {
        $(
            #[doc = $about]
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
            pub enum $room { $( #[doc = $label] $variant, )* }

            impl From<$room> for Act {
                fn from(act: $room) -> Self { Self::$room(act) }
            }
        )*

        /// What a person can do here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Act { $( #[doc = $about] $room($room), )* }

        #[expect(non_upper_case_globals, reason = "they are used like the variants that they name")]
        impl Act {
            $( $( #[doc = $label] pub const $variant: Self = Self::$room($room::$variant); )* )*
        }

        impl Act {
            /// Every act, in the order of the campaign.
            pub const ALL: &'static [Self] = &[ $( $( Self::$variant, )* )* ];

            /// The stable name in routes, records and the audit.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $( Self::$room(act) => match act { $( $room::$variant => $name, )* }, )* }
            }

            /// The Chinese name, as buttons and histories say it.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $( Self::$room(act) => match act { $( $room::$variant => $label, )* }, )* }
            }

            /// What the page says after the act; `None` for acts that only read.
            #[must_use]
            pub const fn done(self) -> Option<&'static str> {
                match self { $( Self::$room(act) => match act { $( $room::$variant => acts!(@done $($done)?), )* }, )* }
            }

            /// What the act's form carries of what was seen.
            #[must_use]
            pub const fn sees(self) -> Sees {
                match self { $( Self::$room(act) => match act { $( $room::$variant => acts!(@sees $($sees $($why)?)?), )* }, )* }
            }
        }
    };
    (@done) => { None };
    (@done $done:literal) => { Some($done) };
    (@sees) => { Sees::Nothing("it only reads") };
    (@sees edit) => { Sees::Edit };
    (@sees decision) => { Sees::Decision };
    (@sees free $why:literal) => { Sees::Nothing($why) };
}

acts! {
    /// What everybody does with an account of their own.
    Everybody {
        WorkbenchRead = "workbench.read", "查看工作台";
        PasswordChange = "password.change", "修改密码", done "密码已修改，其他设备上的登录已全部退出。", free "the old password is the proof";
        CapacitySwitch = "capacity.switch", "切换身份", done "已切换身份。", free "only how one goes on";
        SignIn = "session.begin", "登录", done "已登录。", free "nobody is known yet";
        SignInRefused = "session.refused", "登录失败", done "登录失败。", free "nobody is known yet";
        SignOut = "session.end", "退出", done "已退出。", free "nothing is decided";
        FormResume = "form.resume", "继续提交", done "已恢复。", free "the kept form has its own";
    }
    /// Accounts, departments, the audit.
    Administration {
        AccountList = "account.list", "查看账号";
        AccountCreate = "account.create", "新建账号", done "账号已建立，首次登录须修改密码。", free "there was nothing before";
        AccountChange = "account.change", "修改账号", done "账号已修改。", edit;
        AccountReset = "account.reset", "重置密码", done "密码已重置，原有登录已全部退出。", decision;
        DepartmentList = "department.list", "查看单位";
        DepartmentCreate = "department.create", "新增单位", done "单位已新增。", free "there was nothing before";
        DepartmentChange = "department.change", "修改单位", done "单位已修改。", edit;
        AuditRead = "audit.read", "查看审计记录";
        AccessRefused = "access.refused", "越权访问被拒绝", done "已拒绝。", free "the program's own record";
    }
    /// 参数、工作日历、代行 (domain 0.3; TC-51, TC-63).
    Settings {
        SettingsRead = "settings.read", "查看参数设置";
        SettingsChange = "settings.change", "修改参数", done "参数已修改，自生效日期起执行。", edit;
        CalendarChange = "calendar.change", "修改工作日历", done "工作日历已修改，自生效日期起执行。", edit;
        DelegationRead = "delegation.read", "查看代行";
        DelegationCreate = "delegation.create", "委托代行", done "代行已委托，自开始日期起生效。", free "there was nothing before";
        DelegationEnd = "delegation.end", "结束代行", done "代行已结束。", decision;
    }
    /// 工作组 (scheme 五(二), 六).
    Workgroups {
        WorkgroupRead = "workgroup.read", "查看工作组";
        WorkgroupSave = "workgroup.save", "填写工作组材料", done "工作组材料已保存。", edit;
        WorkgroupReport = "workgroup.report", "报送工作组材料", done "工作组材料已报送脱钩办。", decision;
        WorkgroupNote = "workgroup.note", "阅知工作组材料", done "已阅知。", decision;
        WorkgroupReturn = "workgroup.return", "退回工作组材料", done "工作组材料已退回补正。", decision;
    }
    /// 协会台账 (scheme 二; domain 3).
    Registry {
        RegistryList = "registry.list", "查看协会台账";
        AssociationRead = "association.read", "查看协会";
        HistoryRead = "history.read", "查看办理历史";
        AssociationCreate = "association.create", "登记协会", done "协会已登入台账。", free "there was nothing before";
        AssociationCorrect = "association.correct", "更正登记信息", done "登记信息已更正。", edit;
        TieAdd = "tie.add", "登记关系", done "关系已登记。", free "one more beside the others";
        TieEnd = "tie.end", "终止关系", done "关系已终止。", decision;
        ScopePropose = "scope.propose", "提出范围认定建议", done "认定建议已报脱钩办。", decision;
        ScopeDecide = "scope.decide", "认定脱钩范围", done "范围认定已作出。", decision;
        UnitChange = "unit.change", "变更业务主管单位", done "业务主管单位已变更，待办事项已移交。", decision;
        FoundingRead = "founding.read", "查看新设立核查";
        FoundingSave = "founding.save", "新设立核查", done "核查结果已保存。", edit;
    }
    /// 留言.
    Comments {
        CommentRead = "comment.read", "查看留言";
        CommentWrite = "comment.write", "发表留言", done "留言已发表。", free "a comment decides nothing";
        CommentWithdraw = "comment.withdraw", "撤回留言", done "留言已撤回。", free "one's own words, which nobody else changes";
        CommentAcknowledge = "comment.acknowledge", "签收留言", done "已签收。", free "签收 decides nothing";
    }
    /// 摸底调查 (scheme 四·1·1; domain 4).
    Survey {
        SurveyRead = "survey.read", "查看摸底调查";
        SurveySave = "survey.save", "填写摸底调查", done "本部分已保存。", edit;
        SurveyExplain = "survey.explain", "说明提醒事项", done "说明已保存。", edit;
        SurveySubmit = "survey.submit", "报送摸底调查", done "摸底调查已报送脱钩办。", decision;
        SurveyReturn = "survey.return", "退回摸底调查", done "摸底调查已退回业务主管单位补正。", decision;
        SurveyConfirm = "survey.confirm", "确认摸底调查", done "摸底调查已确认。", decision;
        SurveyReopen = "survey.reopen", "重新开启摸底调查", done "已开启新一版摸底调查。", decision;
        NilReport = "nil.report", "零报告", done "零报告已报送脱钩办。", decision;
    }
    /// 脱钩名单 (scheme 四·1·2; domain 5).
    Roster {
        RosterRead = "roster.read", "查看脱钩名单";
        RosterSave = "roster.save", "填写推荐名单", done "推荐名单已保存。", edit;
        RosterSubmit = "roster.submit", "报送推荐名单", done "推荐名单已报送脱钩办。", decision;
        RosterReturn = "roster.return", "退回推荐名单", done "推荐名单已退回。", decision;
        RosterOverride = "roster.override", "例外核减", done "例外核减已记录。", decision;
        RosterApprove = "roster.approve", "审定推荐名单", done "推荐名单已审定。", decision;
        RosterPublish = "roster.publish", "发布脱钩名单", done "脱钩名单已发布。", decision;
        RosterPreview = "roster.preview", "名单试算";
        RosterAmend = "roster.amend", "调整已发布的名单", done "名单已调整，编号已确定。", decision;
        AmendmentRead = "amendment.read", "查看名单调整申请";
        AmendmentSave = "amendment.save", "填写名单调整申请", done "名单调整申请已保存。", edit;
        AmendmentAttach = "amendment.attach", "附材料", done "材料已附在名单调整申请后。", edit;
        AmendmentDetach = "amendment.detach", "撤下材料", done "材料已从名单调整申请撤下。", edit;
        AmendmentPropose = "amendment.propose", "报送名单调整申请", done "名单调整申请已报脱钩办。", decision;
        AmendmentRefuse = "amendment.refuse", "不同意名单调整申请", done "名单调整申请未予同意。", decision;
        ObjectionRead = "objection.read", "查看公示异议";
        ObjectionRecord = "objection.record", "登记公示异议", done "异议已登记。", free "there was nothing before";
        ObjectionAttach = "objection.attach", "附异议材料", done "材料已附在异议后。", edit;
        ObjectionAnswer = "objection.answer", "答复公示异议", done "异议已答复。", decision;
    }
    /// 一会一方案 (scheme 四·2·1; domain 6).
    Plan {
        ApprovalList = "approval.list", "查看待办审批";
        PlanRead = "plan.read", "查看实施方案";
        PlanCreate = "plan.create", "编制实施方案", done "实施方案已按摸底情况生成，请逐部分核对补充。", decision;
        PlanSave = "plan.save", "修改实施方案", done "本部分已保存。", edit;
        ApprovalRequest = "approval.request", "报请有关部门批准", done "已报请有关部门批准。", decision;
        ApprovalAnswer = "approval.answer", "出具审批意见", done "审批意见已出具。", decision;
        PlanSubmit = "plan.submit", "报送实施方案", done "实施方案已报送脱钩办。", decision;
        PlanCheck = "plan.check", "受理实施方案", done "实施方案已受理，转负责人审批。", decision;
        PlanReturn = "plan.return", "退回实施方案", done "实施方案已退回补正。", decision;
        PlanApprove = "plan.approve", "批复实施方案", done "已批复，文号已编定。", decision;
        PlanVoid = "plan.void", "作废批复", done "批复已作废，文号保留，方案退回补正。", decision;
        PlanSuspend = "plan.suspend", "暂停实施方案", done "方案已暂停办理。", decision;
        PlanResume = "plan.resume", "恢复实施方案", done "方案已恢复办理。", decision;
        ChangeRequest = "change.request", "申请变更方案", done "变更申请已报送脱钩办。", edit;
        ChangeApprove = "change.approve", "批准方案变更", done "方案变更已批准，事项时限已按变更后的方案调整。", decision;
        ChangeReject = "change.reject", "不同意方案变更", done "方案变更未予同意，按原方案实施。", decision;
        ConditionReport = "condition.report", "报告条件落实", done "条件落实情况已报脱钩办。", decision;
        ConditionConfirm = "condition.confirm", "确认条件落实", done "条件落实情况已确认。", decision;
        ConditionReturn = "condition.return", "退回条件落实", done "条件落实情况已退回。", decision;
        ApprovalWithdraw = "approval.withdraw", "撤回审批意见", done "审批意见已撤回，已提请脱钩办负责人处理。", decision;
        WithdrawalSettle = "withdrawal.settle", "处理撤回的审批", done "撤回的审批已处理。", decision;
        NoticeRead = "notice.read", "查看通报";
        NoticeSend = "notice.send", "通报有关部门", done "通报已发送。", free "there was nothing before";
        NoticeSign = "notice.sign", "签收通报", done "通报已签收。", free "签收 decides nothing";
        NoticeAnswer = "notice.answer", "回复通报", done "回复已发送业务主管单位。", decision;
        PlanBegin = "plan.begin", "启动实施", done "已启动实施，五分离清单已生成。", decision;
    }
    /// 职能、资产、办公用房台账 (scheme 三(二), 三(三)).
    Holdings {
        HoldingsRead = "holdings.read", "查看职能台账";
        AssetsRead = "assets.read", "查看资产财务台账";
        AssetsSurvey = "assets.survey", "查看资产财务统计";
        FunctionRecord = "function.record", "登记职能办理情况", done "办理情况已登记。", edit;
        OwnershipDetermine = "asset.ownership", "登记权属界定", done "权属界定已登记。", edit;
        AssetRecord = "asset.record", "登记资产财务办理情况", done "办理情况已登记。", edit;
        HoldingsSubmit = "holdings.submit", "报送资产财务事项", done "已报送财政局、机关事务管理局。", decision;
        DispositionApprove = "disposition.approve", "批准资产处置", done "资产处置已批准。", decision;
        AppropriationSettle = "appropriation.settle", "核实拨款处理", done "拨款处理已核实。", decision;
        RoomAccept = "room.accept", "验收办公用房", done "办公用房已验收。", decision;
        DelayApprove = "delay.approve", "批准延期腾退", done "延期腾退已批准。", decision;
        HoldingsReturn = "holdings.return", "退回资产财务事项", done "已退回业务主管单位。", decision;
    }
    /// 任职清理 (scheme 三(四); domain 8).
    Posts {
        PostsRead = "posts.read", "查看任职清理台账";
        PostsOverview = "posts.overview", "查看任职清理汇总";
        PostRead = "post.read", "查看任职人员";
        PostsOpen = "posts.open", "建立任职清理台账", done "任职清理台账已按摸底调查建立。", decision;
        PostSave = "post.save", "登记任职人员", done "任职人员已登记。", edit;
        PostClear = "post.clear", "登记清理结果", done "清理结果已登记。", edit;
        PostAsk = "post.ask", "报请审批或备案", done "已报请组织、人社部门审批或备案。", decision;
        PostDecide = "post.decide", "出具任职审批或备案意见", done "审批或备案意见已登记。", decision;
        PostsDeclare = "posts.declare", "报送任职清理台账", done "任职清理台账已报送脱钩办。", decision;
        PostsReturn = "posts.return", "退回任职清理台账", done "任职清理台账已退回补正。", decision;
    }
    /// 五分离清单 (scheme 三; domain 7).
    Progress {
        ProgressRead = "progress.read", "查看五分离清单";
        ItemSave = "item.save", "填报办理情况", done "办理情况已保存。", edit;
        EvidenceAttach = "evidence.attach", "登记证明材料", done "证明材料已登记。", edit;
        EvidenceDetach = "evidence.detach", "撤下证明材料", done "证明材料已撤下。", edit;
        EvidenceRead = "evidence.read", "查看证明材料";
        ItemReport = "item.report", "报告办结", done "已报告办结，待职能部门核实。", decision;
        ItemVerify = "item.verify", "核实", done "已核实。", decision;
        ItemReturn = "item.return", "退回事项", done "事项已退回。", decision;
        ExtensionAsk = "extension.ask", "申请延期", done "延期申请已报有关部门。", decision;
        ExtensionDecide = "extension.decide", "决定延期", done "延期申请已决定。", decision;
        ItemAccept = "item.accept", "验收销号", done "已验收销号。", decision;
        ExemptionAsk = "exemption.ask", "申请依法保留", done "依法保留申请已报脱钩办。", decision;
        ItemRelapse = "item.relapse", "重新打开事项", done "事项已重新打开。", decision;
        ItemExempt = "item.exempt", "同意依法保留", done "已同意依法保留。", decision;
        RevisionApply = "revision.apply", "按新版摸底调整清单", done "五分离清单已按新版摸底调查调整。", decision;
    }
    /// Files, whatever they belong to (security.md S14).
    Files {
        FileRead = "file.read", "下载文件";
        RemovedFileOpen = "file.open_removed", "调阅撤下的材料", done "已调阅，理由已记入办理历史。", free "it only reads, and gives the reason";
    }
    /// 退出 (SC-12, TC-40, TC-41).
    Exits {
        ExitRead = "exit.read", "查看退出办理";
        ExitSave = "exit.save", "填写退出建议", done "退出建议已保存。", edit;
        ExitPropose = "exit.propose", "报送退出建议", done "退出建议已报民政局。", decision;
        ExitRefuse = "exit.refuse", "不予退出", done "已退回退出建议。", decision;
        ExitDecide = "exit.decide", "决定退出", done "退出决定已登记，方案和未办事项已终止。", decision;
    }
    /// 重大业务活动 (scheme 五(三); MA-1 to MA-3).
    Activities {
        ActivityRead = "activity.read", "查看重大业务活动";
        ActivitySave = "activity.save", "登记重大业务活动", done "重大业务活动已登记。", edit;
        ActivityNote = "activity.note", "登记批准文件", done "批准文件已登记。", edit;
        ActivityApprove = "activity.approve", "同意重大业务活动", done "已同意开展。", decision;
        ActivityReturn = "activity.return", "退回重大业务活动", done "已退回补正。", decision;
        ActivityAllow = "activity.allow", "批准重大业务活动", done "已批准开展。", decision;
        ActivityRefuse = "activity.refuse", "不予批准重大业务活动", done "已作出不予批准的决定。", decision;
        ActivityFinish = "activity.finish", "登记重大业务活动结果", done "活动结果已登记。", edit;
    }
    /// 三个阶段的任务 (scheme 四; domain 9).
    Timeline {
        TimelineRead = "timeline.read", "查看工作进度";
        TimelineMove = "timeline.move", "调整任务时间", done "任务时间已调整，原时间保留在记录中。", edit;
        ChangesRead = "changes.read", "查看新近变化";
    }
    /// 催办、督办 (domain 9).
    Reminders {
        ReminderList = "reminder.list", "查看催办督办";
        ReminderSend = "reminder.send", "发送催办通知", done "催办通知已发送，按单位合并。", decision;
        ReminderRead = "reminder.read", "查看催办通知";
        ReminderAcknowledge = "reminder.acknowledge", "签收催办通知", done "催办通知已签收。", free "签收 decides nothing";
        OrderRead = "order.read", "查看督办单";
        OrderDraft = "order.draft", "拟制督办单", done "督办单已拟制，待脱钩办负责人签发。", decision;
        OrderDiscard = "order.discard", "撤销督办单拟稿", done "督办单拟稿已撤销。", decision;
        OrderSign = "order.sign", "签发督办单", done "督办单已签发，文号已编定。", decision;
        OrderAcknowledge = "order.acknowledge", "签收督办单", done "督办单已签收。", free "签收 decides nothing";
        OrderAnswer = "order.answer", "报告督办事项办理情况", done "办理情况已报脱钩办。", decision;
        OrderReturn = "order.return", "退回办理情况", done "办理情况已退回，请重新办理。", decision;
        OrderClose = "order.close", "办结督办单", done "督办单已办结。", decision;
    }
    /// Figures of the whole.
    Overview {
        DashboardRead = "dashboard.read", "查看进展看板";
        StatisticsRead = "statistics.read", "查看统计";
        TracksRead = "tracks.read", "查看五分离进展表";
    }
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
