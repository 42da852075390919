//! What people do, one file a journey.

mod major_activity;
mod survey_from_register_to_confirmation;
mod worked_example;
mod workgroup_from_clerk_to_office;
