//! A person at a browser.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use chromiumoxide::browser::{Browser, BrowserConfig};
use chromiumoxide::cdp::browser_protocol::dom::SetFileInputFilesParams;
use chromiumoxide::cdp::browser_protocol::emulation::SetDeviceMetricsOverrideParams;
use chromiumoxide::cdp::browser_protocol::log::{EnableParams, EventEntryAdded};
use chromiumoxide::cdp::browser_protocol::network::ClearBrowserCookiesParams;
use chromiumoxide::page::Page;
use futures::StreamExt as _;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tuogou::server;

use crate::world::{PASSWORD, World};

/// How often a page is asked whether it has arrived; each asking is a round
/// trip to the browser, so this is patience, not time.
pub const PATIENCE: usize = 20_000;

/// Fills in a form by names and values; answers with the names that it did not find.
pub const FILL: &str = "(values) => {
  const find = (name) => [...document.querySelectorAll(`main [name=\"${CSS.escape(name)}\"]`)];
  const missing = [];
  for (const [name, value] of values) {
    let fields = find(name);
    for (let tries = 0; fields.length === 0 && tries < 30; tries += 1) {
      const add = document.querySelector(`main button[name=_add][value=\"${CSS.escape(name.split('.')[0])}\"]`);
      if (!add) break;
      add.click();
      fields = find(name);
    }
    const box = fields.find((field) => ['radio', 'checkbox'].includes(field.type) && field.value === value);
    const field = fields.find((field) => !['radio', 'checkbox'].includes(field.type));
    if (box) { if (!box.checked) box.click(); }
    else if (field) {
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      if (field.value !== value) missing.push(`${name}=${value}`);
    } else missing.push(`${name}=${value}`);
  }
  return missing;
}";

/// The widths at which every page is looked at.
pub const WIDTHS: [i64; 2] = [1440, 390];

/// The program under test, served on a port of its own.
pub struct Site {
    /// The world behind it.
    pub world: World,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
}

impl Site {
    /// Serves a copy of the demonstration.
    pub async fn open() -> Self {
        Self::serving(World::demo().await).await
    }

    /// Serves a world.
    pub async fn serving(world: World) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let router = server::router(&world.app);
        let limits = world.app.places.limits.clone();
        tokio::spawn(server::serve(router, limits, listener, async move {
            let _ = stopped.await;
        }));
        Self {
            world,
            address,
            stop: Some(stop),
        }
    }

    /// Where it is served.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

