//! The words of every closed set: a status, a kind, a result. One table an enum says
//! the value that the database keeps, what people read, and what it means to them;
//! nothing else names them, so that a status reads the same on every page.

pub mod mark;

pub use mark::{Mark, Marked};

/// A value of a closed set.
pub trait Word: Copy + Eq + std::fmt::Debug + Send + 'static {
    /// All values, in the order in which they are shown.
    const WORDS: &'static [Self];
    /// The value that the database keeps and forms carry.
    fn key(self) -> &'static str;
    /// What people read.
    fn label(self) -> &'static str;
}

/// Declares a closed set: `Variant = "key", "label"`, and, for what is drawn with a mark,
/// its meaning, one of [`Mark`], for each value. A set without marks has no `mark()`, so
/// that it may have one of its own that asks for the day. Further derives stand above
/// the enum.
///
/// ```
/// tuogou::words! {
///     /// State of a letter.
///     pub enum State {
///         /// Somebody writes it.
///         Draft = "draft", "拟稿中", Going;
///         /// It has gone out.
///         Sent = "sent", "已发送", Done;
///     }
/// }
/// assert_eq!(State::from_key("sent"), Some(State::Sent));
/// assert_eq!(State::Draft.mark(), tuogou::words::Mark::Going);
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
        }
    };
    (
        $(#[$about:meta])*
        $vis:vis enum $name:ident {
            $( $(#[$doc:meta])* $variant:ident = $key:literal, $label:literal, $mark:ident ; )+
        }
    ) => {
        $crate::words! { @set
            $(#[$about])*
            $vis enum $name { $( $(#[$doc])* $variant = $key, $label; )+ }
        }

        impl $name {
            /// What it means for who reads it.
            #[must_use]
            pub const fn mark(self) -> $crate::words::Mark {
                match self { $( Self::$variant => $crate::words::Mark::$mark, )+ }
            }
        }

        impl $crate::words::Word for $name {
            const WORDS: &'static [Self] = &Self::ALL;
            fn key(self) -> &'static str { self.key() }
            fn label(self) -> &'static str { self.label() }
        }

        impl $crate::words::Marked for $name {
            fn mark(self) -> $crate::words::Mark { self.mark() }
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
}
