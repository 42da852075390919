//! A form with at most one file (security.md 35–41): size, kind by content and
//! ending, a name that never touches a path.

mod compound;
mod kinds;
mod package;
mod pdf;
mod photo;
mod pictures;
mod unfit;

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use sha2::{Digest, Sha256};

use super::form::{Form, is_urlencoded};
use super::routes::FILE_BYTES;
use super::{App, Error};

use kinds::{Kind, named};
pub use kinds::{accepted_endings, accepted_hint};
pub use photo::cleaned;
use unfit::Unfit;

/// Fields that a form with a file may have: one for several items of a checklist asks a
/// few things of each.
const FIELDS: usize = 400;
/// Longest name that is kept, in characters.
const NAME: usize = 120;

/// A file as it arrived.
#[derive(Debug, Clone)]
pub struct Uploaded {
    /// The name shown to people; never part of a path.
    pub name: String,
    /// The content.
    pub bytes: Bytes,
    /// Media type by content.
    pub media_type: &'static str,
    /// A password hides what is in it: nobody could look for macros.
    pub encrypted: bool,
    /// Pages of paper, where whoever hands it in told (EX-19).
    pub pages: Option<i32>,
}

/// A form and its file.
#[derive(Debug)]
pub struct Upload {
    /// The fields.
    pub form: Form,
    /// The file, if one was chosen. A refused one is `None` with a message at `file`.
    pub file: Option<Uploaded>,
}

impl FromRequest<App> for Upload {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let Arrived { mut form, file } = arrived(request, app).await?;
        let mut fit = None;
        if let Some((name, bytes)) = file {
            match look(name, bytes).await {
                Ok(found) => fit = Some(found),
                Err(message) => form.fail("file", "文件", message),
            }
        }
        Ok(Self { form, file: fit })
    }
}

/// A form with a spreadsheet, which nobody has looked into yet: a child that limits its own
/// memory and time does.
#[derive(Debug)]
pub struct SheetUpload {
    /// The fields.
    pub form: Form,
    /// Name and content, if a file was chosen.
    pub file: Option<(String, Bytes)>,
}

impl FromRequest<App> for SheetUpload {
    type Rejection = Error;

    async fn from_request(request: Request, app: &App) -> Result<Self, Error> {
        let Arrived { mut form, file } = arrived(request, app).await?;
        let file = file.map(|(name, bytes)| (clean_name(&name), bytes));
        if let Some((name, bytes)) = &file
            && let Err(message) = may_come_in(name, bytes)
        {
            form.fail("file", "文件", message);
        }
        Ok(Self { form, file })
    }
}

/// What a form with a file brought.
struct Arrived {
    form: Form,
    file: Option<(String, Bytes)>,
}

async fn arrived(request: Request, app: &App) -> Result<Arrived, Error> {
    // A page that shows such a form again has no file to send.
    if is_urlencoded(request.headers()) {
        let form = Form::from_request(request, app).await?;
        return Ok(Arrived { form, file: None });
    }
    let mut multipart = Multipart::from_request(request, app)
        .await
        .map_err(|_| Error::Unsupported)?;
    let mut fields = Vec::new();
    let mut digest = Sha256::new();
    let mut file: Option<(String, Bytes)> = None;
    while let Some(field) = multipart
        .next_field()
        .await
        .map_err(|_| Error::Malformed("上传的内容不完整，请重新提交。"))?
    {
        let name = field.name().unwrap_or_default().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|_| Error::TooLarge)?;
        digest.update(&bytes);
        match file_name {
            Some(file_name) if name == "file" => {
                if !file_name.is_empty() || !bytes.is_empty() {
                    file = Some((file_name, bytes));
                }
            }
            _ => fields.push((
                name,
                String::from_utf8(bytes.to_vec())
                    .map_err(|_| Error::Malformed("内容的编码无法识别。"))?,
            )),
        }
        if fields.len() > FIELDS {
            return Err(Error::TooLarge);
        }
    }
    let mut form = Form::from_parts(fields, digest.finalize().to_vec());
    if file.is_some() {
        form.carries_file();
    }
    Ok(Arrived { form, file })
}

/// Looks into a file apart from the requests: it is unpacked for that, and a file
/// that brings a reader down is only refused.
async fn look(name: String, bytes: Bytes) -> Result<Uploaded, String> {
    let looking = tokio::task::spawn_blocking(move || accept(&name, bytes));
    looking.await.unwrap_or_else(|error| {
        tracing::error!(error = %error, "an uploaded file could not be looked into");
        Err(Unfit::Broken.message().to_owned())
    })
}

/// Checks a file by size, ending and content.
pub fn accept(name: &str, bytes: Bytes) -> Result<Uploaded, String> {
    let name = clean_name(name);
    may_come_in(&name, &bytes)?;
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default();
    let kind = Kind::of_ending(&ending).ok_or_else(|| format!("只接受{}文件。", named()))?;
    match kind.contents(&bytes) {
        Ok(encrypted) => Ok(Uploaded {
            name,
            bytes,
            media_type: kind.media_type(),
            encrypted,
            pages: None,
        }),
        Err(unfit) => Err(unfit.message().to_owned()),
    }
}

/// Size and name of a file, whatever is in it.
fn may_come_in(name: &str, bytes: &Bytes) -> Result<(), String> {
    if bytes.is_empty() {
        return Err("文件为空，请选择有内容的文件。".to_owned());
    }
    if bytes.len() > FILE_BYTES {
        return Err("文件最大20MB，请压缩或拆分后重新上传。".to_owned());
    }
    if ["秘密★", "机密★", "绝密★"]
        .iter()
        .any(|mark| name.contains(mark))
    {
        return Err("本系统为非涉密系统，严禁上传涉密文件。".to_owned());
    }
    Ok(())
}

/// The last part of a path, without what cannot be shown.
fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let shown: String = last
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'))
        .collect();
    let length = shown.chars().count();
    // The ending says what the file is, so the front is shortened.
    shown.chars().skip(length.saturating_sub(NAME)).collect()
}

#[cfg(test)]
mod tests;
