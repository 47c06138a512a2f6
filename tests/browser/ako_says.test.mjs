// The place Rules: AKO's own words, pasted, are explained.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { pageTest } from "./lib/page_test.mjs";

pageTest("a pasted status is explained, with its field and its rule", async ({ page, open, axe, shot }) => {
  await open("#/rules");
  const field = page.getByLabel("A status, an event or a log line of AKO");
  await field.fill("status:\n  error: 'network \"oam\"\n    not found on controller'\n  status: Rejected\n");
  const meaning = page.getByRole("status").filter({ hasText: "network \"oam\" not found on controller" });
  await meaning.getByText("The Avi Controller has no network of this name").waitFor();
  await eventually(async () => assert.match(await meaning.innerText(), /spec\.network\.vipNetworks\[\]\.networkName/));
  await axe("what AKO says");
  await shot("ako-says");
  await meaning.getByRole("link", { name: "AKP315" }).click();
  await page.getByRole("heading", { name: /AKP315/ }).waitFor();
});

pageTest("words that AKO never says are called so", async ({ page, open }) => {
  await open("#/rules");
  await page.getByLabel("A status, an event or a log line of AKO").fill("all is well");
  await page.getByText("None of this is a message of AKO").waitFor();
});
