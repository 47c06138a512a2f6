// docs/guide.md, walked step by step: what it calls by name (in bold) is there and does what it says, and its pictures are
// made here. UPDATE_PICTURES=1 makes them anew: docs/guide/*.png.
import assert from "node:assert/strict";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { download, unzip } from "./lib/download.mjs";
import { pageTest } from "./lib/page_test.mjs";
import { lean } from "./lib/png.mjs";

const GUIDE = await readFile(new URL("../../docs/guide.md", import.meta.url), "utf8");
const PICTURES = fileURLToPath(new URL("../../docs/guide/", import.meta.url));
const WIDTH = 1280;

/** What the guide calls by name: in bold, outside of code. */
const named = new Set([...GUIDE.replace(/```[\s\S]*?```/g, "").matchAll(/\*\*(.+?)\*\*/g)].map((match) => match[1]));
/** The block of code below a heading or sentence. */
const block = (above) => GUIDE.slice(GUIDE.indexOf(above)).match(/```\w*\n([\s\S]*?)```/)[1];

/** A reader: does what the guide says, and only with what it names. */
function reader(page) {
  const used = new Set();
  const use = (name) => {
    assert.ok(named.has(name), `the guide names **${name}**`);
    used.add(name);
    return name;
  };
  const field = (label) => page.getByLabel(use(label), { exact: true });
  return {
    used,
    use,
    field,
    place: (name) => page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: use(name) }).click(),
    press: (name) => page.getByRole("button", { name: use(name), exact: true }).or(page.getByRole("link", { name, exact: true })).first().click(),
    choose: (name) => page.getByRole("radio", { name: use(name), exact: true }).check(),
    see: (name) => page.getByText(use(name), { exact: true }).first().waitFor(),
    fill: (label, text) => field(label).fill(text),
    select: (label, option) => field(label).selectOption(option),
  };
}

/** A picture of the window; the guide shows it. */
async function picture(page, name, height = 800) {
  assert.ok(GUIDE.includes(`](guide/${name}.png)`), `the guide shows ${name}.png`);
  await page.setViewportSize({ width: WIDTH, height });
  await page.mouse.move(0, 0);
  await page.locator(".notice").getByRole("button", { name: "Close" }).click({ timeout: 500 }).catch(() => {});
  const bytes = await page.screenshot({ animations: "disabled", caret: "initial" });
  await page.setViewportSize({ width: WIDTH, height: 800 });
  if (!process.env.UPDATE_PICTURES) return;
  await mkdir(PICTURES, { recursive: true });
  await writeFile(`${PICTURES}${name}.png`, lean(bytes));
}

/** What the platform's engineer does once for each cluster and segment. */
async function platform(page, guide) {
  await guide.place("Settings");
  await guide.fill("Cluster name", "tkg-wkld");
  await guide.select("Services API", { value: "true" });
  await guide.fill("Global VIP network", "tkg-wkld-vip-default");
  await guide.fill("Global CIDR", "10.223.62.0/26");
  await guide.place("Segments");
  await guide.press("New segment");
  await guide.fill("Segment", "oam");
  await guide.fill("SE group", "tkgvsphere-tkgworkload-group10");
  await guide.fill("VIP network", "tkg-wkld-oam-vip");
  await guide.fill("CIDR", "10.223.63.0/26");
  await page.getByText("62 usable").waitFor();
  await picture(page, "segment");
  await guide.press("Create segment");
  await page.getByRole("heading", { name: "oam", exact: true }).waitFor();
}

