//! A person at the oldest browser.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use super::devtools::{DevTools, part};
use crate::browser::person::{FILL, PATIENCE, Site};
use crate::world::PASSWORD;

/// The widths of contract.md: the least desk and the least telephone.
const WIDTHS: [i64; 2] = [1366, 360];

const PACKED: &str = "tests/tools/node_modules/chrome-aws-lambda/bin/chromium.br";
const UNPACKED: &str = "tests/tools/node_modules/.cache/chromium-83";

/// Unpacks as a whole or not at all.
const UNPACK: &str = "
const [, packed, unpacked] = process.argv;
const fs = require('fs');
fs.mkdirSync(require('path').dirname(unpacked), { recursive: true });
const part = `${unpacked}.${process.pid}`;
fs.writeFileSync(part, require('zlib').brotliDecompressSync(fs.readFileSync(packed)), { mode: 0o755 });
fs.renameSync(part, unpacked);";

/// What is wrong with how a page looks: the style sheet's hand on the frame, the
/// width, and what stands side by side in a flex box without its gap.
const LOOK: &str = "(() => {
  const wrong = [];
  const say = (what, found, wanted) => found === wanted || wrong.push(`${what}: ${found}, not ${wanted}`);
  const styles = (selector) => getComputedStyle(document.querySelector(selector));
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  say('paper', styles('body').backgroundColor, 'rgb(252, 251, 248)');
  say('seal', box('.seal').width, 28);
  say('masthead', styles('.masthead').display, 'flex');
  say('title', styles('h1').fontSize, innerWidth < 768 ? '22px' : '26px');
  say('link to the text, unseen', box('.skip-link').bottom <= 0, true);
  const root = document.documentElement;
  say('scrolls sideways by', root.scrollWidth - root.clientWidth, 0);
  for (const parent of document.querySelectorAll('body *')) {
    const style = getComputedStyle(parent);
    const gap = parseFloat(style.columnGap);
    if (!style.display.endsWith('flex') || !(gap > 0)) continue;
    const boxes = [...parent.children].map((child) => child.getBoundingClientRect()).filter((each) => each.width > 1);
    boxes.slice(1).forEach((right, index) => {
      const left = boxes[index];
      const besides = right.top < left.bottom && left.top < right.bottom;
      if (besides && right.left - left.right < gap / 2) wrong.push(`${parent.tagName}.${parent.className}: no gap`);
    });
  }
  return wrong;
})()";

/// The browser, unpacked once; nothing where it is not to be had.
static PROGRAM: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
    if !cfg!(all(target_os = "linux", target_arch = "x86_64")) || !Path::new(PACKED).exists() {
        println!(
            "Chromium 83 is not installed (npm ci --prefix tests/tools): the oldest browser checks nothing here"
        );
        return None;
    }
    if !Path::new(UNPACKED).exists() {
        let status = Command::new("node")
            .args(["-e", UNPACK, PACKED, UNPACKED])
            .status();
        let done = status.is_ok_and(|status| status.success());
        assert!(
            done,
            "node, with which npm came, did not unpack Chromium 83"
        );
    }
    Some(PathBuf::from(UNPACKED))
});

/// A browser with one page.
pub struct Reader {
    tools: DevTools,
    address: SocketAddr,
}

impl Reader {
    /// Opens the browser.
    pub async fn open(site: &Site) -> Option<Self> {
        Some(Self {
            tools: DevTools::start(PROGRAM.as_deref()?).await?,
            address: site.address(),
        })
    }

    /// Signs in as somebody else.
    pub async fn becomes(&mut self, username: &str) {
        self.tools
            .call("Network.clearBrowserCookies", json!({}))
            .await;
        self.go("/login").await;
        self.fill_in(&[("username", username), ("password", PASSWORD)])
            .await;
        self.press("登录").await;
    }

    /// Opens an address and waits until it is there whole.
    pub async fn go(&mut self, path: &str) {
        self.tools
            .events
            .retain(|event| event.0 != "Page.loadEventFired");
        let url = format!("http://{}{path}", self.address);
        self.tools
            .call("Page.navigate", json!({ "url": url }))
            .await;
        self.tools.wait_for("Page.loadEventFired").await;
    }

