import { millisecondsIn, pluralIn, shareIn, sizeIn, timeLeft } from './format.js';
import type { Strings } from './texts.js';

const plural = pluralIn('en');
const size = sizeIn('en');
const share = shareIn('en');

/** Those of a kind that nobody minds being called. */
const QUALITIES =
  'Amber Azure Bold Brave Bright Bronze Calm Cheerful Clever Copper Coral Crimson Curious Emerald Gentle Golden Green Happy Blue Kind Lively Lucky Merry Nimble Quick Quiet Ruby Silver Snowy Sunny Swift Violet'.split(
    ' ',
  );
const ANIMALS =
  'Badger Bear Beaver Bison Bullfinch Cat Crab Crane Deer Dolphin Eagle Elk Fox Hamster Hare Hedgehog Lion Mole Owl Parrot Pelican Penguin Raccoon Raven Seal Sparrow Stork Swan Tiger Walrus Whale Wolf'.split(
    ' ',
  );

const en: Strings = {
  $code: 'en',
  $name: 'English',
  $dir: 'ltr',

  // The connection
  'state-idle': 'Not connected',
  'state-joining': 'Connecting…',
  'state-waiting': 'Waiting for someone to join',
  'state-unreached': 'Somebody is here, but out of reach',
  'state-connected': (count) => `Connected to ${count} ${plural(count, { one: 'device', other: 'devices' })}`,
  'state-reconnecting': 'Connection lost. Reconnecting…',
  'state-failed': 'Could not connect',
  'state-closed': 'Disconnected',

  // Shared verbs
  'try-again': 'Try again',
  'choose-file': 'Choose a file',
  'show-more': (count) => `Show more (${count})`,
  'choose-files': 'Choose files',
  'choose-folder': 'Choose a folder',
  cancel: 'Cancel',
  remove: 'Remove',
  'action-on': (verb, name) => `${verb} ${name}`,
  size,

  // The camera
  camera: 'Camera',
  'camera-turn-on': 'Turn on camera',
  'camera-turn-off': 'Turn off camera',
  'camera-privacy': 'Your browser will ask for access. Nothing is sent until you press Send.',
  'camera-asking': 'Allow the camera where your browser asks about it',
  'camera-starting': 'Starting the camera…',
  'camera-on': 'Camera on',
  'camera-off': 'Camera off',
  'camera-picture': 'What the camera sees',
  'camera-switch': 'Switch camera',
  'camera-paused': 'The camera is paused. It goes on when your device lets it.',
  'camera-photo-taken': 'Photo taken',
  'camera-added': (name) => `Added: ${name}`,
  'camera-record': 'Record video',
  'camera-record-stop': 'Stop recording',
  'camera-recording': 'Recording',
  'camera-recorded': 'Recording finished',
  'camera-not-allowed':
    'The camera was not allowed. Press “Try again” and allow it when your browser asks, or allow it in the settings of this site.',

  // The shutter
  'camera-privacy-shutter': 'Your browser will ask for access. Nothing is sent until you press the shutter.',
  'camera-hold-to-snap': 'Snap & Send. Hold to snap only.',
  'camera-hold-to-send': 'Snap. Hold to send as well.',
  'camera-send-at-once': 'Send at once',
  'camera-send-pending': (count) => `Send ${count}`,
  'camera-last': (kind, status) => (status ? `Last: ${kind}. ${status}` : `Last: ${kind}`),
  'camera-delivered': 'Delivered',
  'camera-modes': 'What to capture',
  'camera-torch': 'Light',
  'camera-zoom': 'Zoom',
  'camera-choose': 'Choose a camera',
  'camera-front': 'Front',
  'camera-back': 'Back',
  'camera-record-pause': 'Pause recording',
  'camera-record-resume': 'Continue recording',
  'camera-recording-paused': 'Paused',
  'camera-retake': 'Retake',
  'camera-use': 'Use it',
  'camera-dismiss': 'Close the message',

  // The microphone
  microphone: 'Microphone',
  'microphone-turn-on': 'Turn on microphone',
  'microphone-turn-off': 'Turn off microphone',
  'microphone-starting': 'Starting the microphone…',
  'microphone-on': 'Microphone on',
  'microphone-off': 'Microphone off',
  'microphone-paused': 'The microphone is paused. It goes on when your device lets it.',
  'microphone-record': 'Record sound',
  'microphone-not-allowed':
    'The microphone was not allowed. Press “Try again” and allow it when your browser asks, or allow it in the settings of this site.',
  'microphone-denied': 'The microphone is blocked for this site. Allow it, then try again.',
  'microphone-dismissed':
    'The question about the microphone was closed. Press “Try again” and allow it when your browser asks; if it doesn’t ask, reload the page.',
  'microphone-denied-by-system':
    'The settings of your device don’t let this browser use the microphone. Allow it there, then try again.',
  'microphone-blocked-by-policy':
    'This page isn’t allowed to use the microphone. Only its makers can change that.',
  'microphone-insecure': 'The microphone works only on secure pages, whose address begins with https.',
  'microphone-missing': 'No microphone was found. If you have one, connect it and try again.',
  'microphone-busy': 'Another program is using the microphone. Close it and try again.',
  'microphone-unplugged': 'The microphone was disconnected. Connect it and try again.',
  'microphone-unsupported':
    'The microphone can’t be used in this browser. Open the page in Chrome, Firefox or Safari.',

  // A camera or microphone that cannot be used
  'take-photo': 'Take a photo',
  'take-video': 'Record a video',
  'use-phone': 'Use your phone instead',
  'use-phone-title': 'Use your phone',
  'use-phone-scan': 'Scan this code with the camera of your phone, and go on there.',
  'use-phone-keep': 'Keep this page open.',
  'use-phone-qr': 'QR code of the address for your phone',
  'use-phone-address': 'Address for your phone',
  'use-phone-joined': 'Your phone is connected. Go on there.',
  'use-phone-close': 'Close',
  'own-tab': 'Open in a tab of its own',
  'camera-allow-here': 'The camera is blocked for this site. You can allow it here:',
  'microphone-allow-here': 'The microphone is blocked for this site. You can allow it here:',
  'microphone-asking': 'Allow the microphone where your browser asks about it',
  'camera-unanswered': 'Your browser is still waiting for your answer. Its question is near the address bar.',
  'microphone-unanswered':
    'Your browser is still waiting for your answer. Its question is near the address bar.',
  'camera-slow':
    'This is taking long. Perhaps your browser is asking about the camera, near the address bar.',
  'microphone-slow':
    'This is taking long. Perhaps your browser is asking about the microphone, near the address bar.',
  'unblock-chromium': (setting) => `Click the icon to the left of the address, then ${setting} → Allow.`,
  'unblock-firefox': (setting) =>
    `Click the crossed-out icon beside the address and remove the block at “${setting}”.`,
  'unblock-firefox-android': (setting) => `Tap the icon to the left of the address, then ${setting}.`,
  'unblock-safari': (setting) => `In the menu bar: Safari → Settings → Websites → ${setting} → Allow.`,
  'unblock-ios': (setting) =>
    `Tap the page menu beside the address, then Website Settings → ${setting} → Allow.`,
  'unblock-android': (setting) =>
    `Tap the icon to the left of the address, then Permissions → ${setting} → Allow.`,
  'unblock-system-mac': (setting) =>
    `In System Settings → Privacy & Security → ${setting}, turn this browser on.`,
  'unblock-system-windows': (setting) =>
    `In Settings → Privacy & security → ${setting}, let desktop apps use it.`,
  'unblock-system-ios': (setting) => `In Settings → Privacy & Security → ${setting}, turn this browser on.`,
  'unblock-system-android': (setting) =>
    `In Settings → Apps → this browser → Permissions → ${setting}, allow it.`,
  'unblock-canvas': () => 'Turn the protection off for this site, then try again.',
  'unblock-canvas-firefox': () =>
    'Allow “HTML5 canvas image data” at the picture icon beside the address, then try again.',
  'unblock-canvas-brave': () =>
    'Click the lion beside the address, allow fingerprinting for this site, then try again.',

  // The sender
  'sender-snap': 'Snap',
  'sender-send': 'Send',
  'sender-snap-send': 'Snap & Send',
  'sender-record': 'Record',
  'sender-record-send': 'Record & Send',
  'sender-stop': 'Stop',
  'sender-stop-send': 'Stop & Send',
  'sender-turning-on': (mode) =>
    mode === 'photo'
      ? 'First the camera turns on. Then press again to take the photo.'
      : `First the ${mode === 'audio' ? 'microphone' : 'camera'} turns on. Then press again to record.`,
  'sender-turned-on': (mode) =>
    mode === 'photo'
      ? 'The camera is on. Press again to take the photo.'
      : `The ${mode === 'audio' ? 'microphone' : 'camera'} is on. Press again to record.`,
  'sender-drop-anywhere': 'You can also drop files anywhere on this page, or paste them.',
  'sender-drop': 'Drop to add',
  'sender-refused': (count) =>
    `${count} ${plural(count, { one: 'file was', other: 'files were' })} not added: not a type that is asked for here.`,
  'sender-unreadable': (count) =>
    `${count} ${plural(count, { one: 'file or folder', other: 'files or folders' })} could not be read and ${plural(count, { one: 'was', other: 'were' })} not added.`,
  'sender-too-many': (most) => `Only the first ${most} files were added. Send them, then add the rest.`,
  'sender-nothing': 'Nothing was added: there are no files in it.',
  'sender-pending': (count) => `Ready to send: ${count}`,
  'sender-item': (kind, time) => `${kind}, ${time}`,
  'sender-item-length': (item, length) => `${item}, ${length}`,
  'sender-outgoing': 'Being sent',
  'sender-delivered-list': 'Delivered',
  'sender-more': (count) => `and ${count} more`,
  'sender-awaits-member': 'Will be sent when someone joins',
  'sender-awaits-receiver': 'Will be sent when someone joins who can receive it',
  'sender-awaits-connection': 'Will be sent when you are connected',
  'sender-awaits-return': 'Will be sent when the connection is back',
  'sender-awaits-turn': 'Waiting its turn',
  'sender-paused': 'Paused: connection lost',
  'sender-progress': (bytes, of) => `${share(bytes, of)} of ${size(of)}`,
  'sender-speed': (speed) => `${size(speed)}/s`,
  'sender-time-left': (seconds) => {
    const { count, unit } = timeLeft(seconds);
    return `${count} ${unit} left`;
  },
  'sender-total': (count, of) => `${count} of ${of} arrived`,
  'sender-sending': (percent) => `Sending… ${percent}`,
  'sender-delivered': (count, of) =>
    of <= 1
      ? 'Delivered'
      : count < of
        ? `Delivered to ${count} of ${of}`
        : `Delivered to ${of === 2 ? 'both' : `all ${of}`}`,
  'sender-arrived': (count, closable) =>
    `${count === 1 ? 'It has arrived' : count === 2 ? 'Both arrived' : `All ${count} arrived`}${closable ? ': you can close this page.' : '.'}`,
  'sender-opened': (count, of) => (of <= 1 ? 'Opened' : `opened by ${count}`),
  'sender-removed-there': (count, of) => (of <= 1 ? 'Removed on the other side' : `removed by ${count}`),
  'sender-submitted': (count, of) => (of <= 1 ? 'Submitted with the form' : `submitted by ${count}`),
  'sender-all-submitted': (count, closable) =>
    `${count === 1 ? 'It arrived and was' : count === 2 ? 'Both arrived and were' : `All ${count} arrived and were`} submitted.${closable ? ' You can close this page.' : ''}`,
  'sender-takes': (count, max) =>
    count >= max ? `They have ${count} of ${max}: that is all they take.` : `They have ${count} of ${max}.`,
  'sender-failed': 'Not delivered',
  'sender-peer-full': 'There is no space left on the other device. Free some there, then retry.',
  'sender-peer-not-stored':
    'The other device couldn’t store this. Free some space there or leave private browsing, then retry.',
  'sender-not-kept':
    'This device is low on space. Sending goes on, but keep this page open until everything has arrived.',
  'sender-cancelled': 'Cancelled',
  'sender-retry': 'Retry',
  'sender-again': 'Send again',
  'sender-removed': (count) => (count === 1 ? 'Removed' : `${count} removed`),
  'sender-undo': 'Undo',
  'sender-undo-keys': (what, keys) => `${what}. To undo, press ${keys}.`,
  'sender-news': (name, what) => `${name}: ${what}`,

  // The trail
  'kind-photo': 'Photo',
  'kind-video': 'Video',
  'kind-audio': 'Sound',
  'kind-file': 'File',
  'trail-list': 'Received, newest first',
  'trail-empty': 'What you receive appears here',
  'trail-count': (count) => `Received: ${count}`,
  'trail-count-arriving': (count) => `Receiving: ${count}`,
  'trail-item': (kind, from, time) => [from ? `${kind} from ${from}` : kind, time].filter(Boolean).join(', '),
  'trail-arriving': (name, percent) => `Receiving ${name}, ${percent}`,
  'trail-new': (what) => `New: ${what}.`,
  'trail-several': (count) => `New: ${count} items.`,
  'trail-lost': 'It is gone: this site’s data was cleared. Have it sent again.',
  'trail-some-lost': (count) =>
    count === 1
      ? 'A file is gone, because this site’s data was cleared. Remove it, and have it sent again.'
      : `${count} files are gone, because this site’s data was cleared. Remove them, and have them sent again.`,
  'trail-unplayable': 'This browser can’t play it. Save it to play elsewhere.',
  'trail-sound-only': 'Only its sound can be played here.',
  'trail-unshown': 'It can’t be shown here. Save it to open it elsewhere.',
  'trail-note': (name, what) => `${name}: ${what}`,
  'trail-save': 'Save',
  'trail-save-all': 'Save all (ZIP)',
  'trail-archive': 'Photos',
  'trail-share': 'Share',
  'trail-copy': 'Copy',
  'trail-copied': 'Copied',
  'trail-viewer': 'Photo viewer',
  'trail-close': 'Close',
  'trail-position': (index, of) => `${index} of ${of}`,
  'trail-previous': 'Previous photo',
  'trail-next': 'Next photo',
  'trail-required': 'Nothing has arrived yet. Send at least one photo here.',
  'trail-too-few': (min) => `Too few: at least ${min} are needed.`,
  'trail-too-many': (max) => `Too many: remove some until there are at most ${max}.`,
  'trail-still-arriving': (count, photos, percent) =>
    `${count} ${plural(count, photos ? { one: 'photo is', other: 'photos are' } : { one: 'file is', other: 'files are' })} still arriving (${percent}).`,
  'trail-sender-away': (count, all) =>
    `${all ? 'The sender is' : `The sender of ${count} is`} away just now: wait, or cancel ${plural(count, { one: 'it', other: 'them' })} here to go on without.`,

  // People
  'peer-nickname': (quality, animal) =>
    `${QUALITIES[quality % QUALITIES.length]!} ${ANIMALS[animal % ANIMALS.length]!}`,
  'peer-direct': 'Connected directly',
  'peer-relayed': 'Connected through a relay',
  'peer-encrypted': 'encrypted',
  'peer-round-trip': millisecondsIn('en'),
  'peer-only-sends': 'only sends',
  'peer-sending': 'Sending…',
  'peer-lost': 'Connection lost. Reconnecting…',
  'presence-joined': (names) => `${names} joined.`,
  'presence-left': (names) => `${names} left.`,
  'presence-lost': (names) => `Lost the connection to ${names}. Reconnecting…`,
  'presence-back': (names) => `${names} is back.`,
  'presence-online': 'The connection is back.',
  'self-name': (name) => `You are here as ${name}`,
  'self-change': 'Change name',
  'self-label': 'Your name',
  'self-hint': 'Everybody in the room sees it, and this browser remembers it.',
  'self-save': 'Save',
  'self-changed': (name) => `Others see you as ${name} now.`,
  guard: (site) =>
    `You’re sending to a page of ${site} that is open elsewhere. Go on only if you opened it yourself, or know who did.`,

  // The invitation
  'invite-show': (code) => (code ? 'Show code again' : 'Show link again'),
  'invite-hide': (code) => (code ? 'Hide code' : 'Hide link'),
  'invite-alone': 'Nobody else is here just now',
  'invite-full': 'The room is full: nobody else can join until somebody leaves.',
  'invite-local': 'This address works on this computer only. Open it in another tab here.',
  'invite-new-room': 'Start a new room',
  'invite-address': 'Address of this room',
  'invite-qr': 'QR code of the address of this room',
  'invite-scan': 'Scan it with your phone, or open the address on another device.',
  'invite-copy': 'Copy link',
  'invite-copied': 'Link copied',
  'invite-selected': 'Link selected: now copy it',
  'invite-share': 'Share',
  'invite-open': 'Open in a new tab',
  'invite-not-ready': 'The room isn’t ready yet.',

  // What went wrong: the room
  'error-room-code-invalid':
    'This address holds no valid room code. Open the invitation again, or ask for a new one.',
  'error-room-in-use': 'Another part of this page is already in this room. Use that one.',
  'error-room-full': 'The room is full. Try again when somebody has left.',
  'error-server-unreachable':
    'The server that brings devices together can’t be reached. Check your network; nothing that waits to be sent is lost.',
  'error-server-full':
    'The server that brings devices together is full just now. It is tried again until there is a place.',
  'error-server-refused':
    'The server that brings devices together turned this page away. Try again later, or tell whoever runs the page.',
  'error-server-invalid':
    'This page is set up wrong: the address of its server is not valid. Tell whoever runs the page.',
  'error-ice-servers-invalid':
    'This page is set up wrong: its list of relay servers is not valid. Tell whoever runs the page.',
  'error-webrtc-unsupported':
    'This browser can’t connect to other devices. Open the page in a current Chrome, Firefox or Safari.',
  'error-browser-unsupported':
    'This browser is too old for this page. Update it, or open the page in a current Chrome, Edge, Firefox or Safari.',
  'error-connections-exhausted':
    'Somebody could not get in: this page has had so many visitors that the browser connects no more. Reload the page here.',

  // A peer
  'error-peer-unverified':
    'Someone without the right room code was turned away. If you are expecting somebody, send them the invitation again.',
  'error-peer-unreachable':
    'Somebody is here, but the two devices can’t reach each other. Put both on the same Wi-Fi or try another network, or ask whoever runs the page to set up a relay.',
  'error-relay-refused':
    'Somebody is here, but the two devices can’t reach each other: this page’s relay refuses to help. Put both on the same Wi-Fi, or tell whoever runs the page.',
  'error-relay-unreachable':
    'Somebody is here, but the two devices can’t reach each other, nor this page’s relay. Try another network, or tell whoever runs the page.',
  'error-relay-missing':
    'Somebody is here, but this page connects through a relay only, and has none. Tell whoever runs the page.',
  'error-peer-lost':
    'The connection to a device was lost. Keep both pages open: sending goes on as soon as it is back.',
  'error-peer-protocol':
    'A device sent something that makes no sense and was disconnected. Reload the page on both devices.',
  'error-peer-version': 'The other device runs another version of this page. Reload it on both devices.',

  // A transfer
  'error-transfer-cancelled': 'You cancelled this. You can send it again.',
  'error-transfer-cancelled-by-peer': 'The other side cancelled this. Ask them, then send it again.',
  'error-transfer-declined': 'The other side declined this. Ask them, then send it again.',
  'error-transfer-too-large': 'This is larger than the receiver accepts. Send a smaller file.',
  'error-transfer-type-refused': 'The receiver doesn’t accept this type of file. Send another type.',
  'error-transfer-corrupt': 'This was damaged on its way and not kept. Send it again.',
  'error-transfer-no-recipient': 'Everyone whom this was for has left. Send it again when somebody is here.',
  'error-transfer-expired':
    'The receiver has been away for more than a day. Send it again when they are back.',
  'error-transfer-illegal-move': 'This can’t be done any more. Send the file again.',
  'error-source-unreadable': 'The file can’t be read; it may have been moved or changed. Choose it again.',
  'error-source-unsupported': 'This can’t be sent. Choose a photo or a file.',
  'error-storage-full': 'This device hasn’t enough free space. Make some room, then try again.',
  'error-item-lost': 'Something that had arrived is gone: this site’s data was cleared. Have it sent again.',
  'error-storage-failed':
    'What arrived couldn’t be stored on this device. Make some room or leave private browsing, then try again.',

  // The camera
  'error-camera-denied': 'The camera is blocked for this site. Allow it, then try again.',
  'error-camera-dismissed':
    'The question about the camera was closed. Press “Try again” and allow it when your browser asks; if it doesn’t ask, reload the page.',
  'error-camera-denied-by-system':
    'The settings of your device don’t let this browser use the camera. Allow it there, then try again.',
  'error-camera-blocked-by-policy':
    'This page isn’t allowed to use the camera. Only its makers can change that.',
  'error-camera-insecure': 'The camera works only on secure pages. Open one whose address begins with https.',
  'error-camera-missing': 'No camera was found. If you have one, connect it and try again.',
  'error-camera-busy': 'Another program is using the camera. Close it and try again.',
  'error-camera-unplugged': 'The camera was disconnected. Connect it and try again.',
  'error-camera-switch-failed':
    'No other camera could be started, so this one is on again. Close what else uses them, then switch again.',
  'error-camera-unsupported':
    'The camera can’t be used in this browser. Open the page in Chrome, Firefox or Safari.',
  'error-camera-not-ready': 'The camera isn’t ready yet. Wait until you see its picture, then try again.',
  'error-capture-failed': 'The photo couldn’t be taken. Try again.',
  'error-capture-blocked':
    'Privacy protection in this browser alters the photos that a page takes. Allow this site to take them, or choose a file.',
  'error-recording-failed':
    'Recording stopped early because of an error. If something is missing, record again.',

  // The page
  'error-trusted-types-refused':
    'This page is set up wrong: its security policy keeps a part of it from loading. Tell whoever runs the page.',
  'error-connection-missing':
    'This page is set up wrong: this part of it belongs to no room. Tell whoever runs the page.',
  'error-clipboard-failed': 'The browser doesn’t allow copying. Select it and copy it by hand.',
  'error-share-failed': 'The browser couldn’t share this. Save or copy it instead.',
};

export default en;
