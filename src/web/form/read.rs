//! Reading fields by their type.

use chrono::NaiveDate;

use crate::web::answer::{count, date, money, text};
use crate::words::Word;

use super::Form;
use super::field::Field;

impl Form {
    /// A text of at most `max` characters.
    pub fn text(&mut self, name: &str, label: &str, max: usize) -> Field<'_, String> {
        self.read(name, label, |typed| text::parse(typed, max))
    }

    /// A date in any of the usual ways of writing.
    pub fn date(&mut self, name: &str, label: &str) -> Field<'_, NaiveDate> {
        self.read(name, label, date::parse)
    }

    /// An amount in 万元, as cents.
    pub fn money(&mut self, name: &str, label: &str) -> Field<'_, i64> {
        self.read(name, label, money::parse)
    }

    /// A count of people or things.
    pub fn count(&mut self, name: &str, label: &str) -> Field<'_, i64> {
        self.read(name, label, count::parse)
    }

    /// One of the values on offer.
    pub fn choice(&mut self, name: &str, label: &str, allowed: &[&str]) -> Field<'_, String> {
        let mut field = self.text(name, label, 200);
        let unknown = field
            .value
            .as_ref()
            .is_some_and(|value| !allowed.contains(&value.as_str()));
        if unknown {
            field.refuse("选项无效，请从所列选项中选择。");
        }
        field
    }

    /// One value of a closed set.
    pub fn word<W: Word>(&mut self, name: &str, label: &str) -> Field<'_, W> {
        self.read(name, label, |typed| match typed.trim() {
            "" => Ok(None),
            typed => match W::WORDS.iter().find(|word| word.key() == typed) {
                Some(word) => Ok(Some(*word)),
                None => Err("选项无效，请从所列选项中选择。".to_owned()),
            },
        })
    }

    /// Yes or no.
    pub fn yes_no(&mut self, name: &str, label: &str) -> Field<'_, bool> {
        self.read(name, label, |typed| match typed.trim() {
            "" => Ok(None),
            "yes" => Ok(Some(true)),
            "no" => Ok(Some(false)),
            _ => Err("选项无效，请选择“是”或“否”。".to_owned()),
        })
    }

    /// A tick: there or not.
    pub fn tick(&mut self, name: &str) -> bool {
        self.known.insert(name.to_owned());
        self.raw(name).is_some_and(|value| !value.is_empty())
    }

    /// The ticked values of a group.
    pub fn ticks(&mut self, name: &str, label: &str, allowed: &[&str]) -> Vec<String> {
        let chosen: Vec<String> = self
            .fields
            .iter()
            .filter(|(key, value)| key == name && !value.is_empty())
            .map(|(_, value)| value.clone())
            .collect();
        self.known.insert(format!("{name}[]"));
        if chosen
            .iter()
            .any(|value| !allowed.contains(&value.as_str()))
        {
            self.fail(name, label, "选项无效，请从所列选项中选择。");
        }
        chosen
    }

    /// Marks fields with this prefix as read elsewhere (row tables).
    pub fn knows(&mut self, name: &str) {
        self.known.insert(name.to_owned());
    }

    fn read<T>(
        &mut self,
        name: &str,
        label: &str,
        parse: impl FnOnce(&str) -> Result<Option<T>, String>,
    ) -> Field<'_, T> {
        self.known.insert(name.to_owned());
        let typed = self.raw(name).unwrap_or_default().to_owned();
        let mut field = Field {
            form: self,
            name: name.to_owned(),
            label: label.to_owned(),
            value: None,
            failed: false,
        };
        match parse(&typed) {
            Ok(value) => field.value = value,
            Err(message) => field.refuse(&message),
        }
        field
    }
}
