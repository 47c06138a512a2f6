// The place Segments: a segment is made, found, changed and deleted, by keyboard and by mouse.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { pageTest } from "./lib/page_test.mjs";

const field = (page, label) => page.getByLabel(label, { exact: true });
const focused = (page) => page.evaluate(() => document.activeElement?.id);

/** The first visit's door to an example, then a place. */
async function example(page, open, name, place) {
  await open();
  await page.getByRole("button", { name, exact: true }).click();
  await page.evaluate((hash) => { location.hash = hash; }, place);
}

pageTest("a segment is made by keyboard alone, as one step", async ({ page, open, axe, shot }) => {
  await open("#/segments");
  await page.getByText("A segment is an AviInfraSetting").waitFor();
  await axe("segments, empty");
  await page.getByRole("button", { name: "New segment" }).focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "new-segment-name");
  await page.keyboard.type("oam");
  await page.keyboard.press("Tab");
  await page.keyboard.type("tkgvsphere-tkgworkload-group10");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("tkg-wkld-oam-vip");
  await page.keyboard.press("Tab");
  await page.keyboard.type("10.223.63.0/26");
  await page.getByText("62 usable").waitFor();
  await eventually(async () => assert.match(await page.locator(".segment-new .code").innerText(), /kind: IngressClass[\s\S]*name: aviinfrasetting-oam/));
  await axe("segments, new");
  await shot("segments-new");
  await page.keyboard.press("Enter");

  await page.getByRole("heading", { name: "oam", exact: true }).waitFor();
  assert.match(page.url(), /#\/segments\/platform\/oam\.yaml,0$/);
  assert.equal(await field(page, "CIDR").inputValue(), "10.223.63.0/26");
  await axe("segments, edit");
  await shot("segments-edit");
  await page.keyboard.press("Escape");
  await page.waitForFunction(() => document.activeElement?.id === "segment-aviinfrasetting-oam");
  await page.keyboard.press("Control+z");
  await page.getByText("A segment is an AviInfraSetting").waitFor();
});

pageTest("a new segment says what is missing or wrong, and keeps what was typed", async ({ page, open, axe }) => {
  await example(page, open, "Load the example", "#/segments/new");
  await page.getByRole("button", { name: "Create segment" }).click();
  await page.getByText("A segment needs a name.").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "new-segment-name");
  await field(page, "Segment").fill("web");
  await field(page, "SE group").fill("group13");
  await field(page, "VIP network").fill("tkg-wkld-oam-vip");
  await field(page, "CIDR").fill("10.223.63.7/26");
  await page.keyboard.press("Tab");
  await page.getByText("the Avi Controller has no SE group group13").waitFor();
  await page.getByText("overlaps aviinfrasetting-tkg-wkld-oam").first().waitFor();
  await axe("segments, new with mistakes");
  await page.getByRole("button", { name: "Add to the Avi side" }).click();
  await page.getByText("the Avi Controller has no SE group").waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Use 10.223.63.0/26" }).click();
  assert.equal(await field(page, "CIDR").inputValue(), "10.223.63.0/26");
  await field(page, "VIP network").fill("");
  await page.getByRole("button", { name: "Use 10.223.65.64/26" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "New segment" }).click();
  assert.equal(await field(page, "CIDR").inputValue(), "10.223.65.64/26");
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.getByRole("button", { name: "New segment" }).click();
  assert.equal(await field(page, "CIDR").inputValue(), "");
});

pageTest("names follow the template until they are changed", async ({ page, open }) => {
  await example(page, open, "Load the example", "#/segments/new");
  await field(page, "Segment").fill("web");
  assert.equal(await field(page, "AviInfraSetting").inputValue(), "aviinfrasetting-tkg-wkld-web");
  await field(page, "AviInfraSetting").fill("web-setting");
  await field(page, "Segment").fill("www");
  assert.equal(await field(page, "AviInfraSetting").inputValue(), "web-setting");
  assert.equal(await field(page, "Name of the GatewayClass").inputValue(), "avigatewayclass-tkg-wkld-www");
  await field(page, "IngressClass").uncheck();
  const yaml = await page.locator(".segment-new .code").innerText();
  assert.doesNotMatch(yaml, /IngressClass/);
  assert.match(yaml, /name: web-setting/);
});

