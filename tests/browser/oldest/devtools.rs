//! DevTools' messages over a pipe: the library that drives today's Chromium does not
//! read what Chromium 83 answers (its targets lack fields that came later).

use std::path::Path;
use std::process::Stdio;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

/// A shell hands its input and output on as the two pipes that Chromium speaks on.
const PIPES: &str = "exec \"$0\" \"$@\" 3<&0 4>&1 1>&2";

/// One process for all, so that it runs without a sandbox of its own in a container.
const FLAGS: [&str; 11] = [
    "--headless",
    "--no-sandbox",
    "--single-process",
    "--no-zygote",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--lang=zh-CN",
    "--remote-debugging-pipe",
];

/// The status of a shell, or of the loader, that cannot run a program.
const CANNOT_RUN: i32 = 127;

/// A browser and its one page.
pub struct DevTools {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    session: Value,
    count: u64,
    /// What happened meanwhile: method and parameters.
    pub events: Vec<(String, Value)>,
    child: Child,
}

impl DevTools {
    /// Starts the browser; nothing where the machine cannot run it.
    pub async fn start(program: &Path) -> Option<Self> {
        let mut child = Command::new("sh")
            .args(["-c", PIPES])
            .arg(program)
            .args(FLAGS)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let (input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let mut tools = Self {
            input,
            output: BufReader::new(output),
            session: Value::Null,
            count: 0,
            events: Vec::new(),
            child,
        };
        let blank = json!({ "url": "about:blank" });
        let Some(target) = tools.try_call("Target.createTarget", blank).await else {
            let status = tools.child.wait().await.unwrap();
            assert_eq!(status.code(), Some(CANNOT_RUN), "Chromium 83 fell over");
            println!("Chromium 83 lacks libraries of this machine: it checks nothing here");
            return None;
        };
        let wanted = json!({ "targetId": part(&target, "/targetId"), "flatten": true });
        let attached = tools.call("Target.attachToTarget", wanted).await;
        tools.session = part(&attached, "/sessionId");
        for domain in ["Page", "Runtime", "Log"] {
            tools.call(&format!("{domain}.enable"), json!({})).await;
        }
        Some(tools)
    }

    /// Asks and waits for the answer.
    pub async fn call(&mut self, method: &str, parameters: Value) -> Value {
        self.try_call(method, parameters)
            .await
            .unwrap_or_else(|| panic!("Chromium 83 went away at {method}"))
    }

    async fn try_call(&mut self, method: &str, parameters: Value) -> Option<Value> {
        let wanted = self.send(method, parameters).await;
        loop {
            let message = self.receive().await?;
            if part(&message, "/id") == wanted {
                assert!(message.get("error").is_none(), "{method}: {message}");
                return Some(part(&message, "/result"));
            }
        }
    }

    /// Waits for an event that is sure to come.
    pub async fn wait_for(&mut self, event: &str) {
        while !self.events.iter().any(|each| each.0 == event) {
            assert!(self.receive().await.is_some(), "Chromium 83 went away");
        }
    }

    async fn send(&mut self, method: &str, parameters: Value) -> u64 {
        self.count += 1;
        let mut message = json!({ "id": self.count, "method": method, "params": parameters });
        if let (false, Some(fields)) = (self.session.is_null(), message.as_object_mut()) {
            fields.insert("sessionId".to_owned(), self.session.clone());
        }
        let mut bytes = message.to_string().into_bytes();
        bytes.push(0);
        // Where it is gone, its silence tells.
        let _ = self.input.write_all(&bytes).await;
        self.count
    }

    /// The next message; events are kept, questions before leaving are answered yes.
    async fn receive(&mut self) -> Option<Value> {
        let mut bytes = Vec::new();
        self.output.read_until(0, &mut bytes).await.unwrap();
        bytes.pop()?;
        let message: Value = serde_json::from_slice(&bytes).unwrap();
        if let Some(method) = message.get("method").and_then(Value::as_str) {
            let event = (method.to_owned(), part(&message, "/params"));
            self.events.push(event);
            if method == "Page.javascriptDialogOpening" {
                self.send("Page.handleJavaScriptDialog", json!({ "accept": true }))
                    .await;
            }
        }
        Some(message)
    }
}

/// A part of a message; nothing where it is not there.
pub fn part(message: &Value, path: &str) -> Value {
    message.pointer(path).cloned().unwrap_or_default()
}
