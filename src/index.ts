/**
 * Importing this module defines all elements. Importing it twice, or next to another version, does
 * no harm: the first definition of each tag stays.
 */
import './define/snap-connection.js';
import './define/snap-camera.js';
import './define/snap-sender.js';
import './define/photo-trail.js';
import './define/snap-invite.js';

export { SnapConnection } from './elements/snap-connection/snap-connection.js';
export { SnapCamera } from './elements/snap-camera/snap-camera.js';
export { SnapSender } from './elements/snap-sender/snap-sender.js';
export { PhotoTrail } from './elements/photo-trail/photo-trail.js';
export { SnapInvite } from './elements/snap-invite/snap-invite.js';
export type { CaptureDevice, HubElement as Hub } from './hub/hub-element.js';
export type { Sendable } from './hub/sendable.js';
export * from './events.js';
export { ERROR_CODES, SnapError } from './errors.js';
export type { SnapErrorCode } from './errors.js';
export type { SnapItem, SnapKind, SnapOrigin } from './item.js';
export { Transfer } from './transfer/transfer.js';
export type { Recipient, RecipientState, TransferDirection, TransferState } from './transfer/transfer.js';
export { registerTranslation } from './strings/strings-controller.js';
export type { Strings } from './strings/texts.js';
