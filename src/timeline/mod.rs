//! 工作进度 (scheme 四; domain 9): every task of the scheme with its state
//! computed from the records, the windows that the office's head moves on record,
//! what has changed since a person was last here, reminders (催办) and 督办单.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::documents::leaving::Leaves as _;
use crate::documents::papers::Papers as _;
use crate::paths::timeline as paths;
use crate::web::view::show;
use crate::web::{Program, Routes};

use pages::reminders::{self, order, preview, received, sheet};
use pages::{board, changes, late, punctuality, task};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::TIMELINE, Act::TimelineRead, show::<board::BoardPage>)
        .tables::<board::BoardPage>(paths::TIMELINE, Act::TimelineRead)
        .get(paths::TASK, Act::TimelineRead, show::<task::TaskPage>)
        .get(
            paths::PUNCTUALITY,
            Act::ReminderList,
            show::<punctuality::PunctualityPage>,
        )
        .made::<late::Late>(paths::REMINDERS, Act::ReminderList)
        .tables::<punctuality::PunctualityPage>(paths::PUNCTUALITY, Act::ReminderList)
        .post(paths::TASK, Act::TimelineMove, task::move_)
        .get(
            paths::CHANGES,
            Act::ChangesRead,
            show::<changes::ChangesPage>,
        )
        .merge(reminding(program))
}

/// 催办、督办单.
#[rustfmt::skip] // a table reads best with a line for each route
fn reminding(program: &Program) -> Routes {
    Routes::new(program)
        .get(paths::REMINDERS, Act::ReminderList, show::<reminders::ListPage>)
        .post(paths::REMINDERS, Act::ReminderSend, preview::send)
        .get(paths::REMINDER_PREVIEW, Act::ReminderSend, show::<preview::PreviewPage>)
        .get(paths::REMINDER, Act::ReminderRead, show::<received::ReceivedPage>)
        .post(paths::REMINDER_RECEIPT, Act::ReminderAcknowledge, received::acknowledge)
        .get(paths::NEW_ORDER, Act::OrderDraft, show::<order::NewPage>)
        .post(paths::ORDERS, Act::OrderDraft, order::draft)
        .get(paths::ORDER, Act::OrderRead, show::<order::OrderPage>)
        .docx::<sheet::OrderPaper>(paths::ORDER, Act::OrderRead)
        .post(paths::ORDER_SIGNATURE, Act::OrderSign, order::sign)
        .post(paths::ORDER_DISCARDING, Act::OrderDiscard, order::discard)
        .post(paths::ORDER_RECEIPT, Act::OrderAcknowledge, order::acknowledge)
        .post(paths::ORDER_ANSWER, Act::OrderAnswer, order::answer)
        .post(paths::ORDER_RETURN, Act::OrderReturn, order::send_back)
        .post(paths::ORDER_CLOSING, Act::OrderClose, order::close)
}
