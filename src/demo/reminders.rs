//! Reminders and 督办单 as the office sent them: 教育局 has no work group, 农业局 is
//! late with its survey, and two units were reminded on the day before today.

use crate::access::Scope;
use crate::crossings::reminding::{self, Situation, Wanted};
use crate::timeline::acts::orders;
use crate::timeline::acts::reminders as acts;
use crate::timeline::rules::reminders::{DEFAULT_TEXT, merge};
use crate::timeline::store::orders::Draft;

use super::DemoError;
use super::days::{Day, Life, life};
use super::story::{SEEN, Story, went};

impl Story<'_> {
    /// The late, as the office pursues them.
    pub(super) fn reminders(&self) -> Vec<Life<'_>> {
        vec![
            life(self.the_unit_without_a_work_group()),
            life(self.the_unit_late_with_its_survey()),
        ]
    }

    async fn the_unit_without_a_work_group(&self) -> Result<(), DemoError> {
        self.remind(("office", (9, 18)), &["jiaoyu", "nongye"])
            .await?;
        let lead = self.cast.on("jiaoyu-lead", (9, 20)).await?;
        let first = self.newest("jiaoyu").await?;
        let write = self.app.write(&lead).await?;
        went("sign for it", acts::acknowledge(write, first).await)?;

        let draft = Draft {
            department: self.cast.department("jiaoyu")?.0,
            demand: "请你单位立即成立脱钩改革工作组，明确联络员，补报时间安排和风险预案。"
                .to_owned(),
            due: self.cast.day((11, 20))?,
        };
        let clerk = self.cast.on("office", (11, 13)).await?;
        self.app.brought_up().await?;
        let write = self.app.write(&clerk).await?;
        let order = went("draft", reminding::draft(write, SEEN, &draft).await)?;
        let head = self.cast.on("office-lead", (11, 14)).await?;
        let write = self.app.write(&head).await?;
        went("sign", orders::sign(write, order, SEEN).await)?;
        let lead = self.cast.on("jiaoyu-lead", (11, 15)).await?;
        let write = self.app.write(&lead).await?;
        went("receive", orders::acknowledge(write, order, SEEN).await)?;
        let lead = self.cast.on("jiaoyu-lead", (11, 20)).await?;
        let write = self.app.write(&lead).await?;
        let answer = "我局无主管的行业协会，原认为不需成立工作组；现已确定分管领导和联络员，正在办理发文，11月23日前报送。";
        let answered = orders::answer(write, order, SEEN, answer).await;
        went("answer", answered)
    }

    async fn the_unit_late_with_its_survey(&self) -> Result<(), DemoError> {
        self.remind(("office-2", (11, 21)), &["nongye", "shangwu"])
            .await?;
        let draft = Draft {
            department: self.cast.department("nongye")?.0,
            demand:
                "请你单位明确责任人，逐项补报摸底调查和风险预案；确有困难的，说明原因和下一步安排。"
                    .to_owned(),
            due: self.cast.day((11, 28))?,
        };
        let clerk = self.cast.on("office", (11, 22)).await?;
        self.app.brought_up().await?;
        let write = self.app.write(&clerk).await?;
        let drafted = reminding::draft(write, SEEN, &draft).await;
        went("draft", drafted).map(|_| ())
    }

    /// Reminds units of all that is late or nearly so with them on a day.
    async fn remind(&self, (username, day): (&str, Day), units: &[&str]) -> Result<(), DemoError> {
        let who = self.cast.on(username, day).await?;
        // As before the day's first page: what is late is read from the desk.
        self.app.brought_up().await?;
        let at = (Scope::of(&who.actor), who.today());
        let scheme = self.app.in_force().await?.scheme;
        let now = Situation::read(&mut self.app.database.read().await?, &scheme, at).await?;
        let mut wanted = Vec::new();
        for unit in units {
            let unit = self.cast.department(unit)?.0;
            let own = now.matters.iter().filter(|matter| matter.holder == unit);
            wanted.extend(merge(own).into_iter().map(|(department, matters)| Wanted {
                department,
                body: DEFAULT_TEXT.to_owned(),
                matters: matters.iter().map(|matter| matter.key.clone()).collect(),
            }));
        }
        let sent = reminding::send(self.app.write(&who).await?, SEEN, &wanted);
        went("remind", sent.await)
    }

    /// The newest notice to a unit.
    async fn newest(&self, unit: &str) -> Result<i64, DemoError> {
        let department = self.cast.department(unit)?.0;
        let db = &mut self.app.database.read().await?;
        let notices = crate::timeline::store::reminders::newest(db).await?;
        let found = notices.iter().find(|each| each.department == department);
        found
            .map(|notice| notice.id)
            .ok_or_else(|| DemoError::Refused("no notice".to_owned()))
    }
}
