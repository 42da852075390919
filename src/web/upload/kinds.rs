//! The kinds of file that are accepted: the one list that hints, messages and
//! `accept` attributes are made from.

use super::unfit::Unfit;
use super::{compound, package, pdf, pictures};

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Pdf,
    Ofd,
    Docx,
    Xlsx,
    Pptx,
    Wps,
    Et,
    Jpeg,
    Png,
}

/// What a document of an office program turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Office {
    /// A text: .docx, .wps.
    Text,
    /// A workbook: .xlsx, .et.
    Sheets,
    /// A presentation: .pptx.
    Slides,
    /// A fixed layout (GB/T 33190): .ofd.
    Fixed,
    /// Nobody without its password can say.
    Hidden,
}

impl Kind {
    const ALL: [Self; 9] = [
        Self::Pdf,
        Self::Ofd,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Wps,
        Self::Et,
        Self::Jpeg,
        Self::Png,
    ];

    const fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Ofd => &["ofd"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Wps => &["wps"],
            Self::Et => &["et"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
        }
    }

    /// The media type under which it is handed out.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Ofd => "application/ofd",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Wps => "application/kswps",
            Self::Et => "application/kset",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
        }
    }

    /// The kind with this ending, in lower case and without its dot.
    pub fn of_ending(ending: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|kind| kind.endings().contains(&ending))
    }

    /// Looks whether the contents are of this kind, whole and harmless; true: a
    /// password hides them.
    pub fn contents(self, bytes: &[u8]) -> Result<bool, Unfit> {
        let (wanted, old) = match self {
            Self::Pdf => return pdf::look(bytes),
            Self::Jpeg => return pictures::jpeg(bytes).map(|()| false),
            Self::Png => return pictures::png(bytes).map(|()| false),
            Self::Ofd => (Office::Fixed, false),
            Self::Docx => (Office::Text, false),
            Self::Xlsx => (Office::Sheets, false),
            Self::Pptx => (Office::Slides, false),
            // WPS writes them as Word 97 and Excel 97 did, and newer ones as packages.
            Self::Wps => (Office::Text, true),
            Self::Et => (Office::Sheets, true),
        };
        if bytes.starts_with(&package::MAGIC) {
            return package::look(bytes).and_then(|found| fits(found == wanted, false));
        }
        if bytes.starts_with(&compound::MAGIC) && self != Self::Ofd {
            let (found, encrypted) = compound::look(bytes)?;
            // With a password a package, too, becomes a compound file.
            let fit = found == Office::Hidden || (old && found == wanted);
            return fits(fit, encrypted);
        }
        Err(Unfit::Other)
    }
}

const fn fits(fit: bool, encrypted: bool) -> Result<bool, Unfit> {
    if fit {
        Ok(encrypted)
    } else {
        Err(Unfit::Other)
    }
}

fn endings() -> impl Iterator<Item = &'static str> {
    Kind::ALL.into_iter().flat_map(Kind::endings).copied()
}

/// The endings as a sentence names them.
pub(super) fn named() -> String {
    let first = Kind::ALL
        .into_iter()
        .filter_map(|kind| kind.endings().first());
    first.copied().collect::<Vec<_>>().join("、")
}

/// The endings for the `accept` attribute of an input.
#[must_use]
pub fn accepted_endings() -> String {
    let dotted: Vec<String> = endings().map(|ending| format!(".{ending}")).collect();
    dotted.join(",")
}

/// What stands beside an input for a file, after what the file should be.
#[must_use]
pub fn accepted_hint(what: &str) -> String {
    let rules = format!(
        "{}，最大20MB；本系统为非涉密系统，严禁上传涉密文件",
        named()
    );
    if what.is_empty() {
        rules
    } else {
        format!("{what}；{rules}")
    }
}
