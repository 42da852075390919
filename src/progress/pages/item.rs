//! One item: what the scheme orders, how it stands, what proves it, who did
//! what, and what this person may do.

use askama::Template;

use crate::access::{Act, Case as _};
use crate::corrections::section::Section as Correction;
use crate::database::Db;
use crate::documents::files::PAGES;
use crate::paths;
use crate::progress::acts::held::Ground;
use crate::progress::acts::registers::Kept;
use crate::progress::acts::together::{handed_over, workable};
use crate::progress::rules::{self, Item, ItemState, deadlines, lights};
use crate::progress::store::{self, Around, Evidence};
use crate::readings;
use crate::registry::pages::history::{self, Entry};
use crate::registry::store::{self as registry, Brief, suspensions};
use crate::scheme::{Choice, Measure, Scheme};
use crate::signatures::pages::{Changed, Reading};
use crate::signatures::rules::Kind;
use crate::signatures::store as signatures;
use crate::web::conflict::{Line, Theirs};
use crate::web::offers::Offer;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, Look, View};
use crate::words::Mark;

use super::counted::counted;
use super::deeds::{ARTICLE, BACK, LAW, NOTE, REASON};
use super::evidence::{DATE, DATE_NOTE, ISSUER, KIND, KNOWN, NUMBER};
use super::facts::{self, FactsView};
use super::fields::{Open, kinds, open, unsaved};
use super::offers::offers;
use super::picks::PICKED;
use super::told::{EvidenceView, citable, evidence_view, said};
use super::{at, correction, label, opened};

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
    text: String,
    basis: String,
    done_when: String,
    wanted: String,
    verifiers: String,
    next: String,
    term: Term,
    persons: bool,
    changed: Vec<Changed>,
    /// What is officially said of the measure.
    readings: Vec<readings::Reading>,
    evidence: Vec<EvidenceView>,
    kinds: Vec<Choice>,
    /// Files that prove other items of the association.
    citable: Vec<Choice>,
    /// The last piece of evidence of what is done stays.
    sole: bool,
    history: Vec<Entry>,
    around: Around,
    /// Where it can be dealt with together with others.
    together: Option<String>,
    /// Why the leader gave it back, and who.
    said: Option<(String, String)>,
    offers: Vec<Offer>,
    facts: FactsView,
    register: Option<(String, &'static str)>,
    open: Open,
    correction: Correction,
    /// What was typed into what is not open any more.
    unsaved: Vec<(String, String)>,
    act: Act,
}

/// By when it is due, and how it stands against that.
struct Term {
    deadline: String,
    reason: String,
    whose: Option<String>,
    counted: Vec<String>,
    mark: Mark,
    word: String,
}

impl Term {
    async fn of(
        db: &mut Db,
        app: &App,
        (item, measure): (&Item, &Measure),
        still: bool,
    ) -> Result<Self, sqlx::Error> {
        let warn_days = app.scheme.campaign.parameters.warn_days;
        let light = lights::shown(item, (app.clock.today(), warn_days), still);
        Ok(Self {
            deadline: dated(item),
            reason: said_of(&app.scheme, item, measure),
            whose: whose(app, (item, still)),
            counted: counted(db, &app.scheme, item).await?,
            mark: light.mark(),
            word: light.word(),
        })
    }
}

/// What is signed of an item.
const SIGNED: [Kind; 3] = [Kind::ItemVerify, Kind::ItemAccept, Kind::ItemExempt];

