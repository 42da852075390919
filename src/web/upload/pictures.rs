//! PNG and JPEG: walked part by part, never decoded.

use super::unfit::Unfit;

/// Most pixels of a side (security.md 40).
const SIDE: u32 = 10_000;

/// Whether it is a whole PNG (ISO/IEC 15948). What stands after its end is not
/// looked at: it is handed out as a download that may do nothing.
pub(super) fn png(bytes: &[u8]) -> Result<(), Unfit> {
    let mut rest = bytes
        .strip_prefix(b"\x89PNG\r\n\x1a\n")
        .ok_or(Unfit::Other)?;
    let mut first = true;
    loop {
        let (length, after) = rest.split_first_chunk::<4>().ok_or(Unfit::Broken)?;
        let (name, after) = after.split_first_chunk::<4>().ok_or(Unfit::Broken)?;
        let length = usize::try_from(u32::from_be_bytes(*length)).map_err(|_| Unfit::Broken)?;
        let (data, after) = after.split_at_checked(length).ok_or(Unfit::Broken)?;
        if first {
            let sides = data
                .first_chunk::<8>()
                .filter(|_| name == b"IHDR")
                .ok_or(Unfit::Broken)?;
            let both = u64::from_be_bytes(*sides);
            let side = |bits: u64| u32::try_from(bits & 0xffff_ffff).map_err(|_| Unfit::Broken);
            sized(side(both >> 32)?, side(both)?)?;
            first = false;
        }
        rest = after.get(4..).ok_or(Unfit::Broken)?;
        if name == b"IEND" {
            return Ok(());
        }
    }
}

/// Whether it is a whole JPEG (ISO/IEC 10918-1).
pub(super) fn jpeg(bytes: &[u8]) -> Result<(), Unfit> {
    let mut rest = bytes
        .strip_prefix(b"\xff\xd8")
        .filter(|rest| rest.first() == Some(&0xff))
        .ok_or(Unfit::Other)?;
    let mut framed = false;
    loop {
        let (marker, after) = rest.split_first_chunk::<2>().ok_or(Unfit::Broken)?;
        let [0xff, code] = *marker else {
            return Err(Unfit::Broken);
        };
        // Markers may be filled up with 0xff.
        if code == 0xff {
            rest = rest.get(1..).ok_or(Unfit::Broken)?;
            continue;
        }
        let length = after.first_chunk::<2>().ok_or(Unfit::Broken)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (segment, after) = after.split_at_checked(length).ok_or(Unfit::Broken)?;
        // A frame: all of SOF0 to SOF15 but DHT, JPG and DAC.
        if matches!(code, 0xc0..=0xcf) && !matches!(code, 0xc4 | 0xc8 | 0xcc) {
            let [_, _, _, a, b, c, d] = *segment.first_chunk::<7>().ok_or(Unfit::Broken)?;
            let side = |high, low| u32::from(u16::from_be_bytes([high, low]));
            sized(side(a, b), side(c, d))?;
            framed = true;
        }
        rest = after;
        // The picture itself: 0xff in it is followed by 0x00 or stands before a marker.
        if code == 0xda {
            let ended = rest.windows(2).any(|pair| pair == b"\xff\xd9");
            return if framed && ended {
                Ok(())
            } else {
                Err(Unfit::Broken)
            };
        }
    }
}

const fn sized(width: u32, height: u32) -> Result<(), Unfit> {
    if width > SIDE || height > SIDE {
        Err(Unfit::Pixels)
    } else {
        Ok(())
    }
}
