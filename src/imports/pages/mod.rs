//! The page of a kind, where files are uploaded; the page of an upload, which asks, shows and
//! enters; the files that it gives back.

mod asked;
mod download;
mod found;
pub mod show;
pub mod slips;
pub mod upload;

pub use download::{PeopleFile, SurveyFile, marked, template};
