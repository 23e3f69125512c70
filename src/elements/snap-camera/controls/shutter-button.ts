import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import * as icons from '../../shared/icons.js';
import { deviceString } from '../camera-view.js';
import type { CameraCommands, CameraView } from '../camera-view.js';
import type { ShutterPress } from './shutter-press.js';

/**
 * The round button at the thumb: takes a photo, starts or stops a recording, or cancels the
 * countdown. Without a shutter (`shutter="none"`) only what a page's own buttons cannot do remains.
 */
export function shutterButton(
  view: CameraView,
  commands: CameraCommands,
  press: ShutterPress,
): TemplateResult | typeof nothing {
  const { count, mode, shutter } = view;
  if (count > 0) return cancelButton(view, commands);
  if (mode !== 'photo') return recordButton(view, commands);
  return shutter === 'none' ? nothing : photoButton(view, commands, press);
}

function photoButton(view: CameraView, commands: CameraCommands, press: ShutterPress): TemplateResult {
  const send = view.shutter === 'send';
  const name = view.strings.term(send ? 'sender-snap-send' : 'sender-snap');
  const on = press.listeners(commands.press);
  return html`<button
    type="button"
    class="shutter ${press.down ? 'held' : ''}"
    part="shutter"
    aria-label=${name}
    title=${view.strings.term(send ? 'camera-hold-to-snap' : 'camera-hold-to-send')}
    @pointerdown=${on.down}
    @pointerup=${on.up}
    @pointerleave=${on.up}
    @pointercancel=${on.up}
    @contextmenu=${on.menu}
    @click=${on.click}
  >
    <span class="disc">${send ? icons.send : nothing}</span>
  </button>`;
}

function recordButton(view: CameraView, { press }: CameraCommands): TemplateResult {
  const recording = view.recorded !== null;
  const name = view.strings.term(recording ? 'camera-record-stop' : deviceString(view, 'record'));
  return html`<button
    type="button"
    class="shutter record ${recording ? 'running' : ''}"
    part="shutter ${recording ? 'stop' : 'record'}"
    aria-label=${name}
    title=${name}
    @click=${() => press(false)}
  >
    <span class="disc"></span>
  </button>`;
}

function cancelButton({ strings }: CameraView, { cancelCount }: CameraCommands): TemplateResult {
  const name = strings.term('cancel');
  return html`<button
    type="button"
    class="shutter stopping"
    part="shutter cancel"
    aria-label=${name}
    title=${name}
    @click=${cancelCount}
  >
    <span class="disc">${icons.close}</span>
  </button>`;
}
