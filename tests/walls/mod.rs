//! What must hold everywhere.

mod access;
mod arrows;
mod audit;
mod bad_input;
mod bad_requests;
mod connections;
mod house;
mod queries;
mod scale;
mod sessions;
mod states;
mod traceability;
mod wire;
