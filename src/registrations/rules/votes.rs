//! Quorum and majority as the model charter has them (RG-8), in integers.

use super::Refusal;

crate::words! {
    /// Who resolved it.
    pub enum Organ {
        /// All members.
        Assembly = "assembly", "会员大会";
        /// Their delegates.
        Delegates = "delegates", "会员代表大会";
        /// The council.
        Council = "council", "理事会";
        /// Its standing council.
        Standing = "standing", "常务理事会";
    }
}

impl Organ {
    const fn is_council(self) -> bool {
        matches!(self, Self::Council | Self::Standing)
    }
}

/// How a meeting voted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Votes {
    /// 应到.
    pub entitled: i32,
    /// 实到.
    pub present: i32,
    /// 同意.
    pub agreed: i32,
}

impl Votes {
    /// Nobody votes who is not there, nobody is there who is not entitled.
    pub const fn possible(self) -> Result<(), Refusal> {
        if self.agreed > self.present || self.present > self.entitled || self.entitled < 1 {
            return Err(Refusal::ImpossibleVotes);
        }
        Ok(())
    }

    /// As people read it.
    #[must_use]
    pub fn words(self) -> String {
        let Self {
            entitled,
            present,
            agreed,
        } = self;
        format!("应到{entitled}人，实到{present}人，同意{agreed}人")
    }

    /// By what it falls short; civil affairs decides all the same.
    #[must_use]
    pub fn short(self, organ: Organ) -> Option<&'static str> {
        let [entitled, present, agreed] = [self.entitled, self.present, self.agreed].map(i64::from);
        if present * 3 < entitled * 2 {
            return Some("实到人数不足应到人数的三分之二");
        }
        let carried = if organ.is_council() {
            agreed * 3 >= present * 2
        } else {
            agreed * 2 >= present
        };
        match (carried, organ.is_council()) {
            (true, _) => None,
            (false, true) => Some("同意人数不足实到人数的三分之二"),
            (false, false) => Some("同意人数不足实到人数的半数"),
        }
    }
}