impl View for ItemPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, allowed, at) = (look.db, look.allowed, at(look.allowed)?);
        let scheme = &look.app.scheme;
        let association = registry::brief(db, at.association).await?;
        let association = association.ok_or(Error::Missing)?;
        let found = store::item(db, at.association, at.item).await?;
        let mut item = found.ok_or(Error::Missing)?;
        let ground = Ground::of_item(db, scheme, &item).await?;
        let evidence: Vec<Evidence> = ground.papers_of(&item).cloned().collect();
        item.evidence = i64::try_from(evidence.len()).unwrap_or(i64::MAX);
        let measure = scheme.measure(&item.measure).ok_or(Error::Missing)?;
        let persons = allowed.may(Act::EvidenceRead);
        let still = !suspensions::now(db, at.association).await?.is_empty();
        let verifiers = verifiers(scheme, measure);
        let said = said(db, allowed, &item).await?;
        let history = history::of_matter(db, scheme, (Item::KIND, item.id)).await?;
        let around = store::around(db, (at.association, item.id)).await?;
        let term = Term::of(db, look.app, (&item, measure), still).await?;
        let signed = signatures::shown(db, &SIGNED, item.id).await?;
        let readings = readings::told(db, &[item.measure.clone()], look.app.clock.today()).await?;
        let opened = opened(db, (scheme, allowed), &item).await?;
        let open = open(allowed, (&item, still), measure);
        let (form, of) = (form.unwrap_or_default(), (&item, measure));
        let unsaved = unsaved(&form, of, &open);
        let form = filled(form, &item, measure);
        Ok(Self {
            readings,
            act: allowed.gate_act(),
            changed: Reading::by(scheme, &[], persons).changed(&signed),
            unsaved,
            facts: FactsView::of(scheme, of, &ground, (&form, allowed)),
            register: register(allowed, ground.register(scheme, &item)),
            page: allowed
                .page(titled(&item, measure))
                .settled_so((term.mark, &term.word), item.state.label()),
            form,
            title: label(&item, persons),
            text: measure.text.clone(),
            basis: measure.basis.clone(),
            done_when: measure.done_when.clone(),
            wanted: wanted(measure),
            next: waits_for(&item, &verifiers),
            verifiers,
            term,
            persons,
            evidence: evidence.into_iter().map(evidence_view).collect(),
            kinds: kinds(measure),
            citable: citable(&ground.papers, &item),
            sole: stays(allowed, &item),
            said,
            history,
            around,
            together: together(allowed, &item),
            offers: offers(allowed, (scheme, &ground), of, (still, opened)),
            correction: correction(db, allowed, &item, opened).await?,
            open,
            association,
            item,
        })
    }

    /// Both versions side by side (TC-55); a paper that was begun is this person's own.
    fn theirs(&self) -> Option<Theirs> {
        let open = match self.act {
            Act::ItemSave => self.open.save,
            Act::EvidenceAttach => self.open.attach,
            Act::EvidenceDetach => self.open.detach,
            _ => true,
        };
        if !open {
            return None;
        }
        let standing = [(Line::from(NOTE), self.item.note.clone())];
        let paper = [
            Line::of(KIND.0, KIND.1, &self.kinds),
            NUMBER.into(),
            DATE.into(),
            ISSUER.into(),
            DATE_NOTE.into(),
            PAGES.into(),
            Line::of(KNOWN.0, KNOWN.1, &self.citable),
        ];
        let paper = paper.map(|line| (line, String::new()));
        let standing = self.open.save.then_some(standing).into_iter().flatten();
        let paper = self.open.attach.then_some(paper).into_iter().flatten();
        let lines: Vec<(Line, String)> = standing.chain(paper).collect();
        let mut theirs = Theirs::lines(self.item.version, lines);
        if self.open.save {
            theirs.parts.extend(self.facts.parts());
            theirs
                .fields
                .extend(facts::filled(&self.facts.asked, &self.item));
        }
        (!theirs.parts.is_empty()).then_some(theirs)
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let at = at(allowed)?;
        Ok(paths::progress::ITEM.at(at.association, at.item))
    }
}

fn wanted(measure: &Measure) -> String {
    match measure.evidence.as_slice() {
        [] => "不需要".to_owned(),
        wanted => wanted.join("、"),
    }
}

impl ItemPage {
    /// Whether a deed of one button can be done now.
    fn offered(&self) -> bool {
        self.offers.iter().any(|offer| offer.refusal.is_none())
    }

    /// What a browser shows by itself of the evidence, for who may read it.
    fn looked_at(&self) -> Vec<&EvidenceView> {
        let shown = self.evidence.iter();
        let shown = shown.filter(|each| self.persons && each.shown.is_some());
        shown.collect()
    }

    /// Whether facts and evidence stand side by side, as for who verifies it (DN-3).
    fn beside(&self) -> bool {
        let answered = !self.open.save && !self.facts.shown.is_empty();
        answered && !self.looked_at().is_empty()
    }

