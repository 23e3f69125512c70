import type { Translation } from '@shoelace-style/localize';
import type { SnapErrorCode } from '../errors.js';

/** The message for each error: what happened, and what the person can do. */
export type ErrorStrings = Record<`error-${SnapErrorCode}`, string>;

/**
 * Every text that a person may read, in one language. A text is a function if it depends on values.
 * Page authors implement this interface, all of it or in part, for `registerTranslation()`.
 */
export interface Strings extends Translation, ErrorStrings {
  // The state of the connection, shown in the sender and the invitation
  'state-idle': string;
  'state-joining': string;
  'state-waiting': string;
  /** Replaces `state-waiting` when a member is in the room but cannot be reached. */
  'state-unreached': string;
  /** `count`: how many other members are in the room. */
  'state-connected': (count: number) => string;
  'state-reconnecting': string;
  'state-failed': string;
  'state-closed': string;

  // Texts that several elements use
  'try-again': string;
  'choose-file': string;
  'choose-files': string;
  'choose-folder': string;
  /** The button below a long list. `count`: how many entries are hidden. */
  'show-more': (count: number) => string;
  cancel: string;
  remove: string;
  /** The accessible name of a button for one entry of a list: a verb, and the name of the entry. */
  'action-on': (verb: string, name: string) => string;
  /** A size, given in bytes. */
  size: (bytes: number) => string;

  // The camera
  camera: string;
  'camera-turn-on': string;
  'camera-turn-off': string;
  /** Explains why the browser is about to show a prompt, and that nothing is sent yet. */
  'camera-privacy': string;
  /** What to do while the browser shows its prompt. Not shown while a camera is just starting. */
  'camera-asking': string;
  'camera-starting': string;
  'camera-on': string;
  'camera-off': string;
  'camera-picture': string;
  'camera-switch': string;
  'camera-paused': string;
  'camera-photo-taken': string;
  /** A file was chosen instead of taking a photo. */
  'camera-added': (name: string) => string;
  'camera-record': string;
  'camera-record-stop': string;
  'camera-recording': string;
  'camera-recorded': string;
  /** The browser does not reveal whether the camera is blocked or the prompt was dismissed. */
  'camera-not-allowed': string;

  // The camera's shutter, and what lies around it
  'camera-privacy-shutter': string;
  /** What holding the shutter does, in place of what a press does. */
  'camera-hold-to-snap': string;
  'camera-hold-to-send': string;
  /** A switch: what is captured is sent without another press. */
  'camera-send-at-once': string;
  'camera-send-pending': (count: number) => string;
  /** `kind`: the kind of what was captured last; `status`: how far it is, may be empty. */
  'camera-last': (kind: string, status: string) => string;
  'camera-delivered': string;
  /** The name of the choice between photo, video and sound. */
  'camera-modes': string;
  'camera-torch': string;
  'camera-zoom': string;
  'camera-choose': string;
  'camera-front': string;
  'camera-back': string;
  'camera-record-pause': string;
  'camera-record-resume': string;
  'camera-recording-paused': string;
  /** Discards what was captured; the camera is ready for another. */
  'camera-retake': string;
  /** Keeps a clip that was looked at. */
  'camera-use': string;
  'camera-dismiss': string;

  // Replacements for `mode="audio"`
  microphone: string;
  'microphone-turn-on': string;
  'microphone-turn-off': string;
  'microphone-asking': string;
  'microphone-starting': string;
  'microphone-on': string;
  'microphone-off': string;
  'microphone-paused': string;
  'microphone-record': string;
  'microphone-not-allowed': string;
  'microphone-denied': string;
  'microphone-dismissed': string;
  'microphone-denied-by-system': string;
  'microphone-blocked-by-policy': string;
  'microphone-insecure': string;
  'microphone-missing': string;
  'microphone-busy': string;
  'microphone-unplugged': string;
  'microphone-unsupported': string;

