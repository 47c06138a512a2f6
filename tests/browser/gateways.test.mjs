// The place Gateways: the table, a new Gateway, its listeners by keyboard and by paste, renaming, what is wrong.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { loadExample, paste, yaml } from "./lib/places.mjs";
import { pageTest } from "./lib/page_test.mjs";

pageTest("gateways: an empty place says what belongs there and opens the form", async ({ page, open, axe, shot }) => {
  await open("#/gateways");
  await axe("gateways, empty");
  await shot("gateways-empty");
  await page.getByRole("main").getByRole("link", { name: "New gateway" }).last().click();
  assert.ok(await page.getByLabel("Name", { exact: true }).evaluate((field) => field === document.activeElement));
  await page.keyboard.press("Escape");
  await page.getByText("A Gateway is one address").waitFor();
});

pageTest("gateways: a new one is written in one step and opens", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await open("#/gateways/new");
  await page.getByLabel("Name", { exact: true }).fill("app-gateway-admin-1");
  await page.getByLabel("Class").selectOption("avigatewayclass-tkg-wkld-oam");
  await page.getByText("reaches oam").waitFor();
  await page.getByLabel("Listeners").fill("UDP 161\nTCP 80\nTCP 443\nport five");
  await page.getByText("no protocol and port").waitFor();
  await page.getByLabel("Listeners").fill("UDP 161\nTCP 80\nTCP 443");
  await axe("gateways, new");
  await shot("gateways-new");
  await page.getByLabel("Name", { exact: true }).press("Enter");
  await page.getByRole("heading", { name: "default/app-gateway-admin-1" }).waitFor();
  const text = await yaml(page);
  assert.equal(text.match(/gateway-name: app-gateway-admin-1/g).length, 3);
  await page.getByRole("button", { name: "Undo: new Gateway default/app-gateway-admin-1 (Ctrl+Z)" }).waitFor();
  await page.keyboard.press("Control+z");
  await page.getByRole("heading", { name: "default/app-gateway-admin-1" }).waitFor({ state: "detached" });
});

pageTest("gateways: listeners are added, moved and removed", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await open("#/gateways");
  await shot("gateways");
  await axe("gateways");
  await page.getByRole("link", { name: "app-gateway-admin-0" }).click();
  await axe("gateways, form");
  await shot("gateways-form");
  const add = page.getByLabel("Add listeners");
  await add.fill("sctp/2905");
  await add.press("Enter");
  assert.equal(await page.getByLabel("Port of listener 4").inputValue(), "2905");
  assert.equal(await page.getByLabel("Protocol of listener 4").inputValue(), "SCTP");
  await paste(add, "UDP 162\nTCP 80\nnonsense");
  assert.equal(await page.getByLabel("Port of listener 5").inputValue(), "162");
  await page.getByText("Already there: TCP/80").waitFor();
  assert.equal(await add.inputValue(), "nonsense");
  const up = page.getByRole("button", { name: "Move listener UDP/162 up" });
  await up.focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.getByLabel("Port of listener 4").inputValue(), "162");
  // The focus has gone along: the same key moves the same listener again.
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-label") === "Move listener UDP/162 up");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll("[id$='-port']")[2]?.value === "162");
  await page.getByRole("button", { name: "Remove listener SCTP/2905" }).click();
  assert.doesNotMatch(await yaml(page), /SCTP/);
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("Control+z");
  await eventually(async () => assert.equal(await page.getByLabel(/^Port of listener/).count(), 3));
});

pageTest("gateways: a new name takes labels and Services along, Esc goes back to the row", async ({ page, open }) => {
  await loadExample(page, open);
  await open("#/gateways");
  await page.getByRole("link", { name: "app-gateway-admin-0" }).click();
  const name = page.getByLabel("Name", { exact: true });
  await name.fill("oam-gateway");
  await page.getByText("Changes along: 3 listeners, 3 Services, 1 intent").waitFor();
  await name.press("Enter");
  await page.getByRole("heading", { name: "default/oam-gateway" }).waitFor();
  assert.doesNotMatch(await yaml(page), /app-gateway-admin-0$/m);
  await eventually(async () => assert.equal(await page.locator(".listener-table").getByText("served", { exact: true }).count(), 3));
  await name.press("Escape");
  await page.waitForFunction(() => document.activeElement?.textContent === "oam-gateway");
  assert.equal(new URL(page.url()).hash, "#/gateways");
  await page.getByRole("link", { name: /no finding/i }).waitFor();
});

pageTest("gateways: what misses a listener is said and mended", async ({ page, open, axe, shot }) => {
  await loadExample(page, open, "with mistakes");
  await open("#/gateways");
  await page.getByText("3 unserved").waitFor();
  await page.getByRole("link", { name: "app-gateway-admin-0" }).click();
  await page.getByText("which this Gateway does not listen on").waitFor();
  await page.getByText("Status that AKO writes").click();
  await page.getByText("is what a working Gateway keeps").waitFor();
  await axe("gateways, mistakes");
  await shot("gateways-mistakes");
  await page.getByRole("button", { name: "Add listener TCP/8443" }).click();
  assert.equal(await page.getByLabel("Port of listener 4").inputValue(), "8443");
  await page.locator(".listener-table").getByText("served", { exact: true }).waitFor();
});
