import type { Channel, LaneSource } from '../../../src/peer/channel.js';
import type { FakeChannel } from './fake-channel.js';
import { channelPair } from './fake-channel.js';
import type { VirtualTime } from '../../timing/support/virtual-time.js';

/** Two ends of a channel over a path of `delay` ms one way. */
export function distantPair(time: VirtualTime, delay: number): [FakeChannel, FakeChannel] {
  const pair = channelPair();
  for (const end of pair) {
    end.tamper = (message) => {
      time.after(delay, () => end.other.hear(message));
      return null;
    };
  }
  return pair;
}

/** One end of a source of lanes whose connections are made at once, and take `delay` ms one way. */
export class FakeLanes implements LaneSource {
  onlane: ((lane: Channel) => void) | null = null;
  /** What is open here, in the order of opening. */
  readonly lanes: FakeChannel[] = [];
  other!: FakeLanes;
  /** Calls of `open`. */
  asked = 0;
  readonly #time: VirtualTime;
  readonly #delay: number;
  readonly #limit: number;

  constructor(time: VirtualTime, delay: number, limit: number) {
    this.#time = time;
    this.#delay = delay;
    this.#limit = limit;
  }

  get count(): number {
    return this.lanes.length;
  }

  get available(): number {
    return this.#limit - this.count;
  }

  open(): void {
    this.asked++;
    const [one, two] = distantPair(this.#time, this.#delay);
    this.#adopt(one);
    this.other.#adopt(two);
    this.#time.after(this.#delay * 4, () => {
      this.other.onlane?.(two);
      this.onlane?.(one);
    });
  }

  close(): void {
    for (const lane of [...this.lanes]) lane.close();
  }

  #adopt(lane: FakeChannel): void {
    this.lanes.push(lane);
    lane.closed.addEventListener('abort', () => this.lanes.splice(this.lanes.indexOf(lane), 1));
  }
}

/** Two ends of one source. */
export function lanesPair(time: VirtualTime, delay: number, limit = 16): [FakeLanes, FakeLanes] {
  const one = new FakeLanes(time, delay, limit);
  const two = new FakeLanes(time, delay, limit);
  one.other = two;
  two.other = one;
  return [one, two];
}
