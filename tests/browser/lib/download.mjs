// Downloads in tests:
//   const zip = await download(page, page.getByRole("button", { name: "Download zip" }));   { name, bytes }
//   const files = unzip(zip.bytes);                                                          name -> text
import { readFile } from "node:fs/promises";
import { inflateRawSync } from "node:zlib";

/** Clicks, and gives the file that the browser saves. */
export async function download(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

const LOCAL_HEADER = 0x04034b50;
const DEFLATED = 8;

/** Names and texts of a zip whose headers carry the sizes. */
export function unzip(bytes) {
  const files = {};
  for (let at = 0; bytes.readUInt32LE(at) === LOCAL_HEADER; ) {
    const [method, packed] = [bytes.readUInt16LE(at + 8), bytes.readUInt32LE(at + 18)];
    const [nameSize, extraSize] = [bytes.readUInt16LE(at + 26), bytes.readUInt16LE(at + 28)];
    const name = bytes.toString("utf8", at + 30, at + 30 + nameSize);
    const start = at + 30 + nameSize + extraSize;
    const content = bytes.subarray(start, start + packed);
    files[name] = (method === DEFLATED ? inflateRawSync(content) : content).toString("utf8");
    at = start + packed;
  }
  return files;
}
