// The place Import: files as they are, bad ones among them; nothing that was there is lost.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { download } from "./lib/download.mjs";
import { copiedText, editorText } from "./lib/editor.mjs";
import { eventually } from "./lib/eventually.mjs";
import { pageTest } from "./lib/page_test.mjs";

const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const SERVICE = "apiVersion: v1\r\nkind: Service\r\nmetadata: {name: web, namespace: red} # kept\r\nspec: {ports: [{port: 80}]}\r\n";

/** Holds that the YAML place comes to list these files, in any order. */
async function filesBecome(page, expected) {
  const links = page.getByRole("navigation", { name: "Files" }).getByRole("link");
  const names = () => links.evaluateAll((all) => all.map((link) => link.innerText.trim().split("\n")[0]).sort());
  await eventually(async () => assert.deepEqual(await names(), [...expected].sort()));
}

pageTest("files come in byte for byte, several at once, and beside what is there", async ({ page, open, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open("#/import");
  const input = page.getByLabel("Files", { exact: true });
  await input.setInputFiles([file("web.yaml", SERVICE), file("values.yaml", "AKOSettings:\n  clusterName: tkg-wkld\n")]);
  await page.getByText("Import 2 files").waitFor();
  await page.evaluate(() => { location.hash = "#/yaml/web.yaml"; });
  const text = page.getByRole("textbox", { name: "Text of web.yaml" });
  await text.waitFor();
  // The editor shows line feeds only; the project keeps what came.
  assert.equal(await editorText(page), SERVICE.replaceAll("\r\n", "\n"));
  await text.press("Control+Home");
  await text.pressSequentially("# typed\n");
  await page.getByRole("button", { name: "Copy web.yaml" }).click();
  await page.getByRole("button", { name: "Copied web.yaml" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "# typed\r\n" + SERVICE);
  await page.keyboard.press("Control+z");
  await page.evaluate(() => { location.hash = "#/import"; });
  await page.getByLabel("Files", { exact: true }).setInputFiles([file("web.yaml", "kind: Other\n")]);
  await page.locator(".import-report").getByText("web.yaml is taken as web-2.yaml: another text has its name").waitFor();
  await page.locator(".import-report").getByRole("link", { name: "The files" }).click();
  await filesBecome(page, ["web.yaml", "values.yaml", "web-2.yaml"]);
  await page.keyboard.press("Control+z");
  await filesBecome(page, ["web.yaml", "values.yaml"]);
});

pageTest("bad files are findings, and never the end of the page", async ({ page, open }) => {
  await open("#/import");
  await page.getByLabel("Files", { exact: true }).setInputFiles([
    file("empty.yaml", ""),
    file("binary.yaml", "\u0000\u0001\u0002"),
    file("long.yaml", "a".repeat(10_000_000)),
    file("helm.yaml", "{{- if .Values.x }}\na: {{ .Values.a }}\n{{- end }}\n"),
    file("bom.yaml", "\ufeffapiVersion: v1\r\nkind: Namespace\r\nmetadata:\r\n  name: red\r\n"),
    file("tabs.yaml", "a:\n\tb: 1\n"),
    file("bomb.yaml", ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]", ...Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array(10).fill(`*a${at}`).join(",")}]`)].join("\n")),
  ]);
  await page.getByText("Import 7 files").waitFor();
  await page.evaluate(() => { location.hash = "#/findings"; });
  for (const name of ["empty", "binary", "long", "helm", "bom", "tabs", "bomb"]) {
    await page.getByRole("article").filter({ hasText: `${name}.yaml:` }).first().waitFor();
  }
  await page.keyboard.press("Control+z");
  await page.getByText("Nothing is wrong that akoplan knows of").waitFor();
});

/** A folder as people have it: manifests in folders, other files, hidden ones. */
function chart(t) {
  const folder = mkdtempSync(join(tmpdir(), "akoplan-"));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of [
    ["apps/red/web.yaml", SERVICE],
    ["apps/blue/web.yml", "kind: Namespace\napiVersion: v1\nmetadata: {name: blue}\n"],
    ["README.md", "words"],
    [".git/config.yaml", "a: 1\n"],
  ]) {
    mkdirSync(join(folder, "chart", name, ".."), { recursive: true });
    writeFileSync(join(folder, "chart", name), text);
  }
  return join(folder, "chart");
}

pageTest("a folder comes in with the paths of its files, by the dialog", async ({ t, page, open, axe, shot }) => {
  await open("#/import");
  await axe("import");
  await page.getByLabel("Folder", { exact: true }).setInputFiles(chart(t));
  const report = page.locator(".import-report");
  await report.getByRole("heading", { name: "2 files taken, 2 left out" }).waitFor();
  await report.getByText("chart/README.md: its name does not end with .yaml, .yml or .json").waitFor();
  await report.getByText("chart/.git/config.yaml: it is hidden").waitFor();
  await axe("import, report");
  await shot("import-report");
  await report.getByRole("link", { name: "The files" }).click();
  await filesBecome(page, ["chart/apps/blue/web.yml", "chart/apps/red/web.yaml"]);
});

pageTest("a folder and an archive come in where they are dropped", async ({ t, page, open, context }) => {
  await open("#/import");
  const folder = chart(t);
  const box = await page.locator(".drop").boundingBox();
  const session = await context.newCDPSession(page);
  const data = { items: [], files: [folder], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await session.send("Input.dispatchDragEvent", { type, x: box.x + 20, y: box.y + 10, data });
  }
  await page.locator(".import-report").getByRole("heading", { name: "2 files taken, 1 left out" }).waitFor();
  await page.evaluate(() => { location.hash = "#/export"; });
  const zip = await download(page, page.getByRole("button", { name: "Download zip" }));
  await page.keyboard.press("Control+z");
  await page.evaluate(() => { location.hash = "#/import"; });
  await page.getByLabel("Files", { exact: true }).setInputFiles({ name: zip.name, mimeType: "application/zip", buffer: zip.bytes });
  await page.locator(".import-report").getByText(`${zip.name}/README.md: its name does not end`).waitFor();
  await page.locator(".import-report").getByRole("link", { name: "The files" }).click();
  await filesBecome(page, ["platform/00-namespace-blue.yaml", "apps/red/60-service-web.yaml"]);
});

pageTest("hostile files leave page and work as they were", async ({ page, open, axe }) => {
  await open("#/import");
  const input = page.getByLabel("Files", { exact: true });
  await input.setInputFiles([file("web.yaml", SERVICE)]);
  await page.getByText("Import web.yaml").waitFor();
  await page.evaluate(() => { location.hash = "#/import"; });
  const script = "<script>globalThis.harmed = true</script><img src=x onerror='globalThis.harmed = true'>";
  // A list of an archive that promises 4 GB.
  const bomb = Buffer.alloc(46 + 6 + 22);
  bomb.write("PK\u0001\u0002", 0, "latin1");
  bomb.writeUInt16LE(8, 10);
  bomb.writeUInt32LE(0xFFFFFFF0, 24);
  bomb.writeUInt16LE(6, 28);
  bomb.write("a.yaml", 46);
  bomb.write("PK\u0005\u0006", 52, "latin1");
  bomb.writeUInt16LE(1, 52 + 10);
  const zip = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), bomb]);
  zip.writeUInt32LE(4, 4 + 52 + 16);
  await input.setInputFiles([
    file(`${script.replaceAll("/", "")}.yaml`, `apiVersion: v1\nkind: ${JSON.stringify(script)}\nmetadata:\n  name: ${JSON.stringify(script)}\n  labels: {__proto__: a, constructor: b}\n`),
    file("__proto__", "apiVersion: v1\nkind: __proto__\nmetadata: {name: constructor, namespace: '{{ x }}'}\n__proto__: {harmed: true}\n"),
    file("nul.yaml", "kind: Service\u0000\n"),
    { name: "latin.yaml", mimeType: "text/plain", buffer: Buffer.from([0x61, 0x3a, 0x20, 0xe9, 0x0a]) },
    file("deep.yaml", "[".repeat(100_000)),
    { name: "bomb.zip", mimeType: "application/zip", buffer: zip },
  ]);
  const report = page.locator(".import-report");
  await report.getByText("bomb.zip/a.yaml: it is larger than 32 MB: split it").waitFor();
  await report.getByText("latin.yaml is neither UTF-8 nor UTF-16").waitFor();
  await axe("import, hostile");
  for (const place of ["overview", "services", "findings", "yaml", "export", "settings"]) {
    await page.evaluate((hash) => { location.hash = hash; }, `#/${place}`);
    await page.waitForTimeout(100);
  }
  assert.equal(await page.evaluate(() => globalThis.harmed ?? {}.harmed), undefined);
  await page.evaluate(() => { location.hash = "#/services"; });
  await page.getByRole("link", { name: "web" }).first().waitFor();
  await page.keyboard.press("Control+z");
  await page.evaluate(() => { location.hash = "#/yaml/web.yaml"; });
  await page.getByRole("textbox", { name: "Text of web.yaml" }).waitFor();
});

