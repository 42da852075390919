//! What can be done about a person's post: one table tells each form, who is offered it,
//! and the deed that it is read as; one handler does them all.

use axum::extract::State;
use chrono::NaiveDate;

use crate::access::Act;
use crate::paths::Path;
use crate::paths::posts::{
    APPROVAL, CHOICE, INSURANCE, LIMIT, PLACEMENT, RECOVERY, REQUEST, RESIGNATION, STAY,
};
use crate::posts::acts::{self, At};
use crate::posts::rules::deeds::{Approval, Deed, approval_label};
use crate::posts::rules::{Judged, Limits, Standing};
use crate::scheme::Choice;
use crate::scheme::persons::PersonCategory;
use crate::web::answer::date;
use crate::web::ask::{self, Ask};
use crate::web::form::{Clean, Slot};
use crate::web::{Allowed, Answer, App, Error, Form};

use super::choices;
use super::person::PersonPage;

const CHOSEN_ON: Ask<NaiveDate> = ask::date("chosen_on", "选择日期").must("请填写选择日期。");
const PLACED_ON: Ask<NaiveDate> = ask::date("placed_on", "安置日期").must("请填写安置日期。");
const PLACED_BY: Ask<String> =
    ask::text("placement_document", "安置文件文号", 100).must("请填写安置文件的文号。");
const ENDED_ON: Ask<NaiveDate> = ask::date("civil_status_ended_on", "退出公务员管理日期");
const CONTRACT_ON: Ask<NaiveDate> = ask::date("contract_on", "劳动合同日期");
const RECOVERED_ON: Ask<NaiveDate> = ask::date("recovered_on", "收回日期").must("请填写收回日期。");
const RECOVERED_BY: Ask<String> =
    ask::text("recovery_document", "编办文件文号", 100).must("请填写编办文件的文号。");
const INSURED_ON: Ask<NaiveDate> = ask::date("insured_on", "确认日期").must("请填写确认日期。");
const INSURED_BY: Ask<String> =
    ask::text("insurance_document", "人社局确认文件文号", 100).must("请填写确认文件的文号。");
const NUMBER: Ask<String> = ask::text("approval_number", "文号", 60).must("请填写文号。");
const DATE: Ask<NaiveDate> = ask::date("approval_date", "日期").must("请填写日期。");
const UNTIL: Ask<NaiveDate> =
    ask::date("approval_until", "有效期至").hint("一般为本届任期届满之日");
const OPINION: Ask<String> = ask::longtext("approval_opinion", "意见说明", 300)
    .rows(2)
    .hint("不要写人员姓名");
const RESIGN_BY: Ask<NaiveDate> = ask::date("resign_by", "辞去时限")
    .hint("不得晚于五分离完成截止日")
    .must("请填写辞去时限。");
const RESIGNED_ON: Ask<NaiveDate> = ask::date("resigned_on", "辞去日期").must("请填写辞去日期。");
const EVIDENCE: Ask<String> = ask::wide("evidence", "证明材料", 300)
    .hint("辞职书、理事会或会员大会记录")
    .must("请填写辞职书、理事会（会员大会）记录等证明材料。");

/// A field of a deed's form, as it is drawn.
pub enum Asked {
    /// A day.
    Day(Ask<NaiveDate>),
    /// Words.
    Words(Ask<String>),
    /// One of a few.
    One(Pick),
    /// A tick: name and label.
    Tick(&'static str, &'static str),
}

/// One of a few, all in sight.
pub struct Pick {
    /// Its name.
    pub name: &'static str,
    /// Its label.
    pub label: &'static str,
    /// What stands under the label.
    pub hint: &'static str,
    keys: &'static [&'static str],
}

impl Pick {
    /// What is on offer.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice> {
        choices(self.keys, |key| match key {
            "leave" => "离开（由所在机关安置）",
            "stay" => "留任（退出公务员管理）",
            kind => approval_label(kind),
        })
    }

    fn read(&self, form: &mut Form, must: &str) -> Slot<String> {
        let field = form.choice(self.name, self.label, self.keys);
        field.required(must)
    }
}

const CHOSEN: Pick = Pick {
    name: "choice",
    label: "本人签字的选择",
    hint: "",
    keys: &["leave", "stay"],
};
const VERDICT: Pick = Pick {
    name: "approval_kind",
    label: "意见",
    hint: "退（离）休不满三年的只能审批",
    keys: &["approved", "filed", "refused"],
};

