// The place Services: the table with its filter, the form, and "Expose a service" with each of its ways.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { loadExample, yaml } from "./lib/places.mjs";
import { pageTest } from "./lib/page_test.mjs";

pageTest("services: the table is filtered by any word", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await open("#/services");
  await axe("services");
  await shot("services");
  await page.getByLabel("Filter").fill("sctp sigtran");
  await page.getByText("1 of 6").waitFor();
  await page.getByRole("link", { name: "sctp-service-sigtran" }).waitFor();
  await page.getByText("tkg-wkld-sigtran-vip 10.223.65.0/26").waitFor();
});

pageTest("services: the form changes gateway, type and ports", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await open("#/services");
  await page.getByRole("link", { name: "snmp-service-oam" }).click();
  await axe("services, form");
  await shot("services-form");
  await page.getByRole("list", { name: "The way of UDP/161" }).waitFor();
  await page.getByLabel("Gateway", { exact: true }).selectOption("");
  assert.doesNotMatch(await yaml(page), /gateway-name/);
  await page.getByLabel("Gateway", { exact: true }).selectOption("default/app-gateway-admin-0");
  assert.match(await yaml(page), /gateway-name: app-gateway-admin-0/);
  await page.getByLabel("Add ports").fill("TCP 8080");
  await page.getByLabel("Add ports").press("Enter");
  assert.equal(await page.getByLabel("Name of port 2").inputValue(), "tcp-8080");
  await page.getByLabel("Port 2", { exact: true }).fill("x");
  await page.getByLabel("Name of port 2").focus();
  assert.match(await yaml(page), /port: x$/m);
  await page.getByRole("button", { name: "Remove port 2" }).click();
  await page.getByLabel("Type").selectOption("LoadBalancer");
  await page.getByLabel("Segment").selectOption("aviinfrasetting-tkg-wkld-trf");
  assert.match(await yaml(page), /aviinfrasetting.ako.vmware.com\/name: aviinfrasetting-tkg-wkld-trf/);
});

pageTest("services: 8443 and its fix", async ({ page, open, axe, shot }) => {
  await loadExample(page, open, "with mistakes");
  await open("#/services");
  await page.getByRole("link", { name: "web-statefulset-service-oam" }).click();
  await page.locator(".hop-broken").getByText("broken").waitFor();
  await axe("services, mistakes");
  await shot("services-mistakes");
  await page.getByText("Fix: set the Service's port to 443").click();
  await page.getByRole("button", { name: "Apply this fix" }).click();
  await page.locator(".hop-broken").waitFor({ state: "detached" });
  assert.equal(await page.getByLabel("Port 1", { exact: true }).inputValue(), "443");
});

pageTest("expose: TCP and UDP 53 on one address, by keyboard alone", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await open("#/services");
  await page.getByRole("link", { name: "Expose a service" }).focus();
  await page.keyboard.press("Enter");
  const service = page.getByLabel("Service", { exact: true });
  await page.waitForFunction(() => document.activeElement?.id === "expose-service");
  assert.equal(await service.inputValue(), "");
  await axe("expose, empty");
  await page.keyboard.press("Tab");
  await page.keyboard.type("dns");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("app=dns");
  await page.keyboard.press("Tab");
  await page.keyboard.type("TCP 53, UDP 53");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Space");
  await page.getByText("Adds the listeners TCP/53, UDP/53 to app-gateway-admin-0").waitFor();
  await page.getByText("A Service of type LoadBalancer has an address of its own;").waitFor();
  const verdicts = await page.locator(".way .mark").allTextContents();
  assert.deepEqual(verdicts, ["can", "can", "cannot", "can", "cannot"]);
  await axe("expose");
  await shot("expose");
  await page.getByLabel("Name", { exact: true }).press("Enter");
  await page.getByRole("heading", { name: "default/dns" }).waitFor();
  await eventually(async () => assert.equal(await page.getByText("→ tkg-wkld-oam-vip 10.223.63.0/26").count() > 0, true));
  await page.getByRole("link", { name: "no finding" }).waitFor();
  await page.keyboard.press("Control+z");
  await page.getByRole("heading", { name: "default/dns" }).waitFor({ state: "detached" });
});

pageTest("expose: an existing Service by a new Gateway, an Ingress, no segment", async ({ page, open }) => {
  await loadExample(page, open);
  await open("#/services");
  await page.getByRole("link", { name: "traffic-service-trf" }).click();
  await page.getByRole("link", { name: "Expose…" }).click();
  assert.equal(await page.getByLabel("Segment").inputValue(), "aviinfrasetting-tkg-wkld-trf");
  await page.getByText("No GatewayClass of AKO's refers to").waitFor();
  await page.getByLabel("Segment").selectOption("aviinfrasetting-tkg-wkld-oam");
  await page.getByRole("button", { name: "Expose", exact: true }).waitFor();
  await page.getByLabel("Gateway labels: a new Gateway").check();
  await page.getByLabel("Name of the new Gateway").fill("trf-gateway-0");
  await page.getByText("apps/default/trf-gateway-0.yaml").waitFor();
  assert.ok(await page.getByLabel("Gateway labels: a new Gateway").isChecked());
  await page.getByLabel("Ingress: by host and path").check();
  await page.getByLabel("Host", { exact: true }).fill("trf.my-domain.com");
  await page.getByText("kind: Ingress").first().waitFor();
  await page.getByLabel("Segment").selectOption("");
  await page.getByLabel("LoadBalancer annotation").check();
  await page.getByText("global tkg-wkld-vip-default").first().waitFor();
  await page.getByRole("button", { name: "Expose", exact: true }).click();
  await page.getByRole("heading", { name: "default/traffic-service-trf" }).waitFor();
  assert.doesNotMatch(await yaml(page), /aviinfrasetting/);
});
