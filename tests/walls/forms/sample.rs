//! The demonstrations taken further, until every page and every form is there: acts of
//! people on their own pages, each through the form that the page draws.

mod dockets;
mod early;
mod handed;
mod late;

use std::collections::BTreeMap;

use axum::http::StatusCode;
use scraper::Html;
use tokio::sync::OnceCell;
use tuogou::scheme::Scheme;

use super::harvest::{Drawn, Harvest, drawn_on, harvest};
use crate::world::{PASSWORD, World, national_scheme};

/// Forms of each route that are kept.
const KEPT: usize = 2;
/// A first password, which its person changes.
const FIRST_PASSWORD: &str = "a seal for 9 papers";

/// A world with everything that was found in it. What the sessions of the harvest may do
/// they may do in each copy too.
pub struct Sample {
    scheme: fn() -> Scheme,
    template: String,
    /// What was found.
    pub harvest: Harvest,
}

static LATE: OnceCell<Sample> = OnceCell::const_new();
static EARLY: OnceCell<Sample> = OnceCell::const_new();

impl Sample {
    /// Late in the campaign of Lüyuan District.
    pub async fn late() -> &'static Self {
        let made = LATE.get_or_init(|| Self::made("late", || Scheme::lvyuan_2018().unwrap()));
        made.await
    }

    /// Earlier in that of the national scheme.
    pub async fn early() -> &'static Self {
        let made = EARLY.get_or_init(|| Self::made("early", national_scheme));
        made.await
    }

    async fn made(name: &'static str, scheme: fn() -> Scheme) -> Self {
        let mut found = Harvest::default();
        let story = async |world: &World| {
            let mut stage = Stage::of(world);
            if name == "late" {
                Box::pin(late::tell(&mut stage)).await;
            } else {
                Box::pin(early::tell(&mut stage)).await;
            }
            found = Box::pin(harvest(world, KEPT, &stage.known)).await;
            for form in stage.reviewed {
                found.forms.retain(|first| first.route != form.route);
                found.forms.push(form);
            }
            world.app.database.close().await;
        };
        let template = Box::pin(World::template(name, scheme(), story)).await;
        Self {
            scheme,
            template,
            harvest: found,
        }
    }

    /// A copy of the world.
    pub async fn world(&self) -> World {
        World::copy(&self.template, (self.scheme)()).await
    }
}

/// Where people act.
pub struct Stage<'a> {
    world: &'a World,
    cookies: BTreeMap<String, String>,
    known: Vec<(String, String)>,
    reviewed: Vec<Drawn>,
}

impl<'a> Stage<'a> {
    /// Nobody is signed in yet.
    pub const fn of(world: &'a World) -> Self {
        Self {
            world,
            cookies: BTreeMap::new(),
            known: Vec::new(),
            reviewed: Vec::new(),
        }
    }

    async fn cookie(&mut self, who: &str) -> String {
        if let Some(cookie) = self.cookies.get(who) {
            return cookie.clone();
        }
        let cookie = self.world.sign_in(who).await;
        self.cookies.insert(who.to_owned(), cookie.clone());
        cookie
    }

    /// The form of a page that goes to `action`, as this person sees it.
    async fn form(&mut self, who: &str, page: &str, action: &str) -> Drawn {
        let cookie = self.cookie(who).await;
        let answer = self.world.get(&cookie, page).await;
        assert_eq!(answer.status, StatusCode::OK, "{page} as {who}");
        let tree: Html = answer.page();
        let mut forms = drawn_on(self.world, &tree, (who, &cookie, page)).into_iter();
        let form = forms.find(|form| form.action == action);
        form.unwrap_or_else(|| {
            let main = scraper::Selector::parse("main").unwrap();
            let text = tree.select(&main).flat_map(|main| main.text());
            let said: Vec<&str> = text
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .collect();
            panic!(
                "{page} has no form for {action} as {who}: {}",
                said.join(" ")
            )
        })
    }

    /// Whether a page has a form for `action`, as this person sees it.
    pub async fn offers(&mut self, who: &str, (page, action): (&str, &str)) -> bool {
        let cookie = self.cookie(who).await;
        let answer = self.world.get(&cookie, page).await;
        answer.body.contains(&format!("action=\"{action}\""))
    }

    /// Somebody fills in a page's own form, with these words; where they come to.
    pub async fn fill(&mut self, who: &str, page: &str, typed: &[(&str, &str)]) -> String {
        self.act(who, (page, page), typed).await
    }

    /// Somebody does what a form of a page offers; where they come to.
    pub async fn act(
        &mut self,
        who: &str,
        (page, action): (&str, &str),
        typed: &[(&str, &str)],
    ) -> String {
        let form = self.form(who, page, action).await;
        let kept = form.fields.iter();
        let kept = kept.filter(|(name, _)| !typed.iter().any(|(known, _)| known == name));
        let typed = typed
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let fields: Vec<(String, String)> = kept.cloned().chain(typed).collect();
        let answer = form.send(self.world, &fields).await;
        let says = answer.texts(".error-summary li, .error-summary p, .error-message, main p");
        let done = answer.status == StatusCode::SEE_OTHER;
        assert!(done, "{action} as {who}: {} {says:?}", answer.status);
        let location = answer.location();
        location.split('?').next().unwrap_or_default().to_owned()
    }

    /// Somebody fills in a form that is shown once more before it counts; the harvest is
    /// to keep it as it then stands.
    pub async fn reviews(&mut self, who: &str, (page, action): (&str, &str)) {
        let form = self.form(who, page, action).await;
        let answer = form.send(self.world, &form.fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{page} as {who}");
        let again = (who, form.cookie.as_str(), page);
        let mut shown = drawn_on(self.world, &answer.page(), again).into_iter();
        let shown = shown.find(|form| form.action == action);
        self.reviewed.extend(shown);
    }

    /// Somebody now finds a form on a page, which the harvest is to open.
    pub fn finds(&mut self, who: &str, page: impl Into<String>) {
        self.known.push((who.to_owned(), page.into()));
    }

    /// An account is made, and its person takes a password of their own.
    pub async fn hire(&mut self, username: &str, department: i64, role: &str) {
        let department = department.to_string();
        let typed = [
            ("username", username),
            ("department", &department),
            ("role", role),
            ("password", FIRST_PASSWORD),
        ];
        self.fill("admin", "/accounts/new", &typed).await;
        let cookie = self.world.sign_in_with(username, FIRST_PASSWORD).await;
        self.cookies.insert(username.to_owned(), cookie);
        let typed = [
            ("old", FIRST_PASSWORD),
            ("new", PASSWORD),
            ("again", PASSWORD),
        ];
        self.fill(username, "/password", &typed).await;
        // A new password ends the sessions of before.
        self.cookies.remove(username);
    }

    /// One number out of the database.
    async fn number(&self, sql: &'static str, of: i64, named: &str) -> i64 {
        let found = sqlx::query_scalar(sql).bind(of).bind(named);
        let found = found.fetch_optional(self.world.owner()).await.unwrap();
        found.unwrap_or_else(|| panic!("no {named} of {of}: {sql}"))
    }

    /// The number of an item.
    async fn item(&self, association: i64, measure: &str) -> i64 {
        let sql = "select id from item where association_id = $1 and measure = $2 order by id";
        self.number(sql, association, measure).await
    }

    /// The number of a department.
    async fn department(&self, code: &str) -> i64 {
        let sql = "select id from department where $1 >= 0 and code = $2";
        self.number(sql, 0, code).await
    }
}

/// An address under an association.
fn at(association: i64, rest: &str) -> String {
    format!("/associations/{association}/{rest}")
}
