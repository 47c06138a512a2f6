// Sharing: links there and back, with and without a passphrase; what strangers' links must not do.
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { deflateSync, inflateSync } from "node:zlib";
import { download } from "./lib/download.mjs";
import { eventually } from "./lib/eventually.mjs";
import { pageTest, ready } from "./lib/page_test.mjs";
import { loadExample } from "./lib/places.mjs";
import { heads, untilSaved } from "./lib/store.mjs";

const CORPUS = new URL("../share/", import.meta.url);
const netstring = (text) => `${Buffer.byteLength(text)}:${text}`;
/** A plain link around any strings: project, then name and text of each file. */
const linkOf = (...strings) => `#/share/1.${deflateSync(Buffer.from(strings.map(netstring).join(""))).toString("base64url")}`;

/** Opens the dialog and gives the link in it. */
async function shareLink(page) {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  return page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
}

/** Goes to a link as a click on it does, with a load of the page. */
async function follow(page, link) {
  await page.goto("about:blank");
  await page.goto(link);
  await ready(page);
}

/** Opens a sealed link without akoplan: the format is what `src/share/envelope.rs` says. */
async function unseal(link, passphrase) {
  const bytes = Buffer.from(link.split("1p.")[1], "base64url");
  const [rounds, salt, iv, header] = [bytes.readUInt32BE(0), bytes.subarray(4, 20), bytes.subarray(20, 32), bytes.subarray(0, 32)];
  assert.ok(rounds >= 600_000);
  const raw = await crypto.subtle.importKey("raw", Buffer.from(passphrase.normalize("NFC")), "PBKDF2", false, ["deriveKey"]);
  const derivation = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  const key = await crypto.subtle.deriveKey(derivation, raw, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const packed = await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData: header }, key, bytes.subarray(32));
  return inflateSync(Buffer.from(packed)).toString("utf8");
}

pageTest("a link carries the project to another browser, and to no server", async ({ page, context, open, requests, axe, shot }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await loadExample(page, open);
  const link = await shareLink(page);
  assert.ok(link.length < 4000, `${link.length}`);
  await page.getByText(`${link.length} characters`).waitFor();
  await page.getByRole("button", { name: "Copy the link" }).click();
  await page.getByRole("button", { name: "Copied the link" }).waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), link);
  await axe("share");
  await shot("share");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.waitForFunction(() => document.activeElement?.id === "share-button");

  const other = await context.browser().newContext({ locale: "en-GB" });
  const there = await other.newPage();
  there.on("request", (request) => requests.push(request));
  await there.goto(link);
  await ready(there);
  await there.getByRole("heading", { name: "tkg-wkld" }).waitFor();
  assert.match(there.url(), /#\/share$/);
  assert.deepEqual(await heads(there), [], "nothing is taken in before one says so");
  await there.getByRole("button", { name: "Open as a new project" }).click();
  await there.getByRole("heading", { name: "Overview" }).waitFor();
  await there.getByRole("button", { name: "Project tkg-wkld" }).waitFor();
  await untilSaved(there);
  assert.equal(await shareLink(there), link, "the same project gives the same link");
  for (const request of requests) {
    assert.ok(!request.url().includes("1."+link.split("/share/1.")[1].slice(0, 20)), request.url());
    assert.doesNotMatch(JSON.stringify(request.headers()), /share/);
  }
  await other.close();
});

pageTest("a shared project can be added to one's own, or left", async ({ page, open, axe, shot, base }) => {
  await loadExample(page, open);
  const link = base + linkOf("theirs", "akoplan.yaml", "# theirs\n", "apps/red/new.yaml", "kind: Service\napiVersion: v1\nmetadata: {name: new, namespace: red}\n");
  await follow(page, link);
  await page.getByRole("heading", { name: "theirs" }).waitFor();
  await page.getByText("2 files").waitFor();
  await page.waitForFunction(() => document.activeElement?.id === "open-shared");
  await axe("shared");
  await shot("shared");
  await page.getByRole("link", { name: "Cancel" }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  assert.equal((await heads(page)).length, 1);

  await follow(page, link);
  await page.getByRole("button", { name: "Add to my open project" }).click();
  const files = page.getByRole("navigation", { name: "Files" });
  await files.getByRole("link", { name: "apps/red/new.yaml" }).waitFor();
  await files.getByRole("link", { name: /^akoplan-2\.yaml/ }).waitFor();
  await page.keyboard.press("Control+z");
  await files.getByRole("link", { name: "apps/red/new.yaml" }).waitFor({ state: "detached" });

  await follow(page, link);
  await page.getByRole("button", { name: "Open as a new project" }).click();
  await page.getByRole("button", { name: "Project theirs" }).waitFor();
  await untilSaved(page);
  assert.deepEqual((await heads(page)).map((head) => head.name).sort(), ["theirs", "tkg-wkld"]);
});

pageTest("a passphrase seals the link", async ({ page, open, axe, shot }) => {
  await loadExample(page, open);
  await shareLink(page);
  const passphrase = "Café 10.10.0.0/24";
  await page.getByLabel("Passphrase (optional)").fill(passphrase);
  await eventually(async () => assert.equal(await page.getByRole("textbox", { name: "Link", exact: true }).count(), 0, "no plain link beside a passphrase"));
  await page.getByLabel("Passphrase (optional)").press("Enter");
  const link = await page.getByRole("textbox", { name: "Link", exact: true }).inputValue();
  assert.match(link, /#\/share\/1p\.[\w-]+$/);
  assert.match(await unseal(link, passphrase), /aviinfrasetting-tkg-wkld-oam/);
  await page.getByLabel("Passphrase (optional)").press("x");
  await page.getByRole("button", { name: "Seal with the passphrase" }).waitFor();

  await follow(page, link);
  await page.waitForFunction(() => document.activeElement?.id === "passphrase");
  await page.keyboard.type("wrong");
  await page.keyboard.press("Enter");
  await page.getByText("the passphrase does not open this link").waitFor();
  await axe("a sealed link");
  await shot("share-sealed");
  // The accent typed in two parts is the same passphrase.
  await page.getByLabel("Passphrase").fill(passphrase.normalize("NFD"));
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "tkg-wkld" }).waitFor();
});

