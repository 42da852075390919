//! The registers of posts: what became of the people of the surveys, and believable
//! people in all states besides, one of them in two associations of two units.

use chrono::NaiveDate;

use crate::crossings::relapse;
use crate::database::Never;
use crate::ids::AssociationId;
use crate::posts::acts::{self as posts, At};
use crate::posts::rules::deeds::{Approval, Deed};
use crate::posts::rules::{Holder, Limits};
use crate::posts::store;
use crate::scheme::persons::PersonCategory;
use crate::web::Program;

use super::DemoError;
use super::carrying::{Carrying, Day};
use super::cast::Cast;
use super::story::{SEEN, went};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap_or_default()
}

async fn perform(
    (app, cast): (&Program, &Cast),
    (association, holder): (AssociationId, i64),
    (person, on): (&str, Day),
    deed: &Deed,
) -> Result<(), DemoError> {
    let at = At {
        association,
        holder,
    };
    let limits = Limits::of(&app.in_force().await?.scheme.campaign.parameters);
    let write = app.write(&cast.on(person, on)?).await?;
    went("post", posts::perform(write, at, SEEN, deed, &limits).await)
}

fn filing(number: &str, date: NaiveDate, kind: &str) -> Deed {
    Deed::Decide(Approval {
        kind: kind.to_owned(),
        authority: "区委组织部".to_owned(),
        number: number.to_owned(),
        date,
        until: NaiveDate::from_ymd_opt(2021, 4, 19),
        opinion: String::new(),
    })
}

fn resigned(month: u32, on: u32) -> Deed {
    Deed::Resign {
        on: day(month, on),
        evidence: "辞职书、理事会会议记录".to_owned(),
        still_filed: true,
    }
}

/// What becomes of the people of a survey; the worked example's by domain 12.1.
pub(super) async fn settle(
    carrying: &Carrying<'_>,
    (id, unit): (AssociationId, &str),
    example: bool,
) -> Result<(), DemoError> {
    let tell = (carrying.app, carrying.cast);
    let then = tell.0.on(day(10, 26)).await?;
    let limits = Limits::of(&then.scheme.campaign.parameters);
    let holders = store::holders(&mut tell.0.database.read().await?, id).await?;
    for holder in holders {
        let deeds: Vec<(&str, Day, Deed)> = match holder.category(day(10, 26), &limits) {
            PersonCategory::Incumbent => vec![
                (unit, (10, 25), Deed::Limit(day(10, 31))),
                (unit, (10, 25), resigned(10, 25)),
            ],
            PersonCategory::RetiredUnderThree => vec![(unit, (10, 26), resigned(10, 26))],
            PersonCategory::RetiredOverThree if example => vec![(
                "zuzhi",
                (10, 25),
                filing("绿组干备〔2018〕17号", day(10, 17), "filed"),
            )],
            PersonCategory::EmployedCivilServant => vec![
                (
                    unit,
                    (10, 29),
                    Deed::Choose {
                        stay: false,
                        on: day(10, 29),
                    },
                ),
                (
                    unit,
                    (11, 12),
                    Deed::Place {
                        on: day(11, 12),
                        document: "绿交干〔2018〕9号".to_owned(),
                    },
                ),
            ],
            PersonCategory::InstitutionPost => vec![(
                unit,
                (11, 9),
                Deed::Recover {
                    on: day(11, 9),
                    document: "绿编办〔2018〕26号".to_owned(),
                },
            )],
            _ => Vec::new(),
        };
        for (person, on, deed) in deeds {
            perform(tell, (id, holder.id), (person, on), &deed).await?;
        }
    }
    if example {
        let leader = tell.1.on(&format!("{unit}-lead"), (11, 15))?;
        let write = tell.0.write(&leader).await?;
        went("declare", posts::declare(write, id, SEEN).await)?;
    }
    Ok(())
}

/// A person who appears beside those of the surveys.
struct Person {
    unit: &'static str,
    at: &'static str,
    name: &'static str,
    organ: &'static str,
    identity: &'static str,
    post: &'static str,
    kind: &'static str,
    birth: (i32, u32, u32),
    retired: Option<(i32, u32, u32)>,
}