pageTest("a hundred megabytes are refused with a word", async ({ t, page, open }) => {
  await open("#/import");
  const folder = mkdtempSync(join(tmpdir(), "akoplan-"));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, "big.yaml"), Buffer.alloc(100_000_000, "a: 1\n"));
  await page.getByLabel("Files", { exact: true }).setInputFiles(join(folder, "big.yaml"));
  await page.locator(".import-report").getByText("big.yaml: it is larger than 32 MB: split it").waitFor();
});

const portOf = (name, port) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: red}\nspec: {ports: [{port: ${port}}]}\n`;
const NARROW = { viewport: { width: 390, height: 844 } };

/** A project with two Services in one file, and the page at Import. */
async function withTwoServices(page, open) {
  await open("#/import");
  await page.getByLabel("Files", { exact: true }).setInputFiles([file("old.yaml", `# head\n${portOf("a", 1)}---\n${portOf("b", 2)}`)]);
  await page.getByText("Import old.yaml").waitFor();
  await page.evaluate(() => { location.hash = "#/import"; });
}

pageTest("objects that are here already: each is chosen about, with both places, and one undo takes it back", async ({ page, open, axe, shot }) => {
  await withTwoServices(page, open);
  await page.getByLabel("Files", { exact: true }).setInputFiles([
    file("new.yaml", `${portOf("a", 9)}---\n${portOf("c", 3)}`),
    file("more.yaml", `${portOf("b", 2)}---\n${portOf("a", 8)}`),
  ]);
  const form = page.getByRole("form", { name: "3 objects are here already" });
  await form.getByText("is in old.yaml:2 and comes in new.yaml:1").waitFor();
  await form.getByText("is in old.yaml:7 and comes in more.yaml:1; both say the same").waitFor();
  await form.getByText("comes in new.yaml:1 and comes in more.yaml:6").waitFor();
  const chosen = (label) => form.getByLabel(label, { exact: true });
  assert.equal(await chosen("All of them").inputValue(), "");
  assert.equal(await chosen("What becomes of Service/red/b").inputValue(), "old");
  await axe("import, twins");
  await shot("import-twins");
  await chosen("All of new.yaml").selectOption("new");
  await chosen("All of more.yaml").selectOption("old");
  await form.getByRole("button", { name: "Import", exact: true }).click();
  const report = page.locator(".import-report");
  await report.getByText("new.yaml has an object that takes the place of the one that was here").waitFor();
  await report.getByText("more.yaml: all its 2 objects are here already").waitFor();
  assert.equal(await copiedText(page, "old.yaml"), `${portOf("a", 9)}---\n${portOf("b", 2)}`);
  assert.equal(await copiedText(page, "new.yaml"), `---\n${portOf("c", 3)}`);
  await filesBecome(page, ["old.yaml", "new.yaml"]);
  await page.keyboard.press("Control+z");
  await filesBecome(page, ["old.yaml"]);
  assert.equal(await copiedText(page, "old.yaml"), `# head\n${portOf("a", 1)}---\n${portOf("b", 2)}`);
});

