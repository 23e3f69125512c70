import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { CameraChoice } from '../../../capture/camera/cameras.js';
import type { StringsController } from '../../../strings/strings-controller.js';
import * as icons from '../../shared/icons.js';
import type { CameraCommands, CameraView } from '../camera-view.js';
import { iconButton } from './icon-button.js';

/** The light, where the camera has one. */
export function torchButton(view: CameraView, { setTorch }: CameraCommands): TemplateResult | typeof nothing {
  const { controls, strings } = view;
  const torch = controls?.torch ?? null;
  if (torch === null) return nothing;
  const name = strings.term('camera-torch');
  return iconButton({
    part: 'torch',
    name,
    icon: icons.torch,
    action: () => setTorch(!torch),
    pressed: torch,
  });
}

/** The zoom by keyboard, pointer and screen reader. Two fingers on the picture do the same. */
export function zoomSlider(view: CameraView, { setZoom }: CameraCommands): TemplateResult | typeof nothing {
  const zoom = view.controls?.zoom;
  if (!zoom) return nothing;
  const { strings } = view;
  const factor = `${strings.number(zoom.value, { maximumFractionDigits: 1 })}×`;
  return html`<label class="zoom on-picture" part="zoom">
    <input
      type="range"
      min=${zoom.min}
      max=${zoom.max}
      step=${zoom.step}
      .value=${live(String(zoom.value))}
      aria-label=${strings.term('camera-zoom')}
      aria-valuetext=${factor}
      @input=${(event: Event) => setZoom((event.currentTarget as HTMLInputElement).valueAsNumber)}
    />
    <span class="factor" aria-hidden="true">${factor}</span>
  </label>`;
}

/**
 * The list of cameras, where there are more than one can switch between. It is the browser's own
 * list: on a phone it is as large as a thumb needs it.
 */
export function cameraMenu(view: CameraView, { choose }: CameraCommands): TemplateResult | typeof nothing {
  const { cameras, deviceId, mode, strings } = view;
  if (cameras.length < 3 || mode === 'audio') return nothing;
  const name = strings.term('camera-choose');
  const chosen = (event: Event): void => choose((event.currentTarget as HTMLSelectElement).value);
  return html`<span class="button icon on-picture menu" title=${name}>
    ${icons.lenses}
    <select part="cameras" aria-label=${name} @change=${chosen}>
      ${cameras.map(
        (each) =>
          html`<option value=${each.deviceId} .selected=${each.deviceId === deviceId}>
            ${cameraName(each, cameras, strings)}
          </option>`,
      )}
    </select>
  </span>`;
}

/** By which way it looks and what it is called; cameras that would be called alike get a number. */
function cameraName(
  camera: CameraChoice,
  cameras: readonly CameraChoice[],
  strings: StringsController,
): string {
  const plain = plainName(camera, strings);
  const alike = cameras.filter((each) => plainName(each, strings) === plain);
  return alike.length > 1 ? `${plain} ${strings.number(alike.indexOf(camera) + 1)}` : plain;
}

function plainName({ facing, label }: CameraChoice, strings: StringsController): string {
  const side = facing && strings.term(facing === 'user' ? 'camera-front' : 'camera-back');
  return [side, label].filter(Boolean).join(': ') || strings.term('camera');
}
