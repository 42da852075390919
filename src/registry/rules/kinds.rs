//! Stages, ties, decisions: what the register calls things, each with one wording.

/// How far an association has come. Kept by the rooms' acts, so that lists filter by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Stage {
    /// In the register.
    Registered,
    /// The survey is being filled in.
    Surveying,
    /// The survey waits for the office.
    SurveySubmitted,
    /// The survey is confirmed.
    SurveyConfirmed,
    /// On the published list.
    Listed,
    /// The plan is being written.
    PlanDraft,
    /// The plan is with the office.
    PlanSubmitted,
    /// The office has replied.
    PlanApproved,
    /// The five tracks are being carried out.
    Implementing,
    /// All five tracks are done.
    FiveDone,
}

impl Stage {
    /// All stages in order.
    pub const ALL: [Self; 10] = [
        Self::Registered,
        Self::Surveying,
        Self::SurveySubmitted,
        Self::SurveyConfirmed,
        Self::Listed,
        Self::PlanDraft,
        Self::PlanSubmitted,
        Self::PlanApproved,
        Self::Implementing,
        Self::FiveDone,
    ];

    /// The value kept in the database and in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Surveying => "surveying",
            Self::SurveySubmitted => "survey_submitted",
            Self::SurveyConfirmed => "survey_confirmed",
            Self::Listed => "listed",
            Self::PlanDraft => "plan_draft",
            Self::PlanSubmitted => "plan_submitted",
            Self::PlanApproved => "plan_approved",
            Self::Implementing => "implementing",
            Self::FiveDone => "five_done",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Registered => "已登记",
            Self::Surveying => "摸底填报中",
            Self::SurveySubmitted => "摸底待确认",
            Self::SurveyConfirmed => "摸底已确认",
            Self::Listed => "已列入名单",
            Self::PlanDraft => "方案编制中",
            Self::PlanSubmitted => "方案审查中",
            Self::PlanApproved => "方案已批复",
            Self::Implementing => "实施中",
            Self::FiveDone => "五项分离完成",
        }
    }

    /// The stage with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.key() == key)
    }
}

/// The four ties that the campaign ends (三(一)).
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum TieKind {
    /// 主办
    Host,
    /// 主管
    Supervise,
    /// 联系
    Liaise,
    /// 挂靠
    Affiliate,
}

impl TieKind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Host, Self::Supervise, Self::Liaise, Self::Affiliate];

    /// The value kept in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Host => "host",
            Self::Supervise => "supervise",
            Self::Liaise => "liaise",
            Self::Affiliate => "affiliate",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Host => "主办",
            Self::Supervise => "主管",
            Self::Liaise => "联系",
            Self::Affiliate => "挂靠",
        }
    }

    /// The kind with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// The office's decision (SC-8).
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Scope {
    /// Not decided yet.
    Undecided,
    /// 拟脱钩
    In,
    /// 不脱钩
    Out,
    /// 暂不脱钩
    Defer,
}

impl Scope {
    /// All decisions.
    pub const ALL: [Self; 4] = [Self::Undecided, Self::In, Self::Out, Self::Defer];

    /// The value kept in the database and in addresses.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Undecided => "undecided",
            Self::In => "in",
            Self::Out => "out",
            Self::Defer => "defer",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Undecided => "待认定",
            Self::In => "拟脱钩",
            Self::Out => "不脱钩",
            Self::Defer => "暂不脱钩",
        }
    }

    /// The decision with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.key() == key)
    }
}

/// What the criteria say by themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Computed {
    /// All three criteria hold.
    In,
    /// One fails.
    Out,
    /// One needs a person's judgement.
    Confirm,
}

impl Computed {
    /// The value kept in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Confirm => "confirm",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::In => "符合条件",
            Self::Out => "不符合条件",
            Self::Confirm => "须人工认定",
        }
    }
}
