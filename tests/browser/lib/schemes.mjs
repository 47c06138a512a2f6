// Does something in light and in dark, and leaves the colours as they were.
//   await inEachScheme(page, async (scheme) => { … })    scheme: "light" or "dark"
export async function inEachScheme(page, body) {
  const before = await page.evaluate(() => (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    await body(scheme);
  }
  await page.emulateMedia({ colorScheme: before });
}
