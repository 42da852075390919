//! Writing a plan: the survey fills it in, people mend it, findings say what is missing.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;
