//! Every act of the system by name: the routes', the policy's, the state
//! machines' and the audit's one vocabulary. Each room has an enum of its own beside its
//! policy (`policy/<room>.rs`), which matches it without a wildcard, so that a new act
//! without a rule does not compile and another room's act cannot be allowed by accident.

use std::collections::HashMap;
use std::sync::LazyLock;

pub use super::policy::{
    Activities, Administration, Archive, Closing, Comments, Corrections, Dockets, Everybody, Exits,
    Files, Findings, Holdings, Imports, Overview, Plan, Posts, Progress, Registrations, Registry,
    Reminders, Roster, Settings, Signatures, Signing, Survey, Timeline, Workgroups,
};

/// Every act by its stable name: the desk reads one for each matter of each row.
static NAMES: LazyLock<HashMap<&'static str, Act>> =
    LazyLock::new(|| Act::ALL.iter().map(|act| (act.name(), *act)).collect());

/// What a form must carry of what the person saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sees {
    /// The version of what is edited, as `version`.
    Edit,
    /// The version of the matter, or the digest of the list, that is decided on, as `seen`.
    Decision,
    /// Nothing, for this reason.
    Nothing(&'static str),
}

/// What is told of an act, in one line of its room's table.
#[derive(Debug, Clone, Copy)]
pub struct Told {
    name: &'static str,
    label: &'static str,
    done: Option<&'static str>,
    sees: Sees,
    after: &'static [Act],
    alone: Option<&'static str>,
}

/// Declares a room's acts: their stable name, their Chinese name and, for those that
/// change something, what a page says once they are done and what their form carries of
/// what was seen. A decision says which acts prepare it (`after`: who did one of these
/// does not do the act itself, 2.2 (c)), or why nobody prepares it (`alone`).
macro_rules! acts {
    ( #[doc = $about:literal] $room:ident {
        $( $variant:ident = $name:literal, $label:literal
           $(, done $done:literal, $sees:ident $($why:literal)?
               $(after [$($draft:ident),*])? $(alone $alone:literal)?)? ; )*
    } ) => {
        #[doc = $about]
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $room { $( #[doc = $label] $variant, )* }

        impl From<$room> for $crate::access::Act {
            fn from(act: $room) -> Self { Self::$room(act) }
        }

        #[expect(non_upper_case_globals, reason = "they are used like the variants that they name")]
        impl $crate::access::Act {
            $( #[doc = $label] pub const $variant: Self = Self::$room($room::$variant); )*
        }

        impl $room {
            /// The room's acts.
            pub const ALL: &'static [$crate::access::Act] =
                &[ $( $crate::access::Act::$variant, )* ];

            /// What is told of the act.
            #[must_use]
            pub const fn told(self) -> $crate::access::acts::Told {
                match self {
                    $( Self::$variant => $crate::access::acts::Told::new($name, $label)
                        $( .done($done)
                           .sees($crate::access::acts::acts!(@sees $sees $($why)?))
                           .prepared(
                               &[ $( $( $crate::access::Act::$draft ),* )? ],
                               $crate::access::acts::acts!(@alone $sees $([$($draft)*])? $($alone)?),
                           ) )?, )*
                }
            }
        }
    };
    (@sees edit) => { $crate::access::Sees::Edit };
    (@sees decision) => { $crate::access::Sees::Decision };
    (@sees free $why:literal) => { $crate::access::Sees::Nothing($why) };
    (@alone $sees:ident $alone:literal) => { Some($alone) };
    (@alone $sees:ident [$($draft:ident)*]) => { None };
    (@alone edit) => { None };
    (@alone free) => { None };
}
pub(super) use acts;

impl Told {
    /// An act that only reads.
    #[must_use]
    pub const fn new(name: &'static str, label: &'static str) -> Self {
        Self {
            name,
            label,
            done: None,
            sees: Sees::Nothing("it only reads"),
            after: &[],
            alone: None,
        }
    }

    /// What a page says after it.
    #[must_use]
    pub const fn done(mut self, done: &'static str) -> Self {
        self.done = Some(done);
        self
    }

    /// What its form carries.
    #[must_use]
    pub const fn sees(mut self, sees: Sees) -> Self {
        self.sees = sees;
        self
    }

    /// What prepares it, or why nothing does.
    #[must_use]
    pub const fn prepared(mut self, after: &'static [Act], alone: Option<&'static str>) -> Self {
        self.after = after;
        self.alone = alone;
        self
    }
}

/// Puts the rooms' acts together.
macro_rules! rooms {
    ($($room:ident),*) => {
        /// What a person can do here.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Act { $( #[doc = "An act of this room."] $room($room), )* }

        const COUNT: usize = 0 $( + $room::ALL.len() )*;

        #[expect(clippy::indexing_slicing, reason = "counted when the program is built")]
        const EVERY: [Act; COUNT] = {
            let mut all = [Act::WorkbenchRead; COUNT];
            let mut at = 0;
            $(
                let mut of_room = 0;
                while of_room < $room::ALL.len() {
                    all[at] = $room::ALL[of_room];
                    at += 1;
                    of_room += 1;
                }
            )*
            assert!(at == COUNT);
            all
        };

        impl Act {
            /// Every act, in the order of the campaign.
            pub const ALL: &'static [Self] = &EVERY;

            const fn told(self) -> Told {
                match self { $( Self::$room(act) => act.told(), )* }
            }
        }
    };
}

rooms!(
    Everybody,
    Administration,
    Settings,
    Workgroups,
    Registry,
    Comments,
    Corrections,
    Survey,
    Roster,
    Plan,
    Holdings,
    Posts,
    Registrations,
    Findings,
    Progress,
    Dockets,
    Files,
    Closing,
    Exits,
    Activities,
    Timeline,
    Reminders,
    Signatures,
    Signing,
    Imports,
    Archive,
    Overview
);

impl Act {
    /// The stable name in routes, records and the audit.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.told().name
    }

    /// The Chinese name, as buttons and histories say it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.told().label
    }

    /// What the page says after the act; `None` for acts that only read.
    #[must_use]
    pub const fn done(self) -> Option<&'static str> {
        self.told().done
    }

    /// What the act's form carries of what was seen.
    #[must_use]
    pub const fn sees(self) -> Sees {
        self.told().sees
    }

    /// What prepares the act: who did one of these does not do the act itself.
    #[must_use]
    pub const fn after(self) -> &'static [Self] {
        self.told().after
    }

    /// Why nobody prepares an act that decides.
    #[must_use]
    pub const fn alone(self) -> Option<&'static str> {
        self.told().alone
    }

    /// The act with this stable name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        NAMES.get(name).copied()
    }

    /// Whether the act changes something.
    #[must_use]
    pub const fn writes(self) -> bool {
        self.done().is_some()
    }
}

impl serde::Serialize for Act {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}
