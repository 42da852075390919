//! What became of each matter of one signature: a line for each.

use askama::Template;

use crate::clock::stamp;
use crate::signing::rules::Outcome;
use crate::signing::store::{self, Line};
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};
use crate::words::Mark;

/// The results of a round, for whoever signed it.
#[derive(Template)]
#[template(path = "signing/round.html")]
pub struct RoundPage {
    page: Page,
    at: String,
    signed: usize,
    left: usize,
    lines: Vec<LineView>,
}

struct LineView {
    number: i32,
    title: String,
    subject: String,
    address: String,
    mark: Mark,
    state: &'static str,
    why: String,
}

impl View for RoundPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let (db, allowed) = (look.db, look.allowed);
        let wanted = (Some(allowed.number("round")?), 1);
        let rounds = store::rounds(db, allowed.actor().account, wanted).await?;
        let round = rounds.into_iter().next().ok_or(Error::Missing)?;
        let lines = store::lines(db, round.id).await?;
        let signed = lines.iter().filter(|line| line.state == Outcome::Signed);
        let signed = signed.count();
        Ok(Self {
            page: allowed.page(format!("签发结果 {}", stamp(round.signed_at))),
            at: stamp(round.signed_at),
            signed,
            left: lines.len().saturating_sub(signed),
            lines: lines.into_iter().map(LineView::of).collect(),
        })
    }
}

impl LineView {
    fn of(line: Line) -> Self {
        Self {
            number: line.number,
            title: line.title,
            subject: line.subject,
            address: line.address,
            mark: line.state.mark(),
            state: line.state.label(),
            why: match line.state {
                Outcome::Pending => {
                    "正在办理，请刷新本页查看；稍后仍未办理的，返回待签发重新签发。".to_owned()
                }
                Outcome::Signed | Outcome::Refused => line.reason,
            },
        }
    }
}
