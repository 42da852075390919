//! Real workbooks, hostile ones, and what lies between.

mod given;
mod hostile_packages;
mod hostile_sheets;
mod made;
mod measure;
mod oddities;
mod scanning;
mod text_files;