pageTest("links that were once made open for ever", async ({ page, open, base }) => {
  await open();
  const names = (await readdir(CORPUS)).filter((name) => name.endsWith(".link"));
  assert.ok(names.length >= 8);
  for (const name of names) {
    const link = (await readFile(new URL(name, CORPUS), "utf8")).trim();
    const expected = JSON.parse(await readFile(new URL(name.replace(".link", ".json"), CORPUS), "utf8"));
    await follow(page, `${base}#/share/${link}`);
    if (expected.passphrase) {
      await page.getByLabel("Passphrase").fill(expected.passphrase);
      await page.keyboard.press("Enter");
    }
    await page.getByRole("heading", { name: expected.project || "Without a name" }).waitFor();
    const shown = await page.locator(".share-files li span:first-child").allInnerTexts();
    assert.deepEqual(shown, expected.files.map(([file]) => file), name);
  }
});

pageTest("hostile links do nothing and harm nothing", async ({ page, open, base, axe, shot }) => {
  await loadExample(page, open);
  const whole = linkOf("x", "a.yaml", "a: 1\n".repeat(20));
  const rounds = Buffer.concat([Buffer.from([0xff, 0xff, 0xff, 0xff]), Buffer.alloc(60)]).toString("base64url");
  const refused = [
    [whole.slice(0, -9), /damaged/],
    [`${whole.slice(0, 30)}AAAA${whole.slice(34)}`, /damaged/],
    [`#/share/1.${deflateSync(Buffer.alloc(30_000_000, "0")).toString("base64url")}`, /more is packed/],
    ["#/share/2.abc", /newer akoplan \(format 2\)/],
    [`#/share/1p.${rounds}`, /keep this browser busy/],
    ["#/share/<script>alert(1)</script>.x", /no link of akoplan/],
    [`#/share/1.${"A".repeat(500_000)}`, /damaged/],
  ];
  for (const [fragment, words] of refused) {
    await follow(page, base + fragment);
    await page.getByRole("alert").filter({ hasText: words }).waitFor();
    assert.match(page.url(), /#\/share$/);
  }
  await axe("a damaged link");
  await shot("share-damaged");

  const script = "<img src=x onerror=document.title='harm'><script>document.title='harm'</script>";
  await follow(page, base + linkOf(`${script}\u202e`, `../../${script}.yaml`, `metadata: {name: "${script}"}\nkind: Service\napiVersion: v1\n`, "__proto__", "constructor: 1\n", "{{x}}", "{{ .Values.x }}\n"));
  await page.getByRole("heading", { name: "<img src=x" }).waitFor();
  const names = await page.locator(".share-files li span:first-child").allInnerTexts();
  assert.ok(names.every((name) => !name.includes("..")), names.join());
  await page.getByRole("button", { name: "Open as a new project" }).click();
  await page.getByRole("heading", { name: "Overview" }).waitFor();
  for (const place of ["findings", "yaml", "services", "projects"]) {
    await page.evaluate((place) => { location.hash = `#/${place}`; }, place);
    await page.getByRole("heading", { level: 2 }).first().waitFor();
  }
  assert.doesNotMatch(await page.title(), /harm/);
  assert.equal(await page.locator("main img, main script").count(), 0);
  await untilSaved(page);
  await page.getByRole("button", { name: "Open tkg-wkld" }).click();
  await page.getByRole("button", { name: "Project tkg-wkld" }).waitFor();
});

pageTest("what is too long for a link goes as a file", async ({ page, open, axe, shot }) => {
  await open("#/import");
  // Numbers that do not compress.
  let state = 1;
  const noise = Array.from({ length: 12_000 }, () => (state = (state * 48271) % 2147483647).toString(36)).join("\n# ");
  await page.getByLabel("Files", { exact: true }).setInputFiles([{ name: "long.yaml", mimeType: "text/plain", buffer: Buffer.from(`# ${noise}\n`) }]);
  await page.getByRole("button", { name: /^Project / }).waitFor();
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByRole("alert").filter({ hasText: "browsers and chats reliably take 32000" }).waitFor();
  await axe("share, too long");
  await shot("share-too-long");
  const file = await download(page, page.getByRole("button", { name: "Download as file instead" }));
  assert.ok(JSON.parse(file.bytes.toString("utf8")).texts[0].includes(noise));
});

pageTest("where the browser cannot seal, the page says so", async ({ page, open, base }) => {
  await page.addInitScript(() => Object.defineProperty(window, "isSecureContext", { get: () => false }));
  await loadExample(page, open);
  await page.getByRole("button", { name: "Share", exact: true }).click();
  await page.getByText("A passphrase is not offered").waitFor();
  const sealed = (await readFile(new URL("v1-passphrase.link", CORPUS), "utf8")).trim();
  await follow(page, `${base}#/share/${sealed}`);
  await page.getByRole("alert").filter({ hasText: "over https" }).waitFor();
});
