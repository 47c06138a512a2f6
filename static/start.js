// Starts the application: the names of its two files, which change with their content, stand in the page.
const app = document.querySelector('meta[name="akoplan-app"]').dataset;
const address = (name) => new URL(name, document.baseURI).href;

try {
  const { default: init } = await import(address(app.js));
  await init({ module_or_path: address(app.wasm) });
} catch (error) {
  console.error(error);
  // Gone once the application has mounted itself; from then on it reports its own failures.
  const status = document.querySelector("[data-boot-status]");
  if (status) {
    status.setAttribute("role", "alert");
    status.textContent = `The page could not start: ${error}. Reload it; if that does not help, the browser may be too old or block WebAssembly.`;
  }
}
