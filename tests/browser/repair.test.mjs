// A damaged paste: its repairs are shown, taken or left, and never silent.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { copiedText } from "./lib/editor.mjs";
import { pageTest } from "./lib/page_test.mjs";

const SEED = readFileSync(new URL("../seed/seed.txt", import.meta.url), "utf8");
const REPAIRED = readFileSync(new URL("../golden/seed/repaired.yaml", import.meta.url), "utf8");

const text = (page) => copiedText(page, "pasted.yaml");

pageTest("the seed's text becomes the published manifests in two clicks", async ({ page, open, shot, axe }) => {
  await open("#/import");
  await page.getByRole("textbox", { name: "Paste" }).fill(SEED);
  await page.getByRole("button", { name: "Import the text" }).click();
  await page.getByRole("heading", { name: "This text is damaged" }).waitFor();
  await page.getByText("before: aviinfrasetting.ako.vmware.com/name: \"aviinfrasetting-tkg-wkld-trf”").first().waitFor();
  await page.getByText("That is out of date").waitFor();
  await axe("repair");
  await shot("repair");
  await page.getByRole("button", { name: "Import repaired" }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  assert.equal(await text(page), REPAIRED);
  await page.keyboard.press("Control+z");
});

pageTest("a repair can be left, and all of them", async ({ page, open }) => {
  const damaged = "some words\napiVersion: v1\nkind: Namespace\nmetadata:\nname: red\n";
  const paste = async () => {
    await page.getByRole("textbox", { name: "Paste" }).fill(damaged);
    await page.getByRole("button", { name: "Import the text" }).click();
  };
  await open("#/import");
  await paste();
  await page.getByRole("button", { name: "Back" }).click();
  assert.equal(await page.getByRole("textbox", { name: "Paste" }).inputValue(), damaged);
  await page.getByRole("button", { name: "Import the text" }).click();
  await page.getByRole("checkbox", { name: /^prose/ }).uncheck();
  await page.getByText("1 of 2 repairs are taken").waitFor();
  await page.getByRole("button", { name: "Import repaired" }).click();
  assert.equal(await text(page), "some words\napiVersion: v1\nkind: Namespace\nmetadata:\n  name: red\n");
  await page.keyboard.press("Control+z");
  await page.evaluate(() => { location.hash = "#/import"; });
  await paste();
  await page.getByRole("button", { name: "Import as it is" }).click();
  assert.equal(await text(page), damaged);
});
