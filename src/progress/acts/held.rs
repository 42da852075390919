//! Whether an item is done is a fact (DN-1 to DN-3): what its own answers and the registers
//! on which it rests say, what is missing of that and where it is mended, and the day on
//! which it was done (DN-4).

use chrono::NaiveDate;

use crate::access::Act;
use crate::database::{Db, Done, Explain as _};
use crate::holdings::rules::book::Book;
use crate::holdings::rules::duties;
use crate::holdings::store::{self as holdings, Source};
use crate::ids::AssociationId;
use crate::paths;
use crate::posts::rules::{Holder, closing};
use crate::posts::store as posts;
use crate::progress::rules::facts::{self, ENDS_TIES, Missing};
use crate::progress::rules::{Item, Refusal, papers};
use crate::progress::store::evidence::{self, Evidence};
use crate::registry::store::{self as registry, Tie, suspensions};
use crate::scheme::{Measure, Scheme};

use super::entered::{self, Entered};
use super::registers;
use super::ties;

/// What an association's items rest on, read once for all of them.
#[derive(Default)]
pub struct Ground {
    ties: Vec<Tie>,
    source: Source,
    holders: Vec<Holder>,
    entered: Entered,
    /// What proves its items.
    pub papers: Vec<Evidence>,
}

/// How far an item is done, by its facts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// What is missing.
    pub missing: Vec<Missing>,
    /// The days of its facts.
    pub days: Vec<NaiveDate>,
}

impl Held {
    /// The latest day among its facts (DN-4).
    #[must_use]
    pub fn completed_on(&self) -> Option<NaiveDate> {
        self.days.iter().max().copied()
    }
}

impl Ground {
    /// Reads the registers of an association.
    pub async fn of(db: &mut Db, association: AssociationId) -> Result<Self, sqlx::Error> {
        Ok(Self {
            ties: registry::ties(db, association).await?,
            source: holdings::source(db, association).await?,
            holders: posts::holders(db, association).await?,
            entered: Entered::of(db, association).await?,
            papers: evidence::of_association(db, association).await?,
        })
    }

    /// Reads what one item of it rests on, and nothing besides.
    pub async fn of_item(db: &mut Db, scheme: &Scheme, item: &Item) -> Result<Self, sqlx::Error> {
        let (association, code) = (item.association, item.measure.as_str());
        let measure = scheme.measure(code);
        let mut ground = Self {
            papers: evidence::of_association(db, association).await?,
            ..Self::default()
        };
        let asked = measure.is_some_and(|measure| !measure.facts.is_empty());
        let of_tie = code == ENDS_TIES;
        if asked || of_tie || duties::register_of(code).is_some() {
            ground.source = holdings::source(db, association).await?;
        }
        if of_tie {
            ground.ties = registry::ties(db, association).await?;
        }
        if closing::judges(code) {
            ground.holders = posts::holders(db, association).await?;
        }
        if entered::register(item).is_some() {
            ground.entered = Entered::of(db, association).await?;
        }
        Ok(ground)
    }

    /// Reads it where an act asks what the item's facts say.
    pub(super) async fn for_act(
        db: &mut Db,
        scheme: &Scheme,
        item: &Item,
        act: Act,
    ) -> Result<Self, sqlx::Error> {
        if asks(act) {
            Self::of_item(db, scheme, item).await
        } else {
            Ok(Self::default())
        }
    }

    /// Whether the row that an item is about is still known: what a later survey does not have
    /// any more stays as it was done (7.1).
    #[must_use]
    pub fn knows(&self, measure: &Measure, item: &Item) -> bool {
        let (Some(per), Some(key)) = (&measure.per, facts::row_key(&item.object)) else {
            return true;
        };
        let rows = self.source.survey.rows(&per.rows);
        let later = ties::is_of_register(key) || key.starts_with(closing::OF_REGISTER);
        later || rows.iter().any(|row| row.key() == key)
    }

    /// The ties that an item is about.
    #[must_use]
    pub fn ties_of(&self, measure: &Measure, item: &Item) -> Vec<&Tie> {
        if measure.code() == ENDS_TIES {
            ties::of_item(measure, item, (&self.source.survey, &self.ties))
        } else {
            Vec::new()
        }
    }

    /// The registers of functions, assets, money and rooms.
    #[must_use]
    pub fn book<'a>(&'a self, scheme: &'a Scheme) -> Book<'a> {
        self.source.book(scheme)
    }

    /// The person that an item is about.
    #[must_use]
    pub fn holder_of(&self, item: &Item) -> Option<&Holder> {
        item.personal()
            .then(|| closing::holder_of(&item.object, &self.holders))
            .flatten()
    }

    /// How far an item is done; `decided` asks for the departments' decisions too, without
    /// which it may be reported and not verified.
    #[must_use]
    pub fn held(&self, scheme: &Scheme, item: &Item, decided: bool) -> Held {
        let Some(measure) = scheme.measure(&item.measure) else {
            return Held::default();
        };
        let mut held = self.own(measure, item);
        for more in [
            ties::held(measure, item, (&self.source.survey, &self.ties)),
            self.of_holdings(scheme, item, decided),
            self.of_posts(scheme, item),
            self.entered.held(item, decided),
        ] {
            held.missing.extend(more.missing);
            held.days.extend(more.days);
        }
        held.missing
            .extend(self.of_papers(measure, item, &held.days));
        held
    }

