import { SnaptrailContestant } from './snaptrail-contestant.js';

declare global {
  /** The interface of our own pages, beside `bench`. */
  var snaptrailBench: SnaptrailContestant;
}

globalThis.snaptrailBench = new SnaptrailContestant();
globalThis.bench = globalThis.snaptrailBench;
