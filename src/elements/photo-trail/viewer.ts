import { html, nothing } from 'lit';
import type { LitElement, ReactiveController, TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { repeat } from 'lit/directives/repeat.js';
import type { SnapItem } from '../../item.js';
import * as icons from '../shared/icons.js';
import { whenOutOfReach } from '../shared/dialog/out-of-reach.js';
import { itemButtons } from './item.js';
import type { TrailView } from './item.js';
import { failureNotice } from './toolbar.js';
import { isRightToLeft } from '../shared/right-to-left.js';

/** Pointer events that must not reach the page. */
const POINTING = [
  ...['click', 'dblclick', 'auxclick', 'contextmenu', 'wheel'],
  ...['mousedown', 'mouseup', 'mousemove'],
  ...['pointerdown', 'pointerup', 'pointermove', 'pointercancel'],
  ...['touchstart', 'touchmove', 'touchend', 'touchcancel'],
] as const;

/**
 * The photo viewer: a modal dialog with one photo per slide. Swipe, or press the arrow keys, Home
 * or End; Escape closes it and returns the focus to the tile of the last photo.
 *
 * It keeps track of the photo, not the index: an arriving photo does not move the picture, and when
 * the photo is removed, its neighbour is shown.
 *
 * A modal dialog blocks the rest of the page, so it closes as soon as the trail is hidden or
 * removed. Its events do not reach the page, which may close a dialog of its own on Escape, or turn
 * pages on a swipe.
 */
export class TrailViewer implements ReactiveController {
  readonly #host: LitElement;
  readonly #seen: (photo: SnapItem) => void;
  #photos: readonly SnapItem[] = [];
  /** The id of the current photo; null while the viewer is closed. */
  #current: string | null = null;
  /** The id of the photo that `seen` was called with last. */
  #told: string | null = null;
  /** The index of the slide last scrolled to, or -1. */
  #index = -1;
  /** Aborted when the dialog closes. */
  #opened: AbortController | null = null;
  #presence: AbortController | null = null;
  /** Keys that were pressed here and not yet released. */
  readonly #pressed = new Set<string>();

  /** `seen` is called with each photo that is shown. */
  constructor(host: LitElement, seen: (photo: SnapItem) => void) {
    this.#host = host;
    this.#seen = seen;
    host.addController(this);
  }

  open(photo: SnapItem): void {
    this.#current = photo.id;
    this.#index = -1;
    this.#host.requestUpdate();
  }

  render(photos: readonly SnapItem[], view: TrailView): TemplateResult {
    this.#photos = photos;
    const index = this.#settle();
    const photo = photos[index];
    return html`<dialog
      class="viewer ${this.#current !== null && isRightToLeft(this.#host) ? 'rtl' : ''}"
      part="viewer"
      lang=${view.strings.language().lang}
      aria-label=${view.strings.term('trail-viewer')}
      ${ref(this.#confine)}
      @close=${() => this.#close()}
      @keydown=${(event: KeyboardEvent) => this.#key(event)}
    >
      ${photo ? this.#renderOpen(photo, index, view) : nothing}
    </dialog>`;
  }

  hostConnected(): void {
    const presence = new AbortController();
    this.#presence = presence;
    // When Escape is released, the dialog is closed and the focus is on the tile, outside it.
    this.#host.renderRoot.addEventListener('keyup', (event) => this.#keyUp(event as KeyboardEvent), {
      signal: presence.signal,
    });
  }

  hostUpdated(): void {
    const dialog = this.#dialog;
    // Without a hub there is no dialog. It must not reopen by itself with the next hub.
    if (!dialog) this.#current = null;
    if (!dialog || this.#current === null) {
      this.#shut();
      return;
    }
    if (!dialog.open) this.#showModal(dialog);
    const index = this.#photos.findIndex(({ id }) => id === this.#current);
    if (this.#current !== this.#told) {
      this.#told = this.#current;
      const photo = this.#photos[index];
      if (photo) this.#seen(photo);
    }
    if (index !== this.#index) this.#show(index);
  }

  hostDisconnected(): void {
    this.#presence?.abort();
    this.#pressed.clear();
    this.#current = null;
    this.#shut();
  }

  #showModal(dialog: HTMLDialogElement): void {
    const opened = new AbortController();
    this.#opened = opened;
    dialog.showModal();
    whenOutOfReach(dialog, () => this.#close(), opened.signal);
  }

  #shut(): void {
    this.#opened?.abort();
    this.#opened = null;
    this.#dialog?.close();
  }

  /**
   * The index of the current photo, which a neighbour replaces if it is gone; -1 if there is none.
   */
  #settle(): number {
    if (this.#current === null) return -1;
    const index = this.#photos.findIndex(({ id }) => id === this.#current);
    if (index >= 0) return index;
    const next = Math.min(Math.max(this.#index, 0), this.#photos.length - 1);
    this.#current = this.#photos[next]?.id ?? null;
    this.#index = -1;
    return next;
  }

  #renderOpen(photo: SnapItem, index: number, view: TrailView): TemplateResult {
    const { strings, labels } = view;
    const last = this.#photos.length - 1;
    const step = (by: number, verb: string, icon: TemplateResult): TemplateResult =>
      html`<button
        type="button"
        class="button icon quiet step"
        title=${verb}
        aria-label=${verb}
        aria-disabled=${String(index + by < 0 || index + by > last)}
        @click=${() => this.#go(index + by)}
      >
        ${icon}
      </button>`;
    const close = strings.term('trail-close');
    return html`
      <div class="bar">
        <button
          type="button"
          class="button icon quiet"
          title=${close}
          aria-label=${close}
          @click=${() => this.#close()}
        >
          ${icons.close}
        </button>
        <span class="position" aria-live="polite"
          >${strings.text('trail-position', index + 1, last + 1)}</span
        >
        <div class="row">${itemButtons(photo, view)}</div>
      </div>
      ${failureNotice(view)}
      <div
        class="slides"
        tabindex="0"
        role="group"
        aria-label=${labels.of(photo).label}
        @scroll=${this.#scrolled}
      >
        ${repeat(
          this.#photos,
          ({ id }) => id,
          (item, at) =>
            html`<div class="slide">
              ${Math.abs(at - index) <= 1 ? slide(item, at === index, view) : nothing}
            </div>`,
        )}
      </div>
      <div class="bar">
        ${step(-1, strings.term('trail-previous'), icons.previous)}
        <span class="caption">${labels.of(photo).caption}</span>
        ${step(1, strings.term('trail-next'), icons.next)}
      </div>
    `;
  }

  get #dialog(): HTMLDialogElement | null {
    return this.#host.renderRoot.querySelector('dialog');
  }

  #go(index: number): void {
    const photo = this.#photos[index];
    if (!photo) return;
    this.#current = photo.id;
    this.#host.requestUpdate();
  }

  #show(index: number): void {
    this.#index = index;
    const slide = this.#host.renderRoot.querySelector('.slides')?.children[index];
    // Instantly: smooth scrolling past ten photos would show nine that nobody asked for.
    slide?.scrollIntoView({ behavior: 'instant', block: 'nearest', inline: 'start' });
  }

  readonly #scrolled = (event: Event): void => {
    const strip = event.currentTarget as HTMLElement;
    // In right-to-left pages, `scrollLeft` is negative.
    const index = Math.round(Math.abs(strip.scrollLeft) / strip.clientWidth);
    const photo = this.#photos[index];
    if (!photo || index === this.#index) return;
    this.#index = index;
    this.#current = photo.id;
    this.#host.requestUpdate();
  };

  /** Stops pointer events at the dialog, after its own listeners and before those of the page. */
  readonly #confine = (dialog?: Element): void => {
    const stop = (event: Event): void => event.stopPropagation();
    for (const type of POINTING) dialog?.addEventListener(type, stop, { passive: true });
  };

  /** Keys with a modifier belong to the browser and the page: Alt and an arrow is Back. */
  #key(event: KeyboardEvent): void {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.key === 'Escape') {
      this.#take(event);
      this.#close();
      return;
    }
    const rightToLeft = isRightToLeft(this.#host);
    const forward = rightToLeft ? 'ArrowLeft' : 'ArrowRight';
    const back = rightToLeft ? 'ArrowRight' : 'ArrowLeft';
    const to = { [forward]: this.#index + 1, [back]: this.#index - 1, Home: 0, End: this.#photos.length - 1 }[
      event.key
    ];
    if (to === undefined) return;
    this.#take(event);
    this.#go(to);
  }

  #take(event: KeyboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.#pressed.add(event.key);
  }

  #keyUp(event: KeyboardEvent): void {
    if (this.#pressed.delete(event.key)) event.stopPropagation();
  }

  /** Also called when the browser closes the dialog, such as by Back on a phone. */
  #close(): void {
    const last = this.#current;
    this.#current = null;
    this.#index = -1;
    this.#shut();
    if (last === null) return;
    this.#host.requestUpdate();
    const tile = [...this.#host.renderRoot.querySelectorAll<HTMLElement>('li')].find(
      (item) => item.dataset.id === last,
    );
    tile?.querySelector<HTMLElement>('.thumb')?.focus();
  }
}

/** A slide; a neighbour of the current one shows only its tile unless the photo is small. */
function slide(item: SnapItem, isCurrent: boolean, { tiles, urls, labels }: TrailView): TemplateResult {
  const picture = tiles.large(item, isCurrent);
  const { label } = labels.of(item);
  return picture
    ? html`<img src=${urls.of(picture)} alt=${label} decoding="async" />`
    : html`<span role="img" aria-label=${label}>${icons.picture}</span>`;
}
