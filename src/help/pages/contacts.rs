//! 通讯录: the office, the departments, and the units' liaison officers, as far as numbers
//! are known and the reader may see them (domain 2.1).

use askama::Template;

use crate::access::{Actor, Role};
use crate::documents::leaving::Tabled;
use crate::help::store::{self, Contact};
use crate::web::page::Page;
use crate::web::table::{self, Cell, Column, Table};
use crate::web::{Error, Form, Look, View};
use crate::workgroups::rules::shows_phone;

/// The page.
#[derive(Template)]
#[template(path = "help/contacts.html")]
pub struct ContactsPage {
    page: Page,
    /// Whom of the office everybody may ask.
    office: Option<String>,
    office_phone: Option<String>,
    chat_group: Option<String>,
    units: Table,
    departments: Table,
    shows_all: bool,
    /// Whether people and numbers are told at all.
    knows: bool,
}

const UNITS: &[Column<Contact>] = &[
    table::words("业务主管单位", |row: &Contact| Cell::plain(&row.name)).head(),
    table::words("专职工作人员", |row: &Contact| {
        row.liaison.as_deref().map(Cell::plain).into()
    })
    .seen_by(knows_people),
    table::short("联系电话", |row: &Contact| {
        row.phone.as_deref().map(Cell::plain).into()
    })
    .seen_by(knows_people),
];

const DEPARTMENTS: &[Column<Contact>] = &[
    table::words("部门", |row: &Contact| Cell::plain(&row.name)).head(),
    table::words("人员", |row: &Contact| {
        row.people.as_deref().map(Cell::plain).into()
    })
    .seen_by(knows_people),
];

/// An association asks its unit, and is not told who works in which department.
fn knows_people(actor: &Actor) -> bool {
    !matches!(
        actor.role(),
        Role::Association | Role::Superior | Role::Sysadmin
    )
}

impl Tabled for ContactsPage {
    const NAME: &'static str = "通讯录";

    fn tables(self) -> Vec<Table> {
        vec![self.units, self.departments]
    }
}

impl View for ContactsPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (allowed, campaign) = (look.allowed, &look.app.scheme.campaign);
        let actor = allowed.actor();
        let today = look.app.clock.today();
        let office = store::office(look.db, today).await?;
        let mut contacts = store::contacts(look.db, today).await?;
        for contact in &mut contacts {
            let own = actor.role().is_unit() && actor.department().0 == contact.id;
            if !shows_phone(actor.role(), own) {
                contact.phone = None;
            }
        }
        let (units, departments): (Vec<Contact>, Vec<Contact>) =
            contacts.into_iter().partition(|contact| contact.supervises);
        Ok(Self {
            page: allowed.page("通讯录"),
            office,
            office_phone: campaign.office_phone.clone(),
            chat_group: campaign.chat_group.clone(),
            units: Table::of("业务主管单位", actor, UNITS, &units),
            departments: Table::of("职能部门", actor, DEPARTMENTS, &departments),
            knows: knows_people(actor),
            shows_all: shows_phone(actor.role(), false),
        })
    }
}