/// A deed as typed, until the form is whole.
type Typed = Box<dyn FnOnce(&Clean) -> Deed + Send>;

/// One thing that can be done about a person's post.
pub struct Work {
    /// Its heading; empty where it goes on from the form before it.
    pub title: &'static str,
    /// Where its form goes.
    pub address: Path<2>,
    /// The act.
    pub act: Act,
    /// To whom it is done.
    fits: fn(&Judged) -> bool,
    /// What is asked.
    pub asked: &'static [Asked],
    /// What its button says, and how it looks.
    pub button: (&'static str, &'static str),
    /// Reads it.
    read: fn(&mut Form, &App, &Allowed) -> Typed,
}

fn employed(judged: &Judged) -> bool {
    judged.holder.is_active() && judged.category == PersonCategory::EmployedCivilServant
}

fn retired(judged: &Judged) -> bool {
    judged.holder.is_active() && judged.holder.is_retired_cadre()
}

/// Everything that can be done, in the page's order.
pub static WORKS: [Work; 9] = [
    Work {
        title: "去留选择",
        address: CHOICE,
        act: Act::PostClear,
        fits: employed,
        asked: &[Asked::One(CHOSEN), Asked::Day(CHOSEN_ON)],
        button: ("登记去留选择", "primary"),
        read: |form, _, _| {
            let choice = CHOSEN.read(form, "请按本人签字的选择填写。");
            let on = CHOSEN_ON.read(form);
            Box::new(move |clean| Deed::Choose {
                stay: choice.take(clean) == "stay",
                on: on.take(clean),
            })
        },
    },
    Work {
        title: "",
        address: PLACEMENT,
        act: Act::PostClear,
        fits: |judged| employed(judged) && judged.holder.leaves(),
        asked: &[Asked::Day(PLACED_ON), Asked::Words(PLACED_BY)],
        button: ("登记安置文件", "primary"),
        read: |form, _, _| {
            let (on, document) = (PLACED_ON.read(form), PLACED_BY.read(form));
            Box::new(move |clean| Deed::Place {
                on: on.take(clean),
                document: document.take(clean),
            })
        },
    },
    Work {
        title: "",
        address: STAY,
        act: Act::PostClear,
        fits: |judged| employed(judged) && judged.holder.choice.as_deref() == Some("stay"),
        asked: &[Asked::Day(ENDED_ON), Asked::Day(CONTRACT_ON)],
        button: ("登记留任办理情况", "primary"),
        read: |form, _, _| {
            let (ended, contract) = (ENDED_ON.if_filled(form), CONTRACT_ON.if_filled(form));
            Box::new(move |clean| Deed::Stay {
                ended: ended.take(clean),
                contract: contract.take(clean),
            })
        },
    },
    Work {
        title: "收回事业编制",
        address: RECOVERY,
        act: Act::PostClear,
        fits: |judged| {
            let holder = &judged.holder;
            let post = judged.category == PersonCategory::InstitutionPost;
            post && holder.is_active() && holder.recovered_on.is_none()
        },
        asked: &[Asked::Day(RECOVERED_ON), Asked::Words(RECOVERED_BY)],
        button: ("登记编制收回", "primary"),
        read: |form, _, _| {
            let (on, document) = (RECOVERED_ON.read(form), RECOVERED_BY.read(form));
            Box::new(move |clean| Deed::Recover {
                on: on.take(clean),
                document: document.take(clean),
            })
        },
    },
    Work {
        title: "机关事业单位养老保险",
        address: INSURANCE,
        act: Act::PostClear,
        fits: |judged| {
            judged.category == PersonCategory::InstitutionPost && judged.holder.is_active()
        },
        asked: &[Asked::Day(INSURED_ON), Asked::Words(INSURED_BY)],
        button: ("登记参保确认", ""),
        read: |form, _, _| {
            let (on, document) = (INSURED_ON.read(form), INSURED_BY.read(form));
            Box::new(move |clean| Deed::Insure {
                on: on.take(clean),
                document: document.take(clean),
            })
        },
    },
    Work {
        title: "审批或备案",
        address: REQUEST,
        act: Act::PostAsk,
        fits: |judged| retired(judged) && judged.holder.asked_on.is_none(),
        asked: &[],
        button: ("报请审批或备案", "official"),
        read: |_, _, _| Box::new(|_| Deed::Ask),
    },
    Work {
        title: "审批或备案意见",
        address: APPROVAL,
        act: Act::PostDecide,
        fits: retired,
        asked: &[
            Asked::One(VERDICT),
            Asked::Words(NUMBER),
            Asked::Day(DATE),
            Asked::Day(UNTIL),
            Asked::Words(OPINION),
        ],
        button: ("出具审批或备案意见", "official"),
        read: approval,
    },
    Work {
        title: "限期辞去",
        address: LIMIT,
        act: Act::PostClear,
        fits: |judged| judged.holder.is_active() && judged.category.must_be_settled(),
        asked: &[Asked::Day(RESIGN_BY)],
        button: ("登记辞去时限", ""),
        read: |form, app, _| {
            let due = app.scheme.campaign.parameters.implement_due;
            let by = form
                .date(RESIGN_BY.name, RESIGN_BY.label)
                .check(|day| *day <= due, "辞去时限不得晚于五分离完成截止日。")
                .required("请填写辞去时限。");
            Box::new(move |clean| Deed::Limit(by.take(clean)))
        },
    },
    Work {
        title: "辞去职务",
        address: RESIGNATION,
        act: Act::PostClear,
        fits: |judged| judged.holder.is_active(),
        asked: &[
            Asked::Day(RESIGNED_ON),
            Asked::Words(EVIDENCE),
            Asked::Tick("still_filed", "登记证书或负责人备案仍列名"),
        ],
        button: ("登记辞去职务", "primary"),
        read: |form, _, _| {
            let (on, evidence) = (RESIGNED_ON.read(form), EVIDENCE.read(form));
            let still_filed = form.tick("still_filed");
            Box::new(move |clean| Deed::Resign {
                on: on.take(clean),
                evidence: evidence.take(clean),
                still_filed,
            })
        },
    },
];

