// Pictures to look at: the whole page at 390 and 1280 px, light and dark.
//   await shot(page, "segments")    target/screenshots/segments-390-light.png and three more
// In a pageTest: `shot("segments")`. The window and the colours are as before afterwards.
import { mkdir } from "node:fs/promises";
import { SCHEMES } from "./axe.mjs";

const FOLDER = "target/screenshots";
const SIZES = [
  { width: 390, height: 844 },
  { width: 1280, height: 800 },
];

export async function shot(page, name) {
  await mkdir(FOLDER, { recursive: true });
  const before = page.viewportSize();
  for (const size of SIZES) {
    await page.setViewportSize(size);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `${FOLDER}/${name}-${size.width}-${colorScheme}.png`, fullPage: true, animations: "disabled" });
    }
  }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: null });
}
