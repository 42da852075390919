//! Surveys of the demonstration: filled in, signed, sent back, confirmed.

use crate::ids::AssociationId;
use crate::scheme::Answers;
use crate::survey::acts::{self as survey, SectionInput};
use crate::survey::store::Opinion;

use super::DemoError;
use super::story::{SEEN, Story, went};
use super::surveys;

impl Story<'_> {
    pub(super) async fn fill(
        &self,
        (id, unit): (AssociationId, &str),
        answers: &Answers,
        sections: usize,
        day: (u32, u32),
    ) -> Result<(), DemoError> {
        let mut answers = answers.clone();
        // Who filled it in and who answers for it: the unit's clerk and its leader.
        for (code, username) in [
            ("SV-92", unit.to_owned()),
            ("SV-94", format!("{unit}-lead")),
        ] {
            let name = self.cast.on(&username, day)?.actor.name;
            answers.set(code, Some(name.into()));
        }
        let scheme = self.app.in_force().await?.scheme;
        for section in scheme.survey.sections.iter().take(sections) {
            let who = self.cast.on(unit, day)?;
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
        unit: &str,
        answers: &Answers,
        day: (u32, u32),
    ) -> Result<(), DemoError> {
        let due = crate::survey::rules::findings(&self.app.in_force().await?.scheme, answers);
        let mut sentences = surveys::explanations();
        sentences.retain(|code, _| due.iter().any(|finding| &finding.code == code));
        if !sentences.is_empty() {
            let write = self.app.write(&self.cast.on(unit, day)?).await?;
            let explained = survey::explain(write, id, SEEN, &sentences).await;
            went("explain", explained)?;
        }
        let who = self.cast.on(&format!("{unit}-lead"), day)?;
        let write = self.app.write(&who).await?;
        went("submit", survey::submit(write, id, SEEN).await)
    }

    pub(super) async fn confirm(
        &self,
        id: AssociationId,
        day: (u32, u32),
    ) -> Result<(), DemoError> {
        let write = self.app.write(&self.cast.on("office-lead", day)?).await?;
        went("confirm", survey::confirm(write, id, SEEN).await)
    }

    pub(super) async fn send_back(
        &self,
        id: AssociationId,
        day: (u32, u32),
    ) -> Result<(), DemoError> {
        let opinions = [Opinion {
            question: "SV-51".to_owned(),
            opinion: "资产明细与现场清查不一致，请核对后补充。".to_owned(),
        }];
        let write = self.app.write(&self.cast.on("office", day)?).await?;
        went("return", survey::return_(write, id, SEEN, &opinions).await)
    }
}
