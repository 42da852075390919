//! Several items on one page: what they have in common is asked once, what each measure
//! asks for besides stands at the item, and each carries what was seen of it. Afterwards
//! the same page says of each what became of it.

use askama::Template;

use crate::access::{Act, Case as _, Seen};
use crate::database::Explain as _;
use crate::documents::files::PAGES;
use crate::ids::AccountId;
use crate::paths;
use crate::progress::acts::held::Ground;
use crate::progress::acts::together::{handed_over, workable};
use crate::progress::rules::facts::Missing;
use crate::progress::rules::{self, Item, Refusal, deadlines, lights};
use crate::progress::store;
use crate::registry::store::{self as registry, Brief, suspensions};
use crate::scheme::{Choice, Measure, Scheme};
use crate::web::answer::questions::{self, FieldView, ShownAnswer};
use crate::web::hands::{self, Asked};
use crate::web::page::Page;
use crate::web::seal::Seal;
use crate::web::table::Cell;
use crate::web::{Allowed, Error, Form, Look, View};

use super::deeds::NOTE;
use super::evidence::{DATE, DATE_NOTE, ISSUER, KNOWN, NUMBER};
use super::picks::{DAY, PICKED, Ticked, fact_name, item_of_kind, kind_name, kinds};
use super::{facts, label, told};

/// The page.
#[derive(Template)]
#[template(path = "progress/together.html")]
pub struct TogetherPage {
    page: Page,
    association: Brief,
    form: Form,
    /// The leader reports; the clerk files and hands over.
    reports: bool,
    rows: Vec<RowView>,
    settled: Vec<Settled>,
    /// Files that several items can have together.
    known: Vec<Choice>,
    /// What the clerk came for: file, date or pass.
    wish: String,
    seen: Seen,
    still: bool,
}

/// An item with what is asked and said of it.
struct RowView {
    id: i64,
    value: String,
    ticked: bool,
    href: String,
    measure: String,
    text: String,
    deadline: String,
    state: Cell,
    facts: Vec<FieldView>,
    kind: String,
    kinds: Vec<Choice>,
    papers: String,
    shown: Vec<ShownAnswer>,
    note: String,
    /// What is to be mended elsewhere.
    missing: Vec<Missing>,
    refused: Option<String>,
}

/// An item that there is nothing to do with any more.
struct Settled {
    href: String,
    title: String,
    state: &'static str,
    held: Cell,
}

/// With what the rows are drawn.
struct Sight<'a> {
    scheme: &'a Scheme,
    ground: Ground,
    own: Vec<i64>,
    days: (chrono::NaiveDate, i64),
    still: bool,
    persons: bool,
    reports: bool,
}

impl View for TogetherPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let id = allowed.association()?;
        let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
        let items = store::items(db, id).await?;
        let reports = !allowed.may(Act::ItemSave);
        let me = allowed.actor().account;
        let sight = Sight {
            scheme: &app.scheme,
            ground: Ground::of(db, id).await?,
            own: if reports {
                store::prepared(db, (id, me), Act::ItemReport).await?
            } else {
                Vec::new()
            },
            days: (app.clock.today(), app.scheme.campaign.parameters.warn_days),
            still: !suspensions::now(db, id).await?.is_empty(),
            persons: allowed.actor().reads_persons_of(association.department),
            reports,
        };
        let choice = Choices::of(allowed, form.as_ref());
        let (rows, settled) = sight.parted(&items, &choice, allowed);
        let ids: Vec<i64> = settled.iter().map(|item| item.id).collect();
        let held = hands::listed(db, (app, allowed), Asked::Items(&ids)).await?;
        let form = filled(form, allowed, &sight, &rows);
        let rows: Vec<RowView> = rows
            .into_iter()
            .filter_map(|item| sight.row(item, (&choice, &form)))
            .collect();
        Ok(Self {
            page: allowed.page("多项一并办理"),
            settled: settled
                .into_iter()
                .map(|item| sight.settled(item, hands::cell(held.of(Item::KIND, item.id).as_ref())))
                .collect(),
            known: told::choices(store::evidence::shareable(&sight.ground.papers)),
            wish: allowed.query().get("do").unwrap_or("file").to_owned(),
            seen: Seen::list(rows.iter().map(|row| row.value.clone())),
            still: sight.still,
            association,
            form,
            reports,
            rows,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        Ok(paths::progress::TOGETHER.at(allowed.association()?))
    }
}

impl TogetherPage {
    /// Where the clerk's form goes.
    fn filing(&self) -> String {
        paths::progress::TOGETHER.at(self.association.id)
    }

    /// What it carries, whichever of its buttons is pressed.
    fn seal(&self) -> Seal {
        let seen = self.seen.clone();
        self.page.seal_whole(&self.filing(), &Act::ItemSave, seen)
    }
}

/// Which items the page is about.
struct Choices {
    ticked: Vec<Ticked>,
    /// Of a form that is shown again, the items that it had fields for.
    drawn: Vec<i64>,
    /// All that can be dealt with, and not only those that were chosen.
    all: bool,
}

impl Choices {
    fn of(allowed: &Allowed, form: Option<&Form>) -> Self {
        let query = allowed.query();
        let typed = form.map(|form| {
            let typed = form.fields().iter().filter(|(name, _)| name == PICKED.0);
            typed.map(|(_, value)| value.as_str()).collect::<Vec<_>>()
        });
        let ticked = typed.unwrap_or_else(|| query.all(PICKED.0)).into_iter();
        let ticked: Vec<Ticked> = ticked.filter_map(Ticked::read).collect();
        let named = form.into_iter().flat_map(Form::fields);
        let drawn = named.filter_map(|(name, _)| item_of_kind(name));
        let drawn: Vec<i64> = drawn.collect();
        Self {
            all: query.get("all").is_some() || (ticked.is_empty() && drawn.is_empty()),
            ticked,
            drawn,
        }
    }

