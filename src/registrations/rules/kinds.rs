//! What is registered and filed (RG-1), and what each kind needs.

crate::words! {
    /// What is registered or filed.
    pub enum Kind {
        /// T1-02.
        Certificate = "certificate", "换发登记证书";
        /// T6-01.
        Charter = "charter", "章程核准";
        /// T6-02.
        Members = "members", "组织机构和会员备案";
        /// T6-03.
        Legal = "legal", "法定代表人变更登记";
        /// T6-04.
        Domicile = "domicile", "住所变更登记";
        /// T6-05.
        Business = "business", "业务范围变更登记";
        /// T6-06.
        Officers = "officers", "负责人变动备案";
    }
}

crate::words! {
    /// State of an entry.
    pub enum State {
        /// Received, and not decided on.
        Received = "received", "已收件，待登记结果", Going;
        /// Registered, approved or filed.
        Granted = "granted", "已办结", Done;
        /// Not registered, approved or filed.
        Refused = "refused", "不予办理", Void;
    }
}

crate::words! {
    /// What civil affairs says.
    pub enum Verdict {
        /// 准予登记, 核准, 备案.
        Granted = "granted", "准予登记、核准或备案";
        /// 不予.
        Refused = "refused", "不予登记、核准或备案";
    }
}

crate::words! {
    /// What a certificate says under 业务主管单位.
    pub enum SupervisorColumn {
        /// Nothing stands there.
        Blank = "blank", "空白";
        /// It says that there is none.
        Nothing = "none", "无";
        /// It goes on naming a unit.
        Named = "named", "仍有登载";
    }
}

impl Kind {
    /// The measure that rests on it.
    #[must_use]
    pub const fn measure(self) -> &'static str {
        match self {
            Self::Certificate => "T1-02",
            Self::Charter => "T6-01",
            Self::Members => "T6-02",
            Self::Legal => "T6-03",
            Self::Domicile => "T6-04",
            Self::Business => "T6-05",
            Self::Officers => "T6-06",
        }
    }

    /// The kind on which a measure rests.
    #[must_use]
    pub fn of_measure(measure: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.measure() == measure)
    }

    /// A meeting may have resolved it.
    #[must_use]
    pub const fn may_meet(self) -> bool {
        !matches!(self, Self::Certificate | Self::Members)
    }

    /// Without a meeting there is none (RG-6).
    #[must_use]
    pub const fn needs_meeting(self) -> bool {
        self.may_meet() && !matches!(self, Self::Domicile)
    }

    /// It is applied for within the statutory period after its meeting (7.7).
    #[must_use]
    pub const fn has_period(self) -> bool {
        self.may_meet()
    }

    /// Its paper says who the 业务主管单位 is.
    #[must_use]
    pub const fn has_column(self) -> bool {
        matches!(self, Self::Certificate)
    }

    /// What is asked of the change: label and hint.
    #[must_use]
    pub const fn content(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Certificate | Self::Charter | Self::Members => None,
            Self::Legal => Some(("新任法定代表人", "姓名")),
            Self::Domicile => Some(("新住所", "与登记证书一致")),
            Self::Business => Some(("新业务范围", "与登记证书一致")),
            Self::Officers => Some(("负责人变动", "职务和变动情况，不写证件号码")),
        }
    }

    /// What the paper is called that civil affairs gives out.
    #[must_use]
    pub const fn document(self) -> &'static str {
        match self {
            Self::Certificate | Self::Legal | Self::Domicile | Self::Business => "新登记证书编号",
            Self::Charter => "核准文号",
            Self::Members | Self::Officers => "备案回执编号",
        }
    }
}
