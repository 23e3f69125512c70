import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SnapError } from '../../errors.js';
import { clock } from '../../strings/format.js';
import * as icons from '../shared/icons.js';
import { deviceString } from './camera-view.js';
import type { CameraCommands, CameraView } from './camera-view.js';
import { emblem, off, tryAgain } from './emblem.js';
import { failed } from './failure/failure.js';
import { waiting } from './failure/waiting.js';

/** Renders what lies on the picture or replaces it. */
export function overlay(view: CameraView, commands: CameraCommands): TemplateResult | typeof nothing {
  switch (view.phase) {
    case 'idle':
      return idle(view, commands);
    case 'asking':
    case 'starting':
      return waiting(view, commands);
    case 'paused':
      return paused(view, commands);
    case 'failed':
      return failed(view, commands);
    case 'live':
      return live(view, commands);
  }
}

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

function paused(view: CameraView, commands: CameraCommands): TemplateResult {
  return html`<div class="poster" part="poster">
    <div class="message">
      <p>${view.strings.text(deviceString(view, 'paused'))}</p>
    </div>
    <div class="actions">${tryAgain(view, commands)}</div>
  </div>`;
}

/** The message about a failure that leaves the camera on. */
export function notice({ strings }: CameraView, error: SnapError): TemplateResult {
  return html`<div class="notice danger" part="notice">${icons.warning}${strings.errorText(error)}</div>`;
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
