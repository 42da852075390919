//! What happened from August to 22 November 2018, act by act.

use chrono::NaiveDate;

use crate::access::Seen;
use crate::accounts::store as accounts_store;
use crate::ids::AssociationId;
use crate::registry::acts as registry;
use crate::registry::credit_code;
use crate::registry::rules::{Scope, TieKind};
use crate::registry::store::{Entry, NewTie};
use crate::scheme::Answers;
use crate::survey::acts as survey;
use crate::web::Program;

use super::DemoError;
use super::associations::{EXAMPLE, OTHERS, Reach, Told};
use super::carrying::{Carrying, Until};
use super::cast::{Cast, LVYUAN, UNITS};
use super::{names, settings, surveys};

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

/// Tells the whole story.
pub async fn tell(app: &Program, password: &str) -> Result<(), DemoError> {
    let cast = Cast::assemble(app, password, &LVYUAN).await?;
    settings::early(app, &cast).await?;
    let story = Story { app, cast };
    let example = story.example().await?;
    story.invite(example).await?;
    let mut entered = vec![("jiaotong", example, Reach::Far)];
    for (told, number) in OTHERS.iter().zip(1..) {
        let id = story.association(told, number).await?;
        entered.push((told.unit, id, told.reach));
    }
    story.nil_reports().await?;
    story.later(example, &entered).await
}

/// How far the plans get, in turn; the worked example's is told by itself.
const ENDS: [Until; 12] = [
    Until::Percent(100),
    Until::Percent(90),
    Until::Submitted,
    Until::Percent(70),
    Until::Percent(100),
    Until::UnderReview,
    Until::Percent(50),
    Until::Returned,
    Until::Percent(80),
    Until::Approved,
    Until::Draft,
    Until::Percent(30),
];

