// Runs after each Trunk build. A release gets one style sheet instead of the eight that static/ has, so that what is
// alike in them is compressed once; and the script that loads the application goes without comments and long names.
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

const staging = process.env.TRUNK_STAGING_DIR;
const read = (name) => readFileSync(join(staging, name), "utf8");
const write = (name, text) => writeFileSync(join(staging, name), text);
const small = (text, loader) => transformSync(text, { loader, minify: true, charset: "utf8", target: "es2022" }).code;
const digest = (algorithm, text, form) => createHash(algorithm).update(text).digest(form);
const integrity = (text) => `integrity="sha384-${digest("sha384", text, "base64")}"`;

if (process.env.TRUNK_PROFILE === "release") {
  let page = read("index.html");

  const links = page.match(/<link\b[^>]*\brel="stylesheet"[^>]*>/g);
  const sheets = links.map((link) => link.match(/\bhref="([^"]+)"/)[1]);
  const style = small(sheets.map(read).join("\n"), "css");
  const name = `style-${digest("sha256", style, "hex").slice(0, 16)}.css`;
  sheets.forEach((sheet) => rmSync(join(staging, sheet)));
  write(name, style);
  page = page.replace(links[0], `<link rel="stylesheet" href="./${name}" ${integrity(style)}>`);
  for (const link of links.slice(1)) page = page.replace(link, "");

  const preload = page.match(/<link\b[^>]*\brel="modulepreload"[^>]*>/)[0];
  const loader = preload.match(/\bhref="([^"]+)"/)[1];
  const script = small(read(loader), "js");
  write(loader, script);
  page = page.replace(preload, preload.replace(/\bintegrity="[^"]*"/, integrity(script)));

  write("index.html", page);
}
