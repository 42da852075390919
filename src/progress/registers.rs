//! Items that rest on the registers of functions, assets, money and rooms: what a
//! register does not say yet cannot be reported or verified as done.

use sqlx::PgConnection;

use crate::access::Act;
use crate::holdings::rules::Register;
use crate::holdings::rules::duties;
use crate::holdings::store;
use crate::scheme::Scheme;

use super::rules::{Item, Refusal};

/// Why an item may not be reported or verified yet, if so.
pub async fn refusal(
    connection: &mut PgConnection,
    campaign: i32,
    scheme: &Scheme,
    (item, act): (&Item, Act),
) -> Result<Option<Refusal>, sqlx::Error> {
    let decided = match act {
        Act::ItemReport => false,
        Act::ItemVerify => true,
        _ => return Ok(None),
    };
    if duties::register_of(&item.measure).is_none() {
        return Ok(None);
    }
    let source = store::source(connection, campaign, item.association).await?;
    let book = source.book(scheme);
    Ok(duties::unmet(&book, &item.measure, &item.object, decided).map(Refusal::Register))
}

/// Where the register of an item is kept.
#[must_use]
pub fn address(item: &Item) -> Option<String> {
    let register = duties::register_of(&item.measure)?;
    let home = format!("/associations/{}", item.association);
    let family = if register.of_functions() {
        "functions"
    } else {
        "assets"
    };
    Some(match item.object.split_once('#') {
        Some((_, key)) => format!("{home}/{family}/{}/{key}", register.key()),
        None => format!("{home}/{family}"),
    })
}

/// What the register is called.
#[must_use]
pub fn name(item: &Item) -> &'static str {
    match duties::register_of(&item.measure) {
        Some(register) if Register::of_functions(register) => "职能台账",
        _ => "资产财务台账",
    }
}
