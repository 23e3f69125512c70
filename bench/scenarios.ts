import { absolute, atLeast, atMost, bestPeer, either, ideal, type Goal } from './goals.js';

/** A row of the table: what is measured, and our goals. */
export interface Scenario {
  readonly name: string;
  readonly what: string;
  readonly unit: 'ms' | 'MB/s' | 'MiB';
  readonly better: 'lower' | 'higher';
  readonly goals: readonly Goal[];
  /**
   * In ms: a contestant that takes longer counts as if it had finished then. Only on slow lines, to
   * limit the duration of the whole bench.
   */
  readonly timeout?: number;
  /** Takes too long for every bench: only measured with `--only`. */
  readonly onlyIfAsked?: boolean;
}

/** In ms: a quarter more than the slowest contestant takes on any of these lines. */
export const TIMEOUT = 20_000;

const ms = { unit: 'ms', better: 'lower' } as const;

/**
 * Every row, in the order of the table: the only source for printing, writing and checking. MB:
 * 1,000,000 bytes.
 */
export const scenarios = [
  {
    name: 'first-4mb',
    what: '4 MB on a connection just opened',
    ...ms,
    goals: [atMost(0.08, 'peerjs'), atMost(1.3, 'limit')],
  },
  {
    name: 'sustained-64mb',
    what: '64 MB on a warm connection',
    unit: 'MB/s',
    better: 'higher',
    goals: [atLeast(2, 'peerjs'), atLeast(0.9, 'limit')],
  },
  {
    name: 'rtt40-loss1-4mb',
    what: '4 MB on a connection just opened, 40 ms round trip, 1 % loss',
    ...ms,
    goals: [atMost(0.25, bestPeer)],
    timeout: TIMEOUT,
  },
  {
    name: 'rtt100-8mb',
    what: '8 MB, 100 ms round trip, after 1 MB on the same connection',
    ...ms,
    goals: [atMost(0.15, bestPeer)],
    timeout: TIMEOUT,
  },
  {
    name: 'rtt40-10mbit-4mb',
    what: '4 MB on a connection just opened, 40 ms, 10 Mbit/s, a queue of 256 KiB',
    ...ms,
    // 4 MB with packet headers, plus the one-way delay: the best that the line allows.
    goals: [ideal(1.15, 3300)],
    timeout: TIMEOUT,
  },
  {
    name: 'rtt40-10mbit-ping',
    what: 'beside it: p95 of a ping every 20 ms on a connection of its own',
    ...ms,
    goals: [absolute(150, 'ms')],
  },
  {
    name: 'snap-to-shown',
    what: 'click to painted in the other page, 1080p camera, a connection just opened',
    ...ms,
    goals: [atMost(0.1, 'codelab')],
  },
  {
    name: 'snap-to-shown-warm',
    what: 'the tenth of them',
    ...ms,
    goals: [atMost(0.6, 'codelab')],
  },
  {
    name: 'photo-during-film',
    what: 'a 300 KB photo while 64 MB are on their way; `alone`: without them',
    ...ms,
    goals: [either(2, 50, 'alone')],
  },
  {
    name: 'fan-out-5',
    what: '4 MB to five others, until the last has them',
    ...ms,
    goals: [atMost(0.5, 'peerjs')],
  },
  {
    name: 'main-thread',
    what: 'longest task in either page while 64 MB pass',
    ...ms,
    goals: [absolute(50, 'ms')],
  },
  {
    name: 'join',
    what: 'page load to `connected`, a member being there',
    ...ms,
    goals: [absolute(300, 'ms')],
  },
  {
    name: 'memory-512mb',
    what: 'growth of all processes of the browser while 512 MB pass, the worse of both sides',
    unit: 'MiB',
    better: 'lower',
    goals: [absolute(128, 'MiB')],
    onlyIfAsked: true,
  },
] as const satisfies readonly Scenario[];

export type Row = (typeof scenarios)[number]['name'];
