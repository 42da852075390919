//! The programs that look at a file: each test says in a plain word where one is missing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Whether a program is there; else the word that nothing is checked.
pub fn has(program: &str) -> bool {
    let found = Command::new(program)
        .arg("--help")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    if found.is_err() {
        println!("{program} is not installed: this test checks nothing here");
    }
    found.is_ok()
}

/// A folder of a test's own, taken away at its end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("paper-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// Writes a file of these bytes.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    /// What LibreOffice makes of a Word file: the pages, each with its words and where they stand.
    pub fn pages(&self, docx: &Path) -> Vec<Page> {
        let profile = self.0.join("profile");
        let fonts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/fonts.conf");
        let done = Command::new("soffice")
            .arg(format!(
                "-env:UserInstallation=file://{}",
                profile.display()
            ))
            .args(["--headless", "--convert-to", "pdf", "--outdir"])
            .arg(&self.0)
            .arg(docx)
            .env("FONTCONFIG_FILE", fonts)
            .output()
            .unwrap();
        assert!(done.status.success(), "{done:?}");
        let told = Command::new("pdftotext")
            .arg("-bbox")
            .arg(docx.with_extension("pdf"))
            .arg("-")
            .output()
            .unwrap();
        assert!(told.status.success(), "{told:?}");
        let told = String::from_utf8(told.stdout).unwrap();
        told.split("<page ").skip(1).map(Page::of).collect()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A page of a PDF.
#[derive(Debug)]
pub struct Page {
    pub words: Vec<Word>,
}

/// A word and the box around it, in points from the page's top left.
#[derive(Debug)]
pub struct Word {
    pub text: String,
    pub left: f64,
    pub top: f64,
    pub right: f64,
}

impl Page {
    fn of(text: &str) -> Self {
        let words = text.split("<word ").skip(1).map(Word::of);
        Self {
            words: words.collect(),
        }
    }

    /// All that stands on it, without the spaces.
    pub fn text(&self) -> String {
        self.words.iter().map(|word| word.text.as_str()).collect()
    }

    /// Where a word that begins so stands.
    pub fn word(&self, beginning: &str) -> Option<&Word> {
        self.words
            .iter()
            .find(|word| word.text.starts_with(beginning))
    }
}

impl Word {
    fn of(text: &str) -> Self {
        let number = |name: &str| {
            let (_, after) = text.split_once(&format!("{name}=\"")).unwrap();
            after.split_once('"').unwrap().0.parse().unwrap()
        };
        let (_, after) = text.split_once('>').unwrap();
        Self {
            left: number("xMin"),
            top: number("yMin"),
            right: number("xMax"),
            text: after.split_once('<').unwrap().0.to_owned(),
        }
    }
}

/// What openxml-audit finds in a file, as text; nothing where all is in its place.
pub fn audit(file: &Path) -> String {
    let found = Command::new("openxml-audit").arg(file).output().unwrap();
    let told = String::from_utf8_lossy(&found.stdout).into_owned();
    if told.contains("Errors: 0") && found.status.success() {
        return String::new();
    }
    told
}
