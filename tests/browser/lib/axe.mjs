// Accessibility: axe-core, every rule that is on by default (WCAG A and AA, best practice), in light and in dark.
//   await axe(page, "segments")    throws a readable list when there is a violation
// In a pageTest: `axe("segments")`.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const SCHEMES = ["light", "dark"];

const describe = ({ id, impact, help, nodes }) =>
  [`${id} (${impact}): ${help}`, ...nodes.map((node) => `    ${node.target.join(" ")}\n        ${node.html}\n        ${node.failureSummary?.replaceAll("\n", "\n        ")}`)].join("\n");

export async function axe(page, label) {
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(source);
  const found = [];
  for (const colorScheme of SCHEMES) {
    await page.emulateMedia({ colorScheme });
    const violations = await page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"] })).violations);
    found.push(...violations.map((violation) => `${label}, ${colorScheme}: ${describe(violation)}`));
  }
  await page.emulateMedia({ colorScheme: null });
  assert.equal(found.length, 0, `accessibility:\n${found.join("\n")}`);
}
