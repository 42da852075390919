//! Stages, ties, decisions: what the register calls things, each with one wording.

crate::words! {
    /// How far an association has come. Kept by the rooms' acts, so that lists filter by it.
    #[derive(PartialOrd, Ord)]
    pub enum Stage {
        /// In the register.
        Registered = "registered", "已登记";
        /// The survey is being filled in.
        Surveying = "surveying", "摸底填报中";
        /// The survey waits for the office.
        SurveySubmitted = "survey_submitted", "摸底待确认";
        /// The survey is confirmed.
        SurveyConfirmed = "survey_confirmed", "摸底已确认";
        /// On the published list.
        Listed = "listed", "已列入名单";
        /// The plan is being written.
        PlanDraft = "plan_draft", "方案编制中";
        /// The plan is with the office.
        PlanSubmitted = "plan_submitted", "方案审查中";
        /// The office has replied.
        PlanApproved = "plan_approved", "方案已批复";
        /// The five tracks are being carried out.
        Implementing = "implementing", "实施中";
        /// All five tracks are done.
        FiveDone = "five_done", "五项分离完成";
    }
}

crate::words! {
    /// The four ties that the campaign ends (三(一)).
    pub enum TieKind {
        Host = "host", "主办";
        Supervise = "supervise", "主管";
        Liaise = "liaise", "联系";
        Affiliate = "affiliate", "挂靠";
    }
}

crate::words! {
    /// The office's decision (SC-8).
    pub enum Scope {
        /// Not decided yet.
        Undecided = "undecided", "待认定";
        In = "in", "拟脱钩";
        Out = "out", "不脱钩";
        Defer = "defer", "暂不脱钩";
    }
}

crate::words! {
    /// What the criteria say by themselves.
    pub enum Computed {
        /// All three criteria hold.
        In = "in", "符合条件";
        /// One fails.
        Out = "out", "不符合条件";
        /// One needs a person's judgement.
        Confirm = "confirm", "须人工认定";
    }
}
