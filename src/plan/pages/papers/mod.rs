//! The documents of a plan: the request with the plan (一会一方案) as its attachment, the plan
//! alone, the reply.

mod body;
mod reply;
mod request;

pub use reply::{ReplyPaper, reply};
pub use request::{PlanPaper, RequestPaper};

use crate::plan::store::Plan;

/// What stands across every page of what is not approved (TC-72): its state and its round.
fn across(plan: &Plan) -> Option<String> {
    if plan.state.is_replied() {
        return None;
    }
    let word = if plan.state.is_open() {
        "草稿"
    } else {
        "送审稿"
    };
    Some(format!("{word}（第{}轮）", plan.round))
}