    fn ticked(&self, item: &Item) -> Option<&Ticked> {
        self.ticked.iter().find(|ticked| ticked.item == item.id)
    }

    fn names(&self, item: &Item) -> bool {
        self.all || self.ticked(item).is_some() || self.drawn.contains(&item.id)
    }
}

impl Sight<'_> {
    /// What can be dealt with, and what was chosen and cannot any more.
    fn parted<'i>(
        &self,
        items: &'i [Item],
        choice: &Choices,
        allowed: &Allowed,
    ) -> (Vec<&'i Item>, Vec<&'i Item>) {
        let may = allowed.may(Act::ItemSave) || allowed.may(Act::ItemReport);
        let fits = if self.reports { handed_over } else { workable };
        let named = items.iter().filter(|item| choice.names(item));
        let (rows, rest): (Vec<_>, Vec<_>) = named.partition(|item| may && fits(item));
        let chosen = rest.into_iter();
        let chosen = chosen.filter(|item| choice.ticked(item).is_some());
        (rows, chosen.collect())
    }

    fn row(&self, item: &Item, (choice, form): (&Choices, &Form)) -> Option<RowView> {
        let measure = self.scheme.measure(&item.measure)?;
        let ticked = choice.ticked(item);
        let version = ticked.and_then(|ticked| ticked.version);
        let light = lights::shown(item, self.days, self.still);
        let page = paths::progress::ITEM.at(item.association, item.id);
        let readable = self.persons || !item.personal();
        Some(RowView {
            id: item.id,
            value: format!("{}.{}", item.id, version.unwrap_or(item.version)),
            ticked: ticked.is_some(),
            measure: item.measure.clone(),
            text: text(measure, item, self.persons),
            deadline: format!("{} {}", item.deadline, deadlines::word(&item.due_by)),
            state: Cell::Mark(light.mark(), light.word()),
            facts: fields(measure, item, form),
            kind: kind_name(item.id),
            kinds: kinds(measure)
                .into_iter()
                .map(|kind| Choice {
                    value: kind.to_owned(),
                    label: kind.to_owned(),
                })
                .collect(),
            papers: self.papers(item),
            shown: if readable {
                questions::shown(&measure.facts, &item.facts.0, &[])
            } else {
                Vec::new()
            },
            note: if readable {
                item.note.clone()
            } else {
                String::new()
            },
            missing: self.missing(item, &page),
            refused: self.refused(item, measure),
            href: page,
        })
    }

    /// What the fields of this page cannot mend.
    fn missing(&self, item: &Item, page: &str) -> Vec<Missing> {
        let own = format!("{page}#f-");
        let missing = self.ground.held(self.scheme, item, false).missing;
        let missing = missing.into_iter();
        missing
            .filter(|each| self.reports || !each.href.starts_with(&own))
            .collect()
    }

    /// Why the leader cannot report it.
    fn refused(&self, item: &Item, measure: &Measure) -> Option<String> {
        if !self.reports {
            return None;
        }
        if self.own.contains(&item.id) {
            return Some(Refusal::OwnDraft.explain());
        }
        let mut whole = item.clone();
        let papers = self.ground.papers_of(item).count();
        whole.evidence = i64::try_from(papers).unwrap_or(i64::MAX);
        let guard = rules::guard(&whole, measure, Act::ItemReport, AccountId(0));
        guard.err().map(|why| why.explain())
    }

    fn papers(&self, item: &Item) -> String {
        let papers = self.ground.papers_of(item);
        let readable = self.persons || !item.personal();
        let papers = papers.map(|paper| {
            if readable {
                format!("{} {}", paper.kind, paper.document_number)
            } else {
                paper.kind.clone()
            }
        });
        papers.collect::<Vec<_>>().join("、")
    }

    fn settled(&self, item: &Item, held: Cell) -> Settled {
        let measure = self.scheme.measure(&item.measure);
        let text = measure.map(|measure| text(measure, item, self.persons));
        Settled {
            href: paths::progress::ITEM.at(item.association, item.id),
            title: format!("{} {}", item.measure, text.unwrap_or_default()),
            state: item.state.label(),
            held,
        }
    }
}

fn text(measure: &Measure, item: &Item, persons: bool) -> String {
    match label(item, persons).as_str() {
        "" => measure.text.clone(),
        label => format!("{}：{label}", measure.text),
    }
}

/// What its measure asks for, under names of its own: two items of one measure stand on
/// the page.
fn fields(measure: &Measure, item: &Item, form: &Form) -> Vec<FieldView> {
    let mut fields = questions::fields(&measure.facts, form, &[]);
    for field in &mut fields {
        field.code = fact_name(item.id, &field.code);
        for fact in &measure.facts {
            let (asked, here) = (fact.code(), fact_name(item.id, fact.code()));
            let named = (format!("\"{asked}\""), format!("\"{here}\""));
            field.when.rule = field.when.rule.replace(&named.0, &named.1);
        }
    }
    fields
}

/// The form as the page is first opened: what stands at each item, and the unit's name on
/// the paper.
fn filled(form: Option<Form>, allowed: &Allowed, sight: &Sight<'_>, rows: &[&Item]) -> Form {
    if let Some(form) = form {
        return form;
    }
    let mut form = Form::default();
    form.set(
        ISSUER.name,
        allowed.actor().capacity.department_name.clone(),
    );
    for item in rows {
        let Some(measure) = sight.scheme.measure(&item.measure) else {
            continue;
        };
        for (name, value) in facts::filled(&measure.facts, item) {
            form.set(&fact_name(item.id, &name), value);
        }
    }
    form
}
