//! 办公用房腾退台账 (EX-11): the rooms of organs that associations sit in. Of bodies that are
//! decoupled later, or whose leaving is not decided, too: they have no item, and their rooms are
//! due on the same day (RP-10, scheme 三(三)).

use chrono::NaiveDate;

use crate::database::Db;
use crate::documents::leaving::Ledger;
use crate::holdings::rules::Register;
use crate::holdings::rules::book::Book;
use crate::holdings::store::ledgers::Owner;
use crate::scheme::Row;
use crate::web::table::{self, Cell, Column};
use crate::web::{Error, Look};

use super::Walk;

/// The rooms.
pub struct Rooms(Walk<Room>);

/// One of them.
pub struct Room {
    association: String,
    location: String,
    number: String,
    owner: String,
    /// Hundredths of a m².
    area: Option<i64>,
    staff: Option<i64>,
    intention: String,
    due: NaiveDate,
    vacated: Option<NaiveDate>,
    accepted_by: Option<String>,
    delay: Option<String>,
    remark: String,
}

/// What is to be known of whose room it is.
fn remark(owner: &Owner) -> String {
    let said = [
        (owner.deferred, "后续批次"),
        (owner.leaving, "拟退出"),
        (owner.left, "已退出"),
    ];
    let said = said.into_iter().filter_map(|(is, what)| is.then_some(what));
    said.collect::<Vec<_>>().join("、")
}

fn read(owner: &Owner, book: &Book<'_>) -> Vec<Room> {
    let last = book.scheme.campaign.parameters.office_space_due;
    let rows = book.rows(Register::Room);
    let room = |row: &Row<'_>| {
        let text = |name: &str| row.text(name).unwrap_or_default().to_owned();
        let entry = book.entry(Register::Room, row.key());
        let delay = book.delay(row);
        Room {
            association: owner.name.clone(),
            location: text("location"),
            number: text("room_no"),
            owner: text("owner"),
            area: row.number("area"),
            staff: row.number("staff"),
            intention: book.choice(Register::Room.table(), "intention", row),
            due: delay
                .and_then(|delay| delay.facts.date("until"))
                .unwrap_or(last),
            vacated: entry.and_then(|entry| entry.facts.date("vacated_on")),
            accepted_by: entry.and_then(|entry| entry.decision_note.clone()),
            delay: delay.and_then(|delay| delay.decision_document.clone()),
            remark: remark(owner),
        }
    };
    rows.iter().map(room).collect()
}

impl Ledger for Rooms {
    type Row = Room;

    const NAME: &'static str = "办公用房腾退台账";
    const ABOUT: &'static str = "每处占用的行政办公用房和腾退情况。";

    const COLUMNS: &'static [Column<Room>] = &[
        table::words("协会", |row: &Room| (&row.association).into()).wide(30),
        table::words("坐落", |row: &Room| (&row.location).into()).head(),
        table::code("房号", |row: &Room| (&row.number).into()),
        table::words("产权单位", |row: &Room| (&row.owner).into()).wide(24),
        table::figures("面积", |row: &Room| Cell::area(row.area)).unit("平方米"),
        table::figures("人数", |row: &Room| row.staff.into()),
        table::short("处理方式", |row: &Room| (&row.intention).into()),
        table::short("应腾退日期", |row: &Room| row.due.into()),
        table::short("实际日期", |row: &Room| row.vacated.into()),
        table::short("验收人", |row: &Room| (&row.accepted_by).into()).wide(16),
        table::short("延期批准文号", |row: &Room| (&row.delay).into()).wide(22),
        table::short("备注", |row: &Room| (&row.remark).into()).wide(18),
    ];

    async fn open(look: Look<'_>) -> Result<Self, Error> {
        Walk::open(look, true, read).await.map(Self)
    }

    async fn next(&mut self, db: &mut Db) -> Result<Vec<Room>, Error> {
        self.0.next(db).await
    }

    fn filters(&self) -> Vec<String> {
        self.0.filters()
    }

    fn lines(&self) -> Vec<String> {
        vec![
            "暂不脱钩和拟退出的协会占用的行政办公用房一并列入，在备注栏注明，依据已确认的摸底调查；尚未确认的，依据最近报送的一版。".to_owned(),
        ]
    }
}
