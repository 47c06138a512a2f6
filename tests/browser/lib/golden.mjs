// Golden folders: what a bundle must hold, file by file.
//   const files = await goldenFiles(GOLDEN);                     name -> text
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Names (below the folder) and texts of all its files; none where it is not there. */
export async function goldenFiles(folder) {
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = {};
  for (const entry of names.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files[path.slice(folder.length + 1)] = await readFile(path, "utf8");
  }
  return files;
}
