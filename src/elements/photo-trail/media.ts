import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { mayPlay } from '../../capture/media/clip.js';
import type { SnapItem, SnapKind } from '../../item.js';

/**
 * How many players load what they play at once. A browser has some forty on a phone, for all of a
 * page.
 */
const LOADED = 24;

interface Player {
  readonly node: HTMLMediaElement;
  /** Ends listening to it. */
  readonly gone: AbortController;
}

/**
 * The players of clips and sounds: one node for each item, the same in every rendering, so that
 * what plays goes on while the list around it changes. They are made here and not in a template
 * because Safari 27 does not show a `<video>` that was cloned from one.
 *
 * What an item holds is known for sure once its player has it. A film without a picture here, whose
 * sound plays, gets a player of sounds; what does not play at all, or fails on the way, is shown as
 * the file that it is.
 */
export class MediaNodes implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #players = new Map<string, Player>();
  readonly #asked = new Set<string>();
  /** What items turned out to be. */
  readonly #found = new WeakMap<SnapItem, 'audio' | 'file'>();
  readonly #turned: (item: SnapItem, into: 'audio' | 'file') => void;

  /** `turned` is called when an item is shown as another kind from now on. */
  constructor(
    host: ReactiveControllerHost,
    turned: (item: SnapItem, into: 'audio' | 'file') => void = () => undefined,
  ) {
    this.#host = host;
    this.#turned = turned;
    host.addController(this);
  }

  /** What `item` is to be shown as: what it is, or what its player makes of it. */
  shownAs(item: SnapItem): SnapKind {
    const { kind, file } = item;
    if ((kind === 'video' || kind === 'audio') && !mayPlay(file.type)) return 'file';
    return this.#found.get(item) ?? kind;
  }

  /** The player of `item`, a clip or a sound. It plays `url`, and shows `poster` before. */
  of(item: SnapItem, url: string, label: string, poster: string | null): HTMLMediaElement {
    const node = this.#nodeOf(item);
    this.#asked.add(item.id);
    node.ariaLabel = label;
    if (node instanceof HTMLVideoElement && node.poster !== (poster ?? '')) node.poster = poster ?? '';
    if (node.src !== url) {
      node.controls = true;
      node.preload = this.#asked.size > LOADED ? 'none' : 'metadata';
      // On an iPhone a film would otherwise take the whole screen as soon as it plays.
      if (node instanceof HTMLVideoElement) node.playsInline = true;
      node.src = url;
    }
    return node;
  }

  hostUpdate(): void {
    this.#asked.clear();
  }

  hostUpdated(): void {
    for (const [id, player] of this.#players) if (!this.#asked.has(id)) this.#drop(id, player);
  }

  #nodeOf(item: SnapItem): HTMLMediaElement {
    const tag = this.shownAs(item) === 'video' ? 'video' : 'audio';
    const known = this.#players.get(item.id);
    if (known?.node.localName === tag) return known.node;
    if (known) this.#drop(item.id, known);
    const node = document.createElement(tag);
    const gone = new AbortController();
    const { signal } = gone;
    node.addEventListener('error', () => this.#turn(item, 'file'), { signal });
    node.addEventListener(
      'loadedmetadata',
      () => node instanceof HTMLVideoElement && node.videoWidth === 0 && this.#turn(item, 'audio'),
      { signal },
    );
    this.#players.set(item.id, { node, gone });
    return node;
  }

  #turn(item: SnapItem, into: 'audio' | 'file'): void {
    this.#found.set(item, into);
    this.#turned(item, into);
    this.#host.requestUpdate();
  }

  /**
   * A player without an address and loaded anew lets go of its decoder; there are few of them on a
   * phone.
   */
  #drop(id: string, { node, gone }: Player): void {
    gone.abort();
    node.pause();
    node.removeAttribute('src');
    node.load();
    this.#players.delete(id);
  }
}
