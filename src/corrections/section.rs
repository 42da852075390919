//! What a matter's page says of requests to correct it, and what this person may do there.

use crate::access::{Act, Seen};
use crate::database::Db;
use crate::web::Allowed;
use crate::web::ask::{self, Ask};

use super::rules::{Of, Standing, State};
use super::store::{self, Correction};

/// Why the unit asks.
pub const REASON: Ask<String> = ask::longtext("correction", "更正理由", 500)
    .hint("写明哪一处有误、应为什么")
    .must("请写明申请更正的理由。");
/// Why it is refused.
pub const ANSWER: Ask<String> =
    ask::longtext("refusal_of_correction", "不予更正的理由", 500).must("请写明不予更正的理由。");

/// The part of a page.
#[derive(Default)]
pub struct Section {
    /// The request that waits for an answer.
    pub asked: Option<Correction>,
    /// The one before, if it was refused.
    pub refused: Option<Correction>,
    /// How this person may ask.
    pub ask: Option<Way>,
    /// How this person may refuse.
    pub refuse: Option<Way>,
}

/// A form that is open.
pub struct Way {
    /// Where it goes.
    pub address: String,
    /// What is seen.
    pub seen: Seen,
}

impl Way {
    const fn on(address: String, version: i32) -> Self {
        let seen = Seen::version(version);
        Self { address, seen }
    }
}

impl Section {
    /// Of a matter as it stands.
    pub async fn of(
        db: &mut Db,
        allowed: &Allowed,
        of: Of,
        standing: Standing,
    ) -> Result<Self, sqlx::Error> {
        // What the unit has in hand, or nobody any more, waits for no answer.
        if !standing.open || !allowed.may(Act::CorrectionRead) {
            return Ok(Self::default());
        }
        let newest = store::newest(db, &of).await?;
        let state = newest.as_ref().map(|correction| correction.state);
        let waits = state == Some(State::Asked);
        let asks = standing.opened && !waits && allowed.may(Act::CorrectionAsk);
        let asked = newest.clone().filter(|_| waits);
        let refuses = asked
            .as_ref()
            .filter(|_| allowed.may(Act::CorrectionRefuse));
        Ok(Self {
            ask: asks.then(|| Way::on(of.address(), standing.version)),
            refuse: refuses.map(|asked| Way::on(of.refusal(), asked.version)),
            refused: newest.filter(|_| state == Some(State::Refused)),
            asked,
        })
    }

    /// Whether there is anything to say.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.asked.is_none() && self.refused.is_none() && self.ask.is_none()
    }
}
