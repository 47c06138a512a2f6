// Accessibility: axe-core, every rule that is on by default (WCAG A and AA, best practice), in light and in dark.
//   await axe(page, "segments")    throws a readable list when there is a violation
// In a pageTest: `axe("segments")`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inEachScheme } from "./schemes.mjs";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

function describe({ id, impact, help, nodes }) {
  const places = nodes.map(
    (node) => `    ${node.target.join(" ")}\n        ${node.html}\n        ${node.failureSummary?.replaceAll("\n", "\n        ")}`,
  );
  return [`${id} (${impact}): ${help}`, ...places].join("\n");
}

export async function axe(page, label) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const found = [];
  await inEachScheme(page, async (scheme) => {
    const violations = await page.evaluate(async () => {
      const result = await globalThis.axe.run(document, { resultTypes: ["violations"] });
      return result.violations;
    });
    found.push(...violations.map((violation) => `${label}, ${scheme}: ${describe(violation)}`));
  });
  if (found.length) assert.fail(`accessibility:\n${found.join("\n")}`);
}
