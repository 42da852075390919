//! What is written about an association reads otherwise: an error is put right, or a value
//! changes from a day on, by a document (FZ-2).

use chrono::NaiveDate;

use crate::access::{Act, Seen};
use crate::audit::Record;
use crate::database::{Done, Write};
use crate::ids::AssociationId;
use crate::registry::names;
use crate::registry::rules::entry::differing;
use crate::registry::rules::periods::{Because, Differs, Field, named};
use crate::registry::rules::{Refusal, Scope};
use crate::registry::store::periods::{self as store, Begins};
use crate::registry::store::{self as registry, Association, Derived, Entry};

use super::{derive, record, take, taken};

/// Corrects or changes what is written about an association; its unit stays.
pub async fn correct(
    mut write: Write,
    id: AssociationId,
    seen: Seen,
    entry: &Entry,
    because: &Because,
) -> Done<Refusal> {
    let before = take(&mut write, id, &seen).await?;
    let differing = differing(&before, entry);
    if !differing.is_empty() && *because == Because::Unsaid {
        return Err(Refusal::NoBasis.into());
    }
    let earliest = begun(&before);
    keep_periods(&mut write, (id, earliest), &differing, because).await?;
    let unit = (&*before.department_kind, &*before.civil_service_law);
    let mut derived = derive(&write.scheme()?.campaign, entry, unit);
    for former in store::former_names(&mut write, id).await? {
        remember(&mut derived, &former);
    }
    registry::correct(&mut write, id, entry, &derived)
        .await
        .map_err(taken)?;
    let told = write.tell(told(id, (before, entry), (&differing, because)));
    write.finish(told).await
}

/// Former names and codes are found too.
pub(super) fn remember(derived: &mut Derived, former: &str) {
    derived.grams.extend(names::grams(former, ""));
    derived.grams.sort_unstable();
    derived.grams.dedup();
    derived.initials = format!("{} {}", derived.initials, names::initials(former));
}

/// A change ends a period and begins the next; an error is put right within its period.
pub(super) async fn keep_periods(
    write: &mut Write,
    (id, earliest): (AssociationId, NaiveDate),
    differing: &[Differs],
    because: &Because,
) -> Done<Refusal> {
    for differs in differing {
        match because {
            Because::Unsaid => {}
            Because::Error => store::put_right(write, id, differs).await?,
            Because::Change { on, document } => {
                let begins = Begins {
                    on: *on,
                    document,
                    earliest,
                };
                if !store::begin(write, id, differs, &begins).await? {
                    return Err(Refusal::BeforeLastChange.into());
                }
            }
        }
    }
    Ok(())
}

/// The first day of what stood there first.
pub(super) fn begun(association: &Association) -> NaiveDate {
    association.registered_on.unwrap_or(NaiveDate::MIN)
}

/// The decision on scope has periods too: each decision begins one.
pub(super) async fn decided(
    write: &mut Write,
    before: &Association,
    scope: Scope,
) -> Done<Refusal> {
    if before.scope == scope {
        return Ok(());
    }
    let differs = Differs {
        field: Field::Scope,
        before: match before.scope {
            Scope::Undecided => String::new(),
            decided => decided.label().to_owned(),
        },
        after: scope.label().to_owned(),
    };
    let begins = Begins {
        on: write.today(),
        document: "脱钩办范围认定",
        earliest: begun(before),
    };
    store::begin(write, before.id, &differs, &begins).await?;
    Ok(())
}

pub(super) fn told(
    id: AssociationId,
    (before, entry): (Association, &Entry),
    (differing, because): (&[Differs], &Because),
) -> Record {
    let what = named(differing);
    let sentence = match because {
        _ if differing.is_empty() => "更正登记信息".to_owned(),
        Because::Change { on, document } => {
            format!("变更{what}：自{}起（{document}）", *on)
        }
        Because::Error | Because::Unsaid => format!("更正登记差错：{what}"),
    };
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    let (direct, now) = (before.direct_registration, entry.direct_registration);
    record(Act::AssociationCorrect, id, sentence)
        .changed("name", before.name, &*entry.name)
        .changed("uscc", before.uscc, entry.uscc.clone())
        .changed("uscc_note", before.uscc_note, entry.uscc_note.clone())
        .changed(
            "certificate_no",
            before.certificate_no,
            entry.certificate_no.clone(),
        )
        .changed(
            "registered_on",
            day(before.registered_on),
            day(entry.registered_on),
        )
        .changed("registrar", before.registrar, &*entry.registrar)
        .changed("domicile", before.domicile, &*entry.domicile)
        .changed(
            "legal_representative",
            before.legal_representative,
            &*entry.legal_representative,
        )
        .changed(
            "business_scope",
            before.business_scope,
            &*entry.business_scope,
        )
        .changed("member_basis", before.member_basis, &*entry.member_basis)
        .changed("direct_registration", direct, now)
}
