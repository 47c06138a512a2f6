// The page as it comes from a static server, under a sub-path, before anybody touches it.
import assert from "node:assert/strict";
import { BUDGET, brotli } from "../../scripts/size.mjs";
import { pageTest, ready } from "./lib/page_test.mjs";

pageTest("starts under a sub-path, with a heading and a main landmark", async ({ page, open, axe, shot }) => {
  await open();
  assert.equal(await page.getByRole("main").count(), 1);
  assert.ok(await page.locator("h1").count());
  await axe("start");
  await shot("start");
});

// The budget is not met yet: see `make size`. Until it is, what has been reached may not get worse; import, repair, review,
// sharing, projects, the editor, migrations and the places of landings came to about 235 kB; that everything large goes on
// step by step, to about 44 kB; values in a ConfigMap and objects that come twice, to about 12 kB; templates of helm that are
// read around, ignores and marks of findings, to about 22 kB; the ways out as a table with previews, to about 5 kB; charts,
// snippets, the apply kit, kustomize and sync waves, to about 90 kB; the kit beside an earlier state, waves of people's own,
// trees of kustomize and rules of clusters, to about 58 kB. Boxed computations, one style sheet and another level of wasm-opt
// took 46 kB away.
const REACHED = 1_107_000;

pageTest("first load does not grow", async ({ t, page, open, requests, base }) => {
  await open();
  await page.waitForLoadState("networkidle");
  const urls = new Set(requests.map((request) => request.url()).filter((url) => url.startsWith(base)));
  // All are fetched before the first is compressed: that takes seconds, and the server is in this process.
  const bodies = [];
  for (const url of urls) bodies.push(Buffer.from(await (await fetch(url)).arrayBuffer()));
  const total = bodies.reduce((sum, body) => sum + brotli(body), 0);
  t.diagnostic(`${urls.size} files, ${total} of ${BUDGET} bytes (brotli)`);
  assert.ok(total <= REACHED);
});

pageTest("is there within a second", async ({ t, page, base }) => {
  const times = [];
  for (let run = 0; run < 3; run += 1) {
    await page.goto("about:blank");
    const start = performance.now();
    await page.goto(base);
    await ready(page);
    times.push(Math.round(performance.now() - start));
  }
  t.diagnostic(`${times.join(", ")} ms`);
  // The best of three: the machine may be busy with something else.
  assert.ok(Math.min(...times) < 1000, `${times} ms`);
});

pageTest("forbids inline code and other hosts", async ({ page, open }) => {
  await open();
  const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy, /default-src 'none'/);
  assert.doesNotMatch(policy, /unsafe-inline|'unsafe-eval'|https?:|\*/);
  assert.equal(await page.locator("script:not([src])").count(), 0);
});

pageTest("says so when it cannot start", async ({ page, base, expectError }) => {
  expectError(/ERR_FAILED|Failed to fetch|error loading dynamically/i);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(base);
  await page.getByRole("alert").filter({ hasText: "could not start" }).waitFor();
});
