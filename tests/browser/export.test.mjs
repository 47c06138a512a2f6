// The place Export: the ways out, what each makes, the text of a file, the downloads; what is open.
import assert from "node:assert/strict";
import { download, unzip } from "./lib/download.mjs";
import { eventually } from "./lib/eventually.mjs";
import { largeManifests } from "./lib/large.mjs";
import { pageTest } from "./lib/page_test.mjs";

async function example(page, open, name = "Load the example") {
  await open();
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  await go(page, "");
}

const go = (page, item) => page.evaluate((item) => { location.hash = `#/export${item}`; }, item);
const choice = (page, name) => page.getByRole("radio", { name, exact: true });
const tree = (page) => page.getByRole("navigation", { name: "Files", exact: true });
const shown = (page) => page.locator(".bundle-text");
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());

pageTest("an empty project says what will stand here", async ({ page, open, axe }) => {
  await open("#/export");
  await page.getByText("There is no object yet").waitFor();
  await axe("export, empty");
});

pageTest("the plain bundle: its files, the text of one, a zip", async ({ page, open, context, axe, shot }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await example(page, open);
  await page.getByRole("heading", { name: /^Plain bundle: \d+ files$/ }).waitFor();
  await axe("export");
  await shot("export");
  assert.equal(await page.getByRole("heading", { name: /errors? (is|are) open/ }).count(), 0);

  const zip = await download(page, page.getByRole("button", { name: "Download zip" }));
  assert.equal(zip.name, "akoplan-tkg-wkld.zip");
  const files = unzip(zip.bytes);
  const names = Object.keys(files);
  assert.deepEqual(names, [...names].sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1)));
  assert.match(files["platform/10-aviinfrasetting-tkg-wkld-oam.yaml"], /cidr: 10\.223\.63\.0\/26/);
  assert.match(files["README.md"], /kubectl wait aviinfrasetting\/aviinfrasetting-tkg-wkld-oam/);
  assert.ok(!names.includes("akoplan.yaml"));
  assert.equal(await tree(page).getByRole("link").count(), names.length);

  const values = await download(page, page.getByRole("button", { name: "Download values.yaml" }));
  assert.equal(values.bytes.toString("utf8"), files["values.yaml"]);

  await tree(page).getByRole("link", { name: "70-my-ingress.yaml" }).click();
  await eventually(async () => assert.match(await shown(page).innerText(), /kind: Ingress/));
  const one = await download(page, page.getByRole("button", { name: "Download apps/default/70-my-ingress.yaml" }));
  assert.equal(one.name, "70-my-ingress.yaml");
  assert.equal(one.bytes.toString("utf8"), files["apps/default/70-my-ingress.yaml"]);
  await page.getByRole("button", { name: "Copy apps/default/70-my-ingress.yaml" }).click();
  const status = page.getByRole("status").filter({ hasText: "Copied apps/default/70-my-ingress.yaml: goes to the chart" });
  await status.waitFor();
  assert.equal(await clipboard(page), files["apps/default/70-my-ingress.yaml"]);

  // The address says what is in hand, so that a reload and a link come back to it.
  await page.reload();
  await eventually(async () => assert.match(await shown(page).innerText(), /kind: Ingress/));
});

pageTest("one YAML, and your own files; the last choice is remembered", async ({ page, open, context, axe }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await example(page, open);
  // By keyboard, as any group of radio buttons.
  await choice(page, "Plain bundle").focus();
  while (!(await choice(page, "One YAML").isChecked())) await page.keyboard.press("ArrowDown");
  const button = page.getByRole("button", { name: "Download akoplan-tkg-wkld.yaml" });
  await button.waitFor();
  assert.ok(await choice(page, "One YAML").isChecked());
  assert.ok(await choice(page, "One YAML").evaluate((radio) => radio === document.activeElement));
  const single = await download(page, button);
  assert.equal(single.name, "akoplan-tkg-wkld.yaml");
  await axe("export, one YAML");
  const text = single.bytes.toString("utf8");
  assert.ok(text.indexOf("kind: AviInfraSetting") < text.indexOf("kind: GatewayClass"));
  assert.doesNotMatch(text, /AKOSettings/);
  await page.getByRole("button", { name: "Copy akoplan-tkg-wkld.yaml" }).click();
  await page.getByText("Copied akoplan-tkg-wkld.yaml: goes to a review, and to kubectl apply -f once AKO has accepted its settings").waitFor();
  assert.equal(await clipboard(page), text);

  await choice(page, "Your files").check();
  const own = await download(page, page.getByRole("button", { name: "Download zip" }));
  assert.equal(own.name, "akoplan-tkg-wkld-files.zip");
  assert.ok("akoplan.yaml" in unzip(own.bytes));

  // Another visit, without a word of it in the address.
  await page.locator(".saved").filter({ hasText: /^saved / }).waitFor();
  await open("#/export");
  await page.reload();
  await page.getByRole("heading", { name: /^Your files/ }).waitFor();
  assert.ok(await choice(page, "Your files").isChecked());
});

