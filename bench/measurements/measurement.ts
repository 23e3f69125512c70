import type { Row } from '../scenarios.js';
import type { World } from '../world.js';

/** The result of one run of one contestant: values for the rows that it measures. */
export type Values = Partial<Record<Row, number>>;

/** How to measure the rows of one or more scenarios. */
export interface Measurement {
  /** The rows that a run measures. */
  readonly rows: readonly Row[];
  /** The participants; `all` includes those that `--all` adds. */
  contestants(all: boolean): readonly string[];
  /**
   * Whether runs of this contestant may go side by side, each over a line of its own, because they
   * mostly wait and leave the machine idle. A run of an alternative takes 10 to 15 s on a slow
   * line; five of each in a row would take a quarter of an hour.
   */
  sideBySide?(contestant: string): boolean;
  /** Runs once for one contestant; `run` counts from 0. */
  run(world: World, contestant: string, run: number): Promise<Values>;
  /** In ms: a limit for a run, if it may take longer than usual. */
  readonly timeout?: number;
  /** Releases what the runs shared. */
  end?(): Promise<void>;
}

/** The contestants that send plain bytes: ours, the alternatives, and the limit. */
export function senders(all: boolean): readonly string[] {
  return ['snaptrail', 'peerjs', 'codelab', 'buffered', ...(all ? ['simple-peer', 'trystero'] : []), 'limit'];
}
