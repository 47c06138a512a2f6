// Letters typed faster than the page computes: none is lost, in no kind of field.
import assert from "node:assert/strict";
import { editorText } from "./lib/editor.mjs";
import { pageTest } from "./lib/page_test.mjs";

const TEXT = "signaling-network-of-the-packet-core-7";

/** A slow computer: the page computes much longer than the pause between two letters. */
async function slow(context, page) {
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: 6 });
}

const focus = (page, id) => page.waitForFunction((id) => document.activeElement?.id === id, id);
const value = (page, id) => page.locator(`#${id}`).inputValue();

async function begin(page, open, context, place) {
  await open();
  await page.getByRole("button", { name: "Load the example with mistakes", exact: true }).click();
  await slow(context, page);
  await page.evaluate((hash) => { location.hash = hash; }, place);
}

pageTest("a new segment, typed without a pause and from field to field", async ({ page, open, context }) => {
  await begin(page, open, context, "#/segments/new");
  await focus(page, "new-segment-name");
  await page.keyboard.type(TEXT);
  await page.keyboard.press("Tab");
  await page.keyboard.type(`${TEXT}-group`);
  await page.keyboard.press("Enter");
  await page.locator("#new-segment-form").waitFor({ state: "detached" });
  const shown = await page.getByLabel("SE group", { exact: true }).inputValue();
  assert.equal(shown, `${TEXT}-group`);
  await page.getByRole("heading", { name: new RegExp(TEXT) }).first().waitFor();
});

pageTest("a field of an object, and the lines of a new gateway", async ({ page, open, context }) => {
  await begin(page, open, context, "#/gateways/new");
  await focus(page, "new-gateway-name");
  await page.keyboard.type(TEXT);
  await page.locator("#new-gateway-listeners").focus();
  await page.keyboard.type("UDP 161, TCP 80, TCP 443 www.example.com");
  assert.equal(await value(page, "new-gateway-listeners"), "UDP 161, TCP 80, TCP 443 www.example.com");
  await page.getByRole("button", { name: "Create the Gateway" }).click();
  const name = page.getByLabel("Name", { exact: true }).first();
  await name.waitFor();
  assert.equal(await name.inputValue(), TEXT);
});

pageTest("the YAML itself", async ({ page, open, context }) => {
  await begin(page, open, context, "#/yaml");
  const editor = page.getByRole("textbox", { name: /^Text of / });
  await editor.waitFor();
  await editor.focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type(`# ${TEXT}`);
  await page.waitForTimeout(500);
  assert.equal((await editorText(page)).split("\n").at(-1), `# ${TEXT}`);
  // It has reached the project, too.
  await page.getByRole("button", { name: /^Undo/ }).click();
  await page.waitForTimeout(500);
  assert.equal((await editorText(page)).split("\n").at(-1), "");
});
