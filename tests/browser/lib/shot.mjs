// Pictures to look at: the whole page at 390 and 1280 px, light and dark.
//   await shot(page, "segments")    target/screenshots/segments-390-light.png and three more
// In a pageTest: `shot("segments")`. The window and the colours are as before afterwards.
import { inEachScheme } from "./schemes.mjs";

export const FOLDER = "target/screenshots";
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

export async function shot(page, name) {
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await inEachScheme(page, async (scheme) => {
      await page.screenshot({ path: `${FOLDER}/${name}-${size.width}-${scheme}.png`, fullPage: true, animations: "disabled" });
    });
  }
  await page.setViewportSize(before);
}
