//! What people are told about a file that cannot be read.

use crate::sheets::cells::Unreadable;

impl Unreadable {
    /// What happened and what to do, for the person who uploaded the file.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Old => {
                "这是旧格式（.xls、.et）的表格，请在 Excel 或 WPS 中另存为 .xlsx 后再上传。"
            }
            Self::Encrypted => {
                "文件设有打开密码，无法读取。请在 Excel 或 WPS 中取消密码，另存为 .xlsx 后再上传。"
            }
            Self::Macros => {
                "文件带有宏，系统不读取。请在 Excel 或 WPS 中另存为不带宏的 .xlsx 后再上传。"
            }
            Self::Other => {
                "文件不是 .xlsx 表格，也不是 .csv 文本。请在 Excel 或 WPS 中另存为 .xlsx 后再上传。"
            }
            Self::Broken => {
                "文件不完整或者内容有误，无法读取。请在 Excel 或 WPS 中打开核对，另存为 .xlsx 后再上传。"
            }
            Self::TooLarge => {
                "文件超过 20 MB，无法读取。请删去图片等无关内容，或者拆成几个文件后再上传。"
            }
            Self::Unpacked => {
                "文件展开后的内容过大，无法读取。请把需要的数据复制到新表，另存为 .xlsx 后再上传。"
            }
            Self::Rows => "有内容的行超过 100,000 行，无法读取。请拆成几个文件后再上传。",
            Self::Columns => "有内容的列超过 200 列，无法读取。请删去不需要的列后再上传。",
            Self::Empty => "表格中没有内容。请核对文件，填写后再上传。",
        }
    }

    /// Whether the kind of file is at fault (415) and not its content (422).
    #[must_use]
    pub const fn is_kind(self) -> bool {
        matches!(
            self,
            Self::Old | Self::Encrypted | Self::Macros | Self::Other
        )
    }
}
