import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import * as icons from '../../shared/icons.js';
import { deviceString } from '../camera-view.js';
import type { CameraCommands, CameraView } from '../camera-view.js';
import { off } from '../emblem.js';
import { iconButton } from './icon-button.js';
import { lastButton } from './last-button.js';
import { cameraMenu, torchButton, zoomSlider } from './lens.js';
import { modeStrip } from './mode-strip.js';
import { pauseButton, recordingBadge } from './recording.js';
import { shutterButton } from './shutter-button.js';
import type { ShutterPress } from './shutter-press.js';

/**
 * Everything that lies on the picture. While the camera is not live, that is what does not need a
 * camera: the last photo, with how far it is, and the choice of a mode.
 *
 * ```
 *  ┌───────────────────────────────┐      ┌──────────────────────────────────┐
 *  │ recording      send torch off │      │ recording   send torch off │ flip│
 *  │                               │      │                            │     │
 *  │           (zoom)              │      │          (zoom)            │  ◯  │
 *  │     photo | video | sound     │      │   photo | video | sound    │     │
 *  │  last        ◯          flip  │      │                            │ last│
 *  └───────────────────────────────┘      └──────────────────────────────────┘
 * ```
 */
export function controls(view: CameraView, commands: CameraCommands, press: ShutterPress): TemplateResult {
  const live = view.phase === 'live';
  const busy = view.count > 0 || view.recorded !== null;
  const idle = !busy && view.phase !== 'asking' && view.phase !== 'starting';
  return html`<div class="layout" part="controls">
    <div class="tools">
      <span class="status">${live ? recordingBadge(view) : nothing}<slot name="status"></slot></span>
      ${live ? tools(view, commands, idle) : nothing}
    </div>
    <div class="middle">
      ${live ? zoomSlider(view, commands) : nothing}
      ${idle ? [sendButton(view, commands), modeStrip(view, commands)] : nothing}
    </div>
    <div class="bar">
      <div class="side">${idle ? lastSide(view, commands) : pauseButton(view, commands)}</div>
      ${live ? shutterButton(view, commands, press) : nothing}
      <div class="side end">${live && idle ? flipButton(view, commands) : nothing}</div>
    </div>
  </div>`;
}

/** Whether any of them is there while there is no picture. They are below the poster then. */
export function hasControls({ phase, modes, shutter, last, delivery }: CameraView): boolean {
  if (phase === 'live') return true;
  const below = modes.length > 1 || (shutter !== 'none' && (last !== null || delivery.pending > 0));
  const waits = phase === 'asking' || phase === 'starting';
  return below && !waits;
}

function tools(view: CameraView, commands: CameraCommands, idle: boolean): TemplateResult {
  const name = view.strings.term(deviceString(view, 'turn-off'));
  return html`${idle ? [sendToggle(view, commands), cameraMenu(view, commands)] : nothing}
  ${torchButton(view, commands)}
  ${iconButton({ part: 'turn-off', name, icon: off(view), action: commands.stop })}`;
}

function lastSide(view: CameraView, commands: CameraCommands): TemplateResult | typeof nothing {
  return view.shutter === 'none' ? nothing : lastButton(view, commands);
}

function flipButton(view: CameraView, { flip }: CameraCommands): TemplateResult | typeof nothing {
  const { strings, cameras, mode } = view;
  if (cameras.length < 2 || mode === 'audio') return nothing;
  return iconButton({ part: 'flip', name: strings.term('camera-switch'), icon: icons.flip, action: flip });
}

/** Sends what waits. In a page with a sender, that has such a button as well. */
function sendButton(view: CameraView, { sendPending }: CameraCommands): TemplateResult | typeof nothing {
  const { strings, delivery, shutter } = view;
  if (shutter === 'none' || delivery.pending === 0) return nothing;
  return html`<button type="button" class="button on-picture" part="send-pending" @click=${sendPending}>
    ${icons.label(icons.send, strings.text('camera-send-pending', delivery.pending))}
  </button>`;
}

/** For who cannot hold the shutter, and for who wants it otherwise for all photos to come. */
function sendToggle(view: CameraView, { toggleSend }: CameraCommands): TemplateResult | typeof nothing {
  const { shutter, strings } = view;
  if (shutter === 'none') return nothing;
  return iconButton({
    part: 'send-at-once',
    name: strings.term('camera-send-at-once'),
    icon: icons.send,
    action: toggleSend,
    pressed: shutter === 'send',
  });
}
