// The place Findings: several fixes at once, seen before they are made, and taken back by one undo.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { loadExample } from "./lib/places.mjs";
import { pageTest } from "./lib/page_test.mjs";

const several = (page) => page.getByRole("region", { name: "Fix several at once" });
const preview = (page) => page.getByRole("region", { name: "What would change" });

pageTest("all safe fixes are shown, applied as one step, and undone by one", async ({ page, open, axe, shot }) => {
  await loadExample(page, open, "with mistakes");
  await open("#/findings");
  const choice = several(page).getByLabel("Fix several at once");
  await eventually(async () => assert.match(await choice.locator("option:checked").innerText(), /^all safe fixes \(\d+ findings\)$/));
  await several(page).getByRole("button", { name: "Show what would change" }).click();
  await preview(page).getByRole("listitem").first().waitFor();
  await eventually(async () => assert.equal(await page.evaluate(() => document.activeElement.id), "several-preview"));
  await axe("several fixes");
  await shot("several-fixes");
  const cards = page.getByRole("article");
  const before = await cards.count();
  await preview(page).getByRole("button", { name: /^Apply \d+ safe fix(es)?$/ }).click();
  await eventually(async () => assert.ok(await cards.count() < before));
  assert.equal(await preview(page).count(), 0);
  await page.keyboard.press("Control+z");
  await eventually(async () => assert.equal(await cards.count(), before));
});

pageTest("by code, by keyboard alone; cancel changes nothing", async ({ page, open }) => {
  await loadExample(page, open, "with mistakes");
  await open("#/findings");
  const choice = several(page).getByLabel("Fix several at once");
  const code = (await choice.locator("option").allInnerTexts()).find((title) => title.startsWith("AKP313"));
  assert.match(code ?? "", /\(\d+ findings\)$/);
  await choice.focus();
  await choice.selectOption({ label: code });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await preview(page).getByText("AKP313").first().waitFor();
  await preview(page).getByRole("button", { name: "Cancel" }).focus();
  await page.keyboard.press("Enter");
  await eventually(async () => assert.equal(await preview(page).count(), 0));
  await page.getByRole("article").filter({ hasText: "AKP313" }).first().waitFor();
  await several(page).getByRole("button", { name: "Show what would change" }).press("Enter");
  await preview(page).getByRole("button", { name: /^Apply \d+ fix(es)? of AKP313$/ }).press("Enter");
  await eventually(async () => assert.equal(await page.getByRole("article").filter({ hasText: "AKP313" }).count(), 0));
});

pageTest("where nothing is wrong nothing is offered", async ({ page, open }) => {
  await loadExample(page, open);
  await open("#/findings");
  await page.getByText("Nothing is wrong that akoplan knows of").waitFor();
  assert.equal(await several(page).count(), 0);
});
