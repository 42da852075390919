//! The five tracks of the demonstration: evidence, reports, verifications.

use crate::access::Who;
use crate::ids::AssociationId;
use crate::progress::acts::evidence::{self, Filing};
use crate::progress::acts::{self as progress, At};
use crate::progress::rules::{Deed, Item};
use crate::progress::store::{self as items, NewEvidence};

use super::DemoError;
use super::carrying::{Carrying, Until, person_of};
use super::story::{SEEN, went};

/// Items of the worked example that wait for their own legal deadline.
const WAITS: [&str; 3] = ["T1-02", "T3-11", "T3-12"];

/// In the worked example nothing is proved before it happened: two functions were
/// handed over on 5 November, the computers returned on the 6th (domain 12.1).
fn not_before(until: Until, item: &Item) -> u32 {
    match item.measure.as_str() {
        "T2-05" | "T2-06" if until == Until::Example => 4,
        "T3-10" if until == Until::Example => 5,
        _ => 0,
    }
}

impl Carrying<'_> {
    /// Carries out as many items as told.
    pub(super) async fn carry_out(
        &self,
        (id, unit): (AssociationId, &str),
        until: Until,
    ) -> Result<(), DemoError> {
        self.record_holdings((id, unit), until).await?;
        let list = items::items(&mut self.app.database.read().await?, id).await?;
        let five: Vec<&Item> = list.iter().filter(|item| item.track != "T6").collect();
        let share = match until {
            Until::Percent(share) => five.len() * share / 100,
            _ => five.len(),
        };
        // The people are put right before T4 is reported.
        if five.iter().take(share).any(|item| item.track == "T4") {
            super::posts::settle(self, (id, unit), until == Until::Example).await?;
        }
        for (item, number) in five.into_iter().take(share).zip(0_u32..) {
            if until == Until::Example && WAITS.contains(&item.measure.as_str()) {
                continue;
            }
            // Where all is done, nothing is left waiting.
            let number = if matches!(until, Until::Percent(share) if share < 100) {
                number
            } else {
                number % 10
            };
            let number = number.max(not_before(until, item));
            // Domain 12.1: placed on 12 November, post given back on the 9th.
            let number = match (until, item.measure.as_str()) {
                (Until::Example, "T4-06") => 12,
                (Until::Example, "T4-11") => 9,
                // Contracts 3 of 3 on 1 November.
                (Until::Example, "T4-08") => 0,
                _ => number,
            };
            if until == Until::Example {
                self.say_when((id, unit), item).await?;
            }
            self.settle((id, unit), item, number).await?;
        }
        Ok(())
    }

    /// Domain 12.1: the account on 30 October, books and seals on 2 November.
    async fn say_when(
        &self,
        (id, unit): (AssociationId, &str),
        item: &Item,
    ) -> Result<(), DemoError> {
        let (day, note) = match item.measure.as_str() {
            "T3-03" => ((10, 30), "协会独立账号已开立"),
            "T3-05" => ((11, 2), "账册、印鉴、票据已移交协会"),
            _ => return Ok(()),
        };
        let clerk = self.cast.on(unit, day)?;
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

    /// Evidence, report, and a few days later the verification.
    async fn settle(
        &self,
        (id, unit): (AssociationId, &str),
        item: &Item,
        number: u32,
    ) -> Result<(), DemoError> {
        let scheme = self.app.in_force().await?.scheme;
        let measure = scheme
            .measure(&item.measure)
            .ok_or_else(|| DemoError::Refused(format!("no measure {}", item.measure)))?;
        let day = 1 + number % 14;
        if let Some(kind) = measure.evidence.first() {
            let clerk = self.cast.on(unit, (11, day))?;
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
        let leader = self.cast.on(&format!("{unit}-lead"), (11, day + 1))?;
        self.perform((id, item), &leader, &Deed::Report).await?;
        // Some still wait for the department that verifies them.
        if number % 11 == 10 {
            return Ok(());
        }
        let verifier = measure
            .verify
            .first()
            .map_or("office", |competence| person_of(competence));
        let who = self.cast.on(verifier, (11, day + 3))?;
        self.perform((id, item), &who, &Deed::Verify).await
    }
}
