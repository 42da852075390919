//! Registers, the life of an entry, and why something cannot be done. Pure.

use crate::access::case::{Holder, Place, Steps};
use crate::access::{Act, Role};
use crate::database::Explain;
use crate::web::answer::money;

pub mod balance;
pub mod book;
pub mod duties;
pub mod fields;
pub mod figures;
pub mod standing;

/// Answers of the survey that the whole district's registers are read with.
pub const SURVEYED: [&str; 7] = [
    "SV-31", "SV-32", "SV-34", "SV-46", "SV-51", "SV-54", "SV-55",
];
/// The part of the plan that they are read with.
pub const PLANNED: &str = "PL-7";
/// The parts of the plan that the lists of functions and purchases are read with.
pub const LISTED: [&str; 2] = ["PL-6", PLANNED];
/// Why the plan lists none.
pub const NONE_PLANNED: &str = "PL-7-1";
/// The survey's tables of which registers have a row each: assets, appropriations, rooms.
pub const TABLES: [&str; 3] = ["SV-51", "SV-46", "SV-55"];
/// Income, assets and liabilities.
pub const SUMS: [&str; 3] = ["SV-47-0", "SV-49-0", "SV-50-0"];
/// Net assets, bound and free.
pub const NET: [&str; 2] = ["SV-50-1", "SV-50-2"];

crate::words! {
    /// A register, each on one table of the survey or plan.
    #[derive(PartialOrd, Ord)]
    pub enum Register {
        /// 行政职能剥离 (SV-32, T2-02).
        Function = "function", "行政职能剥离";
        /// 职能移交 (SV-34, PL-6, T2-05, T2-06).
        Transfer = "transfer", "职能移交";
        /// 购买服务 (PL-7).
        Purchase = "purchase", "购买服务";
        /// 代管、协管、挂靠关系的调整 (SV-22, T1-05).
        Custody = "custody", "代管、协管、挂靠关系";
        /// 权属界定 (SV-51, T3-09).
        Ownership = "ownership", "权属界定";
        /// 资产处置 (SV-51, T3-10).
        Asset = "asset", "资产处置";
        /// 处置完成 (SV-51).
        Completion = "completion", "处置完成";
        /// 拨款处理 (SV-46, T3-06).
        Appropriation = "appropriation", "拨款处理";
        /// 用房移交 (SV-55, T3-11).
        Room = "room", "用房移交";
        /// 延期腾退 (SV-55, TC-32).
        Delay = "delay", "延期腾退";
        /// 协会自己的办公场所 (SV-56, T3-12).
        Premises = "premises", "办公场所";
    }
}

impl Register {
    /// The table whose rows it follows.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Function => "SV-32",
            Self::Transfer => "SV-34",
            Self::Purchase => "PL-7",
            Self::Custody => "SV-22",
            Self::Ownership | Self::Asset | Self::Completion => "SV-51",
            Self::Appropriation => "SV-46",
            Self::Room | Self::Delay => "SV-55",
            Self::Premises => "SV-56",
        }
    }

    /// On the functions' page; the others stand on the assets' page.
    #[must_use]
    pub const fn of_functions(self) -> bool {
        matches!(
            self,
            Self::Function | Self::Transfer | Self::Purchase | Self::Custody
        )
    }

    /// Who decides on its entries; nobody where recording is all (domain 2.2).
    #[must_use]
    pub const fn deciders(self) -> &'static [Role] {
        match self {
            Self::Asset => &[Role::Finance, Role::Jiguan],
            Self::Appropriation => &[Role::Finance],
            Self::Room | Self::Delay => &[Role::Jiguan],
            _ => &[],
        }
    }

    /// The act of deciding.
    #[must_use]
    pub const fn decision(self) -> Option<Act> {
        match self {
            Self::Asset => Some(Act::DispositionApprove),
            Self::Appropriation => Some(Act::AppropriationSettle),
            Self::Room => Some(Act::RoomAccept),
            Self::Delay => Some(Act::DelayApprove),
            _ => None,
        }
    }

    /// The act of recording.
    #[must_use]
    pub const fn recording(self) -> Act {
        match self {
            Self::Function | Self::Transfer | Self::Purchase | Self::Custody => Act::FunctionRecord,
            Self::Ownership => Act::OwnershipDetermine,
            _ => Act::AssetRecord,
        }
    }
}

