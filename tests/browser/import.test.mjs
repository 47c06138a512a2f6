// The place Import: files as they are, bad ones among them; nothing that was there is lost.
import assert from "node:assert/strict";
import { pageTest } from "./lib/page_test.mjs";

const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const SERVICE = "apiVersion: v1\r\nkind: Service\r\nmetadata: {name: web, namespace: red} # kept\r\nspec: {ports: [{port: 80}]}\r\n";

/** The project's files as the YAML place lists them. */
const names = (page) => page.getByRole("navigation", { name: "Files" }).getByRole("link").evaluateAll((links) => links.map((link) => link.innerText.trim().split("\n")[0]));

pageTest("files come in byte for byte, several at once, and beside what is there", async ({ page, open, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await open("#/import");
  const input = page.getByLabel("Files", { exact: true });
  await input.setInputFiles([file("web.yaml", SERVICE), file("values.yaml", "AKOSettings:\n  clusterName: tkg-wkld\n")]);
  await page.getByText("Import 2 files").waitFor();
  await page.evaluate(() => { location.hash = "#/yaml/web.yaml"; });
  const text = page.getByRole("textbox", { name: "Text of web.yaml" });
  // A text area shows line feeds only; the project keeps what came.
  assert.equal(await text.inputValue(), SERVICE.replaceAll("\r\n", "\n"));
  await text.press("Control+Home");
  await text.pressSequentially("# typed\n");
  await page.getByRole("button", { name: "Copy web.yaml" }).click();
  await page.getByRole("button", { name: "Copied web.yaml" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "# typed\r\n" + SERVICE);
  await page.keyboard.press("Control+z");
  await page.evaluate(() => { location.hash = "#/import"; });
  await page.getByLabel("Files", { exact: true }).setInputFiles([file("web.yaml", "kind: Other\n")]);
  await page.getByRole("navigation", { name: "Files" }).waitFor();
  assert.deepEqual(await names(page), ["web.yaml", "values.yaml", "web-2.yaml"]);
  await page.keyboard.press("Control+z");
  assert.deepEqual(await names(page), ["web.yaml", "values.yaml"]);
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
