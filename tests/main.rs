//! The integration tests: one binary. Pages go through the whole router on a
//! real PostgreSQL; the world is the demonstration campaign, made by real acts.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test may fail loudly"
)]

mod browser;
mod journeys;
mod walls;
mod world;
