// The YAML place: text with live findings; what a form, a fix or undo changes is seen in it and the cursor stays.
import assert from "node:assert/strict";
import { editorText, openFile } from "./lib/editor.mjs";
import { eventually } from "./lib/eventually.mjs";
import { pageTest } from "./lib/page_test.mjs";
import { loadExample } from "./lib/places.mjs";

const OAM = "platform/oam.yaml";
const gutter = (page, severity) => page.locator(`.code-editor .finding-gutter .is-${severity}`);
const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });

async function importFile(page, open, name, text) {
  await open("#/import");
  await page.getByLabel("Files", { exact: true }).setInputFiles([file(name, text)]);
  await page.getByRole("status").filter({ hasText: "Import" }).getByRole("button", { name: "Close" }).click();
}

pageTest("typing: findings come and go with the letters, in light and dark, wide and narrow", async ({ page, open, requests, shot, axe }) => {
  await loadExample(page, open);
  const fetched = () => requests.some((request) => request.url().endsWith("/editor.js"));
  assert.ok(!fetched(), "the editor is no part of the first load");
  await openFile(page, `${OAM}:2`);
  assert.ok(fetched());
  await eventually(async () => assert.equal(await gutter(page, "error").count(), 0));
  await page.keyboard.press("End");
  await page.keyboard.type("x");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Control+End");
  await page.keyboard.type("spec: again");
  await gutter(page, "error").first().waitFor();
  await page.getByRole("list", { name: "Findings of this file" }).getByText(/again|twice|spec/).first().waitFor();
  await axe("yaml with a finding");
  await shot("yaml");
  // All letters of one place are one step.
  await page.keyboard.press("Control+z");
  await gutter(page, "error").first().waitFor({ state: "detached" });
  assert.doesNotMatch(await editorText(page), /again/);
});

