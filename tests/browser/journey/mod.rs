//! The journey of issue 2: one association from the register to five tracks done,
//! in a browser, as every role in it, on both schemes: what is typed comes from the
//! scheme (days, names of departments, numbers). What comes a hundred times over (report,
//! verify, accept) is done by hand for the first items and by the same forms,
//! without a browser, for the rest.

mod plan;
mod survey_and_list;
pub mod tracks;

use super::person::{Person, Site};
use crate::walls::personal::people_stand_in_their_tables;
use crate::world::World;

/// The association on its way.
struct Way<'a> {
    site: &'a Site,
    person: Person,
    /// Its name.
    name: &'static str,
    /// Where its photographs go.
    photograph: &'static str,
    id: i64,
    department: i64,
    unit: String,
}

#[tokio::test]
async fn the_whole_way_as_every_role_in_it() {
    go(World::demo().await, "长春市绿园区民办教育协会", "journey").await;
}

#[tokio::test]
async fn the_whole_way_on_the_national_scheme() {
    go(
        World::national().await,
        "中国教学用具行业协会",
        "journey_national",
    )
    .await;
}

async fn go(world: World, name: &'static str, photograph: &'static str) {
    let site = Site::serving(world).await;
    let Some(person) = Person::sign_in(&site, "jiaoyu").await else {
        return;
    };
    let mut way = Way {
        site: &site,
        person,
        name,
        photograph,
        id: 0,
        department: 0,
        unit: String::new(),
    };
    way.register().await;
    way.survey().await;
    way.sent_back_and_confirmed().await;
    way.roster().await;
    way.plan().await;
    way.prior_approvals().await;
    way.reply().await;
    way.tracks().await;
    way.watched().await;
    people_stand_in_their_tables(&site.world).await;
}

impl Way<'_> {
    fn world(&self) -> &World {
        &self.site.world
    }

    /// Today, as dates are typed.
    fn today(&self) -> String {
        self.world().app.clock.today().to_string()
    }

    /// A document's number of this year.
    fn number(&self, kind: &str, serial: i64) -> String {
        let year = self.world().app.clock.today().format("%Y");
        format!("{kind}〔{year}〕{serial}号")
    }

    /// Opens a page of the association as somebody.
    async fn at(&self, username: &str, tail: &str) {
        self.person.becomes(username).await;
        self.open(tail).await;
    }

    async fn open(&self, tail: &str) {
        let path = format!("/associations/{}{tail}", self.id);
        self.person.open(&path).await;
    }

    /// Civil affairs sees it in figures; the case file tells the whole way.
    async fn watched(&self) {
        let person = &self.person;
        person.becomes("minzheng-lead").await;
        person.open("/dashboard").await;
        person.sees("教育").await;
        let row = person
            .ask("[...document.querySelectorAll('.grid-tracks tr')].map((row) => row.innerText).find((text) => text.includes('教育'))")
            .await;
        assert!(row.as_str().unwrap_or_default().contains("100.0"), "{row}");
        person.open("/associations?stage=five_done").await;
        person.sees(self.name).await;
        let shot = |page: &str| format!("{}_{page}", self.photograph);
        let mut wrong = person.look(&shot("five_done")).await;
        self.open("/history").await;
        for act in ["登记", "摸底调查", "名单", "方案", "启动实施", "验收销号"] {
            person.sees(act).await;
        }
        wrong.extend(person.look(&shot("history")).await);
        assert!(wrong.is_empty(), "{wrong:#?}");
        let stage: String = sqlx::query_scalar("select stage from association where id = $1")
            .bind(self.id)
            .fetch_one(self.world().owner())
            .await
            .unwrap();
        assert_eq!(stage, "five_done");
    }
}

fn pairs(values: &[(&str, &str)]) -> Vec<(String, String)> {
    values
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

/// Who answers for a competence in the demonstration.
fn person_of(competence: &str) -> &'static str {
    match competence {
        "BB" => "bianban",
        "CZ" => "caizheng",
        "JG" => "jiguan",
        "RS" => "renshe",
        "CA" => "minzheng",
        "SJ" => "shenji",
        "FG" => "fagai",
        "ZZ" => "zuzhi",
        _ => "office",
    }
}
