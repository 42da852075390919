//! The people of the demonstration, and acting as one of them on a given day.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use crate::access::{Act, Actor, Capacity, Request, Role, Who};
use crate::accounts::{passwords, store};
use crate::audit::Record;
use crate::database::Write;
use crate::ids::{CapacityId, DepartmentId};
use crate::web::Program;

use super::DemoError;
use super::calendar::Calendar;
use super::days::{Day, Days};

/// A person: user name, name, department code, role.
pub type Person = (&'static str, &'static str, &'static str, Role);

/// A unit: code, name, short name, kind, Civil Servant Law.
pub type Unit = (
    &'static str,
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

/// Who plays in a demonstration.
pub struct Company {
    /// What its units begin their document numbers with.
    pub mark: &'static str,
    /// What the names of its associations begin with.
    pub place: &'static str,
    /// The supervising units.
    pub units: &'static [Unit],
    /// Who looks on from above.
    pub superior: Unit,
    /// The people.
    pub people: &'static [Person],
}

/// The company of Lüyuan District.
pub const LVYUAN: Company = Company {
    mark: "绿",
    place: "长春市绿园区",
    units: &UNITS,
    superior: (
        "observer",
        "市社会组织管理局",
        "市社管局",
        "organ",
        "applies",
    ),
    people: &PEOPLE,
};

/// The supervising units of Lüyuan District.
pub const UNITS: [Unit; 8] = [
    ("gongxin", "区工业和信息化局", "工信局", "organ", "applies"),
    ("jiaotong", "区交通运输局", "交通局", "organ", "applies"),
    ("shangwu", "区商务局", "商务局", "organ", "applies"),
    (
        "zhujian",
        "区住房和城乡建设局",
        "住建局",
        "organ",
        "applies",
    ),
    ("nongye", "区农业局", "农业局", "organ", "applies"),
    (
        "wenguang",
        "区文化广电新闻出版局",
        "文广新局",
        "organ",
        "applies",
    ),
    ("jiaoyu", "区教育局", "教育局", "organ", "applies"),
    (
        "gongshanglian",
        "区工商业联合会",
        "工商联",
        "mass_org",
        "by_reference",
    ),
];

/// The accounts of contract.md, and clerks and leaders of the other units.
const PEOPLE: [Person; 32] = [
    ("admin", "系统管理员", "minzheng", Role::Sysadmin),
    ("office", "何静", "minzheng", Role::OfficeClerk),
    ("office-lead", "陆国平", "minzheng", Role::OfficeLeader),
    ("minzheng", "秦梅", "minzheng", Role::CivilReg),
    ("minzheng-lead", "方振海", "minzheng", Role::CivilLeader),
    ("caizheng", "钱立", "caizheng", Role::Finance),
    ("jiguan", "房卫东", "jiguan", Role::Jiguan),
    ("zuzhi", "郑红", "zuzhi", Role::OrgDept),
    ("renshe", "任建华", "renshe", Role::Hrss),
    ("bianban", "边晓光", "bianban", Role::Bianban),
    ("shenji", "沈明", "shenji", Role::Audit),
    ("fagai", "范志强", "fagai", Role::Ndrc),
    ("gongxin", "宫丽", "gongxin", Role::UnitClerk),
    ("gongxin-lead", "龚伟", "gongxin", Role::UnitLeader),
    ("jiaotong", "周敏", "jiaotong", Role::UnitClerk),
    ("jiaotong-lead", "焦永刚", "jiaotong", Role::UnitLeader),
    ("shangwu", "尚洁", "shangwu", Role::UnitClerk),
    ("shangwu-lead", "商建国", "shangwu", Role::UnitLeader),
    ("zhujian", "朱琳", "zhujian", Role::UnitClerk),
    ("zhujian-lead", "祝凯", "zhujian", Role::UnitLeader),
    ("nongye", "农晓燕", "nongye", Role::UnitClerk),
    ("nongye-lead", "聂志军", "nongye", Role::UnitLeader),
    ("wenguang", "文佳", "wenguang", Role::UnitClerk),
    ("wenguang-lead", "温海涛", "wenguang", Role::UnitLeader),
    ("jiaoyu", "焦玉", "jiaoyu", Role::UnitClerk),
    ("jiaoyu-lead", "季学东", "jiaoyu", Role::UnitLeader),
    ("gongshanglian", "巩晨", "gongshanglian", Role::UnitClerk),
    (
        "gongshanglian-lead",
        "龚尚德",
        "gongshanglian",
        Role::UnitLeader,
    ),
    ("observer", "石林", "observer", Role::Superior),
    ("xiehui", "李秘书长", "jiaotong", Role::Association),
    ("office-2", "高岩", "minzheng", Role::OfficeClerk),
    ("office-lead-2", "卢志远", "minzheng", Role::OfficeLeader),
];

/// User names and who they are, for the announcement at start.
#[must_use]
pub fn accounts(company: &Company) -> Vec<(&'static str, String)> {
    company
        .people
        .iter()
        .map(|(username, name, _, role)| (*username, format!("{} {name}", role.label())))
        .collect()
}

/// The people with their departments, and the days of the story.
pub struct Cast {
    /// The days.
    pub days: Days,
    company: &'static Company,
    actors: BTreeMap<&'static str, Actor>,
    departments: BTreeMap<String, DepartmentId>,
}

impl Cast {
    /// Enters units and people; all have the demonstration's password. The
    /// demonstration will be seen on the day that it is told to.
    #[expect(
        clippy::disallowed_methods,
        reason = "the story's days answer to the days as written"
    )]
    pub async fn assemble(
        app: &Program,
        password: &str,
        (company, until): (&'static Company, NaiveDate),
    ) -> Result<Self, DemoError> {
        let calendar = Calendar::of(&app.as_written().campaign.parameters);
        let days = Days::new(app.clock.clone(), calendar)?;
        let campaign = app.database.campaign().0;
        let hash = passwords::hash(app, password.to_owned())
            .await
            .map_err(|_| DemoError::Refused("the password could not be hashed".to_owned()))?;
        let request = Request::internal(days.clock());
        let mut write = Write::begin_as(&app.database, None, &request).await?;
        enter_units(&mut write, company).await?;
        sqlx::query!(
            "update campaign set demonstration = true, demonstration_day = $2 where id = $1",
            campaign,
            until
        )
        .execute(write.connection())
        .await?;
        let at = request.wall.to_utc();
        for (username, name, _, _) in company.people {
            store::add_account(&mut write, (username, name, &hash), at).await?;
        }
        // Demonstration accounts are ready to use: their password is not a first one.
        sqlx::query!("update account set must_change_password = false")
            .execute(write.connection())
            .await?;
        let record = Record::new(
            Act::AccountCreate,
            "campaign",
            i64::from(campaign),
            "建立演示账号",
        );
        write.record(record).await?;
        let list = store::departments(&mut app.database.read().await?).await?;
        let departments: BTreeMap<String, DepartmentId> = list
            .iter()
            .map(|each| (each.code.clone(), each.id))
            .collect();
        let names: BTreeMap<String, String> = list
            .into_iter()
            .map(|each| (each.code, each.name))
            .collect();
        let mut cast = Self {
            days,
            company,
            actors: BTreeMap::new(),
            departments,
        };
        cast.give_capacities(app, &names).await?;
        Ok(cast)
    }

    async fn give_capacities(
        &mut self,
        app: &Program,
        names: &BTreeMap<String, String>,
    ) -> Result<(), DemoError> {
        let campaign = app.database.campaign().0;
        let request = Request::internal(self.days.clock());
        let mut write = Write::begin_as(&app.database, None, &request).await?;
        for &(username, name, code, role) in self.company.people {
            let department = self.department(code)?;
            let Some(credentials) = store::credentials(&mut write, username).await? else {
                return Err(DemoError::Refused(format!("no account {username}")));
            };
            if role != Role::Association {
                store::add_capacity(&mut write, credentials.account, (department, role), None)
                    .await?;
            }
            let capacity = Capacity {
                id: CapacityId(0),
                department,
                department_name: names.get(code).cloned().unwrap_or_default(),
                role,
                association: None,
                association_name: None,
                on_behalf_of: None,
            };
            let actor = Actor {
                account: credentials.account,
                username: username.to_owned(),
                name: name.to_owned(),
                held: vec![capacity.clone()],
                capacity,
                must_change_password: false,
            };
            self.actors.insert(username, actor);
        }
        write
            .record(Record::new(
                Act::AccountChange,
                "campaign",
                i64::from(campaign),
                "授予演示账号身份",
            ))
            .await?;
        Ok(())
    }

    /// A department by its code.
    pub fn department(&self, code: &str) -> Result<DepartmentId, DemoError> {
        self.departments
            .get(code)
            .copied()
            .ok_or_else(|| DemoError::Refused(format!("no department {code}")))
    }

    /// A clerk of a supervising unit, by the unit's key.
    #[must_use]
    pub fn clerk_of(&self, department: DepartmentId) -> Option<&'static str> {
        let clerks = self.actors.iter();
        clerks
            .filter(|(_, actor)| actor.role() == Role::UnitClerk)
            .find(|(_, actor)| actor.department() == department)
            .map(|(username, _)| *username)
    }

    /// An association's whole name.
    #[must_use]
    pub fn named(&self, name: &str) -> String {
        format!("{}{name}", self.company.place)
    }

    /// The day of this scheme that answers to one of Lüyuan's.
    pub fn day(&self, day: Day) -> Result<NaiveDate, DemoError> {
        self.days.date(day)
    }

    /// A document's number in the year of a day: 绿请〔2018〕31号.
    pub fn number(&self, kind: &str, day: Day, serial: impl std::fmt::Display) -> String {
        let year = self.day(day).map_or(0, |day| day.year());
        format!("{}{kind}〔{year}〕{serial}号", self.company.mark)
    }

    /// A person of the story.
    pub fn actor(&self, username: &str) -> Result<Actor, DemoError> {
        let actor = self.actors.get(username).cloned();
        actor.ok_or_else(|| DemoError::Refused(format!("nobody is called {username}")))
    }

    /// A person on a day, month and day of Lüyuan's 2018, once it has come.
    pub async fn on(&self, username: &str, day: Day) -> Result<Who, DemoError> {
        self.days.come(day).await?;
        Ok(Who {
            actor: self.actor(username)?,
            request: Request::internal(self.days.clock()),
        })
    }
}

async fn enter_units(write: &mut Write, company: &Company) -> Result<(), DemoError> {
    for &(code, name, short, kind, law) in company.units.iter().chain([&company.superior]) {
        let unit = store::Department {
            id: DepartmentId(0),
            code: code.to_owned(),
            name: name.to_owned(),
            short_name: short.to_owned(),
            kind: kind.to_owned(),
            civil_service_law: law.to_owned(),
            competences: Vec::new(),
            supervises: code != company.superior.0,
        };
        store::add_department(write, &unit).await?;
    }
    Ok(())
}
