// The text editor of the YAML place, which draws only what can be seen: for texts of a screenful, or their end.

/** The lines that are drawn. */
export async function editorText(page) {
  const lines = await page.locator(".code-editor .cm-line").allTextContents();
  return lines.join("\n");
}

/** Goes to the editor of a file; the focus is in its text. */
export async function openFile(page, name) {
  await page.evaluate((hash) => { location.hash = hash; }, `#/yaml/${name}`);
  const text = page.getByRole("textbox", { name: `Text of ${name.replace(/:\d+$/, "")}` });
  await text.waitFor();
  await text.focus();
  return text;
}

/** The whole text of a file, as it is copied. */
export async function copiedText(page, name) {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((hash) => { location.hash = hash; }, `#/yaml/${name}`);
  await page.getByRole("button", { name: `Copy ${name}` }).click();
  await page.getByRole("button", { name: `Copied ${name}` }).waitFor();
  return page.evaluate(() => navigator.clipboard.readText());
}
