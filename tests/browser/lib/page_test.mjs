// The fixture of the browser tests: one browser and one server for each test file, a fresh profile for each test.
//
//   import { pageTest } from "./lib/page_test.mjs";
//   pageTest("a segment is written to YAML", async ({ page, open, shot, axe }) => {
//     await open("#/segments");                                  // waits until the application is there
//     await page.getByRole("button", { name: "New segment" }).click();
//     await axe("segments");                                     // no accessibility violation, light and dark
//     await shot("segments");                                    // 4 pictures into target/screenshots/
//   });
//   pageTest("…", { viewport: { width: 390, height: 844 }, colorScheme: "dark" }, async ({ … }) => { … });
//   pageTest("…", { timeout: 300_000 }, async ({ … }) => { … });   // in milliseconds, where two minutes are not enough
//
// The test gets
//   page, context   of playwright
//   base            the page's address, under a sub-path, without a fragment
//   open(fragment)  goes to the page and waits for the application
//   shot, axe       see shot.mjs and axe.mjs, bound to this page
//   requests        every request so far, in order
//   expectError(re) console and page errors that match are part of the test
//   t               the context of node's test runner (t.diagnostic(text) prints a line)
//
// A test fails on its own account, and also when the page logged an error, threw one, or asked another host for
// anything (such a request is cut off). Where it failed there is a picture: target/screenshots/failed-….png.
// The page is what `make dist` left in dist/; DIST=folder takes another.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serve } from "../../../scripts/serve.mjs";
import { axe } from "./axe.mjs";
import { launch } from "./chromium.mjs";
import { FOLDER, shot } from "./shot.mjs";

// Not the root: every address in the page has to be relative.
const PREFIX = "/some/path/akoplan/";
const READY_MS = 15_000;

let browser, server;

before(async () => {
  server = await serve({ dir: process.env.DIST ?? "dist", prefix: PREFIX });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await server?.close();
});

/** Waits until the application has replaced the "Loading…" of index.html. */
export const ready = (page) => page.waitForFunction(() => !document.querySelector("[data-boot]"), null, { timeout: READY_MS });

/** Records what must not happen on the page; `problems` is what did. */
async function watch(context, page, origin) {
  const problems = [];
  const requests = [];
  const expected = [];
  const problem = (text) => {
    if (!expected.some((pattern) => pattern.test(text))) problems.push(text);
  };
  const foreign = (url) => /^(https?|wss?):/.test(url) && new URL(url).host !== new URL(origin).host;
  await context.route((url) => foreign(url.href), (route) => route.abort());
  context.on("request", (request) => {
    requests.push(request);
    if (foreign(request.url())) problem(`request to another host: ${request.url()}`);
  });
  context.on("console", (message) => {
    if (message.type() === "error") problem(`console error: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (event) => problem(`page error: ${event.error().stack ?? event.error()}`));
  page.on("crash", () => problem("the page crashed"));
  page.on("websocket", (socket) => problem(`web socket: ${socket.url()}`));
  return { problems, requests, expectError: (pattern) => expected.push(pattern) };
}

export function pageTest(name, options, body) {
  if (typeof options === "function") return pageTest(name, {}, options);
  const { timeout = 120_000, ...own } = options;
  test(name, { timeout }, async (t) => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: "reduce",
      locale: "en-GB",
      ...own,
    });
    const page = await context.newPage();
    const { problems, requests, expectError } = await watch(context, page, server.url);
    const open = async (fragment = "") => {
      await page.goto(server.url + fragment);
      await ready(page);
    };
    try {
      await body({
        t, page, context, open, requests, expectError,
        base: server.url,
        shot: (label) => shot(page, label),
        axe: (label) => axe(page, label),
      });
      if (problems.length) assert.fail(`this must not happen on the page:\n${problems.join("\n")}`);
    } catch (error) {
      // What the page said is often the cause; what it looked like helps to see it.
      for (const problem of problems) t.diagnostic(problem);
      const picture = `${FOLDER}/failed-${name.replaceAll(/[^\w]+/g, "-")}.png`;
      await page.screenshot({ path: picture }).then(() => t.diagnostic(`picture: ${picture}`), () => {});
      throw error;
    } finally {
      await context.close();
    }
  });
}
