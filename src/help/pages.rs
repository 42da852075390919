//! 帮助 and 图例、口径.

pub mod contacts;

use askama::Template;

use crate::scheme::campaign::Sentence;
use crate::web::guide::{CHAPTERS, Guide};
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};

/// What every page is for, chapter by chapter.
#[derive(Template)]
#[template(path = "help/help.html")]
pub struct HelpPage {
    page: Page,
    chapters: Vec<Chapter>,
    document: String,
}

struct Chapter {
    title: &'static str,
    pages: Vec<Told>,
}

struct Told {
    guide: &'static Guide,
    sentence: Option<Sentence>,
}

impl View for HelpPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        let campaign = &look.app.scheme.campaign;
        let told = |guide: &'static Guide| Told {
            guide,
            sentence: campaign.sentence(guide.topic).cloned(),
        };
        let chapters = CHAPTERS.iter().map(|&(title, pages)| Chapter {
            title,
            pages: pages.iter().map(&told).collect(),
        });
        Ok(Self {
            page: look.allowed.page("帮助"),
            chapters: chapters.collect(),
            document: format!("{}（{}）", campaign.title, campaign.document_number),
        })
    }
}

/// What the marks and the figures mean.
#[derive(Template)]
#[template(path = "help/legend.html")]
pub struct LegendPage {
    page: Page,
    marks: &'static [Meaning],
    warn_days: i64,
}

/// A mark, by the key of its class, with what it means.
struct Meaning {
    key: &'static str,
    label: &'static str,
    words: &'static str,
}

const MARKS: &[Meaning] = &[
    Meaning {
        key: "todo",
        label: "未开始",
        words: "还没有办理，或者尚不能开始（写明在等什么）。",
    },
    Meaning {
        key: "going",
        label: "办理中",
        words: "正在办理，没有超过时限；已报待核实、审查中、待批准也是。",
    },
    Meaning {
        key: "soon",
        label: "临期",
        words: "快到时限，或者被退回、待补正。",
    },
    Meaning {
        key: "late",
        label: "逾期",
        words: "已过时限仍未办结；天数由时限和今天算出。",
    },
    Meaning {
        key: "done",
        label: "已办结",
        words: "按时限办结：已确认、已批复、已核实、已发布。",
    },
    Meaning {
        key: "done_late",
        label: "逾期办结",
        words: "办结了，但是超过了时限。",
    },
    Meaning {
        key: "void",
        label: "不计",
        words: "已退出、暂停办理或者不适用，不计时、不催办。",
    },
];

impl View for LegendPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        Ok(Self {
            page: look.allowed.page("图例、口径"),
            marks: MARKS,
            warn_days: look.app.scheme.campaign.parameters.warn_days,
        })
    }
}