    /// What a script says about the page, asked by a person's hand.
    async fn ask(&mut self, script: &str) -> Value {
        let asked = json!({ "expression": script, "returnByValue": true, "userGesture": true });
        let answer = self.tools.call("Runtime.evaluate", asked).await;
        part(&answer, "/result/value")
    }

    /// Fills in fields, ticks boxes; rows grow by their own button.
    pub async fn fill_in(&mut self, values: &[(&str, &str)]) {
        let values: Vec<_> = values.iter().map(|(name, value)| [name, value]).collect();
        let missing = self.ask(&format!("({FILL})({})", json!(values))).await;
        assert_eq!(missing, json!([]), "not on the page");
    }

    /// The value of a field.
    pub async fn value(&mut self, name: &str) -> Value {
        self.ask(&format!(
            "document.querySelector('main [name=\"{name}\"]').value"
        ))
        .await
    }

    /// Presses the button with this text and waits for the next page.
    pub async fn press(&mut self, label: &str) {
        let press = format!(
            "(() => {{ window.leaving = true; const button = [...document.querySelectorAll('main button')].find((each) => each.textContent.trim() === {}); if (button) button.click(); return !!button; }})()",
            json!(label)
        );
        assert_eq!(self.ask(&press).await, json!(true), "no button {label}");
        self.until("!window.leaving && document.readyState === 'complete' && !!document.querySelector('main')")
            .await;
    }

    /// Waits until the page says yes; each asking is a round trip, so this is patience,
    /// not time.
    pub async fn until(&mut self, script: &str) {
        for _ in 0..PATIENCE {
            if self.ask(script).await == json!(true) {
                return;
            }
        }
        panic!("it never came: {script}");
    }

    /// The page says this.
    pub async fn sees(&mut self, words: &str) {
        let text = self.ask("document.querySelector('main').innerText").await;
        let text = text.as_str().unwrap_or_default();
        assert!(text.contains(words), "{words} is not there: {text}");
    }

    /// Whether the page asked before it was left.
    pub fn was_asked(&self) -> bool {
        self.tools.events.iter().any(|(method, event)| {
            method == "Page.javascriptDialogOpening" && part(event, "/type") == "beforeunload"
        })
    }

    /// What is wrong with the page at both widths.
    pub async fn look(&mut self, name: &str) -> Vec<String> {
        let mut wrong = Vec::new();
        for width in WIDTHS {
            self.widen(width).await;
            let found = self.ask(LOOK).await;
            let found = found.as_array().cloned().unwrap_or_default();
            wrong.extend(found.iter().map(|each| format!("{width} px: {each}")));
        }
        wrong.extend(self.complaints());
        wrong.iter().map(|each| format!("{name}: {each}")).collect()
    }

    /// Keeps a picture at both widths.
    pub async fn keeps(&mut self, name: &str) {
        let folder = Path::new("shots/old");
        std::fs::create_dir_all(folder).unwrap();
        for width in WIDTHS {
            self.widen(width).await;
            let shot = self.tools.call("Page.captureScreenshot", json!({})).await;
            let text = part(&shot, "/data");
            let picture = STANDARD.decode(text.as_str().unwrap_or_default()).unwrap();
            std::fs::write(folder.join(format!("{name}-{width}.png")), picture).unwrap();
        }
    }

    async fn widen(&mut self, width: i64) {
        let metrics =
            json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.tools
            .call("Emulation.setDeviceMetricsOverride", metrics)
            .await;
    }

    /// What the browser complained about since it was last asked.
    pub fn complaints(&mut self) -> Vec<String> {
        self.tools
            .events
            .drain(..)
            .filter_map(|(method, event)| match method.as_str() {
                "Runtime.exceptionThrown" => Some(event.to_string()),
                // A refused form is answered 4xx on purpose; the browser notes that.
                "Log.entryAdded" if part(&event, "/entry/level") == "error" => {
                    let text = event.to_string();
                    (!text.contains("status of 4")).then_some(text)
                }
                _ => None,
            })
            .collect()
    }
}
