//! The reply (批复) in the official form: as it would be, with where each condition comes from,
//! and as it was signed.

use chrono::NaiveDate;

use crate::clock::chinese_date;
use crate::documents::paper::{Block, Bound, Head, Imprint, Paper, Sentence};
use crate::documents::papers::{Papered, Written};
use crate::plan::approvals::rules::Approval;
use crate::plan::pages::views::{self, Opened};
use crate::plan::review::rules::Letter;
use crate::scheme::Scheme;
use crate::web::{Error, Look};

/// The reply as it was signed; there is none before.
pub struct ReplyPaper;

impl Papered for ReplyPaper {
    const KIND: &'static str = "批复";

    async fn written(look: Look<'_>) -> Result<Written, Error> {
        let opened = views::open(look.db, look.allowed).await?;
        let plan = &opened.plan;
        let (Some(number), Some(text), Some(on)) =
            (&plan.reply_number, &plan.reply_text, plan.replied_on)
        else {
            return Err(Error::Missing);
        };
        let letter = Letter::read(text);
        let of = (number.as_str(), on);
        let paper = reply(&look.app.scheme, &opened, &letter, of, &plan.reply_copies);
        Ok(Written {
            name: format!("批复 {number}"),
            paper,
        })
    }
}

/// A reply with this text and number, of this day, with copies to these.
#[must_use]
pub fn reply(
    scheme: &Scheme,
    opened: &Opened,
    letter: &Letter,
    (number, on): (&str, NaiveDate),
    copies: &[String],
) -> Paper {
    let campaign = &scheme.campaign;
    let signatory = campaign.office();
    let mut paper = Paper::titled(&letter.title);
    paper.head = Some(Head {
        mark: signatory.clone(),
        number: number.to_owned(),
        signed_by: None,
    });
    paper.addressee = Some(letter.addressee.clone());
    let paragraphs = letter.paragraphs.iter();
    paper.blocks = paragraphs
        .map(|paragraph| Block::Text(sourced(paragraph, &opened.approvals)))
        .collect();
    paper.signatory = Some(signatory.clone());
    paper.date = Some(chinese_date(on));
    paper.imprint = Some(Imprint {
        copies: (!copies.is_empty()).then(|| copies.join("、")),
        office: signatory,
        date: chinese_date(on),
    });
    paper
}

/// A paragraph with the answer that its condition comes from, unless it says so itself.
fn sourced(paragraph: &str, approvals: &[Approval]) -> Sentence {
    let own = approvals.iter().find_map(|approval| {
        let number = approval.document_number.as_deref();
        if number.is_some_and(|number| paragraph.contains(number)) {
            return None;
        }
        let conditions = approval.conditions.as_deref()?;
        let mut lines = conditions.lines().map(trimmed);
        let line = lines.find(|line| !line.is_empty() && paragraph.contains(line))?;
        let (before, after) = paragraph.split_once(line)?;
        let mut source = approval.department_name.clone();
        if let Some(number) = &approval.document_number {
            source.push_str(number);
        }
        let bound = Bound::new(line, source);
        Some(Sentence::from(before).bind(bound).say(after))
    });
    own.unwrap_or_else(|| paragraph.into())
}

fn trimmed(line: &str) -> &str {
    line.trim().trim_end_matches(['。', ';', '；'])
}
