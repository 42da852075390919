//! The form of a person: who appears after the survey, and what was not known.

use askama::Template;
use axum::extract::State;
use chrono::NaiveDate;

use crate::access::Act;
use crate::paths;
use crate::posts::acts::{self, At};
use crate::posts::rules::deeds::Refusal;
use crate::posts::rules::{Holder, identity_label, post_label};
use crate::posts::store;
use crate::scheme::Choice;
use crate::web::answer::money;
use crate::web::ask::{self, Ask};
use crate::web::conflict::{Line, Theirs};
use crate::web::form::{Clean, Slot};
use crate::web::page::Page;
use crate::web::{Allowed, Answer, App, Error, Form, Look, View};

use super::choices;

const NAME: Ask<String> = ask::text("name", "姓名", 40).must("请填写姓名。");
const BIRTH: Ask<NaiveDate> = ask::date("birth", "出生日期").hint("用于核对年龄界限和同一人员");
const ID_TAIL: Ask<String> = ask::text("id_tail", "身份证末四位", 4).fits(
    |tail| tail.len() == 4 && tail.bytes().all(|b| b.is_ascii_digit() || b == b'X'),
    "请填写身份证末四位。",
);
const ORGAN: Ask<String> = ask::wide("organ", "所在（原）单位及职务", 100);
const RANK: Ask<String> = ask::text("rank", "职级", 20).hint("如“正科级”");
const RETIRED_ON: Ask<NaiveDate> =
    ask::date("retired_on", "退（离）休日期").hint("退（离）休领导干部必须核实");
const POST_START: Ask<NaiveDate> = ask::date("post_start", "任职起始日期");
const TERM_NO: Ask<i64> = ask::count("term_no", "届次");
const TERMS_SERVED: Ask<i64> = ask::count("terms_served", "已任届数");
const PAY: Ask<i64> = ask::money("pay", "年报酬");
const OTHER_POSTS: Ask<i64> = ask::count("other_posts", "其他社会组织任职数");
const OTHER_NOTE: Ask<String> = ask::wide("other_posts_note", "其他任职情况", 200);
const NOTES: Ask<String> = ask::longtext("notes", "备注", 300).rows(2);

const IDENTITIES: [&str; 9] = [
    "incumbent",
    "off_post",
    "serving",
    "retired_cadre",
    "retired_servant",
    "institution",
    "diverted",
    "hired",
    "member",
];
const POSTS: [&str; 9] = [
    "president",
    "vice_president",
    "secretary",
    "executive",
    "director",
    "supervisor",
    "honorary",
    "adviser",
    "staff",
];

const KINDS: [&str; 2] = ["full", "concurrent"];
const SEXES: [&str; 2] = ["m", "f"];

/// The page of the form.
#[derive(Template)]
#[template(path = "posts/edit.html")]
pub struct EditPage {
    page: Page,
    form: Form,
    version: i32,
    holder: Option<Holder>,
    action: String,
    back: String,
    identities: Vec<Choice>,
    posts: Vec<Choice>,
    kinds: Vec<Choice>,
    sexes: Vec<Choice>,
}

fn kind_label(key: &str) -> &'static str {
    match key {
        "full" => "任职（专职）",
        _ => "兼职",
    }
}

fn sex_label(key: &str) -> &'static str {
    match key {
        "m" => "男",
        _ => "女",
    }
}

/// The person in the address; none: somebody new.
pub fn at(allowed: &Allowed) -> Result<Option<At>, Error> {
    let association = allowed.association()?;
    let holder = allowed.number("post").ok();
    Ok(holder.map(|holder| At {
        association,
        holder,
    }))
}

impl View for EditPage {
    async fn open(look: Look<'_>, form: Option<Form>) -> Result<Self, Error> {
        let (allowed, db) = (look.allowed, look.db);
        let id = allowed.association()?;
        let holder = match at(allowed)? {
            Some(at) => {
                let mut holders = store::holders(db, id).await?.into_iter();
                let found = holders.find(|holder| holder.id == at.holder);
                Some(found.ok_or(Error::Missing)?)
            }
            None => None,
        };
        let (title, action, back) = match &holder {
            Some(holder) => (
                "修改任职人员",
                paths::posts::POST_FORM.at(id, holder.id),
                paths::posts::POST.at(id, holder.id),
            ),
            None => (
                "登记任职人员",
                paths::posts::NEW_POST.at(id),
                paths::posts::POSTS.at(id),
            ),
        };
        // Of who is new, the register's own version: each person entered is another form.
        let version = match &holder {
            Some(holder) => holder.version,
            None => store::register(db, id).await?.map_or(0, |it| it.version),
        };
        let filled = |holder: &Holder| {
            let fields = fields(holder).into_iter();
            Form::filled(
                fields
                    .map(|(name, _, value)| (name.to_owned(), value))
                    .collect(),
            )
        };
        Ok(Self {
            page: allowed.page(match &holder {
                Some(holder) => format!("{title}第{}号", holder.number),
                None => title.to_owned(),
            }),
            form: form.unwrap_or_else(|| holder.as_ref().map(filled).unwrap_or_default()),
            version,
            action,
            back,
            identities: choices(&IDENTITIES, identity_label),
            posts: choices(&POSTS, post_label),
            kinds: choices(&KINDS, kind_label),
            sexes: choices(&SEXES, sex_label),
            holder,
        })
    }

