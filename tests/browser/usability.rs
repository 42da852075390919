//! What six errands of an ordinary day cost, counted while a browser goes through them: pages
//! opened, clicks, keystrokes at four a second. The limits are those of docs/usability.md; with
//! `TUOGOU_WRITE_DOCS` set, the figures of today are written there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde_json::json;

use super::journey::tracks::evidence_file;
use super::person::{Person, Site};

/// Keystrokes of somebody who types all day, each second.
const KEYS_A_SECOND: usize = 4;
/// What all sections of the worked example's survey were together at 1440 px, before they
/// became one grid (docs/usability.md), and what they may be: half of it.
const SURVEY_WITHIN: i64 = 22_836 / 2;
const WORKED_EXAMPLE: &str = "汽车维修行业协会";
/// What a section asks, in its words: not the columns of its registers.
const LABELS: &str = "[...document.querySelectorAll('main form > .field > label:not(.choice), main form > [data-shown-when] > .field > label:not(.choice), main form > fieldset.field > legend, main form > [data-shown-when] > fieldset.field > legend, main form .amounts th label')].map((each) => {
  const words = each.cloneNode(true);
  words.querySelectorAll('.number, .must').forEach((mark) => mark.remove());
  return words.textContent.trim();
})";
/// Where docs/usability.md keeps what is counted here.
const FIGURES: (&str, &str) = ("<!-- counted -->\n", "<!-- /counted -->");

/// Somebody at a browser whose every touch is counted.
struct Hand {
    person: Person,
    clicks: usize,
    keys: usize,
}

/// What an errand cost.
struct Cost {
    errand: &'static str,
    /// In the errand's own measure: pixels or looks; none where touches say all.
    figure: String,
    clicks: usize,
    keys: usize,
}

impl Hand {
    async fn of(site: &Site, username: &str) -> Option<Self> {
        let person = Person::sign_in(site, username).await?;
        person.widen(1440).await;
        Some(Self {
            person,
            clicks: 0,
            keys: 0,
        })
    }

    /// Somebody else takes the errand up from the start.
    async fn becomes(&mut self, username: &str) {
        self.person.becomes(username).await;
        (self.clicks, self.keys) = (0, 0);
    }

    /// Touches what a script finds, without leaving the page.
    async fn touch(&mut self, find: &str) {
        self.clicks += 1;
        let script = format!(
            "(() => {{ const found = {find}; if (!found) return false; found.click(); return true; }})()"
        );
        let done = self.person.ask(&script).await;
        assert_eq!(done, json!(true), "nothing there: {find}");
    }

    /// Touches what leads to another page, and waits for it.
    async fn follow(&mut self, find: &str) {
        self.person.ask("window.leaving = true").await;
        self.touch(find).await;
        self.person.arrive(find).await;
    }

    /// Touches a button or link by its words.
    async fn press(&mut self, words: &str) {
        let find = format!(
            "[...document.querySelectorAll('main a, main button')].find((each) => each.textContent.trim().startsWith('{words}') && each.getClientRects().length > 0)"
        );
        self.follow(&find).await;
    }

    /// Types into a field that is there, letter by letter as it is counted.
    async fn types(&mut self, selector: &str, words: &str) {
        self.keys += words.chars().count();
        let script = format!(
            "(() => {{ const field = document.querySelector(`{selector}`); if (!field) return false; field.value = {}; field.dispatchEvent(new Event('input', {{ bubbles: true }})); return true; }})()",
            json!(words)
        );
        let done = self.person.ask(&script).await;
        assert_eq!(done, json!(true), "no field {selector}");
    }

    fn cost(&self, errand: &'static str, figure: String) -> Cost {
        Cost {
            errand,
            figure,
            clicks: self.clicks,
            keys: self.keys,
        }
    }
}

