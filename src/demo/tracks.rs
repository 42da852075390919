//! The five tracks of the demonstration: evidence, reports, verifications.

use chrono::NaiveDate;

use crate::access::Who;
use crate::accounts::store::departments;
use crate::crossings::registering;
use crate::holdings::store as holdings;
use crate::ids::AssociationId;
use crate::progress::acts::evidence::{self, Filing};
use crate::progress::acts::ties::of_item;
use crate::progress::acts::{self as progress, At};
use crate::progress::rules::facts::ENDS_TIES;
use crate::progress::rules::{Deed, Item};
use crate::progress::store::{self as items, NewEvidence};
use crate::registrations::acts as registrations;
use crate::registrations::rules::{Application, Kind, Organ, Outcome, SupervisorColumn, Verdict};
use crate::registry::acts as registry;
use crate::registry::store::{self as registry_store, Tie};
use crate::scheme::{Answers, Measure};

use super::DemoError;
use super::associations::Until;
use super::carrying::person_of;
use super::days::{Day, life};
use super::facts::Telling;
use super::story::{SEEN, Story, went};

/// Items of the worked example that wait for their own legal deadline.
const WAITS: [&str; 3] = ["T1-02", "T3-11", "T3-12"];

/// What a department itself confirms: the measure, its competence, the mark of its papers.
const CONFIRMED: [(&str, &str, &str); 5] = [
    ("T3-06", "CZ", "财证"),
    ("T4-11", "BB", "编"),
    ("T4-12", "RS", "人社"),
    ("T5-01", "ZZ", "组"),
    ("T5-02", "ZZ", "组"),
];

/// The number of the approval of a party body, among the facts of T5-02.
const APPROVED_BY: &str = "T5-02-2";

/// When an item is proved, reported and verified.
#[derive(Clone, Copy)]
struct Dates {
    proved: Day,
    reported: Day,
    verified: Day,
}

impl Dates {
    /// In November from a day on; `number` counts the items.
    const fn of(number: u32) -> Self {
        let day = 1 + number % 14;
        Self {
            proved: (11, day),
            reported: (11, day + 1),
            verified: (11, day + 3),
        }
    }
}

/// When an item is done with; `number` counts the items.
fn dates(until: Until, item: &Item, number: u32) -> Dates {
    match until {
        Until::Percent(share) if share < 100 => Dates::of(number),
        Until::Example => of_the_domain(item, number % 10),
        // Where all is done, nothing is left waiting.
        _ => Dates::of(number % 10),
    }
}

/// In the worked example nothing is proved before it happened (domain 12.1).
fn of_the_domain(item: &Item, number: u32) -> Dates {
    let (proved, reported, verified) = match item.measure.as_str() {
        // The last tie was ended on 26 October.
        "T1-01" => ((10, 26), (10, 29), (10, 31)),
        // The account on 30 October, books and seals on 2 November.
        "T3-03" => ((10, 30), (10, 31), (11, 2)),
        "T3-05" => ((11, 2), (11, 5), (11, 7)),
        // Repaid on 30 October, verified on 1 November.
        "T3-06" => ((10, 30), (10, 31), (11, 1)),
        // Two functions were handed over on 5 November, the computers on the 6th.
        "T2-05" | "T2-06" => return Dates::of(number.max(4)),
        "T3-10" => return Dates::of(number.max(5)),
        // Placed on 12 November, post given back on the 9th.
        "T4-06" => ((11, 12), (11, 13), (11, 15)),
        "T4-11" => ((11, 9), (11, 12), (11, 14)),
        // Contracts 3 of 3 on 1 November.
        "T4-08" => ((11, 1), (11, 2), (11, 5)),
        // Received on 14 November, the branch approved on the 15th.
        "T5-01" => ((11, 14), (11, 15), (11, 16)),
        "T5-02" => ((11, 15), (11, 15), (11, 19)),
        _ => return Dates::of(number),
    };
    Dates {
        proved,
        reported,
        verified,
    }
}

/// By what the worked example's responsible unit ends its tie, and by what 工信局 does.
const ENDS_OWN: &str = "绿交发〔2018〕40号";
const ENDS_LINKED: &str = "绿工信发〔2018〕19号";

