//! What the oldest browser of the contract knows. Versions are those of MDN's
//! browser-compat-data 8.1.9 for Chromium on a desk; whoever adds a name looks it up there.

/// Chromium's version at the floor (contract.md, Browsers).
pub const FLOOR: u16 = 83;

/// Properties that Chromium 83 knows.
pub const PROPERTIES: &str = "
    align-items background background-attachment background-image background-position background-repeat
    background-size border border-bottom border-bottom-color border-collapse border-color
    border-left border-radius border-right columns border-spacing border-top border-width bottom box-shadow
    box-sizing break-after break-before break-inside clear clip-path color color-scheme content
    counter-increment counter-reset cursor display fill fill-opacity flex flex-basis flex-direction
    flex-wrap float font font-family font-kerning font-size font-variant-numeric font-weight gap
    grid-area grid-column grid-row grid-template-columns height justify-content justify-self left letter-spacing
    line-break line-height list-style margin margin-bottom margin-left margin-right margin-top
    max-height max-width min-height min-width opacity outline outline-offset overflow overflow-wrap
    overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top
    pointer-events position resize right scroll-margin-top scroll-padding-bottom scroll-padding-top size stroke
    stroke-dasharray stroke-width table-layout text-align text-anchor text-decoration text-decoration-color
    text-indent text-size-adjust top transform transition vertical-align white-space width z-index";

/// Pseudo-classes and pseudo-elements that Chromium 83 knows, and those of other engines,
/// which stand alone in their rules.
pub const PSEUDOS: &str = "
    :enabled :target :root :hover :focus :not :first-child :last-child :empty ::before ::after ::placeholder
    ::-webkit-progress-bar ::-webkit-progress-value ::-webkit-calendar-picker-indicator
    ::-webkit-details-marker     ::-moz-progress-bar";

/// At-rules that Chromium 83 knows.
pub const AT_RULES: &str = "@media @supports @page";

/// Functions in values that Chromium 83 knows.
pub const FUNCTIONS: &str = "
    attr calc clamp counter inset linear-gradient max min minmax repeat rgba rotate translateY url var";

/// Units that Chromium 83 knows.
pub const UNITS: &str = "% fr mm pt px rem em s vh vw deg";

/// What is newer and may be used all the same, because nobody misses it who does not
/// have it: name, version, why.
pub const ORNAMENTS: &[(&str, u16, &str)] = &[
    ("accent-color", 93, "a tick in the browser's own blue"),
    ("appearance", 84, "-webkit-appearance stands beside it"),
    ("field-sizing", 123, "asked for by @supports"),
    ("font-synthesis", 97, "a heavier title"),
    ("page", 85, "who prints chooses the paper in the dialogue"),
    ("print-color-adjust", 136, "-webkit- stands beside it"),
    (
        "text-autospace",
        140,
        "a narrower join of Chinese and figures",
    ),
    ("text-decoration-thickness", 89, "a thicker underline"),
    ("text-spacing-trim", 123, "wider brackets"),
    (
        "text-underline-offset",
        87,
        "an underline nearer to its words",
    ),
    ("text-wrap", 114, "a line broken elsewhere"),
    (":focus-visible", 86, "a ring at the mouse's press too"),
    ("color-mix", 111, "the declaration before it stands"),
    ("@bottom-center", 131, "the browser numbers the sheets"),
];

/// Words in values of known properties that are newer: property, word, version.
pub const VALUES: &[(&str, &str, u16)] = &[
    ("align-items", "start", 93),
    ("align-items", "end", 93),
    ("align-items", "last", 108),
    ("align-items", "safe", 115),
    ("break-after", "avoid-page", 108),
    ("break-before", "avoid-page", 108),
    ("clear", "inline-start", 118),
    ("clear", "inline-end", 118),
    ("color-scheme", "only", 98),
    ("float", "inline-start", 118),
    ("float", "inline-end", 118),
    ("flex", "content", 94),
    ("flex-basis", "content", 94),
    ("grid-template-columns", "subgrid", 117),
    ("height", "stretch", 138),
    ("justify-content", "start", 93),
    ("justify-content", "end", 93),
    ("justify-content", "left", 93),
    ("justify-content", "right", 93),
    ("max-height", "stretch", 138),
    ("max-width", "stretch", 138),
    ("min-height", "stretch", 138),
    ("min-width", "stretch", 138),
    ("overflow", "clip", 90),
    ("overflow-x", "clip", 90),
    ("overflow-y", "clip", 90),
    ("text-decoration", "from-font", 87),
    ("white-space", "collapse", 114),
    ("white-space", "preserve", 114),
    ("width", "stretch", 138),
    ("*", "revert", 84),
    ("*", "revert-layer", 99),
];

