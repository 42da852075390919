//! Files that people hand in; knows no room. Kept in PostgreSQL in the same
//! transaction as the row that names them: one backup, no orphans (design.md 6).

pub mod files;
