// Runs after each Trunk build. In a debug build (`make dev`) it lets Trunk's inline reload script through the
// content security policy; a release build keeps the policy of index.html as it is.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

if (process.env.TRUNK_PROFILE === "debug") {
  const file = join(process.env.TRUNK_STAGING_DIR, "index.html");
  const html = readFileSync(file, "utf8");
  writeFileSync(file, html.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"));
}
