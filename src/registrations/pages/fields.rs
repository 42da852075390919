//! The fields of an entry: what was received, what became of it. Each kind has those that it
//! needs; reading a form asks for these and no more.

use chrono::NaiveDate;

use crate::database::Explain as _;
use crate::registrations::rules::{
    Application, Kind, Organ, Outcome, Refusal, SupervisorColumn, Verdict, Votes,
};
use crate::scheme::Choice;
use crate::web::Form;
use crate::web::ask::{self, Ask};
use crate::web::conflict::Line;
use crate::web::form::{Clean, Slot};

pub(super) const ORGAN: (&str, &str) = ("organ", "作出决议的会议");
pub(super) const MET_ON: Ask<NaiveDate> =
    ask::date("met_on", "会议日期").hint("作出决议、接受辞职或选出继任者的会议");
pub(super) const ENTITLED: Ask<i64> = ask::count("entitled", "应到人数");
pub(super) const PRESENT: Ask<i64> = ask::count("present", "实到人数");
pub(super) const AGREED: Ask<i64> = ask::count("agreed", "同意人数");
pub(super) const CONSENTED_ON: Ask<NaiveDate> =
    ask::date("consented_on", "业务主管单位审查同意日期").hint("与业务主管单位的关系终止前才需要");
pub(super) const APPLIED_ON: Ask<NaiveDate> = ask::date("applied_on", "申请日期")
    .hint("收到申请材料的日期")
    .must("请填写申请日期。");
pub(super) const VERDICT: (&str, &str) = ("verdict", "办理结果");
pub(super) const DECIDED_ON: Ask<NaiveDate> =
    ask::date("decided_on", "办理结果日期").must("请填写办理结果日期。");
pub(super) const COLUMN: (&str, &str) = ("supervisor_column", "新证书业务主管单位栏");
pub(super) const OPINION: Ask<String> =
    ask::longtext("opinion", "说明", 500).hint("不予办理的写明理由；表决人数不足的写明准予的依据");

/// What the kind asks of the change.
pub(super) fn content(kind: Kind) -> Option<Ask<String>> {
    let (label, hint) = kind.content()?;
    Some(match kind {
        Kind::Business | Kind::Officers => ask::longtext("content", label, 1_000).hint(hint),
        _ => ask::wide("content", label, 200).hint(hint),
    })
}

/// What the paper is called that is given out.
pub(super) fn document(kind: Kind) -> Ask<String> {
    ask::text("document", kind.document(), 60)
}

/// Which fields a form has.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape {
    pub(super) kind: Kind,
    /// 审查同意 is asked for.
    pub(super) consent: bool,
}

/// What was typed of what was received, until the form is whole.
pub(super) struct Received {
    organ: Slot<Option<Organ>>,
    met_on: Slot<Option<NaiveDate>>,
    votes: [Slot<Option<i64>>; 3],
    consented_on: Slot<Option<NaiveDate>>,
    content: Slot<Option<String>>,
    applied_on: Slot<NaiveDate>,
}

/// Reads what was received.
pub(super) fn received(form: &mut Form, kind: Kind, today: NaiveDate) -> Received {
    let meets = kind.may_meet();
    if kind.needs_meeting() {
        wanted(form, &MET_ON, Refusal::NoMeeting);
        if form.value(ORGAN.0).is_empty() {
            form.fail(ORGAN.0, ORGAN.1, "请选择作出决议的会议。");
        }
    }
    if let Some(content) = content(kind) {
        wanted(form, &content, Refusal::NoContent);
    }
    let counts = [ENTITLED, PRESENT, AGREED];
    let given = counts.map(|count| !form.value(count.name).trim().is_empty());
    if given.contains(&true) && given.contains(&false) {
        form.fail(ENTITLED.name, ENTITLED.label, Refusal::SomeVotes.explain());
    }
    Received {
        organ: if meets {
            form.word(ORGAN.0, ORGAN.1).optional()
        } else {
            Slot::none()
        },
        met_on: if meets {
            MET_ON.if_filled(form)
        } else {
            Slot::none()
        },
        votes: counts.map(|count| {
            if meets {
                count.if_filled(form)
            } else {
                Slot::none()
            }
        }),
        // Whether the page asked for it or not: the tie may have ended since it was opened.
        consented_on: if kind.has_period() {
            CONSENTED_ON.if_filled(form)
        } else {
            Slot::none()
        },
        content: match content(kind) {
            Some(content) => content.if_filled(form),
            None => Slot::none(),
        },
        applied_on: APPLIED_ON.read_past(form, today),
    }
}

