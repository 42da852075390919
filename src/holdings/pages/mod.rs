//! Pages of the registers.

pub mod deeds;
pub mod digest;
pub mod district;
pub mod ledgers;
mod own;
pub mod reading;
pub mod register;
pub mod row;
pub mod sheets;
pub mod tables;

use crate::database::Db;
use crate::holdings::rules::Register;
use crate::holdings::store::{self, Source};
use crate::ids::AssociationId;
use crate::paths;
use crate::registry::store::{self as registry, Brief};
use crate::web::Error;

/// The association and its registers.
pub async fn load(db: &mut Db, id: AssociationId) -> Result<(Brief, Source), Error> {
    let brief = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let source = store::source(db, id).await?;
    Ok((brief, source))
}

/// The page of a row.
#[must_use]
pub fn href(id: i64, register: Register, key: &str) -> String {
    let row = if register.of_functions() {
        paths::holdings::FUNCTION
    } else {
        paths::holdings::ASSET
    };
    row.at(id, register.key(), key)
}
