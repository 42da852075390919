//! A register of thousands comes in while others work: all of them save and read, nothing that they
//! save is lost, and what is kept up with every write agrees at the end. How long they waited, and
//! whether somebody waited too long and sent a form again, is the machine's: printed, not asserted.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use axum::http::StatusCode;

use super::kills::register;
use crate::journeys::spreadsheets_in::{bring, settled};
use crate::journeys::two_people_on_one_form::sent;
use crate::world::World;

const PAGE: &str = "/associations/import";
const ROWS: i64 = 3_000;
const PAGES: [&str; 3] = ["/", "/associations", "/dashboard"];

/// Somebody who saves the same form again and again.
struct Writer {
    username: &'static str,
    path: String,
    field: &'static str,
    besides: &'static [(&'static str, &'static str)],
}

/// What somebody waited for, and what they saved last.
#[derive(Default)]
struct Waited {
    times: Vec<Duration>,
    last: String,
    turned_away: usize,
}

impl Waited {
    fn told(&mut self, who: &str) {
        self.times.sort();
        let median = self.times.get(self.times.len() / 2);
        println!(
            "{who}: {} times, median {median:?}, longest {:?}, {} times sent again",
            self.times.len(),
            self.times.last(),
            self.turned_away
        );
    }
}

impl Writer {
    async fn works(&self, world: &World, going: &AtomicBool) -> Waited {
        let cookie = world.sign_in(self.username).await;
        let mut waited = Waited::default();
        while going.load(Ordering::Relaxed) || waited.times.is_empty() {
            let page = world.get(&cookie, &self.path).await;
            assert_eq!(page.status, StatusCode::OK, "{}: {}", self.path, page.body);
            waited.last = format!("第{}次保存", waited.times.len() + 1);
            let mut fields = sent(&page, &self.path);
            let typed = self.besides.iter().copied();
            for (name, value) in typed.chain([(self.field, waited.last.as_str())]) {
                fields.retain(|(known, _)| known != name);
                fields.push((name.to_owned(), value.to_owned()));
            }
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .map(|(name, value)| (&**name, &**value))
                .collect();
            while !self.sent(world, &cookie, &fields, &mut waited).await {}
        }
        // What was saved last stands on the form.
        let page = world.get(&cookie, &self.path).await;
        assert_eq!(page.value(self.field), waited.last, "{}", self.path);
        waited
    }
}

impl Writer {
    /// Sends a form; whoever had to wait too long is told so, and sends the page that kept it again
    /// under its own once-only key.
    async fn sent(
        &self,
        world: &World,
        cookie: &str,
        fields: &[(&str, &str)],
        waited: &mut Waited,
    ) -> bool {
        let from = Instant::now();
        let saved = world.post(cookie, &self.path, fields).await;
        if saved.status == StatusCode::SERVICE_UNAVAILABLE {
            assert_eq!(saved.value(self.field), waited.last, "{}", saved.body);
            waited.turned_away += 1;
            return false;
        }
        waited.times.push(from.elapsed());
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        true
    }
}

/// Opens pages again and again.
async fn reads(world: &World, going: &AtomicBool) -> Waited {
    let cookie = world.sign_in("office").await;
    let mut waited = Waited::default();
    for page in PAGES.iter().cycle() {
        if !going.load(Ordering::Relaxed) && waited.times.len() >= PAGES.len() {
            break;
        }
        let from = Instant::now();
        let opened = world.get(&cookie, page).await;
        waited.times.push(from.elapsed());
        assert_eq!(opened.status, StatusCode::OK, "{page}: {}", opened.body);
    }
    waited
}

/// Confirms an upload and waits until it is entered.
async fn entered(world: &World, civil: &str, at: &str, going: &AtomicBool) -> Duration {
    let from = Instant::now();
    let done = world.submit(civil, (at, at), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = settled(world, civil, at).await;
    let took = from.elapsed();
    going.store(false, Ordering::Relaxed);
    assert!(page.body.contains("全部导入。"), "{}", page.body);
    took
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_save_and_read_while_a_register_comes_in() {
    let world = Arc::new(World::demo().await);
    let civil = world.sign_in("minzheng").await;
    let before = world.count("select count(*) from association").await;
    let text = register(ROWS);
    let (sent, at) = bring(&world, &civil, PAGE, ("台账.csv", text.as_bytes())).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let page = settled(&world, &civil, &at).await;
    let all = format!("全部导入（{ROWS}行）");
    assert!(page.body.contains(&all), "{}", page.body);
    let survey = world.association("农产品加工业协会").await;
    let register = world.association("物流行业协会").await;
    let writers = [
        Writer {
            username: "nongye",
            path: format!("/associations/{survey}/survey/sections/opinion"),
            field: "SV-90",
            besides: &[("done", "no")],
        },
        Writer {
            username: "jiaotong",
            path: format!("/associations/{register}/edit"),
            field: "business_scope",
            besides: &[("basis", "error")],
        },
    ];
    let told =
        "select count(*) from act_record where act in ('survey.save', 'association.correct')";
    let records = world.count(told).await;
    let going = Arc::new(AtomicBool::new(true));
    let [first, second] = writers.map(|writer| {
        let (world, going) = (Arc::clone(&world), Arc::clone(&going));
        tokio::spawn(async move { writer.works(&world, &going).await })
    });
    let reader = {
        let (world, going) = (Arc::clone(&world), Arc::clone(&going));
        tokio::spawn(async move { reads(&world, &going).await })
    };
    let took = entered(&world, &civil, &at, &going).await;
    let (mut first, mut second) = (first.await.unwrap(), second.await.unwrap());
    let mut reader = reader.await.unwrap();
    println!("{ROWS} rows entered within {took:?}");
    first.told("a survey saved");
    second.told("an association saved");
    reader.told("a page read");
    let after = world.count("select count(*) from association").await;
    assert_eq!(after, before + ROWS);
    let saves = first.times.len() + second.times.len();
    let saves = i64::try_from(saves).unwrap();
    assert_eq!(world.count(told).await, records + saves, "none is lost");
    assert!(world.differences().await.is_empty());
}