const fn person(
    (unit, at): (&'static str, &'static str),
    (name, organ): (&'static str, &'static str),
    (identity, post, kind): (&'static str, &'static str, &'static str),
    birth: (i32, u32, u32),
    retired: Option<(i32, u32, u32)>,
) -> Person {
    Person {
        unit,
        at,
        name,
        organ,
        identity,
        post,
        kind,
        birth,
        retired,
    }
}

const CADRE: (&str, &str, &str) = ("retired_cadre", "adviser", "concurrent");

const PEOPLE: [Person; 10] = [
    // One person in two associations of two units (TC-24).
    person(
        ("gongxin", "轨道客车配套商会"),
        ("周建国", "原区政府办公室主任"),
        CADRE,
        (1950, 6, 12),
        Some((2012, 7, 31)),
    ),
    person(
        ("shangwu", "家政服务业协会"),
        ("周建国", "原区政府办公室主任"),
        CADRE,
        (1950, 6, 12),
        Some((2012, 7, 31)),
    ),
    // Three years are full on the day of the demonstration (TC-21).
    person(
        ("gongxin", "信息服务业协会"),
        ("钱立群", "原区科技局局长"),
        CADRE,
        (1955, 9, 3),
        Some((2015, 11, 22)),
    ),
    // Off his post and not retired, an adviser (TC-27).
    person(
        ("gongxin", "节能环保产业协会"),
        ("郭向东", "区工业和信息化局原副局长"),
        ("off_post", "adviser", "concurrent"),
        (1959, 3, 8),
        None,
    ),
    person(
        ("zhujian", "物业管理行业协会"),
        ("沈国华", "原区住房保障中心主任"),
        ("retired_cadre", "honorary", "concurrent"),
        (1952, 1, 20),
        None,
    ),
    person(
        ("zhujian", "房地产中介行业协会"),
        ("韩树林", "原区房产局局长"),
        CADRE,
        (1951, 4, 16),
        Some((2011, 4, 30)),
    ),
    person(
        ("nongye", "畜牧业协会"),
        ("魏长海", "原区畜牧局局长"),
        CADRE,
        (1957, 12, 1),
        Some((2017, 12, 31)),
    ),
    // Chose to stay, not carried out (TC-26).
    person(
        ("nongye", "农资流通商会"),
        ("邹志强", "区农业局主任科员"),
        ("serving", "secretary", "full"),
        (1971, 8, 9),
        None,
    ),
    person(
        ("shangwu", "二手车流通协会"),
        ("冯玉兰", "区商务局退休干部"),
        ("retired_servant", "supervisor", "concurrent"),
        (1956, 2, 29),
        Some((2016, 2, 29)),
    ),
    person(
        ("wenguang", "演艺业协会"),
        ("曹瑞", "区文化馆（2005年机构改革分流）"),
        ("diverted", "staff", "full"),
        (1966, 10, 10),
        None,
    ),
];

/// Tells of them.
pub(super) async fn tell(app: &Program, cast: &Cast) -> Result<(), DemoError> {
    for person in &PEOPLE {
        let id = sqlx::query_scalar!(
            "select id from association where campaign_id = $1 and name like '%' || $2",
            app.database.campaign().0,
            person.at,
        )
        .fetch_one(app.database.read().await?.connection())
        .await?;
        enter((app, cast), AssociationId(id), person).await?;
    }
    Ok(())
}

async fn enter(
    (app, cast): (&Program, &Cast),
    id: AssociationId,
    person: &Person,
) -> Result<(), DemoError> {
    let register = store::register(&mut app.database.read().await?, id).await?;
    if register.is_none() {
        let write = app.write(&cast.on(person.unit, (11, 5))?).await?;
        went("open", posts::open(write, id, SEEN).await)?;
    }
    let date = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day);
    let entry = Holder {
        name: person.name.to_owned(),
        birth: date(person.birth),
        organ: person.organ.to_owned(),
        identity: person.identity.to_owned(),
        post: person.post.to_owned(),
        kind: person.kind.to_owned(),
        post_start: NaiveDate::from_ymd_opt(2016, 4, 20),
        term_no: Some(2),
        terms_served: Some(1),
        retired_on: person.retired.and_then(date),
        ..Holder::default()
    };
    let who = cast.on(person.unit, (11, 6))?;
    let write = app.write(&who).await?;
    let prepared = went("enter", posts::add(write, id, &entry).await)?;
    let key = went("enter", relapse::finish::<Never>(prepared).await)?;
    for (name, on, deed) in deeds(person) {
        perform((app, cast), (id, key), (&name, on), &deed).await?;
    }
    Ok(())
}

/// What becomes of them, by whom, on which day.
fn deeds(person: &Person) -> Vec<(String, Day, Deed)> {
    let leader = format!("{}-lead", person.unit);
    match person.at {
        "轨道客车配套商会" => vec![
            (leader, (11, 7), Deed::Ask),
            (
                "zuzhi".to_owned(),
                (11, 13),
                filing("绿组干备〔2018〕21号", day(11, 13), "filed"),
            ),
        ],
        "房地产中介行业协会" => vec![(leader, (11, 19), Deed::Ask)],
        "节能环保产业协会" => {
            vec![(person.unit.to_owned(), (11, 8), Deed::Limit(day(11, 30)))]
        }
        "畜牧业协会" => vec![
            (leader, (11, 7), Deed::Ask),
            (
                "zuzhi".to_owned(),
                (11, 14),
                filing("绿组干审〔2018〕3号", day(11, 14), "approved"),
            ),
        ],
        "农资流通商会" => vec![(
            person.unit.to_owned(),
            (11, 12),
            Deed::Choose {
                stay: true,
                on: day(11, 9),
            },
        )],
        _ => Vec::new(),
    }
}
