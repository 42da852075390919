//! A Word file as another program reads it, beside the page that it belongs to.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use axum::http::{StatusCode, header};

use crate::world::{Answer, World};

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// A Word file as another program reads it.
pub struct Document {
    parts: BTreeMap<String, String>,
}

impl Document {
    pub fn read(file: &Answer) -> Self {
        assert_eq!(file.status, StatusCode::OK, "{}", file.body);
        let head = |name| file.headers.get(name).unwrap().to_str().unwrap();
        assert_eq!(head(header::CONTENT_TYPE), WORD);
        let disposition = head(header::CONTENT_DISPOSITION);
        assert!(disposition.starts_with("attachment") && disposition.contains(".docx"));
        let mut archive = zip::ZipArchive::new(Cursor::new(file.bytes.to_vec())).unwrap();
        let mut parts = BTreeMap::new();
        for number in 0..archive.len() {
            let mut part = archive.by_index(number).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            let name = part.name().unwrap().into_owned();
            parts.insert(name, text);
        }
        Self { parts }
    }

    pub fn body(&self) -> &str {
        self.parts.get("word/document.xml").unwrap()
    }

    /// All that is said, a line for each paragraph.
    pub fn text(&self) -> String {
        let paragraphs = self.body().split("</w:p>").map(said);
        paragraphs.collect::<Vec<_>>().join("\n")
    }

    /// The figures in their bookmarks.
    pub fn figures(&self) -> Vec<String> {
        let marked = self.body().split("<w:bookmarkStart ").skip(1);
        let figures = marked.enumerate().map(|(at, rest)| {
            let name = format!("w:name=\"_Figure{}\"", at + 1);
            let (figure, _) = rest.split_once("<w:bookmarkEnd").unwrap();
            assert!(figure.contains(&name), "{name}: {figure}");
            said(figure)
        });
        figures.collect()
    }

    /// What stands across its pages.
    pub fn across(&self) -> Option<String> {
        let part = self.parts.get("word/header1.xml")?;
        let (_, rest) = part.split_once(" string=\"")?;
        let (words, _) = rest.split_once('"')?;
        Some(unescaped(words))
    }
}

/// The texts of a piece of XML.
fn said(xml: &str) -> String {
    let texts = xml.split("<w:t").skip(1).filter_map(|rest| {
        // <w:t> and <w:t xml:space="preserve">, not <w:tab/> or <w:tbl>.
        let rest = rest.strip_prefix([' ', '>'])?;
        let text = rest.strip_prefix("xml:space=\"preserve\">").unwrap_or(rest);
        Some(unescaped(text.split_once("</w:t>")?.0))
    });
    texts.collect()
}

fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).unwrap().into_owned()
}

/// The text of a page without white space: a page breaks lines where a paper does not.
pub fn of_page(page: &Answer) -> String {
    let main = page.texts("main").concat();
    main.split_whitespace().collect()
}

/// Every figure of a file stands on the page.
pub fn are_on(document: &Document, page: &Answer) -> usize {
    let told = of_page(page);
    let figures = document.figures();
    for figure in &figures {
        let figure: String = figure.split_whitespace().collect();
        assert!(told.contains(&figure), "{figure} is not on the page");
    }
    figures.len()
}

/// The same person is refused the file as the page.
pub async fn refused_alike(world: &World, who: &str, (page, file): (&str, &str)) {
    let cookie = world.sign_in(who).await;
    let (page, file) = (
        world.get(&cookie, page).await,
        world.get(&cookie, file).await,
    );
    assert_eq!(page.status, file.status, "{who}");
    let refused = [StatusCode::FORBIDDEN, StatusCode::NOT_FOUND];
    assert!(refused.contains(&file.status), "{who}: {}", file.status);
    assert!(!file.bytes.starts_with(b"PK"), "{who}");
}