    fn theirs(&self) -> Option<Theirs> {
        let holder = self.holder.as_ref()?;
        let line = |name: &str, label: &str| match name {
            "identity" => Line::of(name, label, &self.identities),
            "post" => Line::of(name, label, &self.posts),
            "kind" => Line::of(name, label, &self.kinds),
            "sex" => Line::of(name, label, &self.sexes),
            "relevant" => Line::yes_no(name, label),
            "is_officer" | "is_legal_rep" | "is_founder" | "paid" | "recommended" => {
                Line::tick(name, label)
            }
            "birth" | "retired_on" | "post_start" => Line::day(name, label),
            "pay" => Line::money(name, label),
            "term_no" | "terms_served" | "other_posts" => Line::count(name, label),
            _ => Line::text(name, label),
        };
        let fields = fields(holder).into_iter();
        let lines = fields.map(|(name, label, value)| (line(name, label), value));
        Some(Theirs::lines(holder.version, lines))
    }

    fn address(allowed: &Allowed) -> Result<String, Error> {
        let id = allowed.association()?;
        Ok(match at(allowed)? {
            Some(at) => paths::posts::POST.at(id, at.holder),
            None => paths::posts::POST.at(id, "{}"),
        })
    }
}

/// What is known of a person, as the form shows it: name, label, value.
fn fields(holder: &Holder) -> [(&'static str, &'static str, String); 23] {
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = |number: Option<i32>| number.map(|n| n.to_string()).unwrap_or_default();
    let yes = |yes: bool| if yes { "yes" } else { "" }.to_owned();
    let relevant = match holder.relevant {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    let pay = holder.pay_cents.map(money::show).unwrap_or_default();
    let (sex, id_tail) = (holder.sex.clone(), holder.id_tail.clone());
    [
        (NAME.name, NAME.label, holder.name.clone()),
        ("sex", "性别", sex.unwrap_or_default()),
        (BIRTH.name, BIRTH.label, day(holder.birth)),
        (ID_TAIL.name, ID_TAIL.label, id_tail.unwrap_or_default()),
        (ORGAN.name, ORGAN.label, holder.organ.clone()),
        (RANK.name, RANK.label, holder.rank.clone()),
        ("identity", "身份", holder.identity.clone()),
        (RETIRED_ON.name, RETIRED_ON.label, day(holder.retired_on)),
        ("post", "协会职务", holder.post.clone()),
        ("kind", "任职或兼职", holder.kind.clone()),
        ("is_officer", "是负责人", yes(holder.is_officer)),
        ("is_legal_rep", "是法定代表人", yes(holder.is_legal_rep)),
        ("is_founder", "牵头成立本会", yes(holder.is_founder)),
        (POST_START.name, POST_START.label, day(holder.post_start)),
        (TERM_NO.name, TERM_NO.label, number(holder.term_no)),
        (
            TERMS_SERVED.name,
            TERMS_SERVED.label,
            number(holder.terms_served),
        ),
        ("paid", "取酬", yes(holder.paid)),
        (PAY.name, PAY.label, pay),
        (
            OTHER_POSTS.name,
            OTHER_POSTS.label,
            holder.other_posts.to_string(),
        ),
        (
            OTHER_NOTE.name,
            OTHER_NOTE.label,
            holder.other_posts_note.clone(),
        ),
        (
            "relevant",
            "与原工作业务或特长是否相关",
            relevant.to_owned(),
        ),
        ("recommended", "由机关推荐或安排", yes(holder.recommended)),
        (NOTES.name, NOTES.label, holder.notes.clone()),
    ]
}

type Part = Box<dyn FnOnce(&Clean, &mut Holder) + Send>;

/// A person as typed, until the form is whole.
pub struct Typed([Part; 3]);

impl Typed {
    /// The person.
    #[must_use]
    pub fn take(self, clean: &Clean) -> Holder {
        let mut holder = Holder::default();
        for part in self.0 {
            part(clean, &mut holder);
        }
        holder
    }
}

/// Reads the form.
pub fn read(form: &mut Form, today: NaiveDate) -> Typed {
    Typed([person(form, today), held(form, today), besides(form)])
}

/// A day that may be left empty and lies before another.
fn until(form: &mut Form, ask: Ask<NaiveDate>, last: NaiveDate) -> Slot<Option<NaiveDate>> {
    form.date(ask.name, ask.label)
        .check(|day| *day <= last, "日期不能晚于今天。")
        .optional()
}

fn small(number: Option<i64>) -> Option<i32> {
    number.and_then(|number| i32::try_from(number).ok())
}

fn person(form: &mut Form, today: NaiveDate) -> Part {
    let name = NAME.read(form);
    let sex = form.choice("sex", "性别", &SEXES).optional();
    let birth = until(form, BIRTH, today.pred_opt().unwrap_or(today));
    let id_tail = ID_TAIL.if_filled(form);
    let organ = ORGAN.if_filled(form);
    let rank = RANK.if_filled(form);
    let identity = form
        .choice("identity", "身份", &IDENTITIES)
        .required("请选择身份。");
    let retired_on = until(form, RETIRED_ON, today);
    Box::new(move |clean, holder| {
        holder.name = name.take(clean);
        holder.sex = sex.take(clean);
        holder.birth = birth.take(clean);
        holder.id_tail = id_tail.take(clean);
        holder.organ = organ.take(clean).unwrap_or_default();
        holder.rank = rank.take(clean).unwrap_or_default();
        holder.identity = identity.take(clean);
        holder.retired_on = retired_on.take(clean);
    })
}

/// The post in the association.
fn held(form: &mut Form, today: NaiveDate) -> Part {
    let post = form
        .choice("post", "协会职务", &POSTS)
        .required("请选择协会职务。");
    let kind = form
        .choice("kind", "任职或兼职", &KINDS)
        .required("请选择任职或兼职。");
    let ticks = ["is_officer", "is_legal_rep", "is_founder", "paid"].map(|name| form.tick(name));
    let post_start = until(form, POST_START, today);
    let term_no = TERM_NO.if_filled(form);
    let terms_served = TERMS_SERVED.if_filled(form);
    let pay = PAY.if_filled(form);
    Box::new(move |clean, holder| {
        holder.post = post.take(clean);
        holder.kind = kind.take(clean);
        [
            holder.is_officer,
            holder.is_legal_rep,
            holder.is_founder,
            holder.paid,
        ] = ticks;
        holder.post_start = post_start.take(clean);
        holder.term_no = small(term_no.take(clean));
        holder.terms_served = small(terms_served.take(clean));
        holder.pay_cents = pay.take(clean);
    })
}

fn besides(form: &mut Form) -> Part {
    let other_posts = OTHER_POSTS.if_filled(form);
    let other_note = OTHER_NOTE.if_filled(form);
    let relevant = form
        .yes_no("relevant", "与原工作业务或特长是否相关")
        .optional();
    let recommended = form.tick("recommended");
    let notes = NOTES.if_filled(form);
    Box::new(move |clean, holder| {
        holder.other_posts = small(other_posts.take(clean)).unwrap_or(0);
        holder.other_posts_note = other_note.take(clean).unwrap_or_default();
        holder.relevant = relevant.take(clean);
        holder.recommended = recommended;
        holder.notes = notes.take(clean).unwrap_or_default();
    })
}

/// Enters a person; who may hold no post opens T4-03 again (PE-18).
pub async fn add(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let id = allowed.association()?;
    let person = read(&mut form, app.clock.today());
    let run = async |write, clean, _| acts::add(write, id, &person.take(&clean)).await;
    allowed.act::<EditPage, Refusal, _>(&app, form, run).await
}

/// Mends what is known of a person, with the same effect.
pub async fn save(State(app): State<App>, allowed: Allowed, mut form: Form) -> Answer {
    let at = at(&allowed)?.ok_or(Error::Missing)?;
    let person = read(&mut form, app.clock.today());
    let run = async |write, clean, seen| acts::save(write, at, seen, &person.take(&clean)).await;
    allowed.act::<EditPage, Refusal, _>(&app, form, run).await
}
