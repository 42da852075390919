//! What happens to plans after the reply: conditions, changes, a void reply, a
//! suspension, a withdrawn approval, later dates.

use serde_json::Value;

use crate::crossings::plan_change::approve_change;
use crate::crossings::replying::{self, Words};
use crate::crossings::standstill;
use crate::plan;
use crate::plan::review::rules::marks::Marks;
use crate::progress::acts::{At, extending};
use crate::progress::rules::Item;
use crate::progress::rules::extension::{Decision, Wish};
use crate::progress::store as items;
use crate::scheme::{Answers, measure_of};

use super::DemoError;
use super::associations::EXAMPLE;
use super::carrying::person_of;
use super::days::{Day, Life, life};
use super::story::{SEEN, Story, went};

impl Story<'_> {
    /// Each happens to the plan of one association.
    pub(super) fn changes(&self) -> Vec<Life<'_>> {
        vec![
            life(self.fulfil(EXAMPLE.name)),
            life(self.approved_change("装备制造业协会")),
            life(self.change("信息服务业协会", (11, 20), (11, 18))),
            life(self.later_dates("餐饮业商会")),
            life(self.suspend("餐饮业商会")),
            life(self.withdraw("家政服务业协会")),
            life(self.void_and_reply_again("二手车流通协会")),
        ]
    }

    /// Domain 12.1: the condition is fulfilled on 30 October and confirmed on 1 November.
    async fn fulfil(&self, name: &str) -> Result<(), DemoError> {
        self.cast.days.come((10, 30)).await?;
        let id = self.find(name).await?;
        let of_plan = self.load(id).await?.id;
        let conditions =
            plan::conditions::store::of_plan(&mut self.app.database.read().await?, of_plan).await?;
        let lives = conditions.iter().map(|condition| {
            let at = plan::acts::At {
                association: id,
                id: condition.id,
            };
            life(self.fulfil_one(at))
        });
        self.cast.days.together(lives.collect()).await
    }

    async fn fulfil_one(&self, at: plan::acts::At) -> Result<(), DemoError> {
        let leader = self.leader(at.association, (10, 30)).await?;
        let write = self.app.write(&leader).await?;
        let (note, document) = ("2.50万元已于10月30日退回区财政局", Some("退库通知书"));
        went(
            "report condition",
            plan::conditions::acts::report_condition(write, at, SEEN, note, document).await,
        )?;
        let office = self.cast.on("office", (11, 1)).await?;
        let write = self.app.write(&office).await?;
        went(
            "confirm condition",
            plan::conditions::acts::answer_condition(write, at, SEEN, None).await,
        )
    }

    async fn approved_change(&self, name: &str) -> Result<(), DemoError> {
        self.change(name, (11, 8), (11, 19)).await?;
        let id = self.find(name).await?;
        let head = self.cast.on("office-lead", (11, 9)).await?;
        let write = self.app.write(&head).await?;
        let outcome = approve_change(write, id, SEEN, "同意变更，请按期完成。").await;
        went("approve change", outcome)
    }

    /// The last step of an item without a day of its own moves.
    async fn change(&self, name: &str, day: Day, due: Day) -> Result<(), DemoError> {
        self.cast.days.come(day).await?;
        let id = self.find(name).await?;
        let loaded = self.load(id).await?;
        let mut rows = loaded.content.0.get("PL-4").cloned().unwrap_or_default();
        let scheme = self.app.in_force().await?.scheme;
        let movable = |row: &&mut Value| {
            let item = row.get("item").and_then(Value::as_str).unwrap_or_default();
            let code = measure_of(item);
            let measure = scheme.measure(code);
            measure.is_some_and(|measure| !measure.own_deadline && measure.code().starts_with("T5"))
        };
        let row = rows
            .as_array_mut()
            .and_then(|rows| rows.iter_mut().rev().find(movable));
        if let Some(row) = row.and_then(Value::as_object_mut) {
            row.insert(
                "due".to_owned(),
                Value::from(self.cast.day(due)?.to_string()),
            );
        }
        let mut answers = Answers::default();
        answers.set("PL-4", Some(rows));
        let leader = self.leader(id, day).await?;
        let reason = "换届大会时间调整，相关人事事项的完成日期随之调整";
        let write = self.app.write(&leader).await?;
        went(
            "request change",
            plan::changes::acts::request_change(write, id, SEEN, &answers, reason).await,
        )
    }

    /// Two later dates are asked for: one granted, one waiting.
    async fn later_dates(&self, name: &str) -> Result<(), DemoError> {
        self.cast.days.come((11, 13)).await?;
        let id = self.find(name).await?;
        let all = items::items(&mut self.app.database.read().await?, id).await?;
        let open = all.iter().filter(|item| {
            !item.state.resolved() && !item.personal() && item.reported_on.is_none()
        });
        let lives = open.take(2).zip([true, false]);
        let lives = lives.map(|(item, decided)| life(self.later_date(item, decided)));
        self.cast.days.together(lives.collect()).await
    }

    async fn later_date(&self, item: &Item, decided: bool) -> Result<(), DemoError> {
        let at = At {
            association: item.association,
            item: item.id,
        };
        let leader = self.leader(item.association, (11, 13)).await?;
        let wish = Wish {
            wanted: item.deadline + chrono::TimeDelta::days(30),
            reason: "会员大会须提前一个月通知会员，现有时限内无法召开".to_owned(),
        };
        let write = self.app.write(&leader).await?;
        went(
            "ask for a later date",
            extending::ask(write, at, SEEN, &wish).await,
        )?;
        let scheme = self.app.in_force().await?.scheme;
        let verifier = scheme.measure(&item.measure);
        let code = verifier.and_then(|measure| measure.verify.first());
        let (true, Some(code)) = (decided, code) else {
            return Ok(());
        };
        let department = self.cast.on(person_of(code), (11, 15)).await?;
        let decision = Decision {
            granted: true,
            document_number: self.cast.number("延", (11, 15), 2),
            opinion: None,
        };
        let write = self.app.write(&department).await?;
        went(
            "grant a later date",
            extending::decide(write, at, SEEN, &decision).await,
        )
    }

    async fn suspend(&self, name: &str) -> Result<(), DemoError> {
        let head = self.cast.on("office-lead", (11, 19)).await?;
        let id = self.find(name).await?;
        let write = self.app.write(&head).await?;
        let why = "协会正在处理会员诉讼，暂停办理至判决生效";
        let expected = self.cast.day((12, 14))?;
        went(
            "suspend",
            standstill::suspend(write, id, SEEN, (why, expected)).await,
        )
    }

    async fn withdraw(&self, name: &str) -> Result<(), DemoError> {
        self.cast.days.come((11, 20)).await?;
        let id = self.find(name).await?;
        let of_plan = self.load(id).await?.id;
        let all =
            plan::approvals::store::of_plan(&mut self.app.database.read().await?, of_plan).await?;
        let Some(approval) = all.iter().find(|approval| approval.state.is_approved()) else {
            return Ok(());
        };
        let who = person_of(&approval.competence);
        let who = self.cast.on(who, (11, 20)).await?;
        let why = "清查发现漏报情况，原审批意见撤回，待核实后重新出具";
        let at = plan::acts::At {
            association: id,
            id: approval.id,
        };
        let write = self.app.write(&who).await?;
        went(
            "withdraw",
            plan::approvals::acts::withdraw_approval(write, at, SEEN, why).await,
        )
    }

    async fn void_and_reply_again(&self, name: &str) -> Result<(), DemoError> {
        let head = self.cast.on("office-lead", (10, 29)).await?;
        let id = self.find(name).await?;
        let write = self.app.write(&head).await?;
        let why = "批复所附方案与报送稿不一致，作废后重新批复";
        went(
            "void",
            plan::changes::acts::void_reply(write, id, SEEN, "PL-8", why).await,
        )?;
        let leader = self.leader(id, (10, 30)).await?;
        let write = self.app.write(&leader).await?;
        let request = self.cast.number("请", (10, 30), 88);
        went(
            "submit after void",
            plan::review::acts::submit(write, id, SEEN, &request).await,
        )?;
        let office = self.cast.on("office", (10, 31)).await?;
        let write = self.app.write(&office).await?;
        went(
            "check after void",
            plan::review::acts::check(write, id, SEEN, &Marks::saying("材料齐全。")).await,
        )?;
        let head = self.cast.on("office-lead", (10, 31)).await?;
        let write = self.app.write(&head).await?;
        let conditions = [
            "请于11月10日前明确办公场所独立的责任人员".to_owned(),
            "请于11月30日前将用人制度报我办备案".to_owned(),
        ];
        let words = Words {
            conditions: conditions.to_vec(),
            opinion: "同意。".to_owned(),
            ..Words::default()
        };
        let outcome = replying::approve(write, id, SEEN, &words).await;
        went("reply again", outcome).map(|_| ())
    }
}
