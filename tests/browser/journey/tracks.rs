//! The five tracks carried out: evidence, report, verification, acceptance.

use std::path::PathBuf;

use axum::http::StatusCode;

use crate::journeys::files_follow_their_matter::hand_in;

use super::{Way, pairs, person_of};

/// The first so many items are carried out by hand.
const BY_HAND: usize = 2;
/// Its item follows the register of registration.
const CERTIFIED: &str = "T1-02";
/// A file that is what it says it is.
const PDF: &[u8] = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";

impl Way<'_> {
    /// 五分离: done with evidence, reported, verified, accepted.
    pub(super) async fn tracks(&self) {
        // What was settled with the reply is accepted already (DN-6).
        let items: Vec<(i64, String)> = sqlx::query_as(
            "select id, measure from item
             where association_id = $1 and track <> 'T6' and state <> 'accepted' order by measure, id",
        )
        .bind(self.id)
        .fetch_all(self.world().owner())
        .await
        .unwrap();
        assert!(items.len() > 10, "{items:?}");
        self.ties_end().await;
        self.certified().await;
        self.housed().await;
        let (follows, items): (Vec<_>, Vec<_>) = items
            .into_iter()
            .partition(|(_, measure)| measure == CERTIFIED);
        self.press_all(&follows, "accept", |_| "office-lead").await;
        let (by_hand, others) = items.split_at(BY_HAND);
        self.by_hand(by_hand).await;
        self.by_form(others).await;
        self.conditions_kept().await;
    }

    /// Ending a tie on the register is the work of T1-01.
    async fn ties_end(&self) {
        let ties: Vec<i64> = sqlx::query_scalar("select id from tie where association_id = $1")
            .bind(self.id)
            .fetch_all(self.world().owner())
            .await
            .unwrap();
        let clerk = self.world().sign_in("jiaoyu").await;
        let today = self.today();
        for tie in ties {
            let path = format!("/associations/{}/ties/{tie}", self.id);
            let typed = [
                ("ended_on", today.as_str()),
                ("ended_by", "教发〔2018〕9号"),
            ];
            let ended = self.world().submit(&clerk, (&path, &path), &typed).await;
            assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
        }
    }

    /// T1-02 is done by the certificate that civil affairs gives, and by nothing else.
    async fn certified(&self) {
        let civil = self.world().sign_in("minzheng").await;
        let (today, number) = (self.today(), self.number("社证", 1));
        let new = format!("/associations/{}/registrations/new/certificate", self.id);
        let applied = [("applied_on", today.as_str())];
        let entry = self.world().submit(&civil, (&new, &new), &applied).await;
        assert_eq!(entry.status, StatusCode::SEE_OTHER, "{}", entry.body);
        let entry = entry.location();
        let entry = entry.split('?').next().unwrap();
        let result = [
            ("verdict", "granted"),
            ("decided_on", today.as_str()),
            ("document", number.as_str()),
            ("supervisor_column", "blank"),
        ];
        let action = format!("{entry}/result");
        let given = self.world().submit(&civil, (entry, &action), &result).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
    }

    /// Five separations are not done while a condition of the reply is open.
    async fn conditions_kept(&self) {
        let sql = "select id from plan_condition where association_id = $1 and state = 'open'";
        let open: Vec<i64> = sqlx::query_scalar(sql)
            .bind(self.id)
            .fetch_all(self.world().owner())
            .await
            .unwrap();
        assert!(!open.is_empty());
        for condition in open {
            let path = format!("/associations/{}/plan/conditions/{condition}", self.id);
            let confirm = format!("{path}/confirmation");
            let note = [("note", "房屋已交接"), ("document_number", "")];
            for (who, action, typed) in [
                ("jiaoyu-lead", &path, &note[..]),
                ("office", &confirm, &[][..]),
            ] {
                let cookie = self.world().sign_in(who).await;
                let done = self.world().submit(&cookie, (&path, action), typed).await;
                assert_eq!(done.status, StatusCode::SEE_OTHER, "{who} {}", done.body);
            }
        }
    }

    /// T3-12 rests on the register of the association's own premises.
    async fn housed(&self) {
        let clerk = self.world().sign_in("jiaoyu").await;
        let path = format!("/associations/{}/assets/premises/1", self.id);
        let today = self.today();
        let typed = [
            ("nature", "rent"),
            ("address", "景阳大路2288号"),
            ("started_on", today.as_str()),
            ("paper", "房屋租赁合同"),
        ];
        let saved = self.world().submit(&clerk, (&path, &path), &typed).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    }

    async fn by_hand(&self, items: &[(i64, String)]) {
        let person = &self.person;
        let file = evidence_file();
        let (today, number) = (self.today(), self.number("教证", 1));
        person.becomes("jiaoyu").await;
        for (item, measure) in items {
            self.open(&format!("/progress/{item}")).await;
            person.fill("note", "已按方案办理完毕").await;
            let facts = self.world().facts(measure, &today);
            let facts: Vec<(&str, &str)> = borrowed(&facts);
            person.fill_in(&pairs(&facts)).await;
            person.press("只保存").await;
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
            person.press("登记这份材料").await;
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
            let facts = self.world().facts(measure, &today);
            if !facts.is_empty() {
                let typed = borrowed(&facts);
                let saved = self.world().submit(&clerk, (&path, &path), &typed).await;
                assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
            }
            let kind = self.kind(measure);
            let fields = [
                ("kind", kind.as_str()),
                ("document_number", "无"),
                ("document_date", today.as_str()),
                ("issuer", self.unit.as_str()),
            ];
            let file = ("证明.pdf", PDF);
            let answer = hand_in(self.world(), &clerk, &path, &fields, file).await;
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
            let action = format!("{path}/{act}");
            let shown = self.world().get(cookie, &path).await;
            let offered = shown.body.contains(&action);
            assert!(
                offered,
                "{name} {act} {measure}: {:?}",
                shown.texts(".notice")
            );
            let answer = self.world().submit(cookie, (&path, &action), &[]).await;
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
        let measure = self.world().scheme().measure(measure).unwrap();
        let kind = measure.evidence.first().cloned();
        kind.unwrap_or_else(|| "其他证明材料".to_owned())
    }

    fn verifier(&self, measure: &str) -> &'static str {
        let measure = self.world().scheme().measure(measure).unwrap();
        measure
            .verify
            .first()
            .map_or("office", |competence| person_of(competence))
    }
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    let fields = fields.iter();
    fields
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect()
}

/// A file of evidence on this machine, for a browser to choose.
pub fn evidence_file() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("tuogou-journey-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("证明.pdf");
    std::fs::write(&file, PDF).unwrap();
    file
}
