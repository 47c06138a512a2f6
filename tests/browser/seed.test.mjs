// A guide's text as it is copied from a web page, the way of tests/seed.rs by hand: two clicks to manifests, each of its
// mistakes told, what nobody can know asked, and the same bundle.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { download, unzip } from "./lib/download.mjs";
import { copiedText } from "./lib/editor.mjs";
import { goldenFiles } from "./lib/golden.mjs";
import { pageTest } from "./lib/page_test.mjs";

const SEED = readFileSync(new URL("../seed/seed.txt", import.meta.url), "utf8");
const REPAIRED = readFileSync(new URL("../golden/seed/repaired.yaml", import.meta.url), "utf8");
const GOLDEN = fileURLToPath(new URL("../golden/seed_bundle", import.meta.url));

const TRF = { setting: "aviinfrasetting-tkg-wkld-trf", group: "tkgvsphere-tkgworkload-group11", network: "tkg-wkld-trf-vip", cidr: "10.223.64.0/26" };
const SIGTRAN = { setting: "aviinfrasetting-tkg-wkld-sigtran", group: "tkgvsphere-tkgworkload-group12", network: "tkg-wkld-sigtran-vip", cidr: "10.223.65.0/26" };

const place = (page, name) => page.getByRole("navigation", { name: "Places" }).getByRole("link", { name }).click();
const findings = (page, text) => page.getByRole("article").filter({ hasText: text });
const notDefined = (page, { setting }) => findings(page, `No AviInfraSetting is called ${setting}`);
const errors = (page) => page.locator("article.finding-error");

/** Pastes the text and takes all repairs. */
async function importSeed(page, open) {
  await open("#/import");
  await page.getByRole("textbox", { name: "Paste" }).fill(SEED);
  await page.getByRole("button", { name: "Import the text" }).click();
  await page.getByRole("heading", { name: "This text is damaged" }).waitFor();
  await page.getByText("a typographic quote, which is a letter to YAML").first().waitFor();
  await page.getByText("get their indentation back").first().waitFor();
  await page.getByText("TCP and UDP ports. That is out of date").waitFor();
  await page.getByRole("button", { name: "Import repaired" }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
}

/** Codes with their numbers, as the Findings place lists them. */
async function listed(page) {
  const codes = await page.getByRole("article").locator("a", { hasText: /^AKP\d{3}$/ }).allTextContents();
  return codes.sort().reduce((counts, code) => ({ ...counts, [code]: (counts[code] ?? 0) + 1 }), {});
}

/** Opens the fix of a setting that is not defined; the focus is in its first field. */
async function openFix(page, segment) {
  const fix = notDefined(page, segment).locator("details", { hasText: "Define AviInfraSetting" });
  await fix.locator("summary").click();
  await page.waitForFunction(() => document.activeElement?.closest("details")?.open && document.activeElement.matches("input"));
  return fix;
}

/** By keyboard: from field to field, and Enter. */
async function define(page, segment) {
  await openFix(page, segment);
  await page.keyboard.type(segment.group);
  await page.keyboard.press("Tab");
  await page.keyboard.type(segment.network);
  await page.keyboard.press("Tab");
  await page.keyboard.type(segment.cidr);
  await page.keyboard.press("Enter");
  await notDefined(page, segment).waitFor({ state: "detached" });
}

/** Takes the first offer of the finding. */
async function applyFirst(page, code) {
  const offer = findings(page, code).first().locator("details.fix").first();
  await offer.locator("summary").click();
  await offer.getByRole("button", { name: "Apply this fix" }).click();
}

pageTest("the seed's text becomes a bundle without an error", async ({ page, open }) => {
  await importSeed(page, open);
  assert.equal(await copiedText(page, "pasted.yaml"), REPAIRED);
  await place(page, "Findings");
  assert.deepEqual(await listed(page), {
    AKP015: 3, AKP303: 2, AKP312: 1, AKP313: 2, AKP316: 1, AKP401: 1, AKP701: 1, AKP702: 1, AKP901: 1, AKP903: 1,
  });
  await define(page, TRF);
  await define(page, SIGTRAN);
  for (const code of ["AKP401", "AKP312", "AKP701", "AKP702"]) {
    await applyFirst(page, code);
    await findings(page, code).waitFor({ state: "detached" });
  }
  assert.equal(await errors(page).count(), 0);
  assert.deepEqual(await listed(page), { AKP015: 3, AKP313: 2, AKP316: 1, AKP901: 1, AKP903: 1 });
  await place(page, "Export");
  const zip = await download(page, page.getByRole("button", { name: "Download zip" }));
  assert.deepEqual(unzip(zip.bytes), await goldenFiles(GOLDEN));
});

pageTest("what is missing or wrong in the answers is told at its field, and one undo takes the definition back", async ({ page, open, shot, axe }) => {
  await importSeed(page, open);
  await place(page, "Findings");
  const fix = await openFix(page, TRF);
  const field = (label) => fix.getByLabel(label, { exact: true });
  const apply = fix.getByRole("button", { name: "Apply this fix" });
  await apply.click();
  await fix.getByText("A network is needed").waitFor();
  await page.waitForFunction(() => document.activeElement?.closest(".field")?.querySelector("label").textContent === "VIP network");
  await field("VIP network").fill(TRF.network);
  await field("CIDR").fill("10.223.64.0");
  await apply.click();
  await fix.getByText("The prefix length is missing").waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
  assert.equal(await fix.locator(".diff").count(), 0);
  await axe("define a setting, wrong");
  await shot("define-setting-wrong");
  await field("CIDR").fill(TRF.cidr);
  await field("SE group").fill(TRF.group);
  await fix.locator(".diff-added").filter({ hasText: `cidr: ${TRF.cidr}` }).waitFor();
  await axe("define a setting");
  await shot("define-setting");
  await apply.click();
  await notDefined(page, TRF).waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.textContent.includes("is defined already"));
  await page.keyboard.press("Control+z");
  await notDefined(page, TRF).waitFor();
  assert.equal(await notDefined(page, TRF).locator("details[open]").count(), 0);
  await page.keyboard.press("Control+Shift+z");
  await notDefined(page, TRF).waitFor({ state: "detached" });
});

pageTest("what is typed stays when findings before it go", async ({ page, open }) => {
  await importSeed(page, open);
  await place(page, "Findings");
  const fix = await openFix(page, SIGTRAN);
  await fix.getByLabel("SE group", { exact: true }).fill(SIGTRAN.group);
  await applyFirst(page, "AKP312");
  await findings(page, "AKP312").waitFor({ state: "detached" });
  await define(page, TRF);
  assert.equal(await fix.getByLabel("SE group", { exact: true }).inputValue(), SIGTRAN.group);
});
