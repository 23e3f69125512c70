import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { deviceString } from '../camera-view.js';
import type { CameraCommands, CameraView } from '../camera-view.js';
import { emblem } from '../emblem.js';
import { wayButton } from './failure.js';
import { waysOutOfWaiting } from './ways.js';

/**
 * The poster of a camera that is starting, or about which the browser is asking. After a while it
 * says where to look for the question, which is easily missed, and offers to go on without.
 */
export function waiting(view: CameraView, commands: CameraCommands): TemplateResult {
  const { phase, slow, strings, waysOut } = view;
  const asking = phase === 'asking';
  const others = slow ? waysOutOfWaiting(waysOut.surroundings) : [];
  return html`<div class="poster" part="poster">
    ${emblem(view)}
    <div class="message" role="status">
      <p>${strings.text(deviceString(view, asking ? 'asking' : 'starting'))}</p>
      ${
        slow
          ? html`<p class="small">${strings.text(deviceString(view, asking ? 'unanswered' : 'slow'))}</p>`
          : nothing
      }
    </div>
    <div class="actions others">
      <button type="button" class="button quiet" part="cancel" @click=${commands.stop}>
        ${strings.text('cancel')}
      </button>
      ${others.map((way) => wayButton(way, 'quiet', view, commands))}
    </div>
  </div>`;
}
