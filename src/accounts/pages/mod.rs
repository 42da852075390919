//! Pages of accounts, departments and the audit.

pub mod audit;
pub mod because;
pub mod capacity;
pub mod department;
pub mod departments;
pub mod draft;
pub mod narrowed;
pub mod password;
pub mod people;
pub mod resume;
pub mod sign_in;
