import { SnapError } from '../../errors.js';
import { Lru } from '../../lru.js';
import type { Channel } from '../../peer/channel.js';
import { fruitlessAllowance } from '../link/allowance.js';
import { violation } from '../wire/violation.js';
import { REMEMBERED } from '../transfer.js';
import { MAX_ACCEPT, MAX_REPEATED } from './messages.js';
import type { Outcome, OutcomeMessage, Takes } from './messages.js';
import { parseOutcomeMessage } from './parse.js';

export interface OutcomesEvents {
  /**
   * What was delivered to the member `recipient` under `id` has become this there. Returns whether
   * that is news.
   */
  became(id: string, recipient: string, outcome: Outcome): boolean;
  /** A member takes something else than before. */
  takes(id: string): void;
  /** The member broke the protocol. Its connection was closed. */
  violation(id: string, error: SnapError): void;
}

/** What this page takes, before anybody has limited it. */
const ANYTHING: Takes = { accept: '', max: null, count: 0, maxSize: null };

/** What a receiver has to tell of one thing, and to whom. */
interface Told {
  readonly sender: string;
  readonly id: string;
  readonly outcome: Outcome;
}

/**
 * What becomes of what was delivered, told to whoever sent it; and what each page takes. A member
 * whose version has no such topic is told nothing, and tells nothing.
 */
export class Outcomes {
  readonly #events: OutcomesEvents;
  /** The channels of the members that are connected, by their ids. */
  readonly #channels = new Map<string, Channel>();
  /** What others take, by their ids: only of those who have said so. */
  readonly #others = new Map<string, Takes>();
  /** By sender and id. */
  readonly #told = new Lru<string, Told>(REMEMBERED);
  #takes = ANYTHING;

  constructor(events: OutcomesEvents) {
    this.#events = events;
  }

  /** What this page takes: told to everybody who is here, and who comes. */
  set takes(takes: Takes) {
    const told = takes.accept.length > MAX_ACCEPT ? { ...takes, accept: '' } : takes;
    if (alike(told, this.#takes)) return;
    this.#takes = told;
    for (const channel of this.#channels.values()) say(channel, { type: 'takes', ...told });
  }

  /** What the page of a member takes; null where it has not said so. */
  takesOf(id: string): Takes | null {
    return this.#others.get(id) ?? null;
  }

  /** The member `id` is here, over this channel; null if its version has none. */
  connect(id: string, channel: Channel | null): void {
    this.disconnect(id);
    if (!channel) return;
    this.#channels.set(id, channel);
    this.#listen(id, channel);
    if (this.#takes !== ANYTHING) say(channel, { type: 'takes', ...this.#takes });
    // Over the connection before, the last of it may have been lost.
    const repeated = this.#told.values().filter(({ sender }) => sender === id);
    for (const each of repeated.slice(-MAX_REPEATED)) say(channel, message(each));
  }

  disconnect(id: string): void {
    const channel = this.#channels.get(id);
    if (channel) channel.onmessage = null;
    this.#channels.delete(id);
    this.#others.delete(id);
  }

  /**
   * What `sender` has offered under `id`, and what was delivered here, has become this. Nothing
   * comes after `submitted`.
   */
  tell(sender: string, id: string, outcome: Outcome): void {
    const key = `${sender} ${id}`;
    const before = this.#told.get(key)?.outcome ?? 'delivered';
    if (before === outcome || before === 'submitted') return;
    const told = { sender, id, outcome };
    this.#told.set(key, told);
    const channel = this.#channels.get(sender);
    if (channel) say(channel, message(told));
  }

  /** Goes on with what `other` was to tell: its members meet this page from now on. */
  takeOver(other: Outcomes): void {
    for (const each of other.#told.values()) this.tell(each.sender, each.id, each.outcome);
  }

  #listen(id: string, channel: Channel): void {
    const fruitless = fruitlessAllowance();
    channel.onmessage = (text) => {
      try {
        if (this.#take(id, parseOutcomeMessage(text))) fruitless.giveBack();
        else if (!fruitless.take()) throw violation('outcomes that nobody waits for');
      } catch (thrown) {
        const error = SnapError.from(thrown, 'peer-protocol');
        channel.close(error);
        this.#events.violation(id, error);
      }
    };
  }

  /** Returns whether it was news. */
  #take(id: string, said: OutcomeMessage): boolean {
    if (said.type === 'outcome') return this.#events.became(said.id, id, said.outcome);
    const { accept, max, count, maxSize } = said;
    const takes = { accept, max, count, maxSize };
    const before = this.#others.get(id);
    if (before && alike(before, takes)) return false;
    this.#others.set(id, takes);
    this.#events.takes(id);
    return true;
  }
}

function message({ id, outcome }: Told): OutcomeMessage {
  return { type: 'outcome', id, outcome };
}

function alike(one: Takes, other: Takes): boolean {
  const keys = ['accept', 'max', 'count', 'maxSize'] as const;
  return keys.every((key) => one[key] === other[key]);
}

function say(channel: Channel, said: OutcomeMessage): void {
  if (channel.closed.aborted) return;
  try {
    channel.send(JSON.stringify(said));
  } catch (cause) {
    // A channel that is closing throws before its `closed` aborts.
    channel.close(SnapError.from(cause, 'peer-lost'));
  }
}
