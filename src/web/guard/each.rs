//! Several matters by one form: what the guard asks of an address is asked of each of them.

use std::sync::Arc;

use crate::access::facts::{self, Address};
use crate::access::{Act, Decision, Who, decide};
use crate::web::{App, Error};

use super::{Allowed, note_refusal};

/// Said of what is not the person's to know of, or not there any more.
const HIDDEN: &str = "该内容已不在您的办理范围内。";

/// The person before one of several matters, and the program under its dates.
pub struct Admitted {
    /// The program.
    pub app: App,
    /// The person, with the facts of the matter to be asked again under its lock.
    pub who: Who,
}

impl Allowed {
    /// Asks whether the person may do another act on another subject than the address's,
    /// and says why not. Who was refused is noted as at any door (TC-65).
    pub async fn before(
        &self,
        app: &App,
        act: Act,
        address: Address,
    ) -> Result<Result<Admitted, &'static str>, Error> {
        let facts = {
            let mut db = app.read().await?;
            let (campaign, of) = (app.database.campaign(), (&self.actor, act));
            facts::load(db.connection(), campaign, &app.scheme, of, address).await?
        };
        let mut request = self.circumstances.clone();
        request.of = Some(address);
        request.once = None;
        request.made = Arc::default();
        let decision = facts
            .as_ref()
            .map_or(Decision::Hide, |facts| decide(&self.actor, act, facts));
        let why = match decision {
            Decision::Allow => None,
            Decision::Hide => Some(HIDDEN),
            Decision::Deny(why) => Some(why),
        };
        if let Some(why) = why {
            note_refusal(app, &self.actor, &request, (act, address)).await;
            return Ok(Err(why));
        }
        let facts = facts.unwrap_or_default();
        request.remark = facts.remark(act);
        Ok(Ok(Admitted {
            app: app.of_batch(&facts.batch),
            who: Who {
                actor: self.actor.clone(),
                request,
            },
        }))
    }
}