  // A camera or microphone that cannot be used
  'take-photo': string;
  'take-video': string;
  'use-phone': string;
  'use-phone-title': string;
  'use-phone-scan': string;
  'use-phone-keep': string;
  'use-phone-qr': string;
  'use-phone-address': string;
  'use-phone-joined': string;
  'use-phone-close': string;
  'own-tab': string;
  /** Above the browser's own button that asks again. */
  'camera-allow-here': string;
  'microphone-allow-here': string;
  /** After a while, where the browser is known to be asking, and where it may be. */
  'camera-unanswered': string;
  'microphone-unanswered': string;
  'camera-slow': string;
  'microphone-slow': string;
  /** How to unblock a device, by browser. `setting`: “Camera” or “Microphone”. */
  'unblock-chromium': (setting: string) => string;
  'unblock-firefox': (setting: string) => string;
  'unblock-firefox-android': (setting: string) => string;
  'unblock-safari': (setting: string) => string;
  'unblock-ios': (setting: string) => string;
  'unblock-android': (setting: string) => string;
  /** How to allow it to the browser, by system. */
  'unblock-system-mac': (setting: string) => string;
  'unblock-system-windows': (setting: string) => string;
  'unblock-system-ios': (setting: string) => string;
  'unblock-system-android': (setting: string) => string;
  /** How to let a site read its own photos, where the browser alters them. */
  'unblock-canvas': (setting: string) => string;
  'unblock-canvas-firefox': (setting: string) => string;
  'unblock-canvas-brave': (setting: string) => string;

  // The sender
  'sender-snap': string;
  'sender-send': string;
  'sender-snap-send': string;
  'sender-record': string;
  'sender-record-send': string;
  'sender-stop': string;
  'sender-stop-send': string;
  /** A press has turned on the camera, or the microphone, and has taken nothing. */
  'sender-turning-on': (mode: 'photo' | 'video' | 'audio') => string;
  /** The same, once it is on: the next press takes a photo, or starts a recording. */
  'sender-turned-on': (mode: 'photo' | 'video' | 'audio') => string;
  /** Where files may be dropped anywhere in the page. */
  'sender-drop-anywhere': string;
  /** While files are dragged over the sender. */
  'sender-drop': string;
  /** `count`: how many files do not match `accept`. */
  'sender-refused': (count: number) => string;
  /** `count`: how many dropped files and folders could not be read. */
  'sender-unreadable': (count: number) => string;
  /** `most`: how many files are taken from dropped folders at most. */
  'sender-too-many': (most: number) => string;
  /** What was dropped contains no file. */
  'sender-nothing': string;
  'sender-pending': (count: number) => string;
  /** What was captured here, in place of its file name. `kind`: such as `kind-photo`. */
  'sender-item': (kind: string, time: string) => string;
  /** Appended to the above: how long a clip or a sound is, such as "0:12". */
  'sender-item-length': (item: string, length: string) => string;
  'sender-outgoing': string;
  'sender-delivered-list': string;
  /** `count`: how many more entries there are than the list shows. */
  'sender-more': (count: number) => string;
  /**
   * Nobody has joined yet; all who have only send; this page is not connected; all recipients are
   * disconnected; other files are sent first.
   */
  'sender-awaits-member': string;
  'sender-awaits-receiver': string;
  'sender-awaits-connection': string;
  'sender-awaits-return': string;
  'sender-awaits-turn': string;
  /** It had begun, and its recipients are disconnected. */
  'sender-paused': string;
  /** How much of `of` bytes has arrived. */
  'sender-progress': (bytes: number, of: number) => string;
  /** In bytes a second. */
  'sender-speed': (speed: number) => string;
  'sender-time-left': (seconds: number) => string;
  /** The progress of several files: how many of them have arrived. */
  'sender-total': (count: number, of: number) => string;
  /** `percent`: formatted for the language, including the sign. */
  'sender-sending': (percent: string) => string;
  'sender-delivered': (count: number, of: number) => string;
  /** Everything has arrived. `closable`: closing the page loses nothing. */
  'sender-arrived': (count: number, closable: boolean) => string;
  /** What has become of it at `count` of `of` recipients. */
  'sender-opened': (count: number, of: number) => string;
  'sender-removed-there': (count: number, of: number) => string;
  'sender-submitted': (count: number, of: number) => string;
  /** Everything has arrived, and the forms that it was for were sent. */
  'sender-all-submitted': (count: number, closable: boolean) => string;
  /** The page of somebody takes at most `max` items, and has `count`. */
  'sender-takes': (count: number, max: number) => string;
  'sender-failed': string;
  /** These two replace `error-storage-full` and `error-storage-failed` of the other device. */
  'sender-peer-full': string;
  'sender-peer-not-stored': string;
  /** What is sent could not be stored, and would be lost with the page. */
  'sender-not-kept': string;
  'sender-cancelled': string;
  'sender-retry': string;
  'sender-again': string;
  /** `count`: how many items were just removed. */
  'sender-removed': (count: number) => string;
  'sender-undo': string;
  /** Announced to screen readers. `keys`: such as "Ctrl+Z". */
  'sender-undo-keys': (what: string, keys: string) => string;
  /** Announces to screen readers `what` happened to the file `name`. */
  'sender-news': (name: string, what: string) => string;

