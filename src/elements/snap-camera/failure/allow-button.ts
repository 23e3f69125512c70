import { html } from 'lit';
import type { TemplateResult } from 'lit';

/**
 * The browser's own button that asks for a camera, a microphone or both. The browser trusts a click
 * on it more than a script, and so asks again on a site that was blocked before.
 *
 * @see https://github.com/WICG/usermedia-element
 */
interface CaptureButton extends HTMLElement {
  /** Of `<camera>` and `<microphone>`: what the person has allowed. */
  readonly track?: MediaStreamTrack | null;
  /** The same, of `<usermedia>`. */
  readonly stream?: MediaStream | null;
}

const BUTTONS = {
  photo: ['camera', 'HTMLCameraElement'],
  video: ['usermedia', 'HTMLUserMediaElement'],
  audio: ['microphone', 'HTMLMicrophoneElement'],
} as const;

/** The tag of the browser's button for what `mode` captures; null if it has none. */
export function allowTag(mode: keyof typeof BUTTONS): 'camera' | 'usermedia' | 'microphone' | null {
  const [tag, type] = BUTTONS[mode];
  return typeof Reflect.get(window, type) === 'function' ? tag : null;
}

/**
 * Renders that button. The browser writes its text, in its own language, and ignores clicks on one
 * that it finds hard to read (too small, too pale, covered).
 *
 * `start` opens the camera once the person has allowed it. The stream of the button itself is
 * stopped: the camera is to be opened in one way only, with its own constraints.
 */
export function allowButton(mode: keyof typeof BUTTONS, start: () => void): TemplateResult {
  const allowed = (event: Event): void => {
    const { track, stream } = event.currentTarget as CaptureButton;
    track?.stop();
    for (const each of stream?.getTracks() ?? []) each.stop();
    start();
  };
  // Allowed, but the device did not open: starting finds out why. A refusal is a `cancel`.
  const failed = (): void => start();
  switch (mode) {
    case 'photo':
      return html`<camera class="allow" part="allow" @track=${allowed} @error=${failed}></camera>`;
    case 'video':
      return html`<usermedia class="allow" part="allow" @stream=${allowed} @error=${failed}></usermedia>`;
    case 'audio':
      return html`<microphone class="allow" part="allow" @track=${allowed} @error=${failed}></microphone>`;
  }
}
