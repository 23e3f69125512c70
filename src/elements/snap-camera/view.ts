import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isUnexplained } from '../../capture/camera/camera.js';
import type { SnapError, SnapErrorCode } from '../../errors.js';
import { clock } from '../../strings/format.js';
import type { StringsController } from '../../strings/strings-controller.js';
import type { Strings } from '../../strings/texts.js';
import * as icons from '../shared/icons.js';
import type { CameraPhase } from './session.js';
import { unblockHint } from './unblock.js';

/** What the camera renders from. */
export interface CameraView {
  readonly phase: CameraPhase;
  readonly error: SnapError | null;
  readonly mode: 'photo' | 'video' | 'audio';
  /** Seconds left of a countdown; 0 for none. */
  readonly count: number;
  /** Seconds recorded so far; null while nothing is recorded. */
  readonly recorded: number | null;
  readonly cameras: number;
  readonly strings: StringsController;
}

/** What the buttons of the camera do. */
export interface CameraCommands {
  readonly start: () => void;
  readonly stop: () => void;
  readonly flip: () => void;
  readonly chooseFile: () => void;
  readonly cancelCount: () => void;
  readonly record: () => void;
  readonly stopRecording: () => void;
}

/** Renders what lies on the picture or replaces it. */
export function overlay(view: CameraView, commands: CameraCommands): TemplateResult | typeof nothing {
  switch (view.phase) {
    case 'idle':
      return idle(view, commands);
    case 'asking':
    case 'starting':
      return starting(view, commands);
    case 'paused':
      return paused(view, commands);
    case 'failed':
      return failed(view, commands);
    case 'live':
      return live(view, commands);
  }
}

/** Failures that may pass by themselves or that the person can resolve. The others would recur. */
const WORTH_ANOTHER_TRY: ReadonlySet<SnapErrorCode> = new Set([
  'camera-denied',
  'camera-dismissed',
  'camera-denied-by-system',
  'camera-missing',
  'camera-busy',
  'camera-unplugged',
] as const);

function idle(view: CameraView, { start }: CameraCommands): TemplateResult {
  const { strings } = view;
  return html`<div class="poster" part="poster">
    ${emblem(view)}
    <div class="actions">
      <button type="button" class="button primary" part="turn-on" @click=${start}>
        ${strings.text(deviceString(view, 'turn-on'))}
      </button>
    </div>
    <p class="small message">${strings.text('camera-privacy')}</p>
  </div>`;
}

function starting(view: CameraView, { stop }: CameraCommands): TemplateResult {
  const { phase, strings } = view;
  return html`<div class="poster" part="poster">
    ${emblem(view)}
    <div class="message">
      <p>${strings.text(phase === 'asking' ? 'camera-asking' : deviceString(view, 'starting'))}</p>
    </div>
    <div class="actions">
      <button type="button" class="button quiet" part="cancel" @click=${stop}>
        ${strings.text('cancel')}
      </button>
    </div>
  </div>`;
}

function paused(view: CameraView, commands: CameraCommands): TemplateResult {
  return html`<div class="poster" part="poster">
    <div class="message">
      <p>${view.strings.text(deviceString(view, 'paused'))}</p>
    </div>
    <div class="actions">${tryAgain(view, commands)}</div>
  </div>`;
}

function failed(view: CameraView, commands: CameraCommands): TemplateResult {
  const { error, strings } = view;
  if (!error) return html``;
  const again = WORTH_ANOTHER_TRY.has(error.code);
  const hint = error.code === 'camera-denied' && view.mode !== 'audio' && unblockHint(navigator);
  return html`<div class="poster" part="poster">
    ${emblem(view)}
    <div class="message" part="notice" role="alert">
      <p>
        ${strings.text(isUnexplained(error) ? deviceString(view, 'not-allowed') : failure(view, error.code))}
      </p>
      ${hint ? html`<p class="small">${strings.text(hint)}</p>` : nothing}
    </div>
    <div class="actions">
      ${again ? tryAgain(view, commands) : nothing}
      <button
        type="button"
        class=${again ? 'button' : 'button primary'}
        part="choose-file"
        @click=${commands.chooseFile}
      >
        ${icons.label(icons.file, strings.text('choose-file'))}
      </button>
    </div>
  </div>`;
}

