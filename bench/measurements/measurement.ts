import type { Row } from '../scenarios.js';
import type { World } from '../world.js';

/** What one run of one contestant has shown: a value for each row that it tells something about. */
export type Values = Partial<Record<Row, number>>;

/** How the rows of one or more scenarios are measured. */
export interface Measurement {
  /** What one run fills. */
  readonly rows: readonly Row[];
  /** Who takes part; `all`: with those that are asked for by `--all`. */
  contestants(all: boolean): readonly string[];
  /**
   * Whose runs go side by side, each over a line of its own: who waits for the line most of the
   * time, and leaves the machine idle. One run of a peer takes 10 to 15 s on a far line, and five
   * of each of them in a row would take a quarter of an hour.
   */
  sideBySide?(contestant: string): boolean;
  /** One run of one contestant; `run` counts from 0. */
  run(world: World, contestant: string, run: number): Promise<Values>;
  /** In ms: longer than any run takes, where that is longer than usual. */
  readonly patience?: number;
  /** Ends what the runs have shared. */
  end?(): Promise<void>;
}

/**
 * Who sends bytes in the usual way: ours, those it is compared with, and the best that is possible.
 */
export function senders(all: boolean): readonly string[] {
  return ['snaptrail', 'peerjs', 'codelab', 'buffered', ...(all ? ['simple-peer', 'trystero'] : []), 'limit'];
}