/** What the application's engineer does with a chart that is there. */
async function application(page, guide) {
  await guide.place("Import");
  await guide.fill("Paste", block("A Service as a chart renders it"));
  await guide.press("Import the text");
  await guide.place("Services");
  await guide.press("Expose a service");
  await guide.select("Service", "default/web-statefulset-service-oam");
  await guide.select("Segment", "aviinfrasetting-tkg-wkld-oam");
  await guide.choose("Gateway labels: a new Gateway");
  await guide.fill("Name of the new Gateway", "app-gateway-admin-0");
  await guide.see("Where it lands");
  await page.getByText("→ tkg-wkld-oam-vip 10.223.63.0/26").first().waitFor();
  await picture(page, "expose", 1100);
  await guide.press("Expose");
  await page.getByRole("heading", { name: "default/web-statefulset-service-oam" }).waitFor();
}

/** Something goes wrong, and is mended. */
async function mend(page, guide) {
  await guide.fill("Port 1", "8443");
  await guide.place("Findings");
  const finding = page.getByRole("article").filter({ hasText: "AKP312" });
  await finding.locator("summary").first().click();
  await picture(page, "finding");
  await finding.getByRole("button", { name: guide.use("Apply this fix") }).first().click();
  await page.getByText("Nothing is wrong that akoplan knows of").waitFor();
  await guide.place("Overview");
  await page.getByText("default/web-statefulset-service-oam TCP/443").first().waitFor();
  await picture(page, "overview", 360);
}

/** The ways out, and what the guide tells to run of them. */
async function takeAlong(page, guide) {
  await guide.place("Export");
  const titles = await page.locator(".layouts label").allInnerTexts();
  assert.deepEqual(titles.filter((title) => !named.has(title)), [], "the guide has every way out");
  for (const title of titles) await guide.choose(title);
  await guide.choose("Charts");
  await page.getByText("charts/segments/values.yaml").waitFor();
  await picture(page, "charts");
  const zip = await download(page, page.getByRole("button", { name: guide.use("Download zip") }));
  const readme = unzip(zip.bytes)["charts/README.md"];
  for (const line of [...block("The platform's chart goes first").split("\n"), ...block("Then the application's:").split("\n")]) {
    assert.ok(readme.includes(line), `the charts' README has: ${line}`);
  }
  await guide.choose("Chart snippets");
  await page.getByRole("button", { name: "Copy Values default/web-statefulset-service-oam" }).waitFor();
  await picture(page, "snippets");
  await guide.choose("Apply kit");
  const step = page.getByRole("region", { name: "Steps" }).getByRole("article").first();
  await step.getByText("What AKO says then").click();
  await step.getByRole("heading").first().evaluate((heading) => heading.scrollIntoView({ block: "start" }));
  await page.mouse.wheel(0, -90);
  await picture(page, "kit");
  await guide.choose("Kustomize");
  await guide.fill("New cluster", "tkg-east");
  await guide.press("Add cluster");
  await page.getByLabel("IPv4 range of aviinfrasetting-tkg-wkld-oam in tkg-east").fill("10.224.63.0/26");
  await page.getByRole("navigation", { name: "Files", exact: true }).getByText("overlays/tkg-east/").first().waitFor();
  await page.getByRole("navigation", { name: "Files", exact: true }).getByRole("link", { name: "kustomization.yaml" }).last().click();
  await page.getByRole("heading", { name: "Export" }).scrollIntoViewIfNeeded();
  await picture(page, "kustomize");
  for (const name of ["Rules", "Review"]) await guide.place(name);
  await guide.press("Share");
}

pageTest("the guide, from an empty page to files that can be deployed", { timeout: 300_000, viewport: { width: WIDTH, height: 800 }, colorScheme: "light" },
  async ({ page, open }) => {
    const guide = reader(page);
    await open();
    await platform(page, guide);
    await application(page, guide);
    await mend(page, guide);
    await takeAlong(page, guide);
    assert.deepEqual([...named].filter((name) => !guide.used.has(name)), [], "what the guide names and nobody did");
  });

pageTest("every picture of the guide is there and small, and no other", async () => {
  const shown = [...GUIDE.matchAll(/\]\(guide\/(.+?\.png)\)/g)].map((match) => match[1]);
  assert.deepEqual((await readdir(PICTURES)).sort(), [...new Set(shown)].sort());
});
