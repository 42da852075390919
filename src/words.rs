//! The words of every closed set: a status, a kind, a result. One table an enum says
//! the value that the database keeps, what people read, and the colour of its tag;
//! nothing else names them, so that a status reads the same on every page.

/// A value of a closed set.
pub trait Word: Copy + Eq + std::fmt::Debug + Send + 'static {
    /// All values, in the order in which they are shown.
    const WORDS: &'static [Self];
    /// The value that the database keeps and forms carry.
    fn key(self) -> &'static str;
    /// What people read.
    fn label(self) -> &'static str;
    /// Colour and shape of its tag; grey where the set has none.
    fn tag(self) -> &'static str;
}

/// Declares a closed set: `Variant = "key", "label"`, and, for what is shown as a tag,
/// its colour (`green yellow red violet blue grey`). A set without any colour has no
/// `tag()`, so that it may have one of its own that asks for the day. Further derives
/// stand above the enum.
///
/// ```
/// tuogou::words! {
///     /// State of a letter.
///     pub enum State {
///         /// Somebody writes it.
///         Draft = "draft", "拟稿中";
///         /// It has gone out.
///         Sent = "sent", "已发送", green;
///     }
/// }
/// assert_eq!(State::from_key("sent"), Some(State::Sent));
/// assert_eq!((State::Draft.label(), State::Draft.tag()), ("拟稿中", "grey"));
/// ```
#[macro_export]
macro_rules! words {
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident = $key:literal, $label:literal ; )+
        }
    ) => {
        $crate::words! { @set
            $(#[$about])*
            $vis enum $name { $( $(#[$doc])* $variant = $key, $label; )+ }
        }

        impl $crate::words::Word for $name {
            const WORDS: &'static [Self] = &Self::ALL;
            fn key(self) -> &'static str { self.key() }
            fn label(self) -> &'static str { self.label() }
            fn tag(self) -> &'static str { "grey" }
        }
    };
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident = $key:literal, $label:literal $(, $tag:ident)? ; )+
        }
    ) => {
        $crate::words! { @set
            $(#[$about])*
            $vis enum $name { $( $(#[$doc])* $variant = $key, $label; )+ }
        }

        impl $name {
            /// Colour and shape of its tag.
            #[must_use]
            pub const fn tag(self) -> &'static str {
                match self { $( Self::$variant => $crate::words!(@tag $($tag)?), )+ }
            }
        }

        impl $crate::words::Word for $name {
            const WORDS: &'static [Self] = &Self::ALL;
            fn key(self) -> &'static str { self.key() }
            fn label(self) -> &'static str { self.label() }
            fn tag(self) -> &'static str { self.tag() }
        }
    };
    (
        @set
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident = $key:literal, $label:literal; )+
        }
    ) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, sqlx::Type)]
        #[sqlx(type_name = "text")]
        $vis enum $name {
            $( $(#[$doc])* #[doc = $label] #[sqlx(rename = $key)] $variant, )+
        }

        impl $name {
            /// All values, in the order in which they are shown.
            pub const ALL: [Self; [$( $crate::words!(@one $variant) ),+].len()] =
                [$( Self::$variant ),+];

            /// The value that the database keeps and forms carry.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $( Self::$variant => $key, )+ }
            }

            /// What people read.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $( Self::$variant => $label, )+ }
            }

            /// The value with this key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|word| word.key() == key)
            }
        }
    };
    (@one $variant:ident) => { () };
    (@tag) => { "grey" };
    (@tag $tag:ident) => { stringify!($tag) };
}
