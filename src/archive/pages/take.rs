//! An association's file: the reason first, then the archive.

use axum::extract::State;
use axum::response::Response;

use crate::access::Act;
use crate::archive::rules::{Entry, Names};
use crate::database::Db;
use crate::documents::files::{Readable, made};
use crate::documents::lending::{self, Personal};
use crate::documents::store::Kept;
use crate::registry::store as registry;
use crate::scheme::Scheme;
use crate::web::{Allowed, Answer, App, Error};

use super::made::{Made, Making};
use super::sending;

/// The folder of what was handed in.
const EVIDENCE: &str = "证据";
/// What a file came with that is not of an item.
const REQUEST: &str = "名单调整申请";
/// Characters of a measure's text in the name of a file.
const MATTER: usize = 30;
/// The media type.
const ZIP: &str = "application/zip";

/// An association's file.
pub struct CaseFile;

impl Personal for CaseFile {
    const TAKE: Act = Act::ArchiveTake;
}

/// What is put into an archive, in its order.
pub(super) struct Archive {
    /// The association's name.
    pub(super) association: String,
    /// What the contents page is called.
    pub(super) contents: String,
    /// What the list of digests is called.
    pub(super) checks: String,
    /// Documents made for it.
    pub(super) made: Vec<Made>,
    /// Files that were handed in.
    pub(super) kept: Vec<(Entry, Readable)>,
}

/// The archive, or the page that asks for the reason. A turn is held while the documents are
/// made, and nothing while it is sent.
pub async fn take(State(app): State<App>, allowed: Allowed) -> Answer {
    if let Some(page) = lending::asked::<CaseFile>(&app, &allowed).await? {
        return Ok(page);
    }
    let turn = app.leaving.turn(&app.places.limits).await?;
    // All of it, whatever the address asks for besides.
    let whole = allowed.turned(allowed.path());
    let archive = {
        let mut db = app.read().await?;
        gather(&app, &whole, &mut db).await?
    };
    drop(turn);
    Ok(answer(&app, archive))
}

async fn gather(app: &App, allowed: &Allowed, db: &mut Db) -> Result<Archive, Error> {
    let id = allowed.association()?;
    let brief = registry::brief(db, id).await?.ok_or(Error::Missing)?;
    let mut names = Names::default();
    let contents = names.take("", "01 归档目录.docx");
    let mut making = Making::new(app, allowed, db, &mut names);
    making.all(&brief).await?;
    let documents = making.made();
    let kept = Readable::of_association(db, allowed).await?;
    Ok(Archive {
        association: brief.name,
        contents,
        checks: names.take("", "校验清单.txt"),
        made: documents,
        kept: entries(&app.scheme, kept, &mut names),
    })
}

/// The files with their names: number, matter, name under which each came.
fn entries(
    scheme: &Scheme,
    kept: Vec<(Kept, Readable)>,
    names: &mut Names,
) -> Vec<(Entry, Readable)> {
    let digits = kept.len().to_string().len().max(2);
    let numbered = (1_usize..).zip(kept);
    let entry = |(number, (kept, file)): (usize, (Kept, Readable))| {
        let matter = matter(scheme, &kept.measure);
        let wished = format!("{number:0digits$} {matter} {}", kept.name);
        let by = match kept.issuer.as_str() {
            "" => scheme.campaign.office(),
            issuer => issuer.to_owned(),
        };
        let entry = Entry {
            name: names.take(EVIDENCE, &wished),
            number: Some(kept.number),
            day: kept.day,
            pages: kept.pages,
            by,
            ..Entry::default()
        };
        (entry, file)
    };
    numbered.map(entry).collect()
}

fn matter(scheme: &Scheme, code: &str) -> String {
    let text = scheme.measure(code).map_or("", |measure| &measure.text);
    let text: String = text.chars().take(MATTER).collect();
    match (code, text.as_str()) {
        ("", _) => REQUEST.to_owned(),
        (code, "") => code.to_owned(),
        (code, text) => format!("{code} {text}"),
    }
}

fn answer(app: &App, archive: Archive) -> Response {
    let name = format!("脱钩档案 {}-{}.zip", archive.association, app.clock.today());
    let name = Names::default().take("", &name);
    made(&name, ZIP, sending::body(app, archive))
}
