//! From the register to the published list: 台账, 范围, 摸底, 名单.

use serde_json::json;
use tuogou::demo::surveys;
use tuogou::scheme::Answers;
use tuogou::survey::rules::findings;
use tuogou::web::answer::questions::fill;

use super::{Way, pairs};

impl Way<'_> {
    /// 台账 and 范围: the clerk enters, the office's head decides.
    pub(super) async fn register(&mut self) {
        let person = &self.person;
        person.open("/associations/new").await;
        person
            .fill_in(&pairs(&[
                ("name", self.name),
                ("certificate_no", "社证字第0421号"),
                ("registered_on", "2011-06-15"),
                ("legal_representative", "季会长"),
                ("domicile", "某市某街21号"),
                ("business_scope", "行业自律、教学交流"),
                ("kind", "supervise"),
                ("member_basis", "same_activity_units"),
            ]))
            .await;
        person.press("登记").await;
        person.sees("协会已登入台账").await;
        self.id = self.world().association(self.name).await;
        (self.department, self.unit) = sqlx::query_as(
            "select d.id, d.name from association a join department d on d.id = a.department_id where a.id = $1",
        )
        .bind(self.id)
        .fetch_one(self.world().owner())
        .await
        .unwrap();
        self.at("office-lead", "/scope").await;
        self.person.choose("scope", "in").await;
        self.person.press("作出认定").await;
        self.person.sees("拟脱钩").await;
    }

    /// 摸底: every section, the reasons for what is unusual, the signature.
    pub(super) async fn survey(&self) {
        let mut known = Answers::default();
        for (code, name) in [("SV-07", "季会长"), ("SV-92", "焦玉"), ("SV-94", "季学东")] {
            known.set(code, Some(json!(name)));
        }
        let answers = surveys::typical(&known, 4, "p");
        self.person.becomes("jiaoyu").await;
        for section in &self.world().scheme().survey.sections {
            self.open(&format!("/survey/sections/{}", section.code))
                .await;
            self.person
                .fill_in(&fill(&section.questions, &answers))
                .await;
            self.person.choose("done", "yes").await;
            self.person.press("保存").await;
            self.person.sees("本部分已保存").await;
        }
        let found = findings(self.world().scheme(), &answers);
        let reasons: Vec<(String, String)> = surveys::explanations()
            .into_iter()
            .filter(|(code, _)| found.iter().any(|finding| &finding.code == code))
            .collect();
        if !reasons.is_empty() {
            self.open("/survey").await;
            self.person.fill_in(&reasons).await;
            self.person.press("保存说明").await;
        }
        self.at("jiaoyu-lead", "/survey").await;
        self.person.press("报送脱钩办").await;
        self.person.sees("摸底调查已报送脱钩办").await;
    }

    /// The office's clerk sends it back once; it is mended, signed and confirmed.
    pub(super) async fn sent_back_and_confirmed(&self) {
        let person = &self.person;
        self.at("office", "/survey/return").await;
        person.fill("SV-18-1", "请填写联系人真实姓名").await;
        person.press("退回补正").await;
        person.sees("摸底调查已退回").await;
        self.at("jiaoyu", "/survey/sections/base").await;
        person.sees("请填写联系人真实姓名").await;
        person.fill("SV-18-1", "焦玉").await;
        person.choose("done", "yes").await;
        person.press("保存").await;
        self.at("jiaoyu-lead", "/survey").await;
        person.press("报送脱钩办").await;
        self.at("office-lead", "/survey").await;
        person.press("确认摸底调查").await;
        person.sees("摸底调查已确认").await;
    }

    /// 名单: recommended, decided, published.
    pub(super) async fn roster(&self) {
        let person = &self.person;
        let unit = format!("/roster/{}", self.department);
        person.becomes("jiaoyu").await;
        person.open(&unit).await;
        // A later list takes any association; neither the half nor what must take part binds it.
        person.sees("首批名单已经发布").await;
        person.choose("listed", &self.id.to_string()).await;
        person.press("保存推荐名单").await;
        person.becomes("jiaoyu-lead").await;
        person.open(&unit).await;
        person.press("报送脱钩办").await;
        person.becomes("office-lead").await;
        person.open(&unit).await;
        person.press("审定推荐名单").await;
        person.sees("推荐名单已审定").await;
        person.open("/roster/publication").await;
        person.sees(self.name).await;
        let title = &self.world().scheme().campaign.words.list_title;
        person.fill("title", &format!("{title}（增补）")).await;
        person
            .ask("document.querySelectorAll('main [name^=\"exception.\"]').forEach((field) => { field.value = '其余单位以后增补'; })")
            .await;
        let button = person
            .ask("document.querySelector('main button.official').textContent.trim()")
            .await;
        person.press(button.as_str().unwrap()).await;
        person.open("/public/roster").await;
        person.sees(self.name).await;
    }
}
