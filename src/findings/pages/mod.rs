//! Pages of what the audit found.

pub mod edit;
pub mod list;
pub mod show;

use crate::web::{Allowed, Error};

use super::acts::At;

/// The finding in the address.
fn at(allowed: &Allowed) -> Result<At, Error> {
    Ok(At {
        association: allowed.association()?,
        finding: allowed.number("finding")?,
    })
}
