//! Plans of the demonstration, from the first draft to the reply and the beginning.

use serde_json::json;

use crate::access::Act;
use crate::crossings::beginning;
use crate::crossings::replying::{self, Words};
use crate::ids::AssociationId;
use crate::plan;
use crate::plan::approvals::acts::Answer;
use crate::plan::approvals::rules::{Approval, FILES_PEOPLE, Verdict};
use crate::plan::review::rules::marks::Marks;
use crate::plan::store as plans;

use super::DemoError;
use super::associations::Until;
use super::days::Day;
use super::story::{SEEN, Story, went};
use super::surveys::add;

/// Departments by competence, as people of the demonstration.
pub(super) fn person_of(competence: &str) -> &'static str {
    match competence {
        "BB" => "bianban",
        "CZ" => "caizheng",
        "JG" => "jiguan",
        "RS" => "renshe",
        "CA" => "minzheng",
        _ => "zuzhi",
    }
}

impl Story<'_> {
    pub(super) async fn load(&self, id: AssociationId) -> Result<plans::Plan, DemoError> {
        plans::plan(&mut self.app.database.read().await?, id)
            .await?
            .ok_or_else(|| DemoError::Refused("no plan".to_owned()))
    }

    /// Writes the plan, takes it as far as told, and carries it out.
    pub(super) async fn plan(
        &self,
        id: AssociationId,
        serial: usize,
        until: Until,
    ) -> Result<(), DemoError> {
        let clerk = self.clerk(id, (10, 9)).await?;
        let write = self.app.write(&clerk).await?;
        went("create", plan::draft::acts::create(write, id, SEEN).await)?;
        self.complete(id, until).await?;
        if until == Until::Draft {
            return Ok(());
        }
        self.send(id, serial, until).await?;
        if until == Until::Submitted {
            return Ok(());
        }
        self.answer_all(id, serial, until).await?;
        if matches!(until, Until::Returned | Until::Example) {
            self.return_plan(id).await?;
        }
        if until == Until::Returned {
            return Ok(());
        }
        if until == Until::Example {
            self.mend_and_send_again(id).await?;
        }
        self.decide(id, until).await?;
        if !matches!(until, Until::Percent(_) | Until::Example) {
            return Ok(());
        }
        let leader = self.leader(id, (10, 25)).await?;
        let write = self.app.write(&leader).await?;
        went("begin", beginning::begin(write, id, SEEN).await)?;
        self.carry_out(id, until).await
    }

    /// Departments are asked, and the plan is sent.
    async fn send(&self, id: AssociationId, serial: usize, until: Until) -> Result<(), DemoError> {
        let clerk = self.clerk(id, (10, 11)).await?;
        // A plan of an association without ties to any department needs none.
        if !plan::approvals::acts::demands(
            &self.app.in_force().await?.scheme,
            &self.load(id).await?,
        )
        .is_empty()
        {
            let write = self.app.write(&clerk).await?;
            went(
                "ask",
                plan::approvals::acts::request_approvals(write, id, SEEN, Act::ApprovalRequest)
                    .await,
            )?;
        }
        let leader = self.leader(id, (10, 12)).await?;
        let request = if until == Until::Example {
            "绿交请〔2018〕21号".to_owned()
        } else {
            self.cast.number("请", (10, 12), 30 + serial)
        };
        let write = self.app.write(&leader).await?;
        went(
            "submit plan",
            plan::review::acts::submit(write, id, SEEN, &request).await,
        )
    }

    async fn approvals(&self, id: AssociationId) -> Result<Vec<Approval>, DemoError> {
        let plan = self.load(id).await?;
        Ok(plan::approvals::store::of_plan(&mut self.app.database.read().await?, plan.id).await?)
    }

    /// Four days for the departments that were asked, one after the other.
    async fn answer_all(
        &self,
        id: AssociationId,
        serial: usize,
        until: Until,
    ) -> Result<(), DemoError> {
        let approvals = self.approvals(id).await?;
        let days = (15..=18).map(|day| (10, day)).cycle();
        // 12.1: 赵某's filing is 组织部's answer of the 17th.
        let files = |approval: &Approval| until == Until::Example && approval.code == FILES_PEOPLE;
        let on = |(approval, day)| (approval, if files(approval) { (10, 17) } else { day });
        let mut answers: Vec<(&Approval, Day)> = approvals.iter().zip(days).map(on).collect();
        answers.sort_by_key(|(_, day)| *day);
        for (approval, day) in answers {
            let who = self.cast.on(person_of(&approval.competence), day).await?;
            let condition = until == Until::Example && approval.code == "PA-4";
            let answer = Answer {
                verdict: if condition {
                    Verdict::OnConditions
                } else {
                    Verdict::Agree
                },
                document_number: if files(approval) {
                    "绿组干备〔2018〕17号".to_owned()
                } else {
                    let number = serial * 20 + usize::try_from(approval.id % 20).unwrap_or(0);
                    self.cast.number("批", day, number)
                },
                document_date: who.today(),
                opinion: Some("同意。".to_owned()),
                conditions: condition
                    .then(|| "2018年已拨2.50万元于10月31日前退回或由财政局书面处理".to_owned()),
                expires_on: None,
            };
            let at = plan::acts::At {
                association: id,
                id: approval.id,
            };
            let write = self.app.write(&who).await?;
            went(
                "answer",
                plan::approvals::acts::answer_approval(write, at, SEEN, &answer).await,
            )?;
        }
        Ok(())
    }

    async fn return_plan(&self, id: AssociationId) -> Result<(), DemoError> {
        let office = self.cast.on("office", (10, 19)).await?;
        let remark = "未明确接收党建工作的单位，党组织的组建方式和负责人也请一并明确。";
        let found = Marks::to_mend(&[("PL-8", remark)]);
        let write = self.app.write(&office).await?;
        went(
            "return plan",
            plan::review::acts::return_(write, id, SEEN, &found).await,
        )
    }

    async fn mend_and_send_again(&self, id: AssociationId) -> Result<(), DemoError> {
        self.cast.days.come((10, 22)).await?;
        let mut content = self.load(id).await?.content.0.clone();
        let receiver = self
            .app
            .in_force()
            .await?
            .scheme
            .campaign
            .party_body
            .clone();
        add(
            &mut content,
            &json!({ "PL-8-1": receiver, "PL-8-3": "branch", "PL-8-5": "孙某" }),
        );
        self.save(id, "PL-8", &content, (10, 22)).await?;
        let leader = self.leader(id, (10, 22)).await?;
        let write = self.app.write(&leader).await?;
        let request = "绿交请〔2018〕23号";
        went(
            "submit again",
            plan::review::acts::submit(write, id, SEEN, request).await,
        )
    }

    /// The office checks, its head replies.
    async fn decide(&self, id: AssociationId, until: Until) -> Result<(), DemoError> {
        let office = self.cast.on("office", (10, 23)).await?;
        let write = self.app.write(&office).await?;
        went(
            "check",
            plan::review::acts::check(write, id, SEEN, &Marks::saying("材料齐全。")).await,
        )?;
        if until == Until::UnderReview {
            return Ok(());
        }
        let head = self.cast.on("office-lead", (10, 24)).await?;
        let write = self.app.write(&head).await?;
        let words = Words {
            opinion: "同意。".to_owned(),
            ..Words::default()
        };
        let replied = replying::approve(write, id, SEEN, &words).await;
        went("approve", replied).map(|_| ())
    }
}
