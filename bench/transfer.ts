import type { Connected } from './world.js';

export const MB = 1_000_000;

/**
 * In ms: who has not delivered by then is counted as if it had just now. Everything here is over in
 * a quarter of it, or stuck.
 */
const PATIENCE = 60_000;

export interface TransferOptions {
  /** What it is called in the page. */
  readonly name?: string;
  /** In ms. */
  readonly patience?: number;
}

/** The ms that {@link timedTransfer} takes. */
export async function transfer(
  pages: Pick<Connected, 'sender' | 'receivers'>,
  bytes: number,
  options: TransferOptions = {},
): Promise<number> {
  const { started, ended } = await timedTransfer(pages, bytes, options);
  return ended - started;
}

/**
 * Sends that many bytes to everybody connected: when the sending page was asked to, and when the
 * last receiving page had them, whole. In ms since the epoch; see pages/clock.ts for whose clock
 * that is.
 */
export async function timedTransfer(
  { sender, receivers }: Pick<Connected, 'sender' | 'receivers'>,
  bytes: number,
  { name = 'file', patience = PATIENCE }: TransferOptions = {},
): Promise<{ started: number; ended: number }> {
  await sender.evaluate(([what, size]) => bench.prepare(what, size), [name, bytes] as const);
  const arrived = Promise.all(
    receivers.map((page) => page.evaluate((size) => bench.received(size), bytes)),
  ).then((times) => Math.max(...times));
  // The page may be closed before it has arrived.
  arrived.catch(() => undefined);
  const started = await sender.evaluate((what) => bench.send(what), name);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<number>((resolve) => {
    timer = setTimeout(() => resolve(started + patience), patience);
  });
  const ended = await Promise.race([arrived, late]);
  clearTimeout(timer);
  return { started, ended };
}