  // The trail
  'kind-photo': string;
  'kind-video': string;
  'kind-audio': string;
  'kind-file': string;
  'trail-list': string;
  'trail-empty': string;
  'trail-count': (count: number) => string;
  /** `count`: how many are still arriving. */
  'trail-count-arriving': (count: number) => string;
  /** Describes an item in one phrase. `from` and `time` may be empty. */
  'trail-item': (kind: string, from: string, time: string) => string;
  'trail-arriving': (name: string, percent: string) => string;
  /** `what`: the result of `trail-item`. */
  'trail-new': (what: string) => string;
  'trail-several': (count: number) => string;
  /**
   * Shown below a file that this browser cannot play, one of which it plays only the sound, and a
   * picture that it cannot show.
   */
  'trail-unplayable': string;
  /** A received item whose stored bytes are gone. */
  'trail-lost': string;
  'trail-some-lost': (count: number) => string;
  'trail-sound-only': string;
  'trail-unshown': string;
  /** `what`: one of these sentences. */
  'trail-note': (name: string, what: string) => string;
  'trail-save': string;
  'trail-save-all': string;
  /** The file name of the ZIP, without its extension. */
  'trail-archive': string;
  'trail-share': string;
  'trail-copy': string;
  'trail-copied': string;
  'trail-viewer': string;
  'trail-close': string;
  'trail-position': (index: number, of: number) => string;
  'trail-previous': string;
  'trail-next': string;
  /** Why a form cannot be submitted. */
  'trail-required': string;
  'trail-too-few': (min: number) => string;
  'trail-too-many': (max: number) => string;
  /**
   * `count`: how many are still arriving; `photos`: whether all of them are photos; `percent`:
   * their total progress, formatted for the language.
   */
  'trail-still-arriving': (count: number, photos: boolean, percent: string) => string;
  /**
   * Appended to the above if the senders of `count` of them are disconnected; `all`: if this
   * applies to all of them.
   */
  'trail-sender-away': (count: number, all: boolean) => string;

  // People
  /**
   * Two words like "Amber Fox", by two numbers from 0 to 1023. In every language the same numbers
   * should mean the same two words.
   */
  'peer-nickname': (quality: number, animal: number) => string;
  'peer-direct': string;
  'peer-relayed': string;
  'peer-encrypted': string;
  'peer-round-trip': (ms: number) => string;
  'peer-only-sends': string;
  /** It is sending something to this page just now. */
  'peer-sending': string;
  'peer-lost': string;
  /** Announces to screen readers who came and went. `names`: one or more, separated by commas. */
  'presence-joined': (names: string) => string;
  'presence-left': (names: string) => string;
  'presence-lost': (names: string) => string;
  'presence-back': (names: string) => string;
  /** The same about the connection of this page while nobody else is in the room. */
  'presence-online': string;
  'self-name': (name: string) => string;
  'self-change': string;
  'self-label': string;
  'self-hint': string;
  'self-save': string;
  'self-changed': (name: string) => string;
  /** `site`: the host of this page. */
  guard: (site: string) => string;

  // The invitation
  /** `code`: whether there is a QR code, not only the address. */
  'invite-show': (code: boolean) => string;
  'invite-hide': (code: boolean) => string;
  'invite-alone': string;
  'invite-full': string;
  /** The address is one that leads every device to itself. */
  'invite-local': string;
  'invite-new-room': string;
  'invite-address': string;
  'invite-qr': string;
  'invite-scan': string;
  'invite-copy': string;
  'invite-copied': string;
  /** Shown where the page may not write to the clipboard. */
  'invite-selected': string;
  'invite-share': string;
  'invite-open': string;
  'invite-not-ready': string;
}