    /// Whether an item's facts let an act be done with it, and when it was done by them.
    pub fn lets(
        &self,
        scheme: &Scheme,
        item: &Item,
        act: Act,
    ) -> Result<Option<NaiveDate>, Refusal> {
        if !asks(act) {
            return Ok(item.done_on);
        }
        let held = self.held(scheme, item, act == Act::ItemVerify);
        if held.missing.is_empty() {
            Ok(held.completed_on().or(item.done_on))
        } else {
            Err(Refusal::Missing(held.missing))
        }
    }

    /// Whether others than the unit have yet to enter what an item rests on: that is told
    /// before any paper, and what they entered nobody takes back.
    pub fn lets_first(&self, scheme: &Scheme, item: &Item, act: Act) -> Result<(), Refusal> {
        if !entered::is_registered(item) {
            return Ok(());
        }
        match act {
            Act::ItemRecall => Err(Refusal::NotItsOwn),
            act => self.lets(scheme, item, act).map(|_| ()),
        }
    }

    /// The register on which an item rests.
    #[must_use]
    pub fn register(&self, scheme: &Scheme, item: &Item) -> Option<registers::Kept> {
        registers::register(item, &self.source.book(scheme))
    }

    /// What proves an item.
    pub fn papers_of(&self, item: &Item) -> impl Iterator<Item = &Evidence> {
        let item = item.id;
        self.papers.iter().filter(move |paper| paper.item == item)
    }

    /// Papers that are too old for what they prove.
    fn of_papers(&self, measure: &Measure, item: &Item, days: &[NaiveDate]) -> Vec<Missing> {
        let wrong = self.papers_of(item).filter_map(|paper| {
            papers::proves(
                measure,
                (&paper.kind, paper.document_date),
                paper.date_note.as_deref(),
                days,
            )
            .err()
        });
        let page = paths::progress::ITEM.at(item.association, item.id);
        let wrong = wrong.map(|why| Missing {
            words: why.explain(),
            href: format!("{page}#papers"),
        });
        wrong.collect()
    }

    fn own(&self, measure: &Measure, item: &Item) -> Held {
        let page = paths::progress::ITEM.at(item.association, item.id);
        let lacking = facts::lacking(measure, item, &self.source.survey);
        let lacking = lacking.into_iter().map(|(field, words)| Missing {
            words,
            href: format!("{page}#f-{field}"),
        });
        Held {
            missing: lacking.collect(),
            days: facts::days(measure, &item.facts.0),
        }
    }

    fn of_holdings(&self, scheme: &Scheme, item: &Item, decided: bool) -> Held {
        if duties::register_of(&item.measure).is_none() {
            return Held::default();
        }
        let book = self.source.book(scheme);
        let Some(href) = registers::register(item, &book).map(|register| register.address) else {
            return Held::default();
        };
        let unmet = duties::unmet(&book, &item.measure, &item.object, decided);
        Held {
            missing: unmet
                .into_iter()
                .map(|words| Missing {
                    words,
                    href: href.clone(),
                })
                .collect(),
            days: duties::days(&book, &item.measure, &item.object),
        }
    }

    fn of_posts(&self, scheme: &Scheme, item: &Item) -> Held {
        let (measure, object) = (item.measure.as_str(), item.object.as_str());
        if !closing::judges(measure) {
            return Held::default();
        }
        let holder = closing::holder_of(object, &self.holders);
        let href = match holder {
            Some(holder) => paths::posts::POST.at(item.association, holder.id),
            None => paths::posts::POSTS.at(item.association),
        };
        let issued = scheme.campaign.parameters.issue_date;
        let unmet = closing::may_close((measure, object), &self.holders, issued).err();
        Held {
            missing: unmet
                .into_iter()
                .map(|words| Missing {
                    words,
                    href: href.clone(),
                })
                .collect(),
            days: closing::days(measure, object, &self.holders),
        }
    }
}

/// Of an association that stands still nothing is done with items at all, while the
/// registers go on (FD-4).
pub async fn still(db: &mut Db, association: AssociationId) -> Done<Refusal> {
    if suspensions::now(db, association).await?.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Still.into())
    }
}

/// Whether an act asks what an item's facts say.
const fn asks(act: Act) -> bool {
    matches!(act, Act::ItemPass | Act::ItemReport | Act::ItemVerify)
}

/// When an item was done, as far as its facts say.
pub async fn completed_on(
    db: &mut Db,
    scheme: &Scheme,
    item: &Item,
) -> Result<Option<NaiveDate>, sqlx::Error> {
    let ground = Ground::of_item(db, scheme, item).await?;
    Ok(ground.held(scheme, item, false).completed_on())
}

/// Which of these items of an association their facts do not let be reported yet.
pub async fn held_up(
    db: &mut Db,
    scheme: &Scheme,
    association: AssociationId,
    items: &[&Item],
) -> Result<Vec<i64>, sqlx::Error> {
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let ground = Ground::of(db, association).await?;
    // What civil affairs registers is reported with its entry, not by the unit.
    let lacks = |item: &&&Item| {
        entered::is_registered(item) || !ground.held(scheme, item, false).missing.is_empty()
    };
    Ok(items.iter().filter(lacks).map(|item| item.id).collect())
}