/// Chromium, if the machine has it.
pub fn chromium() -> Option<PathBuf> {
    let found = [
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    .iter()
    .map(PathBuf::from)
    .find(|path| path.exists());
    if found.is_none() {
        println!("Chromium is not installed: the browser tests check nothing here");
    }
    found
}

/// A browser with one page.
pub struct Person {
    pub(super) page: Page,
    address: SocketAddr,
    complaints: Arc<Mutex<Vec<String>>>,
    pages: AtomicUsize,
    _browser: Browser,
}

impl Person {
    /// Opens a browser and signs in.
    pub async fn sign_in(site: &Site, username: &str) -> Option<Self> {
        let person = Self::opens(site, username).await?;
        person.becomes(username).await;
        Some(person)
    }

    /// Opens a browser in which nobody is signed in.
    pub async fn opens(site: &Site, name: &str) -> Option<Self> {
        static OPENED: AtomicUsize = AtomicUsize::new(0);
        let profile = std::env::temp_dir().join(format!(
            "tuogou-browser-{}-{name}-{}-{}",
            std::process::id(),
            site.address.port(),
            OPENED.fetch_add(1, Ordering::Relaxed)
        ));
        let config = BrowserConfig::builder()
            .chrome_executable(chromium()?)
            .no_sandbox()
            .user_data_dir(&profile)
            .viewport(None)
            .args([
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--lang=zh-CN",
            ])
            .build()
            .unwrap();
        let (browser, mut handler) = Browser::launch(config).await.unwrap();
        tokio::spawn(async move { while handler.next().await.is_some() {} });
        let page = browser.new_page("about:blank").await.unwrap();
        let complaints = Arc::new(Mutex::new(Vec::new()));
        listen(&page, complaints.clone()).await;
        Some(Self {
            page,
            address: site.address,
            complaints,
            pages: AtomicUsize::new(0),
            _browser: browser,
        })
    }

    /// Leaves the browser to somebody else, who signs in.
    pub async fn becomes(&self, username: &str) {
        self.becomes_with(username, PASSWORD).await;
    }

    /// How many pages came so far.
    pub fn pages(&self) -> usize {
        self.pages.load(Ordering::Relaxed)
    }

    /// The same, with another password than everybody's.
    pub async fn becomes_with(&self, username: &str, password: &str) {
        self.page
            .execute(ClearBrowserCookiesParams::default())
            .await
            .unwrap();
        self.open("/login").await;
        self.fill("username", username).await;
        self.fill("password", password).await;
        self.press("登录").await;
    }

    /// Fills in a whole form: texts, choices, ticks, and rows, which grow by
    /// their own button.
    pub async fn fill_in(&self, values: &[(String, String)]) {
        let script = format!("({FILL})({})", serde_json::to_string(values).unwrap());
        let missing = self.ask(&script).await;
        assert_eq!(
            missing,
            Value::Array(Vec::new()),
            "not on the page {:?}",
            self.page.url().await
        );
    }

    /// Chooses a file of this machine.
    pub async fn choose_file(&self, path: &Path) {
        let input = self
            .page
            .find_element("main input[type=file]")
            .await
            .unwrap();
        let chosen = SetFileInputFilesParams::builder()
            .file(path.display().to_string())
            .backend_node_id(input.backend_node_id)
            .build()
            .unwrap();
        self.page.execute(chosen).await.unwrap();
    }

    /// The page says this.
    pub async fn sees(&self, words: &str) {
        let text = self.reads().await;
        assert!(
            text.contains(words),
            "{words} is not on {:?}: {text}",
            self.page.url().await
        );
    }

    /// Opens an address.
    pub async fn open(&self, path: &str) {
        self.pages.fetch_add(1, Ordering::Relaxed);
        self.page
            .goto(format!("http://{}{path}", self.address))
            .await
            .unwrap();
    }

    /// What a script says about the page.
    pub async fn ask(&self, script: &str) -> Value {
        self.page
            .evaluate(script)
            .await
            .ok()
            .and_then(|result| result.value().cloned())
            .unwrap_or_default()
    }

    /// Types into a field.
    pub async fn fill(&self, name: &str, value: &str) {
        let script = format!(
            "(() => {{ const field = document.querySelector('main [name=\"{name}\"]'); field.value = {}; field.dispatchEvent(new Event('input', {{bubbles: true}})); return true; }})()",
            Value::from(value)
        );
        assert_eq!(
            self.ask(&script).await,
            Value::Bool(true),
            "no field {name}"
        );
    }

    /// Chooses a radio button or ticks a box.
    pub async fn choose(&self, name: &str, value: &str) {
        let script = format!(
            "(() => {{ const box = document.querySelector('main [name=\"{name}\"][value=\"{value}\"]'); box.click(); return box.checked; }})()"
        );
        assert_eq!(
            self.ask(&script).await,
            Value::Bool(true),
            "no choice {name}={value}"
        );
    }

    /// Presses the button with this text and waits for the next page.
    pub async fn press(&self, label: &str) {
        let mark = format!(
            "(() => {{ window.leaving = true; const button = [...document.querySelectorAll('main button')].find((each) => each.textContent.trim() === {}); if (!button) return false; button.click(); return true; }})()",
            Value::from(label)
        );
        assert_eq!(
            self.ask(&mark).await,
            Value::Bool(true),
            "no button {label} on {:?}: {}",
            self.page.url().await,
            self.ask("document.querySelector('main').innerText").await
        );
        self.arrive(label).await;
    }

    /// Waits until another page stands there whole.
    pub async fn arrive(&self, what: &str) {
        self.pages.fetch_add(1, Ordering::Relaxed);
        for _ in 0..PATIENCE {
            let there = self.ask("!window.leaving && document.readyState === 'complete' && !!document.querySelector('main')").await;
            if there == Value::Bool(true) {
                return;
            }
        }
        panic!("nothing came after {what}");
    }

    /// The text of the page.
    pub async fn reads(&self) -> String {
        self.ask("document.querySelector('main').innerText")
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Gives the window a width.
    pub async fn widen(&self, width: i64) {
        let window = SetDeviceMetricsOverrideParams::new(width, 900, 1.0, width < 600);
        self.page.execute(window).await.unwrap();
    }

    /// Looks at the page at both widths and keeps a picture of each.
    pub async fn look(&self, name: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        for width in WIDTHS {
            self.widen(width).await;
            let over = self
                .ask("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                .await;
            if over.as_i64().unwrap_or(1) > 0 {
                wrong.push(format!("{name} scrolls sideways at {width} px"));
            }
            self.keeps(&format!("{name}-{width}")).await;
        }
        wrong.extend(self.violations(name).await);
        wrong.extend(
            self.complaints
                .lock()
                .unwrap()
                .drain(..)
                .map(|text| format!("{name}: {text}")),
        );
        wrong
    }

    /// What axe-core finds, where it is installed.
    async fn violations(&self, name: &str) -> Vec<String> {
        let Ok(axe) = std::fs::read_to_string("tests/tools/node_modules/axe-core/axe.min.js")
        else {
            println!(
                "axe-core is not installed (npm ci --prefix tests/tools): accessibility is not checked"
            );
            return Vec::new();
        };
        self.ask(&format!("{axe}; true")).await;
        let found = self.ask("axe.run().then((result) => result.violations.map((each) => each.id + ': ' + each.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')))").await;
        let Value::Array(found) = found else {
            return vec![format!("{name}: axe-core did not run")];
        };
        found
            .into_iter()
            .map(|violation| format!("{name}: {violation}"))
            .collect()
    }
}

/// Collects what the browser complains about.
async fn listen(page: &Page, complaints: Arc<Mutex<Vec<String>>>) {
    page.execute(EnableParams::default()).await.unwrap();
    let mut entries = page.event_listener::<EventEntryAdded>().await.unwrap();
    tokio::spawn(async move {
        while let Some(event) = entries.next().await {
            let entry = &event.entry;
            let text = format!(
                "{:?}: {} {}",
                entry.level,
                entry.text,
                entry.url.as_deref().unwrap_or_default()
            );
            // A refused form is answered 4xx on purpose; the browser notes that.
            if text.starts_with("Error") && !text.contains("status of 4") {
                complaints.lock().unwrap().push(text);
            }
        }
    });
}
