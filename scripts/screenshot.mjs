// Makes docs/screenshot.png, the picture of the README, from dist/ with the example loaded.
import { mkdir } from "node:fs/promises";
import { launch } from "../tests/browser/lib/chromium.mjs";
import { serve } from "./serve.mjs";

const FILE = "docs/screenshot.png";

const server = await serve({ dir: process.env.DIST ?? "dist" });
const browser = await launch();
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light", reducedMotion: "reduce" });
  await page.goto(server.url);
  await page.waitForFunction(() => !document.querySelector("[data-boot]"));
  const example = page.getByRole("button", { name: /^Load the example$/i }).first();
  if (await example.count()) {
    await example.click();
    await page.waitForLoadState("networkidle");
  }
  await mkdir("docs", { recursive: true });
  await page.screenshot({ path: FILE, animations: "disabled" });
  console.log(`    ${FILE}`);
} finally {
  await browser.close();
  await server.close();
}
