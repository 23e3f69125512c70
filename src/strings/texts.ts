import type { Translation } from '@shoelace-style/localize';
import type { SnapErrorCode } from '../errors.js';

/** What a person reads for each error: what happened, and what they can do. */
export type ErrorStrings = Record<`error-${SnapErrorCode}`, string>;

/**
 * Every text that a person may read, in one language. A function where the text depends on a value.
 */
export interface Strings extends Translation, ErrorStrings {
  // The connection, as it is told in the sender and the invitation
  'state-idle': string;
  'state-joining': string;
  'state-waiting': string;
  /** In place of `state-waiting`: somebody is here whom no path leads to. */
  'state-unreached': string;
  /** `count`: how many others are here. */
  'state-connected': (count: number) => string;
  'state-reconnecting': string;
  'state-failed': string;
  'state-closed': string;

  // Shared verbs
  'try-again': string;
  'choose-file': string;
  'choose-files': string;
  /** The button under a long list. `count`: how many are not shown. */
  'show-more': (count: number) => string;
  cancel: string;
  remove: string;
  /**
   * The name of a button that does something to one thing of many: the verb, and the thing's name.
   */
  'action-on': (verb: string, name: string) => string;
  /** A size in bytes, as a person reads it. */
  size: (bytes: number) => string;

  // The camera
  camera: string;
  'camera-turn-on': string;
  'camera-turn-off': string;
  /** Why the browser is about to ask, and what does not happen. */
  'camera-privacy': string;
  /** While the browser asks the person: what to do. Never shown while a camera merely starts. */
  'camera-asking': string;
  'camera-starting': string;
  'camera-on': string;
  'camera-off': string;
  'camera-picture': string;
  'camera-switch': string;
  'camera-paused': string;
  'camera-photo-taken': string;
  /** A file was chosen instead of a photo. */
  'camera-added': (name: string) => string;
  'camera-record': string;
  'camera-record-stop': string;
  'camera-recording': string;
  'camera-recorded': string;
  /** Where nobody knows whether it is blocked or the browser’s question was only closed. */
  'camera-not-allowed': string;
  /** How to allow a camera that was blocked, by browser. */
  'camera-unblock-chromium': string;
  'camera-unblock-firefox': string;
  'camera-unblock-safari': string;
  'camera-unblock-ios': string;
  'camera-unblock-android': string;

  // The same with `mode="audio"`, where it reads differently
  microphone: string;
  'microphone-turn-on': string;
  'microphone-turn-off': string;
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

  // The sender
  'sender-snap': string;
  'sender-send': string;
  'sender-snap-send': string;
  /** While files are being dragged over it. */
  'sender-drop': string;
  /** `count`: how many files are of another kind than `accept` lets in. */
  'sender-refused': (count: number) => string;
  /** `count`: how many files and folders that were dropped could not be read. */
  'sender-unreadable': (count: number) => string;
  /** `most`: how many files are taken out of folders at once. */
  'sender-too-many': (most: number) => string;
  /** There was no file in what was dropped. */
  'sender-nothing': string;
  'sender-pending': (count: number) => string;
  'sender-outgoing': string;
  'sender-delivered-list': string;
  /** How many more there are than a list shows. */
  'sender-more': (count: number) => string;
  /** Nobody is here yet; everybody that it is for is away; others come first. */
  'sender-awaits-member': string;
  'sender-awaits-return': string;
  'sender-awaits-turn': string;
  /** `percent`: as the language writes it, with its sign. */
  'sender-sending': (percent: string) => string;
  'sender-delivered': (count: number, of: number) => string;
  'sender-failed': string;
  'sender-cancelled': string;
  'sender-retry': string;
  /** `what`: what has become of the file called `name`. */
  'sender-news': (name: string, what: string) => string;

  // The trail
  'kind-photo': string;
  'kind-video': string;
  'kind-audio': string;
  'kind-file': string;
  'trail-list': string;
  'trail-empty': string;
  'trail-count': (count: number) => string;
  /** How many are on their way. */
  'trail-count-arriving': (count: number) => string;
  /** What an item is, as one phrase. `from` and `time` may be empty. */
  'trail-item': (kind: string, from: string, time: string) => string;
  'trail-arriving': (name: string, percent: string) => string;
  /** `what`: a phrase of `trail-item`. */
  'trail-new': (what: string) => string;
  'trail-several': (count: number) => string;
  /**
   * Under what no player here plays, or of which it plays the sound alone; under a picture that is
   * not shown.
   */
  'trail-unplayable': string;
  /** Of what had arrived, and is gone. */
  'trail-lost': string;
  'trail-some-lost': (count: number) => string;
  'trail-sound-only': string;
  'trail-unshown': string;
  /** `what`: one of these sentences. */
  'trail-note': (name: string, what: string) => string;
  'trail-save': string;
  'trail-save-all': string;
  /** The name of the archive, without its extension. */
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
   * `count`: how many are on their way; `photos`: all of them are. `percent`: how far they are
   * together, as the language writes it.
   */
  'trail-still-arriving': (count: number, photos: boolean, percent: string) => string;
  /** Added to it where the senders of `count` of them are away; `all`: of all of them. */
  'trail-sender-away': (count: number, all: boolean) => string;

  // The invitation
  'invite-address': string;
  'invite-qr': string;
  'invite-scan': string;
  'invite-copy': string;
  'invite-copied': string;
  /** Where a page may not write to the clipboard. */
  'invite-selected': string;
  'invite-share': string;
  'invite-open': string;
  'invite-not-ready': string;
}
