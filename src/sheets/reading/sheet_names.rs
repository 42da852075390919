//! Which part holds which sheet. calamine knows and does not say, so the way is gone again here exactly as it goes it.

use std::collections::HashMap;

use super::{
    limits,
    package::Package,
    tags::{Form, Tag},
};
use crate::sheets::cells::Unreadable;

/// Where the parts of a workbook lie.
pub struct Parts {
    /// The folder of the workbook, with a `/` at its end or empty.
    pub folder: String,
    /// The parts of the sheets, in order.
    pub sheets: Vec<String>,
}

/// Finds the parts; reads, and so vets, the three parts that say it.
pub fn find(package: &mut Package) -> Result<Parts, Unreadable> {
    let (folder, workbook) = main_part(package)?;
    let targets = targets(package, &format!("{folder}_rels/{workbook}.rels"))?;
    let mut sheets = Vec::new();
    let mut is_over = false;
    let mut names = 0;
    package.scan(&format!("{folder}{workbook}"), &mut |tag| {
        match (tag.name, tag.form) {
            (b"workbook", Form::Close) => is_over = true,
            (b"definedName", Form::Open | Form::Whole) => names += 1,
            (b"sheet", Form::Open | Form::Whole) if !is_over => {
                let target = targets.get(&identity(tag)?).ok_or(Unreadable::Broken)?;
                sheets.push(match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => format!("{folder}{target}"),
                });
            }
            _ => {}
        }
        if sheets.len() > limits::SHEETS || names > limits::DEFINED_NAMES {
            return Err(Unreadable::Broken);
        }
        Ok(())
    })?;
    Ok(Parts { folder, sheets })
}

/// Folder and name of the workbook's part.
fn main_part(package: &mut Package) -> Result<(String, String), Unreadable> {
    let mut target = None;
    package.scan("_rels/.rels", &mut |tag| {
        if tag.name == b"Relationship" && tag.form != Form::Close {
            let kind = text(tag, "Type")?.unwrap_or_default();
            if kind.ends_with("/relationships/officeDocument") {
                target = text(tag, "Target")?;
            }
        }
        Ok(())
    })?;
    let target = target.ok_or(Unreadable::Broken)?;
    // Entities would be resolved there and not here.
    if target.contains('&') {
        return Err(Unreadable::Broken);
    }
    let (folder, name) = match target.rfind('/') {
        Some(at) => target.split_at(at + 1),
        None => ("", target.as_str()),
    };
    let folder = folder.strip_prefix('/').unwrap_or(folder);
    let name = if name.is_empty() {
        "workbook.xml"
    } else {
        name
    };
    Ok((folder.to_owned(), name.to_owned()))
}

/// Where the relationships of the workbook lead, by their identities.
fn targets(package: &mut Package, part: &str) -> Result<HashMap<String, String>, Unreadable> {
    let mut targets = HashMap::new();
    package.scan(part, &mut |tag| {
        if tag.name != b"Relationship" || tag.form == Form::Close {
            return Ok(());
        }
        let target = text(tag, "Target")?.unwrap_or_default();
        let Some(id) = text(tag, "Id")? else {
            return Ok(());
        };
        let is_second = targets.insert(id, target).is_some();
        if is_second || targets.len() > limits::ENTRIES {
            return Err(Unreadable::Broken);
        }
        Ok(())
    })?;
    Ok(targets)
}

/// The identity of a sheet's relationship, whatever prefix it has.
fn identity(tag: &Tag<'_>) -> Result<String, Unreadable> {
    let mut found = None;
    for attribute in tag.attributes() {
        let (key, value) = attribute?;
        let is_identity = key == b"id" || key.ends_with(b":id");
        if is_identity && found.replace(value).is_some() {
            return Err(Unreadable::Broken);
        }
    }
    owned(found.unwrap_or_default())
}

fn text(tag: &Tag<'_>, name: &str) -> Result<Option<String>, Unreadable> {
    tag.value(name)?.map(owned).transpose()
}

fn owned(value: &[u8]) -> Result<String, Unreadable> {
    String::from_utf8(value.to_vec()).map_err(|_| Unreadable::Broken)
}
