import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { deviceString } from './camera-view.js';
import type { CameraCommands, CameraView } from './camera-view.js';
import { emblem, tryAgain } from './emblem.js';
import { failed } from './failure/failure.js';
import { waiting } from './failure/waiting.js';

/** Renders what replaces the picture, or lies on it, in each phase; but for the controls. */
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
      return live(view);
  }
}

function idle(view: CameraView, { start }: CameraCommands): TemplateResult {
  const { strings, shutter } = view;
  return html`<div class="poster" part="poster">
    ${emblem(view)}
    <div class="actions">
      <button type="button" class="button primary" part="turn-on" @click=${start}>
        ${strings.text(deviceString(view, 'turn-on'))}
      </button>
    </div>
    <p class="small message">
      ${strings.text(shutter === 'send' ? 'camera-privacy-shutter' : 'camera-privacy')}
    </p>
    ${view.guard}
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

function live({ count, mode, meter }: CameraView): TemplateResult {
  return html`
    ${mode === 'audio' ? html`<div class="stage">${meter}</div>` : nothing}
    ${count > 0 ? html`<div class="count" part="count" aria-hidden="true">${count}</div>` : nothing}
  `;
}
