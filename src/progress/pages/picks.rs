//! The form of several items at once: which were chosen and as they were seen, what all of
//! them have in common, and what each measure asks for besides.

use axum::extract::State;
use axum::http::StatusCode;
use chrono::NaiveDate;

use crate::access::{Act, Seen};
use crate::database::Explain as _;
use crate::documents::files::PAGES;
use crate::paths;
use crate::progress::acts::evidence::Content;
use crate::progress::acts::together::{self, Batch, Outcomes, Picked, Shared};
use crate::progress::rules::{self, Item, Refusal};
use crate::progress::store;
use crate::progress::store::evidence;
use crate::scheme::{AnswerType, Answers, Measure};
use crate::web::answer::date;
use crate::web::ask::{self, Ask};
use crate::web::form::{Clean, Slot};
use crate::web::upload::Upload;
use crate::web::view::draw;
use crate::web::{Allowed, Answer, App, Error, Form};

use super::deeds::NOTE;
use super::evidence::{DATE, DATE_NOTE, ISSUER, KIND, KNOWN, NUMBER, Sheet, content};
use super::facts;
use super::item::OTHER;
use super::together::TogetherPage;

/// Name and label of the boxes.
pub const PICKED: (&str, &str) = ("picked", "事项");
/// The day that all of them have in common.
pub const DAY: Ask<NaiveDate> =
    ask::date("common_date", "同一日期").hint("填入下列事项中尚未填写的日期");

/// What a box says: the item, and its version where its form was seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ticked {
    pub(super) item: i64,
    pub(super) version: Option<i32>,
}

impl Ticked {
    pub(super) fn read(typed: &str) -> Option<Self> {
        let (item, version) = match typed.split_once('.') {
            Some((item, version)) => (item, Some(version.parse().ok()?)),
            None => (typed, None),
        };
        let item = item.parse().ok()?;
        Some(Self { item, version })
    }
}

/// The name of the field of an item's fact.
pub(super) fn fact_name(item: i64, code: &str) -> String {
    format!("{item}-{code}")
}

/// The name of the field of the kind of its paper.
pub(super) fn kind_name(item: i64) -> String {
    format!("{}-{item}", KIND.0)
}

/// The item whose kind of paper a field tells.
pub(super) fn item_of_kind(name: &str) -> Option<i64> {
    let (field, item) = name.split_once('-')?;
    (field == KIND.0).then_some(())?;
    item.parse().ok()
}

/// The kinds of paper that a measure takes.
pub(super) fn kinds(measure: &Measure) -> Vec<&str> {
    let own = measure.evidence.iter().map(String::as_str);
    own.chain([OTHER]).collect()
}

/// An item that was chosen, until the form is whole.
struct Chosen {
    item: i64,
    seen: Seen,
    facts: Answers,
    kind: Slot<Option<String>>,
}

/// What they have in common, until the form is whole.
struct Common {
    note: Slot<Option<String>>,
    sheet: Option<Sheet>,
    file: Option<Content>,
}

impl Common {
    fn take(self, clean: &Clean) -> Shared {
        let file = self.file;
        // Its kind is each item's own.
        let paper = self
            .sheet
            .map(|sheet| sheet.take(String::new(), file, clean));
        let (paper, file) = paper.unzip();
        Shared {
            note: self.note.take(clean),
            paper,
            file: file.flatten(),
        }
    }
}

/// The boxes that are ticked, each with what was seen of its item.
fn ticked(form: &mut Form) -> Vec<Ticked> {
    let typed = form.fields().iter().filter(|(name, _)| name == PICKED.0);
    let typed: Vec<String> = typed.map(|(_, value)| value.clone()).collect();
    let fits = typed.iter().map(String::as_str);
    let fits: Vec<&str> = fits.filter(|value| Ticked::read(value).is_some()).collect();
    let ticked = form.ticks(PICKED.0, PICKED.1, &fits);
    if ticked.is_empty() {
        form.fail(PICKED.0, PICKED.1, Refusal::NothingPicked.explain());
    }
    ticked
        .iter()
        .filter_map(|value| Ticked::read(value))
        .collect()
}

/// What was seen of a ticked item; a box that does not say it was not drawn by this page.
fn seen(form: &mut Form, ticked: Ticked) -> Seen {
    if ticked.version.is_none() {
        form.fail(
            PICKED.0,
            PICKED.1,
            "页面内容不完整，请刷新页面核对后重新提交。",
        );
    }
    Seen::version(ticked.version.unwrap_or_default())
}

