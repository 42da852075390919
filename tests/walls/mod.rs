//! What must hold everywhere.

mod access;
mod addresses;
mod arrows;
mod audit;
mod bad_input;
mod bad_requests;
mod browser_floor;
mod connections;
mod doors;
mod files;
mod hashing;
mod house;
mod migrations;
mod nul;
mod outages;
mod queries;
mod scale;
mod seed;
mod sessions;
mod shared;
mod sign_in;
mod states;
mod traceability;
mod wire;
