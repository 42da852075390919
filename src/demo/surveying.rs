//! Surveys of the demonstration: filled in, signed, sent back, confirmed.

use crate::ids::AssociationId;
use crate::scheme::Answers;
use crate::survey::acts::{self as survey, SectionInput};
use crate::survey::rules::marks::Mark;

use super::DemoError;
use super::days::Day;
use super::story::{SEEN, Story, went};
use super::surveys;

impl Story<'_> {
    pub(super) async fn fill(
        &self,
        id: AssociationId,
        answers: &Answers,
        sections: usize,
        day: Day,
    ) -> Result<(), DemoError> {
        let mut answers = answers.clone();
        // Who filled it in and who answers for it: the unit's clerk and its leader.
        let (clerk, leader) = (self.clerk(id, day).await?, self.leader(id, day).await?);
        answers.set("SV-92", Some(clerk.actor.name.into()));
        answers.set("SV-94", Some(leader.actor.name.into()));
        let scheme = self.app.in_force().await?.scheme;
        for section in scheme.survey.sections.iter().take(sections) {
            let who = self.clerk(id, day).await?;
            let mut own = Answers::default();
            for question in &section.questions {
                own.set(question.code(), answers.get(question.code()).cloned());
            }
            let input = SectionInput {
                section,
                answers: own,
                done: true,
            };
            let write = self.app.write(&who).await?;
            went("save", survey::save_section(write, id, SEEN, input).await)?;
        }
        Ok(())
    }

    pub(super) async fn submit(
        &self,
        id: AssociationId,
        answers: &Answers,
        day: Day,
    ) -> Result<(), DemoError> {
        self.explain(id, answers, day).await?;
        let leader = self.leader(id, day).await?;
        let write = self.app.write(&leader).await?;
        went("submit", survey::submit(write, id, SEEN).await)
    }

    /// The clerk says something to what the answers are warned of.
    pub(super) async fn explain(
        &self,
        id: AssociationId,
        answers: &Answers,
        day: Day,
    ) -> Result<(), DemoError> {
        let who = self.clerk(id, day).await?;
        let due = crate::survey::rules::findings(&self.app.in_force().await?.scheme, answers);
        let mut sentences = surveys::explanations();
        sentences.retain(|code, _| due.iter().any(|finding| &finding.code == code));
        if !sentences.is_empty() {
            let write = self.app.write(&who).await?;
            let explained = survey::explain(write, id, SEEN, &sentences).await;
            went("explain", explained)?;
        }
        Ok(())
    }

    pub(super) async fn confirm(&self, id: AssociationId, day: Day) -> Result<(), DemoError> {
        let head = self.cast.on("office-lead", day).await?;
        let write = self.app.write(&head).await?;
        went("confirm", survey::confirm(write, id, SEEN).await)
    }

    pub(super) async fn send_back(&self, id: AssociationId, day: Day) -> Result<(), DemoError> {
        let remark = "资产明细与现场清查不一致，请核对后补充。".to_owned();
        let found = [Mark::remark("SV-51", remark)];
        let office = self.cast.on("office", day).await?;
        let write = self.app.write(&office).await?;
        went("return", survey::return_(write, id, SEEN, &found).await)
    }
}
