//! 帮助 and 图例、口径.

pub mod contacts;

use askama::Template;

use crate::scheme::campaign::Sentence;
use crate::web::guide::{CHAPTERS, Guide};
use crate::web::page::Page;
use crate::web::{Error, Form, Look, View};
use crate::words::Mark;

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
    marks: Vec<(Mark, &'static str)>,
    warn_days: i64,
}

/// What a mark says, whatever carries it.
const fn meaning(mark: Mark) -> &'static str {
    match mark {
        Mark::Todo => "还没有办理，或者尚不能开始（写明在等什么）。",
        Mark::Going => "正在办理，没有超过时限；已报待核实、审查中、待批准也是。",
        Mark::Soon => "快到时限，或者被退回、待补正。",
        Mark::Late => "已过时限仍未办结；天数由时限和今天算出。",
        Mark::Done => "按时限办结：已确认、已批复、已核实、已发布。",
        Mark::DoneLate => "办结了，但是超过了时限。",
        Mark::Void => "已退出、暂停办理或者不适用，不计时、不催办。",
    }
}

impl View for LegendPage {
    async fn open(look: Look<'_>, _: Option<Form>) -> Result<Self, Error> {
        Ok(Self {
            page: look.allowed.page("图例、口径"),
            marks: Mark::ALL
                .iter()
                .map(|mark| (*mark, meaning(*mark)))
                .collect(),
            warn_days: look.app.scheme.campaign.parameters.warn_days,
        })
    }
}
