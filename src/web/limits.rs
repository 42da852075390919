//! What one request, one stranger, one person may take of the program. Settings,
//! so that tests make them small; the program runs with the defaults.

use std::time::Duration;

/// Numbers and times; no time is a promise about the machine's speed.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Requests under way at once of people who bring a session (F8).
    pub people: usize,
    /// Requests under way at once of everybody else: sign-in page, published list.
    pub strangers: usize,
    /// How long a request waits for its place before it is refused.
    pub patience: Duration,
    /// Bodies of strangers that may be on their way at once.
    pub strangers_bodies: usize,
    /// How many of them one address may have.
    pub bodies_of_an_address: usize,
    /// Bodies of people with a session that may be on their way at once.
    pub peoples_bodies: usize,
    /// How many of them one account may have.
    pub bodies_of_an_account: usize,
    /// A body that is there within this needs none of those places.
    pub grace: Duration,
    /// A form's body is there within this, or it is given up (F5).
    pub form_time: Duration,
    /// A file's body is there within this.
    pub upload_time: Duration,
    /// A file's body brings `least` bytes in each of these.
    pub window: Duration,
    /// Whoever reads an answer takes `least` bytes in each of these.
    pub taking: Duration,
    /// Bytes that must have moved.
    pub least: usize,
    /// A page answers within this or with 503 (F6).
    pub page_time: Duration,
    /// The same for what takes or gives files.
    pub file_time: Duration,
    /// A file that is made for the answer is there within this.
    pub export_time: Duration,
    /// How long a file that is to be made waits for its turn.
    pub export_patience: Duration,
    /// A connection sends its request's head within this (F4).
    pub head_time: Duration,
    /// A connection whose body was not read to its end is hung up this long after
    /// the answer (F5).
    pub hang_up_after: Duration,
    /// Bytes of a request's head.
    pub head_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            people: 64,
            strangers: 16,
            patience: Duration::from_millis(500),
            strangers_bodies: 16,
            bodies_of_an_address: 4,
            peoples_bodies: 48,
            bodies_of_an_account: 4,
            grace: Duration::from_millis(250),
            form_time: Duration::from_secs(10),
            upload_time: Duration::from_mins(2),
            window: Duration::from_secs(5),
            taking: Duration::from_secs(10),
            least: 16 * 1024,
            page_time: Duration::from_secs(5),
            file_time: Duration::from_secs(30),
            export_time: Duration::from_mins(5),
            export_patience: Duration::from_secs(10),
            head_time: Duration::from_secs(10),
            hang_up_after: Duration::from_secs(2),
            head_bytes: 16 * 1024,
        }
    }
}
