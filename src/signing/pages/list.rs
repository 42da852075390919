//! The list: what lies with the leader, what each signature covers, what was found in it,
//! and one signature for all that is ticked.

use askama::Template;

use crate::access::Act;
use crate::clock::stamp;
use crate::desk::store::reading::Lying;
use crate::paths::signing::{MATTER, ROUND};
use crate::scheme::Severity;
use crate::signing::matters::Reader;
use crate::signing::rules::{Check, MOST, Matter, Standing};
use crate::signing::store::{self, Round};
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};
use crate::words::Mark;

use super::TICKED;

/// Earlier rounds that the list names.
const ROUNDS: i64 = 5;

/// What waits for the leader's signature.
#[derive(Template)]
#[template(path = "signing/list.html")]
pub struct ListPage {
    page: Page,
    form: Form,
    rows: Vec<RowView>,
    others: Vec<OtherView>,
    rounds: Vec<RoundView>,
    more: bool,
    /// How many can be ticked now.
    ready: usize,
    /// The first that is to be opened.
    first: Option<String>,
    /// How many are to be opened first.
    unread: usize,
}

/// Something found in a matter, as `parts/findings.html` draws it.
pub(super) struct FindingView {
    /// error, warning.
    pub severity: &'static str,
    /// What it is.
    pub sentence: String,
    /// Where it is mended: on the matter's own page.
    pub link: Option<String>,
}

impl FindingView {
    pub(super) fn of(check: &Check) -> Self {
        Self {
            severity: if check.severity == Severity::Error {
                "error"
            } else {
                "warning"
            },
            sentence: check.sentence.clone(),
            link: None,
        }
    }
}

struct RowView {
    title: String,
    subject: String,
    open: String,
    tick: String,
    ticked: bool,
    can: bool,
    looked: bool,
    /// Why it cannot be ticked.
    why: String,
    covers: Vec<String>,
    found: Vec<FindingView>,
    since: String,
    due: String,
    mark: Mark,
    state: String,
}

struct OtherView {
    title: String,
    subject: String,
    href: String,
    due: String,
    mark: Mark,
    state: String,
}

struct RoundView {
    href: String,
    at: String,
    words: String,
}

impl View for ListPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (db, app, allowed) = (look.db, look.app, look.allowed);
        let actor = allowed.actor();
        let reader = Reader { app, actor };
        let waiting = reader.all(db).await?;
        let rounds = store::rounds(db, actor.account, (None, ROUNDS)).await?;
        let all = allowed.query().get("tick") == Some("all");
        let form = form.unwrap_or_default();
        let matters = &waiting.matters;
        let unread = |matter: &&Matter| matches!(matter.standing(), Standing::Unread(_));
        let ready = matters
            .iter()
            .filter(|matter| matter.standing() == Standing::Ready);
        Ok(Self {
            page: allowed.page("待签发"),
            ready: ready.count(),
            first: matters.iter().find(unread).map(address),
            unread: matters.iter().filter(unread).count(),
            rows: ticked(matters, (&form, all)),
            others: waiting
                .others
                .iter()
                .map(|row| OtherView::of(reader, row))
                .collect(),
            rounds: rounds.iter().map(RoundView::of).collect(),
            more: waiting.more,
            form,
        })
    }
}

fn address(matter: &Matter) -> String {
    MATTER.at(matter.act.name(), matter.case)
}

/// The rows; ticked is what was ticked before, or as many as one signature takes where all
/// are asked for.
fn ticked(matters: &[Matter], (form, all): (&Form, bool)) -> Vec<RowView> {
    let mut left = MOST;
    let rows = matters.iter().map(|matter| {
        let mut row = RowView::of(matter);
        let wanted = all && left > 0 || form.has(TICKED.0, &row.tick);
        row.ticked = row.can && wanted;
        left = left.saturating_sub(usize::from(row.ticked));
        row
    });
    rows.collect()
}

impl RowView {
    fn of(matter: &Matter) -> Self {
        let standing = matter.standing();
        Self {
            title: matter.title.clone(),
            subject: matter.subject.clone(),
            open: address(matter),
            tick: matter.tick().text(),
            ticked: false,
            can: standing == Standing::Ready,
            looked: matter.looked,
            why: standing.why().unwrap_or_default().to_owned(),
            covers: matter.covers.clone(),
            found: matter.checks.iter().map(FindingView::of).collect(),
            since: matter.since.to_string(),
            due: matter.due.map_or_else(String::new, |day| day.to_string()),
            mark: matter.mark,
            state: matter.state.clone(),
        }
    }
}

impl OtherView {
    fn of(reader: Reader<'_>, row: &Lying) -> Self {
        let (scheme, (mark, state)) = (&reader.app.scheme, reader.state(row));
        Self {
            title: row.title(scheme),
            subject: reader.subject(row),
            href: row.href(scheme),
            due: row.due_on.map_or_else(String::new, |day| day.to_string()),
            mark,
            state,
        }
    }
}

impl RoundView {
    fn of(round: &Round) -> Self {
        let left = round.size - round.signed;
        let rest = if left > 0 {
            format!("，{left}件未签发")
        } else {
            String::new()
        };
        Self {
            href: ROUND.at(round.id),
            at: stamp(round.signed_at),
            words: format!("已签发{}件{rest}", round.signed),
        }
    }
}