/// Whose turn it is one day: named with its version, so that the wall says more than
/// "not in the list".
pub const NEWER: &[(&str, u16)] = &[
    ("@layer", 99),
    ("@container", 105),
    ("@property", 85),
    ("@scope", 118),
    ("@starting-style", 117),
    (":has", 105),
    (":is", 88),
    (":where", 88),
    ("::marker", 86),
    ("aspect-ratio", 88),
    ("inset", 87),
    ("inset-block", 87),
    ("inset-inline", 87),
    ("inset-block-start", 87),
    ("inset-block-end", 87),
    ("inset-inline-start", 87),
    ("inset-inline-end", 87),
    ("margin-block", 87),
    ("margin-inline", 87),
    ("padding-block", 87),
    ("padding-inline", 87),
    ("border-block", 87),
    ("border-inline", 87),
    ("translate", 104),
    ("rotate", 104),
    ("scale", 104),
    ("content-visibility", 85),
    ("scrollbar-gutter", 94),
    ("dvh", 108),
    ("svh", 108),
    ("lvh", 108),
    ("at", 92),
    ("findLast", 97),
    ("findLastIndex", 97),
    ("hasOwn", 93),
    ("replaceAll", 85),
    ("replaceChildren", 86),
    ("randomUUID", 92),
    ("structuredClone", 98),
    ("toSorted", 110),
    ("toReversed", 110),
    ("toSpliced", 110),
    ("groupBy", 117),
    ("any", 85),
    ("checkVisibility", 105),
    ("inert", 102),
    ("popover", 114),
    ("showPopover", 114),
    ("togglePopover", 114),
    ("timeout", 103),
    ("navigation", 102),
    ("scheduler", 94),
    ("Iterator", 122),
    ("WeakRef", 84),
];

/// Members that the scripts may name: of the language and of pages as Chromium 83 has
/// them, and its own. `showPicker` (99) is asked for before it is used.
pub const MEMBERS: &str = "
    UTC activeElement add addEventListener after altKey append ariaHidden ariaLabel ariaLive assign body
    bubbles cellIndex cells checked chooseAll chooseGroup classList className clear clipboardData cloneNode
    closest count createElement ctrlKey dataset day defaultPrevented delete dispatchEvent
    elements escape files filter find findIndex firstElementChild parentElement focus forEach getAttribute getElementById getData getItem getUTCDate
    has hidden href includes indeterminate indexOf isComposing key keys length map match matches
    max metaKey method month name need next nextElementSibling onclick open options parse parseFromString
    pathname persisted phrases
    pop prepend preventDefault querySelector querySelectorAll rel reload remove removeAttribute
    removeItem replace replaceState requestSubmit select selectionEnd
    decimals equal every reduce round sum toFixed abs appendChild catch fields json redirected status then
    visibilityState click firstChild join push reverse scope tHead addListener before label when
    selectionStart previousElementSibling shiftKey returnValue role row rows searchParams sent
    setAttribute setItem setRangeText showPicker shownWhen size slice some splice split startsWith state
    stringify tabIndex tagName tally target test text textContent timeZone toISOString
    time toLocaleDateString toLowerCase toTimeString toggle trim type value values version weekday
    who year";

/// Free names: functions called, objects made.
pub const GLOBALS: &str = "
    Boolean DOMParser Error URLSearchParams fetch matchMedia CSS Date Event FormData JSON Math Number Object Set String URL addEventListener clearTimeout
    document history location print setTimeout";

/// Pieces of syntax that are newer.
pub const SYNTAX: &[(&str, u16)] = &[
    ("??=", 85),
    ("||=", 85),
    ("&&=", 85),
    ("static {", 94),
    ("static{", 94),
    ("await ", 89),
    ("using ", 134),
    (" with {", 123),
    ("#", 84),
];

/// Attributes and elements of the templates that are newer and without which a page
/// does something else.
pub const MARKUP: &[(&str, u16)] = &[
    (" inert", 102),
    (" popover", 114),
    (" popovertarget=", 114),
    (" commandfor=", 135),
    (" shadowrootmode=", 111),
    ("hidden=\"until-found\"", 102),
    ("<details name=", 120),
    ("<search", 118),
    ("<selectedcontent", 135),
];
