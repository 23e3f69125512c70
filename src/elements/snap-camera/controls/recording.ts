import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { clock } from '../../../strings/format.js';
import * as icons from '../../shared/icons.js';
import type { CameraCommands, CameraView } from '../camera-view.js';
import { iconButton } from './icon-button.js';

/**
 * How long the recording is, and how loud it is where no stage shows that; or that a microphone is
 * on. That a camera is, its picture shows.
 */
export function recordingBadge({
  mode,
  recorded,
  recordingPaused,
  meter,
  strings,
}: CameraView): TemplateResult | typeof nothing {
  if (recorded === null) {
    if (mode !== 'audio') return nothing;
    return html`<span class="badge plain on-picture" part="badge">${strings.text('microphone-on')}</span>`;
  }
  const state = strings.term(recordingPaused ? 'camera-recording-paused' : 'camera-recording');
  return html`<span class="badge on-picture ${recordingPaused ? 'still' : ''}" part="badge">
    ${strings.phrase(`${state} ${clock(recorded)}`)} ${mode === 'video' ? meter : nothing}
  </span>`;
}

export function pauseButton(view: CameraView, commands: CameraCommands): TemplateResult | typeof nothing {
  const { recorded, recordingPaused, strings } = view;
  if (recorded === null) return nothing;
  return recordingPaused
    ? iconButton({
        part: 'resume',
        name: strings.term('camera-record-resume'),
        icon: icons.record,
        action: commands.resume,
      })
    : iconButton({
        part: 'pause',
        name: strings.term('camera-record-pause'),
        icon: icons.pause,
        action: commands.pause,
      });
}
