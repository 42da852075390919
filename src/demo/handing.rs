//! What clerks have handed to their leaders, who have not signed it by the story's today: a
//! survey, a plan that came back, items of checklists.

use serde_json::json;

use crate::ids::AssociationId;
use crate::plan;
use crate::progress::acts::At;
use crate::progress::acts::evidence::{self, Filing};
use crate::progress::rules::{Item, ItemState};
use crate::progress::store as items;
use crate::survey::acts as survey;

use super::DemoError;
use super::associations::Until;
use super::days::{Day, Life, life};
use super::names::person;
use super::story::{SEEN, Story, went};
use super::surveys::{self, add};

/// Associations whose clerks hand over what is still open of T5, and on which day.
const ITEMS: [(&str, Day); 3] = [
    ("民营企业商会", (11, 20)),
    ("文化产业商会", (11, 21)),
    ("信息服务业协会", (11, 21)),
];
/// Their checklists are carried out in part.
const PARTLY: Until = Until::Percent(50);
/// How many of each.
const OF_EACH: usize = 2;

impl Story<'_> {
    /// What lies with the leaders.
    pub(super) fn handed_over(&self) -> Vec<Life<'_>> {
        let mut lives = vec![
            life(self.a_survey_for_signature("女企业家商会")),
            life(self.a_plan_for_signature("青年企业家商会")),
        ];
        for (name, day) in ITEMS {
            lives.push(life(self.items_for_signature(name, day)));
        }
        lives
    }

    /// A survey that was begun late, and is finished.
    async fn a_survey_for_signature(&self, name: &str) -> Result<(), DemoError> {
        self.cast.days.come((11, 19)).await?;
        let id = self.find(name).await?;
        let answers = surveys::typical(&self.known(id).await?, id.0, "");
        let sections = self.app.in_force().await?.scheme.survey.sections.len();
        self.fill(id, &answers, sections, (11, 19)).await?;
        self.explain(id, &answers, (11, 20)).await?;
        let clerk = self.clerk(id, (11, 20)).await?;
        let write = self.app.write(&clerk).await?;
        went("pass survey", survey::pass(write, id, SEEN).await)
    }

    /// A plan that came back, and in which is put right what was asked for.
    async fn a_plan_for_signature(&self, name: &str) -> Result<(), DemoError> {
        self.cast.days.come((11, 20)).await?;
        let id = self.find(name).await?;
        let mut content = self.load(id).await?.content.0.clone();
        add(&mut content, &json!({ "PL-8-5": person(id.0, 7) }));
        self.save(id, "PL-8", &content, (11, 20)).await?;
        let clerk = self.clerk(id, (11, 21)).await?;
        let write = self.app.write(&clerk).await?;
        let passed = plan::draft::acts::pass(write, id, SEEN).await;
        went("pass plan", passed)
    }

    async fn items_for_signature(&self, name: &str, day: Day) -> Result<(), DemoError> {
        self.cast.days.come(day).await?;
        let id = self.find(name).await?;
        let list = items::items(&mut self.app.database.read().await?, id).await?;
        let open = |item: &&Item| item.track == "T5" && item.state == ItemState::Open;
        for item in list.iter().filter(open).take(OF_EACH) {
            self.pass_item(id, item, day).await?;
        }
        Ok(())
    }

    /// The clerk files how it stands with the paper that proves it, and hands it over.
    async fn pass_item(&self, id: AssociationId, item: &Item, day: Day) -> Result<(), DemoError> {
        let clerk = self.clerk(id, day).await?;
        let scheme = self.app.in_force().await?.scheme;
        let measure = scheme
            .measure(&item.measure)
            .ok_or_else(|| DemoError::Refused(format!("no measure {}", item.measure)))?;
        let told = (PARTLY, day);
        let filed = self.filing((id, item), measure, told).await?;
        let facts = filed.standing.map(|(_, facts)| facts);
        let filing = Filing {
            standing: Some(("已办理，请审签".to_owned(), facts.unwrap_or_default())),
            passed: true,
            ..filed
        };
        let at = At {
            association: id,
            item: item.id,
        };
        let write = self.app.write(&clerk).await?;
        went("pass item", evidence::file(write, at, SEEN, filing).await)
    }
}
