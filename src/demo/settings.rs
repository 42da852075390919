//! Parameters changed on record, and colleagues who act for their leaders.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::comments::acts::{self as comments, At};
use crate::ids::DepartmentId;
use crate::scheme::parameters;
use crate::settings::acts::{self, Wanted, delegations};
use crate::settings::rules::delegations::Days;

use super::DemoError;
use super::associations::EXAMPLE;
use super::days::{Day, Life, life};
use super::story::{SEEN, Story, went};

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2018, month, day).unwrap_or_default()
}

impl Story<'_> {
    /// What was changed and arranged before the plans came in.
    pub(super) fn first_settings(&self) -> Vec<Life<'_>> {
        let longer = (
            ("publicity_days", json!(7)),
            ((9, 28), day(10, 8)),
            "国庆假期前后公示时间较短，公示期延长（绿脱钩办〔2018〕6号）",
        );
        let away = Days {
            from: day(10, 8),
            to: day(10, 12),
        };
        let people = ("jiaotong-lead", "jiaotong", (10, 8));
        vec![
            life(self.set(longer)),
            life(self.delegate(people, away, "交运函〔2018〕41号")),
        ]
    }

    /// PD-1 sets another age limit from December on (TC-51); a leader is away
    /// (TC-63); people talk on the worked example's record.
    pub(super) fn later_settings(&self) -> Vec<Life<'_>> {
        let age = (
            ("age_limit", json!(65)),
            ((11, 19), day(12, 1)),
            "《绿园区行业协会商会负责人任职管理办法》（绿组发〔2018〕22号）",
        );
        let away = Days {
            from: day(11, 19),
            to: day(11, 30),
        };
        let people = ("wenguang-lead", "wenguang", (11, 16));
        vec![
            life(self.talk()),
            life(self.set(age)),
            life(self.delegate(people, away, "文广新函〔2018〕16号")),
        ]
    }

    async fn set(
        &self,
        ((name, value), (on, effective_on), reason): (
            (&'static str, Value),
            (Day, NaiveDate),
            &str,
        ),
    ) -> Result<(), DemoError> {
        let who = self.cast.on("office-lead", on).await?;
        let Some(parameter) = parameters::named(name) else {
            return Err(DemoError::Refused(format!("no parameter {name}")));
        };
        let wanted = Wanted {
            parameter,
            values: vec![(name, value)],
            effective_on,
            reason: reason.to_owned(),
        };
        let write = self.app.write(&who).await?;
        went("parameter", acts::change(write, SEEN, &wanted).await)
    }

    async fn delegate(
        &self,
        (leader, colleague, on): (&str, &str, Day),
        days: Days,
        document: &str,
    ) -> Result<(), DemoError> {
        let who = self.cast.on(leader, on).await?;
        let wanted = delegations::Wanted {
            delegate: self.cast.actor(colleague)?.account,
            days,
            document: document.to_owned(),
        };
        let write = self.app.write(&who).await?;
        went("delegation", delegations::delegate(write, &wanted).await)
    }

    /// Comments on the worked example's record: read, unread, and one withdrawn.
    async fn talk(&self) -> Result<(), DemoError> {
        let (unit, rooms) = (
            self.cast.department("jiaotong")?,
            self.cast.department("jiguan")?,
        );
        let office = self.cast.department("minzheng")?;
        let asked = "办公用房腾退期限为2018年12月31日，请说明腾退安排。";
        let first = self.say(("office", (11, 12)), asked, &[unit]).await?;
        let answer =
            "拟于12月20日前腾退完毕，协会新址已签订租赁意向。腾退交接时间请机关事务管理局商定。";
        self.say(("jiaotong", (11, 13)), answer, &[rooms]).await?;
        let clerk = self.cast.on("jiaotong", (11, 13)).await?;
        let write = self.app.write(&clerk).await?;
        let read = comments::acknowledge(write, first).await;
        went("acknowledge", read)?;
        let wrong = self
            .say(("jiaotong", (11, 14)), "此条发错协会。", &[])
            .await?;
        let clerk = self.cast.on("jiaotong", (11, 14)).await?;
        let write = self.app.write(&clerk).await?;
        let withdrawn = comments::withdraw(write, wrong).await;
        went("withdraw", withdrawn)?;
        let moved = "协会已确定新址为春城大街，搬迁后即申请变更住所登记，请指导所需材料。";
        let said = self.say(("xiehui", (11, 15)), moved, &[office]).await;
        said.map(|_| ())
    }

    async fn say(
        &self,
        (username, on): (&str, Day),
        body: &str,
        asked: &[DepartmentId],
    ) -> Result<At, DemoError> {
        let who = self.cast.on(username, on).await?;
        let association = self.find(EXAMPLE.name).await?;
        let write = self.app.write(&who).await?;
        let written = comments::write(write, association, body, asked).await;
        Ok(At {
            association,
            comment: went("comment", written)?,
        })
    }
}