/// The facts of one item, read as its own page reads them; days that were left empty are
/// the one that all have in common.
fn facts_of(
    form: &mut Form,
    (item, measure): (&Item, &Measure),
    (day, today): (Option<NaiveDate>, NaiveDate),
) -> Answers {
    let prefix = fact_name(item.id, "");
    let own = form.fields().iter().filter_map(|(name, value)| {
        let code = name.strip_prefix(&prefix)?;
        Some((code.to_owned(), value.clone()))
    });
    let mut apart = Form::filled(own.collect());
    let mut answers = facts::read(&mut apart, &measure.facts, today);
    for error in apart.errors() {
        let label = format!("{} {}", item.measure, error.label);
        form.fail(
            &fact_name(item.id, &error.name),
            &label,
            error.message.clone(),
        );
    }
    let days = measure.facts.iter();
    for fact in days.filter(|fact| fact.kind == AnswerType::Date) {
        let empty = answers.get(fact.code()).is_none() && fact.shown(&answers);
        if let (Some(day), true) = (day, empty) {
            answers.set(fact.code(), Some(day.to_string().into()));
        }
    }
    answers
}

/// The form has the fields of all items that the page drew.
fn knows(form: &mut Form, item: &Item, measure: &Measure) {
    form.knows(&kind_name(item.id));
    for fact in &measure.facts {
        let name = fact_name(item.id, fact.code());
        if fact.kind == AnswerType::Choices {
            form.knows(&format!("{name}[]"));
        }
        form.knows(&name);
    }
}

/// The day that all have in common, as far as it can be one on which something happened.
fn day(form: &mut Form, today: NaiveDate) -> Option<NaiveDate> {
    let fits = |day: &NaiveDate| rules::possible(*day, today).is_ok();
    let message = format!("{}不得早于2000年1月1日，不得晚于今天。", DAY.label);
    let read = form.date(DAY.name, DAY.label).check(fits, &message);
    let _: Slot<Option<NaiveDate>> = read.optional();
    let typed = date::parse(&form.value(DAY.name)).ok().flatten();
    typed.filter(fits)
}

/// Whether a paper was begun; whose name it bears is filled in beforehand.
fn begun(form: &mut Form) -> bool {
    for name in [
        NUMBER.name,
        DATE.name,
        ISSUER.name,
        DATE_NOTE.name,
        PAGES.name,
        KNOWN.0,
    ] {
        form.knows(name);
    }
    let typed = [NUMBER.name, DATE.name, DATE_NOTE.name, PAGES.name, KNOWN.0];
    let typed = typed.iter().any(|name| !form.value(name).trim().is_empty());
    typed || form.carried_file()
}

/// Reads what is said of several items.
fn read(
    app: &App,
    Upload { form, file }: &mut Upload,
    (items, papers): (&[Item], &[store::Evidence]),
) -> (Vec<Chosen>, Common) {
    let today = app.clock.today();
    let day = day(form, today);
    let note = NOTE.if_filled(form);
    let begun = begun(form);
    let file = begun.then(|| content(form, file.take(), &evidence::shareable(papers)));
    let sheet = begun.then(|| Sheet::read(form, today));
    let boxes = ticked(form);
    let mut chosen = Vec::new();
    for item in items {
        let Some(measure) = app.scheme.measure(&item.measure) else {
            continue;
        };
        knows(form, item, measure);
        let Some(ticked) = boxes.iter().find(|ticked| ticked.item == item.id) else {
            continue;
        };
        let label = format!("{} {}", item.measure, KIND.1);
        let kind = form.choice(&kind_name(item.id), &label, &kinds(measure));
        let kind = kind.optional();
        let facts = facts_of(form, (item, measure), (day, today));
        let (item, seen) = (item.id, seen(form, *ticked));
        chosen.push(Chosen {
            item,
            seen,
            facts,
            kind,
        });
    }
    let file = file.flatten();
    (chosen, Common { note, sheet, file })
}

/// Where the results are told: the page of the same items.
fn landing(allowed: &Allowed, items: &[i64]) -> Result<String, Error> {
    let items = items.iter().map(|item| format!("{}={item}", PICKED.0));
    let items = items.collect::<Vec<_>>().join("&");
    let page = paths::progress::TOGETHER.at(allowed.association()?);
    Ok(format!("{page}?{items}"))
}