/// A field that this kind must have.
fn wanted<T>(form: &mut Form, ask: &Ask<T>, refusal: Refusal) {
    if form.value(ask.name).trim().is_empty() {
        form.fail(ask.name, ask.label, refusal.explain());
    }
}

impl Received {
    pub(super) fn take(self, clean: &Clean) -> Application {
        let [entitled, present, agreed] = self.votes.map(|slot| {
            slot.take(clean)
                .map(|count| i32::try_from(count).unwrap_or(i32::MAX))
        });
        let votes = entitled.zip(present).zip(agreed);
        Application {
            organ: self.organ.take(clean),
            met_on: self.met_on.take(clean),
            votes: votes.map(|((entitled, present), agreed)| Votes {
                entitled,
                present,
                agreed,
            }),
            consented_on: self.consented_on.take(clean),
            content: self.content.take(clean),
            applied_on: self.applied_on.take(clean),
        }
    }
}

/// What was typed of what became of it.
pub(super) struct Decided {
    verdict: Slot<Verdict>,
    on: Slot<NaiveDate>,
    document: Slot<Option<String>>,
    column: Slot<Option<SupervisorColumn>>,
    opinion: Slot<Option<String>>,
}

/// Reads what became of it.
pub(super) fn decided(form: &mut Form, kind: Kind, today: NaiveDate) -> Decided {
    Decided {
        verdict: form.word(VERDICT.0, VERDICT.1).required("请选择办理结果。"),
        on: DECIDED_ON.read_past(form, today),
        document: document(kind).if_filled(form),
        column: if kind.has_column() {
            form.word(COLUMN.0, COLUMN.1).optional()
        } else {
            Slot::none()
        },
        opinion: OPINION.if_filled(form),
    }
}

impl Decided {
    /// Whoever is refused gets no paper.
    pub(super) fn take(self, clean: &Clean) -> Outcome {
        let verdict = self.verdict.take(clean);
        let granted = verdict == Verdict::Granted;
        let document = self.document.take(clean);
        let column = self.column.take(clean);
        Outcome {
            verdict,
            decided_on: self.on.take(clean),
            document: document.filter(|_| granted),
            column: column.filter(|_| granted),
            opinion: self.opinion.take(clean),
        }
    }
}

/// What was received as its form shows it.
pub(super) fn of_application(shape: Shape, it: &Application) -> Vec<(Line, String)> {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let count = |read: fn(Votes) -> i32| it.votes.map(read).map(|count| count.to_string());
    let mut lines = Vec::new();
    if shape.kind.may_meet() {
        let organs = Choice::of::<Organ>();
        let organ = it.organ.map(Organ::key).unwrap_or_default();
        lines.extend([
            (Line::of(ORGAN.0, ORGAN.1, &organs), organ.to_owned()),
            (MET_ON.into(), day(it.met_on)),
        ]);
        for (ask, value) in [
            (ENTITLED, count(|votes| votes.entitled)),
            (PRESENT, count(|votes| votes.present)),
            (AGREED, count(|votes| votes.agreed)),
        ] {
            lines.push((ask.into(), value.unwrap_or_default()));
        }
    }
    if shape.consent {
        lines.push((CONSENTED_ON.into(), day(it.consented_on)));
    }
    if let Some(ask) = content(shape.kind) {
        lines.push((ask.into(), it.content.clone().unwrap_or_default()));
    }
    lines.push((APPLIED_ON.into(), it.applied_on.to_string()));
    lines
}

/// What became of it as its form shows it.
pub(super) fn of_outcome(kind: Kind, it: &Outcome) -> Vec<(Line, String)> {
    let verdicts = Choice::of::<Verdict>();
    let mut lines = vec![
        (
            Line::of(VERDICT.0, VERDICT.1, &verdicts),
            it.verdict.key().to_owned(),
        ),
        (DECIDED_ON.into(), it.decided_on.to_string()),
        (
            document(kind).into(),
            it.document.clone().unwrap_or_default(),
        ),
    ];
    if kind.has_column() {
        let columns = Choice::of::<SupervisorColumn>();
        let column = it.column.map(SupervisorColumn::key).unwrap_or_default();
        let line = Line::of(COLUMN.0, COLUMN.1, &columns);
        lines.push((line, column.to_owned()));
    }
    lines.push((OPINION.into(), it.opinion.clone().unwrap_or_default()));
    lines
}
