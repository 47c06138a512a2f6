// Texts that mean something to somebody, in every field that the page shows: they are shown as text, and the page
// and the work that was there stay as they were.
import assert from "node:assert/strict";
import { eventually } from "./lib/eventually.mjs";
import { pageTest, ready } from "./lib/page_test.mjs";
import { loadExample } from "./lib/places.mjs";
import { heads, untilSaved } from "./lib/store.mjs";

const file = (name, text) => ({ name, mimeType: "text/plain", buffer: Buffer.from(text) });
const SCRIPT = "<script>globalThis.harmed = true</script><img src=x onerror='globalThis.harmed = true'>";
const TEXTS = [
  SCRIPT, "\"><svg onload=globalThis.harmed=true>", "{{ .Values.x }}", "${globalThis.harmed = true}", "{{", "%s%n",
  "__proto__", "constructor", "toString", "hasOwnProperty", "a\u0000b", "\u202etxt.exe\u202c", "👨‍👩‍👧", "javascript:globalThis.harmed=true", "x".repeat(1_000),
];

/** JSON is YAML; lone surrogates are written as escapes, as nobody can write them otherwise. */
const document = (value) => `${JSON.stringify(value).replaceAll("\u007f", "\\u007f")}\n`;

/** An object of each kind with a text in each of its fields. */
function objects(text) {
  const meta = { name: text, namespace: text, labels: { [text]: text, "ako.vmware.com/gateway-name": text, "ako.vmware.com/gateway-namespace": text }, annotations: { [text]: text, "aviinfrasetting.ako.vmware.com/name": text, "ako.vmware.com/enable-shared-vip": text, "akoplan/ignore": `AKP101 ${text}` } };
  const selector = { matchLabels: { "ako.vmware.com/gateway-name": text, "ako.vmware.com/gateway-namespace": text } };
  const backend = { service: { name: text, port: { name: text } } };
  return [
    { apiVersion: "ako.vmware.com/v1beta1", kind: "AviInfraSetting", metadata: meta, spec: { seGroup: { name: text }, network: { vipNetworks: [{ networkName: text, cidr: text, v6cidr: text }], bgpPeerLabels: [text] }, [text]: text } },
    { apiVersion: "networking.x-k8s.io/v1alpha1", kind: "GatewayClass", metadata: meta, spec: { controller: text, parametersRef: { group: text, kind: text, name: text } } },
    { apiVersion: "networking.x-k8s.io/v1alpha1", kind: "Gateway", metadata: meta, spec: { gatewayClassName: text, addresses: [{ type: text, value: text }], listeners: [{ protocol: text, port: 80, hostname: text, routes: { kind: text, selector } }] } },
    { apiVersion: "v1", kind: "Service", metadata: meta, spec: { type: text, loadBalancerIP: text, selector: { [text]: text }, ports: [{ name: text, protocol: text, port: 80, targetPort: text }] } },
    { apiVersion: "networking.k8s.io/v1", kind: "IngressClass", metadata: meta, spec: { controller: text, parameters: { apiGroup: text, kind: text, name: text } } },
    { apiVersion: "networking.k8s.io/v1", kind: "Ingress", metadata: meta, spec: { ingressClassName: text, tls: [{ hosts: [text], secretName: text }], rules: [{ host: text, http: { paths: [{ path: text, pathType: text, backend }] } }] } },
    { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway", metadata: meta, spec: { gatewayClassName: text, listeners: [{ name: text, hostname: text, protocol: text, port: 80, allowedRoutes: { namespaces: { from: text } } }] } },
    { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", metadata: meta, spec: { parentRefs: [{ name: text, sectionName: text }], hostnames: [text], rules: [{ matches: [{ path: { type: text, value: text } }], backendRefs: [{ name: text, port: 80 }] }] } },
    { apiVersion: text, kind: text, metadata: meta, [text]: { [text]: text } },
    { apiVersion: "akoplan/v1alpha1", kind: "AkoplanSettings", metadata: meta, spec: { akoVersion: text, defaultNamespace: text, avi: { seGroups: [{ name: text }], networks: [{ name: text, cidrs: [text] }] }, intents: [{ kind: text, namespace: text, name: text, segment: text }], naming: { aviInfraSetting: text } } },
    { AKOSettings: { clusterName: text }, NetworkSettings: { vipNetworkList: [{ networkName: text, cidr: text }] }, L7Settings: { serviceType: text } },
  ];
}

const PLACES = ["overview", "segments", "gateways", "services", "ingresses", "landings", "findings", "yaml", "review", "migrate", "export", "settings", "rules", "projects", "import"];
const OF_OBJECTS = { segments: [0], gateways: [2, 6], services: [3], ingresses: [5] };

/** Holds that no text became an element, ran, or opened anything. */
async function unharmed(page, where) {
  assert.equal(await page.evaluate(() => globalThis.harmed ?? {}.harmed), undefined, where);
  assert.equal(await page.locator("body script, body img, body svg[onload], main iframe, a[href^='javascript:']").count(), 0, where);
}

const go = async (page, place) => {
  await page.evaluate((place) => { location.hash = `#/${place}`; }, place);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
};

pageTest("in every field of every kind, in every place", async ({ page, open }) => {
  const dialogs = [];
  page.on("dialog", (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
  await loadExample(page, open);
  for (const [at, text] of TEXTS.entries()) {
    await go(page, "import");
    const name = `hostile-${at}.yaml`;
    await page.getByLabel("Files", { exact: true }).setInputFiles([file(name, objects(text).map((value) => `---\n${document(value)}`).join(""))]);
    // The example has settings and values, too: both stay.
    await page.getByRole("form", { name: /already$/ }).getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText(`Import ${name}`).first().waitFor();
    // All places for the first; for the others those that show most.
    const places = at === 0 ? PLACES : ["overview", "landings", "findings", "export"];
    for (const place of places) {
      await go(page, place);
      await unharmed(page, `${place} with ${text.slice(0, 40)}`);
    }
    for (const [place, documents] of Object.entries(OF_OBJECTS)) {
      for (const document of at % 3 === 0 ? documents : []) {
        await go(page, `${place}/${name},${document}`);
        await unharmed(page, `${place} ${document} with ${text.slice(0, 40)}`);
      }
    }
    await page.keyboard.press("Escape");
    await go(page, "export");
    await page.keyboard.press("Control+z");
  }
  assert.deepEqual(dialogs, []);
  // The example is there as it was.
  await go(page, "yaml");
  const links = page.getByRole("navigation", { name: "Files" }).getByRole("link");
  await eventually(async () => assert.ok((await links.count()) > 3));
  assert.ok((await links.allInnerTexts()).every((name) => !name.startsWith("hostile")));
});

pageTest("as names of files and projects", async ({ page, open }) => {
  await loadExample(page, open);
  await go(page, "import");
  const service = (name) => `apiVersion: v1\nkind: Service\nmetadata: {name: ${name}, namespace: ${name}}\nspec: {ports: [{port: 80}]}\n`;
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty"];
  await page.getByLabel("Files", { exact: true }).setInputFiles(names.map((name) => file(`${name}.yaml`, service(name))));
  await page.getByText("Import 4 files").first().waitFor();
  await go(page, "services");
  for (const name of names) await page.getByRole("link", { name }).first().waitFor();
  await go(page, "services/__proto__.yaml,0");
  await page.getByRole("textbox", { name: "Name", exact: true }).first().waitFor();
  for (const name of [...names, SCRIPT.slice(0, 60)]) {
    await go(page, "projects");
    await page.getByRole("button", { name: /^Rename / }).first().click();
    await page.getByLabel(/^New name of/).fill(name);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: `Project ${name}` }).waitFor();
    await unharmed(page, name);
  }
  await untilSaved(page);
  await page.reload();
  await ready(page);
  assert.deepEqual((await heads(page)).map((head) => head.name), [SCRIPT.slice(0, 60)]);
  await go(page, "yaml");
  await page.getByRole("navigation", { name: "Files" }).getByRole("link", { name: "constructor.yaml" }).waitFor();
});

pageTest("twenty thousand documents, ten thousand levels and lone surrogates", { timeout: 240_000 }, async ({ page, open }) => {
  await loadExample(page, open);
  await go(page, "import");
  const deep = Array.from({ length: 10_000 }, (_, depth) => `${" ".repeat(Math.min(depth, 2_000))}a:\n`).join("");
  await page.getByLabel("Files", { exact: true }).setInputFiles([
    file("empty.yaml", "---\n".repeat(20_000)),
    file("deep.yaml", deep),
    file("flow.yaml", `a: ${"[".repeat(10_000)}1${"]".repeat(10_000)}\n`),
    file("surrogates.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: \"\\uD800\", namespace: \"\\uDFFF\\uD800\"}\n"),
    file("actions.yaml", `${"{{- if .x }}\n".repeat(10_000)}a: 1\n${"{{- end }}\n".repeat(10_000)}`),
  ]);
  await page.getByText("Import 5 files").first().waitFor({ timeout: 60_000 });
  await go(page, "findings");
  await page.getByRole("article").first().waitFor({ timeout: 60_000 });
  await unharmed(page, "findings");
  await go(page, "overview");
  await page.keyboard.press("Control+z");
  await go(page, "yaml");
  const links = page.getByRole("navigation", { name: "Files" }).getByRole("link");
  await eventually(async () => assert.ok((await links.allInnerTexts()).every((name) => !name.startsWith("deep"))));
  assert.ok((await links.count()) > 3);
});
