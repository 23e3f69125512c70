import { SnapError } from '../../errors.js';
import type { SnapErrorCode } from '../../errors.js';
import { headerOf, previewOf } from '../wire/description.js';
import type { Description } from '../wire/description.js';
import { Outgoing } from './outgoing.js';
import { offerAllowance } from '../link/allowance.js';
import type { Allowance } from '../link/allowance.js';
import type { Connected, ConnectedPeers, Peer } from '../peer.js';
import { Lru } from '../../lru.js';
import { missingSource } from './source.js';
import type { Source } from './source.js';
import { REMEMBERED, Transfer } from '../transfer.js';
import type { Outcome, Recipient } from '../transfer.js';

export interface OutboundEvents {
  /** The picture in these bytes, when it is one that may be shown. */
  preview(bytes: Uint8Array<ArrayBuffer>): Blob | null;
  /** A transfer has begun, moved on or ended. */
  changed(transfer: Transfer): void;
}

/**
 * Everything that is being sent, and to whom. What was sent into one room never goes to another.
 */
export class Outbound {
  /** The tag of the room that the peers are in. */
  room = '';
  readonly #events: OutboundEvents;
  readonly #peers: ConnectedPeers;
  /** By the id of the transfer. Of those with one id, only the last may still be running. */
  readonly #outgoing = new Map<string, readonly Outgoing[]>();
  /** Who has taken over everything that was to be sent. */
  #heir: Outbound | null = null;
  readonly #allowances = new Lru<string, Allowance>(REMEMBERED);
  /** By id, why forgotten transfers had ended: a recipient may still wait for them. */
  readonly #forgotten = new Lru<string, SnapErrorCode>(REMEMBERED);

  constructor(peers: ConnectedPeers, events: OutboundEvents) {
    this.#peers = peers;
    this.#events = events;
  }

  /** See `Transfers.send`. */
  send(source: Source, description: Description, recipients: readonly Peer[]): Transfer {
    const running = this.#under(description.id).find(({ transfer }) => !transfer.ended);
    const outgoing = running ?? this.#prepare(source, description);
    for (const recipient of recipients) outgoing.deliverTo(recipient);
    this.#engageAll(outgoing);
    return outgoing.transfer;
  }

  /** See `Transfers.restore`. */
  restore(
    source: Source | null,
    size: number,
    description: Description,
    recipients: readonly Omit<Recipient, 'loaded' | 'outcome'>[],
  ): Transfer {
    const [known] = this.#under(description.id);
    if (known) return known.transfer;
    const outgoing = this.#prepare(source ?? missingSource(size), description);
    // All recipients first: the transfer must not count as delivered when only some have it.
    const deliveries = recipients.map((recipient) => outgoing.deliverTo(recipient));
    deliveries.forEach((delivery, at) => delivery.restore(recipients[at]!.state, recipients[at]!.error));
    if (!source && !outgoing.transfer.ended) outgoing.fail(new SnapError('source-unreadable'));
    this.#engageAll(outgoing);
    return outgoing.transfer;
  }

  /** See `Transfers.resupply`. */
  resupply(transfer: Transfer, source: Source): void {
    this.#of(transfer)?.resupply(source);
    transfer.retry();
  }

  /** Forgets a transfer that has ended. */
  forget(transfer: Transfer): void {
    const outgoing = this.#of(transfer);
    if (outgoing) this.#delete(outgoing);
    if (transfer.direction === 'receive' || !transfer.error) return;
    this.#forgotten.set(transfer.id, transfer.error.code);
  }

  /** See `Transfers.takeOver`. */
  takeOver(other: Outbound, recipients: readonly Peer[]): readonly Transfer[] {
    other.#heir = this;
    const known = new Set(this.#outgoing.keys());
    const taken = other.#all.filter(
      ({ room, transfer }) => (room === '' || room === this.room) && !known.has(transfer.id),
    );
    for (const outgoing of taken) {
      other.#delete(outgoing);
      this.#add(outgoing);
      outgoing.room = this.room;
      if (!outgoing.transfer.ended && outgoing.deliveries.size === 0)
        for (const recipient of recipients) outgoing.deliverTo(recipient);
      this.#engageAll(outgoing);
    }
    return taken.map(({ transfer }) => transfer);
  }

