// The place Export: what is open, the files, the downloads.
import assert from "node:assert/strict";
import { download, unzip } from "./lib/download.mjs";
import { eventually } from "./lib/eventually.mjs";
import { pageTest } from "./lib/page_test.mjs";

async function example(page, open, name) {
  await open();
  await page.getByRole("button", { name, exact: true }).click();
  await page.evaluate(() => { location.hash = "#/export"; });
}

pageTest("an empty project says what will stand here", async ({ page, open, axe }) => {
  await open("#/export");
  await page.getByText("There is no object yet").waitFor();
  await axe("export, empty");
});

pageTest("the bundle in every way to take it along", async ({ page, open, context, axe, shot }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await example(page, open, "Load the example");
  await axe("export");
  await shot("export");
  await eventually(async () => assert.equal(await page.getByText("open").filter({ hasText: /errors? (is|are) open/ }).count(), 0));

  const zip = await download(page, page.getByRole("button", { name: "Download zip" }));
  assert.equal(zip.name, "akoplan-tkg-wkld.zip");
  const files = unzip(zip.bytes);
  const names = Object.keys(files);
  assert.deepEqual(names, [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)));
  assert.match(files["platform/10-aviinfrasetting-tkg-wkld-oam.yaml"], /cidr: 10\.223\.63\.0\/26/);
  assert.match(files["README.md"], /kubectl wait aviinfrasetting\/aviinfrasetting-tkg-wkld-oam/);
  assert.ok(!names.includes("akoplan.yaml"));

  const single = await download(page, page.getByRole("button", { name: "Download as one YAML" }));
  assert.equal(single.name, "akoplan-tkg-wkld.yaml");
  const text = single.bytes.toString("utf8");
  assert.ok(text.indexOf("kind: AviInfraSetting") < text.indexOf("kind: GatewayClass"));
  assert.doesNotMatch(text, /AKOSettings/);
  await page.getByRole("button", { name: "Copy all" }).click();
  await page.getByText("All manifests are on the clipboard").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), text);

  const values = await download(page, page.getByRole("button", { name: "Download values.yaml" }).first());
  assert.equal(values.bytes.toString("utf8"), files["values.yaml"]);

  const tree = page.getByRole("navigation", { name: "Files of the bundle" });
  await tree.getByRole("link", { name: "70-my-ingress.yaml" }).click();
  const shown = page.locator(".bundle-text");
  await shown.getByText("kind").first().waitFor();
  await eventually(async () => assert.match(await shown.innerText(), /kind: Ingress/));
  const one = await download(page, page.getByRole("button", { name: "Download apps/default/70-my-ingress.yaml" }));
  assert.equal(one.name, "70-my-ingress.yaml");
  assert.equal(one.bytes.toString("utf8"), files["apps/default/70-my-ingress.yaml"]);
});

pageTest("the files as they came, and on wish without what the server wrote", async ({ page, open, axe, shot }) => {
  const printed = "apiVersion: v1 # as printed\r\nkind: Namespace\r\nmetadata:\r\n  name: red\r\n  uid: 0-1\r\nstatus:\r\n  phase: Active\r\n";
  const clean = printed.slice(0, printed.indexOf("  uid"));
  await open("#/import");
  await page.getByLabel("Files", { exact: true }).setInputFiles([{ name: "red.yaml", mimeType: "text/plain", buffer: Buffer.from(printed) }]);
  await page.getByText("Import red.yaml").waitFor();
  await page.evaluate(() => { location.hash = "#/export"; });
  const choice = page.getByLabel("Leave out what the server wrote");
  await choice.waitFor();
  await axe("export, with the server's fields");
  await shot("export-server-fields");
  const files = async () => unzip((await download(page, page.getByRole("button", { name: "Download your files" }))).bytes);
  const bundle = async () => unzip((await download(page, page.getByRole("button", { name: "Download zip" }))).bytes);
  assert.deepEqual(await files(), { "red.yaml": printed });
  assert.equal((await bundle())["platform/00-namespace-red.yaml"], printed);
  await choice.focus();
  await page.keyboard.press("Space");
  await eventually(async () => assert.deepEqual(await files(), { "red.yaml": clean }));
  assert.equal((await bundle())["platform/00-namespace-red.yaml"], clean);
});

/** README, then the platform, then the applications, then AKO's values. */
function rank(name) {
  return ["README.md", "platform/", "apps/", "values.yaml"].findIndex((start) => name.startsWith(start));
}

pageTest("open errors are named first and hinder nobody", async ({ page, open, axe, shot }) => {
  await example(page, open, "Load the example with mistakes");
  await page.getByRole("heading", { name: /errors are open/ }).waitFor();
  await page.getByRole("heading", { name: "Not in the bundle" }).waitFor();
  await axe("export, with errors");
  await shot("export-mistakes");
  const zip = await download(page, page.getByRole("button", { name: "Download zip anyway" }));
  assert.match(unzip(zip.bytes)["README.md"], /errors were open/);
  await page.getByRole("link", { name: "Show the findings" }).click();
  await page.getByRole("heading", { name: "Findings", exact: true }).waitFor();
});
