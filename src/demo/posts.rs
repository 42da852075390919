//! The registers of posts: what became of the people of the surveys, and believable
//! people in all states besides, one of them in two associations of two units.

use chrono::NaiveDate;

use crate::ids::AssociationId;
use crate::posts::acts::{self as posts, At};
use crate::posts::rules::deeds::{Approval, Deed};
use crate::posts::rules::{Holder, Limits};
use crate::posts::store;
use crate::scheme::persons::PersonCategory;

use super::DemoError;
use super::days::{Day, Life, life};
use super::story::{SEEN, Story, went};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap_or_default()
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

fn resigned(on: NaiveDate) -> Deed {
    Deed::Resign {
        on,
        evidence: "辞职书、理事会会议记录".to_owned(),
        still_filed: true,
    }
}

/// Who does something about a person's post.
enum By {
    /// The clerk of the unit.
    Clerk,
    /// Its leader.
    Leader,
    /// The organisation department.
    Organisation,
}

/// Something done about a person's post, by whom, on which day.
type Done = (By, Day, Deed);

impl Story<'_> {
    /// What becomes of the people of a survey; the worked example's by domain 12.1.
    pub(super) async fn clear_posts(
        &self,
        id: AssociationId,
        example: bool,
    ) -> Result<(), DemoError> {
        let on = self.cast.day((10, 26))?;
        let limits = Limits::of(&self.app.on(on).await?.scheme.campaign.parameters);
        let mut all = Vec::new();
        for holder in store::holders(&mut self.app.database.read().await?, id).await? {
            let done = self.done(holder.category(on, &limits))?;
            all.extend(done.into_iter().map(|done| (holder.id, done)));
        }
        all.sort_by_key(|(_, (_, day, _))| *day);
        for (holder, done) in all {
            self.clear((id, holder), done).await?;
        }
        if example {
            let leader = self.leader(id, (11, 15)).await?;
            let write = self.app.write(&leader).await?;
            went("declare", posts::declare(write, id, SEEN).await)?;
        }
        Ok(())
    }

    /// What is done about a person of a category.
    fn done(&self, category: PersonCategory) -> Result<Vec<Done>, DemoError> {
        let day = |on: Day| self.cast.day(on);
        Ok(match category {
            PersonCategory::Incumbent => vec![
                (By::Clerk, (10, 25), Deed::Limit(day((10, 31))?)),
                (By::Clerk, (10, 25), resigned(day((10, 25))?)),
            ],
            PersonCategory::RetiredUnderThree => {
                vec![(By::Clerk, (10, 26), resigned(day((10, 26))?))]
            }
            PersonCategory::EmployedCivilServant => {
                let leaves = Deed::Choose {
                    stay: false,
                    on: day((10, 29))?,
                };
                let placed = Deed::Place {
                    on: day((11, 12))?,
                    document: "绿交干〔2018〕9号".to_owned(),
                };
                vec![(By::Clerk, (10, 29), leaves), (By::Clerk, (11, 12), placed)]
            }
            PersonCategory::InstitutionPost => {
                let recovered = Deed::Recover {
                    on: day((11, 9))?,
                    document: "绿编办〔2018〕26号".to_owned(),
                };
                let insured = Deed::Insure {
                    on: day((11, 1))?,
                    document: "绿人社函〔2018〕33号".to_owned(),
                };
                vec![
                    (By::Clerk, (11, 1), insured),
                    (By::Clerk, (11, 9), recovered),
                ]
            }
            _ => Vec::new(),
        })
    }

    async fn clear(
        &self,
        (association, holder): (AssociationId, i64),
        (by, day, deed): Done,
    ) -> Result<(), DemoError> {
        let who = match by {
            By::Clerk => self.clerk(association, day).await?,
            By::Leader => self.leader(association, day).await?,
            By::Organisation => self.cast.on("zuzhi", day).await?,
        };
        let at = At {
            association,
            holder,
        };
        let limits = Limits::of(&self.app.in_force().await?.scheme.campaign.parameters);
        let write = self.app.write(&who).await?;
        let done = posts::perform(write, at, SEEN, &deed, &limits).await;
        went("post", done)
    }

    /// Each person of `PEOPLE` appears on a register.
    pub(super) fn people(&self) -> Vec<Life<'_>> {
        let people = PEOPLE.iter();
        people.map(|person| life(self.appears(person))).collect()
    }

    async fn appears(&self, person: &Person) -> Result<(), DemoError> {
        self.cast.days.come((11, 5)).await?;
        let id = self.find(person.at).await?;
        let register = store::register(&mut self.app.database.read().await?, id).await?;
        if register.is_none() {
            let clerk = self.clerk(id, (11, 5)).await?;
            let write = self.app.write(&clerk).await?;
            went("open", posts::open(write, id, SEEN).await)?;
        }
        let who = self.clerk(id, (11, 6)).await?;
        let write = self.app.write(&who).await?;
        let key = went("enter", posts::add(write, id, &person.entry()).await)?;
        for done in deeds(person) {
            self.clear((id, key), done).await?;
        }
        Ok(())
    }
}

