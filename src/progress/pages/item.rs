//! One item: what the scheme orders, how it stands, what proves it, who did
//! what, and what this person may do.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::Act;
use crate::clock::{chinese_date, stamp};
use crate::database::Db;
use crate::documents::files;
use crate::paths;
use crate::progress::rules::{self, Item, ItemState};
use crate::progress::store::{self, Evidence};
use crate::progress::{deadlines, lights, registers};
use crate::registry::store::{self as registry, Brief};
use crate::scheme::{Choice, Measure};
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, html};

use super::label;

/// A kind of evidence that every measure takes.
pub const OTHER: &str = "其他证明材料";

/// The page of one item.
#[derive(Template)]
#[template(path = "progress/item.html")]
pub struct ItemPage {
    page: Page,
    association: Brief,
    form: Form,
    item: Item,
    title: String,
    track: String,
    text: String,
    basis: String,
    done_when: String,
    wanted: String,
    verifiers: String,
    next: String,
    deadline: String,
    deadline_reason: String,
    tag: &'static str,
    word: String,
    persons: bool,
    evidence: Vec<EvidenceView>,
    kinds: Vec<Choice>,
    history: Vec<Entry>,
    buttons: Vec<Button>,
    register: Option<(String, &'static str)>,
    open: Open,
}

/// Forms that are open to this person now.
struct Open {
    save: bool,
    attach: bool,
    detach: bool,
    give_back: bool,
    exemption: bool,
}

struct EvidenceView {
    evidence: Evidence,
    about: String,
    when: String,
}

struct Entry {
    when: String,
    who: String,
    department: String,
    role: String,
    sentence: String,
    opinion: Option<String>,
}

/// A deed of one button, or why it is not open.
struct Button {
    action: String,
    label: &'static str,
    kind: &'static str,
    refusal: Option<String>,
}

/// The page.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &app, &allowed, Form::default()).await?)
}

/// The page with a form as somebody typed it.
pub async fn view(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    mut form: Form,
) -> Result<ItemPage, Error> {
    let id = allowed.association()?;
    let brief = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let mut item = store::item(db, id, allowed.item()?)
        .await?
        .ok_or(Error::Missing)?;
    let evidence = store::evidence(db, item.id).await?;
    item.evidence = i64::try_from(evidence.len()).unwrap_or(i64::MAX);
    let measure = app.scheme.measure(&item.measure).ok_or(Error::Missing)?;
    let persons = allowed.may(Act::EvidenceRead);
    let light = lights::light(
        &item,
        app.clock.today(),
        app.scheme.campaign.parameters.warn_days,
    );
    let verifiers = verifiers(app, measure);
    prefill(&mut form, &item);
    let buttons = buttons(db, app, allowed, &item, measure).await?;
    Ok(ItemPage {
        register: register(allowed, &item),
        page: allowed.page(format!("{} {}", item.measure, brief.name)),
        form,
        title: label(&item, persons),
        track: app
            .scheme
            .track(&item.track)
            .map(|track| track.name.clone())
            .unwrap_or_default(),
        text: measure.text.clone(),
        basis: measure.basis.clone(),
        done_when: measure.done_when.clone(),
        wanted: if measure.evidence.is_empty() {
            "不需要".to_owned()
        } else {
            measure.evidence.join("、")
        },
        next: waits_for(&item, &verifiers),
        verifiers,
        deadline: chinese_date(item.deadline),
        deadline_reason: deadlines::reason(&app.scheme, measure, &item.due_by),
        tag: light.tag(),
        word: light.word(),
        persons,
        evidence: evidence.into_iter().map(evidence_view).collect(),
        kinds: kinds(measure),
        history: store::history(db, item.id)
            .await?
            .into_iter()
            .map(entry)
            .collect(),
        buttons,
        open: open(allowed, &item, measure),
        association: brief,
        item,
    })
}

/// The register that the item rests on, for those who may read it.
fn register(allowed: &Allowed, item: &Item) -> Option<(String, &'static str)> {
    let address = registers::address(item)?;
    let act = if registers::of_functions(item) {
        Act::HoldingsRead
    } else {
        Act::AssetsRead
    };
    allowed.may(act).then(|| (address, registers::name(item)))
}

