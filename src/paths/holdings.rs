//! Addresses of the registers of functions, assets, money and rooms.

use super::Path;

/// The register of functions.
pub const FUNCTIONS: Path<1> = Path::new("/associations/{association}/functions");
/// One row of it.
pub const FUNCTION: Path<3> = Path::new("/associations/{association}/functions/{register}/{row}");
/// The registers of assets, money and rooms.
pub const ASSETS: Path<1> = Path::new("/associations/{association}/assets");
/// One row of them.
pub const ASSET: Path<3> = Path::new("/associations/{association}/assets/{register}/{row}");
/// The return of a row.
pub const ASSET_RETURN: Path<3> =
    Path::new("/associations/{association}/assets/{register}/{row}/return");
/// The determination of who owns an asset.
pub const OWNERSHIP: Path<2> = Path::new("/associations/{association}/ownership/{row}");
/// The approval of a disposition.
pub const DISPOSITION_APPROVAL: Path<2> =
    Path::new("/associations/{association}/dispositions/{row}/approval");
/// The settlement of an appropriation.
pub const APPROPRIATION_SETTLEMENT: Path<2> =
    Path::new("/associations/{association}/appropriations/{row}/settlement");
/// The acceptance of a room.
pub const ROOM_ACCEPTANCE: Path<2> =
    Path::new("/associations/{association}/rooms/{row}/acceptance");
/// A later date for a room.
pub const ROOM_DELAY: Path<2> = Path::new("/associations/{association}/rooms/{row}/delay");
/// The figures of the whole district.
pub const DISTRICT_ASSETS: Path<0> = Path::new("/assets");
/// The rows behind one figure.
pub const DISTRICT_FIGURE: Path<1> = Path::new("/assets/{figure}");
/// The rooms of the whole district, as a file.
pub const DISTRICT_ROOMS: Path<0> = Path::new("/rooms");
/// The functions of the whole district, as a file.
pub const DISTRICT_FUNCTIONS: Path<0> = Path::new("/functions");
/// The services to be purchased in the whole district, as a file.
pub const DISTRICT_PURCHASES: Path<0> = Path::new("/purchases");
