//! The item of a tie (T1-01) is done when that tie has its end and its document in the
//! register, and no other tie of its kind to the organ lives: ending it there is the work.
//! A tie that appears later has an item too, or opens the organ's again (DN-3).

use crate::access::Act;
use crate::database::{Stopped, Write};
use crate::holdings::store as holdings;
use crate::ids::AssociationId;
use crate::paths;
use crate::progress::rules::Item;
use crate::progress::rules::deadlines::later;
use crate::progress::rules::facts::{ENDS_TIES, Missing, row_key};
use crate::progress::store::{self, NewItem};
use crate::registry::rules::TieKind;
use crate::registry::store::{self as registry, Tie};
use crate::scheme::{Answers, Measure, Scheme};

use super::arising::arise_in;
use super::held::Held;

/// What begins the key of a tie that is on the register and in no survey yet.
const OF_REGISTER: char = 't';

/// Whether a row's key is that of a tie on the register.
#[must_use]
pub fn is_of_register(key: &str) -> bool {
    key.starts_with(OF_REGISTER)
}

/// The object of an item that is about a tie of the register.
fn object(table: &str, tie: i64) -> String {
    format!("{table}#{OF_REGISTER}{tie}")
}

/// The ties that an item is about: one of the register by its number, or those that the
/// row of the survey names by kind and organ.
#[must_use]
pub fn of_item<'a>(
    measure: &Measure,
    item: &Item,
    (survey, ties): (&Answers, &'a [Tie]),
) -> Vec<&'a Tie> {
    let Some(key) = row_key(&item.object) else {
        return Vec::new();
    };
    if let Some(number) = key
        .strip_prefix(OF_REGISTER)
        .and_then(|id| id.parse::<i64>().ok())
    {
        return ties.iter().filter(|tie| tie.id == number).collect();
    }
    let table = measure.per.as_ref().map_or("", |per| per.rows.as_str());
    let rows = survey.rows(table);
    let Some(row) = rows.iter().find(|row| row.key() == key) else {
        return Vec::new();
    };
    let organ = row.text("department").unwrap_or_default().trim();
    let kind = row.text("kind").and_then(TieKind::from_key);
    let own = |tie: &&Tie| tie.department_name == organ;
    let exact: Vec<&Tie> = ties
        .iter()
        .filter(|tie| own(tie) && Some(tie.kind) == kind)
        .collect();
    if exact.is_empty() {
        ties.iter().filter(own).collect()
    } else {
        exact
    }
}

/// Whether the ties of an item have ended, and when.
pub(super) fn held(measure: &Measure, item: &Item, known: (&Answers, &[Tie])) -> Held {
    if measure.code() != ENDS_TIES {
        return Held::default();
    }
    let ties = of_item(measure, item, known);
    let mut held = Held {
        missing: Vec::new(),
        days: ties.iter().filter_map(|tie| tie.ended_on).collect(),
    };
    if ties.is_empty() {
        held.missing.push(Missing {
            words: "协会台账没有这项关系，请先登记，再登记终止日期和文件。".to_owned(),
            href: paths::registry::NEW_TIE.at(item.association),
        });
    }
    for tie in ties.iter().filter(|tie| tie.ended_on.is_none()) {
        let (organ, kind) = (&tie.department_name, tie.kind.label());
        let words = format!("与{organ}的{kind}关系尚未登记终止日期和文件。");
        let href = paths::registry::TIE.at(item.association, tie.id);
        held.missing.push(Missing { words, href });
    }
    held
}

/// The checklist has an item for a tie that has come onto the register; one that is about it
/// opens again by itself (`relapsing`). Before there is a checklist nothing happens.
pub async fn follow(
    write: &mut Write,
    association: AssociationId,
    tie: i64,
) -> Result<(), Stopped> {
    let scheme = write.scheme()?;
    let Some(measure) = scheme.measure(ENDS_TIES) else {
        return Ok(());
    };
    let items = store::items(write, association).await?;
    let known = registry::ties(write, association).await?;
    let Some(tie) = known.iter().find(|known| known.id == tie) else {
        return Ok(());
    };
    let survey = holdings::source(write, association).await?.survey;
    let about = |item: &&Item| {
        let ties = of_item(measure, item, (&survey, &known));
        item.measure == ENDS_TIES && ties.iter().any(|each| each.id == tie.id)
    };
    if items.is_empty() || items.iter().any(|item| about(&item)) {
        return Ok(());
    }
    begin(write, (&scheme, measure), association, tie).await
}

/// An item for a tie that no survey knows.
async fn begin(
    write: &mut Write,
    (scheme, measure): (&Scheme, &Measure),
    association: AssociationId,
    tie: &Tie,
) -> Result<(), Stopped> {
    let Some(unit) = registry::brief(write, association).await? else {
        return Ok(());
    };
    let table = measure.per.as_ref().map_or("", |per| per.rows.as_str());
    let label = format!("{} {}", tie.department_name, tie.kind.label());
    let due = later(&scheme.campaign, write.today());
    let item = NewItem::new(measure, (object(table, tie.id), label), due);
    let unit = (association, unit.department);
    let told = (Act::TieAdd, "登记了新的关系，增加");
    for record in arise_in(write, scheme, unit, &[item], told).await? {
        write.tell(record);
    }
    Ok(())
}
