//! What is drafted, signed and passed on beside the plans, each from its beginning to its end
//! on its pages.

mod another_kind;
mod audit_sample;
mod documents_and_readings;
mod late_in_spite_of_a_reminder;
mod mid_term;
mod problems;
mod visits;

use axum::http::StatusCode;

use crate::world::{Answer, World};

/// It was done.
pub fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
}

/// It was refused with these words.
pub fn refused(answer: &Answer, status: StatusCode, words: &str) {
    assert_eq!(answer.status, status, "{}", answer.body);
    assert!(answer.body.contains(words), "{words}: {}", answer.body);
}

/// Somebody with a docket in front of them.
pub struct At<'w> {
    pub world: &'w World,
    pub id: i64,
}

impl At<'_> {
    pub fn page(&self) -> String {
        format!("/dockets/{}", self.id)
    }

    /// Sends one of the page's forms.
    pub async fn go(&self, who: &str, act: &str, typed: &[(&str, &str)]) -> Answer {
        let cookie = self.world.sign_in(who).await;
        let page = self.page();
        let action = format!("{page}/{act}");
        self.world.submit(&cookie, (&page, &action), typed).await
    }

    /// Writes it.
    pub async fn write(&self, who: &str, typed: &[(&str, &str)]) -> Answer {
        let cookie = self.world.sign_in(who).await;
        let form = format!("{}/edit", self.page());
        self.world.submit(&cookie, (&form, &form), typed).await
    }

    pub async fn state(&self) -> String {
        sqlx::query_scalar("select state from docket where id = $1")
            .bind(self.id)
            .fetch_one(self.world.owner())
            .await
            .unwrap()
    }

    /// Whether the page offers the form of an act to somebody.
    pub async fn offers(&self, who: &str, act: &str) -> bool {
        let cookie = self.world.sign_in(who).await;
        let page = self.page();
        let shown = self.world.get(&cookie, &page).await;
        shown.body.contains(&format!("action=\"{page}/{act}\""))
    }

    /// Who has it: department, role, act.
    pub async fn hands(&self) -> Vec<(String, String, String)> {
        sqlx::query_as(
            "select u.code, d.role, d.act from desk d join department u on u.id = d.department_id
             where d.kind = 'docket' and d.case_id = $1 order by 1, 2, 3",
        )
        .bind(self.id)
        .fetch_all(self.world.owner())
        .await
        .unwrap()
    }
}

/// The docket of a process of a department.
pub async fn own(world: &World, process: &str, department: &str) -> i64 {
    sqlx::query_scalar(
        "select d.id from docket d join department u on u.id = d.department_id
         where d.process = $1 and u.code = $2 order by d.id desc limit 1",
    )
    .bind(process)
    .bind(department)
    .fetch_one(world.owner())
    .await
    .unwrap()
}

/// The docket that a redirect leads to.
pub fn made(answer: &Answer) -> i64 {
    done(answer);
    let location = answer.location();
    let path = location.split('?').next().unwrap();
    path.rsplit('/').next().unwrap().parse().unwrap()
}
