//! What people do, one file a journey.

mod survey_from_register_to_confirmation;
mod worked_example;
