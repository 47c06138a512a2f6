// Runs after each Trunk build: makes editor.js of static/editor/ and the packages it imports. It is no part of the
// first load; the page fetches it when the YAML place opens. The licences of what is in it stand at its top.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("..", import.meta.url));
const options = {
  absWorkingDir: root,
  entryPoints: ["static/editor/editor.js"],
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  preserveSymlinks: true,
  metafile: true,
  logLevel: "warning",
};

const { metafile } = await build({ ...options, write: false });
const folders = new Set(Object.keys(metafile.inputs).flatMap((file) => file.match(/^node_modules\/(@[^/]+\/)?[^/]+/)?.[0] ?? []));
const licences = new Map();
for (const folder of [...folders].sort()) {
  const text = readFileSync(join(root, folder, "LICENSE"), "utf8").trim();
  licences.set(text, [...(licences.get(text) ?? []), folder.slice("node_modules/".length)]);
}
const notice = [...licences].map(([text, names]) => `${names.join(", ")}:\n\n${text}`).join("\n\n");
await build({ ...options, banner: { js: `/*!\n${notice}\n*/` }, outfile: join(process.env.TRUNK_STAGING_DIR ?? "dist", "editor.js") });
