// Projects: several in one browser, in several tabs, with a full store; nothing is ever lost.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { download } from "./lib/download.mjs";
import { eventually } from "./lib/eventually.mjs";
import { pageTest, ready } from "./lib/page_test.mjs";
import { loadExample } from "./lib/places.mjs";
import { heads, putRecord, stored, untilSaved, untilStored } from "./lib/store.mjs";

const go = (page, place) => page.evaluate((place) => { location.hash = `#/${place}`; }, place);

/** Adds a file by the place Import. */
async function addFile(page, name, text) {
  await go(page, "import");
  await page.getByLabel("Files", { exact: true }).setInputFiles([{ name, mimeType: "text/plain", buffer: Buffer.from(text) }]);
  await page.getByText(`Import ${name}`).waitFor();
}

const hasFile = (name) => (project) => project?.files.some(([file]) => file === name);
const row = (page, name) => page.getByRole("row").filter({ hasText: name });

pageTest("the one project of before becomes the first of many", async ({ page, open }) => {
  await open();
  const before = { akoplan: 1, texts: ["AKOSettings:\n  clusterName: before\n"], files: [["values.yaml", 0]], past: [], future: [] };
  await putRecord(page, "current", JSON.stringify(before));
  await page.reload();
  await ready(page);
  await page.getByRole("button", { name: "Project before" }).waitFor();
  assert.deepEqual((await heads(page)).map((head) => head.name), ["before"]);
  await page.reload();
  await ready(page);
  await page.getByRole("button", { name: "Project before" }).waitFor();
  assert.equal((await heads(page)).length, 1);
});

pageTest("made, named, copied, switched, deleted and brought back", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await page.getByRole("button", { name: "Project tkg-wkld" }).click();
  await axe("project menu");
  await page.getByRole("button", { name: "New project" }).click();
  await page.getByRole("button", { name: "Project Untitled" }).waitFor();
  await addFile(page, "lab.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: lab}\n");
  await untilSaved(page);

  await page.getByRole("button", { name: "Project Untitled" }).click();
  await page.getByRole("link", { name: "All projects" }).click();
  await page.getByRole("button", { name: "Rename Untitled" }).click();
  await page.getByLabel("New name of Untitled").fill("Lab 2");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Project Lab 2" }).waitFor();
  await page.getByRole("button", { name: "Duplicate tkg-wkld" }).click();
  await row(page, "tkg-wkld copy").waitFor();
  await axe("projects");
  await shot("projects");

  await page.getByRole("button", { name: "Open tkg-wkld copy" }).click();
  await page.getByRole("button", { name: "Project tkg-wkld copy" }).waitFor();
  assert.ok((await stored(page)).files.length > 3);
  // A tab keeps its project over a reload.
  await page.reload();
  await ready(page);
  await page.getByRole("button", { name: "Project tkg-wkld copy" }).waitFor();
  await page.getByRole("button", { name: "Project tkg-wkld copy" }).click();
  await page.locator("#project-list").getByRole("button", { name: /^Lab 2/ }).waitFor();
  await shot("project-menu");
  await page.locator("#project-list").getByRole("button", { name: /^Lab 2/ }).click();
  await page.getByRole("button", { name: "Project Lab 2" }).waitFor();
  assert.ok(hasFile("lab.yaml")(await stored(page)));

  await go(page, "projects");
  await page.getByRole("button", { name: "Delete tkg-wkld copy" }).click();
  await row(page, "tkg-wkld copy").waitFor({ state: "detached" });
  await page.getByRole("status").getByRole("button", { name: "Undo" }).click();
  await row(page, "tkg-wkld copy").waitFor();
  await page.getByRole("button", { name: "Delete Lab 2" }).click();
  await page.getByRole("button", { name: "Project Untitled" }).waitFor();
  await page.getByRole("button", { name: "Restore Lab 2" }).waitFor();
  await axe("projects, one deleted");
  await shot("projects-deleted");
  await page.getByRole("button", { name: "Restore Lab 2" }).click();
  await page.getByRole("button", { name: "Open Lab 2" }).click();
  await page.getByRole("button", { name: "Project Lab 2" }).waitFor();
  assert.ok(hasFile("lab.yaml")(await stored(page)));
});

pageTest("the menu by keyboard alone", async ({ page, open }) => {
  await loadExample(page, open);
  await page.locator("#project-button").focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.waitForFunction(() => document.activeElement?.textContent === "New project");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.id === "project-button");
  await eventually(async () => assert.equal(await page.locator("#project-list").count(), 0));
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Projects", exact: true }).waitFor();
});

pageTest("all projects go out in one file and come back beside what is there", async ({ page, open, context }) => {
  await loadExample(page, open);
  await go(page, "projects");
  await page.getByRole("button", { name: "Duplicate tkg-wkld" }).click();
  await row(page, "tkg-wkld copy").waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Export all" }).click()]);
  assert.equal(file.suggestedFilename(), "akoplan-projects.json");
  const path = await file.path();
  assert.equal(JSON.parse(await readFile(path, "utf8")).projects.length, 2);

  await page.getByLabel("Import projects").setInputFiles(path);
  await page.getByText("No project was added. 2 are here already").waitFor();
  await page.getByLabel("Import projects").setInputFiles([{ name: "x.json", mimeType: "application/json", buffer: Buffer.from("{}") }]);
  await page.getByText("it holds no akoplan projects").waitFor();

  const other = await context.browser().newContext();
  const there = await other.newPage();
  await there.goto(page.url());
  await ready(there);
  await there.getByLabel("Import projects").setInputFiles(path);
  await there.getByText("Added 2 projects").waitFor();
  await row(there, "tkg-wkld copy").waitFor();
  assert.equal((await heads(there)).length, 2);
  await other.close();
});

