import { expect } from '@open-wc/testing';
import type { Chunk } from '../../../src/transfer/lanes/chunk.js';
import type { Sending } from '../../../src/transfer/link/conversation.js';
import { Scheduler } from '../../../src/transfer/link/scheduler.js';

/** In bytes. */
const [SNAPSHOT, PHOTO, PAPER, FILM] = [20_000, 300_000, 5_000_000, 50_000_000];
const FRAME = 65_536;

/** Something that is being sent, all of it ready to go; what has gone is confirmed at once. */
class Going {
  readonly name: string;
  remaining: number;
  sending = true;
  /** As long as the answer to its offer is awaited, by the round trip in ms. */
  urgent: (roundTrip: number) => boolean = () => this.sending;

  constructor(name: string, size: number) {
    this.name = name;
    this.remaining = size;
  }

  isUrgent(roundTrip: number): boolean {
    return this.urgent(roundTrip);
  }

  next(most: number): Chunk | null {
    const size = Math.min(most, this.remaining);
    if (size === 0) return null;
    this.remaining -= size;
    return { start: 0, end: size };
  }
}

/** Things that were offered in this order, and what a scheduler makes of them. */
class Line {
  readonly all: Going[];
  readonly #scheduler = new Scheduler();
  /** The shares that the last look for a place was about. */
  shares: number[] = [];

  constructor(...all: Going[]) {
    this.all = all;
  }

  /** Sends the next frame; the name of what it was of, and how long it was. */
  step(roundTrip = 0): { name: string; size: number } | null {
    this.shares = [];
    const place = (_: number, share: number) => {
      this.shares.push(share);
      return { most: FRAME };
    };
    const open = this.all.filter(({ remaining }) => remaining > 0) as unknown as Sending[];
    const scheduled = this.#scheduler.next(open, place, roundTrip);
    if (!scheduled) return null;
    const { sending, chunk } = scheduled;
    return { name: (sending as unknown as Going).name, size: chunk.end - chunk.start };
  }

  /** The order in which they end. */
  ends(): string[] {
    const ended: string[] = [];
    while (this.step())
      for (const { name, remaining } of this.all)
        if (remaining === 0 && !ended.includes(name)) ended.push(name);
    return ended;
  }
}

/** A line of things called by their sizes, and a letter where several have one size. */
const lineOf = (...sizes: readonly number[]): Line =>
  new Line(...sizes.map((size, at) => new Going(`${'abcdef'[at]}${size}`, size)));

describe('the order of sending', () => {
  // In bytes, in the order of their offers, and by their places the order in which they end.
  for (const { sizes, ends } of [
    { sizes: [FILM, PAPER, PHOTO, SNAPSHOT], ends: [3, 2, 1, 0] },
    { sizes: [SNAPSHOT, PHOTO, PAPER, FILM], ends: [0, 1, 2, 3] },
    { sizes: [PAPER, PHOTO], ends: [1, 0] },
    { sizes: [8_388_607, 1_000_000], ends: [1, 0] },
    { sizes: [8_388_608, 1_000_000], ends: [1, 0] },
    { sizes: [PHOTO, PHOTO, PHOTO], ends: [0, 1, 2] },
    { sizes: [400_000, 300_000, 250_000], ends: [0, 1, 2] },
    { sizes: [30_000, 10, 20_000, 1], ends: [0, 1, 2, 3] },
    { sizes: [FILM, 2_000_000_000, 500_000], ends: [2, 0, 1] },
  ])
    it(`sends the smallest remainder first, and similar ones in the order of their offers: ${sizes.join(', ')}`, () => {
      const line = lineOf(...sizes);
      expect(line.ends()).to.deep.equal(ends.map((place) => line.all[place]!.name));
    });

  it('goes by what is left, not by what it was', () => {
    const film = new Going('film', 100_000);
    const line = new Line(new Going('paper', PAPER), film);
    expect(line.step()?.name).to.equal('film');
  });

  for (const stream of [SNAPSHOT, PHOTO, PAPER])
    it(`lets a film come to its end whatever comes after it: endless files of ${stream} bytes`, () => {
      const film = new Going('film', 20_000_000);
      const line = new Line(film, new Going('0', stream));
      let sent = 0;
      for (let made = 1; film.remaining > 0;) {
        sent += line.step()!.size;
        if (line.all.at(-1)!.remaining === 0) line.all.push(new Going(String(made++), stream));
        if (line.all.length > 50) line.all.splice(1, 49);
        if (sent > 400_000_000) break;
      }
      // One byte of nine, and not more than a quarter: what is ahead is not held up for its sake.
      expect(sent / 20_000_000).to.be.within(4, 9.2);
    });

  it('gives what waits longest its share, so that each of several films ends in its turn', () => {
    const films = ['one', 'two', 'three'].map((name) => new Going(name, 10_000_000));
    const line = new Line(...films, new Going('photo', PHOTO));
    const ended: string[] = [];
    for (let frames = 0; ended.length < 3 && frames < 50_000; frames++) {
      line.step();
      const photo = line.all.at(-1)!;
      if (photo.remaining === 0) photo.remaining = PHOTO;
      for (const { name, remaining } of films) if (remaining === 0 && !ended.includes(name)) ended.push(name);
    }
    expect(ended).to.deep.equal(['one', 'two', 'three']);
  });

  it('limits how long a film catches up after it had nothing ready', () => {
    const film = new Going('film', FILM);
    const next = film.next.bind(film);
    film.next = () => null;
    const line = new Line(film, new Going('paper', FILM));
    for (let frame = 0; frame < 500; frame++) line.step();
    film.next = next;
    let inARow = 0;
    while (line.step()?.name === 'film') inARow++;
    expect(inARow).to.be.within(1, 5);
  });

  // What is sent beside something that is urgent, in bytes that both have left.
  for (const { left, urgent, share } of [
    { left: FILM, urgent: PHOTO, share: 0.25 },
    { left: PAPER, urgent: PHOTO, share: 0.25 },
    { left: 600_000, urgent: PHOTO, share: 0.25 },
    { left: 500_000, urgent: PHOTO, share: 1 },
    { left: 60_000, urgent: 10, share: 1 },
    { left: 70_000, urgent: 10, share: 0.25 },
  ])
    it(`takes ${share} of what may be on its way for ${left} B, beside ${urgent} B just offered`, () => {
      const asked = new Going('asked', urgent);
      // It is offered, and not accepted yet.
      asked.sending = false;
      asked.urgent = () => true;
      const line = new Line(new Going('ready', left), asked);
      expect(line.step()?.name).to.equal('ready');
      expect(line.shares).to.deep.equal([share]);
    });

  it('takes all of it once nothing urgent is there, which depends on how long the way is', () => {
    const asked = new Going('asked', PHOTO);
    asked.sending = false;
    asked.urgent = (roundTrip) => roundTrip > 1000;
    const line = new Line(new Going('film', FILM), asked);
    line.step(1500);
    expect(line.shares).to.deep.equal([0.25]);
    line.step(500);
    expect(line.shares).to.deep.equal([1]);
  });

  it('goes on with what is ready while what comes first is being read', () => {
    const photo = new Going('photo', PHOTO);
    photo.next = () => null;
    const line = new Line(new Going('film', FILM), photo);
    expect(line.step()?.name).to.equal('film');
  });
});