  /** How many offers to a peer may come to nothing: a new connection gives no new ones. */
  allowanceOf(id: string): Allowance {
    return this.#allowances.getOrCreate(id, offerAllowance);
  }

  /** Offers a peer that has just connected everything that is for it. */
  greet(peer: Connected): void {
    for (const outgoing of this.#here) if (!outgoing.transfer.ended) engage(outgoing, peer);
  }

  /** A peer has left for good: it is no longer a recipient. */
  left(id: string): void {
    for (const { deliveries } of this.#here) deliveries.get(id)?.left();
  }

  /** A peer has been away for too long: what is for it fails. */
  expire(id: string): void {
    for (const { deliveries } of this.#here) deliveries.get(id)?.giveUp(new SnapError('transfer-expired'));
  }

  /** The room has a new code: what was meant for its members still is. */
  moved(room: string): void {
    for (const outgoing of this.#here) outgoing.room = room;
    this.room = room;
  }

  /** Something has become of what was delivered to a peer. Returns whether that is news. */
  became(id: string, recipientId: string, outcome: Outcome): boolean {
    const outgoing = this.#under(id).find((each) => each.became(recipientId, outcome));
    if (outgoing) this.#events.changed(outgoing.transfer);
    return outgoing !== undefined;
  }

  /**
   * A peer waits for something. Returns null when it will be offered, else why it will not: it
   * ended while the peer was away, or was not stored before the page died.
   */
  expected(id: string, peer: Peer): SnapErrorCode | null {
    const deliveries = this.#under(id).map((outgoing) => outgoing.deliveries.get(peer.id));
    // It will be offered, here or in the room that it was sent into.
    if (deliveries.some((delivery) => delivery && !delivery.settled)) return null;
    const recipient = deliveries.at(-1)?.recipient;
    const known = recipient?.state === 'left' ? 'peer-lost' : recipient?.error?.code;
    return known ?? this.#forgotten.get(id) ?? 'source-unreadable';
  }

  /** What was sent into this room. */
  get #here(): Outgoing[] {
    return this.#all.filter(({ room }) => room === this.room);
  }

  get #all(): Outgoing[] {
    return [...this.#outgoing.values()].flat();
  }

  #under(id: string): readonly Outgoing[] {
    return this.#outgoing.get(id) ?? [];
  }

  #of(transfer: Transfer): Outgoing | undefined {
    return this.#under(transfer.id).find((each) => each.transfer === transfer);
  }

  #add(outgoing: Outgoing): void {
    const { id } = outgoing.transfer;
    this.#outgoing.set(id, [...this.#under(id), outgoing]);
  }

  #delete(outgoing: Outgoing): void {
    const { id } = outgoing.transfer;
    const others = this.#under(id).filter((each) => each !== outgoing);
    if (others.length > 0) this.#outgoing.set(id, others);
    else this.#outgoing.delete(id);
  }

  #prepare(source: Source, description: Description): Outgoing {
    const header = headerOf(description, source.size);
    const preview = previewOf(header);
    const transfer = new Transfer({
      ...description,
      type: description.mime,
      direction: 'send',
      size: source.size,
      preview: preview && this.#events.preview(preview),
      onchange: (changed) => this.#events.changed(changed),
      onrequest: (_, request) => (request === 'cancel' ? outgoing.cancel() : this.#retry(outgoing)),
    });
    const outgoing = new Outgoing(transfer, header, source, this.room);
    this.#add(outgoing);
    this.#events.changed(transfer);
    return outgoing;
  }

  #retry(outgoing: Outgoing): void {
    if (this.#heir) return this.#heir.#retry(outgoing);
    outgoing.transfer.move('queued');
    outgoing.renew();
    this.#engageAll(outgoing);
  }

  #engageAll(outgoing: Outgoing): void {
    if (outgoing.room !== this.room || outgoing.transfer.ended) return;
    for (const peer of this.#peers.values()) engage(outgoing, peer);
  }
}

/**
 * Offers it to a peer that is a recipient, or becomes one: what was sent while nobody was there
 * goes to the first receiving member to come.
 */
function engage(outgoing: Outgoing, { peer, link }: Connected): void {
  if (outgoing.deliveries.size === 0 && !peer.sendOnly) outgoing.deliverTo(peer);
  const delivery = outgoing.deliveries.get(peer.id);
  if (delivery && !delivery.settled) link.deliver(delivery);
}
