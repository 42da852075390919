//! The list of the demonstration: what units recommend, and its publication.

use crate::ids::AssociationId;
use crate::roster::acts as roster;
use crate::roster::acts::publishing::Publication;
use crate::roster::store::missing;
use crate::survey::acts as survey;

use super::DemoError;
use super::associations::{Reach, of_unit, recommends};
use super::cast::UNITS;
use super::story::{SEEN, Story, went};

impl Story<'_> {
    /// A unit says that it has no associations (TC-04), or recommends some of its own.
    /// Whose surveys are not all confirmed is late, and the list goes out without it
    /// (TC-54).
    pub(super) async fn list_of(&self, unit: &str) -> Result<(), DemoError> {
        if of_unit(unit).next().is_none() {
            return self.report_nil(unit).await;
        }
        if !recommends(unit) {
            return Ok(());
        }
        self.cast.days.come((9, 17)).await?;
        let (mut listed, mut later) = (Vec::new(), Vec::new());
        for told in of_unit(unit) {
            match told.reach {
                Reach::Registered => {}
                Reach::Far => listed.push(self.find(told.name).await?),
                _ => later.push(self.find(told.name).await?),
            }
        }
        self.recommend(unit, &listed, &later).await
    }

    pub(super) async fn report_nil(&self, unit: &str) -> Result<(), DemoError> {
        let who = self.cast.on(&format!("{unit}-lead"), (9, 13)).await?;
        let write = self.app.write(&who).await?;
        went("nil", survey::report_nil(write, SEEN).await)
    }

    /// A unit recommends some, the office decides.
    pub(super) async fn recommend(
        &self,
        unit: &str,
        listed: &[AssociationId],
        later: &[AssociationId],
    ) -> Result<(), DemoError> {
        let department = self.cast.department(unit)?;
        let mut chosen: Vec<(AssociationId, String)> =
            listed.iter().map(|id| (*id, String::new())).collect();
        chosen.extend(
            later
                .iter()
                .map(|id| (*id, "情况较复杂，列入后续批次".to_owned())),
        );
        let clerk = self.cast.on(unit, (9, 17)).await?;
        let write = self.app.write(&clerk).await?;
        let saved = roster::save(write, department, SEEN, &chosen).await;
        went("recommend", saved)?;
        let leader = self.cast.on(&format!("{unit}-lead"), (9, 18)).await?;
        let write = self.app.write(&leader).await?;
        let sent = roster::submit(write, department, SEEN).await;
        went("submit list", sent)?;
        let head = self.cast.on("office-lead", (9, 25)).await?;
        let write = self.app.write(&head).await?;
        let decided = roster::approve(write, department, SEEN, listed).await;
        went("decide list", decided)
    }

    /// Lüyuan's list, without the units that are late.
    pub(super) async fn publication(&self) -> Result<(), DemoError> {
        let late = |unit: &str| of_unit(unit).next().is_some() && !recommends(unit);
        self.publish(UNITS.iter().any(|(unit, ..)| late(unit)))
            .await
    }

    /// One list of the district; some units may be missing on it.
    pub(super) async fn publish(&self, without_some: bool) -> Result<(), DemoError> {
        let head = self.cast.on("office-lead", (9, 28)).await?;
        let app = self.app.in_force().await?;
        let parameters = &app.scheme.campaign.parameters;
        let mut exceptions = Vec::new();
        if without_some {
            let missing = missing(&mut app.read().await?, parameters.issue_date).await?;
            let why = "其余单位摸底尚未完成，以后增补";
            exceptions.extend(missing.into_iter().map(|unit| (unit.id, why.to_owned())));
        }
        let publication = Publication {
            title: app.scheme.campaign.words.list_title.clone(),
            exceptions,
            ..Publication::default()
        };
        let write = self.app.write(&head).await?;
        let published = roster::publish(write, SEEN, &publication).await;
        went("publish", published).map(|_| ())
    }
}
