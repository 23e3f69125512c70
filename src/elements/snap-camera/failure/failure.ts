import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isUnexplained } from '../../../capture/camera/camera.js';
import type { SnapError } from '../../../errors.js';
import type { Strings } from '../../../strings/texts.js';
import * as icons from '../../shared/icons.js';
import { deviceString } from '../camera-view.js';
import type { CameraCommands, CameraView } from '../camera-view.js';
import { emblem } from '../emblem.js';
import { allowButton } from './allow-button.js';
import { canvasHint, systemHint, unblockHint } from './unblock.js';
import type { UnblockHint } from './unblock.js';
import { waysOut } from './ways.js';
import type { Way } from './ways.js';

/** The poster of a camera that cannot be used: why, the best way out, and the others, quietly. */
export function failed(view: CameraView, commands: CameraCommands): TemplateResult {
  const { error, strings } = view;
  if (!error) return html``;
  const ways = waysOut(error, view.waysOut.surroundings);
  const [main, ...others] = ways;
  const { cause, remedy, key } = explanation(view, error, main === 'allow');
  const hint = main === 'allow' ? null : hintFor(error);
  return html`<div class="poster" part="poster">
    ${emblem(view)}
    <div class="message" part="notice" role="alert">
      <p class="title">${strings.phrase(cause, key)}</p>
      ${remedy && !ways.includes('own-tab') ? html`<p>${strings.phrase(remedy, key)}</p>` : nothing}
      ${hint ? html`<p class="small">${strings.text(hint, strings.term(device(view)))}</p>` : nothing}
    </div>
    <div class="actions ways">
      ${main ? wayButton(main, 'primary', view, commands) : nothing}
      <div class="actions others">${others.map((way) => wayButton(way, 'quiet', view, commands))}</div>
    </div>
    ${view.guard}
  </div>`;
}

/** The button, or link, for `way`. */
export function wayButton(
  way: Way,
  look: 'primary' | 'quiet',
  view: CameraView,
  commands: CameraCommands,
): TemplateResult {
  const { strings, mode, waysOut: ways } = view;
  const button = (
    part: string,
    icon: TemplateResult,
    text: TemplateResult,
    press: () => void,
  ): TemplateResult =>
    html`<button type="button" class="button ${look}" part=${part} @click=${press}>
      ${icons.label(icon, text)}
    </button>`;
  switch (way) {
    case 'allow':
      return allowButton(mode, commands.start);
    case 'try-again':
      return button('try-again', icons.retry, strings.text('try-again'), commands.start);
    case 'use-phone':
      return button('use-phone', icons.phone, strings.text('use-phone'), ways.usePhone);
    case 'take-photo':
      return button(
        'take-photo',
        mode === 'video' ? icons.film : icons.camera,
        strings.text(mode === 'video' ? 'take-video' : 'take-photo'),
        ways.takePhoto,
      );
    case 'choose-file':
      return button('choose-file', icons.file, strings.text('choose-file'), commands.chooseFile);
    case 'copy-link':
      return ways.link.render(ways.address);
    case 'own-tab':
      return html`<a
        class="button ${look}"
        part="own-tab"
        href=${ways.address}
        target="_blank"
        rel="noopener"
      >
        ${icons.label(icons.link, strings.text('own-tab'))}
      </a>`;
  }
}

interface Explanation {
  /** What is wrong: the first sentence of the message. */
  readonly cause: string;
  /** What helps: the others, if there are any. */
  readonly remedy: string;
  readonly key: keyof Strings;
}

function explanation(view: CameraView, error: SnapError, asksAgain: boolean): Explanation {
  const key = asksAgain
    ? deviceString(view, 'allow-here')
    : isUnexplained(error)
      ? deviceString(view, 'not-allowed')
      : messageKey(view, error);
  const message = view.strings.term(key as 'cancel');
  const end = /[.!?。؟]\s+/u.exec(message);
  if (!end) return { cause: message, remedy: '', key };
  const at = end.index + end[0].length;
  return { cause: message.slice(0, at).trim(), remedy: message.slice(at), key };
}

/**
 * A microphone fails with the codes of a camera; some messages have a version of their own for it.
 */
function messageKey({ mode, strings }: CameraView, { code }: SnapError): keyof Strings {
  const own = code.replace(/^camera-/, 'microphone-') as keyof Strings;
  return mode === 'audio' && strings.exists(own, { includeFallback: true }) ? own : `error-${code}`;
}

/** Where this browser, or this system, lets people allow what it forbids. */
function hintFor(error: SnapError): UnblockHint | null {
  switch (error.code) {
    case 'camera-denied':
      return unblockHint(navigator);
    case 'camera-denied-by-system':
      return systemHint(navigator);
    case 'capture-blocked':
      return canvasHint(navigator);
    default:
      return null;
  }
}

function device({ mode }: CameraView): 'camera' | 'microphone' {
  return mode === 'audio' ? 'microphone' : 'camera';
}