pageTest("a tab with nothing unsaved follows the other one", async ({ page, open, context }) => {
  await loadExample(page, open);
  await untilSaved(page);
  const second = await context.newPage();
  await second.goto(page.url());
  await ready(second);
  await second.getByRole("button", { name: "Project tkg-wkld" }).waitFor();
  await addFile(second, "second.yaml", "a: 1\n");
  await untilSaved(second);
  await page.getByText("This is what another tab saved last").waitFor();
  await go(page, "yaml");
  await page.getByRole("navigation", { name: "Files" }).getByRole("link", { name: "second.yaml" }).waitFor();
  // And back again: no tab stands in the other's way.
  await addFile(page, "first.yaml", "b: 1\n");
  await untilSaved(page);
  await second.getByText("This is what another tab saved last").waitFor();
  await untilStored(page, (project) => hasFile("first.yaml")(project) && hasFile("second.yaml")(project));
  assert.equal((await heads(page)).length, 1);
});

/** Two tabs of one project that have both changed it; the first one saved, the second cannot. */
async function conflict(page, open, context) {
  await loadExample(page, open);
  await untilSaved(page);
  const second = await context.newPage();
  // This tab hears nothing: only the storage itself stands between it and the other's work.
  await second.addInitScript(() => { window.BroadcastChannel = undefined; });
  await second.goto(page.url());
  await ready(second);
  await second.getByRole("button", { name: "Project tkg-wkld" }).waitFor();
  await addFile(page, "first.yaml", "a: 1\n");
  await untilSaved(page);
  await addFile(second, "second.yaml", "b: 1\n");
  await second.getByRole("alert").filter({ hasText: "Another tab changed this project" }).waitFor();
  assert.ok(hasFile("first.yaml")(await stored(page)));
  assert.ok(!hasFile("second.yaml")(await stored(page)));
  return second;
}

pageTest("two tabs change one project: mine becomes a copy", async ({ page, open, context }) => {
  const second = await conflict(page, open, context);
  await addFile(second, "third.yaml", "c: 1\n");
  await second.getByRole("button", { name: "Keep mine as a copy" }).click();
  await second.getByRole("button", { name: "Project tkg-wkld copy" }).waitFor();
  await second.getByRole("alert").waitFor({ state: "detached" });
  assert.deepEqual((await heads(page)).map((head) => head.name).sort(), ["tkg-wkld", "tkg-wkld copy"]);
  assert.ok(hasFile("second.yaml")(await stored(second)) && hasFile("third.yaml")(await stored(second)));
  assert.ok(hasFile("first.yaml")(await stored(page)) && !hasFile("second.yaml")(await stored(page)));
});

pageTest("two tabs change one project: theirs is loaded, and undo gives mine back", async ({ page, open, context }) => {
  const second = await conflict(page, open, context);
  await second.setViewportSize({ width: 390, height: 844 });
  await second.screenshot({ path: "target/screenshots/project-conflict-390.png" });
  await second.setViewportSize({ width: 1280, height: 800 });
  await second.screenshot({ path: "target/screenshots/project-conflict-1280.png" });
  await second.getByRole("button", { name: "Load theirs" }).click();
  await second.getByText("Undo gives back what was here").waitFor();
  await go(second, "yaml");
  const files = second.getByRole("navigation", { name: "Files" });
  await files.getByRole("link", { name: "first.yaml" }).waitFor();
  await eventually(async () => assert.equal(await files.getByRole("link", { name: "second.yaml" }).count(), 0));
  await second.keyboard.press("Control+z");
  await files.getByRole("link", { name: "second.yaml" }).waitFor();
  await second.keyboard.press("Control+Shift+z");
  await files.getByRole("link", { name: "first.yaml" }).waitFor();
});

pageTest("a full store is told, and nothing is lost", async ({ page, open, context, base, axe, shot }) => {
  await loadExample(page, open);
  await untilSaved(page);
  const session = await context.newCDPSession(page);
  const origin = new URL(base).origin;
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1000 });
  // Chromium goes on for half a minute with the room that it found last.
  await page.waitForTimeout(31_000);
  const text = `# ${"kept ".repeat(20_000)}\na: 1\n`;
  await addFile(page, "large.yaml", text);
  const bar = page.getByRole("alert").filter({ hasText: "storage for akoplan is full" });
  await bar.waitFor();
  await axe("a full store");
  await shot("store-full");
  const file = await download(page, bar.getByRole("button", { name: "Download the project" }));
  assert.ok(JSON.parse(file.bytes.toString("utf8")).texts.includes(text));
  assert.ok(!hasFile("large.yaml")(await stored(page)), "what was stored before is whole");
  // The project that cannot be saved is not left for another.
  await page.getByRole("button", { name: "Project tkg-wkld" }).click();
  await page.getByRole("button", { name: "New project" }).click();
  await page.getByText("it is not saved yet, and would be lost").waitFor();
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await bar.getByRole("button", { name: "Try again" }).click();
  await bar.waitFor({ state: "detached" });
  await untilStored(page, hasFile("large.yaml"));
});
