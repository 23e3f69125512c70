import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { mayPlay } from '../../capture/media/clip.js';
import type { SnapItem, SnapKind } from '../../item.js';

/** How many players preload at once. A phone's browser has about forty decoders for all pages. */
const LOADED = 24;

interface Player {
  readonly node: HTMLMediaElement;
  /** Aborting it removes the player's listeners. */
  readonly gone: AbortController;
}

/**
 * The players of video and sound. Each item has one node, the same in every rendering, so that
 * playback continues while the list around it changes. They are created here because Safari 27 does
 * not show a `<video>` cloned from a template.
 *
 * Only its player knows what an item really holds. A video without a picture gets an audio player;
 * media that do not play are shown as files.
 */
export class MediaNodes implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  readonly #players = new Map<string, Player>();
  readonly #asked = new Set<string>();
  /** What items have turned out to be. */
  readonly #found = new WeakMap<SnapItem, 'audio' | 'file'>();
  readonly #turned: (item: SnapItem, into: 'audio' | 'file') => void;

  /** `turned` is called when an item is to be shown as another kind. */
  constructor(
    host: ReactiveControllerHost,
    turned: (item: SnapItem, into: 'audio' | 'file') => void = () => undefined,
  ) {
    this.#host = host;
    this.#turned = turned;
    host.addController(this);
  }

  /** The kind to show `item` as: its own, or what its player has found. */
  shownAs(item: SnapItem): SnapKind {
    const { kind, file } = item;
    if ((kind === 'video' || kind === 'audio') && !mayPlay(file.type)) return 'file';
    return this.#found.get(item) ?? kind;
  }

  /** The player of `item`, with source `url` and poster `poster`. */
  of(item: SnapItem, url: string, label: string, poster: string | null): HTMLMediaElement {
    const node = this.#nodeOf(item);
    this.#asked.add(item.id);
    node.ariaLabel = label;
    if (node instanceof HTMLVideoElement && node.poster !== (poster ?? '')) node.poster = poster ?? '';
    if (node.src !== url) {
      node.controls = true;
      node.preload = this.#asked.size > LOADED ? 'none' : 'metadata';
      // Otherwise an iPhone plays it full screen.
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

  /** Unloading the player frees its decoder, of which a phone has few. */
  #drop(id: string, { node, gone }: Player): void {
    gone.abort();
    node.pause();
    node.removeAttribute('src');
    node.load();
    this.#players.delete(id);
  }
}