impl Story<'_> {
    async fn enter(
        &self,
        unit: &str,
        name: &str,
        number: i64,
        day: (u32, u32),
    ) -> Result<AssociationId, DemoError> {
        let who = self.cast.on(unit, day)?;
        let seventeen = format!("51220106MJ{:07}", 10_000 + number * 13);
        let years = if name == EXAMPLE {
            2009
        } else {
            2004 + i32::try_from(number % 12).unwrap_or(0)
        };
        let entry = Entry {
            name: format!("长春市绿园区{name}"),
            uscc: if name == EXAMPLE {
                Some("51220106MJ00001065".to_owned())
            } else {
                credit_code::with_check(&seventeen)
            },
            uscc_note: None,
            certificate_no: None,
            registered_on: NaiveDate::from_ymd_opt(years, 5, 18).unwrap_or_default(),
            registrar: self.app.in_force().await?.scheme.campaign.registrar.clone(),
            domicile: format!("长春市绿园区春城大街{}号", 100 + number),
            legal_representative: if name == EXAMPLE {
                "孙某".to_owned()
            } else {
                names::person(number, 1)
            },
            business_scope: "行业自律、信息交流、业务培训、咨询服务".to_owned(),
            member_basis: if unit == "gongshanglian" {
                "same_territory_orgs"
            } else {
                "same_activity_units"
            }
            .to_owned(),
            direct_registration: false,
        };
        let tie = if unit == "gongshanglian" {
            TieKind::Host
        } else {
            TieKind::Supervise
        };
        let (write, unit) = (self.app.write(&who).await?, self.cast.department(unit)?);
        went(
            "register",
            registry::register(write, unit, &entry, tie).await,
        )
    }

    pub(super) async fn decide_scope(
        &self,
        id: AssociationId,
        day: (u32, u32),
    ) -> Result<(), DemoError> {
        let who = self.cast.on("office-lead", day)?;
        let (write, reason) = (self.app.write(&who).await?, "符合方案规定的三项条件");
        let decided =
            registry::decide_scope(write, id, SEEN, Scope::In, Some(reason.to_owned())).await;
        went("scope", decided)
    }

    pub(super) async fn known(&self, id: AssociationId) -> Result<Answers, DemoError> {
        let known = survey::known(&mut self.app.database.read().await?, id).await?;
        known.ok_or_else(|| DemoError::Refused("no association".to_owned()))
    }

    /// Domain 12.1, as far as today's rooms go.
    async fn example(&self) -> Result<AssociationId, DemoError> {
        let id = self.enter("jiaotong", EXAMPLE, 0, (8, 20)).await?;
        let who = self.cast.on("jiaotong", (8, 21))?;
        let liaison = NewTie {
            kind: TieKind::Liaise,
            department: self.cast.department("gongxin")?,
            via_subordinate: None,
            basis: "绿工信发〔2012〕8号".to_owned(),
            started_on: NaiveDate::from_ymd_opt(2012, 3, 1),
            is_primary: false,
        };
        let tied = registry::add_tie(self.app.write(&who).await?, id, &liaison).await;
        went("tie", tied)?;
        self.decide_scope(id, (8, 27)).await?;
        let known = self.known(id).await?;
        let answers = surveys::worked_example(&known);
        let sections = self.app.in_force().await?.scheme.survey.sections.len();
        self.fill((id, "jiaotong"), &answers, sections, (9, 10))
            .await?;
        self.submit(id, "jiaotong", &answers, (9, 12)).await?;
        self.confirm(id, (9, 14)).await?;
        Ok(id)
    }

    /// The association's own account.
    pub(super) async fn invite(&self, example: AssociationId) -> Result<(), DemoError> {
        let who = self.cast.on("admin", (8, 22))?;
        let account = self.cast.on("xiehui", (8, 22))?.actor.account;
        let department = self.cast.department("jiaotong")?;
        let mut write = self.app.write(&who).await?;
        let capacity = (department, crate::access::Role::Association);
        accounts_store::add_capacity(&mut write, account, capacity, Some(example.0)).await?;
        let record = crate::audit::Record::new(
            crate::access::Act::AccountChange,
            "account",
            account.0,
            "邀请协会账号",
        );
        write.record(record).await?;
        Ok(())
    }

    async fn association(&self, told: &Told, number: i64) -> Result<AssociationId, DemoError> {
        let day = 20 + u32::try_from(number % 8).unwrap_or(0);
        let id = self.enter(told.unit, told.name, number, (8, day)).await?;
        if told.reach != Reach::Registered {
            self.survey_of(id, told, number).await?;
        }
        Ok(id)
    }

    async fn survey_of(
        &self,
        id: AssociationId,
        told: &Told,
        number: i64,
    ) -> Result<(), DemoError> {
        self.decide_scope(id, (8, 29)).await?;
        let known = self.known(id).await?;
        let answers = surveys::typical(&known, number, told.traits);
        let all = self.app.in_force().await?.scheme.survey.sections.len();
        let sections = if told.reach == Reach::Surveying {
            3
        } else {
            all
        };
        self.fill((id, told.unit), &answers, sections, (9, 5))
            .await?;
        if told.reach == Reach::Surveying {
            return Ok(());
        }
        self.submit(id, told.unit, &answers, (9, 11)).await?;
        match told.reach {
            Reach::Submitted => Ok(()),
            Reach::Returned => self.send_back(id, (9, 17)).await,
            _ => self.confirm(id, (9, 14)).await,
        }
    }

    /// List, plans and tracks. Units whose surveys are not all confirmed cannot
    /// recommend yet: they are late, and the list goes out without them (TC-54).
    async fn later(
        &self,
        example: AssociationId,
        entered: &[(&str, AssociationId, Reach)],
    ) -> Result<(), DemoError> {
        let carrying = Carrying {
            app: self.app,
            cast: &self.cast,
        };
        let (mut open, mut listed) = (Vec::new(), Vec::new());
        for (unit, name, ..) in UNITS {
            let own: Vec<_> = entered.iter().filter(|(of, _, _)| *of == unit).collect();
            if own.is_empty() {
                continue;
            }
            if own.iter().any(|(_, _, reach)| {
                matches!(reach, Reach::Surveying | Reach::Submitted | Reach::Returned)
            }) {
                open.push(name.to_owned());
                continue;
            }
            let of = |far: bool| -> Vec<AssociationId> {
                own.iter()
                    .filter(|(_, _, reach)| {
                        (*reach == Reach::Far) == far && *reach != Reach::Registered
                    })
                    .map(|(_, id, _)| *id)
                    .collect()
            };
            carrying.recommend(unit, &of(true), &of(false)).await?;
            listed.extend(of(true).into_iter().map(|id| (unit, id)));
        }
        carrying.publish(&open).await?;
        // Two replies come before the worked example's, which is number three.
        let (mut first, mut number) = (0, 0);
        let mut carried = vec![(example, "jiaotong", Until::Example)];
        for (unit, id) in listed.iter().filter(|(_, id)| *id != example) {
            let until = ENDS
                .get(number % ENDS.len())
                .copied()
                .unwrap_or(Until::Draft);
            carrying.plan((*id, unit), number, until).await?;
            carried.push((*id, *unit, until));
            number += 1;
            first += usize::from(matches!(until, Until::Percent(_) | Until::Approved));
            if first == 2 {
                carrying
                    .plan((example, "jiaotong"), number, Until::Example)
                    .await?;
                first += 1;
            }
        }
        super::changes::tell(self.app, &self.cast, &carried).await?;
        super::exits::tell(self.app, &self.cast).await?;
        super::timeline::tell(self.app, &self.cast, example).await?;
        super::posts::tell(self.app, &self.cast).await?;
        super::reminders::tell(self.app, &self.cast).await?;
        settings::late(self.app, &self.cast, example).await
    }

    /// Units without associations say so (TC-04).
    async fn nil_reports(&self) -> Result<(), DemoError> {
        for (unit, ..) in UNITS {
            if unit == "jiaotong" || OTHERS.iter().any(|told| told.unit == unit) {
                continue;
            }
            let who = self.cast.on(&format!("{unit}-lead"), (9, 13))?;
            let write = self.app.write(&who).await?;
            went("nil", survey::report_nil(write, SEEN).await)?;
        }
        Ok(())
    }
}
