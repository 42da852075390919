//! Who may do what (domain 2). `policy::decide` is every permission of the
//! system; `facts` and `session` read what it decides on. No page lives here.

pub mod actor;
pub mod acts;
pub mod case;
pub mod facts;
pub mod policy;
pub mod roles;
pub mod scope;
mod seen;
pub mod session;
pub mod who;

pub use actor::{Actor, Capacity};
pub use acts::{Act, Sees};
pub use case::Case;
pub use facts::Facts;
pub use policy::{Decision, decide};
pub use roles::Role;
pub use scope::Scope;
pub use seen::Seen;
pub use who::{OnceKey, Request, Who};