/// (1) The whole survey: how far it is scrolled, and what is asked twice.
async fn survey(site: &Site, hand: &mut Hand) -> Cost {
    let id = site.world.association(WORKED_EXAMPLE).await;
    // As it stood while it was being filled in.
    sqlx::query("update survey set state = 'draft' where association_id = $1")
        .bind(id)
        .execute(site.world.owner())
        .await
        .unwrap();
    hand.becomes("jiaotong").await;
    let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut height = 0;
    let sections = &site.world.scheme().survey.sections;
    for section in sections {
        let path = format!("/associations/{id}/survey/sections/{}", section.code);
        hand.person.open(&path).await;
        let tall = "document.documentElement.scrollHeight";
        height += hand.person.ask(tall).await.as_i64().unwrap();
        // One value a question: rows of a register are many answers of one question.
        let labels = hand.person.ask(LABELS).await;
        for label in labels.as_array().unwrap() {
            let label = label.as_str().unwrap_or_default().to_owned();
            asked.entry(label).or_default().push(section.code.clone());
        }
    }
    assert!(asked.len() > 50, "{asked:#?}");
    asked.retain(|_, places| places.len() > 1);
    assert!(asked.is_empty(), "asked twice: {asked:#?}");
    assert!(
        height <= SURVEY_WITHIN,
        "{height} px of {SURVEY_WITHIN} are scrolled"
    );
    hand.cost("the whole survey", format!("{height} px"))
}

/// (2) Three items of a checklist are reported to the leader with one file.
async fn report(site: &Site, hand: &mut Hand) -> Cost {
    let id = site.world.association(WORKED_EXAMPLE).await;
    // Three that the demonstration tells as done are still to be reported.
    let open = "update item set state = 'in_progress', reported_on = null, reported_by = null, resolved_on = null,
                    resolved_by = null, done_on = '2018-11-12'
                where association_id = $1 and measure in ('T1-03', 'T5-01', 'T5-02')";
    let open = sqlx::query(open).bind(id);
    let open = open.execute(site.world.owner()).await.unwrap();
    assert_eq!(open.rows_affected(), 3);
    hand.becomes("jiaotong").await;
    hand.person
        .open(&format!("/associations/{id}/progress"))
        .await;
    for at in 0..3 {
        let box_of = "[...document.querySelectorAll('input[name=picked]')].filter((each) => /^选择(T1-03|T5-01|T5-02) /.test(each.getAttribute('aria-label')))";
        hand.touch(&format!("{box_of}[{at}]")).await;
    }
    hand.press("共用一份材料").await;
    hand.person.choose_file(&evidence_file()).await;
    hand.clicks += 1;
    for (name, words) in [
        ("document_number", "无"),
        ("document_date", "2018-11-12"),
        ("issuer", "区委组织部"),
    ] {
        hand.types(&format!("main [name={name}]"), words).await;
    }
    hand.press("保存并送负责人审签").await;
    hand.person.keeps("usability-2-reported").await;
    hand.person.sees("办理结果").await;
    hand.cost("three items, one file", String::new())
}

/// (3) A plan goes back with two remarks.
async fn give_back(site: &Site, hand: &mut Hand) -> Cost {
    hand.becomes("office").await;
    let id: i64 = sqlx::query_scalar(
        "select association_id from plan where state = 'submitted' order by id limit 1",
    )
    .fetch_one(site.world.owner())
    .await
    .unwrap();
    hand.person.open(&format!("/associations/{id}/plan")).await;
    for (part, words) in [
        (0, "请写明办公场所腾退的日期"),
        (1, "请补充党组织负责人姓名"),
    ] {
        hand.touch(&format!(
            "document.querySelectorAll('.verdict details summary')[{part}]"
        ))
        .await;
        // Where it opened, the words are typed at once.
        hand.person.ask(&format!("document.querySelectorAll('.verdict textarea')[{part}].setAttribute('data-typed', '{part}')")).await;
        hand.types(&format!("textarea[data-typed='{part}']"), words)
            .await;
    }
    hand.press("退回补正").await;
    hand.person.sees("退回").await;
    hand.cost("a plan returned with two remarks", String::new())
}

