//! The plan as it is read: part by part with its outline, beside each part how it stands, what
//! was asked of it the last time, and for the office the place to say what it finds.

use crate::access::Act;
use crate::clock::stamp;
use crate::database::Db;
use crate::paths;
use crate::plan::changes::store::VoidReply;
use crate::plan::draft::rules::findings::Finding;
use crate::plan::review::reading as fields;
use crate::plan::review::rules::marks::{Mark, Marks, WHOLE, title};
use crate::plan::review::rules::parts::{PartState, Standing};
use crate::plan::review::store::marks::{self, Kept};
use crate::plan::review::store::{self as review, Reason};
use crate::plan::store::Plan;
use crate::scheme::plan::Part;
use crate::scheme::{Answers, Scheme, Severity};
use crate::web::answer::questions::ShownAnswer;
use crate::web::{Allowed, Form};

use super::views::{self, Opened, offers};

/// A part with all that stands beside it.
pub(super) struct ReadPart {
    pub(super) code: String,
    /// 一.
    pub(super) numeral: &'static str,
    pub(super) title: String,
    pub(super) answers: Vec<ShownAnswer>,
    pub(super) state: PartState,
    /// How many errors, else how many reminders.
    pub(super) found: String,
    /// Where the unit writes it.
    pub(super) mend: Option<String>,
    /// What the office asked to be mended in it the last time.
    pub(super) remarks: Vec<Remark>,
    /// Where the office says what it finds.
    pub(super) verdict: Option<Verdict>,
}

impl ReadPart {
    /// Whether it is to be mended by who reads it.
    pub(super) fn calls(&self) -> bool {
        let back = matches!(self.state, PartState::Returned | PartState::Wrong);
        back && self.mend.is_some()
    }

    /// What it calls its reader to do.
    pub(super) fn call(&self) -> String {
        let what = match self.state {
            PartState::Returned => "补正",
            _ => "更正",
        };
        format!("去{what}第{}部分", self.numeral)
    }

    /// Its shape alone says how it stands: most parts of most plans are so.
    pub(super) const fn settled(&self) -> bool {
        matches!(
            self.state,
            PartState::Whole | PartState::Passed | PartState::Unread
        )
    }

    /// Its heading says all where it has one table.
    pub(super) fn headless(&self) -> bool {
        let [one] = self.answers.as_slice() else {
            return false;
        };
        let (title, label) = (self.title.as_str(), one.label.as_str());
        !one.rows.is_empty() && (title.contains(label) || label.contains(title))
    }
}

/// Something that the office asked to be mended.
pub(super) struct Remark {
    pub(super) round: i32,
    /// Of which part; empty where that is clear.
    pub(super) part: String,
    pub(super) title: String,
    pub(super) words: String,
    pub(super) by: String,
}

/// The fields of one part.
pub(super) struct Verdict {
    pub(super) pass: String,
    pub(super) remark: String,
    /// Who found it, or what was found the last time.
    pub(super) note: String,
}

/// What was found of a plan up to now.
pub(super) struct Read {
    /// The office reads it now.
    pub(super) open: bool,
    kept: Vec<Kept>,
    reasons: Vec<Reason>,
    /// Replies that were found wrong.
    pub(super) void_replies: Vec<VoidReply>,
    /// What was sent the last time before the text that is shown.
    pub(super) before: Option<Answers>,
}

impl Read {
    /// Of a plan, for who looks at it. What the office finds is its own until it sends the
    /// plan back.
    pub(super) async fn of(
        db: &mut Db,
        allowed: &Allowed,
        plan: &Plan,
    ) -> Result<Self, sqlx::Error> {
        let open = offers(allowed, plan, Act::PlanMark);
        let said = marks::said(db, plan.id, open).await?;
        Ok(Self {
            open,
            kept: said.kept.0,
            reasons: said.reasons.0,
            void_replies: said.void_replies.0,
            before: last_round(db, plan).await?,
        })
    }

    /// What was found in this round.
    pub(super) fn marks(&self, plan: &Plan) -> Marks {
        let kept = self.kept.iter().filter(|kept| kept.round == plan.round);
        Marks::of(kept.map(|kept| Mark {
            part: kept.part.clone(),
            passed: kept.passed,
            remark: kept.remark.clone(),
        }))
    }

    /// The form with what was found.
    pub(super) fn form(&self, plan: &Plan) -> Form {
        let marks = self.marks(plan);
        let filled = marks.all().iter().map(|mark| match mark.part.as_str() {
            WHOLE => (fields::OPINION.name.to_owned(), mark.remark.clone()),
            part if mark.passed => (fields::pass(part), "yes".to_owned()),
            part => (fields::remark(part), mark.remark.clone()),
        });
        Form::filled(filled.collect())
    }

