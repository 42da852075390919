//! What a unit files about an item: one form, whichever of its buttons is pressed, so
//! that nothing that was typed beside it is lost.

use axum::extract::State;
use chrono::NaiveDate;

use crate::access::Act;
use crate::documents::files::{PAGES, counted};
use crate::progress::acts::At;
use crate::progress::acts::evidence::{self, Content, Filing};
use crate::progress::rules::{self, Item};
use crate::progress::store::evidence::citable;
use crate::progress::store::{self, Evidence, NewEvidence};
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
/// A file that proves another item of the association already (DN-5).
pub const KNOWN: (&str, &str) = ("known_file", "引用已有材料");
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
    sheet: Sheet,
    file: Option<Content>,
}

/// What a paper says of itself, whatever it proves, until the form is whole.
pub(super) struct Sheet {
    number: Slot<String>,
    date: Slot<NaiveDate>,
    issuer: Slot<String>,
    date_note: Slot<Option<String>>,
    pages: Slot<Option<i64>>,
}

impl Sheet {
    pub(super) fn read(form: &mut Form, today: NaiveDate) -> Self {
        Self {
            number: NUMBER.read(form),
            date: form
                .date(DATE.name, DATE.label)
                .check(
                    |day| rules::possible(*day, today).is_ok(),
                    "文件日期不得早于2000-01-01，不得晚于今天。",
                )
                .required("请填写文件日期。"),
            issuer: ISSUER.read(form),
            date_note: DATE_NOTE.if_filled(form),
            pages: pages(form),
        }
    }

    /// The paper, and its file with the pages that were told of it.
    pub(super) fn take(
        self,
        kind: String,
        file: Option<Content>,
        clean: &Clean,
    ) -> (NewEvidence, Option<Content>) {
        let paper = NewEvidence {
            kind,
            document_number: self.number.take(clean),
            document_date: self.date.take(clean),
            issuer: self.issuer.take(clean),
            date_note: self.date_note.take(clean),
        };
        let pages = counted(self.pages.take(clean));
        let file = file.map(|file| match file {
            Content::New(file) => Content::New(Uploaded { pages, ..file }),
            known @ Content::Known(_) => known,
        });
        (paper, file)
    }
}

/// The pages of the file that comes with the form; without one there is nothing to keep them of.
fn pages(form: &mut Form) -> Slot<Option<i64>> {
    let told = PAGES.if_filled(form);
    let typed = !form.value(PAGES.name).trim().is_empty();
    if typed && !form.carried_file() && form.error(PAGES.name).is_none() {
        form.fail(
            PAGES.name,
            PAGES.label,
            "页数随上传的文件登记，没有上传文件的不填。",
        );
    }
    told
}

impl Paper {
    fn take(self, clean: &Clean) -> (NewEvidence, Option<Content>) {
        let kind = self.kind.take(clean);
        self.sheet.take(kind, self.file, clean)
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
        sheet: Sheet::read(form, today),
        file: None,
    }
}

/// The file of a paper: handed in, or one that proves another item already. Of that one,
/// number, date and issuer need not be typed a second time.
pub(super) fn content(
    form: &mut Form,
    new: Option<Uploaded>,
    citable: &[&Evidence],
) -> Option<Content> {
    form.knows(KNOWN.0);
    let chosen = form.value(KNOWN.0);
    if chosen.is_empty() {
        return new.map(Content::New);
    }
    if new.is_some() {
        form.fail(KNOWN.0, KNOWN.1, "上传文件和引用已有材料只能选一项。");
    }
    let of = |paper: &&&Evidence| paper.file.is_some_and(|file| file.to_string() == chosen);
    let Some(known) = citable.iter().find(of) else {
        form.fail(KNOWN.0, KNOWN.1, "该材料已不能引用，请重新选择。");
        return None;
    };
    form.complete(NUMBER.name, &known.document_number);
    form.complete(DATE.name, &known.document_date.to_string());
    form.complete(ISSUER.name, &known.issuer);
    form.complete(
        DATE_NOTE.name,
        known.date_note.as_deref().unwrap_or_default(),
    );
    known.file.map(Content::Known)
}

/// Whether anything of a paper was typed or chosen.
fn begun(form: &mut Form) -> bool {
    let mut begun = form.carried_file();
    for name in [
        KIND.0,
        NUMBER.name,
        DATE.name,
        ISSUER.name,
        DATE_NOTE.name,
        PAGES.name,
        KNOWN.0,
    ] {
        form.knows(name);
        begun |= !form.value(name).trim().is_empty();
    }
    begun
}

/// The item as it stands, and what proves the association's items.
async fn standing_of(app: &App, at: At) -> Result<(Item, Vec<Evidence>), Error> {
    let mut db = app.read().await?;
    let item = store::item(&mut db, at.association, at.item).await?;
    let papers = store::evidence::of_association(&mut db, at.association).await?;
    Ok((item.ok_or(Error::Missing)?, papers))
}

/// Files all that the form says; `taken` is the paper whose button was pressed.
async fn file(app: App, allowed: Allowed, upload: Upload, taken: Option<i64>) -> Answer {
    let passed = allowed.gate_act() == Act::ItemPass;
    let Upload { mut form, file } = upload;
    let at = at(&allowed)?;
    let (item, papers) = standing_of(&app, at).await?;
    let measure = app.scheme.measure(&item.measure);
    let own = measure.map_or(&[][..], |measure| &measure.evidence);
    let asked = measure.map_or(&[][..], |measure| &measure.facts);
    let kinds: Vec<&str> = own.iter().map(String::as_str).chain([OTHER]).collect();
    let (act, today) = (allowed.gate_act(), app.clock.today());
    let says = act == Act::ItemSave || form.raw(NOTE.name).is_some();
    let standing = (says && allowed.may(Act::ItemSave)).then(|| standing(&mut form, asked, today));
    let attaches = allowed.may(Act::EvidenceAttach);
    let files = (begun(&mut form) && attaches) || act == Act::EvidenceAttach;
    let paper = files.then(|| {
        let file = content(&mut form, file, &citable(&papers, &item));
        Paper {
            file,
            ..paper(&mut form, &kinds, today)
        }
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
    Box::pin(file(app, allowed, upload, None)).await
}

/// Registers evidence, with a file or without.
pub async fn attach(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    Box::pin(file(app, allowed, upload, None)).await
}

/// Hands it to the leader, with all that the form says besides.
pub async fn pass(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    Box::pin(file(app, allowed, upload, None)).await
}

/// Takes evidence away.
pub async fn detach(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    let paper = allowed.number("evidence")?;
    Box::pin(file(app, allowed, upload, Some(paper))).await
}