pageTest("a segment that is only referred to is defined under that name", async ({ page, open, axe, shot }) => {
  await example(page, open, "Load the example with mistakes", "#/segments");
  await page.getByRole("row", { name: /sigtran not defined/ }).waitFor();
  await axe("segments, with mistakes");
  await shot("segments-mistakes");
  await page.getByRole("button", { name: "Define sigtran" }).click();
  assert.equal(await field(page, "Segment").inputValue(), "sigtran");
  // A class leads there already, so no second one is made.
  assert.equal(await field(page, "IngressClass").isChecked(), false);
  await field(page, "SE group").fill("tkgvsphere-tkgworkload-group12");
  await field(page, "VIP network").fill("tkg-wkld-sigtran-vip");
  await page.getByRole("button", { name: "Use 10.223.65.0/26" }).click();
  await page.getByRole("button", { name: "Create segment" }).click();
  await page.getByRole("heading", { name: "sigtran", exact: true }).waitFor();
  await eventually(async () => assert.equal(await page.getByRole("row", { name: /sigtran not defined/ }).count(), 0));
});

pageTest("the form changes the lines it must", async ({ page, open }) => {
  await example(page, open, "Load the example", "#/segments");
  await page.getByRole("link", { name: "oam", exact: true }).click();
  const yaml = page.getByRole("complementary", { name: "YAML of what is in hand" });
  await field(page, "Route health injection").selectOption("true");
  await field(page, "BGP peer labels").fill("peer1, peer2,");
  assert.equal(await field(page, "BGP peer labels").inputValue(), "peer1, peer2,");
  await field(page, "Shard size").selectOption("SMALL");
  await eventually(async () => assert.match(await yaml.innerText(), /enableRhi: true[\s\S]*bgpPeerLabels:[\s\S]*- peer1[\s\S]*- peer2[\s\S]*shardSize: SMALL/));
  await field(page, "Shard size").selectOption("");
  await eventually(async () => assert.doesNotMatch(await yaml.innerText(), /l7Settings/));
  await page.getByRole("button", { name: "Add VIP network" }).click();
  await page.waitForFunction(() => document.activeElement?.id.includes("vipNetworks-1--networkName"));
  await page.getByRole("group", { name: "VIP network 2" }).getByLabel("Network by").selectOption("uuid");
  await eventually(async () => assert.match(await yaml.innerText(), /networkUUID: ""/));
  await page.getByRole("button", { name: "Remove VIP network 2" }).click();
  assert.equal(await focused(page), "add-vip-network");
  await eventually(async () => assert.doesNotMatch(await yaml.innerText(), /networkUUID/));
});

pageTest("a setting without what it needs shows it beside the field, and a finding leads there", async ({ page, open, axe }) => {
  await example(page, open, "Load the example", "#/segments");
  await page.getByRole("link", { name: "trf", exact: true }).click();
  await field(page, "BGP peer labels").fill("peer1");
  await page.keyboard.press("Tab");
  const rejected = page.locator(".segment-head").getByText("Rejected");
  await rejected.waitFor();
  await page.getByLabel("Findings of this segment").getByText("peer1").or(page.getByLabel("Findings of this segment").getByRole("article")).first().waitFor();
  await axe("segments, rejected");
  await page.evaluate(() => { location.hash = "#/findings"; });
  await page.getByRole("link", { name: "spec.network.bgpPeerLabels" }).first().click();
  await page.waitForFunction(() => document.activeElement?.id.endsWith("-spec-network-bgpPeerLabels"));
  await page.getByRole("button", { name: "Add GatewayClass" }).click();
  await page.getByRole("link", { name: "avigatewayclass-tkg-wkld-trf" }).waitFor();
});

pageTest("deleting takes setting and classes, and undo brings them back", async ({ page, open }) => {
  await example(page, open, "Load the example", "#/segments");
  await page.getByRole("link", { name: "oam", exact: true }).click();
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("row", { name: /oam not defined/ }).waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "new-segment");
  await page.getByRole("status").getByRole("button", { name: "Undo" }).or(page.locator(".notice button", { hasText: "Undo" })).first().click();
  await page.getByRole("row", { name: /oam.*good/ }).waitFor();
});
