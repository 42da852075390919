//! 职能台账 (functions stripped, kept by law, handed over; services to be purchased) and
//! 资产财务台账 (assets with their balance, appropriations, rooms): one page, two addresses.

use askama::Template;

use crate::access::{Act, Seen};
use crate::holdings::rules::book;
use crate::paths::holdings::{ASSETS, FUNCTIONS};
use crate::registry::store::Brief;
use crate::web::page::Page;
use crate::web::{Allowed, Error, Form, Look, View};

use super::own;
use super::sheets::{self, Sheet};

const OF_FUNCTIONS: &str = "行政职能的剥离和依法保留、适合由协会承担职能的移交和监管、拟购买的服务，与其他协会、社会组织的代管、协管、挂靠关系。摸底调查和批复的方案为底数，办理结果逐项登记。";
const OF_ASSETS: &str = "资产的权属和处置、财政拨款、办公用房腾退，协会自己的办公场所。经办人登记，负责人报送，财政局和机关事务管理局审批。";

/// A page of registers.
#[derive(Template)]
#[template(path = "holdings/register.html")]
pub struct RegisterPage {
    page: Page,
    title: &'static str,
    lead: &'static str,
    /// The survey is confirmed.
    begun: bool,
    /// Sums of the confirmed survey: label and value.
    sums: Vec<(String, String)>,
    sheets: Vec<Sheet>,
    /// What stands here is sent to somebody who decides on it.
    held: bool,
    /// What waits for the leader's signature, as it is seen when it is signed.
    ready: Vec<String>,
    seen: Seen,
    may_submit: bool,
    association: Brief,
}

fn of_functions(allowed: &Allowed) -> bool {
    allowed.gate_act() == Act::HoldingsRead
}

impl View for RegisterPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (allowed, id) = (look.allowed, look.allowed.association()?);
        let (association, source) = super::load(look.db, id).await?;
        let book = source.book(&look.app.scheme);
        let (title, lead, sheets) = if of_functions(allowed) {
            let sheets = [
                sheets::functions,
                sheets::transfers,
                sheets::purchases,
                own::custody,
            ];
            ("职能台账", OF_FUNCTIONS, sheets)
        } else {
            let sheets = [
                sheets::assets,
                sheets::appropriations,
                sheets::rooms,
                own::premises,
            ];
            ("资产财务台账", OF_ASSETS, sheets)
        };
        let of_assets = !of_functions(allowed);
        let around = allowed.around();
        let ready = if of_assets { book.ready() } else { Vec::new() };
        Ok(Self {
            page: allowed.page(title),
            title,
            lead,
            sums: if of_assets {
                sheets::sums(&book)
            } else {
                Vec::new()
            },
            begun: !source.survey.0.is_empty(),
            sheets: sheets.map(|sheet| sheet(&book, id.0).held(&around)).into(),
            held: of_assets,
            may_submit: allowed.may(Act::HoldingsSubmit) && !ready.is_empty(),
            seen: book::seen(&ready),
            ready: ready.into_iter().map(|each| each.name).collect(),
            association,
        })
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let id = allowed.association()?;
        let page = if of_functions(allowed) {
            FUNCTIONS
        } else {
            ASSETS
        };
        Ok(page.at(id))
    }
}
