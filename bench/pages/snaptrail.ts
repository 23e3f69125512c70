import { SnaptrailContestant } from './snaptrail-contestant.js';

declare global {
  /** What our own pages offer beside `bench`. */
  var snaptrailBench: SnaptrailContestant;
}

globalThis.snaptrailBench = new SnaptrailContestant();
globalThis.bench = globalThis.snaptrailBench;
