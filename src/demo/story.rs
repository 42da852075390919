//! What happened from August to 22 November 2018, life by life: `days` plays all of
//! them in the order of days.

use chrono::NaiveDate;

use crate::access::{Seen, Who};
use crate::accounts::store as accounts_store;
use crate::ids::AssociationId;
use crate::registry::acts as registry;
use crate::registry::credit_code;
use crate::registry::rules::{Scope, TieKind};
use crate::registry::store::{self as registry_store, Entry, NewTie};
use crate::scheme::Answers;
use crate::survey::acts as survey;
use crate::web::Program;

use super::DemoError;
use super::associations::{EXAMPLE, Part, Reach, Told, parts};
use super::cast::{Cast, UNITS};
use super::days::{Day, Life, life};
use super::{names, surveys};

/// The teller: the application and its people.
pub(super) struct Story<'a> {
    pub(super) app: &'a Program,
    pub(super) cast: Cast,
}

/// A refusal in the story is a mistake in the story.
pub fn went<T, R: std::fmt::Debug>(what: &str, outcome: Result<T, R>) -> Result<T, DemoError> {
    outcome.map_err(|refusal| DemoError::Refused(format!("{what}: {refusal:?}")))
}

/// A story is told, not looked at on a screen.
pub const SEEN: Seen = Seen::any("the demonstration looks at nothing");

