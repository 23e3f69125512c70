import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SnapItem } from '../../../item.js';
import * as icons from '../../shared/icons.js';
import type { CameraView } from '../camera-view.js';
import { deliveryText } from '../delivery-text.js';
import { iconButton } from './icon-button.js';

/** What is being looked at: the last photo, or a clip that waits for its maker's decision. */
export interface Review {
  /** A clip that nobody but its maker has seen yet; null for what was captured before. */
  readonly held: SnapItem | null;
  /** The player of a clip or a sound. It is a node: see `Viewfinder.video`. */
  readonly player: HTMLMediaElement | null;
}

/** What the buttons of a review do. */
export interface ReviewCommands {
  readonly close: () => void;
  /** Discards the photo or clip. */
  readonly retake: () => void;
  /** Keeps the clip, or sends it. */
  readonly use: () => void;
  /** Sends the pending item. */
  readonly send: () => void;
  readonly cancel: () => void;
  readonly retry: () => void;
}

/** Shows a capture in place of the picture, with what can be done about it. */
export function reviewPanel(review: Review, view: CameraView, commands: ReviewCommands): TemplateResult {
  const { strings, last } = view;
  const kind = review.held?.kind ?? last?.kind ?? 'photo';
  const status = review.held ? '' : deliveryText(view);
  return html`<div
    class="review"
    part="review"
    role="group"
    tabindex="-1"
    aria-label=${strings.term('camera-last', strings.term(`kind-${kind}`), status)}
    @keydown=${(event: KeyboardEvent) => {
      if (event.key === 'Escape' && !review.held) commands.close();
    }}
  >
    <div class="exhibit">${exhibit(review, view)}</div>
    <div class="tools">
      <span class="status" aria-hidden="true">
        ${status ? html`<span class="badge plain on-picture">${strings.phrase(status)}</span>` : nothing}
      </span>
      ${
        review.held
          ? nothing
          : iconButton({
              part: 'close',
              name: strings.term('trail-close'),
              icon: icons.close,
              action: commands.close,
            })
      }
    </div>
    <div class="decision">${review.held ? forHeld(view, commands) : forLast(view, commands)}</div>
  </div>`;
}

function exhibit({ held, player }: Review, { last, strings, urls }: CameraView): TemplateResult {
  const clip = held ?? last?.item;
  if (player && clip) {
    const url = urls.of(clip.file);
    if (player.src !== url) player.src = url;
    player.ariaLabel = strings.term(`kind-${clip.kind}`);
    return html`${player}`;
  }
  const picture = last?.kind === 'photo' ? (last.item?.file ?? last.preview) : last?.preview;
  const name = strings.term(`kind-${last?.kind ?? 'file'}`);
  return picture
    ? html`<img src=${urls.of(picture)} alt=${name} />`
    : html`<span class="emblem">${icons.ofKind(last?.kind ?? 'file')}</span>`;
}

function forHeld({ strings, shutter }: CameraView, { retake, use }: ReviewCommands): TemplateResult {
  return html`${action('retake', icons.retry, strings.text('camera-retake'), retake)}
  ${
    shutter === 'send'
      ? action('use', icons.send, strings.text('sender-send'), use, true)
      : action('use', icons.check, strings.text('camera-use'), use, true)
  }`;
}

function forLast(view: CameraView, commands: ReviewCommands): TemplateResult | typeof nothing {
  const { last, strings } = view;
  if (last?.pending)
    return html`${action('retake', icons.retry, strings.text('camera-retake'), commands.retake)}
    ${action('send', icons.send, strings.text('sender-send'), commands.send, true)}`;
  const transfer = last?.transfer;
  if (!transfer || transfer.state === 'delivered') return nothing;
  return transfer.ended
    ? action('retry', icons.retry, strings.text('sender-retry'), commands.retry, true)
    : action('cancel', icons.close, strings.text('cancel'), commands.cancel);
}

function action(
  part: string,
  icon: TemplateResult,
  text: TemplateResult,
  run: () => void,
  primary = false,
): TemplateResult {
  return html`<button
    type="button"
    class="button ${primary ? 'primary' : 'on-picture'}"
    part=${part}
    @click=${run}
  >
    ${icons.label(icon, text)}
  </button>`;
}
