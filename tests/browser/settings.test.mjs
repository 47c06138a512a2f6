// The place Settings: documents are made with their first entry; the Avi side is a table.
import assert from "node:assert/strict";
import { copiedText } from "./lib/editor.mjs";
import { pageTest } from "./lib/page_test.mjs";

const field = (page, label) => page.getByLabel(label, { exact: true });
const textOf = async (page, file) => {
  const text = await copiedText(page, file);
  await page.evaluate(() => { location.hash = "#/settings"; });
  return text;
};

pageTest("the first entries make the documents, one step for each field", async ({ page, open, axe, shot }) => {
  await open("#/settings");
  await page.getByText("there is neither a values.yaml nor AKO's ConfigMap in this project").waitFor();
  await axe("settings, empty");
  await shot("settings-empty");
  await field(page, "Cluster name").pressSequentially("tkg-wkld");
  await page.keyboard.press("Tab");
  await field(page, "Services API").selectOption("true");
  await field(page, "Global VIP network").fill("all");
  await field(page, "Global CIDR").fill("10.223.62.0/26");
  await page.getByText("62 usable").waitFor();
  await field(page, "AKO version").fill("2.1.1");
  await page.getByText("aviinfrasetting-tkg-wkld-oam").waitFor();
  assert.equal(
    await textOf(page, "values.yaml"),
    "AKOSettings:\n  clusterName: tkg-wkld\n  servicesAPI: true\n" +
      "NetworkSettings:\n  vipNetworkList:\n  - networkName: all\n    cidr: 10.223.62.0/26\n",
  );
  assert.match(await textOf(page, "akoplan.yaml"), /kind: AkoplanSettings\nspec:\n {2}akoVersion: 2\.1\.1|akoVersion: "2\.1\.1"/);
  for (let step = 0; step < 5; step += 1) await page.keyboard.press("Control+z");
  await page.getByText("there is neither a values.yaml nor AKO's ConfigMap in this project").waitFor();
});

pageTest("the Avi side grows by Enter and shrinks to nothing", async ({ page, open, axe, shot }) => {
  await open("#/settings");
  await field(page, "New SE group").fill("group10");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.id === "add-se-group");
  await page.keyboard.type("group11");
  await page.keyboard.press("Enter");
  await field(page, "New network").fill("oam-vip");
  await field(page, "Subnets of the new network").fill("10.223.63.0/26");
  await page.keyboard.press("Enter");
  await field(page, "UUID of network 1").fill("network-1");
  await field(page, "DNS sub-domains").fill("a.example, b.example");
  await axe("settings, Avi side");
  await shot("settings-avi");
  assert.equal(
    (await textOf(page, "akoplan.yaml")).replace(/^[\s\S]*?spec:\n/, ""),
    "  avi:\n    seGroups:\n    - name: group10\n    - name: group11\n    networks:\n    - name: oam-vip\n" +
      "      subnets:\n      - 10.223.63.0/26\n      uuid: network-1\n    subDomains:\n    - a.example\n    - b.example\n",
  );
  await page.getByRole("button", { name: "Remove SE group group10" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "add-se-group");
  await page.getByRole("button", { name: "Remove SE group group11" }).click();
  await page.getByRole("button", { name: "Remove network oam-vip" }).click();
  await field(page, "DNS sub-domains").fill("");
  assert.doesNotMatch(await textOf(page, "akoplan.yaml"), /avi:/);
});

pageTest("templates show the names they give", async ({ page, open, axe, shot }) => {
  await open();
  await page.getByRole("button", { name: "Load the example", exact: true }).click();
  await page.evaluate(() => { location.hash = "#/settings"; });
  const naming = page.getByRole("region", { name: "Names of new objects" });
  await naming.getByText("avi-ingress-class-oam").waitFor();
  await naming.getByLabel("IngressClass").fill("{cluster}-{segment}");
  await naming.getByText("tkg-wkld-oam", { exact: true }).waitFor();
  await axe("settings");
  await shot("settings");
});

const CONFIG_MAP = `apiVersion: v1
kind: ConfigMap
metadata:
  name: avi-k8s-config
  namespace: avi-system
data:
  clusterName: tkg-wkld # kept
  serviceType: NodePort
  servicesAPI: "true"
  vipNetworkList: |-
    [{"networkName":"vip-default","cidr":"10.223.62.0/26"}]
`;

pageTest("AKO's ConfigMap is read as its values, and a change changes its line", async ({ page, open, axe, shot }) => {
  await open("#/import");
  const chosen = { name: "config.yaml", mimeType: "text/plain", buffer: Buffer.from(CONFIG_MAP) };
  await page.getByLabel("Files", { exact: true }).setInputFiles([chosen]);
  await page.getByText("Import config.yaml").waitFor();
  await page.evaluate(() => { location.hash = "#/settings"; });
  const values = page.getByRole("region", { name: "AKO's values" });
  await values.getByText("read from AKO's ConfigMap").waitFor();
  assert.equal(await field(page, "Cluster name").inputValue(), "tkg-wkld");
  assert.equal(await field(page, "Services API").inputValue(), "true");
  assert.equal(await field(page, "Service type").inputValue(), "NodePort");
  assert.equal(await field(page, "Global VIP network").inputValue(), "vip-default");
  await axe("settings, ConfigMap");
  await shot("settings-config-map");
  await field(page, "Global CIDR").fill("10.223.62.0/27");
  await field(page, "Services API").selectOption("false");
  const changed = CONFIG_MAP.replace("/26", "/27").replace('servicesAPI: "true"', 'servicesAPI: "false"');
  assert.equal(await textOf(page, "config.yaml"), changed);
});
