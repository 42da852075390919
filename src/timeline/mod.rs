//! 工作进度 (scheme 四; domain 9): every task of the scheme with its state
//! computed from the records, the windows that the office's head moves on record,
//! what has changed since a person was last here, reminders (催办) and 督办单.

pub mod acts;
pub mod pages;
pub mod rules;
pub mod store;

use crate::access::Act;
use crate::web::{Program, Routes};

/// The room's routes.
#[must_use]
pub fn routes(program: &Program) -> Routes {
    Routes::new(program)
        .get("/timeline", Act::TimelineRead, pages::board::show)
        .get("/timeline/{task}", Act::TimelineRead, pages::task::show)
        .post("/timeline/{task}", Act::TimelineMove, pages::task::move_)
        .get("/changes", Act::ChangesRead, pages::changes::show)
        .merge(reminders(program))
}

/// 催办、督办单.
fn reminders(program: &Program) -> Routes {
    use pages::reminders::{order, preview, received, show};
    Routes::new(program)
        .get("/reminders", Act::ReminderList, show)
        .post("/reminders", Act::ReminderSend, preview::send)
        .get("/reminders/preview", Act::ReminderSend, preview::show)
        .get("/reminders/{reminder}", Act::ReminderRead, received::show)
        .post(
            "/reminders/{reminder}/acknowledgement",
            Act::ReminderAcknowledge,
            received::acknowledge,
        )
        .get("/reminders/orders/new", Act::OrderDraft, order::new)
        .post("/reminders/orders", Act::OrderDraft, order::draft)
        .get("/reminders/orders/{order}", Act::OrderRead, order::show)
        .post(
            "/reminders/orders/{order}/signature",
            Act::OrderSign,
            order::sign,
        )
        .post(
            "/reminders/orders/{order}/discarding",
            Act::OrderDiscard,
            order::discard,
        )
        .post(
            "/reminders/orders/{order}/acknowledgement",
            Act::OrderAcknowledge,
            order::acknowledge,
        )
        .post(
            "/reminders/orders/{order}/answer",
            Act::OrderAnswer,
            order::answer,
        )
        .post(
            "/reminders/orders/{order}/return",
            Act::OrderReturn,
            order::send_back,
        )
        .post(
            "/reminders/orders/{order}/closing",
            Act::OrderClose,
            order::close,
        )
}
