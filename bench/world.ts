import { randomBytes } from 'node:crypto';
import type { BrowserContext, Page } from 'playwright';
import type {} from './pages/contestant.js';
import type { DelayLine, Side } from './delay-line.js';
import { putOnLine } from './delay-line-pages.js';
import type { Pump } from './limits.js';
import type { Site } from './site.js';

/** The environment of every measurement. */
export interface World {
  /** Opens a context: pages in it see a browser of their own. */
  readonly newContext: () => Promise<BrowserContext>;
  readonly site: Site;
  /** The URL of a WebTorrent tracker, for trystero. */
  readonly tracker: string;
  /** Reports errors in a page. */
  readonly complain: (what: string) => void;
}

/** What to connect, and over which line. */
export interface Setting {
  /** Without a line, the pages connect directly. */
  readonly line?: DelayLine;
  /** The number of receivers; usually one. */
  readonly receivers?: number;
  /** For `limit`. */
  readonly pump?: Pump;
  /** The names of the two pages, if they differ from the name of the contestant. */
  readonly pages?: readonly [sender: string, receiver: string];
  /** Runs in the sending page before the connection is made. */
  readonly before?: (sender: Page) => Promise<void>;
}

/** Connected pages. */
export interface Connected {
  readonly sender: Page;
  readonly receiver: Page;
  readonly receivers: readonly Page[];
  close(): Promise<void>;
}

/**
 * Opens fresh pages, each in its own context (and so its own process, with nothing cached), and
 * connects them.
 */
export async function connect(world: World, contestant: string, setting: Setting = {}): Promise<Connected> {
  const { line, receivers: count = 1, pages: [sends, receives] = [contestant, contestant] } = setting;
  const parameters = { room: roomCode(), members: count + 1, tracker: world.tracker, ...setting.pump };
  const contexts: BrowserContext[] = [];
  const open = async (name: string, side: Side): Promise<Page> => {
    const { context, page } = await openPage(world, line, side);
    contexts.push(context);
    await page.goto(world.site.page(name, parameters));
    await page.waitForFunction(() => 'bench' in globalThis);
    return page;
  };
  const [sender, ...receivers] = await Promise.all([
    open(sends, 0),
    ...Array.from({ length: count }, () => open(receives, 1)),
  ]);
  await setting.before?.(sender);

  const invitations: string[] = [];
  for (const receiver of receivers) invitations.push(await receiver.evaluate(() => bench.invite()));
  const answers = await sender.evaluate((given) => bench.join(given), invitations);
  await Promise.all(
    receivers.map((receiver, i) => receiver.evaluate((answer) => bench.admit(answer), answers[i] ?? '')),
  );
  await Promise.all([sender, ...receivers].map((page) => page.evaluate(() => bench.opened())));

  return {
    sender,
    receivers,
    receiver: receivers[0]!,
    async close() {
      await Promise.all(contexts.map((context) => context.close()));
    },
  };
}

/** Opens a page in its own context. */
export async function openPage(
  world: World,
  line?: DelayLine,
  side: Side = 0,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await world.newContext();
  if (line) await putOnLine(context, line, side);
  const page = await context.newPage();
  page.on('pageerror', (error) => world.complain(`${page.url().split('?')[0]}: ${String(error)}`));
  return { context, page };
}

/** 26 characters of `a-z2-7`: a room code for us, and a valid name for the others. */
export function roomCode(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  return Array.from(randomBytes(26), (byte) => alphabet[byte % 32]).join('');
}
