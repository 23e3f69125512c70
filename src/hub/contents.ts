import { parsePreview } from '../capture/image/preview.js';
import { SnapError } from '../errors.js';
import type { SnapErrorCode } from '../errors.js';
import { cleanFileName } from '../file-name.js';
import { randomId } from '../item.js';
import type { SnapItem } from '../item.js';
import { Transfers } from '../transfer/transfers.js';
import type { Outcome, Transfer } from '../transfer/transfer.js';
import { dispatch } from './dispatch.js';
import type { HubEvents } from './hub-events.js';
import { Inbox, originOf } from './inbox.js';
import { LeaveGuard } from './page/leave-guard.js';
import { WakeLock } from './page/wake-lock.js';
import { Pending } from './pending.js';
import { Resume } from './resume.js';
import { payloadOf, payloadOfItem } from './sendable.js';
import type { Payload, Sendable } from './sendable.js';
import { Sent } from './sending/sent.js';
import type { Session } from './session.js';
import { TransferList } from './transfer-list.js';

/** What the contents of a hub need of the hub. */
export interface ContentsOptions {
  /** Decides about an offer of the member with the id `sender`; null accepts it. */
  readonly decide: (transfer: Transfer, sender: string) => Promise<SnapErrorCode | null>;
  readonly session: () => Pick<Session, 'members' | 'waitFor'>;
  readonly emit: <Type extends keyof HubEvents>(type: Type, value: HubEvents[Type]) => void;
}

/**
 * What a hub holds: the queue of what waits to be sent, the transfers, the inbox, and what resumes
 * them after a reload. When another hub goes on in place of this one, everything moves there; what
 * was still being captured, read or received here follows as soon as it is ready.
 */
export class Contents {
  readonly #options: ContentsOptions;
  readonly transfers: Transfers;
  readonly queue: Pending;
  readonly inbox: Inbox;
  readonly resume: Resume;
  readonly transferList: TransferList;
  readonly #sent = new Sent();
  readonly #wakeLock = new WakeLock();
  readonly #leaveGuard = new LeaveGuard(() => this.#wouldLose);
  #successor: Contents | null = null;

