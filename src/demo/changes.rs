//! What happens to plans after the reply: conditions, changes, a void reply, a
//! suspension, a withdrawn approval, later dates.

use serde_json::Value;

use crate::access::Act;
use crate::ids::AssociationId;
use crate::plan::acts::{self as plan, AtCondition};
use crate::plan::store as plans;
use crate::progress::acts::At;
use crate::progress::dates::{self, Decision};
use crate::progress::store as items;
use crate::scheme::{Answers, measure_of};
use crate::web::Program;

use super::DemoError;
use super::carrying::{Day, Until, person_of};
use super::cast::Cast;
use super::story::went;

/// A plan of the demonstration: association, its unit, how far it got.
pub type Carried<'a> = (AssociationId, &'a str, Until);

struct Changes<'a> {
    app: &'a Program,
    cast: &'a Cast,
}

/// Tells it.
pub async fn tell(app: &Program, cast: &Cast, carried: &[Carried<'_>]) -> Result<(), DemoError> {
    let changes = Changes { app, cast };
    let first = |until: Until| {
        carried
            .iter()
            .find(|(_, _, far)| *far == until)
            .map(|(id, unit, _)| (*id, *unit))
    };
    if let Some(at) = first(Until::Example) {
        changes.fulfil(at).await?;
    }
    if let Some(at) = first(Until::Percent(90)) {
        changes.change(at, (11, 8), (11, 19)).await?;
        changes.approve((at.0, (11, 9))).await?;
    }
    if let Some(at) = first(Until::Percent(70)) {
        changes.change(at, (11, 20), (11, 18)).await?;
    }
    if let Some(at) = first(Until::Percent(50)) {
        changes.later_date(at).await?;
        changes.suspend(at.0).await?;
    }
    if let Some(at) = first(Until::Percent(80)) {
        changes.withdraw(at.0).await?;
    }
    if let Some(at) = first(Until::Approved) {
        changes.void_and_reply_again(at).await?;
    }
    Ok(())
}

impl Changes<'_> {
    async fn load(&self, id: AssociationId) -> Result<plans::Plan, DemoError> {
        plans::plan(&mut self.app.database.read().await?, id)
            .await?
            .ok_or_else(|| DemoError::Refused("no plan".to_owned()))
    }

    /// Domain 12.1: the condition is fulfilled on 30 October and confirmed on 1 November.
    async fn fulfil(&self, (id, unit): (AssociationId, &str)) -> Result<(), DemoError> {
        let of_plan = self.load(id).await?.id;
        let conditions =
            plans::conditions::of_plan(&mut self.app.database.read().await?, of_plan).await?;
        for condition in conditions {
            let at = |version| AtCondition {
                association: id,
                id: condition.id,
                version,
            };
            let leader = self.cast.on(&format!("{unit}-lead"), (10, 30))?;
            let said = ("2.50万元已于10月30日退回区财政局", Some("退库通知书"));
            let at_first = at(condition.version);
            went(
                "report condition",
                plan::report_condition(&self.app.database, &leader, at_first, said).await?,
            )?;
            let office = self.cast.on("office", (11, 1))?;
            let at_second = at(condition.version + 1);
            went(
                "confirm condition",
                plan::answer_condition(&self.app.database, &office, at_second, None).await?,
            )?;
        }
        Ok(())
    }

    /// The last step of an item without a day of its own moves.
    async fn change(
        &self,
        (id, unit): (AssociationId, &str),
        day: Day,
        due: Day,
    ) -> Result<(), DemoError> {
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
        let leader = self.cast.on(&format!("{unit}-lead"), day)?;
        let reason = "换届大会时间调整，相关人事事项的完成日期随之调整";
        went(
            "request change",
            plan::request_change(
                &self.app.database,
                &self.app.in_force().await?.scheme,
                &leader,
                (id, loaded.version),
                (&answers, reason),
            )
            .await?,
        )
    }

    async fn approve(&self, (id, day): (AssociationId, Day)) -> Result<(), DemoError> {
        let seen = (id, self.load(id).await?.version);
        let head = self.cast.on("office-lead", day)?;
        let said = "同意变更，请按期完成。";
        let outcome = dates::approve_change(
            &self.app.database,
            &self.app.in_force().await?.scheme,
            &head,
            seen,
            said,
        )
        .await?;
        went("approve change", outcome)?;
        Ok(())
    }

    /// Two later dates are asked for: one granted, one waiting.
    async fn later_date(&self, (id, unit): (AssociationId, &str)) -> Result<(), DemoError> {
        let all = items::items(&mut self.app.database.read().await?, id).await?;
        let open = all.iter().filter(|item| {
            !item.state.resolved() && !item.personal() && item.reported_on.is_none()
        });
        for (item, decided) in open.take(2).zip([true, false]) {
            let at = |version| At {
                association: id,
                item: item.id,
                version,
            };
            let leader = self.cast.on(&format!("{unit}-lead"), (11, 13))?;
            let wanted = item.deadline + chrono::TimeDelta::days(30);
            let asked = (wanted, "会员大会须提前一个月通知会员，现有时限内无法召开");
            let at_first = at(item.version);
            went(
                "ask for a later date",
                dates::ask_extension(&self.app.database, &leader, at_first, asked).await?,
            )?;
            let scheme = self.app.in_force().await?.scheme;
            let verifier = scheme.measure(&item.measure);
            let code = verifier.and_then(|measure| measure.verify.first());
            let (true, Some(code)) = (decided, code) else {
                continue;
            };
            let department = self.cast.on(person_of(code), (11, 15))?;
            let decision = Decision {
                granted: true,
                document_number: self.cast.number("延", (11, 15), 2),
                opinion: None,
            };
            let at_second = at(item.version + 1);
            went(
                "grant a later date",
                dates::decide_extension(&self.app.database, &department, at_second, &decision)
                    .await?,
            )?;
        }
        Ok(())
    }

    async fn suspend(&self, id: AssociationId) -> Result<(), DemoError> {
        let seen = (id, self.load(id).await?.version);
        let head = self.cast.on("office-lead", (11, 19))?;
        let why = "协会正在处理会员诉讼，暂停办理至判决生效";
        let said = (Act::PlanSuspend, why);
        went(
            "suspend",
            plan::suspend(&self.app.database, &head, seen, said).await?,
        )
    }

    async fn withdraw(&self, id: AssociationId) -> Result<(), DemoError> {
        let of_plan = self.load(id).await?.id;
        let all = plans::approvals::of_plan(&mut self.app.database.read().await?, of_plan).await?;
        let Some(approval) = all.iter().find(|approval| approval.state.is_approved()) else {
            return Ok(());
        };
        let who = self.cast.on(person_of(&approval.competence), (11, 20))?;
        let why = "清查发现漏报情况，原审批意见撤回，待核实后重新出具";
        let at = (id, approval.id);
        went(
            "withdraw",
            plan::withdraw_approval(
                &self.app.database,
                &self.app.in_force().await?.scheme,
                &who,
                at,
                why,
            )
            .await?,
        )
    }

    async fn void_and_reply_again(
        &self,
        (id, unit): (AssociationId, &str),
    ) -> Result<(), DemoError> {
        let database = &self.app.database;
        let seen = (id, self.load(id).await?.version);
        let head = self.cast.on("office-lead", (10, 29))?;
        let why = ("PL-8", "批复所附方案与报送稿不一致，作废后重新批复");
        went("void", plan::void_reply(database, &head, seen, why).await?)?;
        let leader = self.cast.on(&format!("{unit}-lead"), (10, 30))?;
        let seen = (id, self.load(id).await?.version);
        let request = self.cast.number("请", (10, 30), 88);
        went(
            "submit after void",
            plan::submit(
                database,
                &self.app.in_force().await?.scheme,
                &leader,
                seen,
                &request,
            )
            .await?,
        )?;
        let office = self.cast.on("office", (10, 31))?;
        let seen = (id, self.load(id).await?.version);
        went(
            "check after void",
            plan::check(
                database,
                &self.app.in_force().await?.scheme,
                &office,
                seen,
                "材料齐全。",
            )
            .await?,
        )?;
        let head = self.cast.on("office-lead", (10, 31))?;
        let seen = (id, self.load(id).await?.version);
        let conditions = [
            "请于11月10日前明确办公场所独立的责任人员".to_owned(),
            "请于11月30日前将用人制度报我办备案".to_owned(),
        ];
        let said = (&conditions[..], "同意。");
        let outcome = plan::approve(
            database,
            &self.app.in_force().await?.scheme,
            &head,
            seen,
            said,
        )
        .await?;
        went("reply again", outcome)?;
        Ok(())
    }
}
