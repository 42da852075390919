//! Documents of a matter: on the page with where each figure comes from, in print, and as a
//! Word file, all from one value (`paper`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;

use crate::access::Act;
use crate::web::leaving::Leaf;
use crate::web::page::Page;
use crate::web::view::show;
use crate::web::{Allowed, Answer, App, Error, Form, Look, Routes, View};

use super::files::made;
use super::paper::{MEDIA_TYPE, Paper, docx};

/// A document with its name.
#[derive(Debug, Clone)]
pub struct Written {
    /// What the file is called, without its ending.
    pub name: String,
    /// The document.
    pub paper: Paper,
}

/// What a matter is written down as.
pub trait Papered: Send + Sync + 'static {
    /// What kind of document it is: 批复.
    const KIND: &'static str;

    /// The document as the facts are.
    fn written(look: Look<'_>) -> impl Future<Output = Result<Written, Error>> + Send;
}

/// The document as it is read and printed.
#[derive(Template)]
#[template(path = "documents/paper.html")]
pub struct PaperPage<P: Papered> {
    page: Page,
    paper: Paper,
    kind: &'static str,
    of: std::marker::PhantomData<P>,
}

impl<P: Papered> View for PaperPage<P> {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let allowed = look.allowed;
        let written = P::written(look).await?;
        Ok(Self {
            page: allowed.page(written.name),
            paper: written.paper,
            kind: P::KIND,
            of: std::marker::PhantomData,
        })
    }
}

/// Routes of documents.
pub trait Papers: Sized {
    /// A document's page, and at the same address with `.docx` its file.
    #[must_use]
    fn paper<P: Papered>(self, page: impl Into<&'static str>, act: Act) -> Self;

    /// A document's file at the address of another page with `.docx`, whose frame offers it; or
    /// at an address that is the document's alone and has no page.
    #[must_use]
    fn docx<P: Papered>(self, page: impl Into<&'static str>, act: Act) -> Self;

    /// A document's file at an address of its own.
    #[must_use]
    fn docx_at<P: Papered>(self, path: impl Into<&'static str>, act: Act) -> Self;
}

impl Papers for Routes {
    fn paper<P: Papered>(self, page: impl Into<&'static str>, act: Act) -> Self {
        let page = page.into();
        self.get(page, act, show::<PaperPage<P>>)
            .docx::<P>(page, act)
    }

    fn docx<P: Papered>(self, page: impl Into<&'static str>, act: Act) -> Self {
        let leaf = Leaf {
            list: page.into(),
            ending: "docx",
            name: P::KIND,
            about: "",
            act,
        };
        self.leaving(leaf, file::<P>)
    }

    fn docx_at<P: Papered>(self, path: impl Into<&'static str>, act: Act) -> Self {
        self.file(path, act, file::<P>)
    }
}

async fn file<P: Papered>(State(app): State<App>, allowed: Allowed) -> Answer {
    let written = {
        let mut db = app.read().await?;
        let look = Look {
            app: &app,
            allowed: &allowed,
            db: &mut db,
        };
        P::written(look).await?
    };
    word(&written)
}

/// A document as a Word file.
pub fn word(written: &Written) -> Result<Response, Error> {
    let bytes = docx(&written.paper).map_err(Error::internal)?;
    Ok(made(&format!("{}.docx", written.name), MEDIA_TYPE, bytes))
}