    /// The page's one form: the act of its first button, and where that goes; none
    /// where nothing is open to this person.
    fn form_of(&self) -> Option<(String, Act)> {
        use crate::paths::progress::{EVIDENCE, EXEMPTION_REQUEST, ITEM, ITEM_BACK, ITEM_RETURN};
        let address = |path: paths::Path<2>| path.at(self.item.association, self.item.id);
        if self.open.save {
            return Some((address(ITEM), Act::ItemSave));
        }
        if self.open.attach {
            return Some((address(EVIDENCE), Act::EvidenceAttach));
        }
        let offered = self.offers.iter().find(|offer| offer.refusal.is_none());
        if let Some(offer) = offered {
            return Some((offer.address.clone(), offer.act));
        }
        let open = [
            (self.open.give_back, ITEM_RETURN, Act::ItemReturn),
            (self.open.back, ITEM_BACK, Act::ItemBack),
            (self.open.exemption, EXEMPTION_REQUEST, Act::ExemptionAsk),
        ];
        let mut open = open.into_iter().filter(|(open, _, _)| *open);
        open.next().map(|(_, path, act)| (address(path), act))
    }
}

/// What it is, with the row that it is about: no name in a title.
fn titled(item: &Item, measure: &Measure) -> String {
    match item.public_label() {
        label if label.is_empty() => measure.text.clone(),
        label => format!("{}（{label}）", measure.text),
    }
}

/// Its date, with the word beside it (FD-2).
fn dated(item: &Item) -> String {
    let word = deadlines::word(&item.due_by);
    format!("{} {word}", item.deadline)
}

/// What is said of its date: what gives it, and what has moved it since.
fn said_of(scheme: &Scheme, item: &Item, measure: &Measure) -> String {
    deadlines::reason(scheme, measure, &item.due_by)
        + &deadlines::stood_still(item.stood)
        + &deadlines::sent_back(item.again_on, item.deadline)
}

/// Where this person deals with it and others together, with it chosen.
fn together(allowed: &Allowed, item: &Item) -> Option<String> {
    let own = (allowed.may(Act::ItemSave) && workable(item))
        || (allowed.may(Act::ItemReport) && handed_over(item));
    let page = paths::progress::TOGETHER.at(item.association);
    own.then(|| format!("{page}?all=yes&{}={}", PICKED.0, item.id))
}

/// The register that the item rests on, for those who may read it.
fn register(allowed: &Allowed, register: Option<Kept>) -> Option<(String, &'static str)> {
    let register = register?;
    allowed
        .may(register.act)
        .then_some((register.address, register.name))
}

fn filled(mut form: Form, item: &Item, measure: &Measure) -> Form {
    if form.raw(NOTE.name).is_none() {
        form.set(NOTE.name, item.note.clone());
        for (name, value) in facts::filled(&measure.facts, item) {
            form.set(&name, value);
        }
    }
    form
}

/// The departments that verify it, by their names in the scheme; the office always may.
fn verifiers(scheme: &Scheme, measure: &Measure) -> String {
    let named = scheme
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
            "业务主管单位经办人填报、登记材料，送单位负责人签发".to_owned()
        }
        ItemState::ForSignature => "业务主管单位负责人报告办结，或退回经办人修改".to_owned(),
        ItemState::ReportedDone => format!("{verifiers}核实"),
        ItemState::Verified => "脱钩办负责人验收销号".to_owned(),
        ItemState::Accepted | ItemState::Exempted | ItemState::NotApplicable => "已办结".to_owned(),
    }
}

/// Whether its last piece of evidence stays, and this person is told why.
fn stays(allowed: &Allowed, item: &Item) -> bool {
    let kept = item.evidence > 0 && rules::papers::may_detach(item).is_err();
    kept && allowed.may(Act::EvidenceDetach)
}

/// Whose clock ran out, where one did and the association does not stand still.
fn whose(app: &App, (item, still): (&Item, bool)) -> Option<String> {
    let whose = lights::whose(item, &app.scheme.campaign, app.clock.today());
    whose.filter(|_| !still)
}