pageTest("objects that are here already, by keyboard and in a narrow window; what says the same is no question", NARROW, async ({ page, open, axe }) => {
  await withTwoServices(page, open);
  const paste = async (text) => {
    await page.getByLabel("Paste").fill(text);
    await page.getByRole("button", { name: "Import the text" }).press("Enter");
  };
  await paste(portOf("a", 7));
  const form = page.getByRole("form", { name: "1 object is here already" });
  await form.waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "twins-head");
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing stands out on the right");
  await axe("import, twins, narrow");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => document.activeElement?.id === "twin-0");
  // The first way is to keep both.
  assert.equal(await form.getByLabel("What becomes of Service/red/a").inputValue(), "both");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await filesBecome(page, ["old.yaml", "apps/red/a.yaml"]);
  await page.evaluate(() => { location.hash = "#/findings"; });
  await page.getByText("is defined already, in old.yaml at line 4").first().waitFor();
  await page.evaluate(() => { location.hash = "#/import"; });
  await paste(portOf("b", 2));
  await page.locator(".import-report").getByText("apps/red/b.yaml: its object is here already").waitFor();
  await paste(portOf("b", 3));
  await page.getByRole("form", { name: "1 object is here already" }).getByRole("button", { name: "Back" }).press("Enter");
  await page.getByRole("button", { name: "Import the text" }).waitFor();
});