impl Story<'_> {
    /// Carries out as many items as told, beside the registers that they rest on.
    pub(super) async fn carry_out(&self, id: AssociationId, until: Until) -> Result<(), DemoError> {
        let list = items::items(&mut self.app.database.read().await?, id).await?;
        let five: Vec<&Item> = list.iter().filter(|item| item.track != "T6").collect();
        let share = match until {
            Until::Percent(share) => five.len() * share / 100,
            _ => five.len(),
        };
        let mut lives = vec![life(self.record_holdings(id, until))];
        if five
            .iter()
            .take(share)
            .any(|item| item.measure == ENDS_TIES)
        {
            lives.push(life(self.end_ties(id, until)));
        }
        // The people are put right before T4 is reported.
        if five.iter().take(share).any(|item| item.track == "T4") {
            lives.push(life(self.clear_posts(id, until == Until::Example)));
        }
        for (item, number) in five.into_iter().take(share).zip(0_u32..) {
            let waits = until == Until::Example && WAITS.contains(&item.measure.as_str());
            // What was settled before the reply is done.
            if waits || item.state.resolved() {
                continue;
            }
            let dates = dates(until, item, number);
            // Some still wait for the department that verifies them.
            let waits = !matches!(until, Until::Example | Until::Percent(100)) && number % 11 == 10;
            lives.push(life(self.settle(id, (item, until), dates, waits)));
        }
        self.cast.days.together(lives).await
    }

    /// Every organ ends its own tie: the responsible unit the day after the reply, whoever
    /// was told of it on the day that it named.
    async fn end_ties(&self, id: AssociationId, until: Until) -> Result<(), DemoError> {
        let brief = registry_store::brief(&mut self.app.database.read().await?, id).await?;
        let own = brief.map(|brief| brief.department);
        let ties = registry_store::ties(&mut self.app.database.read().await?, id).await?;
        let living = ties.iter().filter(|tie| tie.ended_on.is_none());
        let mut ends: Vec<(&Tie, Day)> = living
            .map(|tie| {
                (
                    tie,
                    if Some(tie.department) == own {
                        (10, 25)
                    } else {
                        (10, 26)
                    },
                )
            })
            .collect();
        ends.sort_by_key(|(_, day)| *day);
        for (tie, day) in ends {
            let Some(clerk) = self.cast.clerk_of(tie.department) else {
                continue;
            };
            let who = self.cast.on(clerk, day).await?;
            let document = match until {
                Until::Example if tie.is_primary => ENDS_OWN.to_owned(),
                Until::Example => ENDS_LINKED.to_owned(),
                _ => self.cast.number("脱函", day, tie.id),
            };
            let write = self.app.write(&who).await?;
            let on = self.cast.day(day)?;
            let ended = registry::end_tie(write, (id, tie.id), SEEN, on, &document).await;
            went("end tie", ended)?;
        }
        Ok(())
    }

    async fn perform(
        &self,
        (association, item): (AssociationId, &Item),
        who: &Who,
        deed: &Deed,
    ) -> Result<(), DemoError> {
        let at = At {
            association,
            item: item.id,
        };
        let write = self.app.write(who).await?;
        went(
            &item.measure,
            progress::perform(write, at, SEEN, deed).await,
        )
    }

    /// What civil affairs registers: what it received, and a few days later its result.
    async fn register(
        &self,
        id: AssociationId,
        kind: Kind,
        dates: Dates,
        waits: bool,
    ) -> Result<(), DemoError> {
        let civil = self.cast.on("minzheng", dates.reported).await?;
        let meets = kind.needs_meeting();
        let application = Application {
            organ: meets.then_some(Organ::Assembly),
            met_on: meets.then(|| civil.today()),
            votes: None,
            consented_on: None,
            content: kind.content().map(|_| "见变更登记表".to_owned()),
            applied_on: civil.today(),
        };
        let write = self.app.write(&civil).await?;
        let entered = registering::enter(write, (id, kind), &application).await;
        let registration = went("receive", entered)?;
        if waits {
            return Ok(());
        }
        let civil = self.cast.on("minzheng", dates.verified).await?;
        let outcome = Outcome {
            verdict: Verdict::Granted,
            decided_on: civil.today(),
            document: Some(self.cast.number("社证", dates.verified, registration)),
            column: (kind == Kind::Certificate).then_some(SupervisorColumn::Blank),
            opinion: None,
        };
        let at = registrations::At {
            association: id,
            registration,
        };
        let write = self.app.write(&civil).await?;
        let decided = registering::decide(write, at, SEEN, &outcome).await;
        went("register", decided)
    }

    /// Facts and evidence, the report, and a few days later the verification.
    async fn settle(
        &self,
        id: AssociationId,
        (item, until): (&Item, Until),
        dates: Dates,
        waits: bool,
    ) -> Result<(), DemoError> {
        if let Some(kind) = Kind::of_measure(&item.measure) {
            return self.register(id, kind, dates, waits).await;
        }
        let scheme = self.app.in_force().await?.scheme;
        let measure = scheme
            .measure(&item.measure)
            .ok_or_else(|| DemoError::Refused(format!("no measure {}", item.measure)))?;
        if !measure.facts.is_empty() || !measure.evidence.is_empty() {
            let clerk = self.clerk(id, dates.proved).await?;
            let filing = self
                .filing((id, item), measure, (until, dates.proved))
                .await?;
            let at = At {
                association: id,
                item: item.id,
            };
            let write = self.app.write(&clerk).await?;
            went("file", evidence::file(write, at, SEEN, filing).await)?;
        }
        let leader = self.leader(id, dates.reported).await?;
        self.perform((id, item), &leader, &Deed::Report).await?;
        if waits {
            return Ok(());
        }
        let verifier = measure
            .verify
            .first()
            .map_or("office", |competence| person_of(competence));
        let who = self.cast.on(verifier, dates.verified).await?;
        self.perform((id, item), &who, &Deed::Verify).await
    }

    /// What the clerk files on the day of the proof.
    pub(super) async fn filing(
        &self,
        (id, item): (AssociationId, &Item),
        measure: &Measure,
        (until, day): (Until, Day),
    ) -> Result<Filing, DemoError> {
        let on = self.cast.day(day)?;
        let scheme = self.app.in_force().await?.scheme;
        let source = holdings::source(&mut self.app.database.read().await?, id).await?;
        let party = scheme.campaign.party_body.as_str();
        let bodies = scheme.campaign.departments.iter();
        let mut bodies = bodies.filter(|department| department.code.get_ref() == party);
        let telling = Telling {
            survey: &source.survey,
            party_body: bodies.next().map_or(party, |department| &department.name),
            until,
        };
        let mut facts = telling.facts((item, measure), on);
        let of = (measure, &source.survey);
        let (number, issuer, dated) = self.issued((id, item), of, day).await?;
        if facts.has(APPROVED_BY) {
            facts.set(APPROVED_BY, Some(number.clone().into()));
        }
        let paper = measure.evidence.first().map(|kind| NewEvidence {
            kind: kind.clone(),
            document_number: number,
            document_date: dated,
            issuer,
            date_note: None,
        });
        Ok(Filing {
            standing: (!measure.facts.is_empty()).then(|| (String::new(), facts)),
            paper: paper.map(|paper| (paper, None)),
            ..Filing::default()
        })
    }

    /// The number of what proves an item, who issued it and when: the organ that ended its tie,
    /// the department that confirms it, else the unit.
    async fn issued(
        &self,
        (id, item): (AssociationId, &Item),
        (measure, survey): (&Measure, &Answers),
        day: Day,
    ) -> Result<(String, String, NaiveDate), DemoError> {
        let on = self.cast.day(day)?;
        if item.measure == ENDS_TIES {
            let ties = registry_store::ties(&mut self.app.database.read().await?, id).await?;
            let own = of_item(measure, item, (survey, &ties));
            let ended = own.iter().find_map(|tie| {
                let by = tie.ended_by.clone()?;
                Some((by, tie.department_name.clone(), tie.ended_on?))
            });
            if let Some(ended) = ended {
                return Ok(ended);
            }
        }
        let confirms = CONFIRMED.iter().find(|(code, ..)| *code == item.measure);
        let Some((_, competence, mark)) = confirms else {
            let unit = self.unit_name(id).await?;
            return Ok((self.cast.number("脱证", day, item.id), unit, on));
        };
        let scheme = self.app.in_force().await?.scheme;
        let mut departments = scheme.campaign.departments.iter();
        let with = |code: &String| code == competence;
        let issuer = departments.find(|each| each.competences.iter().any(with));
        let issuer = issuer.map(|each| each.name.clone());
        let issuer = match issuer {
            Some(issuer) => issuer,
            None => self.unit_name(id).await?,
        };
        Ok((self.cast.number(mark, day, item.id), issuer, on))
    }

    /// The code of the responsible unit, as answers have it.
    pub(super) async fn unit_code(&self, id: AssociationId) -> Result<String, DemoError> {
        let mut db = self.app.database.read().await?;
        let brief = registry_store::brief(&mut db, id).await?;
        let mut known = departments(&mut db).await?.into_iter();
        let own = known.find(|each| Some(each.id) == brief.as_ref().map(|brief| brief.department));
        Ok(own.map_or_else(String::new, |own| own.code))
    }

    /// The name of the responsible unit.
    async fn unit_name(&self, id: AssociationId) -> Result<String, DemoError> {
        let brief = registry_store::brief(&mut self.app.database.read().await?, id).await?;
        Ok(brief.map_or_else(String::new, |brief| brief.department_name))
    }
}
