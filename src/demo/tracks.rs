//! The five tracks of the demonstration: evidence, reports, verifications.

use crate::access::Who;
use crate::crossings::registering;
use crate::ids::AssociationId;
use crate::progress::acts::evidence::{self, Filing};
use crate::progress::acts::{self as progress, At};
use crate::progress::rules::{Deed, Item};
use crate::progress::store::{self as items, NewEvidence};
use crate::registrations::acts as registrations;
use crate::registrations::rules::{Application, Kind, Organ, Outcome, SupervisorColumn, Verdict};

use super::DemoError;
use super::associations::Until;
use super::carrying::person_of;
use super::days::{Day, life};
use super::story::{SEEN, Story, went};

/// Items of the worked example that wait for their own legal deadline.
const WAITS: [&str; 3] = ["T1-02", "T3-11", "T3-12"];

/// Days after 1 November on which an item is proved; `number` counts the items.
fn days_on(until: Until, item: &Item, number: u32) -> u32 {
    match until {
        Until::Percent(share) if share < 100 => number,
        // Where all is done, nothing is left waiting.
        Until::Example => on_the_days_of_the_domain(item, number % 10),
        _ => number % 10,
    }
}

/// In the worked example nothing is proved before it happened (domain 12.1).
fn on_the_days_of_the_domain(item: &Item, number: u32) -> u32 {
    match item.measure.as_str() {
        // Two functions were handed over on 5 November, the computers on the 6th.
        "T2-05" | "T2-06" => number.max(4),
        "T3-10" => number.max(5),
        // Placed on 12 November, post given back on the 9th.
        "T4-06" => 12,
        "T4-11" => 9,
        // Contracts 3 of 3 on 1 November.
        "T4-08" => 0,
        _ => number,
    }
}

/// What is noted on an item of the worked example, and when (domain 12.1): the account
/// on 30 October, books and seals on 2 November.
fn noted(item: &Item) -> Option<(Day, &'static str)> {
    match item.measure.as_str() {
        "T3-03" => Some(((10, 30), "协会独立账号已开立")),
        "T3-05" => Some(((11, 2), "账册、印鉴、票据已移交协会")),
        _ => None,
    }
}

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
        // The people are put right before T4 is reported.
        if five.iter().take(share).any(|item| item.track == "T4") {
            lives.push(life(self.clear_posts(id, until == Until::Example)));
        }
        for (item, number) in five.into_iter().take(share).zip(0_u32..) {
            if until == Until::Example && WAITS.contains(&item.measure.as_str()) {
                continue;
            }
            let number = days_on(until, item, number);
            let note = noted(item).filter(|_| until == Until::Example);
            lives.push(life(async move {
                if let Some(note) = note {
                    self.note(id, item, note).await?;
                }
                self.settle(id, item, number).await
            }));
        }
        self.cast.days.together(lives).await
    }

    async fn note(
        &self,
        id: AssociationId,
        item: &Item,
        (day, note): (Day, &str),
    ) -> Result<(), DemoError> {
        let clerk = self.clerk(id, day).await?;
        let deed = Deed::Save {
            note: note.to_owned(),
            done_on: Some(clerk.today()),
        };
        self.perform((id, item), &clerk, &deed).await
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

    /// What civil affairs registers: received on a day, and two days later its result.
    async fn register(
        &self,
        id: AssociationId,
        kind: Kind,
        (day, number): (u32, u32),
    ) -> Result<(), DemoError> {
        let civil = self.cast.on("minzheng", (11, day)).await?;
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
        // Some still wait for their result.
        if number % 11 == 10 {
            return Ok(());
        }
        let civil = self.cast.on("minzheng", (11, day + 2)).await?;
        let outcome = Outcome {
            verdict: Verdict::Granted,
            decided_on: civil.today(),
            document: Some(self.cast.number("社证", (11, day + 2), registration)),
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

    /// Evidence, report, and a few days later the verification.
    async fn settle(&self, id: AssociationId, item: &Item, number: u32) -> Result<(), DemoError> {
        let scheme = self.app.in_force().await?.scheme;
        let measure = scheme
            .measure(&item.measure)
            .ok_or_else(|| DemoError::Refused(format!("no measure {}", item.measure)))?;
        let day = 1 + number % 14;
        if let Some(kind) = Kind::of_measure(&item.measure) {
            return self.register(id, kind, (day + 1, number)).await;
        }
        if let Some(kind) = measure.evidence.first() {
            let clerk = self.clerk(id, (11, day)).await?;
            let paper = NewEvidence {
                kind: kind.clone(),
                document_number: self.cast.number("脱证", (11, day), item.id),
                document_date: clerk.today(),
                issuer: "业务主管单位".to_owned(),
            };
            let at = At {
                association: id,
                item: item.id,
            };
            let filing = Filing {
                paper: Some((paper, None)),
                ..Filing::default()
            };
            let write = self.app.write(&clerk).await?;
            went("attach", evidence::file(write, at, SEEN, filing).await)?;
        }
        let leader = self.leader(id, (11, day + 1)).await?;
        self.perform((id, item), &leader, &Deed::Report).await?;
        // Some still wait for the department that verifies them.
        if number % 11 == 10 {
            return Ok(());
        }
        let verifier = measure
            .verify
            .first()
            .map_or("office", |competence| person_of(competence));
        let who = self.cast.on(verifier, (11, day + 3)).await?;
        self.perform((id, item), &who, &Deed::Verify).await
    }
}
