//! Items of checklists: reported by the unit's leader, accepted or left in place by law by the
//! office's head. Each is a matter of its own.

use crate::access::facts::Address;
use crate::access::{Act, Seen};
use crate::database::{Db, Explain as _};
use crate::desk::store::listed;
use crate::desk::store::reading::Lying;
use crate::progress::rules::{self, Item};
use crate::progress::store::waiting::{Of, waiting};
use crate::signing::rules::{Check, Matter};

use super::{Read, Reader, SHOWN, Source};

/// The state in which an act of an item waits.
const fn state(act: Act) -> Option<&'static str> {
    match act {
        Act::ItemReport => Some("for_signature"),
        Act::ItemAccept => Some("verified"),
        Act::ItemExempt => Some("exemption"),
        _ => None,
    }
}

/// Whether it is an act of items.
pub(super) const fn is_item(act: Act) -> bool {
    state(act).is_some()
}

fn states(acts: impl IntoIterator<Item = Act>) -> Vec<String> {
    let mut states: Vec<String> = acts
        .into_iter()
        .filter_map(state)
        .map(str::to_owned)
        .collect();
    states.sort_unstable();
    states.dedup();
    states
}

/// The items behind the checklists among these rows.
pub(super) async fn of_checklists(
    db: &mut Db,
    reader: Reader<'_>,
    rows: &[Lying],
) -> Result<Vec<Read>, sqlx::Error> {
    let states = states(rows.iter().filter_map(Lying::act));
    if states.is_empty() {
        return Ok(Vec::new());
    }
    let lists = rows
        .iter()
        .filter(|row| row.act().is_some_and(is_item))
        .filter_map(|row| row.association);
    let lists: Vec<i64> = lists.collect();
    let most = i64::try_from(SHOWN).unwrap_or(i64::MAX);
    let items = waiting(db, Of::Checklists(&lists), &states, most).await?;
    held(db, reader, items).await
}

/// The items of these numbers.
pub(super) async fn of_ids(
    db: &mut Db,
    reader: Reader<'_>,
    wanted: &[(Act, i64)],
) -> Result<Vec<Read>, sqlx::Error> {
    let wanted = wanted.iter().filter(|(act, _)| is_item(*act));
    let (acts, ids): (Vec<Act>, Vec<i64>) = wanted.copied().unzip();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let items = waiting(db, Of::Ids(&ids), &states(acts), 1_000).await?;
    held(db, reader, items).await
}

/// Those that lie in the reader's hands, each with its own days.
async fn held(db: &mut Db, reader: Reader<'_>, items: Vec<Item>) -> Result<Vec<Read>, sqlx::Error> {
    let hands = reader.hands();
    let ids: Vec<i64> = items.iter().map(|item| item.id).collect();
    let rows = listed::items(db, (reader.scheme(), hands.today), &ids).await?;
    let read = items.into_iter().filter_map(|item| {
        let own = |row: &&Lying| {
            row.case == item.id && row.department == hands.department.0 && row.role == hands.role
        };
        let row = rows.iter().find(own)?;
        let act = row.act().filter(|act| is_item(*act))?;
        let matter = matter(reader, (row, act), &item);
        let source = Source::Item(Box::new(item));
        Some(Read { matter, source })
    });
    Ok(read.collect())
}

fn matter(reader: Reader<'_>, (row, act): (&Lying, Act), item: &Item) -> Matter {
    let text = reader.scheme().measure(&item.measure);
    let text = text.map_or("", |measure| measure.text.as_str());
    let label = match item.public_label() {
        label if label.is_empty() => label,
        label => format!("（{label}）"),
    };
    let verb = match act {
        Act::ItemReport => "报告办结",
        Act::ItemExempt => "同意依法保留",
        _ => "验收销号",
    };
    let mut matter = super::matter(reader, (row, act), item.version);
    matter.of = Address {
        association: Some(item.association.0),
        item: Some(item.id),
        ..Address::default()
    };
    matter.title = format!("{verb}：{text}{label}（{}）", item.measure);
    matter.seen = Seen::version(item.version);
    matter.covers = covers(item, act);
    matter.checks = checks(reader, item, act);
    matter
}

fn covers(item: &Item, act: Act) -> Vec<String> {
    let mut lines = Vec::new();
    if let (Act::ItemExempt, Some(law)) = (act, &item.exemption_law) {
        let article = item.exemption_article.as_deref().unwrap_or_default();
        lines.push(format!("依据{law}{article}保留现状"));
    }
    let days = [
        ("完成日期", item.done_on),
        ("报告日期", item.reported_on),
        ("核实日期", item.resolved_on),
    ];
    let days = days
        .into_iter()
        .filter_map(|(word, day)| Some(format!("{word}{}", day?)));
    let days: Vec<String> = days.collect();
    if !days.is_empty() {
        lines.push(days.join("，"));
    }
    lines.push(format!("证明材料{}份", item.evidence));
    // What is noted of a person's matter stands on its own page.
    if !item.personal() && !item.note.trim().is_empty() {
        lines.push(format!("办理情况：{}", item.note.trim()));
    }
    lines
}

fn checks(reader: Reader<'_>, item: &Item, act: Act) -> Vec<Check> {
    let mut checks = Vec::new();
    let measure = reader.scheme().measure(&item.measure);
    let guard = measure.map(|measure| rules::guard(item, measure, act, reader.actor.account));
    if let Some(Err(why)) = guard {
        checks.push(Check::error(why.explain()));
    }
    if let Some(reason) = &item.return_reason {
        checks.push(Check::warning(format!("曾被退回：{reason}")));
    }
    if act == Act::ItemAccept && !item.reported_in_time() {
        checks.push(Check::warning("报告时已超过时限"));
    }
    checks
}
