// What the page's main thread is busy with: the length of its tasks, by the browser's own trace.
//   const tasks = await watchTasks(page);           from now on
//   const { longest, busiest } = await tasks.since();   since the last call, in milliseconds
//
// `longest` is the longest task as a clock has it, and what PerformanceObserver's "longtask" tells from 50 ms on; `busiest`
// is the longest by the time that the processor spent on it. On a machine where nothing else runs they are the same; where
// other programs take the processor away in the middle of a task, only the second one is the page's doing.
export async function watchTasks(page) {
  const session = await page.context().newCDPSession(page);
  let events = [];
  session.on("Tracing.dataCollected", ({ value }) => events.push(...value));
  const start = () => session.send("Tracing.start", { transferMode: "ReportEvents", categories: "toplevel" });
  await start();
  return {
    async since() {
      const complete = new Promise((done) => session.once("Tracing.tracingComplete", done));
      await session.send("Tracing.end");
      await complete;
      const collected = events;
      events = [];
      await start();
      const thread = ({ pid, tid }) => `${pid} ${tid}`;
      const main = new Set(
        collected.filter((event) => event.name === "thread_name" && event.args.name === "CrRendererMain").map(thread),
      );
      const tasks = collected.filter((event) => event.ph === "X" && event.tdur && main.has(thread(event)));
      const most = (of) => Math.round(Math.max(0, ...tasks.map(of)) / 1000);
      return { longest: most(({ dur }) => dur), busiest: most(({ tdur }) => tdur), tasks: tasks.length };
    },
    async end() {
      await session.send("Tracing.end").catch(() => {});
    },
  };
}