fn prefill(form: &mut Form, item: &Item) {
    if form.raw("note").is_none() {
        form.set("note", item.note.clone());
        form.set(
            "done_on",
            item.done_on.map(|day| day.to_string()).unwrap_or_default(),
        );
    }
}

fn kinds(measure: &Measure) -> Vec<Choice> {
    let own = measure.evidence.iter().map(String::as_str);
    own.chain([OTHER])
        .map(|kind| Choice {
            value: kind.to_owned(),
            label: kind.to_owned(),
        })
        .collect()
}

/// The departments that verify it, by their names in the scheme; the office always may.
fn verifiers(app: &App, measure: &Measure) -> String {
    let named = app
        .scheme
        .campaign
        .departments
        .iter()
        .filter(|department| {
            department
                .competences
                .iter()
                .any(|code| measure.verify.contains(code))
        })
        .map(|department| department.name.as_str());
    named.chain(["脱钩办"]).collect::<Vec<_>>().join("、")
}

/// In whose hands it is, so that nobody has to ask.
fn waits_for(item: &Item, verifiers: &str) -> String {
    match item.state {
        ItemState::Open | ItemState::InProgress | ItemState::Returned
            if item.exemption_asked_on.is_some() =>
        {
            "脱钩办负责人决定是否依法保留".to_owned()
        }
        ItemState::Open | ItemState::InProgress | ItemState::Returned => {
            "业务主管单位经办人填报并登记材料，负责人报告办结".to_owned()
        }
        ItemState::ReportedDone => format!("{verifiers}核实"),
        ItemState::Verified => "脱钩办负责人验收销号".to_owned(),
        ItemState::Accepted | ItemState::Exempted | ItemState::NotApplicable => "已办结".to_owned(),
    }
}

fn evidence_view(evidence: Evidence) -> EvidenceView {
    EvidenceView {
        about: evidence
            .file_bytes
            .map(|bytes| files::about(bytes, evidence.file_encrypted == Some(true)))
            .unwrap_or_default(),
        when: stamp(evidence.at),
        evidence,
    }
}

fn entry(row: store::HistoryRow) -> Entry {
    Entry {
        when: stamp(row.at),
        who: row.who,
        department: row.department,
        role: row.role,
        sentence: row.sentence,
        opinion: row.opinion,
    }
}

fn open_to(allowed: &Allowed, item: &Item, act: Act) -> bool {
    allowed.may(act) && rules::next(item.state, act).is_some()
}

fn open(allowed: &Allowed, item: &Item, measure: &Measure) -> Open {
    let me = allowed.actor().account;
    let unguarded =
        |act| open_to(allowed, item, act) && rules::guard(item, measure, act, me).is_ok();
    Open {
        save: unguarded(Act::ItemSave),
        attach: unguarded(Act::EvidenceAttach),
        detach: unguarded(Act::EvidenceDetach),
        give_back: unguarded(Act::ItemReturn),
        exemption: unguarded(Act::ExemptionAsk),
    }
}

async fn buttons(
    db: &mut Db,
    app: &App,
    allowed: &Allowed,
    item: &Item,
    measure: &Measure,
) -> Result<Vec<Button>, Error> {
    let offers = [
        (
            Act::ItemReport,
            paths::progress::ITEM_REPORT,
            "报告办结",
            "primary",
        ),
        (
            Act::ItemVerify,
            paths::progress::ITEM_VERIFICATION,
            "核实",
            "primary",
        ),
        (
            Act::ItemAccept,
            paths::progress::ITEM_ACCEPTANCE,
            "验收销号",
            "official",
        ),
        (
            Act::ItemExempt,
            paths::progress::EXEMPTION,
            "同意依法保留",
            "official",
        ),
    ];
    let mut buttons = Vec::new();
    for (act, path, label, kind) in offers {
        // Nobody waits for a decision that nobody asked for.
        let unasked = act == Act::ItemExempt && item.exemption_asked_on.is_none();
        if !open_to(allowed, item, act) || unasked {
            continue;
        }
        let mut refusal = rules::guard(item, measure, act, allowed.actor().account).err();
        if refusal.is_none() {
            refusal = registers::refusal(db, &app.scheme, (item, act)).await?;
        }
        buttons.push(Button {
            action: path.at(item.association, item.id),
            label,
            kind,
            refusal: refusal.map(|refusal| refusal.explain()),
        });
    }
    Ok(buttons)
}
