//! What a person's page looks like, kept in `shots/` to be looked at.

use std::path::Path;

use chromiumoxide::cdp::browser_protocol::page::{
    CaptureScreenshotFormat, PrintToPdfParams, Viewport,
};
use chromiumoxide::page::ScreenshotParams;

use super::person::Person;

/// How much of a page is seen beside others, in pixels from its head.
const HEAD: f64 = 2_000.0;

impl Person {
    /// Keeps a picture of the whole page in `shots/`.
    pub async fn keeps(&self, name: &str) {
        let file = Path::new("shots").join(format!("{name}.png"));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let params = ScreenshotParams::builder()
            .format(CaptureScreenshotFormat::Png)
            .full_page(true)
            .build();
        let picture = self.page.screenshot(params).await.unwrap();
        std::fs::write(file, picture).unwrap();
    }

    /// Keeps a picture of how the page begins, to be laid beside others.
    pub async fn keeps_head(&self, name: &str, width: i64) {
        let file = Path::new("shots").join(format!("{name}.png"));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        let tall = self.ask("document.documentElement.scrollHeight").await;
        let height = tall.as_f64().unwrap_or_default().min(HEAD);
        let params = ScreenshotParams::builder()
            .format(CaptureScreenshotFormat::Png)
            .clip(Viewport {
                x: 0.0,
                y: 0.0,
                width: f64::from(i32::try_from(width).unwrap()),
                height,
                scale: 1.0,
            })
            .capture_beyond_viewport(true)
            .build();
        let picture = self.page.screenshot(params).await.unwrap();
        std::fs::write(file, picture).unwrap();
    }

    /// Keeps the page as the printer gets it.
    pub async fn print(&self, name: &str) {
        let params = PrintToPdfParams::builder()
            .prefer_css_page_size(true)
            .build();
        let paper = self.page.pdf(params).await.unwrap();
        let file = Path::new("shots").join(format!("{name}.pdf"));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, paper).unwrap();
    }
}
