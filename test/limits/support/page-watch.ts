import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright';

declare global {
  /**
   * In ms, since they were last reset: the longest task (Long Tasks API), and the longest gap
   * between two turns of the event loop.
   */
  var longest: { task: number; gap: number };
}

/** Runs in a page before its own scripts. */
export function watchTasks(): void {
  globalThis.longest = { task: 0, gap: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest.task = Math.max(longest.task, duration);
  }).observe({ type: 'longtask' });
  // Messages, since browsers throttle timers.
  const { port1, port2 } = new MessageChannel();
  let last = performance.now();
  port1.onmessage = () => {
    const now = performance.now();
    longest.gap = Math.max(longest.gap, now - last);
    last = now;
    setTimeout(() => port2.postMessage(null), 5);
  };
  port2.postMessage(null);
}

export interface Watched {
  /** The peak growth of the browser's renderers and GPU process, in bytes. */
  readonly memory: number;
  /** In ms. */
  readonly task: number;
  readonly gap: number;
}

/** In ms between two readings of the memory. */
const SAMPLE = 20;

/** Watches `page`, the only one of `browser`, while `act` runs. Linux only (proc(5): statm). */
export async function watched(browser: Browser, page: Page, act: () => Promise<void>): Promise<Watched> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pids = processInfo.filter(({ type }) => ['renderer', 'GPU'].includes(type)).map(({ id }) => id);
  const memory = (): number => pids.reduce((sum, pid) => sum + residentOf(pid), 0);
  const before = memory();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, memory())), SAMPLE);
  await page.evaluate(() => (longest = { task: 0, gap: 0 }));
  try {
    await act();
  } finally {
    clearInterval(timer);
  }
  const { task, gap } = await page.evaluate(() => longest);
  return { memory: most - before, task, gap };
}

function residentOf(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096;
  } catch {
    return 0;
  }
}
