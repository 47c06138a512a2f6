// The place Review: the project against its last import and against a second one.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { loadExample } from "./lib/places.mjs";
import { pageTest } from "./lib/page_test.mjs";

const SETTING = (network) => `apiVersion: ako.vmware.com/v1beta1
kind: AviInfraSetting
metadata: {name: seg}
spec: {network: {vipNetworks: [{networkName: ${network}, cidr: 10.2.0.0/24}]}}
`;
const SERVICE = `---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: red, annotations: {aviinfrasetting.ako.vmware.com/name: seg}}
spec: {type: LoadBalancer, ports: [{port: 80}], selector: {app: web}}
`;
const VALUES = "---\nNetworkSettings: {vipNetworkList: [{networkName: global, cidr: 10.1.0.0/24}]}\n";

async function importText(page, open, text) {
  await open("#/import");
  await page.getByLabel("Paste").fill(text);
  await page.getByRole("button", { name: "Import the text" }).click();
  await page.getByRole("status").filter({ hasText: "Import" }).getByRole("button", { name: "Close" }).click();
  await page.locator(".saved").waitFor();
}

pageTest("review: an edit against the last import, also after a reload", async ({ page, open, axe, shot }) => {
  await importText(page, open, SETTING("vip-a") + SERVICE + VALUES);
  await open("#/review");
  await page.getByText("There is no difference.").waitFor();
  await open("#/yaml");
  const text = page.getByRole("textbox", { name: /^Text of / });
  await text.waitFor();
  await text.focus();
  await page.keyboard.press("Control+f");
  await page.waitForFunction(() => document.activeElement?.id === "editor-find");
  await page.keyboard.type("vip-a");
  await page.getByLabel("Replace with").fill("vip-b");
  await page.getByRole("button", { name: "Replace all" }).click();
  await page.keyboard.press("Escape");
  await text.blur();
  await page.waitForTimeout(1500);
  await page.locator(".saved").waitFor();
  await open("#/review");
  await page.reload();
  const moves = page.getByRole("region", { name: "Landings that move" });
  await moves.getByText("red/web TCP/80").waitFor();
  await eventually(async () => assert.match(await moves.innerText(), /moves[\s\S]*from vip-a 10\.2\.0\.0\/24[\s\S]*to vip-b 10\.2\.0\.0\/24/));
  // AKO moves the VIP, and loses its subnet.
  await eventually(async () => assert.match(await page.getByRole("region", { name: "Interruptions" }).innerText(), /vip-b without subnet/));
  await eventually(async () => assert.match(await page.getByRole("region", { name: "Objects" }).innerText(), /changed\s*AviInfraSetting\/seg/));
  await eventually(async () => assert.match(await page.getByRole("region", { name: "Text" }).innerText(), /vip-a[\s\S]*vip-b/));
  await axe("review");
  await shot("review");
  await page.getByRole("button", { name: "Compare from now on" }).click();
  await page.getByText("There is no difference.").waitFor();
});

pageTest("review: the example against a second import, both ways", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Overview" }).click();
  await page.evaluate(() => { location.hash = "#/review"; });
  await page.getByText("There is no difference.").waitFor();
  await page.getByLabel("Compare the project with").selectOption("what shall come: manifests to paste or choose");
  await page.getByLabel("Manifests").fill(SETTING("vip-a") + SERVICE + VALUES);
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.getByRole("region", { name: "Interruptions" }).getByText("AKO deletes this virtual service").first().waitFor();
  await eventually(async () => assert.match(await page.getByRole("region", { name: "Objects" }).innerText(), /added\s*AviInfraSetting\/seg/));
  await axe("review, a second import");
  await shot("review-second");
  // The other way round, what comes is what goes; the project itself is as it was.
  await page.getByLabel("Compare the project with").selectOption("what runs now: manifests to paste or choose");
  await page.getByRole("region", { name: "Objects" }).getByText("removed").first().waitFor();
  await eventually(async () => assert.match(await page.getByRole("region", { name: "Objects" }).innerText(), /removed\s*AviInfraSetting\/seg/));
  await page.getByLabel("Compare the project with").selectOption("what was imported last");
  await page.getByText("There is no difference.").waitFor();
});

pageTest("review: an empty project says what belongs there", async ({ page, open, axe }) => {
  await open("#/review");
  await page.getByText("There is no project to compare yet.").waitFor();
  await axe("review, empty");
});
