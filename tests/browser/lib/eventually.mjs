// What the page comes to show: it is drawn some time after the click, key or address that asked for it.

/** Tries the assertions of `check` until they hold; what failed last is the test's failure. */
export async function eventually(check, milliseconds = 5_000) {
  const end = performance.now() + milliseconds;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (performance.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
