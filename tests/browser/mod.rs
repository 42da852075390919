//! A real browser: Debian's Chromium drives the journey as every role in it, and
//! opens every page at both widths: no violation that axe-core knows, no sideways
//! scroll, no console error. The screenshots stay in `shots/` for people to see.
//! Where Chromium is missing these tests say so and check nothing.

mod fits;
mod journey;
mod list_amended;
mod long_form;
mod oldest;
pub mod pages;
mod person;
mod pictures;
mod survey_journey;
mod three_uploads;
mod two_people;
mod usability;
