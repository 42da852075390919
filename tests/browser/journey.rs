//! The journey of issue 2: one association from the register to five tracks done,
//! in a browser, as every role in it, on both schemes: what is typed comes from the
//! scheme (days, names of departments, numbers). What comes a hundred times over (report,
//! verify, accept) is done by hand for the first items and by the same forms,
//! without a browser, for the rest.

use std::path::PathBuf;

use axum::http::StatusCode;
use serde_json::json;
use tuogou::demo::surveys;
use tuogou::scheme::Answers;
use tuogou::survey::rules::findings;
use tuogou::web::answer::questions::fill;

use super::person::{Person, Site};
use crate::world::World;

/// The first so many items are carried out by hand.
const BY_HAND: usize = 2;
/// A file that is what it says it is.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

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

    /// 台账 and 范围: the clerk enters, the office's head decides.
    async fn register(&mut self) {
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
    async fn survey(&self) {
        let mut known = Answers::default();
        known.set("SV-07", Some(json!("季会长")));
        let answers = surveys::typical(&known, 4, "p");
        self.person.becomes("jiaoyu").await;
        for section in &self.world().app.scheme.survey.sections {
            self.open(&format!("/survey/sections/{}", section.code))
                .await;
            self.person
                .fill_in(&fill(&section.questions, &answers))
                .await;
            self.person.choose("done", "yes").await;
            self.person.press("保存本部分").await;
            self.person.sees("本部分已保存").await;
        }
        let found = findings(&self.world().app.scheme, &answers);
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
    async fn sent_back_and_confirmed(&self) {
        let person = &self.person;
        self.at("office", "/survey/return").await;
        person.fill("SV-18-1", "请填写联系人真实姓名").await;
        person.press("退回补正").await;
        person.sees("摸底调查已退回").await;
        self.at("jiaoyu", "/survey/sections/base").await;
        person.sees("请填写联系人真实姓名").await;
        person.fill("SV-18-1", "焦玉").await;
        person.choose("done", "yes").await;
        person.press("保存本部分").await;
        self.at("jiaoyu-lead", "/survey").await;
        person.press("报送脱钩办").await;
        self.at("office-lead", "/survey").await;
        person.press("确认摸底调查").await;
        person.sees("摸底调查已确认").await;
    }

    /// 名单: recommended, decided, published.
    async fn roster(&self) {
        let person = &self.person;
        let unit = format!("/roster/{}", self.department);
        person.becomes("jiaoyu").await;
        person.open(&unit).await;
        person.sees("仅有1个行业协会商会").await;
        person.press("保存推荐名单").await;
        person.becomes("jiaoyu-lead").await;
        person.open(&unit).await;
        person.press("报送脱钩办").await;
        person.becomes("office-lead").await;
        person.open(&unit).await;
        person.press("审定推荐名单").await;
        person.sees("推荐名单已审定").await;
        person.open("/roster").await;
        let title = &self.world().app.scheme.campaign.words.list_title;
        person.fill("title", &format!("{title}（增补）")).await;
        person.fill("despite", "其余单位以后增补").await;
        person.press("向社会发布").await;
        person.open("/public/roster").await;
        person.sees(self.name).await;
    }

    /// 方案: derived from the survey, completed part by part, asked for, signed.
    async fn plan(&self) {
        let person = &self.person;
        let soon = self.world().app.clock.today() + chrono::Days::new(22);
        let soon = soon.to_string();
        let content = [
            ("PL-7.nil", "yes"),
            ("PL-7-1", "通过行业服务收入维持运转"),
            ("PL-8-1", "zuzhi"),
            ("PL-8-2", "4"),
            ("PL-8-3", "branch"),
            ("PL-8-4", soon.as_str()),
            ("PL-8-5", "季会长"),
            ("PL-9.nil", "yes"),
            ("PL-13.1.risk", "脱钩期间服务会员的工作中断"),
            ("PL-13.1.measure", "业务主管单位指定专人协调"),
            ("PL-14.nil", "yes"),
            ("PL-15-1", "yes"),
            ("PL-15-2", "yes"),
        ];
        self.at("jiaoyu", "/plan").await;
        person.press("编制实施方案").await;
        person.sees("实施方案已按摸底情况生成").await;
        for part in &self.world().app.scheme.plan.parts {
            let of_part = |name: &str| {
                part.questions.iter().any(|question| {
                    name.split('.').next() == Some(question.code()) || name == question.code()
                })
            };
            let values: Vec<(&str, &str)> = content
                .into_iter()
                .filter(|(name, _)| of_part(name))
                .collect();
            if !values.is_empty() {
                self.open(&format!("/plan/parts/{}", part.code)).await;
                person.fill_in(&pairs(&values)).await;
                person.press("保存本部分").await;
                person.sees("本部分已保存").await;
            }
        }
        person.press("一并报请有关部门批准").await;
        person.sees("待批").await;
        self.submit_plan(&self.number("教请", 6)).await;
    }

    async fn submit_plan(&self, number: &str) {
        self.at("jiaoyu-lead", "/plan").await;
        self.person.fill("request_number", number).await;
        self.person.press("以单位名义报送脱钩办").await;
        self.person.sees("实施方案已报送脱钩办").await;
    }

    /// Every department that was asked answers; one of them on conditions.
    async fn prior_approvals(&self) {
        let asked: Vec<(i64, String)> = sqlx::query_as(
            "select id, competence from prior_approval where association_id = $1 and state = 'requested' order by id",
        )
        .bind(self.id)
        .fetch_all(self.world().owner())
        .await
        .unwrap();
        assert!(!asked.is_empty(), "the plan asks for nothing");
        for ((id, competence), number) in asked.iter().zip(1..) {
            let on_conditions = number == 1;
            self.at(person_of(competence), &format!("/plan/approvals/{id}"))
                .await;
            let verdict = if on_conditions { "conditions" } else { "agree" };
            let document = self.number("批", 200 + number);
            let today = self.today();
            let mut values = vec![
                ("verdict", verdict),
                ("document_number", document.as_str()),
                ("document_date", today.as_str()),
                ("opinion", "同意。"),
            ];
            if on_conditions {
                values.push(("conditions", "腾退前完成房屋交接"));
            }
            self.person.fill_in(&pairs(&values)).await;
            self.person.press("出具审批意见").await;
            self.person.sees("审批意见已出具").await;
        }
    }

    /// Sent back to one part, mended, sent again, checked, replied to, begun.
    async fn reply(&self) {
        let person = &self.person;
        self.at("office", "/plan/return").await;
        person.choose("PL-8", "yes").await;
        person.fill("PL-8-reason", "请明确党组织负责人").await;
        person.press("退回补正").await;
        person.sees("实施方案已退回补正").await;
        self.at("jiaoyu", "/plan/parts/PL-8").await;
        person.sees("请明确党组织负责人").await;
        person.fill("PL-8-5", "季会长（支部书记）").await;
        person.press("保存本部分").await;
        self.submit_plan(&self.number("教请", 7)).await;
        self.at("office", "/plan").await;
        person.sees("季会长（支部书记）").await;
        person.fill("opinion", "材料齐全。").await;
        person.press("受理，转负责人审批").await;
        self.at("office-lead", "/plan/reply/new").await;
        person.press("签发批复").await;
        let prefix = &self.world().app.scheme.campaign.reply_prefix;
        let year = self.world().app.clock.today().format("%Y");
        person.sees(&format!("{prefix}〔{year}〕")).await;
        person.sees("腾退前完成房屋交接").await;
        self.at("jiaoyu-lead", "/plan").await;
        person.press("启动实施").await;
        person.sees("已启动实施").await;
    }

    /// 五分离: done with evidence, reported, verified, accepted.
    async fn tracks(&self) {
        let items: Vec<(i64, String)> = sqlx::query_as(
            "select id, measure from item where association_id = $1 and track <> 'T6' order by measure, id",
        )
        .bind(self.id)
        .fetch_all(self.world().owner())
        .await
        .unwrap();
        assert!(items.len() > 10, "{items:?}");
        let (by_hand, others) = items.split_at(BY_HAND);
        self.by_hand(by_hand).await;
        self.by_form(others).await;
    }

    async fn by_hand(&self, items: &[(i64, String)]) {
        let person = &self.person;
        let file = evidence_file();
        let (today, number) = (self.today(), self.number("教证", 1));
        person.becomes("jiaoyu").await;
        for (item, measure) in items {
            self.open(&format!("/progress/{item}")).await;
            person.fill("note", "已按方案办理完毕").await;
            person.fill("done_on", &today).await;
            person.press("保存").await;
            person.sees("办理情况已保存").await;
            let kind = self.kind(measure);
            person
                .fill_in(&pairs(&[
                    ("kind", kind.as_str()),
                    ("document_number", number.as_str()),
                    ("document_date", today.as_str()),
                    ("issuer", self.unit.as_str()),
                ]))
                .await;
            person.choose_file(&file).await;
            person.press("登记").await;
            person.sees("证明.pdf").await;
        }
        for (username, act, said) in [
            ("jiaoyu-lead", "报告办结", "已报告办结"),
            ("", "核实", "已核实"),
            ("office-lead", "验收销号", "已验收销号"),
        ] {
            for (item, measure) in items {
                let who = if username.is_empty() {
                    self.verifier(measure)
                } else {
                    username
                };
                self.at(who, &format!("/progress/{item}")).await;
                person.press(act).await;
                person.sees(said).await;
            }
        }
    }

    async fn by_form(&self, items: &[(i64, String)]) {
        let clerk = self.world().sign_in("jiaoyu").await;
        let today = self.today();
        for (item, measure) in items {
            let path = self.item(*item);
            let key = format!("journey-evidence-{item}");
            let kind = self.kind(measure);
            let fields = [
                ("request_id", key.as_str()),
                ("kind", kind.as_str()),
                ("document_number", "无"),
                ("document_date", today.as_str()),
                ("issuer", self.unit.as_str()),
            ];
            let answer = self
                .world()
                .upload(
                    &clerk,
                    &format!("{path}/evidence"),
                    &fields,
                    ("证明.pdf", PDF),
                )
                .await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        }
        self.press_all(items, "report", |_| "jiaoyu-lead").await;
        self.press_all(items, "verify", |measure| self.verifier(measure))
            .await;
        self.press_all(items, "accept", |_| "office-lead").await;
    }

    /// The same button of every item, each by the one whose button it is.
    async fn press_all<'n>(
        &self,
        items: &[(i64, String)],
        act: &str,
        who: impl Fn(&str) -> &'n str,
    ) {
        let mut cookies = std::collections::BTreeMap::new();
        for (item, measure) in items {
            let name = who(measure);
            if !cookies.contains_key(name) {
                cookies.insert(name, self.world().sign_in(name).await);
            }
            let (cookie, path) = (cookies.get(name).unwrap(), self.item(*item));
            let version = self.world().get(cookie, &path).await.value("version");
            let key = format!("journey-{act}-{item}");
            let fields = [("request_id", key.as_str()), ("version", version.as_str())];
            let answer = self
                .world()
                .post(cookie, &format!("{path}/{act}"), &fields)
                .await;
            assert_eq!(
                answer.status,
                StatusCode::SEE_OTHER,
                "{name} {act} {measure}: {}",
                answer.body
            );
        }
    }

    fn item(&self, item: i64) -> String {
        format!("/associations/{}/progress/{item}", self.id)
    }

    /// The first kind of evidence that the scheme asks for.
    fn kind(&self, measure: &str) -> String {
        let measure = self.world().app.scheme.measure(measure).unwrap();
        let kind = measure.evidence.first().cloned();
        kind.unwrap_or_else(|| "其他证明材料".to_owned())
    }

    fn verifier(&self, measure: &str) -> &'static str {
        let measure = self.world().app.scheme.measure(measure).unwrap();
        measure
            .verify
            .first()
            .map_or("office", |competence| person_of(competence))
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

fn evidence_file() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("tuogou-journey-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("证明.pdf");
    std::fs::write(&file, PDF).unwrap();
    file
}