pageTest("an edit by a form and an undo leave the cursor where it was", async ({ page, open }) => {
  await importFile(page, open, "two.yaml", "# above\napiVersion: ako.vmware.com/v1beta1\nkind: AviInfraSetting\nmetadata:\n  name: oam\nspec:\n  seGroup:\n    name: one\n  network:\n    enableRhi: true # here\n");
  const text = await openFile(page, "two.yaml:10");
  await page.keyboard.press("End");
  await page.keyboard.type("!");
  // Another change of the same text: undo, by the button, with the cursor behind it.
  await page.getByRole("button", { name: /^Undo/ }).click();
  await text.focus();
  await page.keyboard.type("?");
  assert.match(await editorText(page), /# here\?$/m);
  await page.getByRole("link", { name: "Segments" }).first().click();
  await page.getByRole("link", { name: "oam", exact: true }).first().click();
  await page.getByLabel("SE group", { exact: true }).fill("another-group");
  await openFile(page, "two.yaml");
  assert.match(await editorText(page), /# above[\s\S]*name: another-group\n[\s\S]*# here\?/);
});

pageTest("a fix changes its lines, the cursor stays in its own", async ({ page, open }) => {
  await importFile(page, open, "ingress.yaml", "apiVersion: ako.vmware.com/v1alpha1\nkind: AviInfraSetting\nmetadata:\n  name: oam\nspec:\n  seGroup:\n    name: group # kept\n");
  const text = await openFile(page, "ingress.yaml");
  await gutter(page, "info").first().waitFor();
  await page.keyboard.press("F8");
  const finding = page.getByRole("region", { name: /^Findings of line/ });
  await finding.waitFor();
  await page.keyboard.press("Alt+Enter");
  await page.waitForFunction(() => document.activeElement?.id === "line-findings");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await page.getByRole("link", { name: /^Line 1$/ }).first().click();
  await finding.locator("summary", { hasText: "Fix:" }).first().click();
  await finding.getByRole("button", { name: "Apply this fix" }).first().click();
  await page.locator(".code-editor .cm-line", { hasText: "v1beta1" }).waitFor();
  await text.focus();
  await page.keyboard.press("Control+z");
  await page.locator(".code-editor .cm-line", { hasText: "v1alpha1" }).waitFor();
});

pageTest("hover says what is wrong and leads to the fixes", async ({ page, open, shot }) => {
  await loadExample(page, open, "with mistakes");
  await openFile(page, OAM);
  await page.locator(".code-editor .finding").first().hover();
  const card = page.locator(".code-editor .finding-card").first();
  await card.waitFor();
  await eventually(async () => assert.match(await card.innerText(), /(error|warning|info) AKP\d+: /));
  await shot("yaml-hover");
  // The pictures were taken at other sizes, which closes it.
  await page.mouse.move(0, 0);
  await page.locator(".code-editor .finding").first().hover();
  await card.getByRole("button", { name: /^Show/ }).click();
  await page.waitForFunction(() => document.activeElement?.id === "line-findings");
});

pageTest("what the server wrote is folded, blocks and documents fold by key", async ({ page, open, axe, shot }) => {
  const text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  managedFields:\n  - manager: kubectl\n    operation: Update\nspec:\n  ports:\n  - port: 80\nstatus:\n  loadBalancer: {}\n---\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n";
  await importFile(page, open, "live.yaml", text);
  const editor = await openFile(page, "live.yaml");
  const folded = page.locator(".code-editor .fold-placeholder");
  assert.deepEqual(await folded.allTextContents(), ["… 2 lines", "… 1 line"]);
  assert.doesNotMatch(await editorText(page), /operation|loadBalancer/);
  await axe("folded");
  await shot("yaml-folded");
  // The whole document, by keyboard, and back.
  await editor.focus();
  await page.keyboard.press("Control+End");
  for (let line = 0; line < 5; line += 1) await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Control+Shift+BracketLeft");
  assert.doesNotMatch(await editorText(page), /Namespace/);
  await page.keyboard.press("Control+Shift+BracketRight");
  assert.match(await editorText(page), /Namespace/);
  await folded.first().click();
  assert.match(await editorText(page), /operation: Update/);
});

pageTest("search, replace and go to a line by keyboard only", async ({ page, open, axe, shot }) => {
  await importFile(page, open, "notes.yaml", "a: Oam\nb: oam\nc: x\nd: foam # oam\n");
  await openFile(page, "notes.yaml");
  await page.keyboard.press("Control+f");
  await page.waitForFunction(() => document.activeElement?.id === "editor-find");
  await page.keyboard.type("oam");
  const count = page.locator(".search-count");
  const says = (words) => count.filter({ hasText: words }).waitFor();
  await says("4 places");
  await eventually(async () => assert.equal(await page.locator(".code-editor .found").count(), 4));
  await page.keyboard.press("Enter");
  await says("1 of 4");
  await page.keyboard.press("Enter");
  await says("2 of 4");
  await page.keyboard.press("Shift+Enter");
  await says("1 of 4");
  await axe("search");
  await shot("yaml-search");
  await page.getByRole("button", { name: "Match case" }).press("Enter");
  await says("3 places");
  await page.getByLabel("Replace with").focus();
  await page.keyboard.type("trf");
  await page.keyboard.press("Enter");
  await says("1 of 3");
  await page.keyboard.press("Enter");
  await says("1 of 2");
  assert.equal(await editorText(page), "a: Oam\nb: trf\nc: x\nd: foam # oam\n");
  await page.getByRole("button", { name: "Replace all" }).press("Enter");
  assert.equal(await editorText(page), "a: Oam\nb: trf\nc: x\nd: ftrf # trf\n");
  await page.getByLabel("Line", { exact: true }).focus();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await page.keyboard.press("End");
  await page.keyboard.type("y");
  assert.equal(await editorText(page), "a: Oam\nb: trf\nc: xy\nd: ftrf # trf\n");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+z");
  // Replacing all was one step of its own.
  assert.equal(await editorText(page), "a: Oam\nb: trf\nc: x\nd: foam # oam\n");
  await page.keyboard.press("Control+f");
  await page.keyboard.press("Escape");
  await page.locator(".search-bar").waitFor({ state: "detached" });
  await eventually(async () => assert.equal(await page.locator(".code-editor .found").count(), 0));
});

pageTest("changed lines are marked against the last import", async ({ page, open }) => {
  await importFile(page, open, "a.yaml", "a: 1\nb: 2\n");
  await openFile(page, "a.yaml:2");
  const changed = page.locator(".code-editor .cm-lineNumbers .changed");
  await eventually(async () => assert.equal(await changed.count(), 0));
  await page.keyboard.press("End");
  await page.keyboard.type("3");
  await changed.first().waitFor();
  assert.deepEqual(await changed.allTextContents(), ["2"]);
});

pageTest("a file of 10 MB: letters appear at once", async ({ t, page, open }) => {
  const document = (at) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: map-${at}\n  namespace: red\ndata:\n  text: "${"x".repeat(400)}"\n---\n`;
  const text = Array.from({ length: 20_000 }, (_, at) => document(at)).join("");
  await importFile(page, open, "large.yaml", text);
  const start = Date.now();
  await openFile(page, "large.yaml:100000");
  t.diagnostic(`${(text.length / 1e6).toFixed(1)} MB, open after ${Date.now() - start} ms`);
  await page.keyboard.press("End");
  // Each letter until it is drawn; the project hears of it when one pauses.
  const times = [];
  for (const letter of "hello") {
    const before = Date.now();
    await page.keyboard.type(letter);
    await page.evaluate(() => new Promise((resolve) => { requestAnimationFrame(resolve); }));
    times.push(Date.now() - before);
  }
  t.diagnostic(`letters drawn after ${times.join(", ")} ms`);
  assert.match(await editorText(page), /hello/);
  // The textarea that was here before took 1,600 ms for each.
  assert.ok(Math.min(...times) < 200, `${times} ms`);
});

pageTest("without the editor's script the text is in a plain field", async ({ page, open, expectError }) => {
  expectError(/ERR_FAILED/);
  await page.route("**/editor.js", (route) => route.abort());
  await importFile(page, open, "a.yaml", "a: 1\r\nb: 2\r\n");
  await page.evaluate(() => { location.hash = "#/yaml/a.yaml"; });
  const text = page.getByRole("textbox", { name: "Text of a.yaml" });
  await text.waitFor();
  assert.equal(await text.inputValue(), "a: 1\nb: 2\n");
  await text.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("c: 3");
  assert.equal(await text.inputValue(), "a: 1\nb: 2\nc: 3");
});
