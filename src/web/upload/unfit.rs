//! Why a file is not accepted.

/// Why a file is not accepted for what its ending says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unfit {
    /// It is something else.
    Other,
    /// It ends too early, or its parts do not fit together.
    Broken,
    /// It brings a program along.
    Macros,
    /// Unpacked it is far larger than a document (security.md F3).
    Unpacked,
    /// More pixels than anybody's screen or memory takes (bad input 45).
    Pixels,
}

impl Unfit {
    /// What happened and what to do.
    pub const fn message(self) -> &'static str {
        match self {
            Self::Other => "文件内容与扩展名不符，请确认文件没有改过扩展名。",
            Self::Broken => "文件不完整或已损坏，请重新导出或扫描后上传。",
            Self::Macros => "不接受含宏的文件，请另存为不含宏的文件后上传。",
            Self::Unpacked => "文件解压后过大，请减少内容或拆分后上传。",
            Self::Pixels => "图片尺寸过大，长和宽最多10000像素，请缩小后上传。",
        }
    }
}