/// (4) Who holds the plan of an association is found and pressed.
async fn chase(site: &Site, hand: &mut Hand) -> Cost {
    hand.becomes("office").await;
    let name: String = sqlx::query_scalar(
        "select a.name from desk k join association a on a.id = k.association_id
         join department d on d.id = k.department_id
         where k.act like 'plan.%' and k.due_on < '2018-12-20' and not k.suspended and a.department_id = d.id
           and not exists (select from reminder r where r.department_id = d.id and r.sent_on > '2018-11-01')
         order by k.due_on, k.case_id limit 1",
    )
    .fetch_one(site.world.owner())
    .await
    .unwrap();
    hand.person.open("/").await;
    let short = name.trim_start_matches("长春市绿园区");
    hand.types("#site-search", short).await;
    hand.follow("document.querySelector('.search button')")
        .await;
    hand.person.sees(&name).await;
    hand.person.sees("在谁手里").await;
    hand.press("催办").await;
    hand.press("发送1份催办通知").await;
    hand.person.sees("已发的催办通知").await;
    hand.cost("who holds a plan, and a reminder", String::new())
}

/// (5) A leader looks at eight matters and signs them at once.
async fn sign(hand: &mut Hand) -> Cost {
    hand.becomes("office-lead").await;
    hand.person.open("/signing").await;
    let mut looks = 1;
    hand.press("逐件打开核对").await;
    while looks < 8 {
        hand.press("下一件").await;
        looks += 1;
    }
    hand.press("返回待签发").await;
    let looked = "[...document.querySelectorAll('tr')].filter((row) => row.textContent.includes('已打开核对') && row.querySelector('input'))";
    let ready = hand.person.ask(&format!("{looked}.length")).await;
    assert_eq!(ready, json!(8));
    for at in 0..8 {
        hand.touch(&format!("{looked}[{at}].querySelector('input')"))
            .await;
    }
    hand.press("签发所选事项").await;
    hand.cost(
        "eight matters signed",
        format!("{looks} looks, 1 signature"),
    )
}

/// (6) How many are finished, and which is worst.
async fn standing(hand: &mut Hand) -> Cost {
    hand.becomes("minzheng-lead").await;
    hand.person.open("/").await;
    hand.follow("[...document.querySelectorAll('.menu a')].find((each) => each.getAttribute('href') === '/dashboard')")
        .await;
    let first = "(() => { const seen = [...document.querySelectorAll('main *')].filter((each) => each.children.length === 0 && each.getBoundingClientRect().bottom <= 900).map((each) => each.textContent).join(' '); return seen; })()";
    let first = hand.person.ask(first).await;
    let first = first.as_str().unwrap();
    for words in ["五项分离完成", "逾期最久的协会"] {
        assert!(
            first.contains(words),
            "{words} is not seen at once: {first}"
        );
    }
    hand.cost("how many finished, which worst", String::new())
}

fn table(costs: &[Cost]) -> String {
    let mut out = String::from(
        "| errand | measure | clicks | keystrokes | typing |\n| --- | --- | --: | --: | --: |\n",
    );
    for cost in costs {
        let seconds = cost.keys.div_ceil(KEYS_A_SECOND);
        writeln!(
            out,
            "| {} | {} | {} | {} | {seconds} s |",
            cost.errand,
            if cost.figure.is_empty() {
                "—"
            } else {
                &cost.figure
            },
            cost.clicks,
            cost.keys
        )
        .unwrap();
    }
    out
}

#[tokio::test]
async fn six_errands_cost_no_more_than_they_may() {
    let site = Site::open().await;
    let Some(mut hand) = Hand::of(&site, "jiaotong").await else {
        return;
    };
    let costs = [
        survey(&site, &mut hand).await,
        report(&site, &mut hand).await,
        give_back(&site, &mut hand).await,
        chase(&site, &mut hand).await,
        sign(&mut hand).await,
        standing(&mut hand).await,
    ];
    let told = table(&costs);
    println!("{told}");
    for (cost, most) in costs.iter().zip([0, 6, 5, 3, 20, 1]) {
        assert!(
            cost.clicks <= most,
            "{}: {} clicks",
            cost.errand,
            cost.clicks
        );
    }
    if std::env::var_os("TUOGOU_WRITE_DOCS").is_some() {
        let file = Path::new("docs/usability.md");
        let text = std::fs::read_to_string(file).unwrap();
        let (before, rest) = text.split_once(FIGURES.0).unwrap();
        let (_, after) = rest.split_once(FIGURES.1).unwrap();
        let text = format!("{before}{}{told}{}{after}", FIGURES.0, FIGURES.1);
        std::fs::write(file, text).unwrap();
    }
}
