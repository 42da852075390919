//! The documents of a plan: the request with the plan (一会一方案) as its attachment, the plan
//! alone, the reply.

mod body;
mod ground;
mod reply;
mod request;

pub use reply::{ReplyPaper, reply};
pub use request::{PlanPaper, RequestPaper, SentPaper};