/** The message about a failure that leaves the camera on. */
export function notice({ strings }: CameraView, error: SnapError): TemplateResult {
  return html`<div class="notice danger" part="notice">${icons.warning}${strings.errorText(error)}</div>`;
}

function tryAgain({ strings }: CameraView, { start }: CameraCommands): TemplateResult {
  return html`<button type="button" class="button primary" part="try-again" @click=${start}>
    ${icons.label(icons.retry, strings.text('try-again'))}
  </button>`;
}

function live(view: CameraView, commands: CameraCommands): TemplateResult {
  const { strings, count, cameras } = view;
  const icon = (part: string, name: string, glyph: TemplateResult, action: () => void): TemplateResult =>
    html`<button
      type="button"
      class="button icon on-picture"
      part=${part}
      aria-label=${name}
      title=${name}
      @click=${action}
    >
      ${glyph}
    </button>`;
  return html`
    ${view.mode === 'audio' ? html`<div class="poster" part="poster">${emblem(view)}</div>` : nothing}
    ${count > 0 ? html`<div class="count" part="count" aria-hidden="true">${count}</div>` : nothing}
    ${badge(view)}
    <div class="controls" part="controls">
      ${count > 0 ? icon('cancel', strings.term('cancel'), icons.close, commands.cancelCount) : nothing}
      ${view.mode === 'photo' ? nothing : recordButton(view, commands)}
      ${
        cameras > 1 && view.mode !== 'audio' && view.recorded === null
          ? icon('flip', strings.term('camera-switch'), icons.flip, commands.flip)
          : nothing
      }
      ${icon('turn-off', strings.term(deviceString(view, 'turn-off')), off(view), commands.stop)}
    </div>
  `;
}

function badge(view: CameraView): TemplateResult {
  const { strings, recorded } = view;
  return recorded === null
    ? html`<span class="badge on-picture" part="badge">${strings.text(deviceString(view, 'on'))}</span>`
    : html`<span class="badge on-picture recording" part="badge">
        ${strings.phrase(`${strings.term('camera-recording')} ${clock(recorded)}`)}
      </span>`;
}

function recordButton(view: CameraView, { record, stopRecording }: CameraCommands): TemplateResult {
  const { strings, recorded } = view;
  return recorded === null
    ? html`<button
        type="button"
        class="button on-picture record"
        part="record"
        title=${strings.term(deviceString(view, 'record'))}
        @click=${record}
      >
        ${icons.label(icons.record, strings.text(deviceString(view, 'record')))}
      </button>`
    : html`<button
        type="button"
        class="button on-picture record"
        part="stop"
        title=${strings.term('camera-record-stop')}
        @click=${stopRecording}
      >
        ${icons.label(icons.stop, strings.text('camera-record-stop'))}
      </button>`;
}

function emblem(view: CameraView): TemplateResult {
  const on = view.mode === 'audio' ? icons.microphone : icons.camera;
  return html`<span class="emblem">${view.phase === 'failed' ? off(view) : on}</span>`;
}

function off({ mode }: CameraView): TemplateResult {
  return mode === 'audio' ? icons.microphoneOff : icons.cameraOff;
}

type DeviceString<Name extends string> = `camera-${Name}` | `microphone-${Name}`;

/** The string about the camera, or about the microphone. */
function deviceString<Name extends string>({ mode }: CameraView, name: Name): DeviceString<Name> {
  return mode === 'audio' ? `microphone-${name}` : `camera-${name}`;
}

/**
 * A microphone fails with the codes of a camera; some messages have a version of their own for it.
 */
function failure({ mode, strings }: CameraView, code: SnapErrorCode): keyof Strings {
  const own = code.replace(/^camera-/, 'microphone-') as keyof Strings;
  return mode === 'audio' && strings.exists(own, { includeFallback: true }) ? own : `error-${code}`;
}
