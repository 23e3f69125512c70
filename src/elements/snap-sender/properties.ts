import type { PropertyDeclarations } from 'lit';
import { choice, flag, text } from '../shared/property-kinds.js';
import { SnapElement } from '../shared/snap-element.js';
import { NOTHING_SKIPPED } from './status.js';
import type { SkippedFiles } from './status.js';

/** The attributes of `<snap-sender>` and their properties. */
export abstract class SenderProperties extends SnapElement {
  static override properties: PropertyDeclarations = {
    ...SnapElement.properties,
    accept: text('accept', { defaultValue: null }),
    filesOnly: flag('files-only'),
    drop: choice('drop', ['element', 'page']),
    skipped: { state: true },
  };

  /** The file types that may be added, as in `<input accept>`; null for any. */
  declare accept: string | null;
  /** Hides *Snap* and *Snap & Send*, for a page without a camera. */
  declare filesOnly: boolean;
  /**
   * Where files may be dropped: on this element and others of its hub, or anywhere in the page.
   * Either way, a file dropped elsewhere does not navigate the page away.
   */
  declare drop: 'element' | 'page';
  /** What was skipped when files were last added. @internal */
  declare skipped: SkippedFiles;

  constructor() {
    super();
    this.skipped = NOTHING_SKIPPED;
  }
}
