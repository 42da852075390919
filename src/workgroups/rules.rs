//! The four parts that a unit reports, when one is complete, and how it stands.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::access::Role;
use crate::database::Explain;

crate::words! {
    /// A part of what a unit reports.
    pub enum Part {
        /// 脱钩改革工作组 (PH-01).
        Group = "group", "脱钩改革工作组";
        /// 专职工作人员 (PH-02).
        Liaison = "liaison", "专职工作人员";
        /// 时间表 (PH-03).
        Timetable = "timetable", "时间表";
        /// 风险预案 (PH-04).
        Risks = "risks", "风险预案";
    }
}

/// A member of the work group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// The number by which its row is known while others come and go; 0: saved before.
    #[serde(default)]
    pub number: u32,
    /// The person.
    pub name: String,
    /// Office and post.
    pub post: String,
}

/// A line of the timetable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The number by which its row is known while others come and go; 0: saved before.
    #[serde(default)]
    pub number: u32,
    /// What is to be done.
    pub what: String,
    /// Until when.
    pub due: NaiveDate,
    /// Who does it.
    pub who: String,
}

/// A line of the risk plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    /// The number by which its row is known while others come and go; 0: saved before.
    #[serde(default)]
    pub number: u32,
    /// What may happen.
    pub risk: String,
    /// What is done about it.
    pub measure: String,
    /// Who answers for it.
    pub owner: String,
}

/// What a unit has written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Content {
    /// Leader of the work group.
    pub leader: String,
    /// The leader's post.
    pub leader_post: String,
    /// The members.
    pub members: Vec<Member>,
    /// The full-time liaison officer.
    pub liaison_name: String,
    /// The officer's telephone: for the unit, the office and the registrar only.
    pub liaison_phone: String,
    /// Whether the officer has joined the district's work group.
    pub liaison_joined: Option<bool>,
    /// The unit's timetable.
    pub timetable: Vec<Step>,
    /// The risk plan.
    pub risks: Vec<Risk>,
}

impl Content {
    /// What a part still lacks; nothing: it is complete.
    #[must_use]
    pub fn lacks(&self, part: Part) -> Option<&'static str> {
        let lacking = match part {
            Part::Group if self.leader.is_empty() => "尚未填写组长",
            Part::Group if self.members.is_empty() => "尚未填写成员",
            Part::Liaison if self.liaison_name.is_empty() => "尚未填写专职工作人员",
            Part::Liaison if self.liaison_phone.is_empty() => "尚未填写专职工作人员的联系电话",
            Part::Liaison if self.liaison_joined != Some(true) => "专职工作人员尚未加入脱钩工作群",
            Part::Timetable if self.timetable.is_empty() => "尚未排出时间表",
            Part::Risks if self.risks.is_empty() => "尚未制定风险预案",
            Part::Group | Part::Liaison | Part::Timetable | Part::Risks => return None,
        };
        Some(lacking)
    }
}

/// When a part was reported, read or sent back.
#[derive(Debug, Clone)]
pub struct Report {
    /// Which part.
    pub part: Part,
    /// When the leader reported it.
    pub reported_on: Option<NaiveDate>,
    /// When the office read it.
    pub read_on: Option<NaiveDate>,
    /// When the office sent it back.
    pub returned_on: Option<NaiveDate>,
    /// Why.
    pub return_reason: Option<String>,
}

impl Report {
    /// The day on which it came to stand as it does.
    #[must_use]
    pub fn on(&self) -> Option<NaiveDate> {
        self.reported_on.or(self.returned_on)
    }
}

crate::words! {
    /// How a part stands.
    pub enum Standing {
        /// Something is lacking.
        Incomplete = "incomplete", "未填报", Todo;
        /// Complete, and not with the office.
        Complete = "complete", "已填写，待报送", Going;
        /// With the office.
        Reported = "reported", "已报送", Going;
        /// The office has read it.
        Read = "read", "已阅", Done;
        /// Sent back with a reason.
        Returned = "returned", "已退回，待补正", Soon;
    }
}

/// How a part stands.
#[must_use]
pub fn standing(report: Option<&Report>, complete: bool) -> Standing {
    match report {
        Some(report) if report.returned_on.is_some() => Standing::Returned,
        Some(report) if report.read_on.is_some() => Standing::Read,
        Some(_) => Standing::Reported,
        None if complete => Standing::Complete,
        None => Standing::Incomplete,
    }
}

/// The parts that a report sends now: complete, and not with the office already.
#[must_use]
pub fn to_report(content: &Content, reports: &[Report]) -> Vec<Part> {
    Part::ALL
        .into_iter()
        .filter(|part| content.lacks(*part).is_none())
        .filter(|part| {
            !reports
                .iter()
                .any(|report| report.part == *part && report.reported_on.is_some())
        })
        .collect()
}

/// The parts that a report sends now; none is left where only what the office has
/// already was changed.
pub fn may_report(
    content: &Content,
    unreported: bool,
    reports: &[Report],
) -> Result<Vec<Part>, Refusal> {
    let parts = to_report(content, reports);
    let with_office = reports.iter().any(|report| report.reported_on.is_some());
    if parts.is_empty() && !(unreported && with_office) {
        return Err(Refusal::NothingNew);
    }
    Ok(parts)
}

/// Whether telephone numbers are shown: to the unit itself, the office and the
/// registrar (domain 2.1).
#[must_use]
pub const fn shows_phone(role: Role, own: bool) -> bool {
    own || role.is_office() || matches!(role, Role::CivilReg)
}

/// Why an act is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing is complete that was not reported already.
    NothingNew,
    /// There is nothing to read or to send back.
    NothingReported,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::NothingNew => "没有新填写完整的部分可以报送，请先填写。",
            Self::NothingReported => "所选部分尚未报送，请刷新页面核对。",
        }
        .to_owned()
    }
}

#[cfg(test)]
mod tests;
