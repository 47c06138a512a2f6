// The place Ingresses: the table, a new one, rules and certificates, and older versions that are only shown.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { loadExample, yaml } from "./lib/places.mjs";
import { pageTest } from "./lib/page_test.mjs";

pageTest("ingresses: a new one, then a rule, a path, a certificate", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await open("#/ingresses");
  await axe("ingresses");
  await shot("ingresses");
  await page.getByRole("link", { name: "New ingress" }).click();
  await page.getByLabel("Name", { exact: true }).fill("shop");
  await page.getByLabel("Class").selectOption("avi-ingress-class-oam");
  await page.getByLabel("Host").fill("shop.my-domain.com");
  await page.getByLabel("Service").selectOption("web-service-1");
  await page.getByLabel("Port").fill("443");
  await axe("ingresses, new");
  await shot("ingresses-new");
  await page.getByLabel("Port").press("Enter");
  await page.getByRole("heading", { name: "default/shop" }).waitFor();
  await page.getByText("→ tkg-wkld-oam-vip 10.223.63.0/26").first().waitFor();
  await page.getByRole("button", { name: "Add a path to rule 1" }).click();
  await page.getByLabel("Path of path 2 of rule 1").fill("/api");
  await page.getByLabel("Service of path 2 of rule 1").selectOption("web-service-1");
  await page.getByLabel("Port of path 2 of rule 1").fill("https");
  assert.match(await yaml(page), /path: \/api\n +pathType: Prefix\n +backend:\n +service:\n +name: web-service-1\n +port:\n +name: https/);
  await page.getByRole("button", { name: "Add a certificate" }).click();
  assert.equal(await page.getByLabel("Hosts of certificate 1").inputValue(), "shop.my-domain.com");
  await page.getByLabel("Secret of certificate 1").fill("shop-tls");
  await axe("ingresses, form");
  await shot("ingresses-form");
  await page.getByRole("button", { name: "Remove path 2 of rule 1" }).click();
  assert.doesNotMatch(await yaml(page), /\/api/);
});

pageTest("ingresses: an older version is shown and not written", async ({ page, open, axe, shot }) => {
  await loadExample(page, open, "with mistakes");
  await open("#/ingresses");
  await page.getByRole("link", { name: "my-ingress" }).click();
  await page.getByText("was removed in Kubernetes 1.22").first().waitFor();
  await eventually(async () => assert.equal(await page.getByLabel(/^Host of rule/).count(), 0));
  await axe("ingresses, older version");
  await shot("ingresses-older");
});
