import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { SnapKind } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';

/** The name of a file that was captured: its kind and the local time. See `capturedFile`. */
const CAPTURED = /^(photo|video|audio)-(\d{4})-(\d\d)-(\d\d)-(\d\d)-(\d\d)-(\d\d)-\d{3}\.\w+$/;

/** How many characters of a name are spoken at most, and how many of them are its end. */
const SPOKEN = 60;
const SPOKEN_END = 20;

/** In characters: the end of a name that is never cut off. Names in a row mostly differ there. */
const END = 12;

/**
 * What a person calls a file: its name, or "Photo, 6:14:18" if this page or another has named it,
 * since nobody wants to read or hear `photo-2026-11-26-06-14-18-761.jpg`.
 */
export function humanName(fileName: string, strings: StringsController): string {
  const [, kind, ...parts] = CAPTURED.exec(fileName) ?? [];
  if (kind === undefined) return fileName;
  const [year = 0, month = 1, day, hour, minute, second] = parts.map(Number);
  const time = strings.date(new Date(year, month - 1, day, hour, minute, second), { timeStyle: 'medium' });
  return strings.term('sender-item', strings.term(`kind-${kind as SnapKind}`), time);
}

/** The same, at a length that can be listened to. */
export function spokenName(fileName: string, strings: StringsController): string {
  const letters = Array.from(humanName(fileName, strings));
  if (letters.length <= SPOKEN) return letters.join('');
  return `${letters.slice(0, SPOKEN - SPOKEN_END).join('')}…${letters.slice(-SPOKEN_END).join('')}`;
}

/**
 * A name in one line. One that is too long is cut in its middle: "Survey of the ca…, page 12.pdf".
 */
export function nameLine(fileName: string, strings: StringsController): TemplateResult {
  const name = humanName(fileName, strings);
  const [head, end] = parted(name);
  return html`<bdi class="name" title=${fileName}
    ><span class="head">${head}</span>${end === '' ? nothing : html`<span class="end">${end}</span>`}</bdi
  >`;
}

/** Missing in some browsers that are a few years old. */
const characters = 'Segmenter' in Intl ? new Intl.Segmenter() : null;

/** Parts a name before its end, never within what a person sees as one character. */
export function parted(name: string): readonly [head: string, end: string] {
  if (name.length <= 2 * END) return [name, ''];
  if (!characters) return [name, ''];
  // Segmenting takes time, so not all of a long name: this much holds even the longest emoji.
  const last = name.slice(-16 * END);
  const starts = Array.from(characters.segment(last), ({ index }) => index);
  const end = starts.length > END ? last.slice(starts.at(-END)) : '';
  return [name.slice(0, name.length - end.length), end];
}
