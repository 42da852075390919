//! Photographs from telephones: turned upright, made small enough to be read on a page, and
//! without what the camera wrote into them, above all the place where they were taken. What
//! is kept is the picture that was drawn anew; nothing else of the file comes along.

use std::io::Cursor;

use axum::body::Bytes;
use image::codecs::jpeg::JpegEncoder;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};

use super::Uploaded;

/// Longest side that is kept, in pixels.
const SIDE: u32 = 2_400;
/// Quality of the JPEG that is kept, of 100.
const QUALITY: u8 = 85;
/// Memory that a picture may need to be drawn, in bytes.
const MEMORY: u64 = 320 * 1024 * 1024;

const BROKEN: &str = "照片无法读取，请重新拍摄或者换一张。";

/// A file as it is kept: a photograph without its metadata, anything else as it came.
pub async fn cleaned(file: Uploaded) -> Result<Uploaded, String> {
    let format = match file.media_type {
        "image/jpeg" => ImageFormat::Jpeg,
        "image/png" => ImageFormat::Png,
        _ => return Ok(file),
    };
    let bytes = file.bytes.clone();
    let drawing = tokio::task::spawn_blocking(move || drawn(&bytes, format));
    let drawn = drawing.await.map_err(|error| {
        tracing::error!(error = %error, "a photograph could not be drawn");
        BROKEN.to_owned()
    })?;
    let bytes = drawn.map_err(|error| {
        tracing::warn!(error = %error, "a photograph could not be read");
        BROKEN.to_owned()
    })?;
    Ok(Uploaded {
        bytes: Bytes::from(bytes),
        ..file
    })
}

/// The picture drawn anew.
fn drawn(bytes: &[u8], format: ImageFormat) -> Result<Vec<u8>, image::ImageError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder()?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    if picture.width().max(picture.height()) > SIDE {
        picture = picture.thumbnail(SIDE, SIDE);
    }
    let mut kept = Vec::new();
    if format == ImageFormat::Jpeg {
        let encoder = JpegEncoder::new_with_quality(&mut kept, QUALITY);
        picture.to_rgb8().write_with_encoder(encoder)?;
    } else {
        picture.write_to(&mut Cursor::new(&mut kept), format)?;
    }
    Ok(kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG of two colours, 40 wide and 20 high, with Exif that says "turned right" and
    /// carries a place.
    fn photograph() -> Vec<u8> {
        let picture = image::RgbImage::from_fn(40, 20, |x, _| {
            if x < 20 {
                image::Rgb([250, 10, 10])
            } else {
                image::Rgb([10, 10, 250])
            }
        });
        let mut plain = Vec::new();
        let encoder = JpegEncoder::new_with_quality(&mut plain, 95);
        picture.write_with_encoder(encoder).unwrap();
        // Exif, little endian: one entry, tag 0x0112 (orientation), SHORT, 6; then a place.
        let mut exif =
            b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS 43.88N 125.26E");
        let mut file = plain.get(..2).unwrap().to_vec();
        file.extend_from_slice(b"\xff\xe1");
        file.extend_from_slice(&u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
        file.extend_from_slice(&exif);
        file.extend_from_slice(plain.get(2..).unwrap());
        file
    }

    #[test]
    fn a_photograph_stands_upright_and_does_not_say_where_it_was_taken() {
        let file = photograph();
        assert!(file.windows(3).any(|part| part == b"GPS"));
        let kept = drawn(&file, ImageFormat::Jpeg).unwrap();
        assert!(!kept.windows(3).any(|part| part == b"GPS"));
        assert!(!kept.windows(4).any(|part| part == b"Exif"));
        let picture = image::load_from_memory_with_format(&kept, ImageFormat::Jpeg).unwrap();
        assert_eq!((picture.width(), picture.height()), (20, 40));
        // Turned by a quarter: what was left is above.
        let [first, _, last] = picture.to_rgb8().get_pixel(10, 5).0;
        assert!(first > last);
    }

    #[test]
    fn a_large_one_is_made_smaller_and_rubbish_is_refused() {
        let picture = image::RgbImage::new(4_800, 1_200);
        let mut file = Vec::new();
        picture
            .write_to(&mut Cursor::new(&mut file), ImageFormat::Png)
            .unwrap();
        let kept = drawn(&file, ImageFormat::Png).unwrap();
        let picture = image::load_from_memory_with_format(&kept, ImageFormat::Png).unwrap();
        assert_eq!((picture.width(), picture.height()), (2_400, 600));
        assert!(drawn(b"\xff\xd8rubbish", ImageFormat::Jpeg).is_err());
    }
}
