//! The integration tests: one binary. Pages go through the whole router on a
//! real PostgreSQL; the world is the demonstration campaign, made by real acts.
#![expect(
    clippy::unwrap_used,
    clippy::too_many_lines,
    reason = "a test may fail loudly, and a journey reads best in one piece"
)]

mod browser;
mod journeys;
mod paper;
mod walls;
mod world;
