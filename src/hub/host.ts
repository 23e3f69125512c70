import type { HubCore } from './hub.js';
import type { HubSettings } from './settings.js';

/** The element whose core it is. */
export interface CoreHost {
  readonly element: HTMLElement;
  readonly settings: HubSettings;
  /** Something that the small elements see has changed. */
  changed(): void;
  /** `state` or `error` has changed. */
  became(): void;
  announce(event: Event): void;
  /** Another element of the page has taken the core over: this one needs another. */
  deprived(): void;
  /** That of another element of the page, which has gone: it goes on here. */
  take(core: HubCore): void;
}