/// A person who appears beside those of the surveys.
struct Person {
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
    at: &'static str,
    (name, organ): (&'static str, &'static str),
    (identity, post, kind): (&'static str, &'static str, &'static str),
    birth: (i32, u32, u32),
    retired: Option<(i32, u32, u32)>,
) -> Person {
    Person {
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

static PEOPLE: [Person; 10] = [
    // One person in two associations of two units (TC-24).
    person(
        "轨道客车配套商会",
        ("周建国", "原区政府办公室主任"),
        CADRE,
        (1950, 6, 12),
        Some((2012, 7, 31)),
    ),
    person(
        "家政服务业协会",
        ("周建国", "原区政府办公室主任"),
        CADRE,
        (1950, 6, 12),
        Some((2012, 7, 31)),
    ),
    // Three years are full on the day of the demonstration (TC-21).
    person(
        "信息服务业协会",
        ("钱立群", "原区科技局局长"),
        CADRE,
        (1955, 9, 3),
        Some((2015, 11, 22)),
    ),
    // Off his post and not retired, an adviser (TC-27).
    person(
        "节能环保产业协会",
        ("郭向东", "区工业和信息化局原副局长"),
        ("off_post", "adviser", "concurrent"),
        (1959, 3, 8),
        None,
    ),
    person(
        "物业管理行业协会",
        ("沈国华", "原区住房保障中心主任"),
        ("retired_cadre", "honorary", "concurrent"),
        (1952, 1, 20),
        None,
    ),
    person(
        "房地产中介行业协会",
        ("韩树林", "原区房产局局长"),
        CADRE,
        (1951, 4, 16),
        Some((2011, 4, 30)),
    ),
    person(
        "畜牧业协会",
        ("魏长海", "原区畜牧局局长"),
        CADRE,
        (1957, 12, 1),
        Some((2017, 12, 31)),
    ),
    // Chose to stay, not carried out (TC-26).
    person(
        "农资流通商会",
        ("邹志强", "区农业局主任科员"),
        ("serving", "secretary", "full"),
        (1971, 8, 9),
        None,
    ),
    person(
        "二手车流通协会",
        ("冯玉兰", "区商务局退休干部"),
        ("retired_servant", "supervisor", "concurrent"),
        (1956, 2, 29),
        Some((2016, 2, 29)),
    ),
    person(
        "演艺业协会",
        ("曹瑞", "区文化馆（2005年机构改革分流）"),
        ("diverted", "staff", "full"),
        (1966, 10, 10),
        None,
    ),
];

impl Person {
    fn entry(&self) -> Holder {
        let date = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day);
        Holder {
            name: self.name.to_owned(),
            birth: date(self.birth),
            organ: self.organ.to_owned(),
            identity: self.identity.to_owned(),
            post: self.post.to_owned(),
            kind: self.kind.to_owned(),
            post_start: NaiveDate::from_ymd_opt(2016, 4, 20),
            term_no: Some(2),
            terms_served: Some(1),
            retired_on: self.retired.and_then(date),
            ..Holder::default()
        }
    }
}

/// What becomes of them.
fn deeds(person: &Person) -> Vec<Done> {
    let asked = |on: Day| (By::Leader, on, Deed::Ask);
    let decided = |on: Day, deed: Deed| (By::Organisation, on, deed);
    match person.at {
        "轨道客车配套商会" => {
            let filed = filing("绿组干备〔2018〕21号", day(11, 13), "filed");
            vec![asked((11, 7)), decided((11, 13), filed)]
        }
        "房地产中介行业协会" => vec![asked((11, 19))],
        "节能环保产业协会" => {
            vec![(By::Clerk, (11, 8), Deed::Limit(day(11, 30)))]
        }
        "畜牧业协会" => {
            let approved = filing("绿组干审〔2018〕3号", day(11, 14), "approved");
            vec![asked((11, 7)), decided((11, 14), approved)]
        }
        "农资流通商会" => {
            let stays = Deed::Choose {
                stay: true,
                on: day(11, 9),
            };
            vec![(By::Clerk, (11, 12), stays)]
        }
        _ => Vec::new(),
    }
}
