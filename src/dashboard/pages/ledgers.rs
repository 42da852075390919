//! 台账下载: every list and ledger of the program that the reader may take out, in the order of
//! the campaign. It is made from the routes, so that no file is without a way to it.

use askama::Template;

use crate::web::leaving::{ENDINGS, Leaf};
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View, guide};

/// The page.
#[derive(Template)]
#[template(path = "dashboard/ledgers.html")]
pub struct LedgersPage {
    page: Page,
    ledgers: Vec<LedgerView>,
}

/// A list with what it leaves as.
struct LedgerView {
    name: &'static str,
    /// What it is for.
    purpose: &'static str,
    /// Its page.
    page: Option<&'static str>,
    /// Address, and what it is called.
    files: Vec<(String, &'static str)>,
}

impl View for LedgersPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (app, allowed) = (look.app, look.allowed);
        let leaves = app.leaving.all();
        let alone = leaves
            .iter()
            .filter(|leaf| !leaf.list.contains('{') && allowed.may(leaf.act));
        let mut ledgers: Vec<LedgerView> = Vec::new();
        for leaf in alone {
            let file = (format!("{}.{}", leaf.list, leaf.ending), called(leaf));
            match ledgers.iter_mut().find(|each| each.name == leaf.name) {
                Some(known) => known.files.push(file),
                None => {
                    let told = guide::of(leaf.list).filter(|page| allowed.may(page.act));
                    ledgers.push(LedgerView {
                        name: leaf.name,
                        purpose: told.map_or(leaf.about, |page| page.purpose),
                        page: told.map(|page| page.address),
                        files: vec![file],
                    });
                }
            }
        }
        Ok(Self {
            page: allowed.page("台账下载"),
            ledgers,
        })
    }
}

fn called(leaf: &Leaf) -> &'static str {
    let mut endings = ENDINGS.iter();
    let found = endings.find(|(ending, _)| *ending == leaf.ending);
    found.map_or("", |(_, called)| called)
}
