import type { Connected } from './world.js';

export const MB = 1_000_000;

/**
 * In ms: a contestant that takes longer counts as if it had finished now. Everything here finishes
 * in a quarter of this time, or is stuck.
 */
const TIMEOUT = 60_000;

export interface TransferOptions {
  /** Its name in the page. */
  readonly name?: string;
  /** In ms. */
  readonly timeout?: number;
}

/** The duration of {@link timedTransfer} in ms. */
export async function transfer(
  pages: Pick<Connected, 'sender' | 'receivers'>,
  bytes: number,
  options: TransferOptions = {},
): Promise<number> {
  const { started, ended } = await timedTransfer(pages, bytes, options);
  return ended - started;
}

/**
 * Sends `bytes` bytes to all connected pages. Returns when the sending page was told to, and when
 * the last receiver had everything, in ms since the epoch; see pages/clock.ts for the clock.
 */
export async function timedTransfer(
  { sender, receivers }: Pick<Connected, 'sender' | 'receivers'>,
  bytes: number,
  { name = 'file', timeout = TIMEOUT }: TransferOptions = {},
): Promise<{ started: number; ended: number }> {
  await sender.evaluate(([what, size]) => bench.prepare(what, size), [name, bytes] as const);
  const arrived = Promise.all(
    receivers.map((page) => page.evaluate((size) => bench.received(size), bytes)),
  ).then((times) => Math.max(...times));
  // The page may be closed before the value arrives.
  arrived.catch(() => undefined);
  const started = await sender.evaluate((what) => bench.send(what), name);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(() => resolve(started + timeout), timeout);
  });
  const ended = await Promise.race([arrived, late]);
  clearTimeout(timer);
  return { started, ended };
}
