//! Files that people hand in; knows no room. Kept in PostgreSQL in the same
//! transaction as the row that names them: one backup, no orphans (design.md 6).
//! Who reads one is told by its matter (`access::facts::matters`), and none leaves
//! but with that proof (`files::Readable`).

pub mod acts;
pub mod files;
pub mod leaving;
pub mod lending;
pub mod pages;
pub mod paper;
pub mod papers;
pub mod store;
