//! What an official document consists of.

use super::tables::{Form, Grid};
use super::title::title_lines;
use super::value::{Bound, Sentence};

/// A paragraph or a table of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A heading 一、 in 黑体.
    First(Sentence),
    /// A heading （一） in 楷体.
    Second(Sentence),
    /// 1. and （1）, and everything else: 仿宋.
    Text(Sentence),
    /// A table in the text.
    Table(Grid),
    /// A form of labels and values.
    Form(Form),
}

impl Block {
    /// Everything that is said in it, in the order in which it is read.
    #[must_use]
    pub fn sentences(&self) -> Vec<&Sentence> {
        match self {
            Self::First(sentence) | Self::Second(sentence) | Self::Text(sentence) => vec![sentence],
            Self::Table(grid) => grid.rows.iter().flatten().collect(),
            Self::Form(form) => form.rows.iter().flatten().map(|pair| &pair.value).collect(),
        }
    }
}

/// Issuer's mark, number and line below them (版头).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// 发文机关标志.
    pub mark: String,
    /// 发文字号.
    pub number: String,
    /// 签发人: only for papers that go up (请示, 报告).
    pub signed_by: Option<String>,
}

/// Copies, issuing office and date (版记), at the foot of the last page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imprint {
    /// 抄送, without the full stop.
    pub copies: Option<String>,
    /// 印发机关.
    pub office: String,
    /// 印发日期.
    pub date: String,
}

/// An attachment, which begins on a page of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Annex {
    /// Its title, in lines.
    pub title: Vec<String>,
    /// Its text.
    pub blocks: Vec<Block>,
}

/// A document: letter, request, notice, list or form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paper {
    /// 版头; a form or a draft for a meeting has none.
    pub head: Option<Head>,
    /// The title, in lines ([`title_lines`]).
    pub title: Vec<String>,
    /// 主送机关, with its colon.
    pub addressee: Option<String>,
    /// The text.
    pub blocks: Vec<Block>,
    /// 附件说明: the names of the attachments.
    pub attachments: Vec<String>,
    /// 署名.
    pub signatory: Option<String>,
    /// 成文日期: 2018年10月24日.
    pub date: Option<String>,
    /// 附注, without its brackets: 联系人 in a request.
    pub note: Option<String>,
    /// What a form is signed with: 填表人, 审核人, 单位负责人（盖章）, 日期, each with who it was.
    pub signatures: Vec<(String, String)>,
    /// The attachments themselves.
    pub annexes: Vec<Annex>,
    /// 版记.
    pub imprint: Option<Imprint>,
    /// What stands across every page until it is approved: 送审稿（第2轮） (TC-72).
    pub across: Option<String>,
}

impl Paper {
    /// A document of this title and nothing else yet.
    #[must_use]
    pub fn titled(title: &str) -> Self {
        Self {
            title: title_lines(title),
            ..Self::default()
        }
    }

    /// Everything that is said in the text and the annexes, in the order in which it is read.
    #[must_use]
    pub fn sentences(&self) -> Vec<&Sentence> {
        let annexes = self.annexes.iter().flat_map(|annex| &annex.blocks);
        let blocks = self.blocks.iter().chain(annexes);
        blocks.flat_map(Block::sentences).collect()
    }

    /// Every figure with a source, in the order in which it is read.
    #[must_use]
    pub fn bounds(&self) -> Vec<&Bound> {
        let sentences = self.sentences().into_iter();
        sentences.flat_map(Sentence::bounds).collect()
    }

    /// How many figures no longer agree with the facts.
    #[must_use]
    pub fn differing(&self) -> usize {
        let bounds = self.bounds().into_iter();
        bounds.filter(|figure| !figure.stands()).count()
    }

    /// Whether all that it says still agrees with the facts.
    #[must_use]
    pub fn stands(&self) -> bool {
        self.differing() == 0
    }
}