fn approval(form: &mut Form, app: &App, allowed: &Allowed) -> Typed {
    let kind = VERDICT.read(form, "请选择审批、备案或不予同意。");
    let number = NUMBER.read(form);
    let date = DATE.read_past(form, app.clock.today());
    let until = UNTIL.if_filled(form);
    let opinion = OPINION.if_filled(form);
    let authority = allowed.actor().capacity.department_name.clone();
    Box::new(move |clean| {
        Deed::Decide(Approval {
            kind: kind.take(clean),
            authority,
            number: number.take(clean),
            date: date.take(clean),
            until: until.take(clean),
            opinion: opinion.take(clean).unwrap_or_default(),
        })
    })
}

/// What this person may do about a post now.
#[must_use]
pub fn open(allowed: &Allowed, judged: &Judged) -> Vec<&'static Work> {
    let open = |work: &&Work| allowed.may(work.act) && (work.fits)(judged);
    WORKS.iter().filter(open).collect()
}

impl Work {
    /// Whether it is what is to be done now: who has put right what had to be, or never had to,
    /// can still resign, and a new opinion can be given; that is beside the point.
    #[must_use]
    pub fn is_next(&self, judged: &Judged) -> bool {
        let beside = [LIMIT, RESIGNATION, APPROVAL].contains(&self.address);
        judged.standing == Standing::Open || !beside
    }
}

/// Does the work of the address.
pub async fn perform(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = At {
        association: allowed.association()?,
        holder: allowed.number("post")?,
    };
    let here = |work: &&Work| work.address.at(at.association, at.holder) == allowed.path();
    let work = WORKS.iter().find(here).ok_or(Error::Missing)?;
    let deed = (work.read)(&mut form, &app, &allowed);
    // TC-51: an approval keeps the rule of its own date.
    let dated = match work.act {
        Act::PostDecide => date::parse(&form.value(DATE.name)).ok().flatten(),
        _ => None,
    };
    let ruling = match dated {
        Some(day) => app.on(day).await?,
        None => app.clone(),
    };
    let limits = Limits::of(&ruling.scheme.campaign.parameters);
    let run = async |write, clean, seen| {
        let deed = deed(&clean);
        acts::perform(write, at, seen, &deed, &limits).await
    };
    allowed.act::<PersonPage, _, _>(&app, form, run).await
}
