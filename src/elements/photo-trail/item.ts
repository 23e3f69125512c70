import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SnapError } from '../../errors.js';
import { SnapRemoveRequestEvent } from '../../events.js';
import { canonicalType } from '../../capture/media/media-type.js';
import type { SnapItem, SnapKind } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';
import { checkFiles, isLost, useForSaving } from '../../hub/file-life.js';
import { inertBlob } from './inert-blob.js';
import type { HubElement } from '../../hub/hub-element.js';
import * as icons from '../shared/icons.js';
import type { ObjectUrls } from '../shared/object-urls.js';
import { canCopy, canShare } from './sharing.js';
import type { MediaNodes } from './media.js';
import type { TrailTiles } from './tiles.js';
import type { TrailLabels } from './labels.js';

/** A command that the trail runs without asking the hub. `copy-seen`: the tick has faded. */
export type TrailCommand = 'open' | 'share' | 'copy' | 'copy-seen';

/** What a trail is rendered from. */
export interface TrailView {
  readonly hub: HubElement;
  readonly strings: StringsController;
  readonly labels: TrailLabels;
  readonly urls: ObjectUrls;
  readonly media: MediaNodes;
  readonly tiles: TrailTiles;
  /** Whether removing is disabled. */
  readonly disabled: boolean;
  /** The id of the item copied last, while it shows a tick. */
  readonly copied: string | null;
  /** Why the last command failed. */
  readonly failure: SnapError | null;
  readonly run: (command: TrailCommand, item: SnapItem) => void;
  readonly request: (event: Event) => void;
  readonly saveAll: () => void;
}

/** An item of the trail, as a tile. */
export function trailItem(item: SnapItem, view: TrailView): TemplateResult {
  const lost = isLost(item.file);
  const shown = shownAs(item, view);
  const { name, size, time, dateTime } = view.labels.of(item, shown);
  const { strings } = view;
  const note = lost ? 'trail-lost' : noteOn(item, shown);
  const from = item.from?.name ?? '';
  return html`<li class="item ${shown}" part="item" data-id=${item.id}>
    ${thumbnail(item, shown, view)}
    <div class="caption" part="caption">
      <bdi class="name">${name}</bdi>
      <span class="details" dir=${strings.language().dir}>
        <bdi>${size}</bdi>${from && from !== name ? html` · <bdi>${from}</bdi>` : nothing}${
          time ? html` · <time dir="auto" datetime=${dateTime}>${time}</time>` : nothing
        }
      </span>
      ${note ? html`<p class="note">${strings.text(note)}</p>` : nothing}
    </div>
    <div class="row">${itemButtons(item, view)}</div>
  </li>`;
}

/** The kind to show `item` as: its own, or what it has turned out to be. */
export function shownAs(item: SnapItem, { media, tiles }: TrailView): SnapKind {
  if (isLost(item.file)) return 'file';
  return item.kind === 'photo' && tiles.fails(item) ? 'file' : media.shownAs(item);
}

/** The string that says why an item is shown as a lesser kind; null if it is not. */
export function noteOn(
  { file }: SnapItem,
  shown: SnapKind,
): 'trail-unplayable' | 'trail-sound-only' | 'trail-unshown' | null {
  const top = canonicalType(file.type).split('/', 1)[0];
  if (shown === 'file' && top === 'image') return 'trail-unshown';
  if (shown === 'file' && (top === 'video' || top === 'audio')) return 'trail-unplayable';
  return shown === 'audio' && top === 'video' ? 'trail-sound-only' : null;
}

function thumbnail(item: SnapItem, shown: SnapKind, view: TrailView): TemplateResult {
  const { labels, urls, media, tiles, run } = view;
  const { label } = labels.of(item, shown);
  if (shown === 'photo') {
    const tile = tiles.tile(item);
    return html`<button type="button" class="thumb" part="thumbnail" @click=${() => run('open', item)}>
      ${
        tile
          ? html`<img
              src=${urls.of(tile)}
              alt=${label}
              width=${item.width || nothing}
              height=${item.height || nothing}
              decoding="async"
              part="photo"
              @error=${checkFiles}
            />`
          : html`<span role="img" aria-label=${label}>${icons.picture}</span>`
      }
    </button>`;
  }
  const poster = shown === 'video' && item.preview ? urls.of(item.preview) : null;
  const player = shown === 'file' ? null : media.of(item, urls.of(item.file), label, poster);
  if (shown === 'video') return html`<div class="thumb" part="thumbnail">${player}</div>`;
  const isPicture = canonicalType(item.file.type).startsWith('image/');
  // Images that are too large or of a type only other browsers decode, and lost files.
  if (item.preview && (isPicture || isLost(item.file)))
    return html`<div class="thumb" part="thumbnail">
      <img src=${urls.of(item.preview)} alt="" decoding="async" />
    </div>`;
  const isFilm = canonicalType(item.file.type).startsWith('video/');
  const icon = shown === 'audio' ? icons.sound : isFilm ? icons.film : icons.file;
  return html`<div class="thumb" part="thumbnail">
    ${icon}${player ?? html`<span class="extension">${extension(item.file.name)}</span>`}
  </div>`;
}

/** The buttons *Save*, *Share*, *Copy* and *Remove*, as far as they apply to `item`. */
export function itemButtons(item: SnapItem, view: TrailView): TemplateResult {
  const { urls, labels, copied, disabled, run, request } = view;
  const { verbs } = labels;
  const names = labels.of(item);
  const saving = (): void => useForSaving(item.file);
  const button = (id: keyof typeof verbs, icon: TemplateResult, onclick: () => void): TemplateResult =>
    html`<button
      type="button"
      class="button icon quiet"
      data-action=${id}
      title=${verbs[id]}
      aria-label=${names[id]}
      ?disabled=${id === 'remove' && disabled}
      @click=${onclick}
    >
      ${icon}
    </button>`;
  const remove = button('remove', icons.remove, () => request(new SnapRemoveRequestEvent(item)));
  if (isLost(item.file)) return remove;
  const tick = html`<span class="tick" @animationend=${() => run('copy-seen', item)}>${icons.check}</span>`;
  return html`
    <a
      class="button icon quiet"
      data-action="save"
      title=${verbs.save}
      aria-label=${names.save}
      href=${urls.of(inertBlob(item))}
      download=${item.file.name}
      @click=${saving}
      @contextmenu=${saving}
      >${icons.save}</a
    >
    ${canShare(item.file) ? button('share', icons.share, () => run('share', item)) : nothing}
    ${
      item.kind === 'photo' && canCopy()
        ? button('copy', copied === item.id ? tick : icons.copy, () => run('copy', item))
        : nothing
    }
    ${remove}
  `;
}

function extension(name: string): string {
  return /\.([\p{L}\p{N}]{1,5})$/u.exec(name)?.[1]?.toUpperCase() ?? '';
}
