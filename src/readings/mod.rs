//! What is officially said of a field of the survey, an item of the checklist, a part of the
//! plan (domain 10.13, 10.9): readings that are valid, and documents that are in force. They
//! are dockets, which are written in `oversight`; this room only reads them, since the pages
//! on which they stand come before it.

pub mod store;

use crate::web::answer::field::{FieldView, Note};

pub use store::{Reading, told};

/// Says at fields what is read of them.
pub fn note(fields: &mut [FieldView], readings: &[Reading]) {
    for reading in readings {
        for field in fields.iter_mut() {
            if reading.concerns.contains(&field.code) {
                field.notes.push(Note {
                    title: reading.head(),
                    text: reading.text.clone(),
                    warning: false,
                });
            }
        }
    }
}
