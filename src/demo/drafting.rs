//! What the clerks write into the plans of the demonstration.

use serde_json::{Value, json};

use crate::ids::{AssociationId, DepartmentId};
use crate::plan;
use crate::scheme::Answers;

use super::DemoError;
use super::associations::Until;
use super::days::{Day, life};
use super::names::person;
use super::story::{SEEN, Story, went};
use super::surveys::add;

impl Story<'_> {
    /// Fills in what the survey could not tell.
    pub(super) async fn complete(&self, id: AssociationId, until: Until) -> Result<(), DemoError> {
        let plan = self.load(id).await?;
        let mut content = plan.content.0.clone();
        add(
            &mut content,
            &json!({
                "PL-7": [], "PL-7-1": "通过行业服务收入维持运转，暂不安排购买服务",
                "PL-8-1": self.app.in_force().await?.scheme.campaign.party_body, "PL-8-2": 4, "PL-8-3": "contact", "PL-8-4": self.cast.day((11, 14))?,
                "PL-9": [], "PL-14": [], "PL-15-1": true, "PL-15-2": true,
                "PL-13": [{ "key": "1", "risk": "脱钩期间服务会员的工作中断", "measure": "业务主管单位指定专人协调，保持业务连续" }],
            }),
        );
        if !content.has("PL-8-5") {
            content.set("PL-8-5", Some(person(id.0, 6).into()));
        }
        if until == Until::Example {
            add(&mut content, &super::holdings::purchases());
            content.set("PL-7-1", None);
            // What the office sends it back for: no body that receives the party work.
            content.set("PL-8-1", Some(self.unit_code(id).await?.into()));
        }
        let mut saved_on = (10, 10);
        if !plan.linked.is_empty() {
            self.notify(id).await?;
            saved_on = (10, 11);
            let sent_on = self.cast.day((10, 10))?;
            let rows: Vec<Value> = plan
                .linked
                .iter()
                .zip(1..)
                .map(|(department, key): (&String, u32)| json!({ "key": key.to_string(), "department": department, "notice": "通报脱钩安排和关系终止时间", "sent_on": sent_on, "reply": "无异议" }))
                .collect();
            content.set("PL-12", Some(json!(rows)));
        }
        for part in &self.app.in_force().await?.scheme.plan.parts {
            let changed = part.questions.iter().any(|question| {
                content.get(question.code()) != plan.content.0.get(question.code())
            });
            if changed {
                let code = part.code.as_str();
                self.save(id, code, &content, saved_on).await?;
            }
        }
        Ok(())
    }

    /// Linked departments are told before the plan is sent.
    async fn notify(&self, id: AssociationId) -> Result<(), DemoError> {
        let linked = plan::notices::store::linked(&mut self.app.database.read().await?, id).await?;
        let notices = linked.into_iter().map(|to| life(self.notice(id, to)));
        self.cast.days.together(notices.collect()).await
    }

    /// The worked example's reads it the day after.
    async fn notice(
        &self,
        id: AssociationId,
        (department, name): (DepartmentId, String),
    ) -> Result<(), DemoError> {
        let clerk = self.clerk(id, (10, 10)).await?;
        let new = plan::notices::store::NewNotice {
            department,
            name,
            number: "绿交函〔2018〕15号".to_owned(),
            text: "本单位主管的协会拟于10月底前脱钩，请终止与该协会的联系关系，并于一周内回复。"
                .to_owned(),
        };
        let write = self.app.write(&clerk).await?;
        let sent = plan::notices::acts::send_notice(write, id, &new).await;
        let at = plan::acts::At {
            association: id,
            id: went("notice", sent)?,
        };
        let Some(other) = self.cast.clerk_of(department) else {
            return Ok(());
        };
        let reader = self.cast.on(other, (10, 11)).await?;
        let write = self.app.write(&reader).await?;
        let signed = plan::notices::acts::sign_notice(write, at, SEEN).await;
        went("sign", signed)?;
        let agrees = plan::notices::store::NoticeAnswer {
            agrees: true,
            answer: Some("无异议，联系关系于10月26日终止。".to_owned()),
            document_number: None,
        };
        let write = self.app.write(&reader).await?;
        let answered = plan::notices::acts::answer_notice(write, at, SEEN, &agrees).await;
        went("answer notice", answered)
    }

    pub(super) async fn save(
        &self,
        id: AssociationId,
        part: &str,
        content: &Answers,
        day: Day,
    ) -> Result<(), DemoError> {
        let clerk = self.clerk(id, day).await?;
        let scheme = self.app.in_force().await?.scheme;
        let part = scheme
            .part(part)
            .ok_or_else(|| DemoError::Refused(format!("no part {part}")))?;
        let write = self.app.write(&clerk).await?;
        went(
            "save part",
            plan::draft::acts::save_part(write, id, SEEN, part, content).await,
        )
    }
}