    /// Everything that was asked to be mended, newest first.
    pub(super) fn remarks(&self, scheme: &Scheme) -> Vec<Remark> {
        let reasons = self.reasons.iter();
        reasons.map(|reason| remark(scheme, reason)).collect()
    }

    /// What was asked to be mended the last time, if the plan was not taken on since.
    pub(super) fn asked<'r>(&'r self, plan: &Plan) -> impl Iterator<Item = &'r Reason> {
        let round = if plan.state.is_open() {
            plan.round
        } else {
            plan.round - 1
        };
        let asked = plan.was_sent() && !plan.state.is_replied();
        let reasons = self.reasons.iter();
        reasons.filter(move |reason| asked && reason.round == round)
    }

    /// The parts with all that stands beside them.
    pub(super) fn parts(
        &self,
        (allowed, scheme): (&Allowed, &Scheme),
        opened: &Opened,
        found: &[Finding],
    ) -> Vec<ReadPart> {
        let (plan, marks) = (&opened.plan, self.marks(&opened.plan));
        let mends = offers(allowed, plan, Act::PlanSave);
        let views = views::parts(scheme, opened);
        let parts = scheme.plan.parts.iter().zip(views).zip(views::NUMERALS);
        let parts = parts.map(|((part, view), numeral)| {
            let asked = || {
                self.asked(plan)
                    .filter(move |reason| reason.part == part.code)
            };
            let standing = Standing {
                found: marks.on(&part.code).map(|mark| mark.passed),
                reading: self.open,
                returned: plan.state.is_open() && asked().next().is_some(),
                changed: self.changed(part, &plan.content.0),
                errors: broken(found, &part.code, Severity::Error),
                warnings: broken(found, &part.code, Severity::Warning),
            };
            ReadPart {
                code: view.code,
                numeral,
                title: part.title.clone(),
                answers: view.answers,
                state: standing.state(),
                found: counted(standing),
                mend: mends.then(|| paths::plan::PART.at(plan.association, &part.code)),
                remarks: asked().map(|reason| remark(scheme, reason)).collect(),
                verdict: self.open.then(|| Verdict {
                    pass: fields::pass(&part.code),
                    remark: fields::remark(&part.code),
                    note: self.note(plan, part, standing.changed),
                }),
            }
        });
        parts.collect()
    }

    /// Whether a part reads otherwise than when it was last sent.
    fn changed(&self, part: &Part, now: &Answers) -> bool {
        let Some(before) = &self.before else {
            return false;
        };
        let mut questions = part.questions.iter();
        questions.any(|question| before.get(question.code()) != now.get(question.code()))
    }

    /// Who found what stands in the fields, or what was found the last time.
    fn note(&self, plan: &Plan, part: &Part, changed: bool) -> String {
        let of_part = || self.kept.iter().filter(move |kept| kept.part == part.code);
        if let Some(now) = of_part().find(|kept| kept.round == plan.round) {
            return format!("{} {}", now.who, stamp(now.at));
        }
        match of_part().next() {
            Some(last) if last.passed && !changed => {
                format!("第{}次审查通过，本次报送没有变化", last.round)
            }
            Some(last) if last.passed => format!("第{}次审查通过，本次报送有变化", last.round),
            _ => String::new(),
        }
    }
}

/// What was signed the last time before the text now shown.
async fn last_round(db: &mut Db, plan: &Plan) -> Result<Option<Answers>, sqlx::Error> {
    let round = match plan.was_sent() {
        false => return Ok(None),
        true if plan.state.is_open() => plan.round,
        true => plan.round - 1,
    };
    review::round(db, plan.id, round).await
}

pub(super) fn remark(scheme: &Scheme, reason: &Reason) -> Remark {
    Remark {
        round: reason.round,
        part: reason.part.clone(),
        title: title(scheme, &reason.part),
        words: reason.reason.clone(),
        by: format!("{} {}", reason.who, stamp(reason.at)),
    }
}

/// How many findings of a severity stand in a part.
pub(super) fn broken(found: &[Finding], part: &str, severity: Severity) -> usize {
    let found = found.iter();
    found
        .filter(|finding| finding.part == part && finding.severity == severity)
        .count()
}

fn counted(standing: Standing) -> String {
    match (standing.errors, standing.warnings) {
        (0, 0) => String::new(),
        (0, warnings) => format!("提醒{warnings}条"),
        (errors, _) => format!("待更正{errors}处"),
    }
}
