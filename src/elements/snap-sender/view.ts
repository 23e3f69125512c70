import type { HubElement } from '../../hub/hub-element.js';
import type { SnapItem } from '../../item.js';
import type { StringsController } from '../../strings/strings-controller.js';
import type { Transfer } from '../../transfer/transfer.js';
import type { ObjectUrls } from '../shared/object-urls.js';
import type { ShowMore } from '../shared/show-more.js';
import type { Batch } from './batch.js';
import type { Durations } from './durations.js';
import type { Speeds } from './speed.js';

/** What the lists of a sender are rendered from. */
export interface SenderView {
  readonly hub: HubElement;
  readonly strings: StringsController;
  readonly urls: ObjectUrls;
  readonly durations: Durations;
  readonly speeds: Speeds;
  readonly batch: Batch;
  readonly showMore: Readonly<Record<'pending' | 'outgoing' | 'delivered', ShowMore>>;
  /** Dispatches a request. */
  readonly request: (event: Event) => unknown;
  /** Requests it, and offers to undo it. */
  readonly remove: (item: SnapItem) => void;
  readonly cancel: (transfer: Transfer) => void;
}
