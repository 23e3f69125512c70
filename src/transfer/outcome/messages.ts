/**
 * What becomes of something after it was delivered. `delivered`: it is there, and nobody has looked
 * at it, or it was put back after it had been removed. `submitted`: the form that it was for was
 * sent, which is the last that anybody says about it.
 */
export type Outcome = 'delivered' | 'opened' | 'removed' | 'submitted';

/** What a page takes, as far as its author has limited it. */
export interface Takes {
  /** As in `<input accept>`, at most {@link MAX_ACCEPT} UTF-16 units; empty for anything. */
  readonly accept: string;
  /** The most items, together with those that it has; null for no limit. */
  readonly max: number | null;
  /** How many it has, including those that are arriving. */
  readonly count: number;
  /** In bytes: the largest file; null for no limit. */
  readonly maxSize: number | null;
}

/**
 * The messages of the topic `outcome`: JSON objects with exactly these keys. The receiver says
 * both, and has no answer. Spoken from version 3 on.
 *
 * ```
 *   sender                                    receiver
 *     │ ◄───────────────────────────────── takes │   at first, and whenever it changes
 *     │ …  offer, data, done on the topic transfer  … │
 *     │ ◄─────────────────────────────── outcome │   whenever it changes
 * ```
 */
export type OutcomeMessage = OutcomeOf | TakesMessage;

/** What has become of what was offered under `id`, and delivered. */
export interface OutcomeOf {
  readonly type: 'outcome';
  readonly id: string;
  readonly outcome: Outcome;
}

/** What the receiver's page takes from now on. */
export interface TakesMessage extends Takes {
  readonly type: 'takes';
}

/** In UTF-16 units: the longest list of types that is told; a longer one is not. */
export const MAX_ACCEPT = 512;
/**
 * How much a receiver says again over a new connection, as the old one may have lost it: of the
 * outcomes that it remembers, the last so many.
 */
export const MAX_REPEATED = 200;