  constructor(options: ContentsOptions) {
    this.#options = options;
    this.queue = new Pending({
      changed: () => {
        if (this.#successor) return;
        this.#guardPage();
        options.emit('pending', null);
      },
      added: (item, chosen) => this.#added(item, chosen),
      send: (item) => this.#sendItem(item),
      failed: (error) => this.report(error),
    });
    this.inbox = new Inbox({
      arrived: (item, transfer) => this.#latest.#options.emit('received', { item, transfer }),
      lost: ({ file }) => this.report(new SnapError('item-lost', { detail: file.name })),
    });
    this.transfers = new Transfers({
      decide: (transfer, { id }) => options.decide(transfer, id),
      cleanName: cleanFileName,
      preview: parsePreview,
      openSink: (offer) => this.resume.openSink(offer),
      received: (...arrived) => this.inbox.prepare(...arrived),
      changed: (transfer) => this.#transferChanged(transfer),
      violation: (_, error) => this.report(error),
      takes: () => options.emit('change', null),
    });
    this.transferList = new TransferList((transfer) => this.#forget(transfer));
    this.resume = new Resume({
      transfers: this.transfers,
      restored: (items) => this.queue.bringBack(items),
      resumed: (transfer, at) => {
        for (const { id, state } of transfer.recipients)
          if (state === 'waiting') options.session().waitFor(id, at);
      },
      supplied: (transfer, payload) => this.#latest.#sent.keep(transfer, payload),
      failed: (error) => this.report(error),
    });
  }

  /** Whether anything here is still to be sent. */
  get unsent(): boolean {
    return this.queue.items.length > 0 || this.transferList.unsent;
  }

  /** See `SnapConnection.send`. */
  send(data: Sendable, to: readonly string[] | null, name?: string): Transfer {
    const resupplied = data instanceof Blob ? this.resume.resupply(data) : null;
    return resupplied ?? this.#dispatch(payloadOf(data, name), to);
  }

  /** Whether a delivered transfer can be sent again: its bytes are still here. */
  canSendAgain(transfer: Transfer): boolean {
    return transfer.state === 'delivered' && this.#sent.get(transfer) !== undefined;
  }

  /** Sends a delivered transfer again, to whoever is here now. The new one takes its place. */
  sendAgain(transfer: Transfer): void {
    const payload = this.#sent.get(transfer);
    if (!payload || !transfer.ended) return;
    this.remove(transfer);
    // Under a new id: receivers do not take what has arrived before.
    this.#dispatch({ ...payload, description: { ...payload.description, id: randomId() } }, null);
  }

  /** Queues files, or sends them. One that a transfer waits for resumes that transfer. */
  choose(files: readonly File[], send: boolean): void {
    this.queue.choose(
      files.filter((file) => !this.resume.resupply(file)),
      send,
    );
  }

  /** Tells whoever has sent these items what has become of them. */
  tell(items: readonly SnapItem[], outcome: Outcome): void {
    for (const item of items) {
      const origin = originOf(item);
      if (origin) this.transfers.tell(origin.sender, origin.offerId, outcome);
    }
  }

  /** Forgets an item, or a transfer that has ended. */
  remove(subject: SnapItem | Transfer): void {
    if ('file' in subject) {
      if (this.inbox.remove(subject)) {
        this.tell([subject], 'removed');
        this.#options.emit('change', null);
      } else if (this.queue.remove(subject)) this.resume.drop(subject.id);
      return;
    }
    if (!subject.ended) return;
    this.#forget(subject);
    if (subject.direction === 'send') this.resume.drop(subject.id);
    this.transferList.remove(subject);
    this.#options.emit('change', null);
  }

  /** The room was left: nothing moves, and the screen may lock. */
  paused(): void {
    this.#wakeLock.keep(false);
  }

  report(error: SnapError): void {
    this.#latest.#options.emit('error', error);
  }

  /** Hands over everything to the contents of the hub that goes on in place of this one. */
  giveTo(successor: Contents): void {
    this.#successor = successor;
    this.#leaveGuard.keep(false);
    successor.resume.takeOver(this.resume);
    successor.#sent.takeOver(this.#sent);
    for (const item of this.queue.items) successor.queue.add(item, { chosen: !this.resume.copies(item.id) });
    successor.inbox.restore(this.inbox.items);
    const { members } = successor.#options.session();
    const here = members.filter(({ connected, sendOnly }) => connected && !sendOnly);
    for (const transfer of successor.transfers.takeOver(this.transfers, here))
      successor.#transferChanged(transfer);
  }

  /** These contents, or those that they were handed over to. */
  get #latest(): Contents {
    return this.#successor ? this.#successor.#latest : this;
  }

  /** Whether a reload would lose something that is to be sent, or would have it chosen again. */
  get #wouldLose(): boolean {
    const lost = ({ id }: SnapItem | Transfer): boolean => !this.resume.isSafe(id);
    return this.queue.items.some(lost) || [...this.transferList.sending].some(lost);
  }

  #guardPage(): void {
    this.#leaveGuard.keep(this.queue.length > 0 || this.transferList.sending.size > 0);
  }

  #added(item: SnapItem, chosen: boolean): void {
    if (this.#successor) this.#successor.queue.add(item, { chosen });
    else this.resume.keep(item, chosen);
  }

  async #sendItem(item: SnapItem): Promise<void> {
    const payload = await payloadOfItem(item);
    this.#latest.queue.remove(item);
    this.#latest.#dispatch(payload, null);
  }

  #dispatch(payload: Payload, to: readonly string[] | null): Transfer {
    const session = this.#options.session();
    const transfer = dispatch({ transfers: this.transfers, session, resume: this.resume }, payload, to);
    this.#sent.keep(transfer, payload);
    return transfer;
  }

  /** Frees what an ended transfer holds once the page no longer shows it. */
  #forget(transfer: Transfer): void {
    this.transfers.forget(transfer);
    this.resume.forget(transfer);
    this.#sent.delete(transfer);
  }

  #transferChanged(transfer: Transfer): void {
    if (this.#successor) return this.#successor.#transferChanged(transfer);
    this.resume.follow(transfer);
    if (!this.transferList.changed(transfer)) return;
    this.#guardPage();
    this.#wakeLock.keep(this.transferList.moving);
    this.#options.emit('transfer', transfer);
  }
}
