//! The lists as they were published, what amended them, and the list as it stands (LI-8,
//! LI-9): word for word, a page at a time, with what became of each row beside it (FZ-1).

use crate::clock::chinese_date;
use crate::database::Db;
use crate::roster::rules::lines::{Change, Source};
use crate::roster::store::lines::{self as store, Later, Line, Publication, Slice, Totals};
use crate::web::list::{Pager, Query};

/// All of it, as far as the address asks for.
pub struct Lists {
    /// How many rows there are.
    pub totals: Totals,
    /// The publications.
    pub publications: Vec<Publication>,
    /// The rows as published.
    pub published: Part,
    /// The list as it stands.
    pub current: Part,
    /// What amendments did.
    pub amended: Part,
    /// The one unit whose rows are shown, by its name as published.
    pub of_unit: Option<String>,
    /// The list of all units.
    pub of_all: String,
    /// The address asks for rows of the list as it was published.
    pub opened: bool,
}

/// Some rows, and the way to the others.
pub struct Part {
    /// The rows.
    pub rows: Vec<Line>,
    /// How many there are.
    pub total: i64,
    /// The foot.
    pub pager: Pager,
}

impl Part {
    fn of(slice: Slice, (query, name): (&Query, &str), total: i64) -> Self {
        let to = |key: i64| query.with(name, (key > 0).then(|| key.to_string()).as_deref());
        Self {
            pager: Pager {
                count: total,
                total: format!("共{total}条"),
                position: format!("本页{}条", slice.lines.len()),
                previous: slice.before.map(to),
                next: slice.after.map(to),
            },
            rows: slice.lines,
            total,
        }
    }

    /// Whether there are more rows than these.
    #[must_use]
    pub const fn is_paged(&self) -> bool {
        self.pager.previous.is_some() || self.pager.next.is_some()
    }
}

impl Lists {
    /// Reads what the address asks for.
    pub async fn load(db: &mut Db, query: &Query) -> Result<Self, sqlx::Error> {
        let key = |name: &str| {
            let key = query.get(name).and_then(|key| key.parse().ok());
            key.filter(|key: &i64| *key > 0)
        };
        let after = |name: &str| key(name).unwrap_or_default();
        let unit = key("unit");
        let totals = store::totals(db).await?;
        let of = match unit {
            Some(unit) => store::of_unit(db, unit).await?,
            None => totals.published,
        };
        let slice = store::published(db, after("published"), unit).await?;
        let named = slice.lines.first().map(|line| line.unit.clone());
        let published = Part::of(slice, (query, "published"), of);
        let mut slice = Slice::default();
        if totals.amended > 0 || totals.exited > 0 {
            slice = store::current(db, after("current")).await?;
        }
        let current = Part::of(slice, (query, "current"), totals.current);
        let mut slice = Slice::default();
        if totals.amended > 0 {
            slice = store::amended(db, after("amended")).await?;
        }
        Ok(Self {
            publications: store::publications(db).await?,
            of_unit: unit.map(|_| named.unwrap_or_else(|| "该单位".to_owned())),
            of_all: query.without("unit"),
            opened: unit.is_some() || key("published").is_some(),
            amended: Part::of(slice, (query, "amended"), totals.amended),
            published,
            current,
            totals,
        })
    }

    /// Whether the list as it stands is another one than the published.
    #[must_use]
    pub const fn differ(&self) -> bool {
        self.totals.amended > 0 || self.totals.exited > 0
    }
}

impl Publication {
    /// Title, number and date.
    #[must_use]
    pub fn named(&self) -> String {
        let on = chinese_date(self.published_on);
        let (title, year, number) = (&self.title, self.year, self.number);
        format!("{title}（{year}年第{number}号，{on}，{}个）", self.lines)
    }
}

impl Line {
    /// 备注, with the mark of a row whose text nobody kept, and of one that was put right.
    #[must_use]
    pub fn remarks(&self) -> String {
        let mut remarks = vec![self.remark.clone()];
        if self.source == Source::Today {
            remarks.push(Source::Today.label().to_owned());
        }
        if let (Change::Corrected, Some(title)) = (self.change, self.title()) {
            remarks.push(format!("{title}更正"));
        }
        remarks.retain(|each| !each.is_empty());
        remarks.join("；")
    }

    /// 增补第1号, of a row of an amendment.
    #[must_use]
    pub fn title(&self) -> Option<String> {
        let (kind, number) = self.kind.zip(self.number)?;
        Some(format!("{}第{number}号", kind.label()))
    }

    /// The last part of the address of its amendment's paper.
    #[must_use]
    pub fn file(&self) -> String {
        format!("{}.docx", self.number.unwrap_or_default())
    }
}

impl Later {
    /// What became of it, in words; empty where it still stands so.
    #[must_use]
    pub fn said(&self) -> String {
        let mut said = Vec::new();
        if let Some((number, on)) = self.withdrawn {
            said.push(format!("已撤出（第{number}号，{on}）"));
        }
        if let Some((number, on)) = self.corrected {
            said.push(format!("名单文字已更正（第{number}号，{on}）"));
        }
        match (&self.name, self.name_since) {
            (Some(name), Some(since)) => said.push(format!("自{since}起名称变更为{name}")),
            (Some(name), None) => said.push(format!("登记名称已更正为{name}")),
            (None, _) => {}
        }
        if let Some(uscc) = &self.uscc {
            said.push(format!("现代码{uscc}"));
        }
        match (&self.unit, self.unit_since) {
            (Some(unit), Some(since)) => {
                said.push(format!("自{since}起业务主管单位变更为{unit}"));
            }
            (Some(unit), None) => said.push(format!("现业务主管单位{unit}")),
            (None, _) => {}
        }
        match (&self.unit_renamed, self.renamed_since) {
            (Some(name), Some(since)) => said.push(format!("自{since}起单位更名为{name}")),
            (Some(name), None) => said.push(format!("单位名称已更正为{name}")),
            (None, _) => {}
        }
        if let Some((kind, on)) = self.exit {
            let on = on.map(|on| format!("（{on}）")).unwrap_or_default();
            said.push(format!("{}{on}", kind.done()));
        }
        said.join("；")
    }
}
