//! Roles of the campaign (domain 2.1) and the person who acts in one.

crate::words! {
    /// What a person is in the campaign. The two-letter codes are the domain's.
    #[derive(serde::Serialize)]
    #[serde(rename_all = "snake_case")]
    pub enum Role {
        /// 业务主管单位经办人 (DC).
        UnitClerk = "unit_clerk", "业务主管单位经办人";
        /// 业务主管单位负责人 (DL).
        UnitLeader = "unit_leader", "业务主管单位负责人";
        /// 脱钩办经办人 (OC).
        OfficeClerk = "office_clerk", "脱钩办经办人";
        /// 脱钩办负责人 (OL).
        OfficeLeader = "office_leader", "脱钩办负责人";
        /// 民政局登记 (CA).
        CivilReg = "civil_reg", "登记管理机关经办人";
        /// 民政局领导 (CL).
        CivilLeader = "civil_leader", "登记管理机关负责人";
        /// 发展和改革局 (FG).
        Ndrc = "ndrc", "发展改革部门";
        /// 编办 (BB).
        Bianban = "bianban", "机构编制部门";
        /// 财政局 (CZ).
        Finance = "finance", "财政部门";
        /// 机关事务管理局 (JG).
        Jiguan = "jiguan", "机关事务管理部门";
        /// 组织部 (ZZ).
        OrgDept = "org_dept", "组织部门";
        /// 人社局 (RS).
        Hrss = "hrss", "人力资源社会保障部门";
        /// 审计局 (SJ).
        Audit = "audit", "审计机关";
        /// 协会 (AS).
        Association = "association", "协会";
        /// 上级机关: reads dashboards and published results (TC-71).
        Superior = "superior", "上级机关";
        /// 系统管理员 (AD): accounts and departments, no business.
        Sysadmin = "sysadmin", "系统管理员";
    }
}

impl Role {
    /// The domain's short code, which measures and approvals name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::UnitClerk => "DC",
            Self::UnitLeader => "DL",
            Self::OfficeClerk => "OC",
            Self::OfficeLeader => "OL",
            Self::CivilReg => "CA",
            Self::CivilLeader => "CL",
            Self::Ndrc => "FG",
            Self::Bianban => "BB",
            Self::Finance => "CZ",
            Self::Jiguan => "JG",
            Self::OrgDept => "ZZ",
            Self::Hrss => "RS",
            Self::Audit => "SJ",
            Self::Association => "AS",
            Self::Superior => "SUP",
            Self::Sysadmin => "AD",
        }
    }

    /// Clerk or leader of a supervising unit.
    #[must_use]
    pub const fn is_unit(self) -> bool {
        matches!(self, Self::UnitClerk | Self::UnitLeader)
    }

    /// Clerk or head of the decoupling office.
    #[must_use]
    pub const fn is_office(self) -> bool {
        matches!(self, Self::OfficeClerk | Self::OfficeLeader)
    }

    /// A functional department with a competence of its own (BB CZ JG ZZ RS, CA).
    #[must_use]
    pub const fn is_specialist(self) -> bool {
        matches!(
            self,
            Self::Bianban
                | Self::Finance
                | Self::Jiguan
                | Self::OrgDept
                | Self::Hrss
                | Self::CivilReg
                | Self::Audit
        )
    }

    /// May read every association's record.
    #[must_use]
    pub const fn reads_all(self) -> bool {
        self.is_office() || self.is_specialist() || matches!(self, Self::CivilLeader | Self::Ndrc)
    }

    /// May read the personnel register of every association; the others see
    /// counts (domain 2.1). Units and associations read their own.
    #[must_use]
    pub const fn reads_persons(self) -> bool {
        self.is_office()
            || matches!(
                self,
                Self::OrgDept | Self::Hrss | Self::CivilReg | Self::Bianban
            )
    }
}
