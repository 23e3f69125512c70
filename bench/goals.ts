import type { Summary } from './statistics.js';

/** The measurements of a scenario, by contestant. */
export type Results = Readonly<Record<string, Summary>>;

export interface Verdict {
  /** For example `0.06 × peerjs`. */
  readonly text: string;
  readonly met: boolean;
}

/** A target for our own result. */
export interface Goal {
  /** For example `≤ 0.08 × peerjs`. */
  readonly text: string;
  /** Null if a value to compare with was not measured. */
  judge(results: Results): Verdict | null;
}

/** The alternatives that a page could use instead. */
const PEERS = ['peerjs', 'codelab', 'buffered', 'simple-peer', 'trystero'];

interface Reference {
  readonly name: string;
  value(results: Results): number | undefined;
}

/** The fastest alternative, for scenarios where lower is better. */
export const bestPeer: Reference = {
  name: 'the best peer',
  value(results) {
    const medians = PEERS.map((peer) => results[peer]?.median).filter((value) => value !== undefined);
    return medians.length > 0 ? Math.min(...medians) : undefined;
  },
};

function contestant(name: string): Reference {
  return { name, value: (results) => results[name]?.median };
}

export function atMost(ratio: number, of: string | Reference): Goal {
  return compared('≤', ratio, of, (actual) => actual <= ratio);
}

export function atLeast(ratio: number, of: string | Reference): Goal {
  return compared('≥', ratio, of, (actual) => actual >= ratio);
}

function compared(
  sign: string,
  ratio: number,
  of: string | Reference,
  met: (actual: number) => boolean,
): Goal {
  const reference = typeof of === 'string' ? contestant(of) : of;
  return {
    text: `${sign} ${ratio} × ${reference.name}`,
    judge(results) {
      const [ours, theirs] = [results.snaptrail?.median, reference.value(results)];
      if (ours === undefined || theirs === undefined) return null;
      const actual = ours / theirs;
      return { text: `${actual.toFixed(2)} × ${reference.name}`, met: met(actual) };
    },
  };
}

/** At most `most` (in `unit`). */
export function absolute(most: number, unit = 'ms'): Goal {
  return {
    text: `≤ ${most} ${unit}`,
    judge({ snaptrail }) {
      const actual = snaptrail?.median;
      return actual === undefined ? null : { text: `${actual.toFixed(0)} ${unit}`, met: actual <= most };
    },
  };
}

/** At most `ratio` times the time that the line takes at best. */
export function ideal(ratio: number, ms: number): Goal {
  return {
    text: `≤ ${ratio} × the ideal ${ms} ms`,
    judge({ snaptrail }) {
      if (!snaptrail) return null;
      const actual = snaptrail.median / ms;
      return { text: `${actual.toFixed(2)} × the ideal`, met: actual <= ratio };
    },
  };
}

/** At most `ratio` times the reference, or `more` ms more. */
export function either(ratio: number, more: number, of: string): Goal {
  return {
    text: `≤ ${ratio} × ${of}, or + ${more} ms`,
    judge(results) {
      const [ours, theirs] = [results.snaptrail?.median, results[of]?.median];
      if (ours === undefined || theirs === undefined) return null;
      const text = `${(ours / theirs).toFixed(2)} × ${of}, + ${(ours - theirs).toFixed(0)} ms`;
      return { text, met: ours <= ratio * theirs || ours <= theirs + more };
    },
  };
}
