//! The documents of the archive, as their own pages would give them to the same person now.
//! Each is written to a file without a name before the next is made: one at a time stands in
//! memory.

use std::fs::File;
use std::io::{self, Seek as _, SeekFrom, Write as _};

use chrono::NaiveDate;

use crate::access::Act;
use crate::archive::rules::{Entry, Names};
use crate::database::Db;
use crate::documents::leaving::{Tabled, notes, sheet};
use crate::documents::paper::{Paper, docx};
use crate::documents::papers::Papered;
use crate::plan::notices::paper::letter;
use crate::plan::notices::store as notices;
use crate::plan::pages::papers::{ReplyPaper, SentPaper};
use crate::plan::store::{self as plan, Plan};
use crate::progress::pages::overview::OverviewPage;
use crate::registry::pages::history::HistoryPage;
use crate::registry::store::{self as registry, Brief, Tie};
use crate::sheets::books::workbook::Book;
use crate::sheets::books::{Notes, Writes as _};
use crate::survey::pages::papers::SurveyPaper;
use crate::survey::store as survey;
use crate::web::table::Table;
use crate::web::{Allowed, App, Error, Look, view};

/// A document that was made, and what the lists say of it.
pub(super) struct Made {
    pub(super) entry: Entry,
    pub(super) file: File,
}

/// Documents that are being made in one snapshot.
pub(super) struct Making<'a> {
    app: &'a App,
    allowed: &'a Allowed,
    db: &'a mut Db,
    names: &'a mut Names,
    made: Vec<Made>,
}

impl<'a> Making<'a> {
    pub(super) const fn new(
        app: &'a App,
        allowed: &'a Allowed,
        db: &'a mut Db,
        names: &'a mut Names,
    ) -> Self {
        Self {
            app,
            allowed,
            db,
            names,
            made: Vec::new(),
        }
    }

    pub(super) fn made(self) -> Vec<Made> {
        self.made
    }

    /// Every document that there is.
    pub(super) async fn all(&mut self, of: &Brief) -> Result<(), Error> {
        let today = self.app.clock.today();
        if let Some(survey) = survey::current(self.db, of.id).await? {
            let form = entry(
                "02 摸底调查表.docx",
                survey.confirmed_on,
                &of.department_name,
            );
            self.paper::<SurveyPaper>(Act::SurveyRead, form).await?;
        }
        if let Some(plan) = plan::plan(self.db, of.id).await? {
            self.of_plan(plan).await?;
        }
        let checklist = entry("05 五分离清单.xlsx", Some(today), &of.department_name);
        self.table::<OverviewPage>(Act::ProgressRead, checklist)
            .await?;
        let history = entry("06 办理历史.xlsx", Some(today), &self.office());
        self.table::<HistoryPage>(Act::HistoryRead, history).await?;
        self.notices(of).await
    }

    /// Request and reply.
    async fn of_plan(&mut self, plan: Plan) -> Result<(), Error> {
        let sent = plan.submitted_at.is_some();
        let sent = sent.then(|| plan.written_on(self.app.clock.today()));
        let request = Entry {
            number: plan.request_number.clone(),
            ..entry("03 请示和实施方案.docx", sent, &plan.unit_name)
        };
        self.paper::<SentPaper>(Act::PlanRead, request).await?;
        let reply = Entry {
            number: plan.reply_number,
            ..entry("04 批复.docx", plan.replied_on, &self.office())
        };
        self.paper::<ReplyPaper>(Act::PlanRead, reply).await
    }

    /// The letters to the departments with a tie.
    async fn notices(&mut self, of: &Brief) -> Result<(), Error> {
        if !self.allowed.may(Act::NoticeRead) {
            return Ok(());
        }
        let notices = notices::of_association(self.db, of.id).await?;
        if notices.is_empty() {
            return Ok(());
        }
        let ties = registry::ties(self.db, of.id).await?;
        for notice in notices {
            let own = ties.iter();
            let own = own.filter(|tie| tie.department == notice.department && !tie.is_primary);
            let own: Vec<Tie> = own.cloned().collect();
            let name = format!("07 通报函 {}.docx", notice.department_name);
            let about = Entry {
                number: Some(notice.number.clone()),
                ..entry(&name, Some(notice.sent_on), &notice.unit_name)
            };
            self.written(about, letter(&notice, &own)).await?;
        }
        Ok(())
    }

    fn office(&self) -> String {
        self.app.scheme.campaign.office()
    }

    /// A document, where there is one and its page is the person's to see.
    async fn paper<P: Papered>(&mut self, act: Act, entry: Entry) -> Result<(), Error> {
        if !self.allowed.may(act) {
            return Ok(());
        }
        let look = Look {
            app: self.app,
            allowed: self.allowed,
            db: &mut *self.db,
        };
        let written = match P::written(look).await {
            Err(Error::Missing) => return Ok(()),
            written => written?,
        };
        self.written(entry, written.paper).await
    }

    async fn written(&mut self, entry: Entry, paper: Paper) -> Result<(), Error> {
        let file = aside(move || bytes(&docx(&paper)?)).await?;
        self.keep(entry, file);
        Ok(())
    }

    /// The tables of a page, where they have rows and the page is the person's to see.
    async fn table<V: Tabled>(&mut self, act: Act, entry: Entry) -> Result<(), Error> {
        if !self.allowed.may(act) {
            return Ok(());
        }
        let view: V = view::open(self.app, self.allowed, &mut *self.db).await?;
        let mut notes = notes(self.app, self.allowed, V::NAME);
        notes.filters = view.filters();
        let tables = view.tables();
        if tables.iter().all(Table::is_empty) {
            return Ok(());
        }
        let file = aside(move || book(&notes, tables)).await?;
        self.keep(entry, file);
        Ok(())
    }

    fn keep(&mut self, mut entry: Entry, file: File) {
        entry.name = self.names.take("", &entry.name);
        self.made.push(Made { entry, file });
    }
}

/// What the lists say of a document.
fn entry(name: &str, day: Option<NaiveDate>, by: &str) -> Entry {
    Entry {
        name: name.to_owned(),
        day,
        by: by.to_owned(),
        ..Entry::default()
    }
}

/// A file that is written apart from the requests; it is read from its beginning.
async fn aside(write: impl FnOnce() -> io::Result<File> + Send + 'static) -> Result<File, Error> {
    let writing = tokio::task::spawn_blocking(move || {
        let mut file = write()?;
        file.seek(SeekFrom::Start(0))?;
        Ok::<File, io::Error>(file)
    });
    let written = writing.await.map_err(Error::internal)?;
    written.map_err(Error::internal)
}

fn bytes(bytes: &[u8]) -> io::Result<File> {
    let mut file = tempfile::tempfile()?;
    file.write_all(bytes)?;
    Ok(file)
}

fn book(notes: &Notes, tables: Vec<Table>) -> io::Result<File> {
    let mut book = Book::new(notes, tempfile::tempfile()?);
    for table in tables {
        book.sheet(sheet(&table))?;
        book.rows(&table.rows)?;
    }
    book.finish(notes)
}
