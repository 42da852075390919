//! Kinds and states of activities with their words.

/// What kind of activity it is (MA-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum Kind {
    /// 换届.
    Election,
    /// 重大投资.
    Investment,
    /// 资产处置.
    Disposal,
    /// 评比表彰.
    Appraisal,
    /// 大型会议展会.
    Event,
    /// 涉外.
    Foreign,
    /// 开办实体.
    Entity,
    /// 其他.
    Other,
}

impl Kind {
    /// All kinds, in the order of the domain text.
    pub const ALL: [Self; 8] = [
        Self::Election,
        Self::Investment,
        Self::Disposal,
        Self::Appraisal,
        Self::Event,
        Self::Foreign,
        Self::Entity,
        Self::Other,
    ];

    /// The value kept in the database and sent by forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Election => "election",
            Self::Investment => "investment",
            Self::Disposal => "disposal",
            Self::Appraisal => "appraisal",
            Self::Event => "event",
            Self::Foreign => "foreign",
            Self::Entity => "entity",
            Self::Other => "other",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Election => "换届",
            Self::Investment => "重大投资",
            Self::Disposal => "资产处置",
            Self::Appraisal => "评比表彰",
            Self::Event => "大型会议展会",
            Self::Foreign => "涉外活动",
            Self::Entity => "开办实体",
            Self::Other => "其他",
        }
    }

    /// The kind with this key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

/// State of an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, sqlx::Type)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
pub enum State {
    /// Waits for the unit's leader.
    Registered,
    /// Sent back by the unit's leader.
    Returned,
    /// Waits for the office.
    WithOffice,
    /// May go ahead.
    Approved,
    /// The office refused.
    Refused,
    /// Held, with its result.
    Done,
}

impl State {
    /// The value kept in the database.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Registered => "registered",
            Self::Returned => "returned",
            Self::WithOffice => "with_office",
            Self::Approved => "approved",
            Self::Refused => "refused",
            Self::Done => "done",
        }
    }

    /// What pages call it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Registered => "已登记，待业务主管单位审批",
            Self::Returned => "已退回，待补正",
            Self::WithOffice => "业务主管单位已同意，待脱钩办批准",
            Self::Approved => "已批准，待登记结果",
            Self::Refused => "未批准",
            Self::Done => "已办结",
        }
    }

    /// Colour and shape of its tag.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Registered | Self::WithOffice => "yellow",
            Self::Returned | Self::Refused => "red",
            Self::Approved => "green",
            Self::Done => "blue",
        }
    }
}
