// A static web server for the built page, on this machine only. `make run` uses it, and so do the browser tests.
//   node scripts/serve.mjs [DIR] [--port N]
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".md": "text/markdown; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
  ".yaml": "text/yaml; charset=utf-8",
};

/** The file behind a request path, or null when there is none or it lies outside the folder. */
async function fileFor(root, pathname) {
  const path = normalize(join(root, decodeURIComponent(pathname)));
  if (path !== root && !path.startsWith(root + sep)) return null;
  const found = await stat(path).catch(() => null);
  if (!found) return null;
  return found.isDirectory() ? join(path, "index.html") : path;
}

/**
 * Serves `dir` under `prefix` ("/" or "/some/path/"). Port 0 takes any free one; a `port` in use is stepped over.
 * Gives the address of the page and `close()`.
 */
export async function serve({ dir, prefix = "/", port = 0 }) {
  const root = resolve(dir);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    try {
      const path = pathname.startsWith(prefix) && (await fileFor(root, pathname.slice(prefix.length)));
      const body = path && (await readFile(path).catch(() => null));
      if (!body) {
        response.writeHead(404, { "content-type": "text/plain" }).end("not found\n");
        return;
      }
      response.writeHead(200, {
        "content-type": TYPES[extname(path)] ?? "application/octet-stream",
        "cache-control": "no-cache",
        "x-content-type-options": "nosniff",
      });
      response.end(request.method === "HEAD" ? undefined : body);
    } catch {
      response.writeHead(400).end();
    }
  });
  const listen = (number) =>
    new Promise((done, failed) => {
      server.once("error", failed);
      server.listen(number, "127.0.0.1", () => {
        server.off("error", failed);
        done();
      });
    });
  for (let number = port; ; number += 1) {
    try {
      await listen(number);
      break;
    } catch (error) {
      if (error.code !== "EADDRINUSE" || number >= port + 20) throw error;
    }
  }
  return {
    url: `http://127.0.0.1:${server.address().port}${prefix}`,
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const at = args.indexOf("--port");
  const port = at < 0 ? 8080 : Number(args.splice(at, 2)[1]);
  const { url } = await serve({ dir: args[0] ?? "dist", port });
  console.log(`\nakoplan: ${url}   (stop with Ctrl+C)`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(0));
}