pageTest("the apply kit shows its steps, with what AKO says then and the way back", async ({ page, open, axe, shot }) => {
  await example(page, open);
  await page.getByRole("link", { name: "Apply kit" }).click();
  assert.ok(await choice(page, "Apply kit").isChecked());
  await eventually(async () => assert.match(await shown(page).innerText(), /Apply kit/));
  const steps = page.getByRole("region", { name: "Steps" }).getByRole("article");
  const first = steps.filter({ has: page.getByRole("heading", { name: "1. AviInfraSettings" }) });
  await first.getByText("kubectl apply -f 'platform/10-*.yaml'").waitFor();
  await first.getByText("What AKO says then").click();
  await first.getByText("Accepted", { exact: true }).first().waitFor();
  await first.getByText("How to go back").click();
  await first.getByText("kubectl delete").first().waitFor();
  await axe("export, apply kit");
  await shot("export-kit");
  const zip = await download(page, page.getByRole("button", { name: "Download zip" }));
  assert.equal(zip.name, "akoplan-tkg-wkld-kit.zip");
  const files = unzip(zip.bytes);
  assert.match(files["APPLY.md"], /kubectl wait aviinfrasetting/);
  // What the page shows of a step is what the kit's own page says.
  for (const text of await first.locator(".line-text").allInnerTexts()) assert.ok(files["APPLY.md"].includes(text), text);
});

