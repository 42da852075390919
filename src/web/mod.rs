//! What pages share; knows no room. The order of a request: `routes` names the
//! act, `pass` gives it a place and brings its body in, `guard` finds the person and
//! the facts and asks the policy, the room's page answers, `error` says what went wrong.

pub mod act;
pub mod address;
mod again;
pub mod answer;
pub mod app;
pub mod ask;
pub mod body;
pub mod busy;
pub mod changes;
pub mod client_address;
pub mod conflict;
pub mod draft;
pub mod error;
pub mod figure;
pub mod form;
pub mod gate;
pub mod guard;
pub mod guide;
pub mod hands;
pub mod headers;
pub mod held;
pub mod host;
pub mod leaving;
pub mod limits;
pub mod list;
pub mod marks;
pub mod now;
pub mod offers;
pub mod origin;
pub mod page;
pub mod pass;
pub mod places;
pub mod routes;
mod scripts;
pub mod seal;
pub mod static_files;
pub mod table;
pub mod trail;
pub mod turns;
pub mod upload;
pub mod view;

pub use app::{App, Program};
pub use error::Error;
pub use form::Form;
pub use guard::Allowed;
pub use page::{Page, html, html_with, redirect};
pub use routes::Routes;
pub use view::{Answer, Look, View};
