//! Which entry of the archive holds what: sheets are found through the workbook and its
//! relationships, never by the numbers in their names.

use super::xml::{Kind, Source};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Read, Seek};
use zip::ZipArchive;

/// Entries of the archive by their place in it.
pub struct Parts {
    /// The sheets in the book's order; none for what has no cells, as a chart of its own.
    pub sheets: Vec<Option<usize>>,
    /// The styles.
    pub styles: Option<usize>,
    /// The strings that cells share.
    pub strings: Option<usize>,
    /// The name of the part with the styles.
    pub styles_name: String,
    /// A book without styles: what must learn of them.
    pub unlinked: Option<Unlinked>,
}

/// Parts that say which other parts there are.
pub struct Unlinked {
    /// The workbook's relationships.
    pub relations: usize,
    /// `[Content_Types].xml`
    pub types: usize,
    /// The kind of the relationship, in the vocabulary that the book uses.
    pub kind: String,
}

/// A relationship of a part.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

impl Parts {
    /// Looks them up.
    pub fn find<R: Read + Seek>(archive: &mut ZipArchive<R>) -> io::Result<Self> {
        let names = names(archive)?;
        let book = relations(archive, &names, "", "_rels/.rels")?
            .into_iter()
            .find(|relation| ends(&relation.kind, "officeDocument"))
            .map_or_else(|| "xl/workbook.xml".to_owned(), |relation| relation.target);
        let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
        let beside = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let relations_name = format!("{beside}_rels/{file}.rels");
        let relations = relations(archive, &names, folder, &relations_name)?;
        let book_entry = entry(&names, &book).ok_or_else(|| missing(&book))?;
        let sheets = sheets(archive, book_entry, &relations, &names)?;

        let linked = relations
            .iter()
            .find(|relation| ends(&relation.kind, "styles"));
        let styles_name = linked.map_or_else(
            || format!("{beside}styles.xml"),
            |relation| relation.target.clone(),
        );
        let strings = relations
            .iter()
            .find(|relation| ends(&relation.kind, "sharedStrings"));
        let unlinked = if linked.is_some() {
            None
        } else {
            let model = relations
                .iter()
                .find_map(|relation| relation.kind.strip_suffix("/worksheet"));
            Some(Unlinked {
                relations: entry(&names, &relations_name)
                    .ok_or_else(|| missing(&relations_name))?,
                types: entry(&names, TYPES).ok_or_else(|| missing(TYPES))?,
                kind: format!("{}/styles", model.unwrap_or(TRANSITIONAL)),
            })
        };
        Ok(Self {
            sheets,
            styles: entry(&names, &styles_name),
            strings: strings.and_then(|relation| entry(&names, &relation.target)),
            styles_name,
            unlinked,
        })
    }
}

const TYPES: &str = "[Content_Types].xml";
const TRANSITIONAL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// Names as they are compared: some programs write other cases and other slashes.
fn folded(name: &str) -> String {
    name.trim_start_matches('/')
        .replace('\\', "/")
        .to_lowercase()
}

fn names<R: Read + Seek>(archive: &ZipArchive<R>) -> io::Result<HashMap<String, usize>> {
    let mut names = HashMap::new();
    for name in archive.file_names() {
        let name = name.map_err(io::Error::other)?;
        let at = archive
            .index_for_name(&name)
            .ok_or_else(|| missing(&name))?;
        names.entry(folded(&name)).or_insert(at);
    }
    Ok(names)
}

fn entry(names: &HashMap<String, usize>, name: &str) -> Option<usize> {
    names.get(&folded(name)).copied()
}

fn missing(name: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("no part {name}"))
}

fn ends(kind: &str, last: &str) -> bool {
    kind.rsplit('/').next() == Some(last)
}

/// The relationships in a part, their targets as names of parts.
fn relations<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    names: &HashMap<String, usize>,
    folder: &str,
    name: &str,
) -> io::Result<Vec<Relation>> {
    let Some(at) = entry(names, name) else {
        return Ok(Vec::new());
    };
    let mut source = Source::new(archive.by_index(at).map_err(io::Error::other)?);
    let mut relations = Vec::new();
    loop {
        match source.next()? {
            Kind::Done => return Ok(relations),
            Kind::Start | Kind::Empty if source.tag().local() == "Relationship" => {
                let tag = source.tag();
                let value = |name| unescaped(tag.attribute(name).unwrap_or_default());
                let target = resolved(folder, &value("Target"));
                relations.push(Relation {
                    id: value("Id"),
                    kind: value("Type"),
                    target,
                });
            }
            _ => {}
        }
    }
}

/// A target is seen from the folder of its source, or from the root if it begins with `/`.
fn resolved(folder: &str, target: &str) -> String {
    let target = target.replace('\\', "/");
    let mut path: Vec<&str> = if target.starts_with('/') {
        Vec::new()
    } else {
        folder.split('/').collect()
    };
    for step in target.split('/') {
        if step == ".." {
            path.pop();
        } else if step != "." {
            path.push(step);
        }
    }
    path.retain(|step| !step.is_empty());
    path.join("/")
}

fn sheets<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    book: usize,
    relations: &[Relation],
    names: &HashMap<String, usize>,
) -> io::Result<Vec<Option<usize>>> {
    let mut source = Source::new(archive.by_index(book).map_err(io::Error::other)?);
    let mut sheets = Vec::new();
    loop {
        match source.next()? {
            Kind::Done => return Ok(sheets),
            Kind::Start | Kind::Empty if source.tag().local() == "sheet" => {
                let id = source
                    .tag()
                    .attributes()
                    .find(|attribute| attribute.name.ends_with(":id"));
                let id = id.map(|id| unescaped(id.value)).unwrap_or_default();
                let found = relations
                    .iter()
                    .find(|relation| relation.id == id && ends(&relation.kind, "worksheet"));
                sheets.push(found.and_then(|relation| entry(names, &relation.target)));
            }
            _ => {}
        }
    }
}

fn unescaped(value: &str) -> String {
    quick_xml::escape::unescape(value).map_or_else(|_| value.to_owned(), Cow::into_owned)
}

/// The relationships with one to the styles more.
pub fn with_relation(source: &str, kind: &str) -> String {
    let relation = |prefix: &str| {
        format!(
            "<{prefix}Relationship Id=\"rIdTuogouStyles\" Type=\"{kind}\" Target=\"styles.xml\"/>"
        )
    };
    before_end(source, "Relationships", relation)
}

/// The content types with the styles'.
pub fn with_type(source: &str, styles: &str) -> String {
    if source.contains(&format!("\"/{styles}\"")) {
        return source.to_owned();
    }
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
    let line =
        |prefix: &str| format!("<{prefix}Override PartName=\"/{styles}\" ContentType=\"{kind}\"/>");
    before_end(source, "Types", line)
}

fn before_end(source: &str, element: &str, added: impl Fn(&str) -> String) -> String {
    let Some(end) = source.rfind("</") else {
        return source.to_owned();
    };
    let (before, close) = source.split_at_checked(end).unwrap_or((source, ""));
    let tag = super::tag::Tag(close);
    if tag.local() != element {
        return source.to_owned();
    }
    format!("{before}{}{close}", added(tag.prefix()))
}
