//! List, plans and tracks of the demonstration: September to 22 November 2018.

use serde_json::json;

use crate::crossings::beginning;
use crate::ids::AssociationId;
use crate::plan;
use crate::plan::approvals::acts::Answer;
use crate::plan::approvals::rules::{Approval, Verdict};
use crate::plan::store as plans;
use crate::roster::acts as roster;
use crate::web::Program;

use super::DemoError;
use super::cast::Cast;
use super::story::{SEEN, went};
use super::surveys::add;

/// A day of 2018, month and day, as the cast's calendar reads it.
pub type Day = (u32, u32);

/// How far a listed association gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    /// The plan is being written.
    Draft,
    /// Prior approvals are waited for.
    Submitted,
    /// The plan came back.
    Returned,
    /// The office's head has it.
    UnderReview,
    /// Replied to.
    Approved,
    /// Carried out up to a share of the items, in per cent.
    Percent(usize),
    /// The worked example: all but three.
    Example,
}

/// The teller of this part.
pub struct Carrying<'a> {
    /// The application.
    pub app: &'a Program,
    /// Its people.
    pub cast: &'a Cast,
}

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

impl Carrying<'_> {
    /// A unit recommends some, the office decides.
    pub async fn recommend(
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
        let write = self.app.write(&self.cast.on(unit, (9, 17))?).await?;
        let saved = roster::save(write, department, SEEN, &chosen).await;
        went("recommend", saved)?;
        let leader = self.cast.on(&format!("{unit}-lead"), (9, 18))?;
        let write = self.app.write(&leader).await?;
        let sent = roster::submit(write, department, SEEN).await;
        went("submit list", sent)?;
        let head = self.cast.on("office-lead", (9, 25))?;
        let write = self.app.write(&head).await?;
        let decided = roster::approve(write, department, SEEN, listed).await;
        went("decide list", decided)
    }

    /// One list of the district.
    pub async fn publish(&self, open: &[String]) -> Result<(), DemoError> {
        let head = self.cast.on("office-lead", (9, 28))?;
        let despite = (!open.is_empty()).then_some("其余单位摸底尚未完成，以后增补");
        let title = &self.app.in_force().await?.scheme.campaign.words.list_title;
        let write = self.app.write(&head).await?;
        let published = roster::publish(write, SEEN, title, despite).await;
        went("publish", published).map(|_| ())
    }

    pub(super) async fn load(&self, id: AssociationId) -> Result<plans::Plan, DemoError> {
        plans::plan(&mut self.app.database.read().await?, id)
            .await?
            .ok_or_else(|| DemoError::Refused("no plan".to_owned()))
    }

    /// Writes the plan and takes it as far as told.
    pub async fn plan(
        &self,
        (id, unit): (AssociationId, &str),
        number: usize,
        until: Until,
    ) -> Result<(), DemoError> {
        let clerk = self.cast.on(unit, (10, 9))?;
        let write = self.app.write(&clerk).await?;
        went("create", plan::draft::acts::create(write, id, SEEN).await)?;
        self.complete((id, unit), until).await?;
        if until == Until::Draft {
            return Ok(());
        }
        let clerk = self.cast.on(unit, (10, 11))?;
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
                plan::approvals::acts::request_approvals(write, id, SEEN).await,
            )?;
        }
        let leader = self.cast.on(&format!("{unit}-lead"), (10, 12))?;
        let request = if until == Until::Example {
            "绿交请〔2018〕21号".to_owned()
        } else {
            self.cast.number("请", (10, 12), 30 + number)
        };
        let write = self.app.write(&leader).await?;
        went(
            "submit plan",
            plan::review::acts::submit(write, id, SEEN, &request).await,
        )?;
        if until == Until::Submitted {
            return Ok(());
        }
        self.answer_all(id, number, until).await?;
        if matches!(until, Until::Returned | Until::Example) {
            self.send_back(id).await?;
        }
        if until == Until::Returned {
            return Ok(());
        }
        if until == Until::Example {
            self.mend_and_send_again(id, unit).await?;
        }
        self.decide((id, unit), until).await
    }

    async fn approvals(&self, id: AssociationId) -> Result<Vec<Approval>, DemoError> {
        let plan = self.load(id).await?;
        Ok(plan::approvals::store::of_plan(&mut self.app.database.read().await?, plan.id).await?)
    }

    async fn answer_all(
        &self,
        id: AssociationId,
        number: usize,
        until: Until,
    ) -> Result<(), DemoError> {
        for (approval, day) in self.approvals(id).await?.iter().zip((15..=18).cycle()) {
            let who = self.cast.on(person_of(&approval.competence), (10, day))?;
            let condition = until == Until::Example && approval.code == "PA-4";
            let answer = Answer {
                verdict: if condition {
                    Verdict::OnConditions
                } else {
                    Verdict::Agree
                },
                document_number: self.cast.number(
                    "批",
                    (10, day),
                    number * 20 + usize::try_from(approval.id % 20).unwrap_or(0),
                ),
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

    async fn send_back(&self, id: AssociationId) -> Result<(), DemoError> {
        let office = self.cast.on("office", (10, 19))?;
        let reasons = [(
            "PL-8".to_owned(),
            "请明确党组织的组建方式和负责人。".to_owned(),
        )];
        let write = self.app.write(&office).await?;
        went(
            "return plan",
            plan::review::acts::return_(write, id, SEEN, &reasons).await,
        )
    }

    async fn mend_and_send_again(&self, id: AssociationId, unit: &str) -> Result<(), DemoError> {
        let mut content = self.load(id).await?.content.0.clone();
        add(
            &mut content,
            &json!({ "PL-8-3": "branch", "PL-8-5": "孙某" }),
        );
        self.save((id, unit), "PL-8", &content, (10, 22)).await?;
        let leader = self.cast.on(&format!("{unit}-lead"), (10, 22))?;
        let write = self.app.write(&leader).await?;
        let request = "绿交请〔2018〕23号";
        went(
            "submit again",
            plan::review::acts::submit(write, id, SEEN, request).await,
        )
    }

    async fn decide(
        &self,
        (id, unit): (AssociationId, &str),
        until: Until,
    ) -> Result<(), DemoError> {
        let office = self.cast.on("office", (10, 23))?;
        let write = self.app.write(&office).await?;
        went(
            "check",
            plan::review::acts::check(write, id, SEEN, "材料齐全。").await,
        )?;
        if until == Until::UnderReview {
            return Ok(());
        }
        let head = self.cast.on("office-lead", (10, 24))?;
        let write = self.app.write(&head).await?;
        went(
            "approve",
            plan::review::acts::approve(write, id, SEEN, &[], "同意。").await,
        )?;
        if until == Until::Approved {
            return Ok(());
        }
        let leader = self.cast.on(&format!("{unit}-lead"), (10, 25))?;
        let write = self.app.write(&leader).await?;
        went("begin", beginning::begin(write, id, SEEN).await)?;
        self.carry_out((id, unit), until).await
    }
}
