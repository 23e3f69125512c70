import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { SnapError, isNoPath } from '../../errors.js';
import { SnapRetryRequestEvent } from '../../events.js';
import type { StringsController } from '../../strings/strings-controller.js';
import { MAX_FOLDER_FILES } from '../shared/files/chosen-files.js';
import type { HubElement } from '../../hub/hub-element.js';
import { retryHelps } from '../../hub/remedies.js';
import * as icons from '../shared/icons.js';

/** The state of the connection: a dot, always with text beside it. */
export function statusPill(
  hub: HubElement | null,
  strings: StringsController,
): TemplateResult | typeof nothing {
  if (!hub) return nothing;
  const { state } = hub;
  return html`<p class="status ${state}" part="status">
    <span class="dot"></span>${stateLabel(hub, strings)}
  </p>`;
}

function stateLabel({ state, peers, error }: HubElement, strings: StringsController): TemplateResult {
  if (state === 'connected') return strings.text('state-connected', peers.length);
  // "Waiting for someone" would be wrong: somebody is in the room, but cannot be reached.
  const unreached = state === 'waiting' && error !== null && isNoPath(error.code);
  return strings.text(unreached ? 'state-unreached' : `state-${state}`);
}

/**
 * How many items the page of a recipient takes, if its author limits that: of several, the one that
 * takes the fewest more.
 */
export function takesLine(
  hub: HubElement | null,
  strings: StringsController,
): TemplateResult | typeof nothing {
  const limited = (hub?.peers ?? []).flatMap(({ takes }) =>
    takes && takes.max !== null ? [[takes.count, takes.max] as const] : [],
  );
  limited.sort(([count, max], [other, otherMax]) => max - count - (otherMax - other));
  const [fewest] = limited;
  return fewest
    ? html`<p class="takes" part="takes">${strings.text('sender-takes', ...fewest)}</p>`
    : nothing;
}

/** What was chosen, dropped or pasted but not added, and what could not be stored. */
export interface SkippedFiles {
  /** Files that do not match `accept`. */
  readonly refused: number;
  /** Files and folders that could not be read. */
  readonly unreadable: number;
  /** Whether the folders held more files than one drop may add. */
  readonly more: boolean;
  /** Whether there were no files at all. */
  readonly empty: boolean;
  /** Whether something is sent that could not be stored: a reload would lose it. */
  readonly unkept: boolean;
}

export const NOTHING_SKIPPED: SkippedFiles = {
  refused: 0,
  unreadable: 0,
  more: false,
  empty: false,
  unkept: false,
};

/**
 * What is wrong, and what to do about it. The live region is always rendered, so that new messages
 * in it are announced.
 */
export function notices(
  hub: HubElement | null,
  skipped: SkippedFiles,
  strings: StringsController,
  request: (event: Event) => void,
): TemplateResult {
  const error = hub ? hub.error : new SnapError('connection-missing');
  const helps = hub && error && retryHelps(error.code);
  // What is still being retried is no failure yet.
  const tone = !hub || hub.state === 'failed' ? 'danger' : 'warning';
  const retry = html`<button
    type="button"
    class="button"
    part="try-again"
    @click=${() => request(new SnapRetryRequestEvent(null))}
  >
    ${icons.label(icons.retry, strings.text('try-again'))}
  </button>`;
  return html`<div role="alert">
    ${error ? notice(html`${strings.errorText(error)}${helps ? retry : nothing}`, tone) : nothing}
    ${sentences(skipped, strings).map((sentence) => notice(sentence))}
  </div>`;
}

function sentences(
  { refused, unreadable, more, empty, unkept }: SkippedFiles,
  strings: StringsController,
): TemplateResult[] {
  return [
    refused > 0 && strings.text('sender-refused', refused),
    unreadable > 0 && strings.text('sender-unreadable', unreadable),
    more && strings.text('sender-too-many', MAX_FOLDER_FILES),
    empty && strings.text('sender-nothing'),
    unkept && strings.text('sender-not-kept'),
  ].filter((sentence) => sentence !== false);
}

function notice(content: TemplateResult, tone: 'danger' | 'warning' = 'warning'): TemplateResult {
  return html`<div class="notice ${tone}" part="notice">
    ${icons.warning}
    <div class="text">${content}</div>
  </div>`;
}
