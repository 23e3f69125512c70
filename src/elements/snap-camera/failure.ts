import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { isUnexplained } from '../../capture/camera/camera.js';
import type { SnapErrorCode } from '../../errors.js';
import type { Strings } from '../../strings/texts.js';
import * as icons from '../shared/icons.js';
import { deviceString } from './camera-view.js';
import type { CameraCommands, CameraView } from './camera-view.js';
import { emblem, tryAgain } from './emblem.js';
import { unblockHint } from './unblock.js';

/** Failures that may pass by themselves or that the person can resolve. The others would recur. */
const WORTH_ANOTHER_TRY: ReadonlySet<SnapErrorCode> = new Set([
  'camera-denied',
  'camera-dismissed',
  'camera-denied-by-system',
  'camera-missing',
  'camera-busy',
  'camera-unplugged',
] as const);

/** The poster of a camera that cannot be used: why, and what to do. */
export function failed(view: CameraView, commands: CameraCommands): TemplateResult {
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

/**
 * A microphone fails with the codes of a camera; some messages have a version of their own for it.
 */
function failure({ mode, strings }: CameraView, code: SnapErrorCode): keyof Strings {
  const own = code.replace(/^camera-/, 'microphone-') as keyof Strings;
  return mode === 'audio' && strings.exists(own, { includeFallback: true }) ? own : `error-${code}`;
}
