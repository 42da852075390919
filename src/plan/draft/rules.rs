//! Writing a plan: its parts, what the survey fills in by itself (`derive`) and what
//! is found wrong or missing, PL-1 to PL-15 (`findings`).

pub mod derive;
pub mod findings;

/// The part that quotes the survey and has no questions of its own.
pub const BASICS: &str = "PL-1";
/// What it quotes.
pub const QUOTED: [&str; 14] = [
    "SV-02", "SV-04", "SV-05", "SV-06", "SV-07", "SV-08", "SV-12", "SV-25", "SV-31", "SV-44",
    "SV-49-0", "SV-54", "SV-60-1", "SV-70-1",
];
/// The part that names the matters.
pub const MATTERS: &str = "PL-2";
/// The part with the steps and their days.
pub const TIMETABLE: &str = "PL-4";
/// The part in which people are settled.
pub const PEOPLE: &str = "PL-10";