impl Story<'_> {
    /// All that happens in Lüyuan; what happens on one day happens in this order.
    pub(super) fn lives(&self) -> Vec<Life<'_>> {
        let mut lives = self.first_settings();
        let mut plans = 0;
        for part in parts() {
            lives.push(life(self.association(part, plans)));
            plans += usize::from(part.until.is_some());
        }
        for (unit, ..) in UNITS {
            lives.push(life(self.list_of(unit)));
        }
        lives.push(life(self.publication()));
        lives.extend(self.changes());
        lives.extend(self.exits());
        lives.extend(self.work_groups());
        lives.extend(self.activities());
        lives.extend(self.audits());
        lives.extend(self.people());
        lives.extend(self.reminders());
        lives.extend(self.handed_over());
        lives.extend(self.oversight());
        lives.extend(self.later_settings());
        lives
    }

    /// One association, from its entry as far as it gets.
    async fn association(&self, part: Part, serial: usize) -> Result<(), DemoError> {
        let (told, number) = (part.told, part.number);
        let id = self.enter(told, number).await?;
        if told.name == EXAMPLE.name {
            self.example(id).await?;
        } else if told.reach != Reach::Registered {
            self.survey_of(id, told, number).await?;
        }
        match part.until {
            Some(until) => self.plan(id, serial, until).await,
            None => Ok(()),
        }
    }

    async fn enter(&self, told: &Told, number: i64) -> Result<AssociationId, DemoError> {
        let day = 20 + u32::try_from(number % 8).unwrap_or(0);
        let who = self.cast.on(told.unit, (8, day)).await?;
        let seventeen = format!("51220106MJ{:07}", 10_000 + number * 13);
        let example = told.name == EXAMPLE.name;
        let host = told.unit == "gongshanglian";
        let years = if example {
            2009
        } else {
            2004 + i32::try_from(number % 12).unwrap_or(0)
        };
        let entry = Entry {
            name: self.cast.named(told.name),
            uscc: if example {
                Some("51220106MJ00001065".to_owned())
            } else {
                credit_code::with_check(&seventeen)
            },
            uscc_note: None,
            certificate_no: None,
            registered_on: NaiveDate::from_ymd_opt(years, 5, 18),
            registrar: self.app.in_force().await?.scheme.campaign.registrar.clone(),
            domicile: format!("长春市绿园区春城大街{}号", 100 + number),
            legal_representative: if example {
                "孙某".to_owned()
            } else {
                names::person(number, 1)
            },
            business_scope: "行业自律、信息交流、业务培训、咨询服务".to_owned(),
            member_basis: if host {
                "same_territory_orgs"
            } else {
                "same_activity_units"
            }
            .to_owned(),
            direct_registration: false,
        };
        let tie = if host {
            TieKind::Host
        } else {
            TieKind::Supervise
        };
        let write = self.app.write(&who).await?;
        let unit = self.cast.department(told.unit)?;
        went(
            "register",
            registry::register(write, unit, &entry, tie).await,
        )
    }

    /// Domain 12.1 up to the confirmed survey, as far as today's rooms go.
    async fn example(&self, id: AssociationId) -> Result<(), DemoError> {
        let who = self.clerk(id, (8, 21)).await?;
        let liaison = NewTie {
            kind: TieKind::Liaise,
            department: self.cast.department("gongxin")?,
            via_subordinate: None,
            basis: "绿工信发〔2012〕8号".to_owned(),
            started_on: NaiveDate::from_ymd_opt(2012, 3, 1),
            is_primary: false,
        };
        let tied = crate::crossings::ties::add(self.app.write(&who).await?, id, &liaison).await;
        went("tie", tied)?;
        self.invite(id).await?;
        self.decide_scope(id, (8, 27)).await?;
        let answers = surveys::worked_example(&self.known(id).await?);
        let sections = self.app.in_force().await?.scheme.survey.sections.len();
        self.fill(id, &answers, sections, (9, 10)).await?;
        self.submit(id, &answers, (9, 12)).await?;
        self.confirm(id, (9, 14)).await
    }

    async fn survey_of(
        &self,
        id: AssociationId,
        told: &Told,
        number: i64,
    ) -> Result<(), DemoError> {
        self.decide_scope(id, (8, 29)).await?;
        let answers = surveys::typical(&self.known(id).await?, number, told.traits);
        let all = self.app.in_force().await?.scheme.survey.sections.len();
        let sections = if told.reach == Reach::Surveying {
            3
        } else {
            all
        };
        self.fill(id, &answers, sections, (9, 5)).await?;
        if told.reach == Reach::Surveying {
            return Ok(());
        }
        self.submit(id, &answers, (9, 11)).await?;
        match told.reach {
            Reach::Submitted => Ok(()),
            Reach::Returned => self.send_back(id, (9, 17)).await,
            _ => self.confirm(id, (9, 14)).await,
        }
    }

    /// The association's own account.
    pub(super) async fn invite(&self, id: AssociationId) -> Result<(), DemoError> {
        let who = self.cast.on("admin", (8, 22)).await?;
        let account = self.cast.actor("xiehui")?.account;
        let department = self.cast.department("jiaotong")?;
        let mut write = self.app.write(&who).await?;
        let capacity = (department, crate::access::Role::Association);
        accounts_store::add_capacity(&mut write, account, capacity, Some(id.0)).await?;
        let record = crate::audit::Record::new(
            crate::access::Act::AccountChange,
            "account",
            account.0,
            "邀请协会账号",
        );
        write.record(record).await?;
        Ok(())
    }

    pub(super) async fn decide_scope(&self, id: AssociationId, day: Day) -> Result<(), DemoError> {
        let who = self.cast.on("office-lead", day).await?;
        let (write, reason) = (self.app.write(&who).await?, "符合方案规定的三项条件");
        let decided =
            registry::decide_scope(write, id, SEEN, Scope::In, Some(reason.to_owned())).await;
        went("scope", decided)
    }

    pub(super) async fn known(&self, id: AssociationId) -> Result<Answers, DemoError> {
        let known = survey::known(&mut self.app.database.read().await?, id).await?;
        known.ok_or_else(|| DemoError::Refused("no association".to_owned()))
    }

    /// An association that is on the register by now.
    pub(super) async fn find(&self, name: &str) -> Result<AssociationId, DemoError> {
        let key = crate::registry::names::key(&self.cast.named(name));
        registry_store::named(&mut self.app.database.read().await?, &key)
            .await?
            .ok_or_else(|| DemoError::Refused(format!("no association {name}")))
    }

    /// The unit that is responsible for an association by now.
    async fn unit_of(&self, id: AssociationId) -> Result<&'static str, DemoError> {
        let brief = registry_store::brief(&mut self.app.database.read().await?, id).await?;
        brief
            .and_then(|brief| self.cast.clerk_of(brief.department))
            .ok_or_else(|| DemoError::Refused(format!("nobody answers for {id:?}")))
    }

    /// The clerk of an association's unit, on a day.
    pub(super) async fn clerk(&self, id: AssociationId, day: Day) -> Result<Who, DemoError> {
        self.cast.days.come(day).await?;
        self.cast.on(self.unit_of(id).await?, day).await
    }

    /// The leader of an association's unit, on a day.
    pub(super) async fn leader(&self, id: AssociationId, day: Day) -> Result<Who, DemoError> {
        self.cast.days.come(day).await?;
        let unit = self.unit_of(id).await?;
        self.cast.on(&format!("{unit}-lead"), day).await
    }
}
