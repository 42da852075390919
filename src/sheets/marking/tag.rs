//! A tag as text: read and changed in place, so that all else of it stays as it was written.

/// A tag as it stands, `<` and `>` included.
#[derive(Debug, Clone, Copy)]
pub struct Tag<'a>(pub &'a str);

/// An attribute of a tag, and where it stands there.
#[derive(Debug, Clone, Copy)]
pub struct Attribute<'a> {
    /// With its prefix.
    pub name: &'a str,
    /// As it stands, escapes and all.
    pub value: &'a str,
    /// Where it begins, the blanks before it included.
    begin: usize,
    /// Where its value begins, after the quotation mark.
    value_begin: usize,
}

impl<'a> Tag<'a> {
    /// The name with its prefix.
    pub fn name(self) -> &'a str {
        let inner = self.0.get(self.lead()..).unwrap_or_default();
        let end = inner
            .bytes()
            .position(|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>'));
        inner.get(..end.unwrap_or(inner.len())).unwrap_or_default()
    }

    /// What stands before the name: `<` or `</`, and in front of the first tag a byte order mark.
    fn lead(self) -> usize {
        let after = self
            .0
            .bytes()
            .position(|c| c == b'<')
            .map_or(0, |at| at + 1);
        after + usize::from(self.0.as_bytes().get(after) == Some(&b'/'))
    }

    /// The prefix with its colon, or nothing.
    pub fn prefix(self) -> &'a str {
        let name = self.name();
        name.split_at(name.find(':').map_or(0, |colon| colon + 1)).0
    }

    /// The name without its prefix.
    pub fn local(self) -> &'a str {
        self.name().rsplit(':').next().unwrap_or_default()
    }

    /// The name without the prefix of the part's root; nothing in other vocabularies.
    pub fn within(self, prefix: &str) -> &'a str {
        let name = self.name();
        if prefix.is_empty() {
            name
        } else {
            name.strip_prefix(prefix).unwrap_or_default()
        }
    }

    /// Whether it is this element, of the same vocabulary as the part's root.
    pub fn is(self, prefix: &str, local: &str) -> bool {
        self.within(prefix) == local
    }

    /// Its attributes.
    pub fn attributes(self) -> Attributes<'a> {
        let at = self.lead() + self.name().len();
        Attributes { raw: self.0, at }
    }

    /// The value of an attribute without a prefix.
    pub fn attribute(self, name: &str) -> Option<&'a str> {
        self.attributes()
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.value)
    }

    /// An attribute's value as a number.
    pub fn number(self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }

    /// The tag with an attribute set; all else as it stands. The value is to need no escapes.
    pub fn with(self, name: &str, value: &str) -> String {
        if let Some(old) = self.attributes().find(|attribute| attribute.name == name) {
            let (before, rest) = self
                .0
                .split_at_checked(old.value_begin)
                .unwrap_or((self.0, ""));
            return format!(
                "{before}{value}{}",
                rest.get(old.value.len()..).unwrap_or_default()
            );
        }
        let (body, end) = self.body();
        format!("{body} {name}=\"{value}\"{end}")
    }

    /// The tag without an attribute.
    pub fn without(self, name: &str) -> String {
        let Some(old) = self.attributes().find(|attribute| attribute.name == name) else {
            return self.0.to_owned();
        };
        let after = old.value_begin + old.value.len() + 1;
        format!(
            "{}{}",
            self.0.get(..old.begin).unwrap_or_default(),
            self.0.get(after..).unwrap_or_default()
        )
    }

    /// `<c/>` as `<c>`.
    pub fn opened(self) -> String {
        format!("{}>", self.body().0)
    }

    /// The tag and its end.
    fn body(self) -> (&'a str, &'a str) {
        let end = if self.0.ends_with("/>") { "/>" } else { ">" };
        (self.0.strip_suffix(end).unwrap_or(self.0).trim_end(), end)
    }
}

/// Goes through a tag's attributes.
pub struct Attributes<'a> {
    raw: &'a str,
    at: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let rest = self.raw.get(self.at..)?;
        let (before, after) = rest.split_once('=')?;
        let quote = after
            .trim_start()
            .chars()
            .next()
            .filter(|c| matches!(c, '"' | '\''))?;
        let opened = self.at + before.len() + 1 + (after.len() - after.trim_start().len()) + 1;
        let value = self.raw.get(opened..)?.split_once(quote)?.0;
        let attribute = Attribute {
            name: before.trim(),
            value,
            begin: self.at,
            value_begin: opened,
        };
        self.at = opened + value.len() + 1;
        Some(attribute)
    }
}
