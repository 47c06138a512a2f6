// What the first load of the page costs, part by part, against the budget.
//   node scripts/size.mjs [DIR]    exit 1 when it is over
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

/** Bytes (brotli) of everything the browser fetches until the page is there. */
export const BUDGET = 400_000;

export const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }).length;

function report(dir) {
  const index = readFileSync(join(dir, "index.html"), "utf8");
  const rows = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath ?? entry.path, entry.name);
      const bytes = readFileSync(path);
      const name = path.slice(join(dir, "/").length);
      // What the page does not name is fetched later, on demand, and is no part of the first load.
      return { name, first: name === "index.html" || index.includes(name), raw: bytes.length, gzip: gzipSync(bytes, { level: 9 }).length, brotli: brotli(bytes) };
    })
    .sort((a, b) => b.first - a.first || b.brotli - a.brotli);
  const line = (name, ...numbers) => console.log(name.padEnd(44) + numbers.map((n) => String(n).padStart(11)).join(""));
  const table = (title, part) => {
    if (!part.length) return 0;
    const sum = (key) => part.reduce((total, row) => total + row[key], 0);
    line(title, "raw", "gzip", "brotli");
    for (const row of part) line("  " + row.name, row.raw, row.gzip, row.brotli);
    line("  in all", sum("raw"), sum("gzip"), sum("brotli"));
    return sum("brotli");
  };
  const total = table("first load (bytes)", rows.filter((row) => row.first));
  table("on demand", rows.filter((row) => !row.first));
  const share = ((100 * total) / BUDGET).toFixed(0);
  console.log(`${total <= BUDGET ? "within" : "OVER"} the budget: ${total} of ${BUDGET} bytes (${share} %)`);
  return total <= BUDGET;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.exit(report(process.argv[2] ?? "dist") ? 0 : 1);