crate::words! {
    /// State of an entry.
    pub enum State {
        /// Recorded by the clerk.
        Draft = "draft", "已登记";
        /// Signed by the unit's leader; with the department.
        Submitted = "submitted", "已报送，待审批";
        /// Approved, verified or accepted.
        Approved = "approved", "已批准";
        /// Sent back with a reason.
        Returned = "returned", "已退回";
    }
}

/// From a state, by an act, to a state.
pub const STEPS: Steps<State> = &[
    (State::Draft, Act::FunctionRecord, State::Draft),
    (State::Returned, Act::FunctionRecord, State::Draft),
    (State::Draft, Act::OwnershipDetermine, State::Draft),
    (State::Returned, Act::OwnershipDetermine, State::Draft),
    (State::Draft, Act::AssetRecord, State::Draft),
    (State::Returned, Act::AssetRecord, State::Draft),
    (State::Draft, Act::HoldingsSubmit, State::Submitted),
    (State::Submitted, Act::DispositionApprove, State::Approved),
    (State::Submitted, Act::AppropriationSettle, State::Approved),
    (State::Submitted, Act::RoomAccept, State::Approved),
    (State::Submitted, Act::DelayApprove, State::Approved),
    (State::Submitted, Act::HoldingsReturn, State::Returned),
    (State::Approved, Act::HoldingsReturn, State::Returned),
    // What was signed or decided on reads otherwise now.
    (State::Submitted, Act::SignatureVoid, State::Returned),
    (State::Approved, Act::SignatureVoid, State::Returned),
];

/// On whose desk an entry lies of a register on which somebody decides.
#[must_use]
pub const fn holder(state: State) -> &'static [Holder] {
    match state {
        State::Draft => const { &[Holder::leader(Act::HoldingsSubmit)] },
        State::Returned => const { &[Holder::clerk(Act::AssetRecord)] },
        State::Submitted => const { &[Holder::new(Place::Deciders, Act::DispositionApprove)] },
        // What was approved is then carried out (处置完成).
        State::Approved => const { &[Holder::clerk(Act::AssetRecord).incomplete()] },
    }
}

/// A delay that was granted has moved a deadline (TC-32): another day is asked for
/// anew, it is not taken back.
pub const fn may_return(register: Register, state: State) -> Result<(), Refusal> {
    if matches!((register, state), (Register::Delay, State::Approved)) {
        return Err(Refusal::Granted);
    }
    Ok(())
}

/// Why something cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Nothing waits for the leader's signature.
    Nothing,
    /// The parts do not make up the whole; row and difference in cents (TC-46).
    Unbalanced(String, i64),
    /// The area handed over is another one; row and difference in hundredths of m².
    AreaDiffers(String, i64),
    /// Ownership has to be determined first; the row (TC-45).
    Unclear(String),
    /// Completed before it was approved.
    NotApproved,
    /// Not this department's to decide.
    NotYours,
    /// What a purchase of services needs is its contract (TC-16), and other money is none.
    WrongHandling,
    /// A delay that was granted is not taken back.
    Granted,
}

impl Explain for Refusal {
    fn explain(&self) -> String {
        match self {
            Self::Nothing => "没有待报送的事项。".to_owned(),
            Self::Unbalanced(label, difference) => format!(
                "“{label}”的处置去向合计与净值相差{}万元，请核对；确有差额的，写明差额说明。",
                exact(*difference)
            ),
            Self::AreaDiffers(label, difference) => format!(
                "“{label}”的移交面积与占用面积相差{}平方米，请核对；确有差异的，写明面积差异说明。",
                money::show_hundredths(*difference)
            ),
            Self::Unclear(label) => format!("“{label}”的权属待界定，请先登记权属界定。"),
            Self::NotApproved => "处置尚未经批准，不能登记完成。".to_owned(),
            Self::NotYours => "此项不由您所在的部门审批。".to_owned(),
            Self::WrongHandling => {
                "购买服务资金的处理方式为登记合同；基本、项目拨款的处理方式为退回或作出说明。"
                    .to_owned()
            }
            Self::Granted => "延期已经批准，不能退回；需要另定日期的，由单位重新申请。".to_owned(),
        }
    }

    fn field(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NotApproved => Some(("completed_on", "完成日期")),
            Self::WrongHandling => Some(("handling", "处理方式")),
            _ => None,
        }
    }
}

/// Cents as 万元, with as many decimals as they need (TC-46: one cent is seen).
#[must_use]
pub fn exact(cents: i64) -> String {
    if cents % 10_000 == 0 {
        return money::show(cents);
    }
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.abs();
    format!("{sign}{}.{:06}", cents / 1_000_000, cents % 1_000_000)
}

#[cfg(test)]
mod tests;
