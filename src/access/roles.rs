//! Roles of the campaign (domain 2.1) and the person who acts in one.

/// What a person is in the campaign. The two-letter codes are the domain's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type, serde::Serialize)]
#[sqlx(type_name = "text", rename_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 业务主管单位经办人 (DC).
    UnitClerk,
    /// 业务主管单位负责人 (DL).
    UnitLeader,
    /// 脱钩办经办人 (OC).
    OfficeClerk,
    /// 脱钩办负责人 (OL).
    OfficeLeader,
    /// 民政局登记 (CA).
    CivilReg,
    /// 民政局领导 (CL).
    CivilLeader,
    /// 发展和改革局 (FG).
    Ndrc,
    /// 编办 (BB).
    Bianban,
    /// 财政局 (CZ).
    Finance,
    /// 机关事务管理局 (JG).
    Jiguan,
    /// 组织部 (ZZ).
    OrgDept,
    /// 人社局 (RS).
    Hrss,
    /// 审计局 (SJ).
    Audit,
    /// 协会 (AS).
    Association,
    /// 上级机关: reads dashboards and published results (TC-71).
    Superior,
    /// 系统管理员 (AD): accounts and departments, no business.
    Sysadmin,
}

impl Role {
    /// All roles, in the order of the permission table.
    pub const ALL: [Self; 16] = [
        Self::UnitClerk,
        Self::UnitLeader,
        Self::OfficeClerk,
        Self::OfficeLeader,
        Self::CivilReg,
        Self::CivilLeader,
        Self::Ndrc,
        Self::Bianban,
        Self::Finance,
        Self::Jiguan,
        Self::OrgDept,
        Self::Hrss,
        Self::Audit,
        Self::Association,
        Self::Superior,
        Self::Sysadmin,
    ];

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

    /// The value kept in the database and sent by forms.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::UnitClerk => "unit_clerk",
            Self::UnitLeader => "unit_leader",
            Self::OfficeClerk => "office_clerk",
            Self::OfficeLeader => "office_leader",
            Self::CivilReg => "civil_reg",
            Self::CivilLeader => "civil_leader",
            Self::Ndrc => "ndrc",
            Self::Bianban => "bianban",
            Self::Finance => "finance",
            Self::Jiguan => "jiguan",
            Self::OrgDept => "org_dept",
            Self::Hrss => "hrss",
            Self::Audit => "audit",
            Self::Association => "association",
            Self::Superior => "superior",
            Self::Sysadmin => "sysadmin",
        }
    }

    /// What pages and records call the role.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::UnitClerk => "业务主管单位经办人",
            Self::UnitLeader => "业务主管单位负责人",
            Self::OfficeClerk => "脱钩办经办人",
            Self::OfficeLeader => "脱钩办负责人",
            Self::CivilReg => "登记管理机关经办人",
            Self::CivilLeader => "登记管理机关负责人",
            Self::Ndrc => "发展改革部门",
            Self::Bianban => "机构编制部门",
            Self::Finance => "财政部门",
            Self::Jiguan => "机关事务管理部门",
            Self::OrgDept => "组织部门",
            Self::Hrss => "人力资源社会保障部门",
            Self::Audit => "审计机关",
            Self::Association => "协会",
            Self::Superior => "上级机关",
            Self::Sysadmin => "系统管理员",
        }
    }

    /// The role with this key, if there is one.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
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
