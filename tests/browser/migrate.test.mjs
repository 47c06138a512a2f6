// The place Migrate: offers, the report with its questions, the change as one step.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { loadExample } from "./lib/places.mjs";
import { pageTest } from "./lib/page_test.mjs";

const region = (page, name) => page.getByRole("region", { name, exact: true });
const offered = (page, to) => page.getByRole("region", { name: to });

pageTest("migrate: a Gateway to a shared VIP and back by one undo", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await open("#/services");
  await page.getByRole("link", { name: "Migrate", exact: true }).last().click();
  await offered(page, /^type LoadBalancer/).getByRole("link").waitFor();
  await axe("migrate, offers");
  await shot("migrate");
  await offered(page, /^shared VIP/).getByRole("link", { name: "Gateway default/app-gateway-admin-0" }).click();
  await eventually(async () =>
    assert.match(await region(page, "Where it lands").innerText(), /stays\s*default\/snmp-service-oam UDP\/161\s*on tkg-wkld-oam-vip 10\.223\.63\.0\/26/),
  );
  await eventually(async () => assert.match(await region(page, "In the cluster").innerText(), /kubectl delete gateways\.networking\.x-k8s\.io app-gateway-admin-0/));
  const key = page.getByLabel("What is the key of the shared VIP?");
  assert.equal(await key.inputValue(), "oam");
  await key.fill("snmp-service-oam");
  await key.press("Tab");
  await page.getByText("both would be one virtual service").waitFor();
  await page.getByRole("button", { name: "Migrate", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "Not so" }).waitFor();
  await key.fill("admin");
  await eventually(async () => assert.match(await region(page, "Text").innerText(), /ako\.vmware\.com\/enable-shared-vip: admin/));
  await axe("migrate, a shared VIP");
  await shot("migrate-shared-vip");
  await page.getByRole("button", { name: "Migrate", exact: true }).click();
  const done = page.getByRole("status").filter({ hasText: "migrate Gateway default/app-gateway-admin-0 to shared-vip" });
  await done.waitFor();
  await offered(page, /^Gateway of the services API/).getByRole("link", { name: "shared VIP default/admin" }).waitFor();
  await done.getByRole("button", { name: "Undo" }).click();
  await offered(page, /^shared VIP/).getByRole("link", { name: "Gateway default/app-gateway-admin-0" }).waitFor();
});

pageTest("migrate: Gateway API v1 says what would be lost, and waits", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await open("#/migrate/gateway-api%20Ingress%2Fdefault%2Fmy-ingress");
  await eventually(async () => assert.match(await region(page, "Lost").innerText(), /the VIP networks: VIPs are on the global network/));
  await eventually(async () => assert.match(await region(page, "Where it lands").innerText(), /moves\s*default\/my-ingress/));
  await page.getByRole("button", { name: "Migrate", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "To be decided" }).waitFor();
  await page.getByLabel(/^AKO's values do not have/).selectOption("yes");
  await page.getByLabel(/Do it all the same\?$/).selectOption("no");
  await page.getByText("nothing is changed, as you decided").first().waitFor();
  await axe("migrate, Gateway API");
  await shot("migrate-gateway-api");
  await page.getByLabel(/Do it all the same\?$/).selectOption("yes");
  await page.getByRole("button", { name: "Migrate", exact: true }).click();
  await page.getByRole("status").filter({ hasText: "migrate Ingress/default/my-ingress to gateway-api" }).waitFor();
  await open("#/migrate/gateway-api%20Gateway%2Fdefault%2Fapp-gateway-admin-0");
  await eventually(async () => assert.match(await region(page, "Not possible").innerText(), /AKO has no layer 4 in Gateway API v1/));
  assert.equal(await page.getByRole("button", { name: "Migrate", exact: true }).count(), 0);
  await axe("migrate, layer 4");
  await shot("migrate-layer-4");
});

pageTest("migrate: a finding about an old version leads there, by keyboard", async ({ page, open, axe, shot }) => {
  await loadExample(page, open, "with mistakes");
  await open("#/findings");
  const link = page.getByRole("link", { name: "Migrate: what is kept and lost" });
  await link.first().focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Migrate", exact: true }).waitFor();
  await axe("migrate, old version");
  await shot("migrate-old-version");
  await page.keyboard.press("Escape");
  await offered(page, /^AviInfraSetting/).getByRole("link").waitFor();
});
