//! What a unit files about an item: one form, whichever of its buttons is pressed, so
//! that nothing that was typed beside it is lost.

use axum::extract::State;
use chrono::NaiveDate;

use crate::access::Act;
use crate::progress::acts::evidence::{self, Filing};
use crate::progress::rules;
use crate::progress::store::{self, NewEvidence};
use crate::scheme::{Answers, Question};
use crate::web::ask::{self, Ask};
use crate::web::form::{Clean, Slot};
use crate::web::upload::{Upload, Uploaded};
use crate::web::{Allowed, Answer, App, Error, Form};

use super::at;
use super::deeds::NOTE;
use super::facts;
use super::item::{ItemPage, OTHER};

/// The name and label of the kind of a paper.
pub const KIND: (&str, &str) = ("kind", "材料种类");
/// Its number (文号).
pub const NUMBER: Ask<String> = ask::text("document_number", "文号", 100)
    .hint("没有文号的填“无”")
    .must("请填写文号；没有文号的填“无”。");
/// Its date.
pub const DATE: Ask<NaiveDate> = ask::date("document_date", "文件日期").must("请填写文件日期。");
/// Who issued it.
pub const ISSUER: Ask<String> = ask::text("issuer", "出具单位", 100).must("请填写出具单位。");

/// Why it is so much older than what it proves.
pub const DATE_NOTE: Ask<String> = ask::longtext("date_note", "日期说明", 300)
    .rows(2)
    .hint("批复、通知、协议等比事实早一年以上的，写明原因");

/// How far it is, until the form is whole.
type Standing = (Slot<Option<String>>, Answers);

/// A paper, until the form is whole.
struct Paper {
    kind: Slot<String>,
    number: Slot<String>,
    date: Slot<NaiveDate>,
    issuer: Slot<String>,
    date_note: Slot<Option<String>>,
    file: Option<Uploaded>,
}

impl Paper {
    fn take(self, clean: &Clean) -> (NewEvidence, Option<Uploaded>) {
        let new = NewEvidence {
            kind: self.kind.take(clean),
            document_number: self.number.take(clean),
            document_date: self.date.take(clean),
            issuer: self.issuer.take(clean),
            date_note: self.date_note.take(clean),
        };
        (new, self.file)
    }
}

fn standing(form: &mut Form, facts: &[Question], today: NaiveDate) -> Standing {
    let note = NOTE.if_filled(form);
    (note, facts::read(form, facts, today))
}

fn paper(form: &mut Form, kinds: &[&str], today: NaiveDate) -> Paper {
    Paper {
        kind: form
            .choice(KIND.0, KIND.1, kinds)
            .required("请选择材料种类。"),
        number: NUMBER.read(form),
        date: form
            .date(DATE.name, DATE.label)
            .check(
                |day| rules::possible(*day, today).is_ok(),
                "文件日期不得早于2000年1月1日，不得晚于今天。",
            )
            .required("请填写文件日期。"),
        issuer: ISSUER.read(form),
        date_note: DATE_NOTE.if_filled(form),
        file: None,
    }
}

/// Whether anything of a paper was typed or chosen.
fn begun(form: &mut Form) -> bool {
    let mut begun = form.carried_file();
    for name in [KIND.0, NUMBER.name, DATE.name, ISSUER.name, DATE_NOTE.name] {
        form.knows(name);
        begun |= !form.value(name).trim().is_empty();
    }
    begun
}

/// Files all that the form says; `taken` is the paper whose button was pressed.
async fn file(app: App, allowed: Allowed, upload: Upload, taken: Option<i64>) -> Answer {
    let passed = allowed.gate_act() == Act::ItemPass;
    let Upload { mut form, file } = upload;
    let at = at(&allowed)?;
    let item = store::item(&mut app.read().await?, at.association, at.item).await?;
    let measure = app.scheme.measure(&item.ok_or(Error::Missing)?.measure);
    let own = measure.map_or(&[][..], |measure| &measure.evidence);
    let asked = measure.map_or(&[][..], |measure| &measure.facts);
    let kinds: Vec<&str> = own.iter().map(String::as_str).chain([OTHER]).collect();
    let (act, today) = (allowed.gate_act(), app.clock.today());
    let says = act == Act::ItemSave || form.raw(NOTE.name).is_some();
    let standing = (says && allowed.may(Act::ItemSave)).then(|| standing(&mut form, asked, today));
    let attaches = allowed.may(Act::EvidenceAttach);
    let files = (begun(&mut form) && attaches) || act == Act::EvidenceAttach;
    let paper = files.then(|| Paper {
        file,
        ..paper(&mut form, &kinds, today)
    });
    let run = async |write, clean, seen| {
        let clean = &clean;
        let filing = Filing {
            standing: standing.map(|(note, facts)| (note.take(clean).unwrap_or_default(), facts)),
            paper: paper.map(|paper| paper.take(clean)),
            taken,
            passed,
        };
        evidence::file(write, at, seen, filing).await
    };
    allowed.act::<ItemPage, _, _>(&app, form, run).await
}

/// Says how far it is, with a paper where one was begun.
pub async fn save(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    file(app, allowed, upload, None).await
}

/// Registers evidence, with a file or without.
pub async fn attach(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    file(app, allowed, upload, None).await
}

/// Hands it to the leader, with all that the form says besides.
pub async fn pass(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    file(app, allowed, upload, None).await
}

/// Takes evidence away.
pub async fn detach(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    let paper = allowed.number("evidence")?;
    file(app, allowed, upload, Some(paper)).await
}