pageTest("the apply kit for a cluster that runs with what was imported last", async ({ page, open, axe }) => {
  await example(page, open);
  await go(page, "/kit/APPLY.md");
  const since = page.getByLabel("For a cluster that runs with what was imported last");
  await since.focus();
  await page.keyboard.press("Space");
  await eventually(async () => assert.match(await shown(page).innerText(), /Nothing: the manifests say what they said before/));
  await axe("export, the kit beside what was imported");
  await since.uncheck();
  await eventually(async () => assert.doesNotMatch(await shown(page).innerText(), /## What changes/));
});

pageTest("the apply kit of a project with errors names them at their steps", async ({ page, open, axe }) => {
  await example(page, open, "Load the example with mistakes");
  await go(page, "/kit");
  await page.getByRole("article").filter({ hasText: "AKP304" }).getByText("aviinfrasetting-tkg-wkld-sigtran").first().waitFor();
  await eventually(async () => assert.match(await shown(page).innerText(), /Not complete: 7 errors are open/));
  await axe("export, apply kit with errors");
});

pageTest("charts: two owners' folders, and where each file goes", async ({ page, open, context, axe, shot }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await example(page, open);
  await choice(page, "Charts").check();
  await page.getByText("The platform's chart, to be installed first").waitFor();
  await eventually(async () => assert.match(await shown(page).innerText(), /charts\/segments\/values.yaml/));
  await axe("export, charts");
  await shot("export-charts");
  const zip = await download(page, page.getByRole("button", { name: "Download zip" }));
  assert.equal(zip.name, "akoplan-tkg-wkld-helm.zip");
  const files = unzip(zip.bytes);
  const template = "charts/default-gateways/templates/60-web-statefulset-service-oam.yaml";
  await go(page, `/helm/${template}`);
  await page.getByRole("button", { name: `Copy ${template}` }).click();
  await page.getByText(`Copied ${template}: goes to templates/60-web-statefulset-service-oam.yaml of the chart default-gateways`).waitFor();
  assert.equal(await clipboard(page), files[template]);
});

pageTest("chart snippets: a card for each exposed Service, and where each part goes", async ({ page, open, context, axe, shot }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await example(page, open);
  await choice(page, "Chart snippets").check();
  const card = page.getByRole("article").filter({ has: page.getByRole("link", { name: "default/web-statefulset-service-oam" }) });
  await card.getByText("gatewayNamespace").first().waitFor();
  await axe("export, snippets");
  await shot("export-snippets");
  const files = unzip((await download(page, page.getByRole("button", { name: "Download zip" }))).bytes);
  assert.equal(await page.getByRole("article").count(), new Set(Object.keys(files).map((name) => name.split("/")[2])).size);
  const parts = { "Lines of the Service": "service.yaml", Values: "values.yaml", "Lines that ask for the values": "template.yaml" };
  for (const [title, file] of Object.entries(parts)) {
    await card.getByRole("button", { name: `Copy ${title} default/web-statefulset-service-oam` }).click();
    await page.getByRole("status").filter({ hasText: /^Copied\. Into the (template|chart)/ }).waitFor();
    await eventually(async () => assert.equal(await clipboard(page), files[`snippets/default/web-statefulset-service-oam/${file}`]));
  }
});

pageTest("kustomize: the table of what differs in which cluster, with undo", async ({ page, open, axe, shot }) => {
  await example(page, open);
  await choice(page, "Kustomize").check();
  await page.getByRole("heading", { name: "This cluster differs in" }).waitFor();
  await axe("export, kustomize without clusters");
  await page.getByLabel("New cluster").fill("../east");
  await page.keyboard.press("Enter");
  await page.getByText("a name is a folder").waitFor();
  for (const name of ["tkg-east", "tkg-west"]) {
    await page.getByLabel("New cluster").fill(name);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: `Remove cluster ${name}` }).waitFor();
  }
  const of = "of aviinfrasetting-tkg-wkld-oam in tkg-east";
  await page.getByRole("textbox", { name: `SE group ${of}` }).fill("group-east");
  await page.getByRole("textbox", { name: `network ${of}` }).fill("east-oam-vip");
  await page.getByRole("textbox", { name: `IPv4 range ${of}` }).fill("10.1.2.0");
  await page.getByRole("textbox", { name: `network ${of}` }).focus();
  await page.getByText("this is no IPv4 range").waitFor();
  await page.getByRole("textbox", { name: `IPv4 range ${of}` }).fill("10.224.63.0/26");
  await axe("export, kustomize");
  await shot("export-kustomize");
  const files = async () => unzip((await download(page, page.getByRole("button", { name: "Download zip" }))).bytes);
  const east = async () => Object.entries(await files()).filter(([name]) => name.startsWith("overlays/tkg-east/")).map(([, text]) => text).join("");
  await eventually(async () => assert.match(await east(), /10\.224\.63\.0\/26/));
  assert.match(await east(), /group-east/);
  assert.match(await east(), /east-oam-vip/);
  await page.getByRole("button", { name: "Remove cluster tkg-east" }).click();
  await eventually(async () => assert.equal(await east(), ""));
  await page.getByRole("button", { name: /^Undo: remove cluster tkg-east/ }).click();
  await eventually(async () => assert.match(await east(), /group-east/));
  // A cluster's name is changed by Enter, and no other cluster's is taken.
  await page.getByLabel("Name of cluster tkg-east").fill("tkg-west");
  await page.keyboard.press("Enter");
  await page.getByText("a cluster is called tkg-west already").waitFor();
  await axe("export, a cluster's name that is taken");
  await page.getByLabel("Name of cluster tkg-east").fill("tkg-north");
  await page.keyboard.press("Enter");
  const north = page.getByLabel("Name of cluster tkg-north");
  await north.waitFor();
  assert.ok(await north.evaluate((field) => field === document.activeElement));
  assert.equal(await page.getByText("a cluster is called tkg-west already").count(), 0);
  await page.getByRole("textbox", { name: "SE group of aviinfrasetting-tkg-wkld-oam in tkg-north" }).waitFor();
  await eventually(async () => assert.equal(await east(), ""));
  assert.match((await files())["overlays/tkg-north/kustomization.yaml"], /# Cluster tkg-north\./);
  await page.getByRole("button", { name: /^Undo: rename cluster tkg-east/ }).click();
  await eventually(async () => assert.match(await east(), /group-east/));
});

pageTest("Argo CD and AKO's values: where each file goes; a link on wish", async ({ page, open, context, axe }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await example(page, open);
  await choice(page, "Argo CD").check();
  await go(page, "/argocd/argocd/argocd-cm.yaml");
  await page.getByRole("button", { name: "Copy argocd/argocd-cm.yaml" }).click();
  await page.getByText("goes to Argo CD's ConfigMap argocd-cm").waitFor();
  assert.match(await clipboard(page), /Progressing/);
  await choice(page, "AKO values").check();
  await page.getByRole("button", { name: "Copy ako-values.yaml" }).click();
  await page.getByText("Copied ako-values.yaml: goes to AKO's own chart").waitFor();
  assert.match(await clipboard(page), /clusterName: tkg-wkld/);
  await axe("export, AKO values");
  await choice(page, "One YAML").check();
  await page.getByLabel("With a link that brings the project back").check();
  const text = async () => (await download(page, page.getByRole("button", { name: "Download akoplan-tkg-wkld.yaml" }))).bytes.toString("utf8");
  await eventually(async () => assert.match(await text(), /#\/share\/1\./));
  const link = (await text()).match(/\S+(#\/share\/\S+)/)[1];
  await page.evaluate((hash) => { location.hash = hash; }, link);
  await page.getByRole("heading", { name: "A shared project" }).waitFor();
  await page.getByText("akoplan.yaml").first().waitFor();
});

pageTest("what the browser kept and nobody knows is as by default", async ({ page, open }) => {
  await example(page, open);
  await page.locator(".saved").filter({ hasText: /^saved / }).waitFor();
  await page.evaluate(() => localStorage.setItem("akoplan.export", "<img src=x onerror=alert(1)> __proto__"));
  await open("#/overview");
  await page.reload();
  await go(page, "");
  await page.getByRole("heading", { name: /^Plain bundle/ }).waitFor();
  // A file that is not there is the first one.
  await go(page, "/manifests/gone.yaml");
  await page.getByRole("button", { name: "Copy platform/10-aviinfrasetting-tkg-wkld-oam.yaml" }).waitFor();
});

pageTest("the files as they came, and on wish without what the server wrote", async ({ page, open, axe, shot }) => {
  const printed = "apiVersion: v1 # as printed\r\nkind: Namespace\r\nmetadata:\r\n  name: red\r\n  uid: 0-1\r\nstatus:\r\n  phase: Active\r\n";
  const clean = printed.slice(0, printed.indexOf("  uid"));
  await open("#/import");
  await page.getByLabel("Files", { exact: true }).setInputFiles([{ name: "red.yaml", mimeType: "text/plain", buffer: Buffer.from(printed) }]);
  await page.getByText("Import red.yaml").waitFor();
  await go(page, "/files");
  const option = page.getByLabel("Leave out what the server wrote");
  await option.waitFor();
  await axe("export, with the server's fields");
  await shot("export-server-fields");
  const file = async () => (await download(page, page.getByRole("button", { name: "Download red.yaml" }))).bytes.toString("utf8");
  assert.equal(await file(), printed);
  await option.focus();
  await page.keyboard.press("Space");
  await eventually(async () => assert.equal(await file(), clean));
  await choice(page, "Plain bundle").check();
  assert.ok(await option.isChecked());
  const bundle = unzip((await download(page, page.getByRole("button", { name: "Download zip" }))).bytes);
  assert.equal(bundle["platform/00-namespace-red.yaml"].replace(/^# akoplan: Made by akoplan .*\r\n/, ""), clean);
});

/** README, then the platform, then the applications, then AKO's values. */
function rank(name) {
  return ["README.md", "platform/", "apps/", "values.yaml"].findIndex((start) => name.startsWith(start));
}

pageTest("open errors are named first and hinder nobody", async ({ page, open, axe, shot }) => {
  await example(page, open, "Load the example with mistakes");
  await page.getByRole("heading", { name: /errors are open/ }).waitFor();
  await page.getByRole("heading", { name: "Left out" }).waitFor();
  await axe("export, with errors");
  await shot("export-mistakes");
  const zip = await download(page, page.getByRole("button", { name: "Download zip anyway" }));
  assert.match(unzip(zip.bytes)["README.md"], /errors were open/);
  await page.getByRole("link", { name: "Show the findings" }).click();
  await page.getByRole("heading", { name: "Findings", exact: true }).waitFor();
});

pageTest("a text of a hundred thousand lines is shown in part and copied whole", { timeout: 240_000 }, async ({ page, open, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const text = largeManifests().slice(0, 3_000_000);
  const whole = text.slice(0, text.lastIndexOf("---\n"));
  await open("#/import");
  await page.getByLabel("Files", { exact: true }).setInputFiles([{ name: "large.yaml", mimeType: "text/plain", buffer: Buffer.from(whole) }]);
  await page.getByText("Import large.yaml").waitFor();
  await go(page, "/files");
  const lines = shown(page).locator("li");
  await page.getByRole("button", { name: "Show more: the first 400 lines are shown" }).click();
  await page.getByRole("button", { name: "Show more: the first 800 lines are shown" }).waitFor();
  assert.equal(await lines.count(), 800);
  await page.getByRole("button", { name: "Copy large.yaml" }).click();
  await page.getByText("Copied large.yaml").waitFor();
  assert.equal((await clipboard(page)).length, whole.length);
});
