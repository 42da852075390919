//! The program as a process of its own on a test's database, and a browser for it.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use scraper::{Html, Selector};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::world::{KEY, PASSWORD, World};

/// Data and temporary files of the program; gone when the test ends.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let folder = Self(std::env::temp_dir().join(format!("{name}-{}", std::process::id())));
        fs::create_dir_all(folder.temporary()).unwrap();
        let key = folder.0.join("audit.key");
        fs::write(&key, KEY).unwrap();
        fs::set_permissions(key, fs::Permissions::from_mode(0o600)).unwrap();
        folder
    }

    fn temporary(&self) -> PathBuf {
        self.0.join("temporary")
    }

    /// Files that the program has left behind.
    pub fn left_behind(&self) -> usize {
        fs::read_dir(self.temporary()).unwrap().count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A page as it came.
pub struct Page {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Page {
    pub fn header(&self, name: &str) -> Option<&str> {
        let lines = self.head.lines().filter_map(|line| line.split_once(": "));
        let mut found = lines.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value)
    }

    /// What the form at an address carries by itself.
    fn sealed(&self, action: &str) -> Vec<(String, String)> {
        let tree = Html::parse_document(&self.body);
        let form = Selector::parse(&format!("form[action='{action}']")).unwrap();
        let hidden = Selector::parse("input[type='hidden']").unwrap();
        let form = tree.select(&form).next();
        let form = form.unwrap_or_else(|| panic!("no form for {action}: {}", self.body));
        let inputs = form.select(&hidden).map(|input| {
            let value = |name| input.value().attr(name).unwrap_or_default().to_owned();
            (value("name"), value("value"))
        });
        inputs.collect()
    }
}

/// A running program; killed with this.
pub struct Served {
    process: Child,
    site: Site,
}

/// Somebody's browser.
#[derive(Clone)]
pub struct Site {
    address: SocketAddr,
    cookie: String,
}

const BOUNDARY: &str = "----tuogou-file-follows";

impl Served {
    /// Starts it and waits until it is ready.
    pub async fn start(world: &World, folder: &Folder) -> Self {
        let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr();
        let address = address.unwrap();
        let path = folder.0.join("log");
        let log = File::options().create(true).append(true).open(path);
        let log = log.unwrap();
        let process = Command::new(Path::new(env!("CARGO_BIN_EXE_tuogou")))
            .arg("serve")
            .args(["--listen", &address.to_string()])
            .env_clear()
            .env("DATABASE_URL", world.url())
            .env("TUOGOU_DATA_DIR", &folder.0)
            .env("TMPDIR", folder.temporary())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let site = Site {
            address,
            cookie: String::new(),
        };
        let mut served = Self { process, site };
        loop {
            if let Some(page) = served.site.ask("GET", "/readyz", "", b"").await
                && page.status == 200
            {
                return served;
            }
            let ended = served.process.try_wait().unwrap();
            let log = || fs::read_to_string(folder.0.join("log")).unwrap();
            assert!(ended.is_none(), "{ended:?}: {}", log());
            tokio::task::yield_now().await;
        }
    }

    /// SIGKILL.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// A browser that somebody has signed in with.
    pub async fn sign_in(&self, username: &str) -> Site {
        let typed = [
            ("username", username),
            ("password", PASSWORD),
            ("next", "/"),
        ];
        let page = self.site.post("/login", &typed).await.unwrap();
        assert_eq!(page.status, 303, "{}", page.body);
        let cookie = page.header("set-cookie").unwrap();
        self.with(cookie.split(';').next().unwrap())
    }

    /// A browser that kept its cookie.
    pub fn with(&self, cookie: &str) -> Site {
        Site {
            address: self.site.address,
            cookie: cookie.to_owned(),
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Site {
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Sends a request; nothing where nobody answers.
    async fn ask(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> Option<Page> {
        let mut stream = TcpStream::connect(self.address).await.ok()?;
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            self.address,
            self.cookie,
            body.len()
        );
        stream.write_all(head.as_bytes()).await.ok()?;
        stream.write_all(body).await.ok()?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.ok()?;
        let at = memchr::memmem::find(&answer, b"\r\n\r\n")?;
        let (head, body) = answer.split_at(at + 4);
        let head = String::from_utf8_lossy(head).into_owned();
        let status = head.split(' ').nth(1)?.parse().ok()?;
        let chunked = head.to_ascii_lowercase().contains("chunked");
        let body = if chunked {
            unchunked(body)
        } else {
            body.to_vec()
        };
        let body = String::from_utf8_lossy(&body).into_owned();
        Some(Page { status, head, body })
    }

    /// Opens a page.
    pub async fn get(&self, path: &str) -> Page {
        self.ask("GET", path, "", b"").await.unwrap()
    }

    /// Sends a form; nothing where the program is killed meanwhile.
    async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Option<Page> {
        let body = form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        let kind = "application/x-www-form-urlencoded";
        self.ask("POST", path, kind, body.as_bytes()).await
    }

    /// Sends the form that a page has at an address of its own.
    pub async fn press(&self, path: &str) -> Option<Page> {
        let sealed = self.get(path).await.sealed(path);
        let fields = sealed.iter().map(|(name, value)| (&**name, &**value));
        self.post(path, &fields.collect::<Vec<_>>()).await
    }

    /// Uploads a file on a page.
    pub async fn bring(&self, page: &str, (name, bytes): (&str, &[u8])) -> Option<Page> {
        let sealed = self.get(page).await.sealed(page);
        let fields = sealed.iter().map(|(field, value)| {
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n")
        });
        let fields: String = fields.collect();
        let file = format!(
            "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        let end = format!("\r\n--{BOUNDARY}--\r\n");
        let parts = [fields.as_bytes(), file.as_bytes(), bytes, end.as_bytes()];
        let body = parts.concat();
        let kind = format!("multipart/form-data; boundary={BOUNDARY}");
        self.ask("POST", page, &kind, &body).await
    }

    /// The page of an upload as soon as it says one of these.
    pub async fn says(&self, path: &str, words: &[&str]) -> Page {
        loop {
            let page = self.get(path).await;
            assert_eq!(page.status, 200, "{}", page.body);
            if words.iter().any(|words| page.body.contains(words)) {
                return page;
            }
            tokio::task::yield_now().await;
        }
    }

    /// The page of an upload once it is neither read nor entered any more.
    pub async fn settled(&self, path: &str) -> Page {
        loop {
            let page = self.get(path).await;
            assert_eq!(page.status, 200, "{}", page.body);
            if !page.body.contains("本页会自动刷新") {
                return page;
            }
            tokio::task::yield_now().await;
        }
    }
}

/// The bytes of a body that came in pieces.
fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(at) = memchr::memmem::find(body, b"\r\n") {
        let (length, rest) = body.split_at(at);
        let length = usize::from_str_radix(&String::from_utf8_lossy(length), 16).unwrap();
        let Some((piece, rest)) = rest.split_at(2).1.split_at_checked(length) else {
            break;
        };
        if length == 0 {
            break;
        }
        whole.extend(piece);
        body = rest.get(2..).unwrap_or_default();
    }
    whole
}