/// Files what the form says of each of the chosen items.
async fn file(app: App, allowed: Allowed, mut upload: Upload) -> Answer {
    let association = allowed.association()?;
    let (items, papers) = {
        let mut db = app.read().await?;
        let items = store::items(&mut db, association).await?;
        let papers = evidence::of_association(&mut db, association).await?;
        (items, papers)
    };
    let (chosen, common) = read(&app, &mut upload, (&items, &papers));
    let form = upload.form;
    let typed = form.clone();
    let ids: Vec<i64> = chosen.iter().map(|chosen| chosen.item).collect();
    let landing = landing(&allowed, &ids)?;
    let passes = allowed.gate_act() == Act::ItemPass;
    let mut outcomes = Outcomes::default();
    let run = async |write, clean: Clean, _| {
        let shared = common.take(&clean);
        let picked = chosen.into_iter().map(|chosen| Picked {
            item: chosen.item,
            seen: chosen.seen,
            facts: chosen.facts,
            kind: chosen.kind.take(&clean).unwrap_or_else(|| OTHER.to_owned()),
        });
        let picked = picked.collect();
        let batch = if passes {
            Batch::Passed(shared)
        } else {
            Batch::Saved(shared)
        };
        together::perform(write, association, (batch, picked), &mut outcomes).await
    };
    let answer = allowed
        .act_and_go::<TogetherPage, _, _>(&app, form, landing, run)
        .await;
    told(&app, &allowed, (typed, outcomes), answer).await
}

/// The answer; where some could not be dealt with, the page of these with what was typed,
/// a reason at each, and above it what was done.
async fn told(
    app: &App,
    allowed: &Allowed,
    (typed, outcomes): (Form, Outcomes),
    answer: Answer,
) -> Answer {
    let refused = outcomes
        .lines
        .iter()
        .filter_map(|line| line.refused.as_ref());
    if answer.is_err() || refused.count() == 0 {
        return answer;
    }
    let (form, sentence) = again(&typed, &outcomes);
    let allowed = allowed.alarmed(sentence);
    draw::<TogetherPage>(app, &allowed, Some(form), StatusCode::CONFLICT).await
}

/// What is shown again of a form of which a part was done, and what is said of it.
fn again(typed: &Form, outcomes: &Outcomes) -> (Form, String) {
    let (done, left): (Vec<_>, Vec<_>) = outcomes
        .lines
        .iter()
        .partition(|line| line.refused.is_none());
    let kept = typed.fields().iter().filter_map(|(name, value)| {
        let ticked = (name == PICKED.0).then(|| Ticked::read(value)).flatten();
        let Some(ticked) = ticked else {
            return Some((name.clone(), value.clone()));
        };
        let line = left.iter().find(|line| line.item == ticked.item)?;
        let stale = line.refused.as_ref().is_some_and(|why| why.stale);
        // What somebody else changed is looked at again, as it is now.
        let value = if stale {
            line.item.to_string()
        } else {
            value.clone()
        };
        Some((name.clone(), value))
    });
    let mut form = Form::filled(kept.collect());
    if typed.carried_file() {
        match outcomes.stored.filter(|_| !done.is_empty()) {
            Some(stored) => form.complete(KNOWN.0, &stored.to_string()),
            None => form.fail("file", "文件", "浏览器不保留所选的文件，请重新选择。"),
        }
    }
    for line in &left {
        let why = line.refused.as_ref().map_or("", |why| why.words.as_str());
        form.fail(&format!("row-{}", line.item), &line.title, why);
    }
    let titles = |lines: &[&together::Outcome]| {
        let titles = lines.iter().map(|line| line.title.as_str());
        titles.collect::<Vec<_>>().join("、")
    };
    let sentence = if done.is_empty() {
        Refusal::NoneDone.explain()
    } else {
        let (count, rest) = (done.len(), left.len());
        format!(
            "已办理{count}项：{}。其余{rest}项没有办理，原因见各事项。",
            titles(&done)
        )
    };
    (form, sentence)
}

/// Says how far several are.
pub async fn save(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    Box::pin(file(app, allowed, upload)).await
}

/// Hands several items to the leader, with what the form says of them.
pub async fn pass(State(app): State<App>, allowed: Allowed, upload: Upload) -> Answer {
    Box::pin(file(app, allowed, upload)).await
}

/// Reports several items as done.
pub async fn report(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let association = allowed.association()?;
    let boxes = ticked(&mut form);
    let picked = boxes.iter().map(|ticked| Picked {
        item: ticked.item,
        seen: seen(&mut form, *ticked),
        facts: Answers::default(),
        kind: String::new(),
    });
    let picked: Vec<Picked> = picked.collect();
    let ids: Vec<i64> = picked.iter().map(|picked| picked.item).collect();
    let (typed, landing) = (form.clone(), landing(&allowed, &ids)?);
    let mut outcomes = Outcomes::default();
    let run = async |write, _, _| {
        let batch = (Batch::Reported, picked);
        together::perform(write, association, batch, &mut outcomes).await
    };
    let answer = allowed
        .act_and_go::<TogetherPage, _, _>(&app, form, landing, run)
        .await;
    told(&app, &allowed, (typed, outcomes), answer).await
}
