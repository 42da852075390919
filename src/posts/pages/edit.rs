//! The form of a person: who appears after the survey, and what was not known.

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::database::Db;
use crate::paths;
use crate::posts::rules::{Holder, identity_label, post_label};
use crate::posts::store;
use crate::registry::store::{self as registry, Brief};
use crate::scheme::Choice;
use crate::web::answer::money;
use crate::web::page::Page;
use crate::web::{Allowed, App, Error, Form, html};

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

/// The page of the form.
#[derive(Template)]
#[template(path = "posts/edit.html")]
pub struct EditPage {
    page: Page,
    form: Form,
    association: Brief,
    version: i32,
    action: String,
    back: String,
    identities: Vec<Choice>,
    posts: Vec<Choice>,
    kinds: Vec<Choice>,
    sexes: Vec<Choice>,
}

fn choices(keys: &[&str], label: fn(&str) -> &'static str) -> Vec<Choice> {
    let choice = |key: &&str| Choice {
        value: (*key).to_owned(),
        label: label(key).to_owned(),
    };
    keys.iter().map(choice).collect()
}

/// What the page shows, with the form as typed; `person` with the version looked at.
pub async fn view(
    db: &mut Db,
    allowed: &Allowed,
    form: Form,
    person: Option<(i64, i32)>,
) -> Result<EditPage, Error> {
    let id = allowed.association()?;
    let association = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let (title, action, back) = match person {
        Some((number, _)) => (
            "修改任职人员",
            paths::posts::POST_FORM.at(id, number),
            paths::posts::POST.at(id, number),
        ),
        None => (
            "登记任职人员",
            paths::posts::NEW_POST.at(id),
            paths::posts::POSTS.at(id),
        ),
    };
    Ok(EditPage {
        page: allowed.page(title),
        form,
        association,
        version: person.map_or(0, |(_, version)| version),
        action,
        back,
        identities: choices(&IDENTITIES, identity_label),
        posts: choices(&POSTS, post_label),
        kinds: choices(&["full", "concurrent"], |key| {
            if key == "full" {
                "任职（专职）"
            } else {
                "兼职"
            }
        }),
        sexes: choices(&["m", "f"], |key| if key == "m" { "男" } else { "女" }),
    })
}

/// The empty form.
pub async fn new(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    html(&view(db, &allowed, Form::default(), None).await?)
}

/// The form of a person.
pub async fn show(State(app): State<App>, allowed: Allowed) -> Result<Response, Error> {
    let db = &mut app.read().await?;
    let number = allowed.number("post")?;
    let holder = store::holders(db, allowed.association()?)
        .await?
        .into_iter()
        .find(|holder| holder.id == number)
        .ok_or(Error::Missing)?;
    let at = Some((holder.id, holder.version));
    html(&view(db, &allowed, fill(&holder), at).await?)
}

fn fill(holder: &Holder) -> Form {
    let mut form = Form::default();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let number = |number: Option<i32>| number.map(|n| n.to_string()).unwrap_or_default();
    let yes = |yes: bool| if yes { "yes" } else { "" }.to_owned();
    let relevant = match holder.relevant {
        Some(true) => "yes",
        Some(false) => "no",
        None => "",
    };
    for (name, value) in [
        ("name", holder.name.clone()),
        ("sex", holder.sex.clone().unwrap_or_default()),
        ("birth", day(holder.birth)),
        ("id_tail", holder.id_tail.clone().unwrap_or_default()),
        ("organ", holder.organ.clone()),
        ("rank", holder.rank.clone()),
        ("identity", holder.identity.clone()),
        ("post", holder.post.clone()),
        ("kind", holder.kind.clone()),
        ("is_officer", yes(holder.is_officer)),
        ("is_legal_rep", yes(holder.is_legal_rep)),
        ("is_founder", yes(holder.is_founder)),
        ("post_start", day(holder.post_start)),
        ("term_no", number(holder.term_no)),
        ("terms_served", number(holder.terms_served)),
        ("paid", yes(holder.paid)),
        ("pay", holder.pay_cents.map(money::show).unwrap_or_default()),
        ("other_posts", holder.other_posts.to_string()),
        ("other_posts_note", holder.other_posts_note.clone()),
        ("retired_on", day(holder.retired_on)),
        ("relevant", relevant.to_owned()),
        ("recommended", yes(holder.recommended)),
        ("notes", holder.notes.clone()),
    ] {
        form.set(name, value);
    }
    form
}

