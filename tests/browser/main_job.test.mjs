// The main job, as a person does it: from an empty page to a bundle, with mouse and keyboard.
// The bundle is compared with tests/golden/main_job; UPDATE_EXPECT=1 writes it anew: read the diff.
import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { download, unzip } from "./lib/download.mjs";
import { goldenFiles } from "./lib/golden.mjs";
import { pageTest } from "./lib/page_test.mjs";
import { putText, untilStored } from "./lib/store.mjs";

const GOLDEN = fileURLToPath(new URL("../golden/main_job", import.meta.url));
const SERVICE = `# As the chart of the application has it.
apiVersion: v1
kind: Service
metadata:
  name: web-statefulset-service-oam
  namespace: default
spec:
  selector:
    app: nginx
  ports:
  - port: 8443
    targetPort: 443
    protocol: TCP
  type: ClusterIP
`;

const field = (page, label) => page.getByLabel(label, { exact: true });
const place = (page, name) => page.getByRole("navigation", { name: "Places" }).getByRole("link", { name }).click();

/** What AKO runs with: so that names carry the cluster, and Gateways are looked at. */
async function describeCluster(page) {
  await place(page, "Settings");
  await field(page, "Cluster name").fill("tkg-wkld");
  await field(page, "Services API").selectOption({ value: "true" });
  await field(page, "Global VIP network").fill("tkg-wkld-vip-default");
  await field(page, "Global CIDR").fill("10.223.62.0/26");
}

async function defineSegment(page) {
  await place(page, "Segments");
  await page.getByRole("button", { name: "New segment" }).click();
  await page.waitForFunction(() => document.activeElement?.id === "new-segment-name");
  await page.keyboard.type("oam");
  await field(page, "SE group").fill("tkgvsphere-tkgworkload-group10");
  await field(page, "VIP network").fill("tkg-wkld-oam-vip");
  await field(page, "CIDR").fill("10.223.63.0/26");
  await page.getByText("62 usable").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "oam", exact: true }).waitFor();
}

async function makeGateway(page) {
  await place(page, "Gateways");
  await page.getByRole("link", { name: "New gateway" }).first().click();
  await field(page, "Name").fill("app-gateway-admin-0");
  await field(page, "Namespace").fill("default");
  await field(page, "Listeners").fill("UDP 161\nTCP 80\nTCP 443");
  await page.getByRole("button", { name: "Create the Gateway" }).click();
  await page.getByRole("heading", { name: "default/app-gateway-admin-0" }).waitFor();
}

/** The chart's Service comes in as it is; its form gives it the Gateway's labels. */
async function exposeService(page) {
  await place(page, "Import");
  await field(page, "Paste").fill(SERVICE);
  await page.getByRole("button", { name: "Import the text" }).click();
  await place(page, "Services");
  await page.getByRole("link", { name: "web-statefulset-service-oam" }).click();
  await field(page, "Gateway").selectOption({ index: 1 });
}

/** Looks at the finding, its diff, and takes the first offer. */
async function mendPort(page) {
  await place(page, "Findings");
  const finding = page.getByRole("article").filter({ hasText: "AKP312" });
  await finding.getByText("has no listener TCP/8443").waitFor();
  const offer = finding.locator("details").first();
  await offer.locator("summary").click();
  await offer.locator(".diff-added").filter({ hasText: "port: 443" }).waitFor();
  await offer.getByRole("button", { name: "Apply this fix" }).click();
  await finding.waitFor({ state: "detached" });
}

async function compareWithGolden(files) {
  if (process.env.UPDATE_EXPECT) {
    await rm(GOLDEN, { recursive: true, force: true });
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(GOLDEN, name)), { recursive: true });
      await writeFile(join(GOLDEN, name), text);
    }
  }
  assert.deepEqual(files, await goldenFiles(GOLDEN));
}

const undoButton = (page) => page.getByRole("button", { name: /^(Undo:|Nothing to undo)/ });

pageTest("from an empty page to a bundle", async ({ page, open, axe, shot }) => {
  await open();
  await describeCluster(page);
  await defineSegment(page);
  await makeGateway(page);
  await exposeService(page);
  await mendPort(page);
  await page.keyboard.press("Control+z");
  await page.getByRole("article").filter({ hasText: "AKP312" }).waitFor();
  await page.keyboard.press("Control+Shift+z");
  await page.getByRole("article").filter({ hasText: "AKP312" }).waitFor({ state: "detached" });

  await place(page, "Overview");
  const lane = page.getByRole("article").filter({ has: page.getByRole("heading", { name: "oam" }) });
  await lane.getByText("default/web-statefulset-service-oam TCP/443").waitFor();
  await shot("main-job-overview");
  await axe("overview");

  await place(page, "Export");
  const zip = await download(page, page.getByRole("button", { name: "Download zip" }));
  const files = unzip(zip.bytes);
  await compareWithGolden(files);

  // The work is kept, and the way back with it.
  await untilStored(page, (project) => project?.texts.some((text) => text.includes("  - port: 443")));
  await page.reload();
  await place(page, "Export");
  const again = await download(page, page.getByRole("button", { name: "Download zip" }));
  assert.deepEqual(unzip(again.bytes), files);
  while (await undoButton(page).isEnabled()) await undoButton(page).click();
  await place(page, "Overview");
  await page.getByRole("button", { name: "Load the example", exact: true }).waitFor();
  await untilStored(page, (project) => project.files.length === 0 && project.past.length === 0);
});

pageTest("a damaged store is told, kept aside, and blocks nothing", async ({ page, open }) => {
  await open();
  await page.getByRole("button", { name: "Load the example", exact: true }).click();
  await untilStored(page, (project) => project?.files.length > 0);
  await putText(page, "{damaged");
  await page.reload();
  await page.getByText("cannot be read").waitFor();
  const saved = await download(page, page.getByRole("button", { name: "Download what was stored" }));
  assert.equal(saved.bytes.toString("utf8"), "{damaged");
  await page.getByRole("button", { name: "Load the example", exact: true }).waitFor();
});

const PLACES = ["Overview", "Segments", "Gateways", "Services", "Ingresses", "Findings", "YAML", "Import", "Export", "Settings", "Rules"];
for (const example of ["Load the example", "Load the example with mistakes"]) {
  pageTest(`${example}: every place is accessible and has a picture`, async ({ page, open, axe, shot }) => {
    await open();
    await page.getByRole("button", { name: example, exact: true }).click();
    const short = example === "Load the example" ? "clean" : "mistakes";
    for (const name of PLACES) {
      await place(page, name);
      await page.getByRole("heading", { level: 2, name }).waitFor();
      await axe(`${name}, ${short}`);
      await shot(`${short}-${name.toLowerCase()}`);
    }
  });
}

pageTest("the clean example has no finding; F8 goes through those of the other", async ({ page, open }) => {
  await open();
  await page.getByRole("button", { name: "Load the example", exact: true }).click();
  await place(page, "Findings");
  await page.getByText("Nothing is wrong that akoplan knows of").waitFor();
  await page.keyboard.press("Control+z");
  await place(page, "Overview");
  await page.getByRole("button", { name: "Load the example with mistakes", exact: true }).click();
  await page.keyboard.press("F8");
  await page.waitForFunction(() => document.activeElement?.id === "finding-0");
  await page.keyboard.press("Shift+F8");
  await page.waitForFunction(() => document.activeElement?.id !== "finding-0" && document.activeElement?.id.startsWith("finding-"));
});
