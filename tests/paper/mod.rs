//! Documents as they come out of the printer: rendered by LibreOffice, measured, checked.

mod rendering;
mod samples;
mod tools;