/// Reads the form.
#[expect(clippy::too_many_lines, reason = "one form, read in one pass")]
pub fn read(form: &mut Form, today: chrono::NaiveDate) -> Option<Holder> {
    let past = "日期不能晚于今天。";
    let name = form.text("name", "姓名", 40).required("请填写姓名。");
    let sex = form.choice("sex", "性别", &["m", "f"]).optional();
    let birth = form
        .date("birth", "出生日期")
        .check(|day| *day < today, past)
        .optional();
    let id_tail = form
        .text("id_tail", "身份证末四位", 4)
        .check(
            |tail| tail.len() == 4 && tail.bytes().all(|b| b.is_ascii_digit() || b == b'X'),
            "请填写身份证末四位。",
        )
        .optional();
    let organ = form.text("organ", "所在（原）单位及职务", 100).optional();
    let rank = form.text("rank", "职级", 20).optional();
    let identity = form
        .choice("identity", "身份", &IDENTITIES)
        .required("请选择身份。");
    let held = form
        .choice("post", "协会职务", &POSTS)
        .required("请选择协会职务。");
    let kind = form
        .choice("kind", "任职或兼职", &["full", "concurrent"])
        .required("请选择任职或兼职。");
    let ticks = [
        "is_officer",
        "is_legal_rep",
        "is_founder",
        "paid",
        "recommended",
    ]
    .map(|name| form.tick(name));
    let post_start = form
        .date("post_start", "任职起始日期")
        .check(|day| *day <= today, past)
        .optional();
    let term_no = form.count("term_no", "届次").optional();
    let terms_served = form.count("terms_served", "已任届数").optional();
    let pay = form.money("pay", "年报酬").optional();
    let other_posts = form.count("other_posts", "其他社会组织任职数").optional();
    let other_note = form
        .text("other_posts_note", "其他任职情况", 200)
        .optional();
    let retired_on = form
        .date("retired_on", "退（离）休日期")
        .check(|day| *day <= today, past)
        .optional();
    let relevant = form
        .yes_no("relevant", "与原工作业务或特长是否相关")
        .optional();
    let notes = form.text("notes", "备注", 300).optional();
    let clean = form.done().ok()?;
    let [is_officer, is_legal_rep, is_founder, paid, recommended] = ticks;
    let small = |number: Option<i64>| number.and_then(|number| i32::try_from(number).ok());
    Some(Holder {
        name: name.take(&clean),
        sex: sex.take(&clean),
        birth: birth.take(&clean),
        id_tail: id_tail.take(&clean),
        organ: organ.take(&clean).unwrap_or_default(),
        rank: rank.take(&clean).unwrap_or_default(),
        identity: identity.take(&clean),
        post: held.take(&clean),
        is_officer,
        is_legal_rep,
        kind: kind.take(&clean),
        post_start: post_start.take(&clean),
        term_no: small(term_no.take(&clean)),
        terms_served: small(terms_served.take(&clean)),
        paid,
        pay_cents: pay.take(&clean),
        other_posts: small(other_posts.take(&clean)).unwrap_or(0),
        other_posts_note: other_note.take(&clean).unwrap_or_default(),
        retired_on: retired_on.take(&clean),
        relevant: relevant.take(&clean),
        recommended,
        is_founder,
        notes: notes.take(&clean).unwrap_or_default(),
        ..Holder::default()
    })
}
