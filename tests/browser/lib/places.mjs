// What the tests of single places have in common.
import { ready } from "./page_test.mjs";

/** Loads the clean example, or the one "with mistakes", by the button of the start page. */
export async function loadExample(page, open, which = "") {
  await open();
  const name = which ? `Load the example ${which}` : "Load the example";
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("status").filter({ hasText: name }).getByRole("button", { name: "Close" }).click();
  // Saved: the next page load comes with the example.
  await page.locator(".saved").waitFor();
  await ready(page);
}

/** Pastes text into a field. */
export async function paste(field, text) {
  await field.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The YAML beside the form. */
export async function yaml(page) {
  const lines = await page.locator(".yaml-pane .line-text").allTextContents();
  return lines.join("\n");
}
