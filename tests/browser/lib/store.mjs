// What the browser keeps, read and written behind the page's back:
//   await stored(page)               the open project's record, parsed; null where there is none
//   await heads(page)                what is known of all projects
//   await putText(page, text)        another text in place of the open project's
//   await untilStored(page, holds)   waits until the open project's record is as it should be
//   await untilSaved(page)           waits until nothing is left to save
import assert from "node:assert/strict";

const records = (page, put) =>
  page.evaluate(async (put) => {
    const database = await new Promise((done) => {
      const request = indexedDB.open("akoplan");
      request.onsuccess = () => done(request.result);
    });
    const transaction = database.transaction("projects", put ? "readwrite" : "readonly");
    const store = transaction.objectStore("projects");
    if (put) store.put(put.text, put.key);
    const [keys, values] = [store.getAllKeys(), store.getAll()];
    await new Promise((done) => (transaction.oncomplete = done));
    database.close();
    const all = Object.fromEntries(keys.result.map((key, at) => [key, values.result[at]]));
    return { all, open: sessionStorage.getItem("akoplan.project") };
  }, put);

export async function heads(page) {
  const { all } = await records(page);
  return Object.entries(all).filter(([key]) => key.startsWith("head:")).map(([, text]) => JSON.parse(text));
}

export async function stored(page) {
  const { all, open } = await records(page);
  return JSON.parse(all[`text:${open}`] ?? "null");
}

export async function putText(page, text) {
  const { open } = await records(page);
  await records(page, { key: `text:${open}`, text });
}

export const putRecord = (page, key, text) => records(page, { key, text });

export async function untilStored(page, holds) {
  for (let round = 0; round < 50; round += 1) {
    if (holds(await stored(page))) return;
    await page.waitForTimeout(100);
  }
  assert.fail("the browser does not keep what it should");
}

/** Longer than the moment after which a change is saved. */
export async function untilSaved(page) {
  await page.waitForTimeout(500);
  await page.locator(".saved").filter({ hasText: /^saved / }).waitFor();
}
