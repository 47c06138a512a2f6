// The place Landings: the fall-backs on top, filters, the chain of a row, and the bar at the bottom of a narrow screen.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { loadExample } from "./lib/places.mjs";
import { pageTest } from "./lib/page_test.mjs";

const rows = (page) => page.locator(".landings tbody tr:not(.row-chain)");

pageTest("landings: what goes elsewhere is on top, with its reason", async ({ page, open, axe, shot }) => {
  await loadExample(page, open, "with mistakes");
  await open("#/landings");
  await shot("landings");
  await axe("landings");
  const first = rows(page).first();
  await eventually(async () => assert.match(await first.innerText(), /elsewhere[\s\S]*sctp-service-sigtran SCTP\/2905[\s\S]*sigtran[\s\S]*global tkg-wkld-vip-default/));
  await first.getByRole("link").click();
  await page.locator(".row-chain .hop-broken").first().waitFor();
  assert.match(page.url(), /#\/landings\/.*sctp/);
  await shot("landings-open");
  await axe("landings, a row open");
  // The address brings the open row back, and its link leads to the form.
  await page.reload();
  await page.locator(".row-chain").getByRole("link", { name: "Open Service/default/sctp-service-sigtran" }).click();
  await page.getByRole("heading", { name: "default/sctp-service-sigtran" }).waitFor();
  await page.goBack();
  await rows(page).first().click();
  await page.locator(".row-chain").waitFor({ state: "detached" });
});

/** Holds that there come to be rows, and all of them like this. */
const everyRow = (page, pattern) => eventually(async () => {
  const texts = await rows(page).allInnerTexts();
  assert.ok(texts.length > 0 && texts.every((text) => pattern.test(text)), texts.join("\n"));
});

pageTest("landings: words, state and segment narrow the table", async ({ page, open }) => {
  await loadExample(page, open);
  await open("#/landings");
  await rows(page).first().waitFor();
  const all = await rows(page).count();
  await page.getByLabel("Search").fill("sctp sigtran-vip");
  await page.getByText(`1 of ${all}`).waitFor();
  await page.getByLabel("Search").fill("");
  await page.getByLabel("Segment").selectOption({ label: "oam" });
  await everyRow(page, /oam/);
  await page.getByLabel("State").selectOption("lands");
  await everyRow(page, /lands/);
});

pageTest("landings: an empty project says what belongs there", async ({ page, open, axe }) => {
  await open("#/landings");
  await page.getByText("Nothing lands yet.").waitFor();
  await axe("landings, empty");
});

pageTest("narrow: five places in the bar, the rest behind More", { viewport: { width: 390, height: 844 } }, async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  const bar = page.getByRole("navigation", { name: "Places" });
  await eventually(async () => assert.equal(await bar.getByRole("link").count(), 5));
  for (const link of await bar.getByRole("link").all()) {
    const box = await link.boundingBox();
    assert.ok(box.x >= 0 && box.x + box.width <= 390 && box.height >= 44, JSON.stringify(box));
  }
  await bar.getByRole("button", { name: "More" }).click();
  await axe("more places");
  await shot("navigation-more");
  await bar.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("heading", { name: "Settings" }).waitFor();
  await eventually(async () => assert.equal(await bar.getByRole("link").count(), 5));
});

const V1 = `featureGates: {GatewayAPI: true}
AKOSettings: {clusterName: tkg-wkld}
NetworkSettings: {vipNetworkList: [{networkName: vip-default, cidr: 10.1.0.0/24}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: GatewayClass
metadata: {name: avi-lb}
spec: {controllerName: ako.vmware.com/avi-lb}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: shop-gateway, namespace: red}
spec:
  gatewayClassName: avi-lb
  listeners:
  - {name: web, protocol: HTTP, port: 80, hostname: "*.example.com"}
  - {name: secure, protocol: HTTPS, port: 443, hostname: "*.example.com", tls: {certificateRefs: [{name: missing}]}}
---
apiVersion: v1
kind: Service
metadata: {name: shop, namespace: red}
spec: {ports: [{port: 8080}], selector: {app: shop}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: red}
spec:
  parentRefs: [{name: shop-gateway}]
  hostnames: [shop.example.com, shop.other.org]
  rules:
  - matches: [{path: {value: /cart}}]
    backendRefs: [{name: shop, port: 8080}]
`;

pageTest("Gateway API v1: Gateways and HTTPRoutes show parts, status and landings", async ({ page, open, axe, shot }) => {
  await open("#/import");
  await page.getByLabel("Paste").fill(V1);
  await page.getByRole("button", { name: "Import the text" }).click();
  await page.locator(".saved").waitFor();
  await open("#/gateways");
  await page.getByRole("link", { name: "shop-gateway" }).click();
  await page.getByRole("heading", { name: "red/shop-gateway" }).waitFor();
  await page.getByText("Status that AKO writes").click();
  await page.getByRole("rowheader", { name: /listener web, attachedRoutes 1/ }).first().waitFor();
  await axe("gateway v1");
  await shot("gateway-v1");
  await open("#/ingresses");
  await page.getByRole("link", { name: "shop", exact: true }).click();
  await page.getByRole("heading", { name: "red/shop" }).waitFor();
  await page.getByText("PathPrefix /cart").waitFor();
  await page.locator(".trace").getByText("global vip-default 10.1.0.0/24").waitFor();
  await page.getByText("no listener of the Gateway has the host").first().waitFor();
  await page.getByText("Status that AKO writes").click();
  await page.getByRole("rowheader", { name: "parent red/shop-gateway" }).first().waitFor();
  await axe("route");
  await shot("route-v1");
  await page.getByRole("link", { name: "red/shop-gateway" }).first().click();
  await page.getByRole("heading", { name: "red/shop-gateway" }).waitFor();
});
