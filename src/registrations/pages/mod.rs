//! Pages of the register of registration.

pub mod edit;
mod fields;
pub mod list;
pub mod show;

use crate::web::{Allowed, Error};

use super::acts::At;

/// The entry in the address.
fn at(allowed: &Allowed) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        registration: allowed.number("registration")?,
    })
}
